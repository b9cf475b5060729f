import type { BaselineInfo, VerdictStatus } from '../records/assessment.ts';
import type { Policy } from '../records/policy.ts';
import type { Decision, SuiteDecision } from './decide.ts';
import type { DecideOptions } from './decide-options.ts';
import type { FamilyGate } from './family.ts';
import type { MetricEffect } from './metric-effects.ts';
import { named } from './quote.ts';
import type { RunState } from './run-state.ts';
import { counted, listed, percent, points, pointsRange } from './words.ts';

/** All that a verdict is explained from. */
export interface VerdictFacts {
  status: VerdictStatus;
  decision: Decision;
  state: RunState;
  policy: Policy;
  options: DecideOptions;
  family: FamilyGate;
  slowMetrics: readonly MetricEffect[];
  /** Strict mode: samples that flipped from pass to fail, confirmed. */
  flipped: readonly string[];
  /** Samples whose re-runs are missing. */
  open: readonly string[];
  /** Samples that are named as regressed. */
  named: readonly string[];
  passRate: number | undefined;
  rates: { baseline: number; current: number } | undefined;
  baselineRuns: number;
  /** The baseline was asked in the same run. */
  isBaselineLive: boolean;
  baseline: BaselineInfo;
  /** Samples that are not judged for a time. */
  waived: number;
  /** What would settle an inconclusive comparison. */
  settle: string | undefined;
}

/** The verdict in words, the deciding reason first, then what limits it. Names of samples stand between backticks. */
export function reasonsFor(facts: VerdictFacts): string[] {
  const demands = demandReasons(facts);
  const main = statusReasons(facts);
  const reasons = facts.status === 'regressed' ? [...main, ...demands] : [...demands, ...main];
  const partial = facts.state.samples === 0 && facts.waived > 0 ? [] : partialReasons(facts.state);
  // What was measured says nothing good as long as the run is partial.
  return facts.status === 'regressed' || demands.length > 0 ? [...reasons, ...partial, ...limits(facts)] : [...partial, ...reasons, ...limits(facts)];
}

function demandReasons({ state, policy, passRate }: VerdictFacts): string[] {
  const reasons: string[] = [];
  const { criticalFailed, criticalUnknown } = state;
  if (criticalFailed.length > 0) {
    reasons.push(`${counted(criticalFailed.length, 'critical sample')} failed: ${listed(criticalFailed.map(named))}`);
  }
  if (policy.minPassRate !== undefined && passRate !== undefined && passRate < policy.minPassRate) {
    reasons.push(`the pass rate ${percent(passRate)} is below the required ${percent(policy.minPassRate)}`);
  }
  if (criticalUnknown.length > 0) {
    reasons.push(`nothing is known of ${counted(criticalUnknown.length, 'critical sample')}: ${listed(criticalUnknown.map(named))}`);
  }
  return reasons;
}

function partialReasons(state: RunState): string[] {
  if (state.samples === 0) return ['the run has no samples, so there is nothing to judge'];
  const reasons: string[] = [];
  if (!state.isComplete) {
    const why = state.stopReason === undefined ? '' : ` (${state.stopReason.replace(/[`"]/g, "'")})`;
    reasons.push(
      state.missing > 0
        ? `the run is incomplete${why}: ${state.missing} of ${counted(state.planned, 'slot')} ${state.missing === 1 ? 'is' : 'are'} missing`
        : `the run is incomplete${why}`,
    );
  }
  if (state.withVerdict === 0) reasons.push(`no slot has a verdict: ${counted(state.outcomes.error, 'error')}, ${state.outcomes.unscored} unscored`);
  return reasons;
}

function statusReasons(facts: VerdictFacts): string[] {
  switch (facts.status) {
    case 'regressed':
      return [...regressedReasons(facts), ...driftReasons(facts)];
    case 'improved':
      return [...improvedReasons(facts), ...driftReasons(facts)];
    case 'no-change':
      return [noChangeReason(facts)];
    case 'inconclusive':
      return [...doubts(facts), ...(facts.settle === undefined ? [] : [`what would settle it: ${facts.settle}`])];
    case 'no-baseline':
      return [
        facts.baseline.reason === undefined
          ? 'there is no baseline to compare with'
          : `there is no baseline to compare with: ${facts.baseline.reason}`,
      ];
  }
}

function regressedReasons(facts: VerdictFacts): string[] {
  const { decision, family, slowMetrics, flipped, policy } = facts;
  const { suite, compared } = decision;
  const reasons: string[] = [];
  if (flipped.length > 0) reasons.push(`${counted(flipped.length, 'sample')} flipped from pass to fail: ${listed(flipped.map(named))}`);
  if (suite?.isGateB) {
    const how = policy.confirm ? ', confirmed by re-runs' : '';
    reasons.push(`${facts.named.length} of ${counted(compared, 'sample')} regressed${how}: ${listed(facts.named.map(named))}`);
  }
  if (suite?.isGateA) reasons.push(`the pass rate fell ${rateText(facts, suite)}`);
  for (const { kind, name } of family.worse)
    reasons.push(kind === 'preference' ? preferenceText(family.preference) : `the ${kind} ${named(name)} got worse${sidesOf(family, kind, name)}`);
  for (const { assessment, margin } of slowMetrics) {
    const { name, ratio = 1, interval } = assessment;
    const range = interval ? ` (95 % interval ${percent(interval[0] - 1)} … ${percent(interval[1] - 1)})` : '';
    const what = name === 'latencyMs' ? 'the latency' : name === 'firstByteMs' ? 'the time to the first byte' : named(name);
    reasons.push(`${what} grew by ${percent(ratio - 1)}${range}; ${percent(margin)} is allowed`);
  }
  return reasons;
}

function improvedReasons(facts: VerdictFacts): string[] {
  const { suite } = facts.decision;
  if (facts.policy.mode === 'strict') return ['samples went from fail to pass, and none from pass to fail'];
  return suite ? [`the pass rate rose ${rateText(facts, suite)}`] : [];
}

/** Where no code changed, something else did. */
function driftReasons({ baseline }: VerdictFacts): string[] {
  return baseline.isSameCommit ? ['same commit as the baseline: what changed is the endpoint, the model or the data'] : [];
}

function noChangeReason(facts: VerdictFacts): string {
  const { decision, policy, options } = facts;
  const { suite, compared } = decision;
  if (policy.mode === 'strict') return `none of ${counted(compared, 'sample')} flipped from pass to fail`;
  const limit = Math.max(options.noChangeDrop, options.margin);
  const isWithinMargin = suite !== undefined && options.margin > 0 && suite.pWorse <= options.alphaSuite;
  const found = isWithinMargin
    ? `the pass rate fell within the tolerated margin: ${rateText(facts, suite)}`
    : 'no drop of the pass rate beyond chance was found';
  return `${found}; one of more than ${size(suite?.excludedDrop)} is excluded with 95 % confidence (the limit is ${size(limit)})`;
}

function doubts(facts: VerdictFacts): string[] {
  const { decision, state, options, open } = facts;
  const { suite, compared, shared } = decision;
  if (!suite && facts.waived > 0 && state.samples === 0) return ['every sample of this run is waived, so there is nothing to judge'];
  if (!suite) {
    return [
      shared > 0
        ? `none of the ${counted(shared, 'shared sample')} has enough repeats with a verdict`
        : 'no sample of this run is in the baseline with the same content',
    ];
  }
  const reasons: string[] = [];
  if (suite.errors.isOn) {
    reasons.push(`the share of slots without a verdict rose by ${size(suite.errors.difference)}, which may hide failures`);
  }
  if (compared < options.minComparedShare * shared) reasons.push(`only ${compared} of ${counted(shared, 'shared sample')} could be compared`);
  if (suite.topUp === 'needed') reasons.push('the result is grey, and the suite was not asked as often again (topUp)');
  if (open.length > 0) reasons.push(`${counted(open.length, 'suspicious sample')} not re-run yet: ${listed(open.map(named))}`);
  if (reasons.length === 0 && state.isComplete) {
    reasons.push(
      `too little was measured to tell: a drop of up to ${size(suite.excludedDrop)} is neither shown nor excluded, ${rateText(facts, suite)}`,
    );
  }
  return reasons;
}

function limits({ status, decision, baselineRuns, isBaselineLive, state }: VerdictFacts): string[] {
  const reasons: string[] = [];
  if (decision.suite && isBaselineLive) {
    reasons.push('both agents were asked at the same time, so days cannot differ; that repeats are independent is assumed');
  } else if (decision.suite && baselineRuns < 3) {
    reasons.push(
      `with ${counted(baselineRuns, 'baseline run')} this assumes that repeats are independent and that days do not differ; 3 runs would show whether they do`,
    );
  }
  const counts = (name: string): number => [...decision.classes.values()].filter((value) => value === name).length;
  const [fresh, gone] = [counts('new'), counts('removed')];
  if (status !== 'no-baseline' && fresh > 0) reasons.push(`${counted(fresh, 'sample')} new or changed, not compared`);
  if (gone > 0) reasons.push(`${counted(gone, 'sample')} of the baseline not in this run`);
  if (state.measuredSamples < state.samples)
    reasons.push(`${counted(state.samples - state.measuredSamples, 'sample')} without enough repeats with a verdict`);
  return reasons;
}

function rateText({ rates }: VerdictFacts, suite: SuiteDecision): string {
  const sides = rates ? `${percent(rates.baseline)} → ${percent(rates.current)} ` : '';
  return `${sides}(${points(suite.change)}, 95 % interval ${pointsRange(suite.interval)})`;
}

/** `: 100.0 % → 58.3 %` of a slice's pass rate, `: 0.85 → 0.35` of a checker's mean score. */
function sidesOf(family: FamilyGate, kind: 'slice' | 'checker', name: string): string {
  const slice = kind === 'slice' ? family.slices.find((one) => one.name === name) : undefined;
  if (slice?.baselineRate !== undefined && slice.rate !== undefined) return `: ${percent(slice.baselineRate)} → ${percent(slice.rate)}`;
  const checker = kind === 'checker' ? family.checkers.find((one) => one.name === name) : undefined;
  return checker?.baseline && checker.current ? `: ${checker.baseline.mean.toFixed(2)} → ${checker.current.mean.toFixed(2)}` : '';
}

/** `the judge prefers the baseline's answers: today's are preferred 12 times, 30 tie, 58 are worse`. */
function preferenceText(preference: FamilyGate['preference']): string {
  const tally = preference ? `: of today's, ${preference.wins} are preferred, ${preference.ties} tie, ${preference.losses} are worse` : '';
  return `the judge prefers the baseline's answers${tally}`;
}

/** 0.137 → `13.7 pp`, never below 0: the size of a drop. */
function size(drop = 0): string {
  return points(Math.max(0, drop)).replace('+', '');
}
