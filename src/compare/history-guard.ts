import type { Count } from './counts.ts';
import type { DecideOptions } from './decide-options.ts';
import { normalCdf, normalQuantile } from './special-functions.ts';

/** What the baseline runs say about noise that a single run cannot show. */
export interface HistoryGuard {
  /** Dispersion of a sample's passes between runs; mean 1 when repeats are exchangeable between runs. */
  phi: number;
  /** Correlation of the repeats of one run, 0..1. */
  rho: number;
  /** Chance of such a dispersion when repeats are exchangeable. */
  p: number;
  /** Repeats per baseline run. */
  repeatsPerRun: number;
  /** The correlation is used: p is below the level. */
  isOn: boolean;
  /** Standard deviation of the whole suite's pass rate between runs beyond sampling noise. */
  tau: number;
  /** Factor on the variance of the change, at least 1. */
  inflation: number;
}

/**
 * The guard, or `undefined` with fewer than three comparable baseline runs. Uses the samples that have every repeat in
 * every run; they must be at least `minComparedShare` of all. `m` and `r` are the mean repeats of the two sides.
 */
export function guardAgainstHistory(
  histories: readonly (readonly Count[])[],
  repeats: { m: number; r: number },
  options: DecideOptions,
): HistoryGuard | undefined {
  const runs = comparableHistories(histories);
  const [first] = runs;
  if (!first || runs.length < options.minComparedShare * histories.length) return undefined;
  const spread = dispersion(runs);
  const isOn = spread.p < options.historyAlpha;
  const { m, r } = repeats;
  let inflation = isOn ? correlationInflation({ rho: spread.rho, repeatsPerRun: spread.repeatsPerRun, m, newPerRun: r, r }) : 1;
  const { tauSquared, single } = runVariance(runs, spread.rho);
  const base = single * (runs.length / histories.length) * (1 / r + 1 / m) * inflation;
  if (tauSquared > 0 && base > 0) inflation *= (base + tauSquared * (1 + 1 / first.length)) / base;
  return { ...spread, isOn, tau: Math.sqrt(tauSquared), inflation };
}

/** Variance factor of (new rate − baseline rate) when repeats within a run are correlated by `rho`; at least 1. */
export function correlationInflation(input: { rho: number; repeatsPerRun: number; m: number; newPerRun: number; r: number }): number {
  const { rho, repeatsPerRun, m, newPerRun, r } = input;
  const variance = (1 + (newPerRun - 1) * rho) / r + (1 + (repeatsPerRun - 1) * rho) / m;
  return Math.max(1, variance / (1 / r + 1 / m));
}

/** A p-value whose variance was too small by `inflation`: Φ(Φ⁻¹(p) / √λ). */
export function deflate(p: number, inflation: number): number {
  if (inflation <= 1) return p;
  return normalCdf(normalQuantile(Math.min(Math.max(p, 1e-300), 1 - 1e-16)) / Math.sqrt(inflation));
}

/** The largest set of histories with one number of runs (≥ 3) and one number of repeats in all of them. */
function comparableHistories(histories: readonly (readonly Count[])[]): (readonly Count[])[] {
  const shapes = new Map<string, (readonly Count[])[]>();
  for (const runs of histories) {
    const repeats = runs[0]?.repeats ?? 0;
    if (runs.length < 3 || repeats === 0 || runs.some((run) => run.repeats !== repeats)) continue;
    const shape = `${runs.length},${repeats}`;
    const list = shapes.get(shape);
    if (list) list.push(runs);
    else shapes.set(shape, [runs]);
  }
  return [...shapes.values()].reduce((most, list) => (list.length > most.length ? list : most), []);
}

/** Pearson's dispersion of each sample's passes over the runs against the hypergeometric expectation. */
function dispersion(histories: readonly (readonly Count[])[]): { phi: number; rho: number; p: number; repeatsPerRun: number } {
  let squares = 0;
  let expected = 0;
  let expectedSquares = 0;
  const runs = histories[0]?.length ?? 0;
  const repeatsPerRun = histories[0]?.[0]?.repeats ?? 0;
  const n = runs * repeatsPerRun;
  for (const history of histories) {
    const passes = history.reduce((sum, run) => sum + run.passes, 0);
    const variance = (repeatsPerRun * (passes / n) * (1 - passes / n) * (n - repeatsPerRun)) / (n - 1);
    squares += history.reduce((sum, run) => sum + (run.passes - passes / runs) ** 2, 0);
    expected += variance;
    expectedSquares += variance * variance;
  }
  if (expected === 0 || repeatsPerRun < 2) return { phi: 1, rho: 0, p: 1, repeatsPerRun };
  const phi = squares / (runs * expected);
  const z = (phi - 1) / Math.sqrt(2 / (((runs - 1) * expected * expected) / expectedSquares));
  return { phi, rho: Math.min(1, Math.max(0, (phi - 1) / (repeatsPerRun - 1))), p: normalCdf(-z), repeatsPerRun };
}

/** τ², the variance of the suite's rate between runs beyond sampling noise, and the variance of one repeat of the suite. */
function runVariance(histories: readonly (readonly Count[])[], rho: number): { tauSquared: number; single: number } {
  const runs = histories[0]?.length ?? 0;
  const repeats = histories[0]?.[0]?.repeats ?? 0;
  const m = runs * repeats;
  const means = Array.from(
    { length: runs },
    (_, run) => histories.reduce((sum, history) => sum + (history[run]?.passes ?? 0), 0) / (histories.length * repeats),
  );
  const mean = exactSum(means) / runs;
  const between = exactSum(means.map((value) => (value - mean) ** 2)) / (runs - 1);
  let single = 0;
  for (const history of histories) {
    const rate = history.reduce((sum, run) => sum + run.passes, 0) / m;
    single += (rate * (1 - rate) * m) / (m - 1) / histories.length ** 2;
  }
  return { tauSquared: Math.max(0, between - (single / repeats) * Math.max(1, 1 + (repeats - 1) * rho)), single };
}

/** Neumaier's sum: τ is the root of a small difference, so that rounding of an ordinary sum would be seen in it. */
function exactSum(values: readonly number[]): number {
  let sum = 0;
  let lost = 0;
  for (const value of values) {
    const next = sum + value;
    lost += Math.abs(sum) >= Math.abs(value) ? sum - next + value : value - next + sum;
    sum = next;
  }
  return sum + lost;
}
