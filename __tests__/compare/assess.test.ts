import { describe, expect, test } from 'vitest';
import { type AssessInput, assess } from '../../src/compare/assess.ts';
import { Assessment, type BaselineInfo } from '../../src/records/assessment.ts';
import type { Policy } from '../../src/records/policy.ts';
import type { RunIndex } from '../../src/records/run-index.ts';
import { makePolicy, makeRun, many } from './run-builder.ts';

function judge(current: RunIndex, pool: RunIndex[], policy: Partial<Policy> = {}, more: Partial<AssessInput> = {}): Assessment {
  const baseline: BaselineInfo = pool.length > 0 ? { kind: 'path', runs: pool.length } : { kind: 'none', runs: 0, reason: 'first run' };
  const assessment = assess({ current, pool, baseline, policy: makePolicy(policy), ...more });
  expect(() => Assessment.parse(JSON.parse(JSON.stringify(assessment)))).not.toThrow();
  return assessment;
}

const steady = makeRun({ runId: 'base', samples: many(50, 'ppp') });
const now = (samples: Parameters<typeof makeRun>[0]['samples'], more = {}): RunIndex => makeRun({ runId: 'now', samples, ...more });

describe('the status', () => {
  test('is no-change with the excluded drop when nothing changed', () => {
    const { verdict, counts, suiteEffect } = judge(now(many(50, 'ppp')), [steady]);
    expect(verdict).toMatchObject({ status: 'no-change', exitCode: 0, complete: true });
    expect(verdict.excludedDrop).toBeLessThan(0.1);
    expect(verdict.minimalDetectableDrop).toBeCloseTo(0.066, 9);
    expect(verdict.reasons.join(' ')).toContain('3 runs would show');
    expect(counts['stable-pass']).toBe(50);
    expect(suiteEffect).toMatchObject({ baselineRate: 1, rate: 1, change: 0, pWorse: 0.5, pBetter: 0.5 });
  });

  test('is inconclusive while suspects are not re-run, and says what would settle it', () => {
    const { verdict, counts } = judge(now(many(50, (i) => (i < 1 ? 'fff' : 'ppp'))), [steady]);
    expect(verdict).toMatchObject({ status: 'inconclusive', exitCode: 0 });
    expect(verdict.reasons[0]).toContain('1 suspicious sample not re-run yet: `s00`');
    expect(verdict.reasons.join(' ')).toContain('what would settle it: the confirmation re-runs');
    expect(counts.suspect).toBe(1);
  });

  test('is regressed when the re-runs confirm broken samples, which come first with their p-values', () => {
    const { verdict, samples, counts, suiteEffect } = judge(now(many(50, (i) => (i === 7 || i < 2 ? 'fffffffffffff'.slice(0, 12) : 'ppp'))), [
      steady,
    ]);
    expect(verdict).toMatchObject({ status: 'regressed', exitCode: 1 });
    expect(verdict.reasons[0]).toContain('3 of 50 samples regressed, confirmed by re-runs');
    expect(counts.regressed).toBe(3);
    expect(samples.slice(0, 3).map(({ id }) => id)).toEqual(['s00', 's01', 's07']);
    expect(samples[0]).toMatchObject({ class: 'regressed', baseline: { passes: 3, repeats: 3 }, current: { passes: 0, repeats: 12 } });
    expect(samples[0]?.p).toBeCloseTo(1 / 455, 12);
    expect(suiteEffect?.rate).toBeCloseTo(0.94, 12);
  });

  test('is not touched by re-runs that pass: they never enter the mean', () => {
    const { suiteEffect, verdict } = judge(now(many(50, (i) => (i === 0 ? 'fffppppppppp' : 'ppp'))), [steady]);
    expect(suiteEffect?.rate).toBeCloseTo(0.98, 12);
    expect(verdict.status).toBe('no-change');
  });

  test('is improved when a bad suite gets well', () => {
    const bad = makeRun({ runId: 'base', samples: many(50, (i) => (i < 20 ? 'fff' : 'ppp')) });
    const { verdict, counts } = judge(now(many(50, 'ppp')), [bad]);
    expect(verdict).toMatchObject({ status: 'improved', exitCode: 0 });
    expect(counts.fixed).toBeGreaterThan(0);
  });

  test('tells how many repeats or baseline runs would settle a small noisy suite', () => {
    const base = makeRun({ runId: 'base', samples: many(12, (i) => (i % 3 === 0 ? 'pfp' : 'ppp')) });
    const { verdict } = judge(now(many(12, (i) => (i % 3 === 1 ? 'fpp' : 'ppp'))), [base]);
    expect(verdict.status).toBe('inconclusive');
    expect(verdict.exitCode).toBe(0);
    expect(verdict.reasons.find((reason) => reason.startsWith('what would settle it'))).toMatch(/\d+ (repeats|more baseline runs?|samples)/);
  });

  test('is no-baseline without runs, with every sample new and its own pass rate', () => {
    const assessment = judge(now(many(4, 'ppf')), []);
    expect(assessment.verdict).toMatchObject({ status: 'no-baseline', exitCode: 0 });
    expect(assessment.verdict.reasons[0]).toContain('first run');
    expect(assessment.counts.new).toBe(4);
    expect(assessment.passRate).toBeCloseTo(2 / 3, 12);
    expect(assessment.suiteEffect).toBeUndefined();
    expect(assessment.checkers[0]).toMatchObject({ name: 'contains', current: { n: 12 }, effect: 'too-few-samples' });
    expect(judge(now(many(4, 'ppf')), [], { failOn: ['no-baseline'] }).verdict.exitCode).toBe(1);
  });
});

describe('the exit code is never 0', () => {
  test('for a run without samples', () => {
    expect(judge(now({}), [steady]).verdict).toMatchObject({ exitCode: 3, complete: false });
  });

  test('for a stopped or unfinished run, whatever was seen so far', () => {
    const partial = now(
      many(50, (i) => (i < 40 ? 'ppp' : 'p..')),
      { isEnded: false, stop: 'budget spent' },
    );
    const { verdict, run } = judge(partial, [steady]);
    expect(verdict).toMatchObject({ exitCode: 3, complete: false });
    expect(verdict.reasons[0]).toContain('incomplete (budget spent): 20 of 150 slots are missing');
    expect(run.stopReason).toBe('budget spent');
    expect(judge(now(many(50, 'ppp')), [steady], {}, { stopReason: 'signal' }).verdict.exitCode).toBe(3);
    expect(judge(now(many(50, 'pps')), [steady]).verdict.exitCode).toBe(3);
  });

  test('when every slot is an error, with or without a baseline', () => {
    expect(judge(now(many(10, 'eee')), [steady]).verdict).toMatchObject({ status: 'inconclusive', exitCode: 3 });
    expect(judge(now(many(10, 'eee')), []).verdict).toMatchObject({ status: 'no-baseline', exitCode: 3 });
  });

  test('when a baseline exists and no sample is shared', () => {
    const changed = now(many(10, { slots: 'ppp', hash: 'other' }));
    const { verdict, counts } = judge(changed, [makeRun({ runId: 'base', samples: many(10, 'ppp') })]);
    expect(verdict).toMatchObject({ status: 'inconclusive', exitCode: 3 });
    expect(verdict.reasons[0]).toContain('no sample of this run is in the baseline');
    expect(counts.new).toBe(10);
  });

  test('when many more slots than before have no verdict', () => {
    const { verdict } = judge(now(many(50, (i) => (i < 12 ? 'ppe' : 'ppp'))), [steady]);
    expect(verdict).toMatchObject({ status: 'inconclusive', exitCode: 3 });
    expect(verdict.reasons[0]).toContain('slots without a verdict rose by 8.0 pp');
  });

  test('when a critical sample fails or nothing is known of it', () => {
    const critical = (slots: string) => now({ ...many(49, 'ppp'), vip: { slots, critical: true } });
    const base = makeRun({ runId: 'base', samples: { ...many(49, 'ppp'), vip: 'fff' } });
    expect(judge(critical('fff'), [base]).verdict).toMatchObject({ status: 'no-change', exitCode: 1 });
    expect(judge(critical('fff'), [base]).verdict.reasons[0]).toBe('1 critical sample failed: `vip`');
    expect(judge(critical('eee'), [base]).verdict.exitCode).toBe(3);
    expect(judge(critical('ppf'), [base]).verdict.exitCode).toBe(0);
  });

  test('when the pass rate is below the required one', () => {
    const bad = many(50, (i) => (i < 10 ? 'fff' : 'ppp'));
    const { verdict } = judge(now(bad), [makeRun({ runId: 'base', samples: bad })], { minPassRate: 0.9 });
    expect(verdict).toMatchObject({ status: 'no-change', exitCode: 1 });
    expect(verdict.reasons[0]).toBe('the pass rate 80.0 % is below the required 90.0 %');
  });
});

describe('strict mode', () => {
  const base = makeRun({ runId: 'base', repeats: 1, samples: many(6, 'p') });
  const strict = (slots: string) =>
    judge(
      now(
        many(6, (i) => (i === 2 ? slots : 'p')),
        { repeats: 1 },
      ),
      [base],
      { mode: 'strict' },
    );

  test('is red for one confirmed flip', () => {
    const { verdict, samples } = strict('fff');
    expect(verdict).toMatchObject({ status: 'regressed', exitCode: 1 });
    expect(verdict.reasons[0]).toBe('1 sample flipped from pass to fail: `s02`');
    expect(samples[0]).toMatchObject({ id: 's02', class: 'regressed' });
  });

  test('waits for the re-run of a flip, and forgives one that does not repeat', () => {
    expect(strict('f').verdict.status).toBe('inconclusive');
    expect(strict('f').counts.suspect).toBe(1);
    expect(strict('fpp').verdict).toMatchObject({ status: 'no-change', exitCode: 0 });
  });

  test('says no-change when every outcome is the same, however small the suite', () => {
    expect(strict('p').verdict).toMatchObject({ status: 'no-change', exitCode: 0 });
  });
});

describe('the samples', () => {
  test('that are gone or new are listed and never compared', () => {
    const { counts, samples, verdict } = judge(now({ ...many(49, 'ppp'), fresh: 'fff' }), [steady]);
    expect(counts).toMatchObject({ new: 1, removed: 1, 'stable-pass': 49 });
    expect(samples.find(({ id }) => id === 's49')).toMatchObject({ class: 'removed', baseline: { passes: 3, repeats: 3 } });
    expect(samples.find(({ id }) => id === 'fresh')).toMatchObject({ class: 'new', current: { passes: 0, repeats: 3 } });
    expect(verdict.reasons.join('; ')).toContain('1 sample new or changed');
  });

  test('pool the first stage of all baseline runs that have the same content', () => {
    const other = makeRun({ runId: 'older', samples: { s00: 'ppf', s01: { slots: 'fff', hash: 'old' } } });
    const { samples } = judge(now(many(2, 'ppp')), [makeRun({ runId: 'base', samples: many(2, 'pppffffff') }), other]);
    expect(samples.find(({ id }) => id === 's00')?.baseline).toEqual({ passes: 5, repeats: 6 });
    expect(samples.find(({ id }) => id === 's01')?.baseline).toEqual({ passes: 3, repeats: 3 });
  });
});

test('the same logs give the same bytes', () => {
  const text = () => JSON.stringify(judge(now(many(50, (i) => (i % 7 === 0 ? 'pfp' : 'ppp'))), [steady]));
  expect(text()).toBe(text());
});
