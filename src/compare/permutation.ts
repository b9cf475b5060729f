import { createHypergeometricTable, type HypergeometricTable, type Pair } from './hypergeometric.ts';

/** Mass dropped from each end of a distribution after a convolution. */
const trimmedMass = 1e-40;

export interface PermutationTest {
  /** Observed passes of the new side. */
  total: number;
  /** P(T ≤ total) and P(T ≥ total) when no sample changed. */
  pLower: number;
  pUpper: number;
  /** The same with half of P(T = total): what the gates use. */
  midLower: number;
  midUpper: number;
}

/**
 * Within-sample permutation test of the suite: given each sample's passes on both sides together, every labelling of
 * its repeats as baseline or new is equally likely, so the total T of new passes is a sum of hypergeometric variables.
 * Equals McNemar's exact test with one repeat per side and the exact Cochran–Mantel–Haenszel test in general.
 *
 * The distribution of T is convolved, not approximated: equal samples are grouped and raised to a power by squaring,
 * and after every step mass below 1e-40 is cut from both ends, so that the width follows the standard deviation of T and
 * not the number of samples. The absolute error is below (number of samples) · 1e-39, whatever N; all terms are positive, so
 * nothing cancels. No sample: T = 0 and p = ½ in the mid versions.
 */
export function withinSamplePermutation(pairs: readonly Pair[], table: HypergeometricTable = createHypergeometricTable()): PermutationTest {
  const distribution = totalDistribution(pairs, table);
  const total = pairs.reduce((sum, { y }) => sum + y, 0);
  const at = total - distribution.offset;
  let below = 0;
  let above = 0;
  distribution.mass.forEach((p, index) => {
    if (index < at) below += p;
    if (index > at) above += p;
  });
  const here = distribution.mass[at] ?? 0;
  // The smaller tail is summed and the other one is its complement: a sum near 1 would end in rounding, which the history guard magnifies.
  const [midLower, midUpper] = [below + here / 2, above + here / 2];
  return {
    total,
    pLower: Math.min(1, below + here),
    pUpper: Math.min(1, above + here),
    midLower: midLower < midUpper ? midLower : 1 - midUpper,
    midUpper: midLower < midUpper ? 1 - midLower : midUpper,
  };
}

/** `mass[i]` is the probability of `offset + i`. */
interface Lattice {
  offset: number;
  mass: Float64Array;
}

function totalDistribution(pairs: readonly Pair[], table: HypergeometricTable): Lattice {
  const groups = new Map<string, { pair: Pair; count: number }>();
  for (const pair of pairs) {
    const key = `${pair.m},${pair.r},${pair.b + pair.y}`;
    const group = groups.get(key);
    if (group) group.count++;
    else groups.set(key, { pair, count: 1 });
  }
  const parts = [...groups.entries()]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, { pair, count }]) => power(trim({ offset: 0, mass: table(pair.m, pair.r, pair.b + pair.y).pmf }), count));
  // Narrow ones first: a wide one is then multiplied only once.
  parts.sort((a, b) => a.mass.length - b.mass.length);
  return parts.reduce(convolve, { offset: 0, mass: Float64Array.of(1) });
}

function power(base: Lattice, exponent: number): Lattice {
  let result: Lattice = { offset: 0, mass: Float64Array.of(1) };
  let square = base;
  for (let rest = exponent; rest > 0; rest = Math.floor(rest / 2)) {
    if (rest % 2 === 1) result = convolve(result, square);
    if (rest > 1) square = convolve(square, square);
  }
  return result;
}

function convolve(a: Lattice, b: Lattice): Lattice {
  const [short, long] = a.mass.length < b.mass.length ? [a.mass, b.mass] : [b.mass, a.mass];
  const mass = new Float64Array(short.length + long.length - 1);
  for (let i = 0; i < short.length; i++) {
    const weight = short[i] as number;
    for (let j = 0; j < long.length; j++) mass[i + j] = (mass[i + j] as number) + weight * (long[j] as number);
  }
  return trim({ offset: a.offset + b.offset, mass });
}

function trim({ offset, mass }: Lattice): Lattice {
  let start = 0;
  let end = mass.length;
  for (let cut = mass[start] ?? 0; cut < trimmedMass && start < end - 1; cut += mass[start] ?? 0) start++;
  for (let cut = mass[end - 1] ?? 0; cut < trimmedMass && end > start + 1; cut += mass[end - 1] ?? 0) end--;
  return { offset: offset + start, mass: mass.subarray(start, end) };
}
