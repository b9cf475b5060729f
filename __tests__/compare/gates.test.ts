import { describe, expect, test } from 'vitest';
import { type AssessInput, assess } from '../../src/compare/assess.ts';
import type { BaselineInfo } from '../../src/records/assessment.ts';
import type { Policy } from '../../src/records/policy.ts';
import type { RunIndex } from '../../src/records/run-index.ts';
import { makePolicy, makeRun, many } from './run-builder.ts';

function gatesOf(current: RunIndex, pool: RunIndex[], policy: Partial<Policy> = {}, more: Partial<AssessInput> = {}) {
  const baseline: BaselineInfo = { kind: 'path', runs: pool.length };
  const { verdict } = assess({ current, pool, baseline, policy: makePolicy(policy), ...more });
  return Object.fromEntries(Object.entries(verdict.gates ?? {}).map(([key, gate]) => [key, (gate as { summary?: string }).summary ?? String(gate)]));
}

const steady = makeRun({ runId: 'base', samples: many(50, 'ppp') });
const now = (samples: Parameters<typeof makeRun>[0]['samples'], more = {}): RunIndex => makeRun({ runId: 'now', samples, ...more });

describe('how the verdict was decided', () => {
  test('opens with what decided, the first gate before the others', () => {
    const broken = gatesOf(now(many(50, (i) => (i < 3 ? 'ffffffffffff' : 'ppp'))), [steady]);
    expect(Object.keys(broken)[0]).toBe('decidedBy');
    expect(broken.decidedBy).toBe('what decided: single samples; red as well: the whole suite');
    expect(gatesOf(now(many(50, 'ppp')), [steady]).decidedBy).toBe('what decided: nothing is red, and a drop of 10 points or more is excluded');
    const open = gatesOf(now(many(50, (i) => (i < 1 ? 'fff' : 'ppp'))), [steady]);
    expect(open.decidedBy).toBe('what decided: nothing is red, and something is missing for any other verdict');
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
    expect(gatesOf(now(many(50, 'ppp')), [steady], { confirm: false }).samples).toContain('`confirm` is off');
  });

  test('tells of a grey result and of its top-up', () => {
    const grey = makeRun({ runId: 'now', samples: many(50, (i) => (i % 12 === 0 ? 'pfp' : 'ppp')) });
    expect(gatesOf(grey, [steady], { topUp: true, confirm: false }).suite).toContain(
      'grey result, and the top-up that settles it did not run: not red',
    );
  });

  test('does not speak of noise that was not there, nor of what does not apply', () => {
    const alike = ['a', 'b', 'c'].map((runId) => makeRun({ runId, samples: many(30, 'ppp') }));
    const gates = gatesOf(now(many(30, 'ppp')), alike);
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
  });
});
