import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { SampleCounts } from '../../src/compare/counts.ts';
import { decide } from '../../src/compare/decide.ts';

/** Equal designs on both sides, so that the sides can be swapped. */
const suites = fc
  .integer({ min: 1, max: 5 })
  .chain((n) =>
    fc
      .array(fc.tuple(fc.integer({ min: 0, max: n }), fc.integer({ min: 0, max: n })), { minLength: 1, maxLength: 40 })
      .map((rows) =>
        rows.map(([b, y], i): SampleCounts => ({ id: `s${i}`, baseline: { passes: b, repeats: n }, current: { passes: y, repeats: n } })),
      ),
  );

const noNaming = { isNamingDecisive: false };

function expectFinite(value: unknown): void {
  if (typeof value === 'number') expect(Number.isFinite(value)).toBe(true);
  else if (value instanceof Map) for (const item of value.values()) expectFinite(item);
  else if (value !== null && typeof value === 'object') for (const item of Object.values(value)) expectFinite(item);
}

describe('the decision', () => {
  test('swapping the sides swaps the two p-values and the sign of the change', () => {
    fc.assert(
      fc.property(suites, (samples) => {
        const there = decide(samples).suite;
        const back = decide(samples.map(({ id, baseline, current }) => ({ id, baseline: current!, current: baseline! }))).suite;
        expect(there?.pWorse).toBeCloseTo(back?.pBetter ?? -1, 10);
        expect(there?.pBetter).toBeCloseTo(back?.pWorse ?? -1, 10);
        expect((there?.change ?? 0) + (back?.change ?? 0)).toBeCloseTo(0, 10);
      }),
    );
  });

  test('does not depend on the order of the samples', () => {
    fc.assert(
      fc.property(
        suites.chain((samples) => fc.tuple(fc.constant(samples), fc.shuffledSubarray(samples, { minLength: samples.length }))),
        ([samples, shuffled]) => {
          expect(decide(shuffled)).toEqual(decide(samples));
        },
      ),
    );
  });

  test('has only finite numbers, p-values within 0..1 and one class per sample', () => {
    const count = fc
      .integer({ min: 0, max: 12 })
      .chain((repeats) => fc.record({ passes: fc.integer({ min: 0, max: repeats }), repeats: fc.constant(repeats) }));
    const anySample = fc.record(
      {
        baseline: count,
        current: count,
        planned: fc.integer({ min: 1, max: 12 }),
        confirmation: count,
        isChanged: fc.boolean(),
        runs: fc.array(count, { maxLength: 5 }),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(fc.array(anySample, { maxLength: 30 }), fc.boolean(), fc.constantFrom(0, 0.05), (rows, isConfirming, margin) => {
        const samples = rows.map((row, i): SampleCounts => ({ ...row, id: `s${i}` }) as SampleCounts);
        const decision = decide(samples, { isConfirming, margin });
        expectFinite(decision.suite);
        expect(decision.classes.size).toBe(samples.length);
        const { suite } = decision;
        for (const p of [suite?.pWorse ?? 0, suite?.pBetter ?? 0, ...(suite?.finalP.values() ?? [])]) {
          expect(p).toBeGreaterThanOrEqual(0);
          expect(p).toBeLessThanOrEqual(1);
        }
      }),
    );
  });

  test('is never made red by samples that always pass on both sides', () => {
    fc.assert(
      fc.property(suites, fc.integer({ min: 1, max: 30 }), (samples, more) => {
        const repeats = samples[0]?.baseline?.repeats ?? 1;
        const steady = Array.from({ length: more }, (_, i) => ({
          id: `t${i}`,
          baseline: { passes: repeats, repeats },
          current: { passes: repeats, repeats },
        }));
        const before = decide(samples, noNaming);
        const after = decide([...samples, ...steady], noNaming);
        expect(after.suite?.pWorse).toBeCloseTo(before.suite?.pWorse ?? -1, 10);
        expect(after.suite?.isGateA).toBe(before.suite?.isGateA);
      }),
    );
  });

  test('never gets surer of health when one more repeat fails', () => {
    fc.assert(
      fc.property(suites, fc.nat(), (samples, pick) => {
        const able = samples.filter(({ current }) => (current?.passes ?? 0) > 0);
        if (able.length === 0) return;
        const target = able[pick % able.length];
        const worse = samples.map((s) => (s === target ? { ...s, current: { passes: s.current!.passes - 1, repeats: s.current!.repeats } } : s));
        const [before, after] = [decide(samples).suite!, decide(worse).suite!];
        expect(after.change).toBeLessThan(before.change);
        expect(after.pWorse).toBeLessThanOrEqual(before.pWorse + 1e-12);
      }),
    );
  });
});

describe('rounding decides nothing', () => {
  const counts = (id: string, [b, m]: [number, number], [y, r]: [number, number]): SampleCounts => {
    return { id, baseline: { passes: b, repeats: m }, current: { passes: y, repeats: r } };
  };

  test('runs with equal totals show no movement of the suite', () => {
    const runs = (passes: number) => Array.from({ length: 5 }, () => ({ passes, repeats: 3 }));
    const samples = Array.from({ length: 10 }, (_, i) => {
      const passes = i < 9 ? 3 : 0;
      return { ...counts(`s${i}`, [passes * 5, 15], [passes, 3]), runs: runs(passes) };
    });
    expect(decide(samples).suite?.guard).toMatchObject({ tau: 0, inflation: 1 });
  });

  test('of two equally unlikely suspects the one that fell further is asked again first', () => {
    // Both p are 1/22 exactly, and differ in their last bit as doubles.
    const samples = [...Array.from({ length: 5 }, (_, i) => counts(`a${i}`, [6, 7], [1, 5])), counts('z', [5, 7], [0, 4])];
    expect([...(decide(samples).suite?.plan.keys() ?? [])]).toEqual(['z', 'a0', 'a1', 'a2', 'a3']);
  });
});

describe('size', () => {
  test('500 samples with 50 baseline and 10 new repeats are decided within 150 ms', () => {
    const samples = Array.from({ length: 500 }, (_, i): SampleCounts => {
      const rate = (i % 11) / 10;
      return {
        id: `s${i}`,
        baseline: { passes: Math.round(50 * rate), repeats: 50 },
        current: { passes: i % 9 === 0 ? 0 : Math.round(10 * rate), repeats: 10 },
        confirmation: { passes: i % 18 === 0 ? 0 : 9, repeats: 10 },
      };
    });
    decide(samples);
    const best = Math.min(...[1, 2, 3].map(() => elapsed(() => decide(samples))));
    expect(best).toBeLessThan(150);
  });

  test('50,000 samples are decided exactly within seconds', () => {
    const samples = Array.from({ length: 50_000 }, (_, i): SampleCounts => {
      return { id: `s${i}`, baseline: { passes: i % 4, repeats: 3 }, current: { passes: (i + (i % 7 === 0 ? 1 : 0)) % 4, repeats: 3 } };
    });
    let status = '';
    const ms = elapsed(() => {
      status = decide(samples).status;
    });
    expect(['no-change', 'inconclusive', 'regressed', 'improved']).toContain(status);
    expect(ms).toBeLessThan(4000);
  });
});

/** Milliseconds of processor time: a busy machine must not fail the test. */
function elapsed(work: () => unknown): number {
  const start = process.cpuUsage();
  work();
  return process.cpuUsage(start).user / 1000;
}
