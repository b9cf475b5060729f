import { sharedAlpha } from './confirmation.ts';
import type { Decision } from './decide.ts';
import type { DecideOptions } from './decide-options.ts';
import type { FamilyGate } from './family.ts';
import { stored } from './sample-rows.ts';
import { counted, percent, points, probability } from './words.ts';

/** How the verdict was decided, as plain data: an entry per gate or guard, each with a `summary` for a reader and its numbers. */
export function describeGates(input: {
  decision: Decision;
  options: DecideOptions;
  family: FamilyGate;
  repeats: { baseline: number; current: number };
  settle: string | undefined;
}): Record<string, unknown> {
  const { decision, options, family, repeats, settle } = input;
  const { suite, compared, shared } = decision;
  if (!suite) return { compared: { summary: `compared: none of ${counted(shared, 'shared sample')}`, compared, shared } };
  return {
    compared: {
      summary: `compared: ${compared} of ${counted(shared, 'shared sample')}, ${round(repeats.current)} repeats each against ${round(repeats.baseline)} of the baseline on average`,
      compared,
      shared,
      repeats,
    },
    suite: describeSuiteGate(suite, options),
    samples: describeSampleGate(suite, options),
    family: {
      summary:
        family.size === 0
          ? 'slices and secondary checkers: none tested'
          : `slices and secondary checkers: ${counted(family.size, 'test')} of the same kind, corrected by Holm at ${sharedAlpha}: ${family.isRed ? 'red' : 'not red'}`,
      isRed: family.isRed,
      tests: family.size,
      alpha: sharedAlpha,
    },
    history: describeHistory(suite),
    errors: {
      summary: `slots without a verdict: ${points(suite.errors.difference)} against the baseline (${probability(suite.errors.p)})${suite.errors.isOn ? ', too many to trust the rest' : ''}`,
      ...suite.errors,
      p: stored(suite.errors.p),
    },
    ...(settle === undefined ? {} : { settle }),
  };
}

function describeSuiteGate(suite: NonNullable<Decision['suite']>, options: DecideOptions): Record<string, unknown> {
  const margin = options.margin > 0 ? ` and a drop credibly above ${percent(options.margin)}` : '';
  return {
    summary: `whole suite: exact within-sample permutation test, ${probability(suite.pWorse)} for worse and ${probability(suite.pBetter)} for better; red needs p ≤ ${options.alphaSuite}${margin}: ${suite.isGateA ? 'red' : 'not red'}`,
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

function describeSampleGate(suite: NonNullable<Decision['suite']>, options: DecideOptions): Record<string, unknown> {
  const smallest = suite.adjusted.size > 0 ? Math.min(...suite.adjusted.values()) : undefined;
  const found = smallest === undefined ? 'none came near' : `smallest adjusted ${probability(smallest)}`;
  const asked = options.isConfirming ? `${counted(suite.plan.size, 'suspicious sample')} to re-run, ${suite.openSuspects.length} of them open; ` : '';
  const role = options.isNamingDecisive ? `red needs ≤ ${options.alphaSample}` : 'names only, as a margin is tolerated';
  return {
    summary: `single samples: ${asked}Fisher's test on all repeats with discrete Benjamini–Hochberg over all samples, ${found}; ${role}: ${suite.isGateB ? 'red' : 'not red'}`,
    isRed: suite.isGateB,
    alpha: options.alphaSample,
    plan: [...suite.plan].map(([sample, extraRepeats]) => ({ sample, extraRepeats })),
    open: suite.openSuspects,
    ...(smallest === undefined ? {} : { adjusted: stored(Math.min(1, smallest)) }),
  };
}

function describeHistory({ guard }: NonNullable<Decision['suite']>): Record<string, unknown> {
  if (!guard) return { summary: 'movement between baseline runs: unknown, it needs 3 runs with the same repeats', isKnown: false };
  const correlated = guard.isOn ? `repeats of one run are alike (correlation ${round(guard.rho)})` : 'repeats of one run look independent';
  return {
    summary: `movement between baseline runs: ${correlated}; the whole suite moves by ${points(guard.tau).replace('+', '')}; variance counted ${round(guard.inflation)} times`,
    isKnown: true,
    ...guard,
    p: stored(guard.p),
  };
}

function round(value: number): string {
  return String(Number(value.toFixed(2)));
}
