import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { explainChanges } from '../../src/compare/explain.ts';
import type { SlotEvidence } from '../../src/records/evidence.ts';
import { anErrorSlot, anEvidence, aSlot, aToolCall, repeated } from '../helpers/assessment.ts';
import { hostileTexts } from '../helpers/hostile.ts';

const failed = { outcome: 'fail' } as const;

function explain(before: SlotEvidence | SlotEvidence[], now: SlotEvidence | SlotEvidence[]): string[] {
  const slots = (side: SlotEvidence | SlotEvidence[]): SlotEvidence[] => (Array.isArray(side) ? side : repeated(side, 3));
  return explainChanges(anEvidence('s', slots(before), slots(now)));
}

describe('tool calls', () => {
  it('names the call that went missing, then what is said instead', () => {
    const before = aSlot('Refunded. Bye.', { calls: [aToolCall('lookup_order'), aToolCall('refund')] });
    const now = aSlot('I cannot help with refunds. Bye.', { ...failed, calls: [aToolCall('refund')] });
    expect(explain(before, now)).toEqual(['no longer calls `lookup_order`', 'says "I cannot help with refunds."']);
  });

  it('names new calls, changed counts, arguments, errors and order', () => {
    const same = 'ok';
    const now = (calls: ReturnType<typeof aToolCall>[]): SlotEvidence => aSlot(same, { ...failed, calls });
    const a = aToolCall('a', { id: 'A2' });
    const b = aToolCall('b');
    expect(explain(aSlot(same, { calls: [a] }), now([a, b]))).toEqual(['now calls `b`']);
    expect(explain(aSlot(same, { calls: [a] }), now([a, a]))).toEqual(['calls `a` 2× instead of once']);
    expect(explain(aSlot(same, { calls: [a] }), now([aToolCall('a', { id: 'A1' })]))).toEqual(['`a` gets `id` "A1" instead of "A2"']);
    expect(explain(aSlot(same, { calls: [a] }), now([aToolCall('a', {})]))).toEqual(['`a` no longer gets `id`']);
    expect(explain(aSlot(same, { calls: [a] }), now([aToolCall('a', { id: 'A2', n: 3 })]))).toEqual(['`a` also gets `n` 3']);
    expect(explain(aSlot(same, { calls: [a] }), now([{ ...a, result: 'no such order', isError: true }]))).toEqual([
      '`a` returns an error "no such order"',
    ]);
    expect(explain(aSlot(same, { calls: [a, b] }), now([b, a]))).toEqual(['calls `b` before `a`']);
  });

  it('does not call a tool missing that most failing repeats still call', () => {
    const before = repeated(aSlot('x', { calls: [aToolCall('a')] }), 3);
    const now = [aSlot('y', failed), aSlot('z', { ...failed, calls: [aToolCall('a')] }), aSlot('w', { ...failed, calls: [aToolCall('a')] })];
    expect(explain(before, now).join()).not.toContain('no longer calls');
  });
});

describe('errors', () => {
  it('counts the repeats that timed out', () => {
    expect(explain(aSlot('fine'), repeated(anErrorSlot('timeout', 'no reply in 60 s'), 3))).toEqual(['3 of 3 repeats timed out']);
  });

  it('quotes an error that has no word of its own', () => {
    const slots = [anErrorSlot('bad-response', 'not JSON: <html>'), aSlot('fine'), aSlot('fine')];
    expect(explain(aSlot('fine'), slots)[0]).toBe('1 of 3 repeats gave no usable answer: "not JSON: <html>"');
  });

  it('says nothing of errors that the baseline had as well', () => {
    expect(explain(anErrorSlot('timeout', 'x'), anErrorSlot('timeout', 'x'))).toEqual([]);
  });
});

describe('scores and output', () => {
  const withScore = (output: string, value: number, reason: string, threshold = 1): SlotEvidence =>
    aSlot(output, {
      outcome: value >= threshold ? 'pass' : 'fail',
      scores: [{ checker: 'contains', score: { kind: 'scored', value, pass: value >= threshold, reason } }],
    });

  it("gives the checker's reason before the text", () => {
    const told = explain(withScore('Refunded', 1, 'found'), withScore('Sorry', 0, '"refund" not found'));
    expect(told).toEqual([`\`contains\` fails: "'refund' not found"`, 'says "Sorry"']);
  });

  it('gives both values of a score that falls without failing', () => {
    expect(explain(withScore('a', 0.9, 'good', 0.3), withScore('a', 0.4, 'meagre', 0.3))).toEqual(['`contains` falls from 0.90 to 0.40']);
  });

  it('shows a small difference with both sides', () => {
    expect(explain(aSlot('The total is 42 EUR'), aSlot('The total is 41 EUR', failed))).toEqual(['says "41" instead of "42"']);
  });

  it('tells an empty answer and a dropped sentence', () => {
    expect(explain(aSlot('Hi'), aSlot('', failed))).toEqual(['says nothing']);
    expect(explain(aSlot('First one. And the second.'), aSlot('First one.', failed))).toEqual(['no longer says "And the second."']);
  });

  it('compares passing answers with failing ones when the sample was fixed', () => {
    const before = [aSlot('No.', failed), aSlot('No.', failed), aSlot('Yes.')];
    expect(explain(before, aSlot('Yes.'))).toEqual(['says "Yes."']);
  });

  it('speaks of the most common failing answer', () => {
    const now = [aSlot('rare', failed), aSlot('common', failed), aSlot('common', failed), aSlot('fine')];
    expect(explain(aSlot('fine'), now)).toEqual(['says "common"']);
  });
});

it('speaks of latency only when nothing else changed', () => {
  expect(explain(aSlot('a', { latencyMs: 800 }), aSlot('a', { latencyMs: 4200 }))).toEqual(['takes 4.2 s instead of 0.8 s']);
  expect(explain(aSlot('a', { latencyMs: 800 }), aSlot('b', { ...failed, latencyMs: 4200 }))).toEqual(['says "b"']);
  expect(explain(aSlot('a', { latencyMs: 800 }), aSlot('a', { latencyMs: 900 }))).toEqual([]);
});

it('says nothing of nothing', () => {
  expect(explain([], [])).toEqual([]);
  expect(explain([], aSlot('new'))).toEqual([]);
});

it('gives at most three short single lines, the same every time, for any text', () => {
  const text = fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom(...hostileTexts));
  fc.assert(
    fc.property(text, text, text, (a, b, c) => {
      const before = aSlot(a, { calls: [aToolCall(b, { [c]: a })] });
      const now = aSlot(b, { ...failed, calls: [aToolCall(b, { [c]: b }), aToolCall(c, a)] });
      const told = explain(before, now);
      expect(told.length).toBeLessThanOrEqual(3);
      for (const phrase of told) expect(phrase).not.toMatch(/[\n\r]/);
      for (const [quotation = ''] of told.join(' ').matchAll(/"[^"]*"/g)) expect([...quotation].length).toBeLessThanOrEqual(82);
      expect(explain(before, now)).toEqual(told);
    }),
  );
});

it('does not grow with the square of the text', () => {
  const before = aSlot(Array.from({ length: 200_000 }, (_, i) => `word${i}`).join(' '));
  const now = aSlot(Array.from({ length: 200_000 }, (_, i) => `other${i}`).join(' '), failed);
  const start = performance.now();
  expect(explain(before, now)).toHaveLength(1);
  expect(performance.now() - start).toBeLessThan(5000);
});
