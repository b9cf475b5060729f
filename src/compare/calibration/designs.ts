import type { Calibration, CalibrationDesign } from '../../records/calibration.ts';
import { maxPooledRuns } from '../../records/policy.ts';
import type { DecideOptions } from '../decide-options.ts';
import { dropFoundBy } from '../detectable-drop.ts';
import { correlationInflation } from '../history-guard.ts';
import { createHypergeometricTable, isAtMost } from '../hypergeometric.ts';
import { type GatedPair, sampleGate } from '../sample-gate.ts';
import { extraRepeats, screen } from '../screening.ts';
import { createRandom } from './random.ts';
import { createSampler, type MeasuredSample, type SuiteModel } from './suite-model.ts';

/** The grid that is printed. */
const gridRepeats = [1, 3, 5, 10] as const;
const gridRuns = [1, 3, 5] as const;
const gridFactors = [1, 2, 4] as const;
/** The search for the cheapest design looks at these too. */
const searchedFactors = [1, 2, 3, 4] as const;
const mostRepeats = 10;
/** Beyond this many times today's samples nobody is helped by a number. */
const mostFactor = 64;

export interface DesignOptions {
  /** How a suite of this policy is decided. */
  decide: DecideOptions;
  power: number;
  /** The drop that shall be found, 0..1. */
  drop: number;
  baselineRuns: number;
  costUsdPerCall?: number;
  /** Simulated breaks per number of repeats and baseline runs. */
  trials: number;
}

interface Size {
  samples: number;
  repeats: number;
  baselineRuns: number;
}

/** What this suite finds as it is and would find with more repeats, runs or samples of the same kind; at least one measured sample. */
export function calibrateDesigns(model: SuiteModel, options: DesignOptions): Calibration['designs'] {
  const count = model.measured.length;
  const spread = spreadOf(model.measured);
  const named = memoised((repeats, baselineRuns) => namedShare(model, { repeats, baselineRuns }, options));
  const dropAt = (size: Size): number | undefined => dropOf(size, { ...spread, model, options });
  const design = (size: Size): CalibrationDesign => {
    const drop = dropAt(size);
    const calls = size.samples * size.repeats;
    const found = size.samples === count ? named(size.repeats, size.baselineRuns) : undefined;
    return {
      ...size,
      ...(drop === undefined ? {} : { drop }),
      ...(found === undefined ? {} : { named: found }),
      calls,
      ...(options.costUsdPerCall === undefined ? {} : { costUsd: calls * options.costUsdPerCall }),
    };
  };
  const now = { samples: count, repeats: model.repeats, baselineRuns: options.baselineRuns };
  // A design that finds the drop and is blind to a single broken sample would be a bad bargain.
  const isNaming = ({ repeats, baselineRuns }: Size): boolean => (named(repeats, baselineRuns) ?? 1) >= options.power;
  const sizes = enough(count, dropAt, options);
  const cheapest = sizes.find(isNaming);
  const today = sizes.find((size) => size.samples === count && isNaming(size));
  const needed = cheapest ? undefined : neededSamples(now, dropAt, options.drop);
  const without = withoutFlakiest(model, now, options);
  return {
    now: design(now),
    grid: gridRepeats.flatMap((repeats) =>
      gridRuns.flatMap((baselineRuns) => gridFactors.map((factor) => design({ samples: factor * count, repeats, baselineRuns }))),
    ),
    ...(cheapest ? { cheapest: design(cheapest) } : {}),
    ...(today ? { withTodaysSamples: design(today) } : {}),
    ...(needed === undefined ? {} : { neededSamples: needed }),
    ...(without ? { withoutFlakiest: without } : {}),
  };
}

/** True rates, largest first, and the mean variance of one repeat. */
interface Spread {
  rates: number[];
  noise: number;
}

/** From samples with two repeats or more; with one repeat each, nothing tells flaky samples from hard ones, and all count as equally flaky. */
function spreadOf(measured: readonly MeasuredSample[]): Spread {
  const several = measured.filter(({ repeats }) => repeats >= 2);
  if (several.length * 2 < measured.length) {
    const mean = measured.reduce((sum, { passes, repeats }) => sum + passes / repeats, 0) / measured.length;
    return { rates: [mean], noise: mean * (1 - mean) };
  }
  const noise = several.reduce((sum, sample) => sum + noiseOf(sample), 0) / several.length;
  return { rates: several.map(({ passes, repeats }) => passes / repeats).sort((a, b) => b - a), noise };
}

/** Variance of one repeat of a sample, unbiased; 0 with one repeat, which says nothing of it. */
export function noiseOf({ passes, repeats }: Pick<MeasuredSample, 'passes' | 'repeats'>): number {
  if (repeats < 2) return 0;
  const rate = passes / repeats;
  return (rate * (1 - rate) * repeats) / (repeats - 1);
}

function dropOf(size: Size, given: Spread & { model: SuiteModel; options: DesignOptions }): number | undefined {
  const { rates, noise, model, options } = given;
  const { samples, repeats, baselineRuns } = size;
  const { alphaSuite: alpha, margin } = options.decide;
  const m = repeats * baselineRuns;
  const found = dropFoundBy({ rates, noise, count: samples, m, r: repeats, alpha, power: options.power, inflation: inflationOf(size, noise, model) });
  return found === undefined ? undefined : Math.min(1, found + margin);
}

/** The history guard's factor, as it would be with this design. Repeats and samples average out all but the movement of the whole suite. */
function inflationOf({ samples, repeats, baselineRuns }: Size, noise: number, { movement }: SuiteModel): number {
  if (!movement) return 1;
  const m = repeats * baselineRuns;
  const alike = correlationInflation({ rho: movement.rho, repeatsPerRun: repeats, m, newPerRun: repeats, r: repeats });
  const sampling = (noise / samples) * (1 / m + 1 / repeats) * alike;
  return sampling > 0 ? (alike * (sampling + movement.tau ** 2 * (1 + 1 / baselineRuns))) / sampling : alike;
}

/** Designs that find the drop and have repeats enough to name a sample, fewest calls first; of equal ones those without new samples, then with fewer runs. */
function enough(count: number, dropAt: (size: Size) => number | undefined, options: DesignOptions): Size[] {
  const sizes: Size[] = [];
  for (const factor of searchedFactors) {
    for (let repeats = 1; repeats <= mostRepeats; repeats++) {
      for (let baselineRuns = 1; baselineRuns <= maxPooledRuns; baselineRuns++) {
        const size = { samples: factor * count, repeats, baselineRuns };
        if (extraRepeats(repeats * baselineRuns, repeats, options.decide) === 0) continue;
        const drop = dropAt(size);
        if (drop === undefined || drop > options.drop + 1e-9) continue;
        sizes.push(size);
      }
    }
  }
  return sizes.sort((a, b) => a.samples * a.repeats - b.samples * b.repeats || a.samples - b.samples || a.baselineRuns - b.baselineRuns);
}

/** Samples of the same kind that would do at today's repeats and the largest pool; undefined when no sensible number does. */
function neededSamples(now: Size, dropAt: (size: Size) => number | undefined, wanted: number): number | undefined {
  const isEnough = (samples: number): boolean => (dropAt({ ...now, samples, baselineRuns: maxPooledRuns }) ?? 1) <= wanted + 1e-9;
  let [low, high] = [now.samples, now.samples * mostFactor];
  if (!isEnough(high)) return undefined;
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (isEnough(middle)) high = middle;
    else low = middle;
  }
  return high;
}

/** What the suite would find without the few samples that make half of its noise; undefined when it takes more than a tenth of them. */
function withoutFlakiest(model: SuiteModel, now: Size, options: DesignOptions): Calibration['designs']['withoutFlakiest'] {
  const sorted = [...model.measured].sort((a, b) => noiseOf(b) - noiseOf(a));
  const total = sorted.reduce((sum, sample) => sum + noiseOf(sample), 0);
  let share = 0;
  let samples = 0;
  while (total > 0 && share < 0.5 && samples < sorted.length) share += noiseOf(sorted[samples++] ?? { passes: 0, repeats: 0 }) / total;
  if (samples === 0 || samples > sorted.length / 10) return undefined;
  const rest = sorted.slice(samples);
  const drop = dropOf({ ...now, samples: rest.length }, { ...spreadOf(rest), model, options });
  return drop === undefined ? undefined : { samples, share, drop };
}

/**
 * The chance that one sample that always passed and now always fails turns the verdict red by name: the other samples behave as
 * they did, the screen and the re-runs are played through. 0 when the baseline has too few repeats to name any sample.
 */
function namedShare(model: SuiteModel, size: Omit<Size, 'samples'>, options: DesignOptions): number | undefined {
  const { repeats: r, baselineRuns } = size;
  const { decide, trials } = options;
  if (!decide.isNamingDecisive) return undefined;
  const m = r * baselineRuns;
  if (decide.isConfirming && extraRepeats(m, r, decide) === 0) return 0;
  const random = createRandom(`named ${r} ${baselineRuns}`);
  const sampler = createSampler(model);
  const table = createHypergeometricTable();
  const guard = model.movement && baselineRuns >= 3 ? { ...model.movement.guard, repeatsPerRun: r } : undefined;
  let hits = 0;
  for (let trial = 0; trial < trials; trial++) {
    const rates = sampler.rates(random);
    const past = Array.from({ length: baselineRuns }, () => sampler.run(random, rates, r));
    const now = sampler.run(random, rates, r);
    const broken = Math.floor(random.uniform() * model.measured.length);
    const pairs: GatedPair[] = model.measured.map(({ id }, i) =>
      i === broken ? { id, b: m, m, y: 0, r } : { id, b: past.reduce((sum, run) => sum + (run[i]?.passes ?? 0), 0), m, y: now[i]?.passes ?? 0, r },
    );
    const plan = decide.isConfirming ? screen(table, pairs, decide) : new Map<string, number>();
    for (const [i, pair] of pairs.entries()) {
      const repeats = plan.get(pair.id);
      if (repeats !== undefined) pair.confirmation = { passes: i === broken ? 0 : random.passes(repeats, rates[i] ?? 0), repeats };
    }
    const { adjusted } = sampleGate({ table, pairs, plan, guard, options: decide });
    if (isAtMost(adjusted.get(pairs[broken]?.id ?? '') ?? 1, decide.alphaSample)) hits++;
  }
  return hits / trials;
}

function memoised(compute: (repeats: number, runs: number) => number | undefined): (repeats: number, runs: number) => number | undefined {
  const known = new Map<string, number | undefined>();
  return (repeats, runs) => {
    const key = `${repeats},${runs}`;
    if (!known.has(key)) known.set(key, compute(repeats, runs));
    return known.get(key);
  };
}
