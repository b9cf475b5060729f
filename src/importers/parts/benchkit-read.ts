import { type Problem, shortened, ToolError } from '../../errors.ts';
import { isJsonObject, type Json, type JsonObject } from '../../records/json.ts';
import type { Trajectory } from '../../records/trajectory.ts';
import { turnsOf } from '../../systems/benchkit/conversation.ts';
import { copiedFields, errorOf } from '../../systems/benchkit/result-record.ts';
import { rowOfLine } from '../../systems/benchkit/sample.ts';
import { standardize } from '../../systems/benchkit/standardize.ts';
import { scoreOfResult } from '../../systems/benchkit/verdict.ts';
import type { ImportedRun, ImportedSlot, NamedScore, ResultFiles } from '../result-format.ts';
import { isOfRun, readFound } from './benchkit-files.ts';

const remedyTwice = 'a sample has one result and one case: remove one of the files';

/** Where the results and what was said of them stand. */
interface Folder {
  /** By key of `keyOf`, the path of its file. */
  results: Map<string, string>;
  cases: Map<string, JsonObject>;
  /** Errors that left no result file. */
  lost: Map<string, { record: JsonObject; file: string }>;
  warnings: string[];
}

/** The results of a folder with the verdicts of an evaluation below it. @throws ToolError `import-invalid` with every broken file */
export async function readFolder(files: ResultFiles, checker: string): Promise<ImportedRun> {
  const folder = await survey(files);
  return {
    suite: suiteName(files.root),
    slots: slotsOf(files, folder, checker),
    warnings: folder.warnings,
  };
}

async function survey(files: ResultFiles): Promise<Folder> {
  const problems: Problem[] = [];
  const results = new Map<string, string>();
  const cases = new Map<string, { record: JsonObject; file: string }>();
  const reports: { record: JsonObject; file: string }[] = [];
  const summaries: JsonObject[] = [];
  const others: string[] = [];
  for (const path of files.paths.filter((path) => isOfRun(path))) {
    const found = await readOne(files, path);
    if (found.kind === 'broken') problems.push(found.problem);
    else if (found.kind === 'other') others.push(path);
    else if (found.kind === 'report') reports.push({ record: found.record, file: path });
    else if (found.kind === 'summary') summaries.push(found.record);
    else {
      const key = keyOf(found.id, found.epoch);
      const earlier = found.kind === 'result' ? results.get(key) : cases.get(key)?.file;
      if (earlier !== undefined) problems.push(twice(path, earlier, found.id));
      if (found.kind === 'result') results.set(key, path);
      else cases.set(key, { record: found.record, file: path });
    }
  }
  if (problems.length > 0) throw invalid(problems);
  const judged = new Map([...casesOfSummaries(summaries), ...[...cases].map(([key, { record }]) => [key, record] as const)]);
  const lost = lostSamples(reports, results);
  const homeless = [...judged.keys()].filter((key) => !results.has(key) && !lost.has(key));
  const warnings = [
    ...(others.length === 0
      ? []
      : [`${others.length} JSON file${others.length === 1 ? ' is' : 's are'} no result and left out, such as ${others[0]}`]),
    ...(homeless.length === 0
      ? []
      : [
          `${homeless.length} case${homeless.length === 1 ? ' has' : 's have'} no result file and ${homeless.length === 1 ? 'is' : 'are'} left out, such as that of ${idOf(homeless[0] ?? '')}: name the folder that holds both, results and evaluation`,
        ]),
  ];
  return { results, cases: judged, lost, warnings };
}

async function readOne(files: ResultFiles, path: string): Promise<ReturnType<typeof readFound>> {
  try {
    return readFound(path, await files.read(path));
  } catch (error) {
    if (!(error instanceof ToolError)) throw error;
    const [problem = { file: path, message: error.message }] = error.problems;
    return { kind: 'broken', problem: { line: 1, ...problem } };
  }
}

function twice(file: string, earlier: string, id: string): Problem {
  return { file, line: 1, field: 'data_id', message: `the sample "${id}" has a file already: ${earlier}`, remedy: remedyTwice };
}

function invalid(problems: readonly Problem[]): ToolError {
  const [first] = problems;
  return new ToolError({
    code: 'import-invalid',
    message: `${first?.file}:${first?.line}: ${first?.message}${problems.length > 1 ? ` (and ${problems.length - 1} more)` : ''}`,
    problems,
  });
}

/** A summary stands in for the case files where those are gone. */
function casesOfSummaries(summaries: readonly JsonObject[]): [string, JsonObject][] {
  return summaries.flatMap(({ cases }) =>
    (Array.isArray(cases) ? cases : []).flatMap((record): [string, JsonObject][] => {
      if (!isJsonObject(record)) return [];
      const { data_id: id, epoch } = record;
      return isId(id) ? [[keyOf(String(id), typeof epoch === 'number' ? epoch : 1), record]] : [];
    }),
  );
}

function isId(value: Json | undefined): value is string | number {
  return (typeof value === 'string' && value !== '') || typeof value === 'number';
}

/** Samples whose servers could not be started have no result file, only an entry of the report. */
function lostSamples(reports: readonly { record: JsonObject; file: string }[], results: ReadonlyMap<string, string>): Folder['lost'] {
  const lost: Folder['lost'] = new Map();
  for (const { record, file } of reports) {
    for (const entry of Array.isArray(record.results) ? record.results : []) {
      if (!isJsonObject(entry) || entry.status !== 'error' || !isId(entry.data_id)) continue;
      const key = keyOf(String(entry.data_id), typeof entry.epoch === 'number' ? entry.epoch : 1);
      if (!results.has(key)) lost.set(key, { record: entry, file });
    }
  }
  return lost;
}

async function* slotsOf(files: ResultFiles, { results, cases, lost }: Folder, checker: string): AsyncGenerator<ImportedSlot> {
  for (const path of results.values()) {
    const found = await readOne(files, path);
    if (found.kind === 'broken') throw invalid([found.problem]);
    if (found.kind !== 'result') continue;
    yield slotOf(found, path, scoresOf(cases.get(keyOf(found.id, found.epoch)), found.record, checker));
  }
  for (const [key, { record, file }] of lost) {
    const [epoch, id] = [epochIn(key), idOf(key)];
    const message = typeof record.error === 'string' ? shortened(record.error, 4000) : 'the servers could not be started';
    yield { row: rowOfLine({ data_id: id, query: '' }), epoch, error: { kind: 'process', message }, scores: [], outcome: 'error', file, line: 1 };
  }
}

function slotOf({ epoch, record }: { epoch: number; record: JsonObject }, file: string, scores: NamedScore[]): ImportedSlot {
  const copies = Object.fromEntries(copiedFields.flatMap((key) => (Object.hasOwn(record, key) ? [[key, record[key] ?? null]] : [])));
  const history = listAt(record, 'conversation_history');
  const query = textAt(record, 'query') || queryIn(history);
  const { turns, system } = turnsOf({ history, calls: listAt(record, 'tool_call_list'), query, response: textAt(record, 'response') });
  const prompt = textAt(record, 'system') || system;
  const row = rowOfLine({ data_id: record.data_id ?? '', ...copies, query, ...(prompt === undefined || prompt === '' ? {} : { system: prompt }) });
  if (record.execution_status === 'error') return { row, epoch, error: errorOf(record), scores: [], outcome: 'error', file, line: 1 };
  return { row, epoch, trajectory: trajectoryOf(record, turns), scores, file, line: 1 };
}

function trajectoryOf({ execution_time: seconds, final_state: finalState }: JsonObject, turns: Trajectory['turns']): Trajectory {
  return {
    turns,
    ...(isJsonObject(finalState) ? { finalState } : {}),
    ...(typeof seconds === 'number' && Number.isFinite(seconds) ? { latencyMs: seconds * 1000 } : {}),
  };
}

function scoresOf(found: JsonObject | undefined, result: JsonObject, checker: string): NamedScore[] {
  if (!found || result.execution_status === 'error') return [];
  return [{ checker, score: scoreOfResult(standardize(found), weightsOf(result.check_list)) }];
}

function weightsOf(list: Json | undefined): Record<string, number> {
  if (!Array.isArray(list)) return {};
  return Object.fromEntries(
    list.flatMap((item, index) =>
      isJsonObject(item) && typeof item.weight === 'number' && item.weight >= 0 ? [[`检查项${index + 1}`, item.weight]] : [],
    ),
  );
}

function queryIn(history: readonly JsonObject[]): string {
  const first = history.find(({ role }) => role === 'user')?.content;
  return typeof first === 'string' ? first : '';
}

function listAt(record: JsonObject, key: string): JsonObject[] {
  const value = record[key];
  return Array.isArray(value) ? value.filter((item) => isJsonObject(item)) : [];
}

function textAt(record: JsonObject, key: string): string {
  const value = record[key];
  return typeof value === 'string' ? value : '';
}

function keyOf(id: string, epoch: number): string {
  return `${epoch}/${id}`;
}

function idOf(key: string): string {
  return key.slice(key.indexOf('/') + 1);
}

function epochIn(key: string): number {
  return Number(key.slice(0, key.indexOf('/')));
}

const plainFolders = new Set(['', '.', '..', 'execution', 'evaluation', 'evaluation_outputs', 'results', 'outputs', 'output']);

/** The folder's own name, unless it is one that every scenario has. */
function suiteName(root: string): string {
  const names = root.replace(/\\/g, '/').split('/');
  return names.toReversed().find((name) => !plainFolders.has(name) && !name.endsWith('.json')) ?? 'benchkit';
}
