import { maxPooledRuns } from '../records/policy.ts';
import type { SuiteDecision } from './decide.ts';
import type { DecideOptions } from './decide-options.ts';
import { correlationInflation } from './history-guard.ts';
import { normalQuantile } from './special-functions.ts';

const maxRepeats = 50;

/**
 * What would settle an inconclusive comparison if the change stays as it was seen, such as `12 repeats, or 3 more baseline runs`:
 * the cheapest numbers for which either the drop would be significant or a drop above the limit would be excluded. Where the
 * baseline's history shows noise that more repeats or samples do not average out, that part stays as it is. `isLive`: the baseline is
 * asked in the same run, so its repeats grow with those of the run and there are no other runs of it.
 */
export function settlement(
  suite: Pick<SuiteDecision, 'change' | 'standardError' | 'guard'>,
  design: Design & { samples: number; isLive?: boolean },
  options: Pick<DecideOptions, 'alphaSuite' | 'noChangeDrop' | 'margin'>,
): string {
  const { change } = suite;
  const { samples, m, r, runs, isLive = false } = design;
  const toExclude = (Math.max(options.noChangeDrop, options.margin) + change) / normalQuantile(0.95);
  const toConvict = (-change - options.margin) / normalQuantile(1 - options.alphaSuite);
  const wanted = Math.max(toExclude, toConvict);
  if (!(wanted > 0)) return 'more samples';
  const { sampling, movement } = variances(suite, design);
  const isEnough = (next: Design): boolean => sampling(next) + movement(next) <= wanted ** 2;
  const ways: string[] = [];
  for (let repeats = Math.floor(r) + 1; repeats <= maxRepeats; repeats++) {
    if (!isEnough({ m: isLive ? (m / r) * repeats : m, r: repeats, runs })) continue;
    ways.push(`${repeats} repeats`);
    break;
  }
  const perRun = m / Math.max(1, runs);
  for (let more = 1; !isLive && runs + more <= maxPooledRuns; more++) {
    if (!isEnough({ m: m + more * perRun, r, runs: runs + more })) continue;
    ways.push(`${more} more baseline run${more === 1 ? '' : 's'}`);
    break;
  }
  if (ways.length > 0) return ways.join(', or ');
  const left = wanted ** 2 - movement(design);
  if (left <= 0) return 'runs of both sides close in time, as the whole suite moves from run to run by more than such a drop';
  const needed = Math.max(samples + 1, Math.ceil((samples * sampling(design)) / left));
  return `about ${needed} samples instead of ${samples}`;
}

/** Mean repeats of the two sides and the number of baseline runs. */
interface Design {
  m: number;
  r: number;
  runs: number;
}

/** The variance of the change under another design: what repeats average out, and the movement of the whole suite between runs. */
function variances(
  { standardError, guard }: Pick<SuiteDecision, 'standardError' | 'guard'>,
  now: Design,
): { sampling: (next: Design) => number; movement: (next: Design) => number } {
  const alike = ({ m, r }: Design): number =>
    guard?.isOn ? correlationInflation({ rho: guard.rho, repeatsPerRun: guard.repeatsPerRun, m, newPerRun: r, r }) : 1;
  const plain = standardError ** 2 / (guard?.inflation ?? 1);
  const single = plain / (1 / now.m + 1 / now.r);
  const moved = (plain * Math.max(0, (guard?.inflation ?? 1) - alike(now))) / (1 + 1 / Math.max(1, now.runs));
  return {
    sampling: (next) => single * (1 / next.m + 1 / next.r) * alike(next),
    movement: ({ runs }) => moved * (1 + 1 / Math.max(1, runs)),
  };
}
