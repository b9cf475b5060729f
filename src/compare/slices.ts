import type { Effect, SliceAssessment } from '../records/assessment.ts';
import type { Policy } from '../records/policy.ts';
import type { RunIndex } from '../records/run-index.ts';
import type { ComparablePair } from './decide.ts';
import { deflate } from './history-guard.ts';
import { createHypergeometricTable } from './hypergeometric.ts';
import { suiteEffect } from './intervals.ts';
import { withinSamplePermutation } from './permutation.ts';
import { normalQuantile } from './special-functions.ts';

/** Fewer samples cannot say anything about a slice. */
export const minSliceSamples = 5;

/** One test of gate C, before Holm's correction over all of them. */
export interface FamilyTest {
  name: string;
  pWorse: number;
  pBetter: number;
}

interface Slice {
  name: string;
  pairs: ComparablePair[];
}

/** The slices that gate C tests: tags of enough comparable samples, when the policy names `tags`; by name. */
export function gatedSlices(current: RunIndex, pairs: readonly ComparablePair[], policy: Policy): Slice[] {
  return slicesByTag(current, pairs, policy).filter((slice) => slice.pairs.length >= minSliceSamples);
}

/** Gate A's test on each slice. */
export function sliceTests(slices: readonly Slice[], inflation: number): FamilyTest[] {
  const table = createHypergeometricTable();
  return slices.map(({ name, pairs }) => {
    const { midLower, midUpper } = withinSamplePermutation(pairs, table);
    return { name, pWorse: deflate(midLower, inflation), pBetter: deflate(midUpper, inflation) };
  });
}

/** Every tag with its rates; `effects` holds the decided ones by name, the others have too few samples. */
export function describeSlices(input: {
  current: RunIndex;
  pairs: readonly ComparablePair[];
  policy: Policy;
  inflation: number;
  decided: ReadonlyMap<string, { p: number; isWorse: boolean; isBetter: boolean }>;
}): SliceAssessment[] {
  return slicesByTag(input.current, input.pairs, input.policy).map(({ name, pairs }) => {
    const found = input.decided.get(name);
    const { change, standardError } = suiteEffect(pairs);
    const lower = change - normalQuantile(0.95) * standardError * Math.sqrt(input.inflation);
    const effect: Effect = !found
      ? 'too-few-samples'
      : found.isWorse
        ? 'regressed'
        : found.isBetter
          ? 'improved'
          : lower > -0.1
            ? 'unchanged'
            : 'inconclusive';
    return {
      name,
      samples: pairs.length,
      baselineRate: mean(pairs.map(({ b, m }) => b / m)),
      rate: mean(pairs.map(({ y, r }) => y / r)),
      change,
      ...(found ? { p: found.p } : {}),
      effect,
    };
  });
}

function slicesByTag(current: RunIndex, pairs: readonly ComparablePair[], policy: Policy): Slice[] {
  if (!policy.slices.includes('tags')) return [];
  const slices = new Map<string, ComparablePair[]>();
  for (const pair of pairs) {
    for (const tag of new Set(current.samples.get(pair.id)?.tags)) {
      const list = slices.get(tag);
      if (list) list.push(pair);
      else slices.set(tag, [pair]);
    }
  }
  return [...slices].map(([name, list]) => ({ name, pairs: list })).sort((a, b) => (a.name < b.name ? -1 : 1));
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
