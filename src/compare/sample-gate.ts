import type { DecideOptions } from './decide-options.ts';
import { correlationInflation, deflate, type HistoryGuard } from './history-guard.ts';
import { fisherBetter, fisherWorse, type HypergeometricTable, isAtMost, type Pair } from './hypergeometric.ts';
import { stepUp } from './multiplicity.ts';
import { fitPrior } from './prior.ts';
import { type Cell, extraRepeats, falseNameChance, type NamedPair } from './screening.ts';

/** A comparable sample with the re-runs that count, or none. */
export interface GatedPair extends NamedPair {
  confirmation?: { passes: number; repeats: number };
}

export interface SampleGate {
  /** One-sided Fisher p on all repeats, by id; samples that were screened and re-run (all of them when re-runs are off). */
  finalP: Map<string, number>;
  /** Adjusted p by id; candidates only. */
  adjusted: Map<string, number>;
  isRed: boolean;
}

/**
 * Gate B: names samples. Fisher's test on *all* repeats of a re-run sample, discrete Benjamini–Hochberg over *all* samples:
 * a re-run can only remove suspicion, so the selection does not bias.
 */
export function sampleGate(input: {
  table: HypergeometricTable;
  pairs: readonly GatedPair[];
  plan: ReadonlyMap<string, number>;
  guard: HistoryGuard | undefined;
  options: DecideOptions;
}): SampleGate {
  const { table, pairs, plan, guard, options } = input;
  const finalP = new Map<string, number>();
  for (const pair of pairs) {
    const more = options.isConfirming ? pair.confirmation : { passes: 0, repeats: 0 };
    if (!more || (options.isConfirming && !plan.has(pair.id))) continue;
    const r = pair.r + more.repeats;
    const p = fisherWorse(table, { b: pair.b, m: pair.m, y: pair.y + more.passes, r });
    finalP.set(pair.id, guard?.isOn ? deflate(p, correlationInflation({ ...guard, m: pair.m, newPerRun: r / 2, r })) : p);
  }
  const candidates = [...finalP].filter(([, p]) => isAtMost(p, options.finalP));
  if (candidates.length === 0) return { finalP, adjusted: new Map(), isRed: false };
  const prior = options.isConfirming ? fitPrior(pairs.map(({ b, m, y, r }) => ({ passes: b + y, trials: m + r }))) : [];
  const chances = [...cells(pairs, options).values()].map(({ cell, count }) => ({ count, chance: falseNameChance(table, cell, options, prior) }));
  const values = stepUp(
    candidates.map(([, p]) => p),
    (threshold) => chances.reduce((sum, { count, chance }) => sum + count * chance(threshold), 0),
  );
  const adjusted = new Map(candidates.map(([id], index) => [id, values[index] ?? 1]));
  return { finalP, adjusted, isRed: values.some((value) => isAtMost(value, options.alphaSample)) };
}

/** Ids of samples that got better: discrete Benjamini–Hochberg on the upper tail of the first stage. */
export function fixedSamples(table: HypergeometricTable, pairs: readonly NamedPair[], options: DecideOptions): Set<string> {
  const better = pairs.map((pair) => ({ id: pair.id, p: fisherBetter(table, pair) })).filter(({ p }) => isAtMost(p, options.finalP));
  const groups = [...cells(pairs, { ...options, isConfirming: false }).values()];
  const adjusted = stepUp(
    better.map(({ p }) => p),
    (threshold) => groups.reduce((sum, { cell, count }) => sum + count * largestBelow(table(cell.m, cell.r, cell.passes).upper, cell, threshold), 0),
  );
  return new Set(better.filter((_, index) => isAtMost(adjusted[index] ?? 1, options.alphaName)).map(({ id }) => id));
}

/** The largest attainable upper-tail p at or below the threshold, 0 when there is none. */
function largestBelow(upper: Float64Array, { m, r, passes }: Cell, threshold: number): number {
  for (let y = Math.max(0, passes - m); y <= Math.min(r, passes); y++) {
    const p = upper[y] ?? 1;
    if (isAtMost(p, threshold)) return p;
  }
  return 0;
}

function cells(pairs: readonly Pair[], options: DecideOptions): Map<string, { cell: Cell; count: number }> {
  const byKey = new Map<string, { cell: Cell; count: number }>();
  for (const { b, m, y, r } of pairs) {
    const key = `${m},${r},${b + y}`;
    const known = byKey.get(key);
    if (known) {
      known.count++;
      continue;
    }
    const extra = options.isConfirming ? extraRepeats(m, r, options) : 0;
    if (extra > 0 || !options.isConfirming) byKey.set(key, { cell: { m, r, extra, passes: b + y }, count: 1 });
  }
  return byKey;
}
