import type { Json, JsonObject } from '../../records/json.ts';

/** A file of an environment as text. */
export interface EnvironmentFile {
  path: string;
  content: string;
}

interface Environment {
  before: readonly EnvironmentFile[];
  after?: readonly EnvironmentFile[];
  finalState?: JsonObject;
  files?: Readonly<Record<string, string>>;
}

/**
 * The records of one entity type before and after the run, in the order of their files; none where there is no file.
 * @throws Error for a line that is no JSON object
 */
export function entityRecords(type: string, environment: Environment): { before: JsonObject[]; after: JsonObject[] } {
  const { before, after = [], finalState = {}, files = {} } = environment;
  const path = Object.hasOwn(files, type) ? (files[type] ?? '') : `${type}.jsonl`;
  const left = findFile(after, path);
  return { before: recordsOf(findFile(before, path)), after: left ? recordsOf(left) : stateRecords(finalState, path) };
}

/**
 * The field that holds the id of these records: as `idFields` names it, else the first that a record has of {last word of the singular}_id
 * (of compound names), {singular}_id, {type}_id, id, uuid. Undefined: none of them.
 */
export function idFieldOf(type: string, records: readonly JsonObject[], idFields: Readonly<Record<string, string>> = {}): string | undefined {
  if (Object.hasOwn(idFields, type)) return idFields[type];
  return idCandidates(type).find((field) => records.some((record) => Object.hasOwn(record, field)));
}

function idCandidates(type: string): string[] {
  const common = [`${type}_id`, 'id', 'uuid'];
  if (!type.endsWith('s')) return common;
  const singular = type.slice(0, -1);
  const words = singular.split('_');
  return [...(words.length > 1 ? [`${words.at(-1)}_id`] : []), `${singular}_id`, ...common];
}

function findFile(files: readonly EnvironmentFile[], path: string): EnvironmentFile | undefined {
  const wanted = plainPath(path);
  return files.find((file) => plainPath(file.path) === wanted);
}

function plainPath(path: string): string {
  return path.replaceAll('\\', '/').replace(/^(\.\/+)+/, '');
}

function recordsOf(file: EnvironmentFile | undefined): JsonObject[] {
  const lines = (file?.content ?? '').split('\n');
  return lines.flatMap((line, index) => {
    if (line.trim() === '') return [];
    const record = parse(line);
    if (isObject(record)) return [record];
    throw new Error(`${file?.path}:${index + 1} is not a JSON object`);
  });
}

function parse(line: string): Json | undefined {
  try {
    return JSON.parse(line) as Json;
  } catch {
    return undefined;
  }
}

function stateRecords(finalState: JsonObject, path: string): JsonObject[] {
  const stem = plainPath(path).replace(/\.jsonl$/, '');
  const records = Object.hasOwn(finalState, stem) ? finalState[stem] : undefined;
  return isObject(records) ? Object.values(records).filter((record) => isObject(record)) : [];
}

function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
