import type { Located, LocatedEntry, Place } from './located.ts';
import { isExactNumber, maxDepth, maxValues, poisonKeys } from './value-limits.ts';

/** Longer keys are no keys for YAML, of which JSON is a part. */
const maxKeyLength = 1000;

/**
 * JSON text as located values; undefined for anything that needs to be refused or told: the YAML reader, which is slower
 * to load and to run, finds the same fault and its place.
 */
export function readPlainJson(text: string, file: string): Located | undefined {
  try {
    JSON.parse(text);
  } catch {
    return undefined;
  }
  const tokens = tokensOf(text, file);
  return readValue({ next: () => tokens.next().value, size: 0 }, 0);
}

interface Token {
  /** A bracket or brace, or a whole string, number or word. */
  text: string;
  at: Place;
}

interface Reader {
  next(): Token | undefined;
  /** Values so far. */
  size: number;
}

/** Of text that is known to be JSON: what stands between the tokens needs no look. */
function* tokensOf(text: string, file: string): Generator<Token, undefined> {
  let line = 1;
  let lineStart = 0;
  for (const { 0: token, 1: gap = '', 2: found = '', index } of text.matchAll(/([\s,:]*)([[\]{}]|"(?:[^"\\]|\\.)*"|[^\s,:[\]{}"]+)/g)) {
    for (let end = gap.indexOf('\n'); end !== -1; end = gap.indexOf('\n', end + 1)) {
      line += 1;
      lineStart = index + end + 1;
    }
    yield { text: found, at: { file, line, column: index + token.length - found.length - lineStart + 1 } };
  }
  return undefined;
}

/** The value that begins with a token: the next one, where none is given. */
function readValue(reader: Reader, depth: number, first = reader.next()): Located | undefined {
  reader.size += 1;
  if (!first || depth > maxDepth || reader.size > maxValues) return undefined;
  const { text, at } = first;
  if (text === '{') return readMap(reader, depth, at);
  if (text === '[') return readList(reader, depth, at);
  const value: unknown = JSON.parse(text);
  if (typeof value === 'number') return isExactNumber(value) ? { kind: 'scalar', value: value === 0 ? 0 : value, at } : undefined;
  return typeof value === 'string' || typeof value === 'boolean' || value === null ? { kind: 'scalar', value, at } : undefined;
}

function readMap(reader: Reader, depth: number, at: Place): Located | undefined {
  const entries = new Map<string, LocatedEntry>();
  for (let token = reader.next(); token && token.text !== '}'; token = reader.next()) {
    const key: unknown = JSON.parse(token.text);
    if (typeof key !== 'string' || key.length > maxKeyLength || key === '<<' || poisonKeys.includes(key) || entries.has(key)) return undefined;
    const value = readValue(reader, depth + 1);
    if (!value) return undefined;
    entries.set(key, { keyAt: token.at, value });
  }
  return { kind: 'map', entries, at };
}

function readList(reader: Reader, depth: number, at: Place): Located | undefined {
  const items: Located[] = [];
  for (let token = reader.next(); token && token.text !== ']'; token = reader.next()) {
    const item = readValue(reader, depth + 1, token);
    if (!item) return undefined;
    items.push(item);
  }
  return { kind: 'list', items, at };
}
