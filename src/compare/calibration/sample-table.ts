import type { CalibratedSample, Calibration } from '../../records/calibration.ts';
import { byId, type Count } from '../counts.ts';
import { choose } from '../hypergeometric.ts';
import { wilson } from '../intervals.ts';
import { noiseOf } from './designs.ts';
import type { MeasuredSample, SuiteModel } from './suite-model.ts';

/** Level at which a sample's repeats are called alike within runs, for each sample by itself. */
const alikeAlpha = 0.05;

/** Which samples make the noise of the suite, which say nothing of small drops, and which do not answer. */
export function describeSamples({ samples, measured }: SuiteModel): Calibration['samples'] {
  const total = measured.reduce((sum, sample) => sum + noiseOf(sample), 0);
  const flaky = measured.filter(({ passes, repeats }) => passes > 0 && passes < repeats);
  const described = flaky.map((sample) => describeFlaky(sample, total));
  return {
    measured: measured.length,
    unmeasured: samples.filter(({ repeats }) => repeats === 0).map(({ id }) => id),
    alwaysPass: measured.filter(({ passes, repeats }) => passes === repeats).length,
    neverPass: measured.filter(({ passes }) => passes === 0).map(({ id }) => id),
    flaky: described.sort((a, b) => b.share - a.share || byId(a, b)),
    withErrors: samples
      .filter(({ errors }) => errors > 0)
      .map(({ id, errors, planned }) => ({ id, errors, planned }))
      .sort((a, b) => b.errors - a.errors || byId(a, b)),
  };
}

function describeFlaky(sample: MeasuredSample, total: number): CalibratedSample {
  const { id, passes, repeats, errors, runs } = sample;
  return {
    id,
    passes,
    repeats,
    rate: passes / repeats,
    interval: wilson(passes / repeats, repeats),
    share: total > 0 ? noiseOf(sample) / total : 0,
    errors,
    ...(chanceOfAlike(runs) <= alikeAlpha ? { isAlikeWithinRuns: true } : {}),
  };
}

/**
 * Every run is all pass or all fail and both kinds occur: the chance of that when the same passes fall on any repeats, all
 * arrangements being equally likely. 1 with fewer than three runs of one size, or when some run is mixed.
 */
function chanceOfAlike(runs: readonly (Count | undefined)[]): number {
  const known = runs.flatMap((run) => (run && run.repeats > 0 ? [run] : []));
  const size = known[0]?.repeats ?? 0;
  const isAlike = known.every(({ passes, repeats }) => repeats === size && (passes === 0 || passes === size));
  const passing = known.filter(({ passes }) => passes > 0).length;
  if (known.length < 3 || !isAlike || passing === 0 || passing === known.length) return 1;
  return choose(known.length, passing) / choose(known.length * size, passing * size);
}
