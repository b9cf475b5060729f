import { type Calibration, type CalibrationRun, calibrationSchemaVersion } from '../../records/calibration.ts';
import { maxPooledRuns, type Policy } from '../../records/policy.ts';
import type { RunIndex } from '../../records/run-index.ts';
import { type Count, countOf, firstStage, plannedRepeats, type SampleCounts } from '../counts.ts';
import { passRateInterval } from '../intervals.ts';
import { calibrateDesigns } from './designs.ts';
import { observedPairs, relabelAlarms, simulateAlarms, trialsFor } from './false-alarms.ts';
import { rulesFor } from './judge.ts';
import { recommend } from './recommend.ts';
import { describeSamples } from './sample-table.ts';
import { modelSuite, type SuiteModel } from './suite-model.ts';

/** Most simulated comparisons, relabellings, and breaks per design. */
const usualTrials = { alarms: 2000, relabelled: 1000, named: 50 };

export interface CalibrationInput {
  /** Of one suite whose agent nobody changed, newest first; at least one slot has a verdict. */
  runs: readonly RunIndex[];
  policy: Policy;
  /** 0..1. */
  power: number;
  /** The drop that shall be found, 0..1. */
  drop: number;
  notes?: readonly string[];
  /** Other numbers of simulated comparisons than the usual ones. */
  trials?: Partial<typeof usualTrials>;
}

/**
 * What a suite can tell: how often it raises a false alarm, which drop it finds, what its noise is made of, and which design
 * finds the wanted drop. Simulations use a fixed seed, so that the same runs give the same numbers. Partial runs count with
 * the slots that they have, but are not compared with each other. Without any verdict the numbers say nothing: check before.
 */
export function calibrate({ runs, policy, power, drop, notes = [], ...input }: CalibrationInput): Calibration {
  const trials = { ...usualTrials, ...input.trials };
  const model = modelSuite(runs);
  const [newest] = runs;
  const complete = runs.filter(({ end }) => end);
  const baselineRuns = Math.min(maxPooledRuns, Math.max(1, complete.length));
  const size = model.measured.length;
  const usage = usageOf(runs);
  const current = newest ?? emptyRun;
  const rules = rulesFor(policy, current, unchangedCounts(model));
  const relabelled = relabelAlarms(model, current, policy, trialsFor(size, trials.relabelled));
  const known: Calibration = {
    schemaVersion: calibrationSchemaVersion,
    suite: newest?.header?.suite ?? '',
    complete: complete.length === runs.length,
    wanted: { power, drop },
    runs: runs.map(describeRun),
    passRate: passRateOf(model),
    falseAlarms: {
      ...simulateAlarms(model, current, policy, { baselineRuns, trials: trialsFor(size, trials.alarms) }),
      ...(relabelled ? { relabelled } : {}),
      pairs: observedPairs(complete, model, policy),
    },
    ...describeMovement(model),
    designs: calibrateDesigns(model, {
      ...{ decide: rules.options, power, drop, baselineRuns, trials: trialsFor(size, trials.named) },
      ...(usage.costUsdPerCall === undefined ? {} : { costUsdPerCall: usage.costUsdPerCall }),
    }),
    samples: describeSamples(model),
    usage,
    recommendation: [],
    notes: [...notes],
  };
  return { ...known, recommendation: recommend(known) };
}

const emptyRun: RunIndex = {
  source: '',
  samples: new Map(),
  pending: new Map(),
  attempts: new Map(),
  shared: { texts: new Map(), tags: new Map(), scores: new Map() },
};

/** All samples as they were, on both sides: what the rules of a comparison depend on. */
function unchangedCounts({ measured }: SuiteModel): SampleCounts[] {
  return measured.map(({ id, passes, repeats }) => ({ id, baseline: { passes, repeats }, current: { passes, repeats } }));
}

function passRateOf({ measured }: SuiteModel): Calibration['passRate'] {
  const found = passRateInterval(measured);
  return found ? { rate: Math.min(1, found.rate), interval: found.interval } : { rate: 0, interval: [0, 1] };
}

function describeMovement({ movement }: SuiteModel): Pick<Calibration, 'movement'> {
  if (!movement) return {};
  const { isOn, rho, p, tau, inflation } = movement.guard;
  return { movement: { correlation: rho, isCorrelated: isOn, p, tau, isMoving: movement.tau > 0, tauP: movement.tauP, inflation } };
}

function describeRun(run: RunIndex): CalibrationRun {
  const repeats = plannedRepeats(run);
  const counts: Count[] = [];
  let errors = 0;
  for (const sample of run.samples.values()) {
    const slots = firstStage(sample, repeats);
    counts.push(countOf(slots));
    errors += slots.filter(({ outcome }) => outcome === 'error' || outcome === 'unscored').length;
  }
  const rate = passRateInterval(counts)?.rate;
  return {
    source: run.source,
    ...(run.header ? { runId: run.header.runId, startedAt: run.header.startedAt } : {}),
    ...(run.header?.git?.sha === undefined ? {} : { sha: run.header.git.sha }),
    repeats,
    slots: counts.reduce((sum, count) => sum + count.repeats, 0),
    errors,
    ...(rate === undefined ? {} : { passRate: Math.min(1, rate) }),
    complete: run.end !== undefined,
  };
}

function usageOf(runs: readonly RunIndex[]): Calibration['usage'] {
  const slots = runs.flatMap((run) => [...run.samples.values()].flatMap((sample) => sample.slots));
  const costUsdPerCall = mean(slots.flatMap(({ costUsd }) => costUsd ?? []));
  const tokensPerCall = mean(
    slots.flatMap(({ inputTokens, outputTokens }) =>
      inputTokens === undefined && outputTokens === undefined ? [] : (inputTokens ?? 0) + (outputTokens ?? 0),
    ),
  );
  return {
    agentCalls: slots.reduce((sum, { attempts }) => sum + attempts, 0),
    ...(costUsdPerCall === undefined ? {} : { costUsdPerCall }),
    ...(tokensPerCall === undefined ? {} : { tokensPerCall }),
  };
}

function mean(values: readonly number[]): number | undefined {
  return values.length === 0 ? undefined : values.reduce((sum, value) => sum + value, 0) / values.length;
}
