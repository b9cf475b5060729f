import type { IndexedSample, IndexedSlot, RunIndex } from '../records/run-index.ts';
import { firstStage, plannedRepeats, sameSamples } from './counts.ts';

/** Numbers of one sample on both sides, first-stage repeats only. */
export interface SampleValues {
  id: string;
  /** By baseline run, newest first; an empty list where that run has none. */
  runs: number[][];
  /** All baseline values. */
  baseline: number[];
  current: number[];
}

/** A number of a slot, or `undefined` when the slot does not have it. */
export type SlotValue = (slot: IndexedSlot) => number | undefined;

/** The values of every sample of the current run that has any on either side, sorted by id. */
export function sampleValues(current: RunIndex, pool: readonly RunIndex[], read: SlotValue): SampleValues[] {
  const repeats = plannedRepeats(current);
  const values: SampleValues[] = [];
  for (const sample of byId(current)) {
    const runs = sameSamples(sample, pool).map((run) => valuesOf(firstStage(run.sample, run.repeats), read));
    const now = valuesOf(firstStage(sample, repeats), read);
    const baseline = runs.flat();
    if (baseline.length + now.length > 0) values.push({ id: sample.id, runs, baseline, current: now });
  }
  return values;
}

/**
 * The values of each sample that has any, of one run alone, in the order of `sampleValues`: made as they are asked for, because
 * with 50,000 samples the lists of both sides take more memory than the run.
 */
export function* valuesBySample(current: RunIndex, read: SlotValue): Generator<readonly number[]> {
  const repeats = plannedRepeats(current);
  for (const sample of byId(current)) {
    const values = valuesOf(firstStage(sample, repeats), read);
    if (values.length > 0) yield values;
  }
}

/** Sorted once for all checkers and metrics; samples are only ever added to an index. */
function byId({ samples }: RunIndex): readonly IndexedSample[] {
  const known = sorted.get(samples);
  if (known?.length === samples.size) return known;
  const list = [...samples.values()].sort((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0));
  sorted.set(samples, list);
  return list;
}

const sorted = new WeakMap<RunIndex['samples'], readonly IndexedSample[]>();

/** Samples with values on both sides. */
export function pairedValues(values: readonly SampleValues[]): SampleValues[] {
  return values.filter(({ baseline, current }) => baseline.length > 0 && current.length > 0);
}

/** Arithmetic mean; `undefined` of nothing. */
export function meanOf(values: readonly number[]): number | undefined {
  return values.length === 0 ? undefined : sumOf(values) / values.length;
}

/** Sum of the numbers in their order; 0 of none. */
export function sumOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}

/** Sum of squares about the mean; 0 of nothing. */
export function squaresOf(values: readonly number[]): number {
  const mean = meanOf(values) ?? 0;
  return values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
}

const none: number[] = [];

function valuesOf(slots: readonly IndexedSlot[], read: SlotValue): number[] {
  let values = none;
  for (const slot of slots) {
    const value = slot.outcome === 'error' || slot.outcome === 'skipped' ? undefined : read(slot);
    if (value !== undefined && Number.isFinite(value)) values = values.length === 0 ? [value] : [...values, value];
  }
  return values;
}
