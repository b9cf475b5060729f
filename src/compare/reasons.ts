import type { VerdictStatus } from '../records/assessment.ts';
import type { Policy } from '../records/policy.ts';
import type { Decision, SuiteDecision } from './decide.ts';
import type { DecideOptions } from './decide-options.ts';
import type { FamilyGate } from './family.ts';
import type { MetricEffect } from './metric-effects.ts';
import { named } from './quote.ts';
import type { RunState } from './run-state.ts';
import { counted, listed, percent, points, pointsRange, probability } from './words.ts';

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
  baselineReason: string | undefined;
  /** What would settle an inconclusive comparison. */
  settle: string | undefined;
}

/** The verdict in words, the deciding reason first, then what limits it. Names of samples stand between backticks. */
export function reasonsFor(facts: VerdictFacts): string[] {
  const demands = demandReasons(facts);
  const main = statusReasons(facts);
  const reasons = facts.status === 'regressed' ? [...main, ...demands] : [...demands, ...main];
  const partial = partialReasons(facts.state);
  // What was measured says nothing good as long as the run is partial.
  return facts.status === 'regressed' || demands.length > 0 ? [...reasons, ...partial, ...limits(facts)] : [...partial, ...reasons, ...limits(facts)];
}

function demandReasons({ state, policy, passRate }: VerdictFacts): string[] {
  const reasons: string[] = [];
  const { criticalFailed, criticalUnknown } = state;
  if (criticalFailed.length > 0) {
    reasons.push(`critical ${counted(criticalFailed.length, 'sample')} failed: ${listed(criticalFailed.map(named))}`);
  }
  if (policy.minPassRate !== undefined && passRate !== undefined && passRate < policy.minPassRate) {
    reasons.push(`the pass rate ${percent(passRate)} is below the required ${percent(policy.minPassRate)}`);
  }
  if (criticalUnknown.length > 0) {
    reasons.push(`nothing is known of critical ${counted(criticalUnknown.length, 'sample')}: ${listed(criticalUnknown.map(named))}`);
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
  if (state.withVerdict === 0) reasons.push(`no slot has a verdict: ${state.outcomes.error} errors, ${state.outcomes.unscored} unscored`);
  return reasons;
}

function statusReasons(facts: VerdictFacts): string[] {
  switch (facts.status) {
    case 'regressed':
      return regressedReasons(facts);
    case 'improved':
      return improvedReasons(facts);
    case 'no-change':
      return [noChangeReason(facts)];
    case 'inconclusive':
      return [...doubts(facts), ...(facts.settle === undefined ? [] : [`what would settle it: ${facts.settle}`])];
    case 'no-baseline':
      return [
        facts.baselineReason === undefined ? 'there is no baseline to compare with' : `there is no baseline to compare with: ${facts.baselineReason}`,
      ];
    default:
      return facts.status satisfies never;
  }
}

function regressedReasons(facts: VerdictFacts): string[] {
  const { decision, family, slowMetrics, flipped, policy } = facts;
  const { suite, compared } = decision;
  const reasons: string[] = [];
  if (flipped.length > 0) reasons.push(`${counted(flipped.length, 'sample')} flipped from pass to fail: ${listed(flipped.map(named))}`);
  if (suite?.isGateB) {
    const smallest = Math.min(...suite.adjusted.values());
    const how = policy.confirm ? ', confirmed by re-runs' : '';
    reasons.push(
      `${facts.named.length} of ${counted(compared, 'sample')} regressed${how} (adjusted ${probability(smallest)}): ${listed(facts.named.map(named))}`,
    );
  }
  if (suite?.isGateA) reasons.push(`the pass rate fell ${rateText(facts, suite)}`);
  for (const { kind, name, p } of family.worse) reasons.push(`the ${kind} ${named(name)} got worse (${probability(p)})`);
  for (const { assessment, margin } of slowMetrics) {
    const { name, ratio = 1, interval } = assessment;
    const range = interval ? `, 95 % interval ${grown(interval[0])} … ${grown(interval[1])}` : '';
    reasons.push(`${named(name)} grew by ${grown(ratio)}${range}; ${percent(margin)} is allowed`);
  }
  return reasons;
}

function improvedReasons(facts: VerdictFacts): string[] {
  const { suite } = facts.decision;
  if (facts.policy.mode === 'strict') return ['samples went from fail to pass, and none from pass to fail'];
  return suite ? [`the pass rate rose ${rateText(facts, suite)}`] : [];
}

function noChangeReason({ decision, policy, options }: VerdictFacts): string {
  const { suite, compared } = decision;
  if (policy.mode === 'strict') return `none of ${counted(compared, 'sample')} flipped from pass to fail`;
  const limit = Math.max(options.noChangeDrop, options.margin);
  return `drops above ${percent(Math.max(0, suite?.excludedDrop ?? 0))} are excluded with 95 % confidence (the limit is ${percent(limit)})`;
}

function doubts(facts: VerdictFacts): string[] {
  const { decision, state, options, open } = facts;
  const { suite, compared, shared } = decision;
  if (!suite) {
    return [
      shared > 0
        ? `none of the ${counted(shared, 'shared sample')} has enough repeats with a verdict`
        : 'no sample of this run is in the baseline with the same content',
    ];
  }
  const reasons: string[] = [];
  if (suite.errors.isOn) {
    reasons.push(`slots without a verdict rose by ${points(suite.errors.difference)} (${probability(suite.errors.p)}), which may hide failures`);
  }
  if (compared < options.minComparedShare * shared) reasons.push(`only ${compared} of ${counted(shared, 'shared sample')} could be compared`);
  if (open.length > 0) reasons.push(`${counted(open.length, 'suspicious sample')} not re-run yet: ${listed(open.map(named))}`);
  if (reasons.length === 0 && state.isComplete) {
    const drop = percent(Math.max(0, suite.excludedDrop));
    reasons.push(`a drop of up to ${drop} is neither shown nor excluded: pass rate ${rateText(facts, suite)}`);
  }
  return reasons;
}

function limits({ status, decision, baselineRuns, state }: VerdictFacts): string[] {
  const reasons: string[] = [];
  if (decision.suite && baselineRuns < 3) {
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
  return `${sides}(${points(suite.change)}, 95 % interval ${pointsRange(suite.interval)}, ${probability(Math.min(suite.pWorse, suite.pBetter))})`;
}

/** 1.24 → `+24.0 %`. */
function grown(ratio: number): string {
  const text = percent(ratio - 1);
  return ratio > 1 ? `+${text}` : text;
}
