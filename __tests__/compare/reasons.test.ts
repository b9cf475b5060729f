import { describe, expect, test } from 'vitest';
import type { Decision, SuiteDecision } from '../../src/compare/decide.ts';
import { defaultDecideOptions } from '../../src/compare/decide-options.ts';
import type { FamilyGate } from '../../src/compare/family.ts';
import { reasonsFor, type VerdictFacts } from '../../src/compare/reasons.ts';
import type { RunState } from '../../src/compare/run-state.ts';
import { defaultPolicy } from '../../src/records/policy.ts';

/** Numbers of a suite that fell by 7.2 points, of which no gate is red. */
function suiteOf(more: Partial<SuiteDecision> = {}): SuiteDecision {
  return {
    ...{ isGateA: false, isGateB: false, pWorse: 0.2, pBetter: 0.8, change: -0.072, standardError: 0.02, interval: [-0.11, -0.035] },
    ...{ excludedDrop: 0.08, plan: new Map(), openSuspects: [], finalP: new Map(), adjusted: new Map() },
    errors: { p: 1, difference: 0, isOn: false },
    ...more,
  };
}

const noFamily: FamilyGate = { isRed: false, worse: [], size: 0, slices: [], checkers: [] };
const wholeRun: RunState = {
  ...{ outcomes: { pass: 30, fail: 0, error: 0, unscored: 0, skipped: 0 }, withVerdict: 30, planned: 30, missing: 0 },
  ...{ measuredSamples: 10, samples: 10, isComplete: true, criticalFailed: [], criticalUnknown: [] },
};

type Given = Partial<Omit<VerdictFacts, 'decision' | 'state'>> & {
  decision?: Partial<Omit<Decision, 'suite'>> & { suite?: SuiteDecision | undefined };
  state?: Partial<RunState>;
};

/** The reasons of a whole run of ten samples against three baseline runs, in which nothing is worth a word. */
function tell({ decision, state, ...more }: Given): string[] {
  const { suite, ...rest } = { suite: suiteOf(), ...decision };
  return reasonsFor({
    ...{ status: 'no-change', policy: defaultPolicy, options: defaultDecideOptions, family: noFamily, slowMetrics: [] },
    ...{ flipped: [], open: [], named: [], passRate: 0.9, rates: { baseline: 0.914, current: 0.842 }, baselineRuns: 3 },
    ...{ isBaselineLive: false, baseline: { kind: 'path', runs: 3 }, waived: 0, settle: undefined },
    ...more,
    decision: { status: 'no-change', classes: new Map(), compared: 10, shared: 10, ...(suite ? { suite } : {}), ...rest },
    state: { ...wholeRun, ...state },
  });
}

const fell = '91.4 % → 84.2 % (−7.2 pp, 95 % interval −11.0 … −3.5)';
const noDrop = 'no drop of the pass rate beyond chance was found; one of more than 8.0 pp is excluded with 95 % confidence (the limit is 10.0 pp)';

describe('the reasons of a regression', () => {
  const red = (more: Given) => tell({ status: 'regressed', ...more });

  test('name flips, samples and the suite, in this order', () => {
    const decision = { suite: suiteOf({ isGateA: true, isGateB: true }) };
    expect(red({ decision, flipped: ['s1'], named: ['s1', 's2', 's3', 's4', 's5'] })).toEqual([
      '1 sample flipped from pass to fail: `s1`',
      '5 of 10 samples regressed, confirmed by re-runs: `s1`, `s2`, `s3` and 2 more',
      `the pass rate fell ${fell}`,
    ]);
  });

  test('claim no re-runs where there are none, and no rates where none are known', () => {
    const policy = { ...defaultPolicy, confirm: false };
    expect(red({ decision: { suite: suiteOf({ isGateB: true }) }, named: ['s1'], policy })).toEqual(['1 of 10 samples regressed: `s1`']);
    expect(red({ decision: { suite: suiteOf({ isGateA: true }) }, rates: undefined })).toEqual([
      'the pass rate fell (−7.2 pp, 95 % interval −11.0 … −3.5)',
    ]);
  });

  test('name the slice, the checker or the preference that got worse, with both sides where they are known', () => {
    const family = (kind: 'slice' | 'checker' | 'preference', name: string, more: Partial<FamilyGate> = {}): FamilyGate => ({
      ...noFamily,
      ...{ isRed: true, worse: [{ kind, name, p: 0.001 }], size: 1 },
      slices: [
        { name: 'other', samples: 5, baselineRate: 0, rate: 0, effect: 'unchanged' },
        { name: 'refund', samples: 5, baselineRate: 1, rate: 0.5833, effect: 'regressed' },
        { name: 'half-known', samples: 5, baselineRate: 1, effect: 'regressed' },
      ],
      checkers: [
        { name: 'tone', baseline: { mean: 0.85, n: 9 }, current: { mean: 0.349, n: 9 }, effect: 'regressed' },
        { name: 'refund', baseline: { mean: 0.1, n: 9 }, current: { mean: 0, n: 9 }, effect: 'regressed' },
        { name: 'fresh', current: { mean: 0.2, n: 9 }, effect: 'regressed' },
      ],
      ...more,
    });
    const told = (...given: Parameters<typeof family>) => red({ family: family(...given) });
    expect(told('slice', 'refund')).toEqual(['the slice `refund` got worse: 100.0 % → 58.3 %']);
    expect(told('slice', 'half-known')).toEqual(['the slice `half-known` got worse']);
    expect(told('checker', 'tone')).toEqual(['the checker `tone` got worse: 0.85 → 0.35']);
    expect(told('checker', 'refund')).toEqual(['the checker `refund` got worse: 0.10 → 0.00']);
    expect(told('checker', 'fresh')).toEqual(['the checker `fresh` got worse']);
    // A slice that bears the name of a checker has none of its numbers.
    expect(told('slice', 'tone')).toEqual(['the slice `tone` got worse']);
    const preference = { samples: 10, wins: 2, ties: 3, losses: 5, effect: 'regressed' as const };
    expect(told('preference', 'preference', { preference })).toEqual([
      "the judge prefers the baseline's answers: of today's, 2 are preferred, 3 tie, 5 are worse",
    ]);
    expect(told('preference', 'preference')).toEqual(["the judge prefers the baseline's answers"]);
  });

  test('say what grew slower, by how much, and what is allowed', () => {
    const slow = (name: string, interval?: [number, number]) => {
      const assessment = { name, ratio: 1.24, effect: 'regressed' as const, ...(interval ? { interval } : {}) };
      return red({ slowMetrics: [{ assessment, isDecisive: true, margin: 0.1 }] });
    };
    expect(slow('latencyMs', [1.1, 1.4])).toEqual(['the latency grew by 24.0 % (95 % interval 10.0 % … 40.0 %); 10.0 % is allowed']);
    expect(slow('firstByteMs')).toEqual(['the time to the first byte grew by 24.0 %; 10.0 % is allowed']);
    expect(slow('costUsd')).toEqual(['`costUsd` grew by 24.0 %; 10.0 % is allowed']);
  });

  test('come before what the policy demands; in any other verdict the demands come first', () => {
    const state = { criticalFailed: ['vip'], criticalUnknown: ['a', 'b'] };
    const demands = ['1 critical sample failed: `vip`', 'nothing is known of 2 critical samples: `a`, `b`'];
    const fallen = `the pass rate fell ${fell}`;
    expect(red({ decision: { suite: suiteOf({ isGateA: true }) }, state })).toEqual([fallen, ...demands]);
    expect(tell({ state })).toEqual([...demands, noDrop]);
  });

  test('come before what is missing, which comes first where nothing is wrong', () => {
    const state = { isComplete: false, missing: 1, planned: 30 };
    const partial = 'the run is incomplete: 1 of 30 slots is missing';
    expect(red({ decision: { suite: suiteOf({ isGateA: true }) }, state })).toEqual([`the pass rate fell ${fell}`, partial]);
    expect(tell({ state: { ...state, criticalFailed: ['vip'] } })).toEqual(['1 critical sample failed: `vip`', noDrop, partial]);
    expect(tell({ state })).toEqual([partial, noDrop]);
  });

  test('say where it does not come from: nobody changed the code', () => {
    const baseline = { kind: 'path' as const, runs: 3, isSameCommit: true };
    const drift = 'same commit as the baseline: what changed is the endpoint, the model or the data';
    expect(red({ decision: { suite: suiteOf({ isGateA: true }) }, baseline }).at(-1)).toBe(drift);
    expect(tell({ status: 'improved', baseline })).toEqual([`the pass rate rose ${fell}`, drift]);
    expect(tell({ baseline })).toEqual([noDrop]);
  });
});

describe('what the policy demands', () => {
  test('is told with the pass rate only where that is below the required one', () => {
    const demanded = (minPassRate: number, passRate: number | undefined) => tell({ policy: { ...defaultPolicy, minPassRate }, passRate });
    expect(demanded(0.95, 0.9)).toEqual(['the pass rate 90.0 % is below the required 95.0 %', noDrop]);
    expect(demanded(0.9, 0.9)).toEqual([noDrop]);
    expect(demanded(0.9, undefined)).toEqual([noDrop]);
  });
});

describe('what is missing', () => {
  const partial = (state: Partial<RunState>, more: Given = {}) => tell({ state: { isComplete: false, ...state }, ...more })[0];

  test('is told with the reason, whose marks cannot end the phrase, and with the number of slots', () => {
    expect(partial({ missing: 20, planned: 150, stopReason: 'the "budget" `spent`' })).toBe(
      "the run is incomplete (the 'budget' 'spent'): 20 of 150 slots are missing",
    );
    expect(partial({ missing: 0, stopReason: 'signal' })).toBe('the run is incomplete (signal)');
  });

  test('is everything where no slot has a verdict, or no sample is', () => {
    const outcomes = { pass: 0, fail: 0, error: 7, unscored: 2, skipped: 0 };
    expect(tell({ state: { withVerdict: 0, outcomes } })[0]).toBe('no slot has a verdict: 7 errors, 2 unscored');
    expect(tell({ state: { withVerdict: 0, outcomes: { ...outcomes, error: 1 } } })[0]).toBe('no slot has a verdict: 1 error, 2 unscored');
    const empty = { samples: 0, withVerdict: 0, isComplete: false, measuredSamples: 0 };
    expect(tell({ state: empty })).toEqual(['the run has no samples, so there is nothing to judge', noDrop]);
  });

  test('is nothing where every sample is waived: that is the reason', () => {
    const state = { samples: 0, measuredSamples: 0, withVerdict: 0 };
    const decision = { compared: 0, shared: 0, suite: undefined };
    const given = { status: 'inconclusive' as const, settle: 'samples that are not waived', state, decision };
    expect(tell({ ...given, waived: 3 })).toEqual([
      'every sample of this run is waived, so there is nothing to judge',
      'what would settle it: samples that are not waived',
    ]);
    expect(tell({ ...given, waived: 0 })).toEqual([
      'the run has no samples, so there is nothing to judge',
      'no sample of this run is in the baseline with the same content',
      'what would settle it: samples that are not waived',
    ]);
    expect(tell({ waived: 3, state: { isComplete: false, missing: 2 } })).toEqual(['the run is incomplete: 2 of 30 slots are missing', noDrop]);
  });
});

describe('the reasons of the other verdicts', () => {
  const strict = { ...defaultPolicy, mode: 'strict' as const };
  const unmatched = (shared: number) => ({ shared, compared: 0, suite: undefined });

  test('of an improvement: how far it rose, or that samples went from fail to pass', () => {
    expect(tell({ status: 'improved' })).toEqual([`the pass rate rose ${fell}`]);
    expect(tell({ status: 'improved', policy: strict })).toEqual(['samples went from fail to pass, and none from pass to fail']);
    expect(tell({ status: 'improved', decision: unmatched(0) })).toEqual([]);
  });

  test('of no change: what is excluded, at the limit of the policy', () => {
    expect(tell({})).toEqual([noDrop]);
    expect(tell({ policy: strict })).toEqual(['none of 10 samples flipped from pass to fail']);
    const options = { ...defaultDecideOptions, margin: 0.2 };
    expect(tell({ options })).toEqual([noDrop.replace('10.0 pp', '20.0 pp')]);
    expect(tell({ options, decision: { suite: suiteOf({ pWorse: 0.01 }) } })[0]).toBe(
      `the pass rate fell within the tolerated margin: ${fell}; one of more than 8.0 pp is excluded with 95 % confidence (the limit is 20.0 pp)`,
    );
    expect(tell({ decision: { suite: suiteOf({ pWorse: 0.01 }) } })).toEqual([noDrop]);
    expect(tell({ decision: { suite: suiteOf({ excludedDrop: -0.02 }) } })[0]).toContain('one of more than 0.0 pp is excluded');
    expect(tell({ options, decision: unmatched(0) })[0]).toContain('one of more than 0.0 pp is excluded');
  });

  test('of no baseline: why there is none', () => {
    const told = (baseline: object) => tell({ status: 'no-baseline', baseline: { kind: 'none', runs: 0, ...baseline }, decision: unmatched(0) });
    expect(told({})).toEqual(['there is no baseline to compare with']);
    expect(told({ reason: 'first run' })).toEqual(['there is no baseline to compare with: first run']);
  });

  test('of an open one: every doubt, then what would settle it', () => {
    const open = (more: Given) => tell({ status: 'inconclusive', ...more });
    const little = `too little was measured to tell: a drop of up to 8.0 pp is neither shown nor excluded, ${fell}`;
    expect(open({ settle: '12 repeats' })).toEqual([little, 'what would settle it: 12 repeats']);
    expect(open({})).toEqual([little]);
    const suite = suiteOf({ errors: { p: 0.001, difference: 0.08, isOn: true }, topUp: 'needed' });
    expect(open({ decision: { suite, compared: 7 }, open: ['s1', 's2'] })).toEqual([
      'the share of slots without a verdict rose by 8.0 pp, which may hide failures',
      'only 7 of 10 shared samples could be compared',
      'the result is grey, and the suite was not asked as often again (topUp)',
      '2 suspicious samples not re-run yet: `s1`, `s2`',
    ]);
    expect(open({ decision: { compared: 8 } })).toEqual([little]);
    expect(open({ decision: { suite: suiteOf({ topUp: 'done' }) } })).toEqual([little]);
    // A partial run has that as its reason.
    expect(open({ state: { isComplete: false, missing: 3 } })).toEqual(['the run is incomplete: 3 of 30 slots are missing']);
  });

  test('of one without numbers: whether samples are shared', () => {
    const open = (shared: number, more: Given = {}) => tell({ status: 'inconclusive', decision: unmatched(shared), ...more });
    expect(open(0)).toEqual(['no sample of this run is in the baseline with the same content']);
    expect(open(1)).toEqual(['none of the 1 shared sample has enough repeats with a verdict']);
    expect(open(0, { waived: 2 })).toEqual(['no sample of this run is in the baseline with the same content']);
  });
});

describe('what limits a verdict', () => {
  const limits = (more: Given) => tell(more).slice(1);
  const independent = (runs: string) =>
    `with ${runs} this assumes that repeats are independent and that days do not differ; 3 runs would show whether they do`;

  test('is what fewer than three baseline runs cannot show', () => {
    expect(limits({ baselineRuns: 1 })).toEqual([independent('1 baseline run')]);
    expect(limits({ baselineRuns: 2 })).toEqual([independent('2 baseline runs')]);
    expect(limits({ baselineRuns: 3 })).toEqual([]);
    expect(limits({ baselineRuns: 1, isBaselineLive: true })).toEqual([
      'both agents were asked at the same time, so days cannot differ; that repeats are independent is assumed',
    ]);
    const none = { suite: undefined };
    expect(limits({ decision: none, baselineRuns: 1 })).toEqual([]);
    expect(limits({ decision: none, baselineRuns: 1, isBaselineLive: true })).toEqual([]);
  });

  test('is what was left out', () => {
    const classes = new Map<string, 'new' | 'removed'>(Object.entries({ a: 'new', b: 'new', c: 'removed' }));
    const told = ['2 samples new or changed, not compared', '1 sample of the baseline not in this run'];
    expect(limits({ decision: { classes } })).toEqual(told);
    expect(limits({ status: 'no-baseline', decision: { classes } })).toEqual(told.slice(1));
    expect(limits({ state: { measuredSamples: 9 } })).toEqual(['1 sample without enough repeats with a verdict']);
  });
});
