import * as z from './schema.ts';

export const calibrationSchemaVersion = 1;

/** Rates, shares and drops are 0..1: a drop of 0.05 is 5 percentage points. */
const rate = z.number().check(z.minimum(0), z.maximum(1));
const whole = z.int().check(z.minimum(0));
const interval = z.described(z.tuple([z.number(), z.number()]), '95 % interval, low and high');

export const CalibrationRun = z.looseObject({
  source: z.string(),
  runId: z.optional(z.string()),
  startedAt: z.optional(z.string()),
  sha: z.optional(z.string()),
  repeats: z.described(whole.clone(), 'planned per sample'),
  slots: z.described(whole.clone(), 'with a verdict'),
  errors: z.described(whole.clone(), 'slots without a verdict'),
  passRate: z.optional(rate),
  complete: z.boolean(),
});
export type CalibrationRun = z.infer<typeof CalibrationRun>;

/** A simulated share with what chance adds to it. */
export const SimulatedRate = z.looseObject({
  rate,
  standardError: z.described(rate.clone(), 'of the simulation, not of the suite'),
  interval,
  trials: whole,
});
export type SimulatedRate = z.infer<typeof SimulatedRate>;

export const CalibrationPair = z.looseObject({
  head: z.described(z.string(), 'source of the run that was taken for the change; the others were its baseline'),
  alarm: z.described(z.boolean(), 'it would have been called a regression'),
  chance: z.described(rate.clone(), 'of an alarm over the simulated re-runs; 0 or 1 where none were needed'),
  status: z.described(z.string(), 'verdict of the likelier case'),
  change: z.number(),
  pWorse: rate,
  reruns: z.described(whole.clone(), 'samples that would have been asked again'),
});
export type CalibrationPair = z.infer<typeof CalibrationPair>;

export const CalibrationDesign = z.looseObject({
  samples: whole,
  repeats: whole,
  baselineRuns: whole,
  drop: z.described(z.optional(rate), 'smallest true drop of the pass rate found with the wanted power; absent: none is'),
  named: z.described(z.optional(rate), 'chance that one sample going from always pass to always fail turns the verdict red by name'),
  calls: z.described(whole.clone(), 'agent calls per run, without retries and re-runs'),
  costUsd: z.optional(z.number()),
});
export type CalibrationDesign = z.infer<typeof CalibrationDesign>;

export const CalibratedSample = z.looseObject({
  id: z.string(),
  passes: whole,
  repeats: whole,
  rate: z.optional(rate),
  interval: z.optional(interval),
  share: z.described(rate.clone(), "of the suite's noise"),
  errors: whole,
  isAlikeWithinRuns: z.described(z.optional(z.boolean()), 'all repeats of each run agree and the runs do not: beyond chance'),
});
export type CalibratedSample = z.infer<typeof CalibratedSample>;

/** What a suite can and cannot tell: its own runs compared with each other. */
export const Calibration = z.looseObject({
  schemaVersion: z.int(),
  suite: z.string(),
  complete: z.described(z.boolean(), 'false: a run is partial'),
  wanted: z.looseObject({ power: rate, drop: rate }),
  runs: z.described(z.array(CalibrationRun), 'newest first'),
  passRate: z.looseObject({ rate, interval }),
  falseAlarms: z.looseObject({
    simulated: z.described(SimulatedRate.clone(), 'of the whole procedure, re-runs included, when nothing changed'),
    bySuite: z.described(rate.clone(), 'share of the comparisons in which the test of the whole suite is red'),
    bySample: z.described(rate.clone(), 'share in which a single sample is red'),
    bySlice: z.described(z.optional(rate), 'share in which a slice is red'),
    rerunShare: z.described(z.number(), 'extra calls for re-runs and top-ups as a share of the calls of a run'),
    relabelled: z.described(z.optional(SimulatedRate), 'recorded repeats dealt anew to baseline and change, within each sample'),
    pairs: z.array(CalibrationPair),
  }),
  movement: z.described(
    z.optional(
      z.looseObject({
        correlation: z.described(rate.clone(), 'of the repeats of one run'),
        isCorrelated: z.described(z.boolean(), 'beyond chance, and so counted in the other numbers'),
        p: z.described(rate.clone(), 'of such a correlation by chance'),
        tau: z.described(z.number(), "standard deviation of the suite's pass rate between runs beyond sampling noise"),
        isMoving: z.described(z.boolean(), 'tau is beyond chance, and so counted in the other numbers'),
        tauP: z.described(rate.clone(), 'of such a movement by chance'),
        inflation: z.described(z.number(), 'factor on the variance of a change that a verdict against these runs would use'),
      }),
    ),
    'absent: not known, it needs 3 complete runs with the same repeats',
  ),
  designs: z.looseObject({
    now: CalibrationDesign,
    grid: z.array(CalibrationDesign),
    cheapest: z.optional(CalibrationDesign),
    withTodaysSamples: z.optional(CalibrationDesign),
    neededSamples: z.described(z.optional(whole), "at today's repeats and 5 baseline runs; only where no design of the grid will do"),
    withoutFlakiest: z.optional(z.looseObject({ samples: whole, share: rate, drop: rate })),
  }),
  samples: z.looseObject({
    measured: whole,
    unmeasured: z.array(z.string()),
    alwaysPass: whole,
    neverPass: z.array(z.string()),
    flaky: z.described(z.array(CalibratedSample), 'by share of the noise'),
    withErrors: z.array(z.looseObject({ id: z.string(), errors: whole, planned: whole })),
  }),
  usage: z.looseObject({
    agentCalls: z.described(whole.clone(), 'of all given runs'),
    costUsdPerCall: z.optional(z.number()),
    tokensPerCall: z.optional(z.number()),
  }),
  recommendation: z.described(z.array(z.string()), 'in words, the most important first'),
  notes: z.array(z.string()),
});
export type Calibration = z.infer<typeof Calibration>;
