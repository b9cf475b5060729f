import type { Count } from './counts.ts';
import type { Pair } from './hypergeometric.ts';
import { normalQuantile } from './special-functions.ts';

export interface SuiteEffect {
  /** Mean over the samples of new rate minus baseline rate. */
  change: number;
  standardError: number;
}

/**
 * Change of the pass rate of *this* suite (not of a universe of questions) and its standard error: the larger of the
 * pooled and the separate within-sample variance, plus a floor of one pseudo-repeat so that equal counts never look exact.
 * At least one pair.
 */
export function suiteEffect(pairs: readonly Pair[]): SuiteEffect {
  let change = 0;
  let pooled = 0;
  let separate = 0;
  let floor = 0;
  for (const { b, m, y, r } of pairs) {
    const n = m + r;
    const rate = (b + y) / n;
    const scale = 1 / m + 1 / r;
    const variance = rate * (1 - rate) * (n / (n - 1)) * scale;
    change += y / r - b / m;
    pooled += variance;
    separate += m > 1 && r > 1 ? ((b / m) * (1 - b / m)) / (m - 1) + ((y / r) * (1 - y / r)) / (r - 1) : variance;
    floor += scale / n / pairs.length;
  }
  return { change: change / pairs.length, standardError: Math.sqrt(Math.max(separate, pooled) + floor) / pairs.length };
}

/** Wilson's score interval of a rate 0..1 seen in n > 0 trials (n need not be whole), within 0..1. */
export function wilson(rate: number, n: number, confidence = 0.95): [number, number] {
  const z = normalQuantile(1 - (1 - confidence) / 2);
  const centre = (rate + (z * z) / (2 * n)) / (1 + (z * z) / n);
  const half = (z / (1 + (z * z) / n)) * Math.sqrt((rate * (1 - rate)) / n + (z * z) / (4 * n * n));
  return [Math.max(0, centre - half), Math.min(1, centre + half)];
}

export interface RateInterval {
  /** Mean over the samples of passes / repeats. */
  rate: number;
  effectiveTrials: number;
  interval: [number, number];
}

/**
 * Pass rate of one run with the 95 % interval of this suite's true rate: Wilson with an effective number of trials, because
 * repeats of a stable sample say more than independent trials. `undefined` when no sample has a repeat.
 */
export function passRateInterval(counts: readonly Count[], confidence = 0.95): RateInterval | undefined {
  const seen = counts.filter(({ repeats }) => repeats > 0);
  if (seen.length === 0) return undefined;
  const trials = seen.reduce((sum, { repeats }) => sum + repeats, 0);
  const rate = seen.reduce((sum, { passes, repeats }) => sum + passes / repeats, 0) / seen.length;
  const meanRepeats = trials / seen.length;
  let variance = meanRepeats > 1 ? ((1 / meanRepeats) * (1 - 1 / meanRepeats)) / (meanRepeats - 1) : 0;
  for (const { passes, repeats } of seen) {
    const own = passes / repeats;
    variance += repeats > 1 ? (own * (1 - own)) / (repeats - 1) : rate * (1 - rate);
  }
  variance /= seen.length ** 2;
  const effectiveTrials = variance > 0 ? Math.max(trials, (rate * (1 - rate)) / variance) : trials;
  return { rate, effectiveTrials, interval: wilson(rate, effectiveTrials, confidence) };
}
