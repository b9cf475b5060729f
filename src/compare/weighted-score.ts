import type { Assessment } from '../records/assessment.ts';
import { type RunIndex, scoreIn } from '../records/run-index.ts';
import { checkerNames } from './checker-effects.ts';
import { meanOf, pairedValues, type SampleValues, sampleValues } from './values.ts';

/**
 * Mean score, 0..1, over samples and checkers, each mean of a sample's first-stage scores weighted by the sample's weight times
 * the checker's; unscored slots are left out. Both sides use today's weights and, where anything is on both sides, cover only
 * that, so that their difference is the change. `undefined` when nothing is scored, or when every weight is 1 and every score 0
 * or 1: then the checkers' means say it all. No part of the verdict.
 */
export function weightedScore(current: RunIndex, pool: readonly RunIndex[]): Assessment['score'] {
  if (isPlain(current, pool)) return undefined;
  const checkerWeights = new Map((current.header?.checkers ?? []).map(({ name, weight }) => [name, weight]));
  const cells = checkerNames(current).flatMap((name) =>
    sampleValues(current, pool, (slot) => scoreIn(slot, name)).map((values) => ({
      values,
      weight: (current.samples.get(values.id)?.weight ?? 1) * (checkerWeights.get(name) ?? 1),
    })),
  );
  if (cells.every(({ values, weight }) => weight === 1 && isBinary(values))) return undefined;
  const paired = new Set(pairedValues(cells.map(({ values }) => values)));
  const used = paired.size > 0 ? cells.filter(({ values }) => paired.has(values)) : cells;
  const baseline = meanOfCells(used.map(({ values, weight }) => ({ values: values.baseline, weight })));
  const now = meanOfCells(used.map(({ values, weight }) => ({ values: values.current, weight })));
  return { ...(baseline === undefined ? {} : { baseline }), ...(now === undefined ? {} : { current: now }) };
}

/** Nothing is weighted or graded: said without lists of every value, which take more memory than a large run. */
function isPlain(current: RunIndex, pool: readonly RunIndex[]): boolean {
  if (current.header?.checkers.some(({ weight }) => weight !== 1)) return false;
  for (const sample of current.samples.values()) if (sample.weight !== 1) return false;
  for (const run of [current, ...pool]) {
    for (const { slots } of run.samples.values()) {
      for (const { scores } of slots) if (scores.some(({ value }) => value !== 0 && value !== 1)) return false;
    }
  }
  return true;
}

function isBinary({ baseline, current }: SampleValues): boolean {
  return [...baseline, ...current].every((value) => value === 0 || value === 1);
}

function meanOfCells(cells: readonly { values: readonly number[]; weight: number }[]): number | undefined {
  let sum = 0;
  let total = 0;
  for (const { values, weight } of cells) {
    const mean = meanOf(values);
    if (mean === undefined) continue;
    sum += weight * mean;
    total += weight;
  }
  // Scores are within 0..1; the clamp only removes what rounding adds.
  return total > 0 ? Math.min(1, Math.max(0, sum / total)) : undefined;
}
