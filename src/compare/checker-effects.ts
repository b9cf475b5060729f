import type { CheckerAssessment } from '../records/assessment.ts';
import { type RunIndex, scoreIn } from '../records/run-index.ts';
import { deflate } from './history-guard.ts';
import { scoreEffect } from './score-test.ts';
import { type FamilyTest, minSliceSamples } from './slices.ts';
import { normalQuantile } from './special-functions.ts';
import { meanOf, pairedValues, type SampleValues, type SlotValue, sampleValues, valuesBySample } from './values.ts';

/** One checker on both sides before its effect is decided together with the others. */
export interface CheckerEffect {
  name: string;
  /** `undefined`: the checker belongs to single samples, not to the suite. */
  isRequired: boolean | undefined;
  sides: Pick<CheckerAssessment, 'baseline' | 'current' | 'change' | 'interval'>;
  /** Absent with too few samples on both sides. */
  test?: FamilyTest & { lower95: number };
}

/** Every checker of the suite in its order, then those of single samples by name. */
export function checkerNames(current: RunIndex): string[] {
  const declared = new Set((current.header?.checkers ?? []).map(({ name }) => name));
  const others = new Set<string>();
  for (const sample of current.samples.values()) {
    for (const slot of sample.slots) for (const { checker } of slot.scores) if (!declared.has(checker)) others.add(checker);
  }
  return [...declared, ...[...others].sort()];
}

/** The effect of each checker, in the order of `checkerNames`. */
export function checkerEffects(current: RunIndex, pool: readonly RunIndex[], inflation: number): CheckerEffect[] {
  const declared = new Map((current.header?.checkers ?? []).map((checker) => [checker.name, checker.required]));
  return checkerNames(current).map((name) => {
    const read: SlotValue = (slot) => scoreIn(slot, name);
    const isRequired = declared.get(name);
    if (pool.length === 0) return { name, isRequired, sides: currentSide(valuesBySample(current, read)) };
    return { name, isRequired, ...effectOf(name, sampleValues(current, pool, read), inflation) };
  });
}

/** With a baseline both means cover the samples that have a score on both sides, so that their difference is the change. */
function effectOf(name: string, values: readonly SampleValues[], inflation: number): Pick<CheckerEffect, 'sides' | 'test'> {
  const paired = pairedValues(values);
  if (paired.length === 0) return { sides: currentSide(values.map((value) => value.current)) };
  const { change, standardError, pWorse, pBetter } = scoreEffect(paired);
  const error = standardError * Math.sqrt(inflation);
  const half = normalQuantile(0.975) * error;
  const baseline = meanAndCount(paired.map((value) => value.baseline));
  const current = meanAndCount(paired.map((value) => value.current));
  const sides: CheckerEffect['sides'] = { change, interval: [Math.max(-1, change - half), Math.min(1, change + half)] };
  if (baseline) sides.baseline = baseline;
  if (current) sides.current = current;
  if (paired.length < minSliceSamples) return { sides };
  const test = { name, pWorse: deflate(pWorse, inflation), pBetter: deflate(pBetter, inflation), lower95: change - normalQuantile(0.95) * error };
  return { sides, test };
}

function currentSide(lists: Iterable<readonly number[]>): CheckerEffect['sides'] {
  const current = meanAndCount(lists);
  return current ? { current } : {};
}

function meanAndCount(lists: Iterable<readonly number[]>): { mean: number; n: number } | undefined {
  const means: number[] = [];
  let n = 0;
  for (const list of lists) {
    const own = meanOf(list);
    if (own !== undefined) means.push(own);
    n += list.length;
  }
  const mean = meanOf(means);
  // Scores are within 0..1; the clamp only removes what rounding adds.
  return mean === undefined ? undefined : { mean: Math.min(1, Math.max(0, mean)), n };
}
