import { canonicalJson, type Json, type JsonObject, jsonFault } from '../records/json.ts';
import { type Sample, SampleRow, type SampleTurn, sampleKeys } from '../records/sample.ts';
import { nearestNames } from '../registry.ts';
import { compileTemplate, type Template } from '../template.ts';
import type { DatasetRow } from './dataset.ts';
import { datasetError, maxRowLevels } from './parts/problem.ts';

export interface SampleMaker {
  /** `hashes`: those of the same row from an earlier reading. @throws ToolError `dataset-invalid` with file, line and field. */
  toSample(row: DatasetRow, file: string, hashes?: SampleHashes): Sample;
  /** Things worth saying once, such as a key that looks like a misspelt one. */
  warnings: string[];
}

/** What a sample asks and what it expects, as digests. */
export type SampleHashes = Pick<Sample, 'hash' | 'scoreHash'>;

export interface SampleMakerOptions {
  /** Templates from a foreign row; absent: the row is native. */
  map?: JsonObject;
  /** Text to a short hex digest of at least 12 digits. */
  digest: (text: string) => string;
  /** Names such as `row.locale` that the agent's request template uses: they belong to what the agent is asked. */
  callNames?: readonly string[];
  /** Somebody else says what is said to the agent in every sample: a row needs no input, and has no turns. */
  isPlayed?: boolean;
}

/** Turns rows into samples: maps foreign columns, checks, fills defaults, hashes. Cells of a CSV row are read as the type of their field. */
export function makeSampleMaker(options: SampleMakerOptions): SampleMaker {
  const map = options.map ? compileTemplate(options.map) : undefined;
  const warnings: string[] = [];
  const warnedKeys = new Set<string>();
  return {
    warnings,
    toSample(source, file, hashes) {
      refuseUnkept(source.row, file, source.line);
      const fields = map ? mapRow(map, source, file) : source.row;
      if (!map && !source.isForeign) warnMisspelt(fields, file, source.line, warnedKeys, warnings);
      const row = options.isPlayed ? playedRow(readCells(fields), file, source.line) : readCells(fields);
      const complete = (checked: SampleRow) => sampleOf(checked, source, file, { metadata: checked.metadata ?? {}, hashes, options });
      // The schema costs more than all the rest, and most rows are these few texts.
      if (isPlainRow(row)) return complete(row);
      if (row !== source.row) refuseUnkept(row, file, source.line);
      const parsed = SampleRow.safeParse(row);
      if (!parsed.success) throw rowError(parsed.error.issues, fields, source.line, file);
      return complete(parsed.data);
    },
  };
}

/** Before anything follows the levels of a row, which would end the process where the stack does, or writes its numbers. */
function refuseUnkept(row: JsonObject, file: string, line: number): void {
  if (typeof row.id === 'number' && !Number.isSafeInteger(row.id) && Number.isInteger(row.id))
    throw datasetError(file, line, 'id: the number cannot be kept exactly', 'put it in quotes', 'id');
  const fault = jsonFault(row, maxRowLevels);
  if (fault === undefined) return;
  const [name = ''] = Object.entries(row).find(([, value]) => jsonFault(value, maxRowLevels - 1)) ?? [];
  const [message, remedy] =
    fault === 'deep'
      ? [`values are nested deeper than ${maxRowLevels} levels`, 'flatten them, or write them as JSON text']
      : ['a number is larger than a number can be', 'put it in quotes if it is text'];
  throw datasetError(file, line, message, remedy, name.slice(0, 100));
}

function playedRow(row: JsonObject, file: string, line: number): JsonObject {
  if (row.turns !== undefined) throw datasetError(file, line, 'turns: the task controller says what the agent is told', 'leave "turns" out');
  return row.scenario === undefined ? { ...row, scenario: {} } : row;
}

/** True for a row of text that the schema takes; false where it is in doubt. */
function isPlainRow(row: JsonObject): row is JsonObject & SampleRow {
  for (const key of sampleKeys) {
    const value = Object.hasOwn(row, key) ? row[key] : undefined;
    if (value === undefined ? key === 'input' : typeof value !== 'string' || !isPlainText(key, value)) return false;
  }
  return true;
}

function isPlainText(key: string, value: string): boolean {
  return key === 'id' ? value.length >= 1 && value.length <= 256 : textKeys.has(key);
}

function mapRow(map: Template, { row, line }: DatasetRow, file: string): JsonObject {
  try {
    const mapped = map({ ...row, row }) as JsonObject;
    const id = mapped.id ?? row.id;
    return id === undefined ? mapped : { ...mapped, id };
  } catch (error) {
    const { message, remedy } = error as { message: string; remedy?: string };
    throw datasetError(file, line, `samples.map: ${message}`, remedy ?? 'use the names of the columns of this file');
  }
}

function warnMisspelt(row: JsonObject, file: string, line: number, warned: Set<string>, warnings: string[]): void {
  for (const key of Object.keys(row)) {
    if (warned.size >= maxWarnedKeys) return;
    if (sampleKeys.includes(key) || warned.has(key)) continue;
    warned.add(key);
    const [near] = nearestNames(key, sampleKeys);
    if (near && !(near in row))
      warnings.push(`${file}:${line}: the key "${key}" is not known; did you mean "${near}"? It stays reachable as {{row.${key}}}`);
  }
}

/** A row of a million columns must not take a million comparisons, nor as many lines of output. */
const maxWarnedKeys = 200;

const textKeys = new Set(['id', 'input', 'expected', 'system']);

/** Numbers as ids, one tag as text, and the cells of a CSV row, which are all text. */
function readCells(row: JsonObject): JsonObject {
  let changed: JsonObject | undefined;
  const set = (key: string, value: Json) => {
    changed ??= { ...row };
    changed[key] = value;
  };
  for (const key of sampleKeys) {
    const value = Object.hasOwn(row, key) ? row[key] : undefined;
    if (key === 'id' && typeof value === 'number') set(key, String(value));
    else if (key === 'tags' && typeof value === 'string') set(key, readTags(value));
    else if (typeof value === 'string' && !textKeys.has(key)) set(key, readCell(value));
  }
  return changed ?? row;
}

function readTags(text: string): Json {
  if (text.trimStart().startsWith('[')) return readCell(text);
  return text
    .split(/[,;|]/)
    .map((tag) => tag.trim())
    .filter((tag) => tag !== '');
}

function readCell(text: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return text; // not JSON: the schema says what was expected
  }
}

function rowError(issues: readonly RowIssue[], row: JsonObject, line: number, file: string) {
  const [issue] = issues;
  const field = (issue?.path ?? [])
    .map((part) => (typeof part === 'number' ? `[${part}]` : `.${String(part)}`))
    .join('')
    .replace(/^\./, '');
  const keys = Object.keys(row);
  const hint =
    keys.length > 0
      ? `; this row has ${keys.slice(0, 12).join(', ')}: for columns of your own use samples.map, such as {input: "{{${keys[0]}}}"}`
      : '';
  const remedy = field === '' ? `give the row an "input"${hint}` : `schemas/sample.schema.json says what "${field}" may hold`;
  const message = issue?.code === 'unrecognized_keys' ? unknownFields(issue.keys ?? []) : (issue?.message ?? 'invalid row');
  return datasetError(file, line, field === '' ? message : `${field}: ${message}`, remedy);
}

/** What of an issue of the schema is told. */
interface RowIssue {
  code: string;
  path: PropertyKey[];
  message: string;
  keys?: string[];
}

function unknownFields(names: readonly string[]): string {
  const shown = names.slice(0, 5).map((name) => JSON.stringify(name.slice(0, 100)));
  const more = names.length - shown.length;
  return `unknown ${names.length === 1 ? 'field' : 'fields'} ${shown.join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}

interface SampleParts {
  metadata: JsonObject;
  hashes: SampleHashes | undefined;
  options: SampleMakerOptions;
}

function sampleOf(row: SampleRow, source: DatasetRow, file: string, { metadata, hashes, options }: SampleParts): Sample {
  const turns = turnsOf(row);
  const { hash, scoreHash } = hashes ?? hashesOf(row, { row: source.row, metadata, tags: row.tags ?? [] }, options);
  return {
    id: row.id ?? options.digest(`${hash}${scoreHash}`).slice(0, 12),
    input: row.turns || !row.scenario?.opening ? (row.input ?? row.turns?.[0]?.input ?? '') : row.scenario.opening,
    ...(row.expected === undefined ? {} : { expected: row.expected }),
    tags: row.tags ?? [],
    weight: row.weight ?? 1,
    critical: row.critical ?? false,
    turns,
    ...(row.scenario ? { scenario: row.scenario } : {}),
    ...(row.system === undefined ? {} : { system: row.system }),
    ...(row.state ? { state: row.state } : {}),
    files: row.files ?? [],
    checkers: row.checkers ?? [],
    metadata,
    row: source.row,
    hash,
    scoreHash,
    file,
    line: source.line,
  };
}

/** The keys stand in the order of canonical JSON. */
function hashesOf(row: SampleRow, scope: JsonObject, { digest, callNames }: SampleMakerOptions): SampleHashes {
  const asked = {
    files: row.files,
    input: row.input,
    names: callNames?.map((name) => valueAt(scope, name)),
    scenario: row.scenario,
    state: row.state,
    system: row.system,
    turns: row.turns?.map((turn) => turn.input),
  };
  const judged = {
    checkers: row.checkers,
    expected: row.expected,
    // Of an ADK case: what its judge is asked.
    rubrics: row.rubrics,
    toolCalls: row.toolCalls,
    turnRubrics: row.turn_rubrics,
    turns: row.turns?.map(({ expected, toolCalls, messages }) => ({ expected, toolCalls, messages })),
  };
  return { hash: digest(canonicalFields(asked)), scoreHash: digest(canonicalFields(judged)) };
}

/** canonicalJson of an object whose keys are sorted. */
function canonicalFields(fields: { [key: string]: unknown }): string {
  let text = '';
  for (const key in fields) {
    const value = fields[key];
    if (value !== undefined) text += `${text === '' ? '' : ','}"${key}":${typeof value === 'string' ? JSON.stringify(value) : canonicalJson(value)}`;
  }
  return `{${text}}`;
}

/** None where a model plays the user. A one-turn sample is a conversation of one turn; the expectation of the sample is that of its last turn unless the turn has its own. */
function turnsOf(row: SampleRow): SampleTurn[] {
  if (row.turns) return row.turns;
  if (row.input === undefined || row.scenario) return [];
  const { input, expected, toolCalls } = row;
  return [{ input, ...(expected === undefined ? {} : { expected }), ...(toolCalls ? { toolCalls } : {}) }];
}

function valueAt(scope: JsonObject, name: string): Json {
  let value: Json | undefined = scope;
  for (const key of name.split('.')) {
    value = value !== null && typeof value === 'object' && Object.hasOwn(value, key) ? (value as JsonObject)[key] : undefined;
  }
  return value ?? null;
}
