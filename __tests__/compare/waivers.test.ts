import { describe, expect, it } from 'vitest';
import { assess } from '../../src/compare/assess.ts';
import { needsTopUp, planConfirmation } from '../../src/compare/confirmation.ts';
import type { Policy } from '../../src/records/policy.ts';
import { makePolicy, makeRun, many, type RunSpec } from './run-builder.ts';

const baseline = { kind: 'path' as const, runs: 1 };
const waiver = { samples: ['s00'], reason: 'the index is rebuilt, see ticket 7', until: '2026-01-01' };

/** Runs of 2026-01-01: `s00` and `s01` passed before and fail now, the others pass. */
function input(policy: Partial<Policy>, head: Partial<RunSpec> = {}) {
  const samples = many(30, (i) => ({ slots: i < 2 ? 'f'.repeat(12) : 'ppp', critical: i < 1 }));
  return {
    current: makeRun({ runId: 'head', samples, ...head }),
    pool: [makeRun({ runId: 'base', samples: many(30, 'ppp') })],
    baseline,
    policy: makePolicy({ slices: [], ...policy }),
  };
}

describe('a waived sample', () => {
  it('is not judged, and is named with its reason and date', () => {
    const { verdict, samples, waivers, counts, suiteEffect, passRate } = assess(input({ waivers: [{ ...waiver, samples: ['s00', 's01'] }] }));
    expect(verdict).toMatchObject({ status: 'no-change', exitCode: 0 });
    expect(samples.filter((sample) => sample.class === 'waived').map(({ id, current }) => [id, current])).toEqual([
      ['s00', { passes: 0, repeats: 12 }],
      ['s01', { passes: 0, repeats: 12 }],
    ]);
    expect(counts).toMatchObject({ waived: 2, 'stable-pass': 28, regressed: 0 });
    expect(waivers).toEqual(['s00', 's01'].map((sample) => ({ sample, reason: waiver.reason, until: '2026-01-01', isLapsed: false })));
    expect(suiteEffect?.rate).toBe(1);
    expect(passRate).toBe(1);
  });

  it('takes nothing from the others', () => {
    const { verdict, samples } = assess(input({ waivers: [waiver] }));
    expect(verdict).toMatchObject({ status: 'regressed', exitCode: 1 });
    expect(samples.find(({ id }) => id === 's01')?.class).toBe('regressed');
  });

  it('counts again after its date, and the report says so', () => {
    const { verdict, waivers, samples } = assess(input({ waivers: [{ ...waiver, until: '2025-12-31' }] }));
    expect(verdict.exitCode).toBe(1);
    expect(samples.find(({ id }) => id === 's00')?.class).toBe('regressed');
    expect(waivers).toMatchObject([{ sample: 's00', isLapsed: true }]);
  });

  it('is not asked again, tops nothing up and fails no demand', () => {
    const policy = { waivers: [{ ...waiver, samples: ['s00', 's01'] }], topUp: true, minPassRate: 0.99 };
    expect(planConfirmation(input({ topUp: true })).map(({ sample }) => sample)).toEqual(['s00', 's01']);
    expect(planConfirmation(input(policy))).toEqual([]);
    expect(needsTopUp(input(policy))).toBe(false);
    expect(assess(input(policy)).verdict).toMatchObject({ status: 'no-change', exitCode: 0 });
  });

  it('is left alone in strict mode too', () => {
    expect(assess(input({ mode: 'strict', waivers: [{ ...waiver, samples: ['s00', 's01'] }] })).verdict).toMatchObject({
      status: 'no-change',
      exitCode: 0,
    });
    expect(assess(input({ mode: 'strict', waivers: [waiver] })).verdict).toMatchObject({ status: 'regressed', exitCode: 1 });
  });

  it('does not stand in for samples that nothing is known of', () => {
    const ids = Array.from({ length: 8 }, (_, i) => `s${String(i).padStart(2, '0')}`);
    const current = makeRun({ runId: 'head', samples: many(10, (i) => (i < 8 ? 'ppp' : 'eee')) });
    const policy = makePolicy({ waivers: [{ ...waiver, samples: ids }], minPassRate: 0.9 });
    expect(assess({ current, pool: [], baseline: { kind: 'none', runs: 0 }, policy }).verdict.exitCode).toBe(3);
  });

  it('makes no green of a run in which nothing is left to judge', () => {
    const all = Array.from({ length: 30 }, (_, i) => `s${String(i).padStart(2, '0')}`);
    const { verdict } = assess(input({ waivers: [{ ...waiver, samples: all }] }));
    expect(verdict.exitCode).toBe(3);
    expect(verdict.status).toBe('inconclusive');
    expect(verdict.reasons[0]).toContain('waived');
  });
});

it('lets the longest of several waivers of one sample hold, and passes over samples that the run does not have', () => {
  const waivers = [waiver, { samples: ['s00', 'gone'], reason: 'later', until: '2026-03-01' }];
  expect(assess(input({ waivers })).waivers).toEqual([{ sample: 's00', reason: 'later', until: '2026-03-01', isLapsed: false }]);
  expect(assess(input({})).waivers).toBeUndefined();
});
