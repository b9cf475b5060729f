import type { RunIndex } from '../../records/run-index.ts';
import { byId, type Count, countOf, firstStage, plannedRepeats, type SampleCounts } from '../counts.ts';
import { fitPrior, posteriorWeights, rateGrid } from '../prior.ts';
import { type Movement, movementOf } from './movement.ts';
import type { Random } from './random.ts';

/** A sample with its first-stage repeats in all given runs. */
export interface MeasuredSample {
  id: string;
  /** By run, newest first; absent where the run did not ask this question. */
  runs: (Count | undefined)[];
  /** Over all runs. */
  passes: number;
  repeats: number;
  /** Slots that were done and have no verdict. */
  errors: number;
  planned: number;
}

/** What the recorded runs say of a suite whose agent nobody changed. */
export interface SuiteModel {
  /** Every sample of the newest run, by id. */
  samples: MeasuredSample[];
  /** Those with at least one verdict. */
  measured: MeasuredSample[];
  /** Planned repeats of the newest run. */
  repeats: number;
  /** Fitted distribution of the pass rates over the suite. */
  weights: number[];
  /** Movement from run to run; absent with fewer than three comparable runs. */
  movement?: Movement;
}

/** The model of one suite from its runs, newest first. At least one run. */
export function modelSuite(runs: readonly RunIndex[]): SuiteModel {
  const [newest] = runs;
  const samples = [...(newest?.samples.values() ?? [])].map((sample) => measure(sample, runs)).sort(byId);
  const measured = samples.filter(({ repeats }) => repeats > 0);
  const weights = fitPrior(measured.map(({ passes, repeats }) => ({ passes, trials: repeats })));
  const repeats = newest ? plannedRepeats(newest) : 1;
  const histories = measured.map((sample) => sample.runs.flatMap((run) => run ?? []));
  const movement = movementOf(histories, { m: runs.length * repeats, r: repeats });
  return { samples, measured, repeats, weights, ...(movement ? { movement } : {}) };
}

function measure({ id, hash }: { id: string; hash: string }, runs: readonly RunIndex[]): MeasuredSample {
  const total: MeasuredSample = { id, runs: [], passes: 0, repeats: 0, errors: 0, planned: 0 };
  for (const run of runs) {
    const sample = run.samples.get(id);
    if (sample?.hash !== hash) {
      total.runs.push(undefined);
      continue;
    }
    const planned = plannedRepeats(run);
    const slots = firstStage(sample, planned);
    const count = countOf(slots);
    total.runs.push(count);
    total.passes += count.passes;
    total.repeats += count.repeats;
    total.planned += planned;
    total.errors += slots.filter(({ outcome }) => outcome === 'error' || outcome === 'unscored').length;
  }
  return total;
}

/** Draws what the suite could do again: true rates that fit what was seen, and runs that move as the recorded ones did. */
export interface Sampler {
  /** One true rate per measured sample. */
  rates(random: Random): number[];
  /** Passes per sample of one run; repeats of a run are alike as far as the recorded ones were. */
  run(random: Random, rates: readonly number[], repeats: number): Count[];
}

/** Draws the true rate of a measured sample, by its place in the list, from the rates that fit what was seen of it. */
export function createRateDraw({ measured, weights }: SuiteModel): (index: number, random: Random) => number {
  const known = new Map<string, number[]>();
  const cumulated = measured.map(({ passes, repeats }) => {
    const key = `${passes},${repeats}`;
    const found = known.get(key) ?? cumulate(posteriorWeights(weights, { passes, trials: repeats }));
    known.set(key, found);
    return found;
  });
  return (index, random) => {
    const at = random.uniform();
    const place = cumulated[index]?.findIndex((sum) => sum >= at) ?? -1;
    return rateGrid.at(place) ?? 0;
  };
}

/** A sampler of the model; without known movement, runs differ by chance only. */
export function createSampler(model: SuiteModel): Sampler {
  const { measured, movement } = model;
  const draw = createRateDraw(model);
  const { rho, tau } = movement ?? { rho: 0, tau: 0 };
  return {
    rates: (random) => measured.map((_, index) => draw(index, random)),
    run(random, rates, repeats) {
      const shift = tau > 0 ? shiftOf(rates, tau * random.normal()) : 0;
      return rates.map((rate) => {
        const now = shift === 0 ? rate : Math.min(1, Math.max(0, rate + shift * rate * (1 - rate)));
        const isAlike = rho > 0 && random.uniform() < rho;
        return { passes: isAlike ? repeats * random.passes(1, now) : random.passes(repeats, now), repeats };
      });
    },
  };
}

/** What a comparison needs of one sample, from its runs. */
export function countsOf(id: string, past: readonly Count[], current: Count, planned: number): SampleCounts {
  let passes = 0;
  let repeats = 0;
  for (const run of past) {
    passes += run.passes;
    repeats += run.repeats;
  }
  return { id, baseline: { passes, repeats }, baselinePlanned: repeats, current, planned, runs: [...past] };
}

/** The factor on p(1 − p) that moves the mean rate by `change`: samples near 0 and 1 cannot move much. */
function shiftOf(rates: readonly number[], change: number): number {
  const room = rates.reduce((sum, rate) => sum + rate * (1 - rate), 0) / Math.max(1, rates.length);
  return room > 0 ? change / room : 0;
}

function cumulate(weights: readonly number[]): number[] {
  let sum = 0;
  return weights.map((weight) => {
    sum += weight;
    return sum;
  });
}
