import type { Json, JsonObject } from '../../records/json.ts';

/**
 * The state that a run left behind: of each `NAME.jsonl` at the top of the working folder the records by their key. `test_*` and other
 * files are left out. The key is the first field that a record has of: `booking_id` (the last word, of a compound name such as
 * `meeting_bookings`), `meeting_booking_id`, `meeting_bookings_id`, `id`, `uuid`; the first two only of a name that ends in s. A record
 * without any is left out, a later one takes the place of an earlier one, and a line that is no record ends its file.
 */
export function finalStateOf(files: Readonly<Record<string, string>>): JsonObject {
  const states = Object.entries(files)
    .filter(([name]) => isStateFile(name))
    .map(([name, text]): [string, JsonObject] => [stemOf(name), recordsOf(text, keyFieldsOf(stemOf(name)))]);
  return Object.fromEntries(states);
}

/** Whether a file at the top of the working folder holds state. */
export function isStateFile(name: string): boolean {
  return name.endsWith('.jsonl') && !name.startsWith('test_') && !name.includes('/');
}

function stemOf(name: string): string {
  return name.slice(0, -'.jsonl'.length);
}

function keyFieldsOf(stem: string): string[] {
  const fields: string[] = [];
  if (stem.endsWith('s')) {
    const singular = stem.slice(0, -1);
    const words = singular.split('_');
    if (words.length > 1) fields.push(`${words.at(-1)}_id`);
    fields.push(`${singular}_id`);
  }
  return [...fields, `${stem}_id`, 'id', 'uuid'];
}

function recordsOf(text: string, keyFields: readonly string[]): JsonObject {
  const records = new Map<string, Json>();
  for (const line of text.split(/\r\n|\r|\n/)) {
    if (line.trim() === '') continue;
    const record = parseRecord(line);
    if (!record) break;
    const field = keyFields.find((name) => Object.hasOwn(record, name));
    if (field === undefined) continue;
    const key = keyTextOf(record[field] ?? null);
    if (key === undefined) break;
    records.set(key, record);
  }
  return Object.fromEntries(records);
}

function parseRecord(line: string): JsonObject | undefined {
  try {
    const value = JSON.parse(line.trim()) as Json;
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** A key of an object is text in JSON; a list or object cannot be one. */
function keyTextOf(value: Json): string | undefined {
  return typeof value === 'object' && value !== null ? undefined : String(value);
}
