import { describe, expect, it } from 'vitest';
import { assess } from '../../../src/compare/assess.ts';
import { calibrate } from '../../../src/compare/calibration/calibrate.ts';
import { chiSquareAbove } from '../../../src/compare/calibration/movement.ts';
import { createRandom } from '../../../src/compare/calibration/random.ts';
import { Calibration } from '../../../src/records/calibration.ts';
import type { RunIndex } from '../../../src/records/run-index.ts';
import { makePolicy, makeRun } from '../run-builder.ts';

const policy = makePolicy({ slices: [] });
const wish = { policy, power: 0.8, drop: 0.05 };
const quick = { ...wish, trials: { alarms: 40, relabelled: 40, named: 4 } };

/** Runs of an unchanged agent with these pass rates; `alike`: every repeat of a run gives the same answer. */
function runsOf(rates: readonly number[], { runs = 3, repeats = 3, alike = false, seed = 'runs' } = {}): RunIndex[] {
  const random = createRandom(seed);
  const slots = (rate: number): string => {
    const one = random.uniform() < rate;
    return Array.from({ length: repeats }, () => ((alike ? one : random.uniform() < rate) ? 'p' : 'f')).join('');
  };
  return Array.from({ length: runs }, (_, k) =>
    makeRun({ runId: `run-${k}`, repeats, samples: Object.fromEntries(rates.map((rate, i) => [`s${String(i).padStart(3, '0')}`, slots(rate)])) }),
  );
}

/** 65 % steady, 25 % flaky, 10 % broken: the typical suite of the published tables. */
const typical = (count: number): number[] =>
  Array.from({ length: count }, (_, i) => {
    const u = (i + 0.5) / count;
    return u < 0.65 ? 0.98 : u < 0.9 ? 0.3 + (0.6 * (u - 0.65)) / 0.25 : 0.03;
  });

describe('the calibration of a typical suite', () => {
  const calibration = calibrate({ ...wish, runs: runsOf(typical(50)) });
  const drop = (repeats: number, baselineRuns: number, samples = 50) =>
    calibration.designs.grid.find((d) => d.repeats === repeats && d.baselineRuns === baselineRuns && d.samples === samples)?.drop ?? 1;

  it('is a record of the published schema', () => {
    expect(Calibration.parse(JSON.parse(JSON.stringify(calibration)))).toEqual(calibration);
  });

  it('raises as few false alarms as the procedure promises', () => {
    expect(calibration.falseAlarms.simulated.rate).toBeLessThan(0.025);
    expect(calibration.falseAlarms.simulated.trials).toBeGreaterThan(1000);
    expect(calibration.falseAlarms.relabelled?.rate).toBeLessThan(0.025);
    expect(calibration.falseAlarms.pairs.map(({ alarm }) => alarm)).toEqual([false, false, false]);
  });

  it.each([
    [3, 1, 50, 0.123],
    [3, 3, 50, 0.09],
    [3, 5, 50, 0.084],
    [5, 1, 50, 0.09],
    [5, 5, 50, 0.064],
    [10, 1, 50, 0.06],
    [10, 5, 50, 0.044],
    [3, 1, 100, 0.082],
    [5, 5, 100, 0.044],
  ])('finds with %i repeats, %i baseline runs and %i samples about the published drop', (repeats, runs, samples, published) => {
    expect(drop(repeats, runs, samples) / published).toBeGreaterThan(0.85);
    expect(drop(repeats, runs, samples) / published).toBeLessThan(1.15);
  });

  it('says of today what a verdict against these runs says', () => {
    const runs = runsOf(typical(50), { runs: 2 });
    const [head] = runsOf(typical(50), { runs: 1, seed: 'head' }).map((run) => ({
      ...run,
      header: { ...run.header, runId: 'head' } as RunIndex['header'],
    }));
    const { verdict } = assess({ current: head as RunIndex, pool: runs, baseline: { kind: 'path', runs: 2 }, policy });
    expect(calibrate({ ...quick, runs }).designs.now.drop).toBeCloseTo(verdict.minimalDetectableDrop ?? 0, 9);
  });

  it('finds the cheapest design for the wanted drop and gives the same numbers again', () => {
    const { withTodaysSamples: today } = calibration.designs;
    expect(today).toMatchObject({ samples: 50, calls: (today?.repeats ?? 0) * 50 });
    expect(today?.drop).toBeLessThanOrEqual(0.05);
    expect(drop((today?.repeats ?? 1) > 5 ? 5 : 3, 5)).toBeGreaterThan(0.05);
    expect(calibrate({ ...quick, runs: runsOf(typical(50)) })).toEqual(calibrate({ ...quick, runs: runsOf(typical(50)) }));
  });
});

describe('what a calibration can and cannot say', () => {
  it.each([0.5, 0.9, 0.99])('keeps the promised rate in a suite whose samples all pass at %f', (rate) => {
    const { falseAlarms } = calibrate({ ...wish, trials: { relabelled: 40, named: 4 }, runs: runsOf(Array.from({ length: 30 }, () => rate)) });
    expect(falseAlarms.simulated.rate - 2 * falseAlarms.simulated.standardError).toBeLessThan(0.025);
  });

  it('compares nothing with one run, and says that movement cannot be seen', () => {
    const calibration = calibrate({ ...quick, runs: runsOf(typical(20), { runs: 1 }) });
    expect(calibration.falseAlarms.pairs).toEqual([]);
    expect(calibration.movement).toBeUndefined();
    expect(calibration.recommendation.join(' ')).toMatch(/run-to-run movement cannot be seen from one run/);
  });

  it('takes one answer per sample as the worst case instead of failing', () => {
    const { designs, falseAlarms } = calibrate({ ...quick, runs: runsOf(typical(20), { runs: 1, repeats: 1 }) });
    expect(designs.now.drop).toBeGreaterThan(0.2);
    expect(falseAlarms.relabelled).toBeUndefined();
  });

  it('sees repeats that are alike within a run, names the samples and counts them', () => {
    const flaky = Array.from({ length: 30 }, () => 0.5);
    const moved = calibrate({ ...quick, runs: runsOf(flaky, { runs: 5, repeats: 5, alike: true }) });
    const steady = calibrate({ ...quick, runs: runsOf(flaky, { runs: 5, repeats: 5 }) });
    expect(moved.movement).toMatchObject({ isCorrelated: true, correlation: expect.closeTo(1, 1) });
    expect(moved.samples.flaky.some(({ isAlikeWithinRuns }) => isAlikeWithinRuns)).toBe(true);
    expect(steady.movement?.isCorrelated).toBe(false);
    expect(moved.designs.now.drop ?? 1).toBeGreaterThan(steady.designs.now.drop ?? 1);
    expect(moved.recommendation.join(' ')).toMatch(/more runs tell more than more repeats/);
  });

  it('sees a suite that moves as a whole, and does not take chance for movement', () => {
    const shifted = [0.95, 0.6, 0.8, 0.55].map((rate, k) => {
      const [run] = runsOf(
        Array.from({ length: 60 }, () => rate),
        { runs: 1, seed: `day ${k}` },
      );
      return { ...run, source: `day ${k}` } as RunIndex;
    });
    expect(calibrate({ ...quick, runs: shifted }).movement).toMatchObject({ isMoving: true });
    expect(calibrate({ ...quick, runs: runsOf(typical(60)) }).movement).toMatchObject({ isMoving: false });
  });

  it('sorts flaky samples by their share of the noise and counts those that say nothing', () => {
    const run = makeRun({ repeats: 4, samples: { a: 'pppp', b: 'pfpf', c: 'pppf', d: 'ffff', e: 'eeee' } });
    const { samples, designs } = calibrate({ ...quick, runs: [run] });
    expect(samples.flaky.map(({ id }) => id)).toEqual(['b', 'c']);
    expect(samples.flaky.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1, 12);
    expect(samples).toMatchObject({ alwaysPass: 1, neverPass: ['d'], unmeasured: ['e'], withErrors: [{ id: 'e', errors: 4, planned: 4 }] });
    expect(designs.now.samples).toBe(4);
  });

  it('calls two runs a regression that really differ', () => {
    const worse = makeRun({ runId: 'b', samples: Object.fromEntries(Array.from({ length: 20 }, (_, i) => [`s${i}`, 'fff'])) });
    const better = makeRun({ runId: 'a', samples: Object.fromEntries(Array.from({ length: 20 }, (_, i) => [`s${i}`, 'ppp'])) });
    const { falseAlarms, recommendation } = calibrate({ ...quick, runs: [worse, better] });
    expect(falseAlarms.pairs.map(({ alarm }) => alarm)).toEqual([true, false]);
    expect(recommendation.join(' ')).toMatch(/1 of your own runs would have been called a regression/);
  });
});

describe('the chi-square tail', () => {
  it.each([
    [3.841458820694124, 1, 0.05],
    [5.991464547107979, 2, 0.05],
    [7.814727903251179, 3, 0.05],
    [13.276704135987622, 4, 0.01],
  ])('of %f with %i degrees of freedom is %f', (x, df, p) => {
    expect(chiSquareAbove(x, df)).toBeCloseTo(p, 12);
  });
});
