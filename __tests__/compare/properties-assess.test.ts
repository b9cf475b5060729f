import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { assess } from '../../src/compare/assess.ts';
import { planConfirmation } from '../../src/compare/confirmation.ts';
import { sampleCounts } from '../../src/compare/counts.ts';
import { decide } from '../../src/compare/decide.ts';
import { Assessment } from '../../src/records/assessment.ts';
import type { Policy } from '../../src/records/policy.ts';
import { makePolicy, makeRun, type SampleSpec } from './run-builder.ts';

type Samples = Record<string, SampleSpec>;

/** Letters of 0 to 6 slots; passes dominate, as in real runs. */
const slots = fc.array(fc.constantFrom('p', 'p', 'p', 'p', 'f', 'f', 'e', 'u', 's', '.'), { maxLength: 6 }).map((letters) => letters.join(''));

const spec = fc.record({
  slots,
  hash: fc.constantFrom('same', 'same', 'same', 'other'),
  tags: fc.subarray(['a', 'b']),
  critical: fc.constantFrom(false, false, false, true),
  latencyMs: fc.array(fc.integer({ min: 0, max: 5000 }), { minLength: 6, maxLength: 6 }),
});

const samplesOf = (value: fc.Arbitrary<SampleSpec>): fc.Arbitrary<Samples> =>
  fc
    .array(fc.option(value, { freq: 5 }), { maxLength: 15 })
    .map((list) => Object.fromEntries(list.flatMap((item, i) => (item ? [[`s${i}`, item]] : []))));

const policies: fc.Arbitrary<Policy> = fc
  .record({
    mode: fc.constantFrom('statistical' as const, 'strict' as const),
    margin: fc.constantFrom(0, 0.05),
    slices: fc.subarray(['tags', 'checkers']),
    confirm: fc.boolean(),
    minPassRate: fc.constantFrom(0, 0.9),
  })
  .map(makePolicy);

const inputOf = (current: Samples, pool: readonly Samples[], policy: Policy) => ({
  current: makeRun({ samples: current }),
  pool: pool.map((samples, i) => makeRun({ samples, runId: `base-${i}` })),
  baseline: { kind: 'path' as const, runs: pool.length },
  policy,
});

/** Paths of numbers that JSON cannot hold. */
function strangeNumbers(value: unknown, path = ''): string[] {
  if (typeof value === 'number') return Number.isFinite(value) ? [] : [`${path}: ${value}`];
  if (value === null || typeof value !== 'object') return [];
  return Object.entries(value).flatMap(([key, item]) => strangeNumbers(item, `${path}/${key}`));
}

describe('the assessment of any run against any baseline', () => {
  test('T31 is valid, has only finite numbers, one class per sample and a verdict with a reason', () => {
    fc.assert(
      fc.property(samplesOf(spec), fc.array(samplesOf(spec), { maxLength: 5 }), policies, (current, pool, policy) => {
        const assessment = assess(inputOf(current, pool, policy));
        expect(strangeNumbers(assessment)).toEqual([]);
        expect(Assessment.safeParse(JSON.parse(JSON.stringify(assessment))).error).toBeUndefined();
        const ids = assessment.samples.map(({ id }) => id);
        expect(new Set(ids).size).toBe(ids.length);
        expect(new Set(ids)).toEqual(new Set([...Object.keys(current), ...Object.keys(pool[0] ?? {})]));
        expect(Object.values(assessment.counts).reduce((sum, count) => sum + count, 0)).toBe(ids.length);
        expect(assessment.verdict.reasons.length).toBeGreaterThan(0);
        if (assessment.verdict.status === 'no-baseline') expect(pool).toHaveLength(0);
      }),
      { numRuns: 150 },
    );
  });

  test('does not depend on the order in which samples were written', () => {
    fc.assert(
      fc.property(samplesOf(spec), fc.array(samplesOf(spec), { maxLength: 3 }), policies, (current, pool, policy) => {
        const reversed = (samples: Samples): Samples => Object.fromEntries(Object.entries(samples).reverse());
        expect(assess(inputOf(reversed(current), pool.map(reversed), policy))).toEqual(assess(inputOf(current, pool, policy)));
      }),
    );
  });

  test('passes nothing whose every slot is an error', () => {
    const broken = fc.integer({ min: 1, max: 3 }).map((count): SampleSpec => ({ slots: 'e'.repeat(count), hash: 'same' }));
    fc.assert(
      fc.property(samplesOf(broken), samplesOf(spec), policies, (current, past, policy) => {
        const { verdict } = assess(inputOf(current, [past], policy));
        expect(verdict.exitCode).not.toBe(0);
        expect(['inconclusive', 'no-baseline']).toContain(verdict.status);
      }),
    );
  });
});

describe('the assessment and the bare decision', () => {
  const clean = fc.record({
    slots: fc.array(fc.constantFrom('p', 'p', 'p', 'f'), { minLength: 3, maxLength: 3 }).map((letters) => letters.join('')),
    hash: fc.constant('same'),
  });
  const plain = makePolicy({ slices: [] });

  test('agree on status, numbers and re-runs where neither slices nor metrics have a say', () => {
    fc.assert(
      fc.property(samplesOf(clean), fc.array(samplesOf(clean), { minLength: 1, maxLength: 5 }), (current, pool) => {
        const input = inputOf(current, pool, plain);
        const { status, suite } = decide(sampleCounts(input.current, input.pool));
        fc.pre(suite !== undefined);
        const { verdict, suiteEffect } = assess(input);
        expect(verdict.status).toBe(status);
        expect(suiteEffect).toMatchObject({ change: suite?.change, interval: suite?.interval });
        expect(planConfirmation(input)).toEqual([...(suite?.plan ?? [])].map(([sample, extraRepeats]) => ({ sample, extraRepeats })));
      }),
    );
  });

  test('T31 swapping a run with its only baseline mirrors the suite effect', () => {
    fc.assert(
      fc.property(samplesOf(clean), samplesOf(clean), (one, other) => {
        const [there, back] = [assess(inputOf(one, [other], plain)).suiteEffect, assess(inputOf(other, [one], plain)).suiteEffect];
        expect(there === undefined).toBe(back === undefined);
        if (!there || !back) return;
        expect(there.change).toBeCloseTo(-back.change, 10);
        expect(there.interval[0]).toBeCloseTo(-back.interval[1], 10);
        expect(there.pWorse).toBeCloseTo(back.pBetter, 10);
        expect([there.rate, there.baselineRate]).toEqual([back.baselineRate, back.rate]);
      }),
    );
  });
});
