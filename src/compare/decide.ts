import { byId, type SampleCounts } from './counts.ts';
import { type DecideOptions, defaultDecideOptions } from './decide-options.ts';
import { deflate, guardAgainstHistory, type HistoryGuard } from './history-guard.ts';
import { createHypergeometricTable, type HypergeometricTable, isAtMost } from './hypergeometric.ts';
import { suiteEffect } from './intervals.ts';
import { withinSamplePermutation } from './permutation.ts';
import { fixedSamples, type GatedPair, sampleGate } from './sample-gate.ts';
import { screen } from './screening.ts';
import { normalQuantile } from './special-functions.ts';

export type DecidedClass = 'regressed' | 'suspect' | 'fixed' | 'flaky' | 'stable-pass' | 'stable-fail' | 'errored' | 'new' | 'removed';

/** The numbers of one comparison; `status` before slices, strict mode and completeness. */
export interface Decision {
  status: 'regressed' | 'improved' | 'no-change' | 'inconclusive' | 'no-baseline';
  classes: Map<string, DecidedClass>;
  /** Samples that were compared, and those known to both sides. */
  compared: number;
  shared: number;
  /** Absent when nothing was compared. */
  suite?: SuiteDecision;
}

export interface SuiteDecision {
  isGateA: boolean;
  isGateB: boolean;
  topUp?: 'needed' | 'done';
  pCumulative?: number;
  pWorse: number;
  pBetter: number;
  change: number;
  standardError: number;
  /** 95 %, within ±1. */
  interval: [number, number];
  /** Drops above this are excluded (one-sided 95 %). */
  excludedDrop: number;
  /** Extra repeats by sample id. */
  plan: Map<string, number>;
  /** Planned re-runs that were not run or mostly failed. */
  openSuspects: string[];
  finalP: Map<string, number>;
  adjusted: Map<string, number>;
  guard?: HistoryGuard;
  errors: ErrorGuard;
}

export interface ErrorGuard {
  p: number;
  /** New error rate minus the baseline's. */
  difference: number;
  isOn: boolean;
}

/**
 * Decides whether a suite got worse: exact within-sample permutation (gate A), Fisher with discrete Benjamini–Hochberg on
 * re-run suspects (gate B), history and error guards, margin, optional top-up. Deterministic, no random numbers; the samples
 * are sorted by id first, so that no sum depends on the order of arrival. Nothing comparable: `no-baseline` without numbers.
 * `compared`: what `comparablePairs` gave for these samples and options; its classes are filled up.
 */
export function decide(samples: readonly SampleCounts[], overrides: Partial<DecideOptions> = {}, compared?: ComparedSamples): Decision {
  const options = { ...defaultDecideOptions, ...overrides };
  const { pairs, classes, shared } = compared ?? comparablePairs(samples, options);
  if (pairs.length === 0) return { status: 'no-baseline', classes, compared: 0, shared };
  const table = createHypergeometricTable();
  const test = withinSamplePermutation(pairs, table);
  const guard = guardAgainstHistory(
    pairs.map((pair) => pair.counts.runs ?? []),
    { m: mean(pairs.map((pair) => pair.m)), r: mean(pairs.map((pair) => pair.r)) },
    options,
  );
  const inflation = guard?.inflation ?? 1;
  const { change, standardError: plainError } = suiteEffect(pairs);
  const effect = {
    change,
    standardError: plainError * Math.sqrt(inflation),
    pWorse: deflate(test.midLower, inflation),
    pBetter: deflate(test.midUpper, inflation),
  };
  const gateA = suiteGate({ table, pairs, effect, inflation, options });
  const plan = options.isConfirming ? screen(table, pairs, options) : new Map<string, number>();
  const gateB = sampleGate({ table, pairs: pairs.map((pair) => withValidConfirmation(pair, plan)), plan, guard, options });
  const errors = guardAgainstErrors(samples, options, table);
  const z = normalQuantile(0.975);
  const suite: SuiteDecision = {
    ...effect,
    ...gateA,
    isGateB: gateB.isRed && options.isNamingDecisive,
    interval: [Math.max(-1, effect.change - z * effect.standardError), Math.min(1, effect.change + z * effect.standardError)],
    excludedDrop: -Math.max(-1, effect.change - normalQuantile(0.95) * effect.standardError),
    plan,
    openSuspects: [...plan.keys()].filter((id) => !gateB.finalP.has(id)),
    finalP: gateB.finalP,
    adjusted: gateB.adjusted,
    errors,
    ...(guard ? { guard } : {}),
  };
  const status = statusOf(suite, pairs.length / Math.max(1, shared), options);
  classify({ pairs, suite, isRed: status === 'regressed', fixed: fixedSamples(table, pairs, options), options, classes });
  return { status, classes, compared: pairs.length, shared, suite };
}

/** A sample that can be compared, in the notation of the formulas, beside what it came from. */
export interface ComparablePair extends GatedPair {
  counts: SampleCounts;
}

/** The samples of a comparison, split. */
export interface ComparedSamples {
  pairs: ComparablePair[];
  /** Of those that cannot be compared. */
  classes: Map<string, DecidedClass>;
  /** Samples that both sides know. */
  shared: number;
}

/** Splits the samples, sorted by id, into those that can be compared and those that cannot, with their class. */
export function comparablePairs(samples: readonly SampleCounts[], options: Pick<DecideOptions, 'minValidShare'>): ComparedSamples {
  const pairs: ComparablePair[] = [];
  const classes = new Map<string, DecidedClass>();
  let shared = 0;
  for (const counts of [...samples].sort(byId)) {
    const { id, baseline, baselinePlanned, current, planned, isChanged } = counts;
    // A baseline that was asked and has no verdict is shared too: leaving it out would compare a rest that looks whole.
    if (current && baseline && (baselinePlanned ?? baseline.repeats) > 0) shared++;
    if (!current) classes.set(id, 'removed');
    else if (current.repeats === 0 || current.repeats < options.minValidShare * (planned ?? current.repeats)) classes.set(id, 'errored');
    else if (!baseline || baseline.repeats === 0 || isChanged) classes.set(id, 'new');
    else pairs.push({ id, b: baseline.passes, m: baseline.repeats, y: current.passes, r: current.repeats, counts });
  }
  return { pairs, classes, shared };
}

function suiteGate(input: {
  table: HypergeometricTable;
  pairs: readonly ComparablePair[];
  effect: { change: number; standardError: number; pWorse: number };
  inflation: number;
  options: DecideOptions;
}): Pick<SuiteDecision, 'isGateA' | 'topUp' | 'pCumulative'> {
  const { table, pairs, effect, inflation, options } = input;
  const isBeyondMargin = options.margin <= 0 || effect.change + normalQuantile(1 - options.alphaSuite) * effect.standardError < -options.margin;
  if (!options.isToppingUp) return { isGateA: isAtMost(effect.pWorse, options.alphaSuite) && isBeyondMargin };
  if (isAtMost(effect.pWorse, options.topUpNow * options.alphaSuite)) return { isGateA: isBeyondMargin };
  if (!isAtMost(effect.pWorse, options.topUpGrey)) return { isGateA: false };
  const doubled = pairs.flatMap(({ b, m, y, r, counts: { topUp } }) =>
    topUp && topUp.repeats > 0 ? [{ b, m, y: y + topUp.passes, r: r + topUp.repeats }] : [],
  );
  if (doubled.length < pairs.length) return { isGateA: false, topUp: 'needed' };
  const pCumulative = deflate(withinSamplePermutation(doubled, table).midLower, inflation);
  return { isGateA: isAtMost(pCumulative, options.topUpFinal * options.alphaSuite) && isBeyondMargin, topUp: 'done', pCumulative };
}

/** A re-run error is missing, not a failure; with fewer than half of the planned re-runs the sample stays a suspect. */
function withValidConfirmation(pair: ComparablePair, plan: ReadonlyMap<string, number>): GatedPair {
  const { id, b, m, y, r, counts } = pair;
  const { confirmation } = counts;
  const isEnough = confirmation && confirmation.repeats > 0 && confirmation.repeats * 2 >= (plan.get(id) ?? 0);
  return { id, b, m, y, r, ...(isEnough ? { confirmation } : {}) };
}

/** Errors are missing values; many more of them than before may hide failures. */
function guardAgainstErrors(samples: readonly SampleCounts[], options: DecideOptions, table: HypergeometricTable): ErrorGuard {
  const pairs = [...samples].sort(byId).flatMap(({ baseline, current, errors, planned, baselineErrors, baselinePlanned }) => {
    if (!current || !baseline || baseline.repeats === 0) return [];
    return [{ b: baselineErrors ?? 0, m: baselinePlanned ?? baseline.repeats, y: errors ?? 0, r: planned ?? current.repeats }];
  });
  if (pairs.every(({ b, y }) => b === 0 && y === 0)) return { p: 1, difference: 0, isOn: false };
  const p = withinSamplePermutation(pairs, table).midUpper;
  const difference =
    total(pairs.map(({ y }) => y)) / total(pairs.map(({ r }) => r)) - total(pairs.map(({ b }) => b)) / total(pairs.map(({ m }) => m));
  return { p, difference, isOn: isAtMost(p, options.errorAlpha) && difference >= options.errorDifference };
}

function statusOf(suite: SuiteDecision, comparedShare: number, options: DecideOptions): Decision['status'] {
  if (suite.isGateA || suite.isGateB) return 'regressed';
  const isUnsettled = suite.errors.isOn || comparedShare < options.minComparedShare || suite.openSuspects.length > 0 || suite.topUp === 'needed';
  if (isUnsettled) return 'inconclusive';
  if (isAtMost(suite.pBetter, options.alphaSuite)) return 'improved';
  return suite.excludedDrop < Math.max(options.noChangeDrop, options.margin) ? 'no-change' : 'inconclusive';
}

function classify(input: {
  pairs: readonly ComparablePair[];
  suite: SuiteDecision;
  isRed: boolean;
  fixed: ReadonlySet<string>;
  options: DecideOptions;
  classes: Map<string, DecidedClass>;
}): void {
  const { pairs, suite, isRed, fixed, options, classes } = input;
  for (const { id, b, m, y, r, counts } of pairs) {
    const isNamed = isAtMost(suite.adjusted.get(id) ?? 1, options.alphaName);
    if (isNamed && isRed) classes.set(id, 'regressed');
    else if (suite.plan.has(id) && (isNamed || !suite.finalP.has(id))) classes.set(id, 'suspect');
    else if (fixed.has(id)) classes.set(id, 'fixed');
    else classes.set(id, steadiness((b + y + (counts.confirmation?.passes ?? 0)) / (m + r + (counts.confirmation?.repeats ?? 0))));
  }
}

function steadiness(rate: number): DecidedClass {
  return rate >= 0.95 ? 'stable-pass' : rate <= 0.05 ? 'stable-fail' : 'flaky';
}

function total(numbers: readonly number[]): number {
  return numbers.reduce((sum, value) => sum + value, 0);
}

function mean(numbers: readonly number[]): number {
  return total(numbers) / numbers.length;
}
