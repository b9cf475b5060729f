import type { BaselineInfo, VerdictStatus } from '../records/assessment.ts';
import type { Policy } from '../records/policy.ts';
import { sharedAlpha } from './confirmation.ts';
import type { Decision, SuiteDecision } from './decide.ts';
import type { DecideOptions } from './decide-options.ts';
import type { FamilyGate } from './family.ts';
import { isAtMost } from './hypergeometric.ts';
import type { MetricEffect } from './metric-effects.ts';
import { stored } from './sample-rows.ts';
import { extraRepeats } from './screening.ts';
import { counted, points, probability } from './words.ts';

/** What the gates came to. */
export interface GateFacts {
  status: VerdictStatus;
  decision: Decision;
  options: DecideOptions;
  family: FamilyGate;
  metrics: readonly MetricEffect[];
  /** Mean repeats of the compared samples. */
  repeats: { baseline: number; current: number };
  policy: Policy;
  baseline: Pick<BaselineInfo, 'kind'>;
  /** Confirmed flips of the strict mode. */
  flipped: readonly string[];
  /** Samples that are not judged for a time. */
  waived: number;
  settle: string | undefined;
}

/**
 * How the verdict was decided, as plain data: an entry per gate or guard, each with its numbers and a `summary` for a reader who
 * knows no statistics, the name of the method in brackets. Keys are stable; what does not apply is left out.
 */
export function describeGates(facts: GateFacts): Record<string, unknown> {
  const { decision, options, family, repeats, settle } = facts;
  const { suite, compared, shared } = decision;
  const waived = describeWaived(facts.waived);
  if (!suite) {
    const none =
      shared === 0 ? 'nothing: no sample is on both sides with the same content' : `none of the ${counted(shared, 'sample')} on both sides`;
    return { compared: { summary: `compared: ${none}`, compared, shared }, ...waived };
  }
  return {
    decidedBy: describeDecision(facts, suite),
    compared: {
      summary: `compared: ${compared} of the ${counted(shared, 'sample')} on both sides, with ${round(repeats.current)} ${repeats.current === 1 ? 'answer' : 'answers'} each on average against ${round(repeats.baseline)} of the baseline`,
      compared,
      shared,
      repeats,
    },
    suite: describeSuiteGate(suite, options),
    samples: describeSampleGate(suite, options, repeats),
    family: describeFamily(family),
    ...describeTimes(facts),
    ...describeStrict(facts),
    history: describeHistory(suite, facts),
    errors: describeErrors(suite, options),
    ...waived,
    ...(settle === undefined ? {} : { settle }),
  };
}

/** The gates that are red, the one that the reasons name first at the start. */
function describeDecision(facts: GateFacts, suite: SuiteDecision): Record<string, unknown> {
  const { family, metrics, flipped } = facts;
  const red = [
    ...(flipped.length > 0 ? ['strict mode'] : []),
    ...(suite.isGateB ? ['single samples'] : []),
    ...(suite.isGateA ? ['the whole suite'] : []),
    ...(family.isRed ? ['slices and secondary checkers'] : []),
    ...(metrics.some(isSlow) ? ['latency'] : []),
  ];
  const [first, ...others] = red;
  if (first !== undefined) {
    const also = others.length > 0 ? `; red as well: ${others.join(', ')}` : '; nothing else is red';
    return { summary: `what decided: ${first}${also}`, gates: red };
  }
  return { summary: `what decided: ${withoutRed(facts, suite)}`, gates: [] };
}

function withoutRed({ status, policy, options, decision }: GateFacts, suite: SuiteDecision): string {
  const isStrict = policy.mode === 'strict';
  const limit = wholePoints(Math.max(options.noChangeDrop, options.margin));
  if (status === 'improved') return isStrict ? 'samples that pass now; nothing is red' : 'the whole suite, which rose beyond chance; nothing is red';
  if (status === 'no-change') return isStrict ? 'nothing is red' : `nothing is red, and a drop of ${limit} or more is excluded`;
  // In strict mode nothing but an open question is inconclusive, such as a flip that was not asked again.
  return isStrict || isOpen(suite, decision, options)
    ? 'nothing is red, and something is missing for any other verdict'
    : `nothing is red, but a drop of ${limit} is not excluded`;
}

function isOpen(suite: SuiteDecision, { compared, shared }: Decision, options: DecideOptions): boolean {
  return suite.errors.isOn || compared < options.minComparedShare * shared || suite.openSuspects.length > 0 || suite.topUp === 'needed';
}

function describeSuiteGate(suite: SuiteDecision, options: DecideOptions): Record<string, unknown> {
  return {
    summary: `whole suite: ${suiteSentence(suite, options)} (exact within-sample permutation test)`,
    isRed: suite.isGateA,
    pWorse: stored(suite.pWorse),
    pBetter: stored(suite.pBetter),
    alpha: options.alphaSuite,
    margin: options.margin,
    change: suite.change,
    standardError: suite.standardError,
    interval: suite.interval,
    ...(suite.topUp === undefined ? {} : { topUp: suite.topUp }),
    ...(suite.pCumulative === undefined ? {} : { pCumulative: stored(suite.pCumulative) }),
  };
}

function suiteSentence(suite: SuiteDecision, { alphaSuite, isToppingUp, topUpNow, topUpFinal, margin }: DecideOptions): string {
  const { pWorse, pBetter, topUp, pCumulative } = suite;
  if (pBetter < pWorse) {
    const isBetter = isAtMost(pBetter, alphaSuite);
    return `if nothing had changed, so high a pass rate would come up ${howOften(pBetter)}; better takes ${share(alphaSuite)} or less: ${isBetter ? 'better' : 'not better'}`;
  }
  const first = `if nothing had changed, so low a pass rate would come up ${howOften(pWorse)}`;
  if (topUp === 'needed') return `${first}; that is a grey result, and the top-up that settles it did not run: not red`;
  const isDone = pCumulative !== undefined;
  const more = isDone ? `; that is a grey result, so every sample was asked as often again (top-up): with all answers ${howOften(pCumulative)}` : '';
  const level = isDone ? topUpFinal * alphaSuite : isToppingUp ? topUpNow * alphaSuite : alphaSuite;
  const also = margin > 0 ? ` and a drop that surely exceeds the margin of ${wholePoints(margin)}` : '';
  return `${first}${more}; red takes ${share(level)} or less${also}: ${suite.isGateA ? 'red' : 'not red'}`;
}

function describeSampleGate(suite: SuiteDecision, options: DecideOptions, repeats: GateFacts['repeats']): Record<string, unknown> {
  const smallest = suite.adjusted.size > 0 ? Math.min(1, ...suite.adjusted.values()) : undefined;
  return {
    summary: `single samples: ${sampleSentence(suite, options, repeats, smallest)}`,
    isRed: suite.isGateB,
    alpha: options.alphaSample,
    plan: [...suite.plan].map(([sample, more]) => ({ sample, extraRepeats: more })),
    open: suite.openSuspects,
    ...(smallest === undefined ? {} : { adjusted: stored(smallest) }),
  };
}

/** Whether samples were asked again, then what all their answers say. */
function sampleSentence(
  suite: SuiteDecision,
  options: DecideOptions,
  { baseline, current }: GateFacts['repeats'],
  smallest: number | undefined,
): string {
  const { plan, finalP } = suite;
  const tested = finalP.size === 0 ? '' : `; ${found(suite, options, smallest)}`;
  if (!options.isConfirming) return `none is asked again (\`confirm\` is off), so the first answers must do${tested}`;
  if (plan.size > 0) return `${asked(suite, options)}${tested}`;
  const [m, r] = [Math.max(1, Math.round(baseline)), Math.max(1, Math.round(current))];
  return extraRepeats(m, r, options) === 0
    ? `${counted(m, 'answer')} of the baseline ${m === 1 ? 'is' : 'are'} too few to name one`
    : `none fell by ${wholePoints(options.screenDrop)} or more and beyond ordinary chance, so none was asked again`;
}

function asked({ plan, openSuspects }: SuiteDecision, options: DecideOptions): string {
  const more = [...new Set(plan.values())].sort((a, b) => a - b);
  const times = more.length > 1 ? `${more[0]} to ${more.at(-1)}` : `${more[0]}`;
  const missing = openSuspects.length > 0 ? `; for ${openSuspects.length} of them these answers are missing` : '';
  const verb = plan.size === 1 ? 'is' : 'are';
  return `${plan.size} fell by ${wholePoints(options.screenDrop)} or more and ${verb} asked again, ${times} times${plan.size === 1 ? '' : ' each'}${missing}`;
}

function found(suite: SuiteDecision, options: DecideOptions, smallest: number | undefined): string {
  const method = "(Fisher's test, discrete Benjamini–Hochberg over all samples)";
  if (smallest === undefined) return `by all its answers none is worse beyond chance: not red ${method}`;
  const evidence = `by all its answers the clearest one is worse, and of names given on such evidence no more than ${wrongShare(smallest)} wrong`;
  const rule = options.isNamingDecisive
    ? `red takes ${share(options.alphaSample)} or less: ${suite.isGateB ? 'red' : 'not red'}`
    : 'with a margin this names samples but does not decide';
  return `${evidence}; ${rule} ${method}`;
}

function wrongShare(adjusted: number): string {
  return adjusted < 0.0001 ? `1 in 10,000 (adjusted ${probability(adjusted)}) are` : `${share(adjusted)} (adjusted ${probability(adjusted)}) are`;
}

function describeFamily({ size, isRed, worse }: FamilyGate): Record<string, unknown> {
  const names = worse.length > 0 ? `, ${counted(worse.length, 'test')} of them` : '';
  return {
    summary:
      size === 0
        ? 'slices and secondary checkers: none tested'
        : `slices and secondary checkers: ${counted(size, 'test')} like that of the whole suite; the more there are, the more evidence each needs, so that all together are wrong in ${share(sharedAlpha)} at most: ${isRed ? 'red' : 'not red'}${names} (Holm's correction)`,
    isRed,
    tests: size,
    alpha: sharedAlpha,
  };
}

function isSlow({ isDecisive, assessment }: MetricEffect): boolean {
  return isDecisive && assessment.effect === 'regressed';
}

/** Times only; tokens and cost never decide. */
function describeTimes({ metrics }: GateFacts): Record<string, unknown> {
  const times = metrics.filter(({ assessment }) => assessment.name === 'latencyMs' || assessment.name === 'firstByteMs');
  const [first] = times;
  if (!first) return {};
  const isRed = times.some(isSlow);
  const tested = times.filter(({ isDecisive }) => isDecisive).length;
  const summary =
    tested === 0
      ? 'latency: reported only, as it takes 3 baseline runs to see how much it moves by itself'
      : `latency: red takes growth beyond ${share(first.margin)} that the movement between baseline runs does not explain: ${isRed ? 'red' : 'not red'} (t-test on logarithms, Holm's correction)`;
  return { latency: { summary, isRed, tests: tested } };
}

function describeStrict({ policy, flipped }: GateFacts): Record<string, unknown> {
  if (policy.mode !== 'strict') return {};
  const isRed = flipped.length > 0;
  return {
    strict: {
      summary: `strict mode: ${counted(flipped.length, 'sample')} that mostly passed now mostly ${flipped.length === 1 ? 'fails' : 'fail'}, on all answers together; one is enough: ${isRed ? 'red' : 'not red'}`,
      isRed,
      flipped: [...flipped],
    },
  };
}

function describeHistory({ guard }: SuiteDecision, { baseline }: GateFacts): Record<string, unknown> {
  if (!guard) {
    const isLive = baseline.kind === 'agent';
    return {
      summary: isLive
        ? 'movement between runs: does not matter, as both agents were asked side by side; that the answers of one run are independent is assumed'
        : 'movement between baseline runs: unknown; it takes 3 of them, equally long, in which 4 of 5 samples have all their answers',
      isKnown: false,
    };
  }
  const alike = guard.isOn
    ? `the answers of one run resemble each other (correlation ${round(guard.rho)})`
    : 'the answers of one run look independent';
  const allowed = guard.inflation > 1 ? `; the noise of the change is counted ${round(Math.sqrt(guard.inflation))} times for it` : '';
  return {
    summary: `movement between baseline runs: ${alike}; beyond chance the whole suite moves by ${points(guard.tau).replace('+', '')}${allowed}`,
    isKnown: true,
    ...guard,
    p: stored(guard.p),
  };
}

function describeErrors({ errors }: SuiteDecision, { errorDifference }: DecideOptions): Record<string, unknown> {
  const { p, difference, isOn } = errors;
  const told =
    p === 1 && difference === 0
      ? 'none on either side'
      : `${points(difference)} against the baseline (${probability(p)}), ${isOn ? 'too many more to trust the rest: failures may hide behind them' : `not beyond chance or less than ${wholePoints(errorDifference)}`}`;
  return { summary: `answers without a verdict: ${told}`, ...errors, p: stored(p) };
}

function describeWaived(samples: number): Record<string, unknown> {
  if (samples === 0) return {};
  return { waived: { summary: `waived: ${counted(samples, 'sample')} left out of all of this, on both sides`, samples } };
}

/** `in 3.4 % of such comparisons (p = 0.034)`. */
function howOften(p: number): string {
  return p < 0.0001 ? 'in fewer than 1 of 10,000 such comparisons (p < 0.0001)' : `in ${share(p)} of such comparisons (${probability(p)})`;
}

/** 0.3 → `30 points`, of percentage points. */
function wholePoints(change: number): string {
  return `${Number((change * 100).toPrecision(2))} points`;
}

/** 0.005 → `0.5 %`. */
function share(p: number): string {
  return `${Number((p * 100).toPrecision(2))} %`;
}

function round(value: number): string {
  return String(Number(value.toFixed(2)));
}
