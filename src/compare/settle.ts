import type { SuiteDecision } from './decide.ts';
import type { DecideOptions } from './decide-options.ts';
import { normalQuantile } from './special-functions.ts';

const maxRepeats = 50;
const maxMoreRuns = 20;

/**
 * What would settle an inconclusive comparison if the change stays as it was seen, such as `12 repeats, or 3 more baseline runs`:
 * the cheapest numbers for which either the drop would be significant or a drop above the limit would be excluded.
 */
export function settlement(
  suite: Pick<SuiteDecision, 'change' | 'standardError'>,
  design: { samples: number; m: number; r: number; runs: number },
  options: Pick<DecideOptions, 'alphaSuite' | 'noChangeDrop' | 'margin'>,
): string {
  const { change, standardError } = suite;
  const { samples, m, r, runs } = design;
  const toExclude = (Math.max(options.noChangeDrop, options.margin) + change) / normalQuantile(0.95);
  const toConvict = (-change - options.margin) / normalQuantile(1 - options.alphaSuite);
  const wanted = Math.max(toExclude, toConvict);
  if (!(wanted > 0)) return 'more samples';
  const single = standardError ** 2 / (1 / m + 1 / r);
  const isEnough = (base: number, repeats: number): boolean => single * (1 / base + 1 / repeats) <= wanted ** 2;
  const ways: string[] = [];
  for (let repeats = Math.floor(r) + 1; repeats <= maxRepeats; repeats++) {
    if (!isEnough(m, repeats)) continue;
    ways.push(`${repeats} repeats`);
    break;
  }
  const perRun = m / Math.max(1, runs);
  for (let more = 1; more <= maxMoreRuns; more++) {
    if (!isEnough(m + more * perRun, r)) continue;
    ways.push(`${more} more baseline run${more === 1 ? '' : 's'}`);
    break;
  }
  if (ways.length > 0) return ways.join(', or ');
  const needed = Math.max(samples + 1, Math.ceil(samples * (standardError / wanted) ** 2));
  return `about ${needed} samples instead of ${samples}`;
}
