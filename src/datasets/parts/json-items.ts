import { isDeeper, type Json } from '../../records/json.ts';
import { maxRowLevels } from './problem.ts';

/** One item of a list in JSON text: where it begins and ends, its line from 1, and the colons in it that stand outside of texts. */
export interface JsonItem {
  start: number;
  end: number;
  line: number;
  colons: number;
}

/**
 * Where the items stand of a JSON list, or of the one under `samples` of a JSON object, one after the other; looks at each
 * character once and makes no values. An item may be anything still. @returns false when the text is something else, or is
 * not JSON around the items.
 */
export function* findJsonItems(text: string): Generator<JsonItem, boolean> {
  const place: Place = { text, at: 0, line: 1 };
  skipSpace(place);
  if (text[place.at] === '{' && !enterSamples(place)) return false;
  if (text[place.at] !== '[') return false;
  const before = text.slice(0, place.at);
  let isEmpty = true;
  do {
    place.at += 1;
    skipSpace(place);
    if (isEmpty && text[place.at] === ']') break;
    isEmpty = false;
    yield skipItem(place);
  } while (text[place.at] === ',');
  if (text[place.at] !== ']') return false;
  const around = `${before}0${text.slice(place.at + 1)}`;
  return sound(around, skipItem({ text: around, at: 0, line: 1 }).colons) !== undefined;
}

/** The value of an item; undefined: it is not JSON, or has a key twice, of which JSON readers drop one. */
export function readJsonItem(text: string, { start, end, colons }: JsonItem): Json | undefined {
  return sound(text.slice(start, end), colons);
}

interface Place {
  text: string;
  at: number;
  line: number;
}

/** Goes to the value of the first key `samples` of the object that begins here. */
function enterSamples(place: Place): boolean {
  const { text } = place;
  do {
    place.at += 1;
    skipSpace(place);
    const start = place.at;
    place.at = endOfText(text, start) + 1;
    const isSamples = text.slice(start, place.at) === '"samples"';
    skipSpace(place);
    if (text[place.at] !== ':') return false;
    place.at += 1;
    skipSpace(place);
    if (isSamples) return true;
    skipItem(place);
  } while (text[place.at] === ',');
  return false;
}

/** Goes to the comma or bracket that ends the value that begins here. */
function skipItem(place: Place): JsonItem {
  const { text, at: start, line } = place;
  let depth = 0;
  let colons = 0;
  for (; place.at < text.length; place.at++) {
    const code = text.charCodeAt(place.at);
    if (code === quote) place.at = endOfText(text, place.at);
    else if (code === lineFeed) place.line += 1;
    else if (code === colon) colons += 1;
    else if (code === bracket || code === brace) depth += 1;
    else if (depth === 0 && (code === comma || code === closingBracket || code === closingBrace)) break;
    else if (code === closingBracket || code === closingBrace) depth -= 1;
  }
  return { start, end: place.at, line, colons };
}

/** Where the quote stands that ends the text which begins here; the end of all, where none does. */
function endOfText(text: string, start: number): number {
  for (let at = text.indexOf('"', start + 1); at !== -1; at = text.indexOf('"', at + 1)) {
    let escapes = 0;
    while (text.charCodeAt(at - 1 - escapes) === backslash) escapes += 1;
    if (escapes % 2 === 0) return at;
  }
  return text.length;
}

function skipSpace(place: Place): void {
  for (; ' \t\r\n'.includes(place.text[place.at] ?? 'end'); place.at++) if (place.text[place.at] === '\n') place.line += 1;
}

/** Undefined: it is not JSON, or does not have a key for each colon. */
function sound(text: string, colons: number): Json | undefined {
  try {
    const value = JSON.parse(text) as Json;
    // What is too deep to count is refused by its levels.
    return isDeeper(value, maxRowLevels) || keysIn(value) === colons ? value : undefined;
  } catch {
    return undefined;
  }
}

/** Of all objects in a value, whose levels are known to be few. */
function keysIn(value: Json): number {
  if (value === null || typeof value !== 'object') return 0;
  let keys = Array.isArray(value) ? 0 : Object.keys(value).length;
  for (const part of Object.values(value)) keys += keysIn(part);
  return keys;
}

const [quote, lineFeed, colon, comma, backslash] = [0x22, 0x0a, 0x3a, 0x2c, 0x5c];
const [bracket, closingBracket, brace, closingBrace] = [0x5b, 0x5d, 0x7b, 0x7d];
