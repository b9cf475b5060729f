import { describe, expect, test } from 'vitest';
import { type AssessInput, assess } from '../../src/compare/assess.ts';
import type { BaselineInfo } from '../../src/records/assessment.ts';
import type { Policy } from '../../src/records/policy.ts';
import type { RunIndex } from '../../src/records/run-index.ts';
import { makePolicy, makeRun, many } from './run-builder.ts';

function recordOf(current: RunIndex, pool: RunIndex[], policy: Partial<Policy> = {}, more: Partial<AssessInput> = {}): Record<string, unknown> {
  const baseline: BaselineInfo = { kind: 'path', runs: pool.length };
  return assess({ current, pool, baseline, policy: makePolicy(policy), ...more }).verdict.gates ?? {};
}

function gatesOf(...args: Parameters<typeof recordOf>): Record<string, string> {
  const summaryOf = (gate: unknown) => (gate as { summary?: string }).summary ?? String(gate);
  return Object.fromEntries(Object.entries(recordOf(...args)).map(([key, gate]) => [key, summaryOf(gate)]));
}

const steady = makeRun({ runId: 'base', samples: many(50, 'ppp') });
const now = (samples: Parameters<typeof makeRun>[0]['samples'], more = {}): RunIndex => makeRun({ runId: 'now', samples, ...more });

describe('how the verdict was decided', () => {
  test('opens with what decided, the first gate before the others', () => {
    const broken = gatesOf(now(many(50, (i) => (i < 3 ? 'ffffffffffff' : 'ppp'))), [steady]);
    expect(Object.keys(broken)[0]).toBe('decidedBy');
    expect(broken.decidedBy).toBe('what decided: single samples; red as well: the whole suite');
    expect(recordOf(now(many(50, 'ppp')), [steady]).decidedBy).toEqual({
      summary: 'what decided: nothing is red, and a drop of 10 points or more is excluded',
      gates: [],
    });
    expect(gatesOf(now(many(50, 'ppp')), [steady]).suite).toContain('so low a pass rate would come up in 50 % of such comparisons');
    const open = gatesOf(now(many(50, (i) => (i < 1 ? 'fff' : 'ppp'))), [steady]);
    expect(open.decidedBy).toBe('what decided: nothing is red, and something is missing for any other verdict');
    const small = gatesOf(now(many(12, (i) => (i % 3 === 1 ? 'fpp' : 'ppp'))), [
      makeRun({ runId: 'base', samples: many(12, (i) => (i % 3 ? 'ppp' : 'pfp')) }),
    ]);
    expect(small.decidedBy).toBe('what decided: nothing is red, but a drop of 10 points is not excluded');
    const bad = makeRun({ runId: 'base', samples: many(50, (i) => (i < 20 ? 'fff' : 'ppp')) });
    expect(gatesOf(now(many(50, 'ppp')), [bad]).decidedBy).toBe('what decided: the whole suite, which rose beyond chance; nothing is red');
    expect(gatesOf(now(many(50, 'ppp')), [steady], { margin: 0.2 }).decidedBy).toContain('a drop of 20 points or more is excluded');
  });

  test('says in strict mode what decides there', () => {
    const base = makeRun({ runId: 'base', repeats: 1, samples: many(6, (i) => (i === 5 ? 'f' : 'p')) });
    const strict = (third: string, last = 'f') => {
      const samples = many(6, (i) => (i === 2 ? third : i === 5 ? last : 'p'));
      return gatesOf(now(samples, { repeats: 1 }), [base], { mode: 'strict' });
    };
    expect(strict('fff').decidedBy).toBe('what decided: strict mode; nothing else is red');
    expect(strict('fff').strict).toContain('1 sample that mostly passed now mostly fails, on all answers together; one is enough: red');
    const samples = many(6, (i) => (i === 2 ? 'fff' : 'p'));
    expect(recordOf(now(samples, { repeats: 1 }), [base], { mode: 'strict' }).strict).toMatchObject({ isRed: true, flipped: ['s02'] });
    expect(strict('p').decidedBy).toBe('what decided: nothing is red');
    expect(strict('p', 'p').decidedBy).toBe('what decided: samples that pass now; nothing is red');
    // One flip that was not asked again is missing, however small the suite: no statistics excludes anything here.
    expect(strict('f').decidedBy).toBe('what decided: nothing is red, and something is missing for any other verdict');
    expect(strict('f').settle).toBe('the confirmation re-runs of the suspicious samples');
    expect(strict('p').compared).toBe('compared: 6 of the 6 samples on both sides, with 1 answer each on average against 1 of the baseline');
  });

  test('names every gate that is red', () => {
    const checkers = [
      { name: 'contains', required: true, weight: 1 },
      { name: 'tone', required: false, weight: 1 },
    ];
    const run = (runId: string, tone: number, ms: number) =>
      makeRun({
        ...{ runId, checkers },
        samples: many(30, (i) => {
          const scores = { contains: [1, 1, 1], tone: [0, 1, 2].map((k) => tone + ((i + k) % 3) / 50) };
          return { slots: 'ppp', scores, latencyMs: [ms, ms * 1.01, ms * 0.99] };
        }),
      });
    const pool = ['a', 'b', 'c'].map((runId) => run(runId, 0.8, 1000));
    const worse = recordOf(run('now', 0.6, 2000), pool, { slices: ['checkers'] });
    expect(worse.decidedBy).toEqual({
      summary: 'what decided: slices and secondary checkers; red as well: latency',
      gates: ['slices and secondary checkers', 'latency'],
    });
    expect(worse.family).toEqual({
      summary:
        "slices and secondary checkers: 1 test like that of the whole suite; the more there are, the more evidence each needs, so that all together are wrong in 0.5 % at most: red, 1 test of them (Holm's correction)",
      ...{ isRed: true, tests: 1, alpha: 0.005 },
    });
    expect(worse.latency).toMatchObject({ isRed: true, tests: 1, summary: expect.stringMatching(/explain: red \(t-test/) });
    const alike = recordOf(run('now', 0.8, 1000), pool, { slices: ['checkers'] });
    expect(alike.family).toMatchObject({ isRed: false, summary: expect.stringMatching(/at most: not red \(Holm's correction\)$/) });
    expect(alike.latency).toMatchObject({ isRed: false, tests: 1, summary: expect.stringMatching(/explain: not red \(t-test/) });
    expect(recordOf(now(many(50, 'ppp')), [steady]).family).toEqual({
      summary: 'slices and secondary checkers: none tested',
      ...{ isRed: false, tests: 0, alpha: 0.005 },
    });
  });

  test('counts the time to the first byte as latency, and never tokens', () => {
    const run = (runId: string, firstByteMs: number | undefined, outputTokens: number) => {
      const index = makeRun({ runId, samples: many(20, 'ppp') });
      for (const { slots } of index.samples.values())
        for (const slot of slots)
          Object.assign(slot, { outputTokens: outputTokens + slot.epoch }, firstByteMs && { firstByteMs: firstByteMs + slot.epoch });
      return index;
    };
    const pool = (firstByteMs?: number) => ['a', 'b', 'c'].map((runId) => run(runId, firstByteMs, 100));
    expect(recordOf(run('now', undefined, 900), pool())).not.toHaveProperty('latency');
    const slow = recordOf(run('now', 900, 100), pool(100));
    expect(slow.latency).toMatchObject({ isRed: true, tests: 1 });
    expect(slow.decidedBy).toMatchObject({ gates: ['latency'] });
    expect(recordOf(run('now', 100, 900), pool(100)).latency).toMatchObject({ isRed: false, tests: 1 });
    const timed = (index: RunIndex, latencyMs: number) => {
      for (const { slots } of index.samples.values()) for (const slot of slots) slot.latencyMs = latencyMs + slot.epoch;
      return index;
    };
    const both = pool(100).map((index) => timed(index, 2000));
    // One of the two times is enough.
    expect(recordOf(timed(run('now', 900, 100), 2000), both).latency).toMatchObject({ isRed: true, tests: 2 });
  });

  test('keeps the numbers behind the words', () => {
    const gates = recordOf(now(many(50, (i) => (i < 3 ? 'ffffffffffff' : 'ppp'))), [steady]);
    expect(gates.decidedBy).toMatchObject({ gates: ['single samples', 'the whole suite'] });
    expect(gates.compared).toEqual({
      summary: 'compared: 50 of the 50 samples on both sides, with 3 answers each on average against 3 of the baseline',
      ...{ compared: 50, shared: 50, repeats: { baseline: 3, current: 3 } },
    });
    expect(gates.suite).toMatchObject({ isRed: true, pWorse: 0.0000625, pBetter: 0.9999375, alpha: 0.01, margin: 0, change: -0.06 });
    expect(gates.suite).toMatchObject({
      standardError: expect.closeTo(0.016865, 6),
      interval: [expect.closeTo(-0.093056, 6), expect.closeTo(-0.026944, 6)],
    });
    const plan = ['s00', 's01', 's02'].map((sample) => ({ sample, extraRepeats: 9 }));
    expect(gates.samples).toMatchObject({ isRed: true, alpha: 0.01, plan, open: [], adjusted: expect.closeTo(0.000443, 6) });
    expect(gates.history).toEqual({ summary: expect.stringContaining('unknown; it takes 3 of them'), isKnown: false });
    expect(gates.errors).toEqual({ summary: 'answers without a verdict: none on either side', p: 1, difference: 0, isOn: false });
    expect(gates).not.toHaveProperty('settle');
    expect(Object.keys(gates)).toEqual(['decidedBy', 'compared', 'suite', 'samples', 'family', 'history', 'errors']);
  });

  test('says in plain words what a p-value means, the method in brackets', () => {
    expect(gatesOf(now(many(50, (i) => (i === 0 ? 'fff' : 'ppp'))), [steady]).suite).toBe(
      'whole suite: if nothing had changed, so low a pass rate would come up in 2.5 % of such comparisons (p = 0.025); red takes 1 % or less: not red (exact within-sample permutation test)',
    );
    const bad = makeRun({ runId: 'base', samples: many(50, (i) => (i % 2 ? 'pfp' : 'ppp')) });
    expect(gatesOf(now(many(50, 'ppp')), [bad]).suite).toMatch(/so high a pass rate .* better takes 1 % or less: better \(exact/);
    expect(gatesOf(now(many(50, (i) => (i % 2 ? 'pfp' : 'ppp'))), [steady], { margin: 0.05 }).suite).toContain('exceeds the margin of 5 points: red');
  });

  test('tells of the samples that were asked again, and of those that could not be', () => {
    const { samples } = gatesOf(now(many(50, (i) => (i < 3 ? 'ffffffffffff' : 'ppp'))), [steady]);
    expect(samples).toContain('3 fell by 30 points or more and are asked again, 9 times each; by all its answers the clearest one is worse');
    expect(samples).toContain('no more than 0.044 % (adjusted p = 0.00044) are wrong; red takes 1 % or less: red');
    expect(gatesOf(now(many(50, (i) => (i === 0 ? 'fff' : 'ppp'))), [steady]).samples).toMatch(/; for 1 of them these answers are missing$/);
    expect(gatesOf(now(many(50, (i) => (i === 0 ? 'fffppppppppp' : 'ppp'))), [steady]).samples).toContain('none is worse beyond chance: not red');
    const pair = makeRun({ runId: 'base', repeats: 2, samples: many(50, 'pp') });
    expect(gatesOf(now(many(50, 'pp'), { repeats: 2 }), [pair]).samples).toContain('2 answers of the baseline are too few to name one');
    expect(gatesOf(now(many(50, 'ppp')), [steady], { confirm: false }).samples).toBe(
      'single samples: none is asked again (`confirm` is off), so the first answers must do; ' +
        "by all its answers none is worse beyond chance: not red (Fisher's test, discrete Benjamini–Hochberg over all samples)",
    );
    expect(gatesOf(now(many(50, 'ppp')), [steady]).samples).toBe(
      'single samples: none fell by 30 points or more and beyond ordinary chance, so none was asked again',
    );
    expect(gatesOf(now(many(50, 'ppp'), { repeats: 3 }), [makeRun({ runId: 'base', repeats: 1, samples: many(50, 'p') })]).samples).toContain(
      '1 answer of the baseline is too few to name one',
    );
  });

  test('says how often each of them was asked, and what the clearest one shows', () => {
    const six = makeRun({ runId: 'base', repeats: 6, samples: many(20, 'pppppp') });
    const { samples } = gatesOf(now(many(20, (i) => (i < 2 ? (i ? 'ffe' : 'fff') : 'ppp'))), [six]);
    expect(samples).toBe(
      'single samples: 2 fell by 30 points or more and are asked again, 6 to 9 times each; for 2 of them these answers are missing',
    );
    const one = gatesOf(now(many(50, (i) => (i === 0 ? 'ffffffffffff' : 'ppp'))), [steady]);
    expect(one.samples).toContain('1 fell by 30 points or more and is asked again, 9 times; by all its answers');
    const some = gatesOf(now(many(50, (i) => (i === 0 ? 'fffpppffffff' : 'ppp'))), [steady]).samples;
    expect(some).toMatch(/the clearest one is worse, and of names given .* wrong; red takes 1 % or less: not red \(Fisher/);
    const long = makeRun({ runId: 'base', repeats: 12, samples: many(40, 'p'.repeat(12)) });
    const gone = now(
      many(40, (i) => (i < 2 ? 'f'.repeat(24) : 'p'.repeat(12))),
      { repeats: 12 },
    );
    expect(gatesOf(gone, [long]).samples).toContain('no more than 1 in 10,000 (adjusted p < 0.0001) are wrong');
    expect(gatesOf(gone, [long], { margin: 0.1 }).samples).toContain('are wrong; with a margin this names samples but does not decide (Fisher');
  });

  test('tells of a grey result and of its top-up', () => {
    const grey = makeRun({ runId: 'now', samples: many(50, (i) => (i % 12 === 0 ? 'pfp' : 'ppp')) });
    expect(gatesOf(grey, [steady], { topUp: true, confirm: false }).suite).toContain(
      'grey result, and the top-up that settles it did not run: not red',
    );
    expect(gatesOf(grey, [steady], { topUp: true, confirm: false }).decidedBy).toContain('something is missing for any other verdict');
  });

  test('says what the answers of a top-up showed, at the level that is left for them', () => {
    const done = (more: string) => {
      const run = makeRun({ runId: 'now', samples: many(50, (i) => (i % 12 === 0 ? `pfp${more}` : 'pppppp')) });
      for (const sample of run.samples.values()) for (const slot of sample.slots) if (slot.epoch > 3) slot.isTopUp = true;
      return recordOf(run, [steady], { topUp: true, confirm: false }).suite;
    };
    expect(done('fff')).toMatchObject({ isRed: true, topUp: 'done', pCumulative: expect.closeTo((5 / 42) ** 5 / 2, 9) });
    expect(done('fff')).toMatchObject({
      summary: expect.stringMatching(
        /\(p = 0\.016\); that is a grey result, so every sample was asked as often again \(top-up\): with all answers in fewer than 1 of 10,000 such comparisons .*; red takes 0\.8 % or less: red /,
      ),
    });
    expect(done('ppp')).toMatchObject({ isRed: false, summary: expect.stringContaining('red takes 0.8 % or less: not red') });
    const clear = now(many(50, (i) => (i % 5 === 0 ? 'pfp' : 'ppp')));
    expect(gatesOf(clear, [steady], { topUp: true, confirm: false }).suite).toContain('red takes 0.5 % or less: red');
    expect(recordOf(clear, [steady], { topUp: true, confirm: false }).suite).not.toHaveProperty('topUp');
  });

  test('says of answers without a verdict whether they spoil the rest', () => {
    const many50 = (lost: number) => recordOf(now(many(50, (i) => (i < lost ? 'ppe' : 'ppp'))), [steady]);
    expect(many50(12)).toMatchObject({
      decidedBy: { summary: expect.stringContaining('something is missing') },
      errors: {
        isOn: true,
        difference: expect.closeTo(0.08, 9),
        summary: expect.stringContaining('+8.0 pp against the baseline (p = 0.00012), too many more'),
      },
    });
    expect(many50(1).errors).toMatchObject({
      isOn: false,
      summary: 'answers without a verdict: +0.7 pp against the baseline (p = 0.25), not beyond chance or less than 2 points',
    });
  });

  test('does not call answers without a verdict none where both sides have as many', () => {
    const lost = many(50, (i) => (i < 5 ? 'ppe' : 'ppp'));
    expect(gatesOf(now(lost), [makeRun({ runId: 'base', samples: lost })]).errors).toMatch(
      /^answers without a verdict: 0\.0 pp against the baseline/,
    );
  });

  test('says that runs cannot differ where both agents were asked side by side', () => {
    const baseline = { kind: 'agent' as const, runs: 1 };
    expect(gatesOf(now(many(50, 'ppp')), [steady], {}, { baseline }).history).toContain('does not matter, as both agents were asked side by side');
  });

  test('does not speak of noise that was not there, nor of what does not apply', () => {
    const alike = ['a', 'b', 'c'].map((runId) => makeRun({ runId, samples: many(30, 'ppp') }));
    const gates = gatesOf(now(many(30, 'ppp')), alike);
    expect(recordOf(now(many(30, 'ppp')), alike).history).toMatchObject({ isKnown: true, isOn: false, inflation: 1, p: 1 });
    expect(gates.history).toBe(
      'movement between baseline runs: the answers of one run look independent; beyond chance the whole suite moves by 0.0 pp',
    );
    expect(gates.errors).toBe('answers without a verdict: none on either side');
    for (const key of ['latency', 'strict', 'waived']) expect(gates).not.toHaveProperty(key);
  });

  test('says how much noise was allowed for, and what latency, waivers and strict mode did', () => {
    const moving = ['a', 'b', 'c'].map((runId, k) =>
      makeRun({ runId, samples: many(30, (i) => ({ slots: (i * 7 + k) % 5 < 2 ? 'fff' : 'ppp', latencyMs: [100, 110, 120] })) }),
    );
    const slow = now(many(30, { slots: 'ppp', latencyMs: [400, 410, 420] }));
    const gates = gatesOf(slow, moving, { waivers: [{ samples: ['s01'], reason: 'known', until: '2099-01-01' }], mode: 'strict' });
    expect(gates.history).toMatch(/resemble each other \(correlation 1\).*; the noise of the change is counted 1\.\d+ times for it$/);
    expect(gates.latency).toContain('red takes growth beyond 10 % that the movement between baseline runs does not explain: red');
    expect(gates.waived).toBe('waived: 1 sample left out of all of this, on both sides');
    expect(gates.strict).toContain('0 samples that mostly passed now mostly fail, on all answers together; one is enough: not red');
    expect(gatesOf(slow, moving.slice(1)).latency).toContain('reported only');
  });

  test('says what could not be compared', () => {
    expect(gatesOf(now({ x: 'ppp' }), [steady]).compared).toBe('compared: nothing: no sample is on both sides with the same content');
    expect(gatesOf(now(many(5, 'eee')), [steady]).compared).toBe('compared: none of the 5 samples on both sides');
    const waivers = [{ samples: ['s01'], reason: 'known', until: '2099-01-01' }];
    expect(recordOf(now(many(5, 'eee')), [steady], { waivers })).toEqual({
      compared: { summary: 'compared: none of the 4 samples on both sides', compared: 0, shared: 4 },
      waived: { summary: 'waived: 1 sample left out of all of this, on both sides', samples: 1 },
    });
    const half = gatesOf(now(many(50, (i) => (i < 25 ? 'ppp' : 'eee'))), [
      makeRun({ runId: 'base', samples: many(50, (i) => (i < 25 ? 'ppp' : 'eee')) }),
    ]);
    expect(half.decidedBy).toContain('something is missing for any other verdict');
  });
});
