import type { Json } from '../../records/json.ts';

/** JSON as Python's `json.dumps(value, ensure_ascii=False)` writes it: `", "` and `": "` between, other letters as they are. */
export function pythonJson(value: Json): string {
  if (typeof value === 'number') return pythonNumber(value);
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(pythonJson).join(', ')}]`;
  return `{${Object.entries(value)
    .map(([key, item]) => `${JSON.stringify(key)}: ${pythonJson(item)}`)
    .join(', ')}}`;
}

/** A value as Python's `str(value)` writes it: a text as it is, all else as a literal. */
export function pythonLiteral(value: Json): string {
  return typeof value === 'string' ? value : literal(value);
}

/** The same, of objects and lists their JSON. */
export function pythonText(value: Json): string {
  if (value === null) return 'None';
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  return typeof value === 'string' ? value : pythonJson(value);
}

function literal(value: Json): string {
  if (Array.isArray(value)) return `[${value.map(literal).join(', ')}]`;
  if (value !== null && typeof value === 'object') {
    return `{${Object.entries(value)
      .map(([key, item]) => `${quoted(key)}: ${literal(item)}`)
      .join(', ')}}`;
  }
  return typeof value === 'string' ? quoted(value) : pythonText(value);
}

function quoted(text: string): string {
  const quote = text.includes("'") && !text.includes('"') ? '"' : "'";
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what Python escapes
  const body = text.replace(/[\\\n\r\t'\x00-\x1f\x7f]/g, (character) => {
    if (character === quote || character === '\\') return `\\${character}`;
    if (character === "'") return character;
    const short = { '\n': '\\n', '\r': '\\r', '\t': '\\t' }[character];
    return short ?? `\\x${character.charCodeAt(0).toString(16).padStart(2, '0')}`;
  });
  return quote + body + quote;
}

/** Python turns to powers of ten below 0.0001, where JavaScript waits until 0.000001, and writes two digits of them. */
function pythonNumber(value: number): string {
  const size = Math.abs(value);
  const text = size > 0 && size < 1e-4 ? value.toExponential() : JSON.stringify(value);
  return text.replace(/e([+-])(\d)$/, 'e$10$2');
}
