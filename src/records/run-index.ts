import { ToolError } from '../errors.ts';
import type { DoneRecord, EndRecord, Outcome, ResponseRecord, RunLogRecord, RunRecord, SampleRecord, ScoreRecord, StopRecord } from './run-log.ts';

/** The slim memory of one slot: numbers only, no text of the agent. */
export interface IndexedSlot {
  epoch: number;
  outcome: Outcome;
  attempts: number;
  /** By checker name. Absent: that checker did not run or is unscored. */
  scores: Map<string, { value: number; pass: boolean }>;
  latencyMs?: number;
  firstByteMs?: number;
  inputTokens?: number;
  outputTokens?: number;
  costUsd?: number;
}

export interface IndexedSample {
  id: string;
  hash: string;
  scoreHash: string;
  file: string;
  line: number;
  tags: string[];
  weight: number;
  critical: boolean;
  /** Slots that are done, by epoch. */
  slots: Map<number, IndexedSlot>;
}

/** Everything that a comparison needs of one run log, without its trajectories. A pure fold of its records. */
export interface RunIndex {
  /** Where it was read from, for messages. */
  source: string;
  header?: RunRecord;
  /** By sample id, in dataset order. */
  samples: Map<string, IndexedSample>;
  /** Slots with a recorded answer but no `done` yet, by `slotKey`. */
  pending: Map<string, Partial<IndexedSlot>>;
  /** Attempts without an answer, by `slotKey`: ambiguous after a crash. */
  attempts: Map<string, number>;
  end?: EndRecord;
  stop?: StopRecord;
}

export function slotKey(sample: string, epoch: number): string {
  return `${epoch}/${sample}`;
}

export function emptyRunIndex(source: string): RunIndex {
  return { source, samples: new Map(), pending: new Map(), attempts: new Map() };
}

/** Folds one record into the index, in place: the one reducer of the live run and of the reader. */
export function foldRecord(index: RunIndex, record: RunLogRecord): void {
  switch (record.type) {
    case 'run':
      index.header = record;
      return;
    case 'sample':
      foldSample(index, record);
      return;
    case 'attempt':
      index.attempts.set(slotKey(record.sample, record.epoch), record.attempt);
      delete index.stop;
      return;
    case 'response':
      foldResponse(index, record);
      return;
    case 'score':
      foldScore(index, record);
      return;
    case 'done':
      foldDone(index, record);
      return;
    case 'stop':
      index.stop = record;
      return;
    case 'end':
      index.end = record;
      delete index.stop;
      return;
  }
}

function foldSample(index: RunIndex, record: SampleRecord): void {
  if (index.samples.has(record.sample)) return;
  const { sample: id, hash, scoreHash, file, line, tags, weight, critical } = record;
  index.samples.set(id, { id, hash, scoreHash, file, line, tags, weight, critical, slots: new Map() });
}

function foldResponse(index: RunIndex, record: ResponseRecord): void {
  const key = slotKey(record.sample, record.epoch);
  const pending: Partial<IndexedSlot> = { epoch: record.epoch, scores: new Map() };
  const { latencyMs, firstByteMs, usage } = record.trajectory ?? {};
  if (latencyMs !== undefined) pending.latencyMs = latencyMs;
  if (firstByteMs !== undefined) pending.firstByteMs = firstByteMs;
  if (usage?.inputTokens !== undefined) pending.inputTokens = usage.inputTokens;
  if (usage?.outputTokens !== undefined) pending.outputTokens = usage.outputTokens;
  if (usage?.costUsd !== undefined) pending.costUsd = usage.costUsd;
  index.pending.set(key, pending);
}

function foldScore(index: RunIndex, record: ScoreRecord): void {
  if (record.kind !== 'scored') return;
  const key = slotKey(record.sample, record.epoch);
  const pending = index.pending.get(key) ?? { epoch: record.epoch };
  pending.scores ??= new Map();
  pending.scores.set(record.checker, { value: record.value, pass: record.pass });
  index.pending.set(key, pending);
}

function foldDone(index: RunIndex, record: DoneRecord): void {
  const sample = index.samples.get(record.sample);
  if (!sample) {
    throw new ToolError({
      code: 'run-log-damaged',
      message: `${index.source}: a finished slot names the sample "${record.sample}", which the log does not list`,
      remedy: 'the file was edited or cut; use another run',
    });
  }
  const key = slotKey(record.sample, record.epoch);
  const pending = index.pending.get(key);
  const earlier = sample.slots.get(record.epoch);
  // The same line twice adds nothing, and must not take the scores away.
  if (!pending && earlier?.outcome === record.outcome && earlier.attempts === record.attempts) return;
  const { scores, ...numbers } = pending ?? {};
  index.pending.delete(key);
  index.attempts.delete(key);
  sample.slots.set(record.epoch, {
    ...earlier,
    ...numbers,
    epoch: record.epoch,
    outcome: record.outcome,
    attempts: record.attempts,
    scores: scores ?? new Map(),
  });
}
