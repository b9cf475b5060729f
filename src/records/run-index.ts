import { ToolError } from '../errors.ts';
import type { AcceptanceRecord } from './acceptance.ts';
import type { Json } from './json.ts';
import type { ModelUsage } from './model.ts';
import type { DoneRecord, EndRecord, Outcome, ResponseRecord, RunLogRecord, RunRecord, SampleRecord, ScoreRecord, StopRecord } from './run-log.ts';
import { addUsage, type JudgeUsage } from './score.ts';

/** The slim memory of one slot: numbers only, no text of the agent. */
export interface IndexedSlot {
  epoch: number;
  outcome: Outcome;
  attempts: number;
  /** Of the top-up that decides a grey result; other epochs after the planned ones are confirmation re-runs. */
  isTopUp?: true;
  /** At most one per checker; without a checker that did not run or is unscored. Shared by slots with equal scores. */
  scores: readonly IndexedScore[];
  latencyMs?: number;
  firstByteMs?: number;
  inputTokens?: number;
  outputTokens?: number;
  costUsd?: number;
}

export interface IndexedScore {
  checker: string;
  value: number;
  pass: boolean;
}

export interface IndexedSample {
  id: string;
  hash: string;
  scoreHash: string;
  file: string;
  line: number;
  tags: readonly string[];
  weight: number;
  critical: boolean;
  /** Slots that are done, in epoch order. */
  slots: readonly IndexedSlot[];
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
  /** Lists and texts that many samples and slots have alike, kept once: at 50,000 slots this is most of the memory. */
  shared: SharedValues;
  /** What the judge model took for all scores so far; absent: none was asked. */
  judging?: JudgeUsage;
  /** What the model took that plays the user; absent: none was asked. */
  simulating?: ModelUsage;
  end?: EndRecord;
  /** What an interactive task made of all its results together, as it said last. */
  taskMetric?: Json;
  stop?: StopRecord;
  acceptance?: AcceptanceRecord;
}

export interface SharedValues {
  texts: Map<string, string>;
  tags: Map<string, readonly string[]>;
  scores: Map<string, readonly IndexedScore[]>;
}

/** The slot of an epoch; undefined when it is not done. */
export function slotAt(sample: IndexedSample, epoch: number): IndexedSlot | undefined {
  const { slots } = sample;
  // Mostly every epoch up to this one is done, and then its place is known.
  const likely = slots[epoch - 1];
  return likely?.epoch === epoch ? likely : slots.find((slot) => slot.epoch === epoch);
}

/** The value that a checker gave a slot, 0..1; undefined when it did not score it. */
export function scoreIn(slot: IndexedSlot, checker: string): number | undefined {
  return slot.scores.find((score) => score.checker === checker)?.value;
}

/** A text that names one slot of a run; the epoch stands first, because ids may hold anything. */
export function slotKey(sample: string, epoch: number): string {
  return `${epoch}/${sample}`;
}

/** The index of a log without a record; `source` is its path, for messages. */
export function emptyRunIndex(source: string): RunIndex {
  return { source, samples: new Map(), pending: new Map(), attempts: new Map(), shared: { texts: new Map(), tags: new Map(), scores: new Map() } };
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
    case 'acceptance':
      index.acceptance = record;
      return;
    case 'taskMetric':
      index.taskMetric = record.value;
      return;
  }
}

function foldSample(index: RunIndex, record: SampleRecord): void {
  if (index.samples.has(record.sample)) return;
  const { sample: id, hash, scoreHash, line, weight, critical } = record;
  const file = share(index.shared.texts, record.file, record.file);
  const tags = share(index.shared.tags, record.tags.join('\n'), record.tags);
  index.samples.set(id, { id, hash, scoreHash, file, line, tags, weight, critical, slots: none });
}

function foldResponse(index: RunIndex, record: ResponseRecord): void {
  const pending: Partial<IndexedSlot> = { epoch: record.epoch, scores: none };
  const { latencyMs, firstByteMs, usage } = record.trajectory ?? {};
  const simulating = addUsage(index.simulating, record.user);
  if (simulating) index.simulating = simulating;
  if (record.topUp) pending.isTopUp = true;
  if (latencyMs !== undefined) pending.latencyMs = latencyMs;
  if (firstByteMs !== undefined) pending.firstByteMs = firstByteMs;
  if (usage?.inputTokens !== undefined) pending.inputTokens = usage.inputTokens;
  if (usage?.outputTokens !== undefined) pending.outputTokens = usage.outputTokens;
  if (usage?.costUsd !== undefined) pending.costUsd = usage.costUsd;
  index.pending.set(slotKey(record.sample, record.epoch), pending);
}

function foldScore(index: RunIndex, record: ScoreRecord): void {
  const judging = addUsage(index.judging, record.judge);
  if (judging) index.judging = judging;
  if (record.kind !== 'scored') return;
  const key = slotKey(record.sample, record.epoch);
  const pending = index.pending.get(key) ?? { epoch: record.epoch };
  const { checker, value, pass } = record;
  pending.scores = [...(pending.scores ?? none).filter((score) => score.checker !== checker), { checker, value, pass }];
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
  const { epoch, outcome, attempts } = record;
  const key = slotKey(record.sample, epoch);
  const pending = index.pending.get(key);
  const earlier = slotAt(sample, epoch);
  // The same line twice adds nothing, and must not take the scores away.
  if (!pending && earlier?.outcome === outcome && earlier.attempts === attempts) return;
  index.pending.delete(key);
  index.attempts.delete(key);
  const scores = sharedScores(index, pending?.scores ?? none);
  const slot = slotOf({ ...earlier, ...pending, epoch, outcome, attempts, scores });
  // A list made anew is exactly as long as it must be; one that is pushed to has room for 17.
  const others = sample.slots.filter((other) => other !== earlier);
  const place = others.findLastIndex((other) => other.epoch < epoch) + 1;
  sample.slots = others.length === 0 ? [slot] : [...others.slice(0, place), slot, ...others.slice(place)];
}

/** A fresh object takes a fifth less memory than one that was put together from others. */
function slotOf({ epoch, outcome, attempts, scores, isTopUp, latencyMs, firstByteMs, inputTokens, outputTokens, costUsd }: IndexedSlot): IndexedSlot {
  const slot: IndexedSlot =
    latencyMs === undefined || firstByteMs === undefined
      ? { epoch, outcome, attempts, scores }
      : { epoch, outcome, attempts, scores, latencyMs, firstByteMs };
  if (isTopUp) slot.isTopUp = isTopUp;
  if (latencyMs !== undefined) slot.latencyMs = latencyMs;
  if (firstByteMs !== undefined) slot.firstByteMs = firstByteMs;
  if (inputTokens !== undefined) slot.inputTokens = inputTokens;
  if (outputTokens !== undefined) slot.outputTokens = outputTokens;
  if (costUsd !== undefined) slot.costUsd = costUsd;
  return slot;
}

const none: readonly never[] = [];

function sharedScores(index: RunIndex, scores: readonly IndexedScore[]): readonly IndexedScore[] {
  if (scores.length === 0) return none;
  const key = scores.map(({ checker, value, pass }) => `${value}${pass ? '+' : '-'}${checker}`).join('\n');
  return share(index.shared.scores, key, scores);
}

/** Beyond this many the values differ too much for sharing to pay. */
const maxShared = 2000;

/** The first value that came with this key. */
function share<T>(known: Map<string, T>, key: string, value: T): T {
  const found = known.get(key);
  if (found !== undefined) return found;
  if (known.size < maxShared) known.set(key, value);
  return value;
}
