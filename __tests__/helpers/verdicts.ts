import type { Assessment } from '../../src/records/assessment.ts';
import type { SampleEvidence } from '../../src/records/evidence.ts';
import { anAssessment, anEvidence, aSample, aSlot, aToolCall, repeated, samplesOf, stableSamples } from './assessment.ts';

export interface VerdictCase {
  name: string;
  assessment: Assessment;
  evidence: SampleEvidence[];
}

const regressedChanges: string[][] = [
  ['no longer calls `lookup_order`', '`contains` fails: "the output lacks \'refund\'"', 'says "I cannot help with refunds."'],
  ['no longer calls `lookup_order`', 'says "Please contact our support team."'],
  ['calls `refund` 2× instead of once'],
  ['`lookup_order` gets `order_id` "A1" instead of "A2"', 'says "order A1" instead of "order A2"'],
  ['2 of 3 repeats timed out'],
  ['`judge` falls from 0.90 to 0.40: "the answer is polite but does not name the deadline"'],
];

/** One realistic assessment per verdict that a report must word. */
export function verdictCases(): VerdictCase[] {
  return [regressed(), improved(), noChange(), inconclusive(), noBaseline(), incomplete()];
}

export function regressed(): VerdictCase {
  const samples = [
    ...regressedChanges.map((changes, index) =>
      aSample(`refund-${index + 1}`, {
        class: 'regressed',
        current: { passes: index === 4 ? 2 : 0, repeats: 12 },
        p: 0.0000034,
        adjusted: 0.0021 + index / 1000,
        critical: index === 2,
        scores: { contains: { baseline: 1, current: 0.1 }, judge: { baseline: 0.9, current: 0.4 } },
        changes,
      }),
    ),
    aSample('shipping-4', {
      class: 'fixed',
      baseline: { passes: 0, repeats: 9 },
      current: { passes: 3, repeats: 3 },
      changes: ['now calls `track_parcel`'],
    }),
    ...samplesOf('flaky', 9, 'smalltalk', { baseline: { passes: 5, repeats: 9 }, current: { passes: 2, repeats: 3 } }),
    ...samplesOf('stable-fail', 4, 'legal', { baseline: { passes: 0, repeats: 9 }, current: { passes: 0, repeats: 3 } }),
    ...stableSamples(100),
    aSample('gift-card-1', { class: 'new', baseline: undefined }),
    aSample('fax-1', { class: 'removed', current: undefined }),
  ];
  return {
    name: 'regressed',
    evidence: regressedEvidence(),
    assessment: anAssessment({
      samples,
      passRate: 0.842,
      suiteEffect: { baselineRate: 0.914, rate: 0.842, change: -0.072, interval: [-0.11, -0.035], pWorse: 0.0004, pBetter: 0.9996 },
      verdict: {
        status: 'regressed',
        exitCode: 1,
        reasons: ['the pass rate of the suite fell (p = 0.0004, limit 0.01)', '6 samples regressed after confirmation re-runs'],
        minimalDetectableDrop: 0.053,
        gates: { suite: { p: 0.0004, limit: 0.01, fired: true }, samples: { screened: 11, rerun: 11, smallestAdjusted: 0.0021, fired: true } },
      },
      checkers: [
        {
          name: 'contains',
          required: true,
          baseline: { mean: 0.93, n: 1080 },
          current: { mean: 0.85, n: 360 },
          change: -0.08,
          interval: [-0.12, -0.04],
          p: 0.0003,
          effect: 'regressed',
        },
        {
          name: 'judge',
          required: false,
          baseline: { mean: 0.81, n: 1080 },
          current: { mean: 0.8, n: 360 },
          change: -0.01,
          interval: [-0.03, 0.01],
          p: 0.21,
          effect: 'unchanged',
        },
      ],
      slices: [
        { name: 'refund', samples: 18, baselineRate: 0.92, rate: 0.61, change: -0.31, p: 0.00001, effect: 'regressed' },
        { name: 'shipping', samples: 40, baselineRate: 0.9, rate: 0.91, change: 0.01, p: 0.6, effect: 'unchanged' },
        { name: 'legal', samples: 4, effect: 'too-few-samples' },
      ],
      metrics: [
        { name: 'latencyMs', baseline: 812, current: 1004, ratio: 1.236, interval: [1.1, 1.4], effect: 'inconclusive' },
        { name: 'costUsd', baseline: 0.0021, current: 0.0019, ratio: 0.905, interval: [0.86, 0.95], effect: 'improved' },
      ],
      outcomes: { pass: 303, fail: 55, error: 2, unscored: 0, skipped: 0 },
      cost: { agentCalls: 372, judgeCalls: 0, inputTokens: 412_000, outputTokens: 51_200, costUsd: 0.84 },
    }),
  };
}

function regressedEvidence(): SampleEvidence[] {
  const input = 'I want my money back for order A2, it arrived broken.';
  const passed = aSlot('I have refunded order A2. You will get 19.90 EUR within 5 days.\nIs there anything else I can do?', {
    input,
    calls: [
      aToolCall('lookup_order', { order_id: 'A2' }, { status: 'delivered', total: 19.9 }),
      aToolCall('refund', { order_id: 'A2' }, { ok: true }),
    ],
    latencyMs: 1840,
    scores: [{ checker: 'contains', score: { kind: 'scored', value: 1, pass: true, reason: 'the output has "refund"' } }],
  });
  const failed = aSlot('I cannot help with refunds.\nIs there anything else I can do?', {
    input,
    outcome: 'fail',
    latencyMs: 620,
    scores: [{ checker: 'contains', score: { kind: 'scored', value: 0, pass: false, reason: 'the output lacks "refunded"' } }],
  });
  return [{ ...anEvidence('refund-1', repeated(passed, 9), repeated(failed, 12)), input, expected: 'refunded' }];
}

export function improved(): VerdictCase {
  const fixed = samplesOf('fixed', 5, 'refund', {
    baseline: { passes: 1, repeats: 9 },
    current: { passes: 3, repeats: 3 },
    changes: ['now calls `lookup_order`'],
  });
  return {
    name: 'improved',
    evidence: [],
    assessment: anAssessment({
      samples: [...fixed, ...stableSamples(115)],
      passRate: 0.9472,
      suiteEffect: { baselineRate: 0.9083, rate: 0.9472, change: 0.0389, interval: [0.0161, 0.0617], pWorse: 0.9991, pBetter: 0.0009 },
      verdict: { status: 'improved', exitCode: 0, reasons: ['the pass rate of the suite rose (p = 0.0009, limit 0.01)'] },
    }),
  };
}

export function noChange(): VerdictCase {
  return {
    name: 'no-change',
    evidence: [],
    assessment: anAssessment({
      samples: [
        ...samplesOf('flaky', 3, 'smalltalk', { baseline: { passes: 6, repeats: 9 }, current: { passes: 2, repeats: 3 } }),
        ...stableSamples(117),
      ],
      verdict: { excludedDrop: 0.0181, minimalDetectableDrop: 0.031, reasons: ['no gate fired'] },
      baseline: { kind: 'exact', distance: 0, ageHours: 0.7, notes: ['2 runs were left out: another model'] },
    }),
  };
}

export function inconclusive(): VerdictCase {
  const suspects = samplesOf('suspect', 2, 'refund', { baseline: { passes: 3, repeats: 3 }, current: { passes: 1, repeats: 3 }, p: 0.09 });
  return {
    name: 'inconclusive',
    evidence: [],
    assessment: anAssessment({
      samples: [...suspects.map((sample) => ({ ...sample, scores: { contains: { baseline: 1, current: 0.33 } } })), ...stableSamples(10)],
      passRate: 0.861,
      suiteEffect: { baselineRate: 0.944, rate: 0.861, change: -0.083, interval: [-0.214, 0.048], pWorse: 0.1, pBetter: 0.9 },
      verdict: {
        status: 'inconclusive',
        exitCode: 0,
        reasons: ['a drop of 10 pp is not excluded with 12 samples'],
        minimalDetectableDrop: 0.19,
        gates: { settle: '12 repeats, or 3 more nightly runs' },
      },
      baseline: { runs: 1, kind: 'base-tip', distance: 5, ageHours: 96 },
      outcomes: { pass: 31, fail: 5, error: 0, unscored: 0, skipped: 0 },
      cost: { agentCalls: 36, judgeCalls: 36, costUsd: 0.0042 },
    }),
  };
}

export function noBaseline(): VerdictCase {
  return {
    name: 'no-baseline',
    evidence: [],
    assessment: anAssessment({
      samples: samplesOf('new', 12, 'order', { baseline: undefined }),
      suiteEffect: undefined,
      passRate: 0.8611,
      verdict: { status: 'no-baseline', exitCode: 0, reasons: [] },
      baseline: {
        kind: 'none',
        reason: 'no run of main is stored yet',
        runs: 0,
        sha: undefined,
        ref: undefined,
        distance: undefined,
        ageHours: undefined,
      },
      outcomes: { pass: 31, fail: 5, error: 0, unscored: 0, skipped: 0 },
    }),
  };
}

export function incomplete(): VerdictCase {
  return {
    name: 'incomplete',
    evidence: [],
    assessment: anAssessment({
      samples: [
        ...stableSamples(48),
        ...samplesOf('errored', 3, 'slow', { current: { passes: 0, repeats: 0 }, changes: ['3 of 3 repeats timed out'] }),
      ],
      verdict: {
        status: 'inconclusive',
        exitCode: 3,
        complete: false,
        reasons: [
          'the run is incomplete (the budget of 150 calls is spent): 205 of 360 slots are missing',
          'fewer than 80 % of the samples could be compared',
        ],
      },
      run: { stopReason: 'the budget of 150 calls is spent' },
      outcomes: { pass: 131, fail: 13, error: 9, unscored: 2, skipped: 205 },
      cost: { agentCalls: 150, judgeCalls: 0 },
    }),
  };
}
