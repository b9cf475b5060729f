import type { DecideOptions } from './decide-options.ts';
import { choose, fisherWorse, type HypergeometricTable, isAtMost, type Pair } from './hypergeometric.ts';
import { predictPasses } from './prior.ts';

/** A sample on both sides with its id. */
export interface NamedPair extends Pair {
  id: string;
}

/**
 * Extra repeats that let a sample be named at all: the smallest number, at least min(3r, cap), for which the smallest
 * attainable p is a quarter of the level. 0: the baseline has too few repeats to name any sample.
 */
export function extraRepeats(m: number, r: number, options: DecideOptions): number {
  const cap = options.confirmationCap;
  for (let extra = Math.min(3 * r, cap); extra <= cap; extra++) {
    if (isAtMost(1 / choose(m + r + extra, m), options.alphaSample / 4)) return extra;
  }
  return 0;
}

/** Worth a re-run: a small p on the first stage and a drop of at least `screenDrop`. */
export function isSuspicious(table: HypergeometricTable, pair: Pair, options: DecideOptions): boolean {
  const { b, m, y, r } = pair;
  if (b / m - y / r < options.screenDrop - 1e-12) return false;
  return isAtMost(fisherWorse(table, pair), Math.max(0.1, 1 / choose(m + r, r)));
}

/**
 * Extra repeats by sample id: the suspicious ones, smallest p first, then larger drop, then order given; at most
 * max(5, ⌈`suspectsShare` · N⌉) samples.
 */
export function screen(table: HypergeometricTable, pairs: readonly NamedPair[], options: DecideOptions): Map<string, number> {
  // Equal p-values of different repeats differ in their last bits; the larger drop must then decide.
  const suspects = pairs.flatMap((pair, index) => {
    const extra = isSuspicious(table, pair, options) ? extraRepeats(pair.m, pair.r, options) : 0;
    return extra > 0
      ? [{ id: pair.id, index, extra, p: Number(fisherWorse(table, pair).toPrecision(12)), drop: pair.b / pair.m - pair.y / pair.r }]
      : [];
  });
  suspects.sort((a, b) => a.p - b.p || b.drop - a.drop || a.index - b.index);
  const most = Math.max(5, Math.ceil(options.suspectsShare * pairs.length));
  return new Map(suspects.slice(0, most).map(({ id, extra }) => [id, extra]));
}

/** Samples that share repeats and total passes, and so the chance of a false name. */
export interface Cell {
  m: number;
  r: number;
  /** Extra repeats; 0 when re-runs are off. */
  extra: number;
  /** b + y. */
  passes: number;
}

/**
 * E(t): the chance that an unchanged sample is screened and then reaches Fisher's p ≤ t on all its repeats. The split of
 * the first stage is exact given its passes; the re-run follows from the fitted prior. Without re-runs there is no
 * screen and no prior: the discrete null distribution of p itself.
 */
export function falseNameChance(
  table: HypergeometricTable,
  cell: Cell,
  options: DecideOptions,
  prior: readonly number[],
): (threshold: number) => number {
  const { m, r, extra, passes } = cell;
  const predicted = extra > 0 ? predictPasses(prior, { passes, trials: m + r }, extra) : [1];
  const outcomes: { p: number; mass: number }[] = [];
  for (let y = Math.max(0, passes - m); y <= Math.min(r, passes); y++) {
    const b = passes - y;
    if (extra > 0 && !isSuspicious(table, { b, m, y, r }, options)) continue;
    const mass = table(m, r, passes).pmf[y] ?? 0;
    for (const [more, chance] of predicted.entries()) {
      outcomes.push({ p: fisherWorse(table, { b, m, y: y + more, r: r + extra }), mass: mass * chance });
    }
  }
  return (threshold) => outcomes.reduce((sum, { p, mass }) => (isAtMost(p, threshold) ? sum + mass : sum), 0);
}
