import { describe, expect, test } from 'vitest';
import { assess } from '../../src/compare/assess.ts';
import { weightedScore } from '../../src/compare/weighted-score.ts';
import { makeReportView } from '../../src/reporters/parts/view.ts';
import { makePolicy, makeRun, type SampleSpec } from './run-builder.ts';

const checkers = [
  { name: 'contains', required: true, weight: 1 },
  { name: 'judge', required: false, weight: 3 },
];
const sample = (contains: number[], judge: number[], more: Partial<SampleSpec> = {}): SampleSpec => ({
  slots: 'ppp',
  scores: { contains, judge },
  ...more,
});

describe('the weighted score', () => {
  test('weighs each mean by the sample and the checker, on today’s weights', () => {
    const base = makeRun({ runId: 'base', checkers: [], samples: { a: sample([1, 1, 1], [0.8, 0.8, 0.8]), b: sample([1, 0, 1], [0.5, 0.5, 0.5]) } });
    const now = makeRun({ checkers, samples: { a: sample([1, 1, 1], [0.5, 0.4, 0.6], { weight: 2 }), b: sample([0, 0, 0], [0.5, 0.5, 0.5]) } });
    const { baseline, current } = weightedScore(now, [base]) ?? {};
    expect(baseline).toBeCloseTo((2 * 1 + 6 * 0.8 + 1 * (2 / 3) + 3 * 0.5) / 12, 12);
    expect(current).toBeCloseTo((2 * 1 + 6 * 0.5 + 1 * 0 + 3 * 0.5) / 12, 12);
  });

  test('leaves out re-runs, unscored slots and, with a baseline, what only one side has', () => {
    const base = makeRun({ runId: 'base', samples: { a: { slots: 'pp', scores: { judge: [0.5, 0.7] } } } });
    const now = makeRun({ repeats: 2, checkers, samples: { a: { slots: 'pupp', scores: { judge: [0.4] } }, fresh: sample([0, 0, 0], [0, 0, 0]) } });
    expect(weightedScore(now, [base])).toEqual({ baseline: expect.closeTo(0.6, 12), current: expect.closeTo(0.4, 12) });
    expect(weightedScore(now, [])).toEqual({ current: expect.closeTo((3 * 0.4) / 7, 12) });
  });

  test('is absent where it only repeats the checkers’ means, and for an empty run', () => {
    expect(weightedScore(makeRun({ samples: { a: 'pff' } }), [])).toBeUndefined();
    expect(weightedScore(makeRun({ samples: {} }), [])).toBeUndefined();
    expect(weightedScore(makeRun({ samples: { a: { slots: 'pff', weight: 2 } } }), [])).toEqual({ current: 1 / 3 });
  });

  test('stands in the assessment and beside the checkers in the reports', () => {
    const runs = [0.91, 0.84].map((value, i) => makeRun({ runId: `r${i}`, checkers, samples: { a: sample([], [value, value, value]) } }));
    const [base, now] = runs as [(typeof runs)[0], (typeof runs)[0]];
    const assessment = assess({ current: now, pool: [base], baseline: { kind: 'path', runs: 1 }, policy: makePolicy() });
    expect(assessment.score).toEqual({ baseline: expect.closeTo(0.91, 12), current: expect.closeTo(0.84, 12) });
    expect(makeReportView({ assessment, evidence: [] }).tables[0]?.title).toBe('Checkers · Weighted score 0.91 → 0.84');
  });
});
