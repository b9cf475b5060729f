import { isJsonObject, type Json, type JsonObject } from '../../records/json.ts';

/** A file of an environment as text. */
export interface EnvironmentFile {
  path: string;
  content: string;
}

interface Environment {
  before: readonly EnvironmentFile[];
  after?: readonly EnvironmentFile[] | ((path: string) => string | undefined);
  finalState?: JsonObject;
  idFields?: Readonly<Record<string, string>>;
  files?: Readonly<Record<string, string>>;
}

/**
 * The records of one entity type before and after the run, in the order of their files; none where there was no file.
 * @throws Error for a line that is no JSON object, and where nothing tells what the run left
 */
export function entityRecords(type: string, environment: Environment): { before: JsonObject[]; after: JsonObject[] } {
  const { before, files = {} } = environment;
  const path = plainPath(Object.hasOwn(files, type) ? (files[type] ?? '') : `${type}.jsonl`);
  return { before: recordsOf(path, findFile(before, path)), after: recordsAfter(type, path, environment) };
}

function recordsAfter(type: string, path: string, { before, after, finalState, idFields = {} }: Environment): JsonObject[] {
  if (after !== undefined && typeof after !== 'function') return recordsOf(path, findFile(after, path));
  const kept = isInside(path) ? after?.(path) : undefined;
  if (kept !== undefined) return recordsOf(path, kept);
  if (!finalState) throw new Error(`what the run left of ${path} is not known: there is no final_state, and its files were not kept`);
  // final_state has records by these fields alone: of others nothing is known without the file.
  const field = idFieldOf(type, recordsOf(path, findFile(before, path)), idFields);
  if (field !== undefined && !idCandidates(stemOf(path)).includes(field))
    throw new Error(`${path} was not kept, and final_state has no records by ${field}`);
  const records = Object.hasOwn(finalState, stemOf(path)) ? finalState[stemOf(path)] : undefined;
  return isJsonObject(records) ? Object.values(records).filter((record) => isJsonObject(record)) : [];
}

/** Types of entities are data of a sample: they lead nowhere else. */
function isInside(path: string): boolean {
  return !/^([\\/]|[A-Za-z]:)|(^|[\\/])\.\.([\\/]|$)|\0/.test(path);
}

function stemOf(path: string): string {
  return path.replace(/\.jsonl$/, '');
}

/**
 * The field that holds the id of these records: as `idFields` names it, else the first that a record has of {last word of the singular}_id
 * (of compound names), {singular}_id, {type}_id, id, uuid, and then of the first three with guid or uuid for id. Undefined: none of them.
 */
export function idFieldOf(type: string, records: readonly JsonObject[], idFields: Readonly<Record<string, string>> = {}): string | undefined {
  if (Object.hasOwn(idFields, type)) return idFields[type];
  const others = ['_guid', '_uuid'].flatMap((ending) =>
    idCandidates(type).flatMap((field) => (field.endsWith('_id') ? [field.replace(/_id$/, ending)] : [])),
  );
  return [...idCandidates(type), ...others].find((field) => records.some((record) => Object.hasOwn(record, field)));
}

function idCandidates(type: string): string[] {
  const common = [`${type}_id`, 'id', 'uuid'];
  if (!type.endsWith('s')) return common;
  const singular = type.slice(0, -1);
  const words = singular.split('_');
  return [...(words.length > 1 ? [`${words.at(-1)}_id`] : []), `${singular}_id`, ...common];
}

function findFile(files: readonly EnvironmentFile[], path: string): string | undefined {
  return files.find((file) => plainPath(file.path) === path)?.content;
}

function plainPath(path: string): string {
  return path.replaceAll('\\', '/').replace(/^(\.\/+)+/, '');
}

function recordsOf(path: string, text: string | undefined): JsonObject[] {
  return (text ?? '').split('\n').flatMap((line, index) => {
    if (line.trim() === '') return [];
    const record = parse(line.replace(/^\ufeff/, ''));
    if (isJsonObject(record)) return [record];
    throw new Error(`${path}:${index + 1} is not a JSON object`);
  });
}

function parse(line: string): Json | undefined {
  try {
    return JSON.parse(line) as Json;
  } catch {
    return undefined;
  }
}
