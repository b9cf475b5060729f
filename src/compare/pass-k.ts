import type { PassKAssessment } from '../records/assessment.ts';
import type { Count, SampleCounts } from './counts.ts';
import { meanOf } from './values.ts';

/** Larger k say nothing that somebody would act on. */
const maxK = 10;

/**
 * Unbiased pass@k: the chance that at least one of k repeats passes, 1 − C(n−c, k)/C(n, k), from c passes of n repeats, as a
 * product (Chen et al. 2021, arXiv 2107.03374). 0..1; `undefined` for k > n.
 */
export function passAtK({ passes, repeats }: Count, k: number): number | undefined {
  if (k > repeats) return undefined;
  let noneOf = 1;
  for (let i = 0; i < k; i++) noneOf *= Math.max(0, repeats - passes - i) / (repeats - i);
  return 1 - noneOf;
}

/** Unbiased pass^k: the chance that all of k repeats pass, C(c, k)/C(n, k) (Yao et al. 2024, arXiv 2406.12045). 0..1; `undefined` for k > n. */
export function passHatK({ passes, repeats }: Count, k: number): number | undefined {
  if (k > repeats) return undefined;
  let allOf = 1;
  for (let i = 0; i < k; i++) allOf *= Math.max(0, passes - i) / (repeats - i);
  return allOf;
}

/**
 * Both for k = 2 to the planned repeats, the mean over the samples of each side that have k repeats with a verdict. No part
 * of the verdict. Empty for a single repeat, or when no sample has two.
 */
export function passKTable(counts: readonly SampleCounts[], repeats: number): PassKAssessment[] {
  const ks = Array.from({ length: Math.max(0, Math.min(repeats, maxK) - 1) }, (_, index) => index + 2);
  return ks.flatMap((k) => {
    const baseline = sideOf(
      counts.flatMap((count) => count.baseline ?? []),
      k,
    );
    const current = sideOf(
      counts.flatMap((count) => count.current ?? []),
      k,
    );
    return baseline || current ? [{ k, ...(baseline ? { baseline } : {}), ...(current ? { current } : {}) }] : [];
  });
}

function sideOf(counts: readonly Count[], k: number): PassKAssessment['current'] {
  const atK = meanOf(counts.flatMap((count) => passAtK(count, k) ?? []));
  const hatK = meanOf(counts.flatMap((count) => passHatK(count, k) ?? []));
  if (atK === undefined || hatK === undefined) return undefined;
  return { passAtK: Math.min(1, atK), passHatK: Math.min(1, hatK), samples: counts.filter(({ repeats }) => repeats >= k).length };
}
