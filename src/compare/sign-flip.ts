import { normalCdf } from './special-functions.ts';

/** Mass dropped from each end of the distribution after a step. */
const trimmedMass = 1e-40;

/** Multiply-adds that the exact distribution may take: about a second. */
const maxWork = 5e8;

export interface SignFlipTest {
  /** P(T ≤ t) and P(T ≥ t) of the sum T when every sign is as likely as the other: both hold the observed sum. */
  pLower: number;
  pUpper: number;
  isExact: boolean;
}

/**
 * One-sample sign-flip permutation test of the sum of whole-numbered differences (Fisher, The Design of Experiments, 1935,
 * section 21): when nothing changed, each difference is as likely as its opposite. The distribution is convolved, not
 * drawn, with mass below 1e-40 cut from the ends; where that would take too long, which needs thousands of differences,
 * it is the normal one with a continuity correction. Zeros say nothing; no difference at all: both are 1.
 */
export function signFlip(differences: readonly number[]): SignFlipTest {
  const steps = differences.filter((value) => value !== 0);
  const divisor = steps.reduce((found, value) => greatestCommonDivisor(found, Math.abs(value)), 0);
  if (divisor === 0) return { pLower: 1, pUpper: 1, isExact: true };
  const sizes = steps.map((value) => Math.abs(value) / divisor).sort((a, b) => a - b);
  const total = steps.reduce((sum, value) => sum + value, 0) / divisor;
  const spread = Math.sqrt(sizes.reduce((sum, value) => sum + value * value, 0));
  const reach = sizes.reduce((sum, value) => sum + value, 0);
  if (sizes.length * Math.min(2 * reach, 28 * spread) > maxWork) return byNormal(total, spread);
  const { offset, mass } = distributionOf(sizes);
  const at = total - offset;
  let pLower = 0;
  let pUpper = 0;
  for (let index = 0; index < mass.length; index++) {
    const here = mass[index] ?? 0;
    if (index <= at) pLower += here;
    if (index >= at) pUpper += here;
  }
  return { pLower: Math.min(1, pLower), pUpper: Math.min(1, pUpper), isExact: true };
}

/** The sum moves in steps of 2. */
function byNormal(total: number, spread: number): SignFlipTest {
  return { pLower: normalCdf((total + 1) / spread), pUpper: normalCdf((1 - total) / spread), isExact: false };
}

/** `mass[i]` is the probability of the sum `offset + i` when each size has either sign. */
function distributionOf(sizes: readonly number[]): { offset: number; mass: Float64Array } {
  let mass = Float64Array.of(1);
  let offset = 0;
  for (const size of sizes) {
    const next = new Float64Array(mass.length + 2 * size);
    for (let index = 0; index < mass.length; index++) {
      const half = (mass[index] ?? 0) / 2;
      next[index] = (next[index] ?? 0) + half;
      next[index + 2 * size] = (next[index + 2 * size] ?? 0) + half;
    }
    const { start, end } = trimmed(next);
    offset += start - size;
    mass = next.subarray(start, end);
  }
  return { offset, mass };
}

function trimmed(mass: Float64Array): { start: number; end: number } {
  let start = 0;
  let end = mass.length;
  for (let gone = mass[start] ?? 0; gone < trimmedMass && start < end - 1; gone += mass[start] ?? 0) start++;
  for (let gone = mass[end - 1] ?? 0; gone < trimmedMass && end > start + 1; gone += mass[end - 1] ?? 0) end--;
  return { start, end };
}

function greatestCommonDivisor(a: number, b: number): number {
  let [left, right] = [a, b];
  while (right !== 0) [left, right] = [right, left % right];
  return left;
}
