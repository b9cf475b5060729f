import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { historyText, joinHistory, readHistory } from '../../src/compare/history.ts';
import { type HistoryRow, historyRowOf, maxHistoryRows } from '../../src/records/history.ts';
import { anAssessment } from '../helpers/assessment.ts';
import { aRow, nights } from '../helpers/history.ts';

const now = Date.parse('2026-06-01T00:00:00Z');
const read = (text: string) => readHistory(text, { source: 'run 7', now, suite: 'support-bot' });

describe('a history file', () => {
  it('gives back the rows that were written', () => {
    const rows = nights(['no-baseline', 'no-change', 'regressed']);
    expect(read(historyText(rows))).toEqual({ rows, notes: [] });
  });

  it.each([
    ['no JSON', '{"runId": '],
    ['another shape', '[1, 2]'],
    ['a rate above one', JSON.stringify(aRow(1, { passRate: 1.5 }))],
    ['a number that is no number', JSON.stringify({ ...aRow(1), costUsd: '9' })],
    ['a run id with markup', JSON.stringify(aRow(1, { runId: '<script>' }))],
    ['a commit that is none', JSON.stringify(aRow(1, { sha: 'refs/heads/main' }))],
    ['an event with a newline', JSON.stringify(aRow(1, { event: 'push\nx' }))],
    ['a day that is still to come', JSON.stringify(aRow(1, { at: '2027-01-01T00:00:00.000Z' }))],
    ['a line that never ends', JSON.stringify({ ...aRow(1), filler: 'x'.repeat(5000) })],
  ])('leaves out %s, with a note, and keeps the rest', (_, line) => {
    const good = aRow(2);
    const { rows, notes } = read(`${line}\n${JSON.stringify(good)}\n`);
    expect(rows).toEqual([good]);
    expect(notes).toEqual(['1 line of the history of run 7 cannot be read and is left out']);
  });

  it('drops keys that nobody reads, and rows of other suites without a word', () => {
    const line = JSON.stringify({ ...aRow(1), html: '<b>' });
    expect(read(`${line}\n${JSON.stringify(aRow(2, { suite: 'other' }))}`)).toEqual({ rows: [aRow(1)], notes: [] });
  });

  it('never throws, whatever it holds', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
        expect(read(text).rows.length).toBeLessThanOrEqual(maxHistoryRows);
      }),
    );
  });
});

describe('joining histories', () => {
  it('keeps each attempt of a run once, the best known last, oldest first, the newest ninety', () => {
    const many = Array.from({ length: 100 }, (_, index) => aRow(index + 1));
    const again = aRow(50, { verdict: 'improved' });
    const joined = joinHistory([many.slice(30), many.slice(0, 60), [again, aRow(50, { attempt: 2 })]]);
    expect(joined).toHaveLength(maxHistoryRows);
    expect(joined.map(({ at }) => at)).toEqual([...joined.map(({ at }) => at)].sort());
    expect(joined.filter(({ runId }) => runId === '50')).toEqual([again, aRow(50, { attempt: 2 })]);
    expect(joined.at(-1)).toEqual(many.at(-1));
  });

  it('does not depend on the order of the lists where no two rows differ', () => {
    const rows = nights(['no-change', 'no-change', 'regressed', 'improved']);
    fc.assert(
      fc.property(fc.shuffledSubarray(rows, { minLength: 4 }), fc.nat(4), (shuffled, cut) => {
        expect(joinHistory([shuffled.slice(cut), shuffled.slice(0, cut)])).toEqual(rows);
      }),
    );
  });
});

describe('the row of a run', () => {
  it('has the numbers of its assessment', () => {
    const assessment = {
      ...anAssessment({ cost: { agentCalls: 1, judgeCalls: 0, costUsd: 0.5 }, run: { latencyMs: 81 } }),
      passRateInterval: [0.8, 0.95],
    };
    expect(historyRowOf(assessment as never, { runId: '42', attempt: 2, event: 'schedule', sha: 'abcdef1' })).toEqual({
      ...{ runId: '42', attempt: 2, at: '2026-01-05T09:30:00.000Z', suite: 'support-bot', event: 'schedule', sha: 'abcdef1' },
      ...{ verdict: 'no-change', complete: true, passRate: 0.9111, interval: [0.8, 0.95], baselineRate: 0.9139 },
      ...{ samples: 120, n: 360, costUsd: 0.5, latencyMs: 81 },
    } satisfies HistoryRow);
  });

  it('is missing where the assessment does not say when the run was', () => {
    const { startedAt: _, ...run } = anAssessment().run;
    expect(historyRowOf({ ...anAssessment(), run })).toBeUndefined();
  });
});
