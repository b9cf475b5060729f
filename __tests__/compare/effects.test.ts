import { describe, expect, test } from 'vitest';
import { type AssessInput, assess } from '../../src/compare/assess.ts';
import { planConfirmation } from '../../src/compare/confirmation.ts';
import type { Assessment } from '../../src/records/assessment.ts';
import type { Policy } from '../../src/records/policy.ts';
import type { RunIndex } from '../../src/records/run-index.ts';
import { makePolicy, makeRun, many, type SampleSpec } from './run-builder.ts';

function input(current: RunIndex, pool: RunIndex[], policy: Partial<Policy> = {}): AssessInput {
  return { current, pool, baseline: { kind: 'path', runs: pool.length }, policy: makePolicy(policy) };
}

const judge = (current: RunIndex, pool: RunIndex[], policy: Partial<Policy> = {}): Assessment => assess(input(current, pool, policy));

describe('the confirmation plan', () => {
  const base = makeRun({ runId: 'base', samples: many(50, 'ppp') });

  test('asks broken samples again, nine times at 3 against 3, and stays the same once they were asked', () => {
    const plan = [{ sample: 's04', extraRepeats: 9 }];
    const broken = (slots: string) => makeRun({ samples: many(50, (i) => (i === 4 ? slots : i === 5 ? 'ppf' : 'ppp')) });
    expect(planConfirmation(input(broken('fff'), [base]))).toEqual(plan);
    expect(planConfirmation(input(broken('fffpppppp'), [base]))).toEqual(plan);
  });

  test('is empty without a baseline, and when the policy does not confirm', () => {
    const broken = makeRun({ samples: many(50, 'fff') });
    expect(planConfirmation(input(broken, []))).toEqual([]);
    expect(planConfirmation(input(broken, [base], { confirm: false }))).toEqual([]);
  });

  test('asks at most a fifth of the suite', () => {
    expect(planConfirmation(input(makeRun({ samples: many(50, 'fff') }), [base]))).toHaveLength(10);
  });

  test('in strict mode asks every sample that passed before and failed once, at least twice', () => {
    const single = makeRun({ runId: 'base', repeats: 1, samples: many(5, (i) => (i === 4 ? 'f' : 'p')) });
    const current = makeRun({ repeats: 1, samples: many(5, (i) => (i > 1 ? 'f' : 'p')) });
    expect(planConfirmation(input(current, [single], { mode: 'strict' }))).toEqual([
      { sample: 's02', extraRepeats: 2 },
      { sample: 's03', extraRepeats: 2 },
    ]);
  });
});

describe('slices', () => {
  const tagged = (worse: string) =>
    many(60, (i): SampleSpec => ({ slots: i < 10 ? worse : i % 4 === 0 ? 'pfp' : 'ppp', tags: [i < 10 ? 'refund' : 'other'] }));
  const base = (runId: string) => makeRun({ runId, samples: tagged('ppp') });
  const pool = [base('a'), base('b'), base('c')];

  test('make the verdict red when one of them fell', () => {
    const { slices, verdict } = judge(makeRun({ samples: tagged('ppf') }), pool);
    expect(slices).toHaveLength(2);
    const refund = slices.find(({ name }) => name === 'refund');
    expect(refund).toMatchObject({ samples: 10, baselineRate: 1, effect: 'regressed' });
    expect(slices.find(({ name }) => name === 'other')?.effect).toBe('unchanged');
    expect(verdict.status).toBe('regressed');
    expect(verdict.reasons.join(' ')).toContain('the slice `refund` got worse');
  });

  test('are left out when the policy does not name them, and too small ones are only shown', () => {
    expect(judge(makeRun({ samples: tagged('ppf') }), pool, { slices: [] }).slices).toEqual([]);
    const small = many(20, (i): SampleSpec => ({ slots: 'ppp', tags: i < 4 ? ['rare'] : [] }));
    const { slices } = judge(makeRun({ samples: small }), [makeRun({ runId: 'base', samples: small })]);
    expect(slices).toMatchObject([{ name: 'rare', samples: 4, effect: 'too-few-samples' }]);
  });
});

describe('checkers', () => {
  const checkers = [
    { name: 'contains', required: true, weight: 1 },
    { name: 'tone', required: false, weight: 1 },
  ];
  const scored = (runId: string, tone: number) =>
    makeRun({
      runId,
      checkers,
      samples: many(30, (i) => ({ slots: 'ppp', scores: { contains: [1, 1, 1], tone: [0, 1, 2].map((k) => tone + ((i + k) % 3) / 50) } })),
    });

  test('report the mean of both sides, the change with its interval, and the effect', () => {
    const { checkers: found, verdict } = judge(scored('now', 0.6), [scored('base', 0.8)]);
    expect(found.map(({ name, effect }) => [name, effect])).toEqual([
      ['contains', 'unchanged'],
      ['tone', 'regressed'],
    ]);
    expect(found[1]?.change).toBeCloseTo(-0.2, 12);
    expect(found[1]).toMatchObject({ required: false, baseline: { n: 90 }, current: { n: 90 } });
    expect(verdict.status).toBe('no-change');
  });

  test('that are not required decide only when the policy says so', () => {
    const { verdict } = judge(scored('now', 0.6), [scored('base', 0.8)], { slices: ['checkers'] });
    expect(verdict.status).toBe('regressed');
    expect(verdict.reasons[0]).toContain('the checker `tone` got worse');
  });
});

describe('metrics', () => {
  const timed = (runId: string, ms: number, spread = 0.05) =>
    makeRun({ runId, samples: many(30, (i) => ({ slots: 'ppp', latencyMs: [1 - spread, 1, 1 + spread].map((k) => ms * k * (1 + (i % 5) / 10)) })) });
  const latency = (assessment: Assessment) => assessment.metrics.find(({ name }) => name === 'latencyMs');

  test('are reported as a ratio with an interval, and never decide against fewer than three runs', () => {
    const found = judge(timed('now', 1500), [timed('a', 1000), timed('b', 1010)]);
    expect(latency(found)?.ratio).toBeCloseTo(1.5, 1);
    expect(latency(found)?.effect).toBe('inconclusive');
    expect(found.verdict.status).toBe('no-change');
  });

  test('make the verdict red when latency grew beyond its margin and beyond what runs do by themselves', () => {
    const found = judge(timed('now', 1500), [timed('a', 1000), timed('b', 1010), timed('c', 990)]);
    expect(latency(found)?.effect).toBe('regressed');
    expect(found.verdict.status).toBe('regressed');
    expect(found.verdict.reasons[0]).toContain('the latency grew by 50.0 %');
    const allowed = judge(timed('now', 1500), [timed('a', 1000), timed('b', 1010), timed('c', 990)], { latencyMargin: 1 });
    expect(allowed.verdict.status).toBe('no-change');
  });

  test('allow for the movement between runs', () => {
    const found = judge(timed('now', 1500), [timed('a', 700), timed('b', 1000), timed('c', 1450)]);
    expect(latency(found)?.effect).toBe('inconclusive');
  });

  test('never decide by a difference that nobody notices', () => {
    const found = judge(timed('now', 6), [timed('a', 2), timed('b', 2), timed('c', 2)]);
    expect(latency(found)?.effect).toBe('inconclusive');
    expect(found.verdict.status).toBe('no-change');
    const faster = judge(timed('now', 2), [timed('a', 6), timed('b', 6), timed('c', 6)]);
    expect(latency(faster)?.effect).toBe('inconclusive');
  });

  test('are unchanged only when their whole interval is within the margin, however small the difference', () => {
    const steady = judge(timed('now', 305), [timed('a', 300), timed('b', 300), timed('c', 300)]);
    expect(latency(steady)?.effect).toBe('unchanged');
    const wide = judge(timed('now', 305), [timed('a', 200), timed('b', 300), timed('c', 450)]);
    expect(latency(wide)?.interval?.[1]).toBeGreaterThan(1.1);
    expect(latency(wide)?.effect).toBe('inconclusive');
  });

  test('are absent when nothing was measured', () => {
    const run = makeRun({ samples: many(5, 'ppp') });
    expect(judge(run, [makeRun({ runId: 'base', samples: many(5, 'ppp') })]).metrics).toEqual([]);
  });
});

test('a tolerated margin keeps single samples from deciding', () => {
  const base = makeRun({ runId: 'base', samples: many(50, 'ppp') });
  const current = makeRun({ samples: many(50, (i) => (i < 2 ? 'ffffffffffff' : 'ppp')) });
  expect(judge(current, [base]).verdict.status).toBe('regressed');
  expect(judge(current, [base], { margin: 0.1 }).verdict.status).not.toBe('regressed');
});
