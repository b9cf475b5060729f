/**
 * One sample on both sides, in the notation of the formulas: `b` of `m` baseline repeats passed, `y` of `r` new ones.
 * Both m and r are at least 1.
 */
export interface Pair {
  b: number;
  m: number;
  y: number;
  r: number;
}

/** The hypergeometric distribution of the passes among r new repeats, index 0…r. */
export interface Hypergeometric {
  pmf: Float64Array;
  /** P(Y ≤ y). */
  lower: Float64Array;
  /** P(Y ≥ y). */
  upper: Float64Array;
}

/** Looks the distribution up for m baseline and r new repeats of which `passes` passed together. */
export type HypergeometricTable = (m: number, r: number, passes: number) => Hypergeometric;

/** A table that computes each distribution once. */
export function createHypergeometricTable(): HypergeometricTable {
  const known = new Map<string, Hypergeometric>();
  return (m, r, passes) => {
    const key = `${m},${r},${passes}`;
    const found = known.get(key);
    if (found) return found;
    const made = distribution(m, r, passes);
    known.set(key, made);
    return made;
  };
}

/** Fisher's exact test, one-sided: the chance of at most y passes among the new repeats when nothing changed. */
export function fisherWorse(table: HypergeometricTable, { b, m, y, r }: Pair): number {
  return table(m, r, b + y).lower[y] ?? 1;
}

/** The other side: the chance of at least y passes. */
export function fisherBetter(table: HypergeometricTable, { b, m, y, r }: Pair): number {
  return table(m, r, b + y).upper[y] ?? 1;
}

/** p ≤ t where both come from floating point: exact ties such as 1/20 against .05 must not depend on rounding. */
export function isAtMost(p: number, threshold: number): boolean {
  return p <= threshold * (1 + 1e-9);
}

/** The binomial coefficient as a double; Infinity when it does not fit. */
export function choose(n: number, k: number): number {
  if (k < 0 || k > n) return 0;
  let value = 1;
  for (let i = 1; i <= Math.min(k, n - k); i++) value = (value * (n - Math.min(k, n - k) + i)) / i;
  return value;
}

/** Ratios of neighbours from the mode outwards, then normalised: no factorial can overflow and no term cancels. */
function distribution(m: number, r: number, passes: number): Hypergeometric {
  const pmf = new Float64Array(r + 1);
  const low = Math.max(0, passes - m);
  const high = Math.min(r, passes);
  const mode = Math.min(high, Math.max(low, Math.floor(((r + 1) * (passes + 1)) / (m + r + 2))));
  pmf[mode] = 1;
  for (let k = mode; k < high; k++) pmf[k + 1] = ((pmf[k] ?? 0) * (r - k) * (passes - k)) / ((k + 1) * (m - passes + k + 1));
  for (let k = mode; k > low; k--) pmf[k - 1] = ((pmf[k] ?? 0) * k * (m - passes + k)) / ((r - k + 1) * (passes - k + 1));
  const sum = pmf.reduce((s, v) => s + v, 0);
  for (let k = low; k <= high; k++) pmf[k] = (pmf[k] ?? 0) / sum;
  const lower = pmf.slice();
  const upper = pmf.slice();
  for (let k = 1; k <= r; k++) lower[k] = (lower[k] ?? 0) + (lower[k - 1] ?? 0);
  for (let k = r - 1; k >= 0; k--) upper[k] = (upper[k] ?? 0) + (upper[k + 1] ?? 0);
  // A tail near 1 is the complement of the other one: its own sum would end in rounding.
  const [below, above] = [lower.slice(), upper.slice()];
  for (let k = 0; k <= r; k++) {
    if ((below[k] ?? 0) > 0.5) lower[k] = 1 - (above[k + 1] ?? 0);
    if ((above[k] ?? 0) > 0.5) upper[k] = 1 - (below[k - 1] ?? 0);
  }
  return { pmf, lower, upper };
}
