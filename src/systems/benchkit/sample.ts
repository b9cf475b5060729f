import { isJsonObject, type Json, type JsonObject } from '../../records/json.ts';
import { sampleKeys } from '../../records/sample.ts';
import { isDeviceName } from '../file-names.ts';

/** What the user of a conversation says to end it, unless its prompt settles another. */
export const stopWord = '###STOP###';
/** Messages of the simulated user at most, the query included. */
export const maxRounds = 8;

/** Why a sample line cannot be used. */
export interface SampleProblem {
  field: string;
  message: string;
  remedy: string;
}

/** So that a template may name them whether the line has them or not. */
const optionalLists: JsonObject = { servers: null, environment: null };

/** Where the keys of a sample line are kept that mean something else in a native row. */
const foreignKey = 'foreign';

/** A sample line (spec 4.0) as a native dataset row, or the first problem where it is none. */
export function sampleRow(line: JsonObject): { row: JsonObject } | { problem: SampleProblem } {
  const problem = problemOf(line);
  return problem ? { problem } : { row: rowOfLine(line) };
}

/**
 * A native dataset row of a line that was not checked: `id` from data_id, `input` from query or else extra_info.query, `system`,
 * `expected` from check_list, and a `scenario` where there is a user_simulator_prompt. Every other key stays as it is; one that has another meaning in a native row is kept
 * below `foreign`.
 */
export function rowOfLine(line: JsonObject): JsonObject & { id: string } {
  const query = queryOf(line);
  const prompt = textAt(line, 'user_simulator_prompt');
  const system = textAt(line, 'system');
  const kept = Object.entries(line).filter(([key]) => !isTaken(key));
  const { check_list: checks } = line;
  const foreign = Object.entries(line).filter(([key]) => isTaken(key) && key !== 'system');
  const spoken: JsonObject =
    prompt === ''
      ? { input: query }
      : { scenario: { plan: prompt, stop: stopWord, maxTurns: maxRounds, ...(query === '' ? {} : { opening: query }) } };
  return {
    ...optionalLists,
    ...Object.fromEntries(kept),
    id: String(line.data_id ?? ''),
    ...spoken,
    ...(system === '' ? {} : { system }),
    // What is expected belongs to the fingerprint of a sample: a list that changed is another ruler.
    ...(Array.isArray(checks) && checks.length > 0 ? { expected: checks } : {}),
    ...(foreign.length === 0 ? {} : { [foreignKey]: Object.fromEntries(foreign) }),
  };
}

/** The sample line that a row was made of, for whoever wants it as BenchKit has it. A row of another origin: as it is. */
export function sampleLine(row: JsonObject): JsonObject {
  if (!Object.hasOwn(row, 'data_id')) return row;
  const foreign = row[foreignKey];
  const own = Object.entries(row).filter(([key, value]) => (key === 'system' || !isTaken(key)) && !(value === null && key in optionalLists));
  return { ...Object.fromEntries(own), ...(isJsonObject(foreign) ? foreign : {}) };
}

/**
 * The name of a sample's result file without its ending, for repeats after the first with `.epoch-2` and so on. An id that is a safe name
 * is its own; characters that lead elsewhere or that some system refuses are percent-encoded, so that no two ids get one name.
 */
export function resultName(id: string, epoch = 1): string {
  const safe = Array.from(id, (character, place) => (isSafe(character, place) ? character : percent(character))).join('');
  const [first = '', ...others] = safe;
  const name = isTakenName(safe) ? percent(first) + others.join('') : safe;
  return `${shortened(name)}${epoch > 1 ? `.epoch-${epoch}` : ''}`;
}

/** The report, what stands for a repeat, and devices of Windows. */
function isTakenName(name: string): boolean {
  return name === 'execution_report' || /\.epoch-\d+$/.test(name) || isDeviceName(name);
}

function isTaken(key: string): boolean {
  return sampleKeys.includes(key) || key === foreignKey;
}

function problemOf(line: JsonObject): SampleProblem | undefined {
  const id = line.data_id;
  if (id === undefined || id === null || id === '')
    return {
      field: 'data_id',
      message: 'the sample has no data_id',
      remedy: missingIdRemedy(line),
    };
  if (typeof id !== 'string' && typeof id !== 'number') return wrong('data_id', id, 'a text');
  if (String(id).length > 256) return { field: 'data_id', message: 'the data_id has more than 256 characters', remedy: 'use a shorter one' };
  for (const key of ['query', 'system', 'user_simulator_prompt']) {
    const value = line[key] ?? '';
    if (typeof value !== 'string') return wrong(key, value, 'a text');
  }
  const lists = problemOfList(line, 'servers', (item) => typeof item === 'string', ['a list of names of servers', 'the name of a server']);
  const objects =
    problemOfList(line, 'environment', isJsonObject, ['a list of {path, type, content}', '{path, type, content}']) ??
    problemOfList(line, 'check_list', isJsonObject, ['a list of {check_type, params, description}', '{check_type, params, description}']);
  if (lists ?? objects) return lists ?? objects;
  if (queryOf(line) !== '' || textAt(line, 'user_simulator_prompt') !== '') return undefined;
  return {
    field: 'query',
    message: 'the sample asks nothing: query and extra_info.query are empty',
    remedy: 'write what the user says first as "query"',
  };
}

function missingIdRemedy(line: JsonObject): string {
  const other = ['id', 'task_id', 'sample_id'].find((key) => Object.hasOwn(line, key));
  const name = other === undefined ? 'give it one that no other sample has' : `rename "${other}" to "data_id"`;
  return `${name}: its result file is called DATA_ID.json`;
}

function problemOfList(
  line: JsonObject,
  key: string,
  fits: (item: Json) => boolean,
  [list, item]: readonly [list: string, item: string],
): SampleProblem | undefined {
  const value = line[key] ?? [];
  if (!Array.isArray(value)) return wrong(key, value, list);
  const place = value.findIndex((entry) => !fits(entry));
  return place === -1 ? undefined : wrong(`${key}[${place}]`, value[place] ?? null, item);
}

function wrong(field: string, value: Json, expected: string): SampleProblem {
  const found = value === null ? 'null' : Array.isArray(value) ? 'a list' : typeof value === 'object' ? 'an object' : `a ${typeof value}`;
  return { field, message: `${field} is ${found.replace('a string', 'a text')}, expected ${expected}`, remedy: `write ${field} as ${expected}` };
}

function queryOf(line: JsonObject): string {
  const query = textAt(line, 'query');
  if (query !== '') return query;
  const { extra_info: extra } = line;
  return isJsonObject(extra) ? textAt(extra, 'query') : '';
}

function textAt(object: JsonObject, key: string): string {
  const value = Object.hasOwn(object, key) ? object[key] : undefined;
  return typeof value === 'string' ? value : '';
}

/** Bytes of a file name, with room for what is put after it. */
const maxNameBytes = 200;

function isSafe(character: string, place: number): boolean {
  if (place === 0 && /^[.~ -]$/.test(character)) return false;
  return /^[\p{L}\p{M}\p{N} ._()+,=@~-]$/u.test(character);
}

function percent(character: string): string {
  return [...utf8(character)].map((byte) => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`).join('');
}

/** A name that is too long for a file ends in a checksum of the whole. */
function shortened(name: string): string {
  if (utf8(name).length <= maxNameBytes) return name;
  const characters = Array.from(name);
  let length = characters.length;
  while (utf8(characters.slice(0, length).join('')).length > maxNameBytes - 9) length -= 1;
  return `${characters.slice(0, length).join('')}-${checksum(name)}`;
}

/** FNV-1a, 32 bit, http://www.isthe.com/chongo/tech/comp/fnv/ */
function checksum(text: string): string {
  let sum = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) sum = Math.imul(sum ^ text.charCodeAt(i), 0x01000193);
  return (sum >>> 0).toString(16).padStart(8, '0');
}

function utf8(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}
