import type { Count } from '../counts.ts';
import { defaultDecideOptions } from '../decide-options.ts';
import { guardAgainstHistory, type HistoryGuard } from '../history-guard.ts';
import { logGamma, normalCdf } from '../special-functions.ts';

/** How the runs of an unchanged agent differ beyond the sampling of single repeats. */
export interface Movement {
  guard: HistoryGuard;
  /** Correlation of the repeats of one run as far as it is beyond chance, else 0. */
  rho: number;
  /** Standard deviation of the suite's rate between runs as far as it is beyond chance, else 0. */
  tau: number;
  /** Chance that runs which do not move differ as much. */
  tauP: number;
}

/** Level at which movement is counted: with few runs its estimate is mostly chance. */
const movementAlpha = 0.05;

/** Undefined with fewer than three comparable runs. `histories` are the counts by run of each sample. */
export function movementOf(histories: readonly (readonly Count[])[], repeats: { m: number; r: number }): Movement | undefined {
  const guard = guardAgainstHistory(histories, repeats, defaultDecideOptions);
  if (!guard) return undefined;
  const tauP = chanceOfSpread(histories, guard);
  return { guard, rho: guard.isOn ? guard.rho : 0, tau: tauP <= movementAlpha ? guard.tau : 0, tauP };
}

/** Runs' mean rates against their sampling variance: chi-square with one degree of freedom less than there are runs. */
function chanceOfSpread(histories: readonly (readonly Count[])[], { rho, repeatsPerRun: r }: HistoryGuard): number {
  const runs = Math.max(...histories.map((history) => history.length));
  const whole = histories.filter((history) => history.length === runs && history.every(({ repeats }) => repeats === r));
  const means = Array.from({ length: runs }, (_, run) => whole.reduce((sum, history) => sum + (history[run]?.passes ?? 0), 0) / (whole.length * r));
  const mean = means.reduce((sum, value) => sum + value, 0) / runs;
  const squares = means.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  const m = runs * r;
  const rates = whole.map((history) => history.reduce((sum, { passes }) => sum + passes, 0) / m);
  const single = rates.reduce((sum, rate) => sum + (rate * (1 - rate) * m) / (m - 1), 0) / whole.length ** 2;
  const variance = (single / r) * Math.max(1, 1 + (r - 1) * rho);
  return variance > 0 ? chiSquareAbove(squares / variance, runs - 1) : 1;
}

/** P(X ≥ x) of the chi-square distribution with a whole number of degrees of freedom, by the recurrence in steps of two. */
export function chiSquareAbove(x: number, df: number): number {
  if (x <= 0) return 1;
  const isOdd = df % 2 === 1;
  let above = isOdd ? 2 * normalCdf(-Math.sqrt(x)) : 0;
  for (let k = isOdd ? 1 : 0; k < df; k += 2) above += Math.exp((k / 2) * Math.log(x / 2) - x / 2 - logGamma(k / 2 + 1));
  return Math.min(1, above);
}
