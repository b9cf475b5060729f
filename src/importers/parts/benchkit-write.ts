import { isJsonObject, type Json, type JsonObject } from '../../records/json.ts';
import { caseRecord } from '../../systems/benchkit/case-record.ts';
import { categoryOf, resultRecord } from '../../systems/benchkit/result-record.ts';
import { resultName, sampleLine } from '../../systems/benchkit/sample.ts';
import { summarize } from '../../systems/benchkit/summary.ts';
import type { ExportedFile, ExportedRun, ExportedSlot } from '../result-format.ts';

export interface WriteOptions {
  /** Before every path: empty, or a folder with its `/`. */
  folder: string;
  /** What lies in the folder already belongs to the same results. */
  resume: boolean;
  /** Folder of the environments for `env_dir`; absent: not written. */
  environments: string | undefined;
}

/** DATA_ID.json for every answer and error, and execution_report.json. */
export async function* writeExecution(run: ExportedRun, { folder, resume, environments }: WriteOptions): AsyncGenerator<ExportedFile> {
  const entries: JsonObject[] = [];
  for await (const slot of run.slots()) {
    const name = resultName(slot.id, slot.epoch);
    const path = `${folder}${name}.json`;
    const line = lineOf(slot);
    if (hasResult(slot)) {
      const envDir = environments === undefined ? undefined : `${environments.replace(/[\\/]+$/, '')}/${name}_env`;
      const record = resultRecord({ line, trajectory: slot.trajectory, error: slot.error, envDir: slot.trajectory ? envDir : undefined });
      yield { path, text: textOf(record) };
      entries.push(reportEntry(slot, record));
    } else if (slot.error && slot.error.kind !== 'aborted') entries.push(reportEntry(slot, { data_id: line.data_id ?? slot.id }));
    else if (resume) entries.push(...existingEntry(await readObject(run, path), slot.epoch));
  }
  const before = resume ? entriesOf(await readObject(run, `${folder}execution_report.json`), 'results') : [];
  const results = merged(before, entries);
  const success = results.filter(({ status }) => status === 'success').length;
  const total = results.length;
  const report = { total, success, error: total - success, results, success_rate: total === 0 ? 0 : success / total };
  yield { path: `${folder}execution_report.json`, text: textOf(report) };
}

/** benches/bench_ID.json, cases/check_ID.json, and summary.json over all cases. */
export async function* writeEvaluation(run: ExportedRun, { folder, resume }: WriteOptions): AsyncGenerator<ExportedFile> {
  const cases: JsonObject[] = [];
  const tools = new Map<string, JsonObject>();
  for await (const slot of run.slots()) {
    const path = `${folder}cases/check_${resultName(slot.id, slot.epoch)}.json`;
    const line = lineOf(slot);
    for (const tool of toolsOf(slot)) tools.set(`${tool.server ?? ''}/${tool.short_name}`, tool);
    const made = hasResult(slot)
      ? caseRecord({ dataId: line.data_id ?? slot.id, outcome: slot.outcome, scores: slot.scores, isError: slot.trajectory === undefined })
      : undefined;
    if (made) {
      const record: JsonObject = { ...made, ...(slot.epoch > 1 ? { epoch: slot.epoch } : {}) };
      if (slot.epoch === 1) yield { path: `${folder}benches/bench_${resultName(slot.id)}.json`, text: textOf(line) };
      yield { path, text: textOf(record) };
      cases.push(record);
    } else if (resume) {
      const existing = await readObject(run, path);
      if (existing) cases.push(existing);
    }
  }
  const before = resume ? entriesOf(await readObject(run, `${folder}summary.json`), 'cases') : [];
  const all = merged(before, cases);
  const summary: unknown = { summary: summarize(all), cases: all };
  yield { path: `${folder}summary.json`, text: textOf(summary) };
  const known = [...tools.values()];
  if (known.length > 0) yield { path: `${folder}tools.json`, text: textOf({ tools: known }) };
}

/** An error before the agent was asked leaves no file, so that the sample is asked again. */
function hasResult({ outcome, trajectory, error }: ExportedSlot): boolean {
  if (trajectory) return true;
  return outcome !== 'skipped' && error !== undefined && error.kind !== 'process' && error.kind !== 'aborted';
}

/** The sample line; of a suite of another format, or without its samples, what stands for it. */
function lineOf({ id, sample }: ExportedSlot): JsonObject {
  if (!sample) return { data_id: id };
  const line = sampleLine(sample.row);
  if (Object.hasOwn(line, 'data_id')) return line;
  const query = typeof sample.input === 'string' ? sample.input : JSON.stringify(sample.input);
  return { ...line, data_id: id, query, ...(sample.system === undefined ? {} : { system: sample.system }) };
}

function reportEntry({ epoch, trajectory, error }: ExportedSlot, record: JsonObject): JsonObject {
  const repeat: JsonObject = epoch > 1 ? { epoch } : {};
  const of = { data_id: record.data_id ?? null, status: trajectory ? 'success' : 'error' };
  if (trajectory) return { ...of, time: record.execution_time ?? 0, ...repeat };
  return { ...of, error: error?.message ?? '', error_category: categoryOf(error), ...repeat };
}

/** An answer of an earlier run that this one did not ask for again. */
function existingEntry(record: JsonObject | undefined, epoch: number): JsonObject[] {
  if (!record) return [];
  const { data_id = null, execution_status: status, execution_time: time, error, error_category } = record;
  const repeat: JsonObject = epoch > 1 ? { epoch } : {};
  if (status !== 'error') return [{ data_id, status: 'success', time: time ?? 0, ...repeat }];
  return [{ data_id, status, error: error ?? '', error_category: error_category ?? '', ...repeat }];
}

/** Those of before that are not among the new ones, then the new ones. */
function merged(before: readonly JsonObject[], added: readonly JsonObject[]): JsonObject[] {
  const keyOf = ({ data_id, epoch = 1 }: JsonObject) => JSON.stringify([data_id, epoch]);
  const keys = new Set(added.map((entry) => keyOf(entry)));
  return [...before.filter((entry) => !keys.has(keyOf(entry))), ...added];
}

function entriesOf(record: JsonObject | undefined, key: string): JsonObject[] {
  const list = record?.[key];
  return Array.isArray(list) ? list.filter((entry) => isJsonObject(entry)) : [];
}

/** The tools that the agent called, in the form of BenchKit's list; what was offered besides is not recorded. */
function toolsOf({ trajectory }: ExportedSlot): { server: string | null; type: string; function: JsonObject; short_name: string }[] {
  return (trajectory?.turns ?? []).flatMap(({ steps }) =>
    steps.flatMap((step) => {
      if (step.kind !== 'toolCall') return [];
      const at = step.name.indexOf('__');
      const server = step.server ?? (at > 0 ? step.name.slice(0, at) : null);
      return [{ server, type: 'function', function: { name: step.name }, short_name: at > 0 ? step.name.slice(at + 2) : step.name }];
    }),
  );
}

/** A file that is broken counts as none: it is written anew. */
async function readObject(run: ExportedRun, path: string): Promise<JsonObject | undefined> {
  const text = await run.existing(path);
  try {
    const value = text === undefined ? undefined : (JSON.parse(text.replace(/^\ufeff/, '')) as Json);
    return isJsonObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function textOf(value: unknown): string {
  return `${JSON.stringify(value, undefined, 2)}\n`;
}
