import type { MetricAssessment } from '../records/assessment.ts';
import type { RunIndex } from '../records/run-index.ts';
import { holm } from './multiplicity.ts';
import { studentCdf, studentQuantile } from './special-functions.ts';
import { meanOf, pairedValues, type SampleValues, type SlotValue, sampleValues, squaresOf, sumOf, valuesBySample } from './values.ts';

type MetricName = 'latencyMs' | 'firstByteMs' | 'inputTokens' | 'outputTokens' | 'costUsd';

const metricNames: readonly MetricName[] = ['latencyMs', 'firstByteMs', 'inputTokens', 'outputTokens', 'costUsd'];

const alpha = 0.01;
const defaultMargin = 0.1;
/** Below this nobody waits longer, and timers and loopback decide: such a difference is never a regression, nor an improvement. */
const negligibleMs = 50;

/** A metric with whether its growth may decide the verdict. */
export interface MetricEffect {
  assessment: MetricAssessment;
  /** Times only, and only when three baseline runs show how much they move by themselves; tokens and cost are reported. */
  isDecisive: boolean;
  /** Ratio that was allowed, such as 0.1. */
  margin: number;
}

/** Latency, tokens and cost, as ratio of geometric means over the samples; metrics without values are left out. */
export function metricEffects(current: RunIndex, pool: readonly RunIndex[], latencyMargin: number): MetricEffect[] {
  const found = metricNames.flatMap((name): Measured[] => {
    const read: SlotValue = (slot) => slot[name];
    const isTime = name === 'latencyMs' || name === 'firstByteMs';
    const margin = isTime ? latencyMargin : defaultMargin;
    if (pool.length === 0) {
      const mean = geometricMean(current, read);
      return mean === undefined ? [] : [{ name, isTime, margin, sides: { current: mean } }];
    }
    const values = sampleValues(current, pool, read);
    return values.length === 0 ? [] : [{ name, isTime, margin, ...compareLogs(values, margin) }];
  });
  const worse = holm(found.map(({ test }) => test?.pWorse ?? 1));
  const better = holm(found.map(({ test }) => test?.pBetter ?? 1));
  return found.map(({ name, isTime, margin, sides, test }, index) => {
    const isNegligible = isTime && Math.abs((sides.current ?? 0) - (sides.baseline ?? 0)) < negligibleMs;
    const effect = effectOf({ sides, margin, isTested: test !== undefined, worse: worse[index] ?? 1, better: better[index] ?? 1, isNegligible });
    return { assessment: { name, ...sides, effect }, isDecisive: isTime && test !== undefined, margin };
  });
}

interface Measured {
  name: MetricName;
  isTime: boolean;
  margin: number;
  sides: Sides;
  test?: { pWorse: number; pBetter: number };
}

type Sides = Pick<MetricAssessment, 'baseline' | 'current' | 'ratio' | 'interval'>;

function effectOf(input: {
  sides: Sides;
  margin: number;
  isTested: boolean;
  worse: number;
  better: number;
  isNegligible: boolean;
}): MetricAssessment['effect'] {
  const { sides, margin, isTested, worse, better, isNegligible } = input;
  if (!sides.interval) return sides.ratio === undefined ? 'too-few-samples' : 'inconclusive';
  if (isTested && !isNegligible && worse <= alpha) return 'regressed';
  if (isTested && !isNegligible && better <= alpha) return 'improved';
  return sides.interval[0] >= 1 / (1 + margin) && sides.interval[1] <= 1 + margin ? 'unchanged' : 'inconclusive';
}

/** A mean of logs also where there are zeros. */
function logScale(hasZero: boolean): { toLog: (x: number) => number; fromLog: (x: number) => number } {
  return hasZero ? { toLog: (x) => Math.log1p(Math.max(0, x)), fromLog: Math.expm1 } : { toLog: Math.log, fromLog: Math.exp };
}

/** Of one run alone, over its samples. */
function geometricMean(current: RunIndex, read: SlotValue): number | undefined {
  let hasZero = false;
  for (const values of valuesBySample(current, read)) hasZero ||= values.some((x) => x <= 0);
  const { toLog, fromLog } = logScale(hasZero);
  const logs: number[] = [];
  for (const values of valuesBySample(current, read)) logs.push(meanOf(values.map((x) => toLog(x))) ?? 0);
  const mean = meanOf(logs);
  return mean === undefined ? undefined : fromLog(mean);
}

/**
 * Change of the mean log with the sampling noise of the repeats and, from three baseline runs on, the movement between runs
 * (Satterthwaite's degrees of freedom). Fewer runs: an interval of sampling noise only and no test.
 */
function compareLogs(values: readonly SampleValues[], margin: number): { sides: Sides; test?: { pWorse: number; pBetter: number } } {
  const paired = pairedValues(values);
  const used = paired.length > 0 ? paired : values;
  const hasZero = used.some((value) => [...value.baseline, ...value.current].some((x) => x <= 0));
  const { toLog, fromLog } = logScale(hasZero);
  const logs = used.map(({ id, runs, baseline, current }) => ({
    id,
    runs: runs.map((run) => run.map((x) => toLog(x))),
    baseline: baseline.map((x) => toLog(x)),
    current: current.map((x) => toLog(x)),
  }));
  const current = meanOf(logs.flatMap((value) => meanOf(value.current) ?? []));
  if (paired.length === 0) return { sides: current === undefined ? {} : { current: fromLog(current) } };
  const baseline = meanOf(logs.flatMap((value) => meanOf(value.baseline) ?? [])) ?? 0;
  const estimate = (current ?? 0) - baseline;
  const sides: Sides = { baseline: fromLog(baseline), current: fromLog(current ?? 0), ratio: Math.exp(estimate) };
  const noise = noiseOf(logs);
  if (!noise) return { sides };
  const half = noise.error === 0 ? 0 : studentQuantile(0.975, noise.degrees) * noise.error;
  sides.interval = [Math.exp(estimate - half), Math.exp(estimate + half)];
  if (!noise.hasRuns) return { sides };
  const limit = Math.log(1 + margin);
  return { sides, test: { pWorse: upperTail(estimate - limit, noise), pBetter: upperTail(-estimate - limit, noise) } };
}

function upperTail(distance: number, { error, degrees }: { error: number; degrees: number }): number {
  if (error === 0) return distance > 1e-12 ? 0 : 1;
  return studentCdf(-distance / error, degrees);
}

/** `undefined` when there is nothing to estimate noise from: one value in all per sample and side is enough, as both sides share a variance. */
function noiseOf(logs: readonly SampleValues[]): { error: number; degrees: number; hasRuns: boolean } | undefined {
  const count = logs.length;
  const variances = logs.map(({ baseline, current }) => {
    const all = [...baseline, ...current];
    return squaresOf(all) / (all.length - 1);
  });
  const sampling = sumOf(logs.map(({ baseline, current }, i) => (variances[i] ?? 0) * (1 / baseline.length + 1 / current.length))) / count ** 2;
  const samplingDegrees = sumOf(logs.map(({ baseline, current }) => baseline.length + current.length - 1));
  const between = betweenRuns(logs, variances);
  if (!between) return samplingDegrees > 0 ? { error: Math.sqrt(sampling), degrees: samplingDegrees, hasRuns: false } : undefined;
  const { movement, runs } = between;
  const error = Math.sqrt(sampling + movement);
  const degrees = error === 0 ? samplingDegrees : (sampling + movement) ** 2 / (sampling ** 2 / samplingDegrees + movement ** 2 / (runs - 1));
  return { error, degrees, hasRuns: true };
}

/** Variance of a new run's mean against the pool's by movement between runs; needs 80 % of the samples in each of ≥ 3 runs. */
function betweenRuns(logs: readonly SampleValues[], variances: readonly number[]): { movement: number; runs: number } | undefined {
  const runs = Math.max(0, ...logs.map((value) => value.runs.length));
  if (runs < 3) return undefined;
  const complete = logs.flatMap((value, i) =>
    value.runs.length === runs && value.runs.every((run) => run.length > 0) ? [{ runs: value.runs, variance: variances[i] ?? 0 }] : [],
  );
  if (complete.length < 0.8 * logs.length) return undefined;
  const means = Array.from({ length: runs }, (_, run) => meanOf(complete.map((value) => meanOf(value.runs[run] ?? []) ?? 0)) ?? 0);
  const perRun = sumOf(complete.map((value) => (value.variance * runs) / sumOf(value.runs.map((run) => run.length)))) / complete.length ** 2;
  const tauSquared = Math.max(0, squaresOf(means) / (runs - 1) - perRun);
  return { movement: tauSquared * (1 + 1 / runs), runs };
}
