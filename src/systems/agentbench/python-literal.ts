import type { Json, JsonObject } from '../../records/json.ts';

/**
 * A JSON value as Python's `str()` shows it: text as it is, `True`, `False`, `None`, lists and mappings as literals with
 * single quotes. A number has one form only: 1.0 in the reply is 1 here.
 */
export function pythonText(value: Json): string {
  return typeof value === 'string' ? value : pythonLiteral(value);
}

/** A JSON value as Python's `repr()` shows it. */
export function pythonLiteral(value: Json): string {
  if (value === null) return 'None';
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (typeof value === 'number') return pythonNumber(value);
  if (typeof value === 'string') return quoted(value);
  if (Array.isArray(value)) return `[${value.map(pythonLiteral).join(', ')}]`;
  return `{${Object.entries(value)
    .map(([key, item]) => `${quoted(key)}: ${pythonLiteral(item)}`)
    .join(', ')}}`;
}

/** Whole numbers in full; a fraction in exponent form outside 1e-4 to 1e16, with at least two digits of exponent. */
function pythonNumber(value: number): string {
  if (Number.isInteger(value)) return Object.is(value, -0) ? '0' : BigInt(value).toString();
  const size = Math.abs(value);
  if (size >= 1e-4) return String(value);
  const [digits = '', exponent = ''] = value.toExponential().split('e-');
  return `${digits}e-${exponent.padStart(2, '0')}`;
}

/** Double quotes where the text holds a single one and no double one. */
function quoted(text: string): string {
  const quote = text.includes("'") && !text.includes('"') ? '"' : "'";
  const inside = text.replace(/[\\'"]|[^\P{C}]|[^\P{Z} ]/gu, (character) => {
    if (character === '\\' || character === quote) return `\\${character}`;
    return character === "'" || character === '"' ? character : escaped(character);
  });
  return quote + inside + quote;
}

const shortEscapes: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

function escaped(character: string): string {
  const short = shortEscapes[character];
  if (short !== undefined) return short;
  const code = character.codePointAt(0) ?? 0;
  if (code <= 0xff) return `\\x${code.toString(16).padStart(2, '0')}`;
  return code <= 0xffff ? `\\u${code.toString(16).padStart(4, '0')}` : `\\U${code.toString(16).padStart(8, '0')}`;
}

/** Python's `==` of two JSON values: `true` equals 1 and `false` equals 0; mappings have no order. */
export function pythonEqual(a: Json, b: Json): boolean {
  if (typeof a === 'boolean' || typeof b === 'boolean') return numberOf(a) === numberOf(b) && numberOf(a) !== undefined;
  if (a === null || b === null || typeof a !== 'object' || typeof b !== 'object') return a === b;
  if (Array.isArray(a) || Array.isArray(b)) {
    return Array.isArray(a) && Array.isArray(b) && a.length === b.length && a.every((item, index) => pythonEqual(item, b[index] as Json));
  }
  return equalObjects(a, b);
}

function equalObjects(a: JsonObject, b: JsonObject): boolean {
  const keys = Object.keys(a);
  return keys.length === Object.keys(b).length && keys.every((key) => Object.hasOwn(b, key) && pythonEqual(a[key] as Json, b[key] as Json));
}

function numberOf(value: Json): number | undefined {
  return typeof value === 'number' || typeof value === 'boolean' ? Number(value) : undefined;
}
