import type { Pair } from './hypergeometric.ts';
import { normalQuantile } from './special-functions.ts';

const step = 0.002;

/**
 * The smallest true drop of the suite's pass rate, 0..1, that gate A finds with the given power: normal approximation with
 * every sample that can fall falling by the same amount. `r` repeats against the baseline's mean repeats; `inflation` is the
 * history guard's variance factor. A baseline of one repeat borrows its noise from both sides together.
 * `undefined` when no drop would be found or nothing can fall.
 */
export function detectableDrop(
  pairs: readonly Pick<Pair, 'b' | 'm' | 'y' | 'r'>[],
  options: { r: number; alpha?: number; power?: number; inflation?: number },
): number | undefined {
  const { r, alpha = 0.01, power = 0.8, inflation = 1 } = options;
  const count = pairs.length;
  if (count === 0) return undefined;
  const m = pairs.reduce((sum, pair) => sum + pair.m, 0) / count;
  const isSingle = m < 2;
  const trials = isSingle ? m + r : m;
  const rates = pairs.map((pair) => (isSingle ? (pair.b + pair.y) / (pair.m + pair.r) : pair.b / pair.m)).sort((a, b) => b - a);
  const noise = ((rates.reduce((sum, rate) => sum + rate * (1 - rate), 0) / count) * trials) / (trials - 1);
  return dropFoundBy({ rates, noise, count, m, r, alpha, power, inflation });
}

/** A suite of `count` samples whose true rates are spread like `rates`, asked m times before and r times now. */
export interface DropDesign {
  /** True pass rates, 0..1, largest first; their number need not be `count`. */
  rates: readonly number[];
  /** Mean variance of one repeat, at most ¼. */
  noise: number;
  count: number;
  m: number;
  r: number;
  alpha: number;
  power: number;
  /** Factor on the variance of the change. */
  inflation: number;
}

/** As `detectableDrop`, for a design that nobody has run yet. */
export function dropFoundBy({ rates, noise, count, m, r, alpha, power, inflation }: DropDesign): number | undefined {
  const criticalZ = normalQuantile(1 - alpha) * Math.sqrt(inflation);
  const powerZ = normalQuantile(power) * Math.sqrt(inflation);
  const sums = prefixSums(rates);
  let falling = rates.length;
  for (let k = 1; k <= Math.round(1 / step); k++) {
    const drop = k * step;
    while (falling > 0 && (rates[falling - 1] ?? 0) < drop - 1e-12) falling--;
    if (falling === 0) return undefined;
    const share = falling / rates.length;
    const mean = (sums[falling] ?? 0) / falling;
    const after = Math.max(noise + share * (drop * (2 * mean - 1) - drop * drop), 0);
    const n = m + r;
    const both = (m * noise + r * after) / n + (share * drop * drop * m * r) / (n * (n - 1));
    const needed = criticalZ * Math.sqrt((both * (1 / m + 1 / r)) / count) + powerZ * Math.sqrt((noise / m + after / r) / count);
    if (share * drop >= needed) return share * drop;
  }
  return undefined;
}

function prefixSums(values: readonly number[]): number[] {
  const sums = [0];
  for (const value of values) sums.push((sums.at(-1) ?? 0) + value);
  return sums;
}
