import { ExitCode } from '../errors.ts';
import type { Assessment, SampleClass, VerdictStatus, WaiverAssessment } from '../records/assessment.ts';
import type { Policy } from '../records/policy.ts';
import type { RunIndex } from '../records/run-index.ts';
import { assessmentSchemaVersion } from '../records/schema-versions.ts';
import { idsOf, tally } from './class-counts.ts';
import type { ComparisonInput } from './comparison.ts';
import { hasFamily, isDoubtful, isFlipped, optionsFor } from './confirmation.ts';
import { plannedRepeats, type SampleCounts, sampleCounts } from './counts.ts';
import { type ComparablePair, comparablePairs, type Decision, decide } from './decide.ts';
import { type DecideOptions, defaultDecideOptions } from './decide-options.ts';
import { detectableDrop } from './detectable-drop.ts';
import { type FamilyGate, familyGate } from './family.ts';
import { describeGates } from './gates.ts';
import { passRateInterval, type RateInterval } from './intervals.ts';
import { metricEffects } from './metric-effects.ts';
import { passKTable } from './pass-k.ts';
import type { PreferenceTally } from './preference-effect.ts';
import { reasonsFor } from './reasons.ts';
import { costOf, medianLatency, type RunState, runState } from './run-state.ts';
import { isMeasured, sampleRows, stored } from './sample-rows.ts';
import { settlement } from './settle.ts';
import { meanOf } from './values.ts';
import { applyWaivers } from './waivers.ts';
import { weightedScore } from './weighted-score.ts';

/** What `assess` judges; `stopReason` says that the run was stopped before its end, `preference` what a judge prefers. */
export type AssessInput = ComparisonInput & { stopReason?: string; preference?: PreferenceTally };

/**
 * The one verdict of a run against its baseline: numbers in, numbers and words out, the same for the same logs.
 * Never a pass for a run that is empty, partial, without verdicts or without a shared sample although a baseline exists.
 */
export function assess(given: AssessInput): Assessment {
  const { judged: input, waivers, waived } = applyWaivers(given);
  const { current, pool, baseline, policy } = input;
  const isBaselineLive = baseline.kind === 'agent';
  const counts = sampleCounts(current, pool);
  const state = runState(given.current, input.stopReason, waived);
  const compared = comparablePairs(counts, defaultDecideOptions);
  const { pairs } = compared;
  const options = optionsFor(policy, hasFamily(input, pairs));
  const decision = decide(counts, options, compared);
  const inflation = decision.suite?.guard?.inflation ?? 1;
  const family = familyGate({ ...input, pairs, inflation });
  const metrics = metricEffects(current, pool, policy.latencyMargin);
  const slowMetrics = metrics.filter(({ isDecisive, assessment }) => isDecisive && assessment.effect === 'regressed');
  const strict = strictFindings(policy, pairs);
  const open = [...new Set([...(decision.suite?.openSuspects ?? []), ...strict.open])].sort();
  const status = statusOf({ decision, family, isSlow: slowMetrics.length > 0, strict, open, hasBaseline: pool.length > 0, policy, options });
  const classes = classesOf({ status, decision, strict, open, counts, options, waived });
  const rate = passRateInterval(counts.flatMap((count) => count.current ?? []));
  const settle =
    status === 'inconclusive' ? settleText({ decision, pairs, pool, isBaselineLive, open, options, state, waived: waived.size }) : undefined;
  const rates = ratesOf(pairs);
  const namedSamples = idsOf(classes, 'regressed');
  const reasons = reasonsFor({
    ...{ status, decision, state, policy, options, family, slowMetrics, open, settle, rates },
    flipped: strict.flipped,
    named: namedSamples,
    waived: waived.size,
    passRate: rate?.rate,
    baselineRuns: pool.length,
    isBaselineLive,
    baseline,
  });
  const mde = drop(pairs, options, inflation);
  const score = weightedScore(current, pool);
  return {
    schemaVersion: assessmentSchemaVersion,
    suite: current.header?.suite ?? '',
    verdict: {
      status,
      reasons,
      ...exitCodes({ status, decision, state, policy, options, passRate: rate?.rate, flips: strict.flipped.length }),
      ...(mde === undefined ? {} : { minimalDetectableDrop: mde }),
      ...(decision.suite ? { excludedDrop: decision.suite.excludedDrop } : {}),
      complete: state.isComplete,
      gates: describeGates({
        ...{ status, decision, options, family, metrics, policy, baseline, settle },
        ...{ flipped: strict.flipped, repeats: meanRepeats(pairs), waived: waived.size },
      }),
    },
    run: describeRun(input, state),
    baseline,
    ...suiteEffectOf(decision, rates, pairs),
    ...(rate ? { passRate: rate.rate, passRateInterval: rate.interval } : {}),
    ...(score ? { score } : {}),
    ...passKOf(counts, current),
    checkers: family.checkers,
    metrics: metrics.map(({ assessment }) => assessment),
    slices: family.slices,
    counts: tally(classes),
    outcomes: state.outcomes,
    samples: sampleRows({ ...given, counts: waived.size === 0 ? counts : sampleCounts(given.current, given.pool), classes, suite: decision.suite }),
    ...toldOnlyWhereAsked(family, waivers),
    cost: costOf(given.current, isBaselineLive ? given.pool[0] : undefined, given.preference?.usage),
  };
}

function toldOnlyWhereAsked({ preference }: FamilyGate, waivers: WaiverAssessment[]): Pick<Assessment, 'preference' | 'waivers'> {
  return { ...(preference ? { preference } : {}), ...(waivers.length > 0 ? { waivers } : {}) };
}

interface StrictFindings {
  /** Confirmed flips from pass to fail. */
  flipped: string[];
  /** Doubtful samples that were not asked again. */
  open: string[];
  /** Samples that went from mostly failing to always passing. */
  better: string[];
}

function strictFindings(policy: Policy, pairs: readonly ComparablePair[]): StrictFindings {
  if (policy.mode !== 'strict') return { flipped: [], open: [], better: [] };
  const ids = (list: readonly ComparablePair[]): string[] => list.map(({ id }) => id);
  const isOpen = ({ counts }: ComparablePair): boolean => policy.confirm && isDoubtful(counts) && (counts.confirmation?.repeats ?? 0) === 0;
  return {
    flipped: ids(pairs.filter((pair) => isFlipped(pair.counts) && !isOpen(pair))),
    open: ids(pairs.filter(isOpen)),
    better: ids(pairs.filter(({ b, m, y, r }) => b * 2 <= m && y === r)),
  };
}

function statusOf(input: {
  decision: Decision;
  family: FamilyGate;
  isSlow: boolean;
  strict: StrictFindings;
  open: readonly string[];
  hasBaseline: boolean;
  policy: Policy;
  options: DecideOptions;
}): VerdictStatus {
  const { decision, family, isSlow, strict, open, hasBaseline, policy, options } = input;
  if (!hasBaseline) return 'no-baseline';
  if (!decision.suite) return 'inconclusive';
  if (decision.status === 'regressed' || family.isRed || isSlow || strict.flipped.length > 0) return 'regressed';
  if (policy.mode !== 'strict') return decision.status;
  if (open.length > 0 || isUntrustworthy(decision, options)) return 'inconclusive';
  return decision.status === 'improved' || strict.better.length > 0 ? 'improved' : 'no-change';
}

function passKOf(counts: readonly SampleCounts[], current: RunIndex): Pick<Assessment, 'passK'> {
  const passK = passKTable(counts, plannedRepeats(current));
  return passK.length > 0 ? { passK } : {};
}

/** Too many errors, or too few of the shared samples compared. */
function isUntrustworthy({ suite, compared, shared }: Decision, options: DecideOptions): boolean {
  return suite === undefined || suite.errors.isOn || compared < options.minComparedShare * shared;
}

/** The decision's own map where nothing is added: with 50,000 samples a copy is felt. */
function classesOf(input: {
  status: VerdictStatus;
  decision: Decision;
  strict: StrictFindings;
  open: readonly string[];
  counts: readonly SampleCounts[];
  options: DecideOptions;
  waived: ReadonlySet<string>;
}): ReadonlyMap<string, SampleClass> {
  const { status, decision, strict, open, counts, options, waived } = input;
  const added = new Map<string, SampleClass>();
  if (!decision.suite)
    for (const count of counts) if (count.current && isMeasured(count) && !decision.classes.has(count.id)) added.set(count.id, 'new');
  if (status === 'regressed') {
    for (const [id, adjusted] of decision.suite?.adjusted ?? []) if (adjusted <= options.alphaName) added.set(id, 'regressed');
  }
  for (const id of strict.better) added.set(id, 'fixed');
  for (const id of open) added.set(id, 'suspect');
  for (const id of strict.flipped) added.set(id, 'regressed');
  for (const id of waived) added.set(id, 'waived');
  return added.size === 0 ? decision.classes : new Map<string, SampleClass>([...decision.classes, ...added]);
}

interface ExitFacts {
  status: VerdictStatus;
  decision: Decision;
  state: RunState;
  policy: Policy;
  options: DecideOptions;
  passRate: number | undefined;
  flips: number;
}

/** What the policy demands of a run by itself, and that it is whole, no acceptance takes away. */
function exitCodes(facts: ExitFacts): Pick<Assessment['verdict'], 'exitCode' | 'acceptedExitCode'> {
  const exitCode = exitCodeOf(facts);
  if (facts.status !== 'regressed' || exitCode !== ExitCode.regression) return { exitCode };
  const failOn = facts.policy.failOn.filter((reason) => reason !== 'regressed');
  return { exitCode, acceptedExitCode: exitCodeOf({ ...facts, policy: { ...facts.policy, failOn }, flips: 0 }) };
}

/** 1 for a finding that fails, 3 for a run that cannot pass, else 0. */
function exitCodeOf(input: ExitFacts): ExitCode {
  const { status, decision, state, policy, options, passRate, flips } = input;
  const isBelow = policy.minPassRate !== undefined && passRate !== undefined && passRate < policy.minPassRate;
  const isWorse = status === 'regressed' && policy.failOn.includes('regressed');
  if (isWorse || isBelow || flips > 0 || state.criticalFailed.length > 0) return ExitCode.regression;
  const isPartial = !state.isComplete || state.withVerdict === 0 || state.criticalUnknown.length > 0;
  const isThin = state.measuredSamples < options.minComparedShare * state.samples;
  const isUnmatched = status === 'inconclusive' && isUntrustworthy(decision, options);
  if (isPartial || isThin || isUnmatched) return ExitCode.incomplete;
  return policy.failOn.some((reason) => reason === status) ? ExitCode.regression : ExitCode.pass;
}

function settleText(input: {
  decision: Decision;
  pairs: readonly ComparablePair[];
  pool: ComparisonInput['pool'];
  isBaselineLive: boolean;
  open: readonly string[];
  options: DecideOptions;
  state: RunState;
  waived: number;
}): string {
  const { decision, pairs, pool, isBaselineLive, open, options, state, waived } = input;
  const { suite } = decision;
  if (!state.isComplete) return 'a complete run';
  if (!suite && waived > 0 && state.samples === 0) return 'samples that are not waived';
  if (!suite && decision.shared === 0) return 'a baseline run with these samples';
  if (!suite)
    return state.outcomes.unscored > state.outcomes.error ? 'a run whose answers the checkers can score' : 'a run in which the agent answers';
  if (suite.errors.isOn || isUntrustworthy(decision, options)) return 'a run without these errors';
  if (suite.topUp === 'needed') return 'as many repeats again of every sample (topUp)';
  if (open.length > 0) return 'the confirmation re-runs of the suspicious samples';
  const { baseline: m, current: r } = meanRepeats(pairs);
  return settlement(suite, { samples: pairs.length, m, r, runs: pool.length, isLive: isBaselineLive }, options);
}

/** With a margin gate A needs the drop to exceed it as well. */
function drop(pairs: readonly ComparablePair[], options: DecideOptions, inflation: number): number | undefined {
  const found = detectableDrop(pairs, { r: meanRepeats(pairs).current, alpha: options.alphaSuite, inflation });
  return found === undefined ? undefined : Math.min(1, found + options.margin);
}

function meanRepeats(pairs: readonly ComparablePair[]): { baseline: number; current: number } {
  return { baseline: meanOf(pairs.map(({ m }) => m)) ?? 0, current: meanOf(pairs.map(({ r }) => r)) ?? 0 };
}

function ratesOf(pairs: readonly ComparablePair[]): { baseline: number; current: number } | undefined {
  const baseline = meanOf(pairs.map(({ b, m }) => b / m));
  const current = meanOf(pairs.map(({ y, r }) => y / r));
  if (baseline === undefined || current === undefined) return undefined;
  return { baseline: Math.min(1, baseline), current: Math.min(1, current) };
}

function suiteEffectOf(
  { suite }: Decision,
  rates: { baseline: number; current: number } | undefined,
  pairs: readonly ComparablePair[],
): Pick<Assessment, 'suiteEffect'> {
  if (!suite || !rates) return {};
  const own: RateInterval | undefined = passRateInterval(pairs.map(({ y, r }) => ({ passes: y, repeats: r })));
  return {
    suiteEffect: {
      baselineRate: rates.baseline,
      rate: rates.current,
      ...(own ? { rateInterval: own.interval } : {}),
      change: suite.change,
      interval: suite.interval,
      pWorse: stored(suite.pWorse),
      pBetter: stored(suite.pBetter),
    },
  };
}

function describeRun({ current }: AssessInput, state: RunState): Assessment['run'] {
  const { header, end } = current;
  const agent = header && (header.agent.endpoint ?? header.agent.type);
  const latencyMs = medianLatency(current);
  return {
    ...(header ? { runId: header.runId, startedAt: header.startedAt } : {}),
    ...(header?.git?.sha === undefined ? {} : { sha: header.git.sha }),
    ...(header?.importedFrom === undefined ? {} : { importedFrom: header.importedFrom }),
    ...(end && header?.importedFrom === undefined ? { durationMs: end.durationMs } : {}),
    ...(agent === undefined ? {} : { agent }),
    repeats: plannedRepeats(current),
    ...(latencyMs === undefined ? {} : { latencyMs }),
    ...(state.stopReason === undefined ? {} : { stopReason: state.stopReason }),
  };
}
