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

/** A value as Python's `str(value)` writes it, of objects and lists their JSON. */
export function pythonText(value: Json): string {
  if (value === null) return 'None';
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  return typeof value === 'string' ? value : pythonJson(value);
}

/** Python turns to powers of ten below 0.0001, where JavaScript waits until 0.000001, and writes two digits of them. */
function pythonNumber(value: number): string {
  const size = Math.abs(value);
  const text = size > 0 && size < 1e-4 ? value.toExponential() : JSON.stringify(value);
  return text.replace(/e([+-])(\d)$/, 'e$10$2');
}
