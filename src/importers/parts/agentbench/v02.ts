import { shortened } from '../../../errors.ts';
import { isJsonObject, type JsonObject } from '../../../records/json.ts';
import * as z from '../../../records/schema.ts';
import { scored, unscored } from '../../../records/score.ts';
import type { Trajectory } from '../../../records/trajectory.ts';
import { type SampleIndex, type SampleStatus, sampleStatuses, sampleStatusOf } from '../../../systems/agentbench/controller.ts';
import { historyOf, isSameHistory, turnsOf, valueOfResult } from '../../../systems/agentbench/history-turns.ts';
import { errorKindOf, type SampleError, verdictOf } from '../../../systems/agentbench/outcome.ts';
import { overallOf } from '../../../systems/agentbench/overall.ts';
import { RunLine, type TaskOutput } from '../../../systems/agentbench/record.ts';
import type { ImportedSlot, NamedScore } from '../../result-format.ts';
import { type Reading, type ReadLine, readDocument, readLines } from './lines.ts';

/** The files of one agent and task. */
export interface PairFiles {
  agent: string;
  task: string;
  /** Before `#index` in the ids. */
  prefix: string;
  /** Text and path by the name of the file. */
  files: ReadonlyMap<string, { path: string; text: string }>;
}

const Overall = z.looseObject({ total: z.int(), validation: z.nullish(z.record(z.string(), z.number())) });

/**
 * The slots of runs.jsonl, the first record of an index; then the last error of each index that has no record there, as
 * AgentBench asked those again or gave up. overall.json is compared with the records.
 */
export function readPairV02(reading: Reading, pair: PairFiles): { slots: ImportedSlot[]; startedMs: number[] } {
  const runs = pair.files.get('runs.jsonl');
  const errors = pair.files.get('error.jsonl');
  const done = runs ? readLines(reading, { file: runs.path, text: runs.text, schema: RunLine, found: runFault }) : [];
  const failed = errors ? readLines(reading, { file: errors.path, text: errors.text, schema: RunLine, found: errorFault }) : [];
  const slots = new Map<string, ImportedSlot>();
  const outputs: TaskOutput[] = [];
  for (const read of done) {
    const { output, index } = read.value;
    if (slots.has(key(index))) reading.warnings.push(`${runs?.path}:${read.line}: a second record of index ${index} is left out`);
    else if (output) {
      outputs.push(output);
      slots.set(key(index), answerSlot(pair, read, { output, file: runs?.path ?? '' }));
    }
  }
  const answered = new Set(slots.keys());
  for (const read of failed) {
    const { index } = read.value;
    if (!answered.has(key(index))) slots.set(key(index), errorSlot(pair, read, errors?.path ?? ''));
  }
  compareOverall(reading, pair, outputs);
  const startedMs = [...done, ...failed].flatMap(({ value }) => value.time.timestamp ?? []);
  return { slots: [...slots.values()], startedMs };
}

/** 1 and "1" are two indices. */
function key(index: SampleIndex): string {
  return JSON.stringify(index);
}

function runFault(value: unknown): string | undefined {
  if (!isJsonObject(value)) return 'expected a record {index, output, time}';
  if ('target' in value && !('time' in value)) return 'it is a record of v0.1 {index, input, output, target} among those of v0.2';
  if (value.output === null || value.output === undefined) return 'a record without "output" belongs into error.jsonl';
  return undefined;
}

function errorFault(value: unknown): string | undefined {
  if (!isJsonObject(value)) return 'expected a record {index, error, info, time}';
  return typeof value.error === 'string' && value.error !== '' ? undefined : 'a record without "error" belongs into runs.jsonl';
}

function answerSlot(pair: PairFiles, { value, line }: ReadLine<RunLine>, { output, file }: { output: TaskOutput; file: string }): ImportedSlot {
  const { status } = output;
  const verdict = verdictOf(status);
  return {
    row: rowOf(pair, value.index, output),
    epoch: 1,
    trajectory: trajectoryOf(value.index, output),
    scores: scoresOf(output),
    ...(verdict === 'error' ? { outcome: 'error' as const } : {}),
    file,
    line,
  };
}

/** What a task says of a sample is kept as the final state, as a live run of its controller keeps it. */
function trajectoryOf(index: SampleIndex, { status, result = null, history }: TaskOutput): Trajectory {
  const said = (history ?? []).map(({ role, content }) => ({ role, content }));
  const turns = turnsOf(said);
  const isWhole = isSameHistory(historyOf(turns), said);
  return { turns, finalState: { index, status, result, ...(isWhole ? {} : { history: said }) } };
}

function scoresOf({ status, result }: TaskOutput): NamedScore[] {
  const verdict = verdictOf(status);
  const words = `the task ended with the status "${status}"`;
  const ended = verdict === 'error' ? unscored(words) : scored(verdict === 'pass' ? 1 : 0, words);
  const said = verdict === 'pass' ? valueOfResult(result) : undefined;
  return [
    { checker: 'agentbench-status', score: ended },
    ...(said ? [{ checker: 'agentbench-result', score: scored(said.value, `the task says ${said.key} = ${said.value}`) }] : []),
  ];
}

function errorSlot(pair: PairFiles, { value, line }: ReadLine<RunLine>, file: string): ImportedSlot {
  const { index, error, info, output } = value;
  const code = error ?? '';
  const known = isSampleError(code);
  const message = [known ? '' : code, info ?? ''].filter((text) => text !== '').join(': ') || code;
  return {
    row: rowOf(pair, index, output ?? undefined),
    epoch: 1,
    error: { kind: known ? errorKindOf(code) : 'agent-error', message: shortened(message, 4000) },
    scores: [],
    file,
    line,
  };
}

const errorCodes: readonly string[] = ['START_FAILED', 'INTERACT_FAILED', 'AGENT_FAILED', 'NETWORK_ERROR', 'NOT_AVAILABLE'] satisfies SampleError[];

function isSampleError(code: string): code is SampleError {
  return errorCodes.includes(code);
}

function rowOf({ agent, task, prefix }: PairFiles, index: SampleIndex, output: TaskOutput | undefined): JsonObject & { id: string } {
  const first = output?.history?.find(({ role }) => role === 'user')?.content ?? '';
  return { id: `${prefix}#${index}`, input: first, metadata: { agent, task, index } };
}

/** A difference is told: somebody changed a file, or the run went on. */
function compareOverall(reading: Reading, { files }: PairFiles, outputs: readonly TaskOutput[]): void {
  const overall = files.get('overall.json');
  const told = overall && readDocument(reading, { file: overall.path, text: overall.text, schema: Overall });
  if (!overall || !told) return;
  if (told.total !== outputs.length) {
    reading.warnings.push(`${overall.path}: it counts ${told.total} samples, runs.jsonl has ${outputs.length}`);
    return;
  }
  const { validation } = overallOf(outputs);
  for (const [name, share] of Object.entries(told.validation ?? {})) {
    const status = sampleStatusOf(name);
    if (validation && status && Math.abs(validation[status] - share) > 1e-6) {
      reading.warnings.push(`${overall.path}: the share of "${status}" is ${share}, by runs.jsonl it is ${validation[status]}`);
    }
  }
}

/** Whether the first record of a file is one of v0.2. */
export function isV02Line(value: unknown): boolean {
  return (
    isJsonObject(value) &&
    ('time' in value || 'error' in value || (isJsonObject(value.output) && statusNames.has(String(value.output.status).toLowerCase())))
  );
}

const statusNames: ReadonlySet<string> = new Set<SampleStatus>(sampleStatuses);
