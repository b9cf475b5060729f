import type { Json } from '../../records/json.ts';

/** Levels of nesting that a JSON value may have to be compared or validated. */
export const maxJsonDepth = 200;

export type ParsedJson = { isJson: true; value: Json } | { isJson: false; reason: string };

/**
 * The JSON value that a text holds. With `allowFence` a text that is one Markdown code fence and nothing else counts
 * by its content. Values nested deeper than `maxJsonDepth` are refused.
 */
export function parseJsonText(text: string, options: { allowFence?: boolean } = {}): ParsedJson {
  const source = options.allowFence ? withoutFence(text) : text;
  if (source.trim() === '') return { isJson: false, reason: 'it is empty' };
  let value: Json;
  try {
    value = JSON.parse(source) as Json;
  } catch {
    return { isJson: false, reason: 'it is not JSON' };
  }
  return isTooDeep(value) ? { isJson: false, reason: `it is nested more than ${maxJsonDepth} levels deep` } : { isJson: true, value };
}

/** Places of a text at which JSON is looked for at most. */
const maxJsonPlaces = 50;

/** The first JSON object or list that stands somewhere in a text, such as between sentences; undefined when there is none. */
export function findJson(text: string): Json | undefined {
  let at = -1;
  for (let places = 0; places < maxJsonPlaces; places++) {
    at = nextOpening(text, at + 1);
    if (at < 0) return undefined;
    const end = closingOf(text, at);
    if (end === undefined) continue;
    const parsed = parseJsonText(text.slice(at, end + 1));
    if (parsed.isJson) return parsed.value;
  }
  return undefined;
}

function nextOpening(text: string, from: number): number {
  const [brace, bracket] = [text.indexOf('{', from), text.indexOf('[', from)];
  return brace < 0 || bracket < 0 ? Math.max(brace, bracket) : Math.min(brace, bracket);
}

/** Where the bracket at `start` is closed; brackets inside quoted text do not count. */
function closingOf(text: string, start: number): number | undefined {
  let depth = 0;
  let isQuoted = false;
  for (let at = start; at < text.length; at++) {
    const character = text[at];
    if (isQuoted) {
      if (character === '\\') at++;
      else if (character === '"') isQuoted = false;
    } else if (character === '"') isQuoted = true;
    else if (character === '{' || character === '[') depth++;
    else if (character === '}' || character === ']') {
      depth--;
      if (depth === 0) return at;
    }
  }
  return undefined;
}

/** True when a value has more than `maxJsonDepth` levels. Walks without recursion, so that any depth is safe. */
export function isTooDeep(value: Json): boolean {
  let level: Json[] = [value];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > maxJsonDepth) return true;
    const below: Json[] = [];
    for (const item of level) {
      if (item === null || typeof item !== 'object') continue;
      for (const child of Object.values(item)) if (child !== null && typeof child === 'object') below.push(child);
    }
    level = below;
  }
  return false;
}

/** Same JSON value, whatever the key order; numbers by value. Values deeper than `maxJsonDepth` are never equal. */
export function isJsonEqual(a: Json | undefined, b: Json | undefined, depth = 0): boolean {
  if (a === b) return true;
  if (a === null || b === null || typeof a !== 'object' || typeof b !== 'object' || depth > maxJsonDepth) return false;
  if (Array.isArray(a) || Array.isArray(b)) {
    if (!Array.isArray(a) || !Array.isArray(b) || a.length !== b.length) return false;
    return a.every((item, index) => isJsonEqual(item, b[index], depth + 1));
  }
  const keys = Object.keys(a);
  if (keys.length !== Object.keys(b).length) return false;
  return keys.every((key) => Object.hasOwn(b, key) && isJsonEqual(a[key], b[key], depth + 1));
}

/** Every key and array element of `part` is in `whole`; extra keys are allowed, arrays must have the same length. */
export function isJsonSubset(part: Json | undefined, whole: Json | undefined, depth = 0): boolean {
  if (part === whole) return true;
  if (part === null || whole === null || typeof part !== 'object' || typeof whole !== 'object' || depth > maxJsonDepth) return false;
  if (Array.isArray(part) || Array.isArray(whole)) {
    if (!Array.isArray(part) || !Array.isArray(whole) || part.length !== whole.length) return false;
    return part.every((item, index) => isJsonSubset(item, whole[index], depth + 1));
  }
  return Object.keys(part).every((key) => Object.hasOwn(whole, key) && isJsonSubset(part[key], whole[key], depth + 1));
}

/** The content of a text that is one Markdown code fence; any other text as it is. By hand, because a pattern for this takes quadratic time on hostile text. */
export function withoutFence(text: string): string {
  const trimmed = text.trim();
  const mark = trimmed.slice(0, 3);
  if ((mark !== '```' && mark !== '~~~') || !trimmed.endsWith(mark)) return text;
  const start = trimmed.indexOf('\n');
  return start < 0 || start > trimmed.length - 3 ? text : trimmed.slice(start + 1, trimmed.length - 3);
}
