import type { IndexedSample, IndexedSlot, RunIndex } from '../records/run-index.ts';

/** Passes among repeats that have a verdict, 0 ≤ passes ≤ repeats. */
export interface Count {
  passes: number;
  repeats: number;
}

/** Everything that the decision needs of one sample. */
export interface SampleCounts {
  id: string;
  /** First-stage repeats of all pooled runs. Absent or without repeats: the sample is new. */
  baseline?: Count;
  /** First-stage repeats of this run. Absent: the sample is not in this run. */
  current?: Count;
  /** First-stage repeats that this run wanted. Default: those that have a verdict. */
  planned?: number;
  /** First-stage repeats of this run without a verdict. Default 0. */
  errors?: number;
  baselinePlanned?: number;
  baselineErrors?: number;
  /** Re-runs of a suspicious sample; never part of the suite's mean. */
  confirmation?: Count;
  /** Repeats of the whole suite that were added to decide a grey result. */
  topUp?: Count;
  /** The baseline knows the id with another content: not comparable. */
  isChanged?: boolean;
  /** The baseline by run, newest first, for the history guards. */
  runs?: Count[];
}

/** Repeats of the first stage; a log that lost its header counts every epoch as planned. */
export function plannedRepeats(index: RunIndex): number {
  if (index.header) return index.header.planned.repeats;
  let most = 1;
  for (const sample of index.samples.values()) most = Math.max(most, sample.slots.at(-1)?.epoch ?? 0);
  return most;
}

/** The slots of the first stage, in epoch order. Later epochs are top-ups and confirmation re-runs. */
export function firstStage(sample: IndexedSample, repeats: number): readonly IndexedSlot[] {
  const { slots } = sample;
  return (slots.at(-1)?.epoch ?? 0) <= repeats ? slots : slots.filter(({ epoch }) => epoch <= repeats);
}

/** Passes and verdicts; errors, unscored and skipped slots are missing, not failures. */
export function countOf(slots: readonly IndexedSlot[]): Count {
  let passes = 0;
  let repeats = 0;
  for (const { outcome } of slots) {
    if (outcome === 'pass') passes++;
    if (outcome === 'pass' || outcome === 'fail') repeats++;
  }
  return { passes, repeats };
}

/**
 * The samples of a run beside those of the pooled baseline runs (newest first), sorted by id.
 * Only baseline samples with the content of today's sample count. A sample that the newest baseline run has and this
 * run does not is listed without `current`.
 */
export function sampleCounts(current: RunIndex, pool: readonly RunIndex[]): SampleCounts[] {
  const repeats = plannedRepeats(current);
  const counts = [...current.samples.values()].map((sample) => countsOfSample(sample, repeats, pool));
  for (const sample of pool[0]?.samples.values() ?? []) {
    if (!current.samples.has(sample.id)) counts.push({ id: sample.id, ...pooledCounts(sample, pool) });
  }
  return counts.sort(byId);
}

/** Order of ids by code unit: the same on every machine. */
export function byId(a: { id: string }, b: { id: string }): number {
  return a.id < b.id ? -1 : a.id > b.id ? 1 : 0;
}

/** The runs of the pool that asked the same question under the same id, newest first. */
export function sameSamples(sample: IndexedSample, pool: readonly RunIndex[]): { sample: IndexedSample; repeats: number }[] {
  return pool.flatMap((run) => {
    const found = run.samples.get(sample.id);
    return found && found.hash === sample.hash ? [{ sample: found, repeats: plannedRepeats(run) }] : [];
  });
}

function countsOfSample(sample: IndexedSample, planned: number, pool: readonly RunIndex[]): SampleCounts {
  const first = firstStage(sample, planned);
  const later = first.length === sample.slots.length ? [] : sample.slots.filter(({ epoch }) => epoch > planned);
  const topUp = countOf(later.filter(({ isTopUp }) => isTopUp));
  const confirmation = countOf(later.filter(({ isTopUp }) => !isTopUp));
  const past = pooledCounts(sample, pool);
  const isKnown = pool.some((run) => run.samples.has(sample.id));
  return {
    id: sample.id,
    current: countOf(first),
    planned,
    errors: withoutVerdict(first),
    ...(topUp.repeats > 0 ? { topUp } : {}),
    ...(confirmation.repeats > 0 ? { confirmation } : {}),
    ...past,
    ...(isKnown && past.baseline === undefined ? { isChanged: true } : {}),
  };
}

function pooledCounts(sample: IndexedSample, pool: readonly RunIndex[]): Partial<SampleCounts> {
  const same = sameSamples(sample, pool);
  if (same.length === 0) return {};
  const stages = same.map((run) => firstStage(run.sample, run.repeats));
  const runs = stages.map(countOf);
  return {
    baseline: { passes: total(runs.map((run) => run.passes)), repeats: total(runs.map((run) => run.repeats)) },
    baselinePlanned: total(same.map((run) => run.repeats)),
    baselineErrors: total(stages.map(withoutVerdict)),
    runs,
  };
}

/** Unscored counts as an error here: an answer that no checker can judge may hide a failure just like no answer. */
function withoutVerdict(slots: readonly IndexedSlot[]): number {
  return slots.filter(({ outcome }) => outcome === 'error' || outcome === 'unscored').length;
}

function total(numbers: readonly number[]): number {
  return numbers.reduce((sum, value) => sum + value, 0);
}
