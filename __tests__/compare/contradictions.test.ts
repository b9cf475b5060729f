import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { assess } from '../../src/compare/assess.ts';
import { contradictions } from '../../src/compare/contradictions.ts';
import type { Assessment } from '../../src/records/assessment.ts';
import { makePolicy, makeRun, type SampleSpec } from './run-builder.ts';

const slots = fc.array(fc.constantFrom('p', 'p', 'p', 'f', 'e', 'u', 's', '.'), { maxLength: 6 }).map((letters) => letters.join(''));
const samples = fc.dictionary(fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f'), fc.record<SampleSpec>({ slots }));
const waivers = fc
  .array(fc.constantFrom('a', 'b'), { maxLength: 2 })
  .map((ids) => ids.map((id) => ({ samples: [id], reason: 'known', until: '2999-01-01' })));

const assessmentOf = (current: Record<string, SampleSpec>, pool: Record<string, SampleSpec>[], policy = makePolicy({})) => {
  const log = makeRun({ samples: current });
  const runs = pool.map((run, index) => makeRun({ samples: run, runId: `base-${index}` }));
  const assessment = assess({ current: log, pool: runs, baseline: { kind: 'path', runs: runs.length }, policy });
  return { log, assessment: JSON.parse(JSON.stringify(assessment)) as Assessment };
};

describe('what an assessment says and its run log does not show', () => {
  it('is nothing for any report of our own, stored and read back', () => {
    fc.assert(
      fc.property(samples, fc.array(samples, { maxLength: 3 }), waivers, (current, pool, waived) => {
        const { log, assessment } = assessmentOf(current, pool, makePolicy({ waivers: waived }));
        expect(contradictions(assessment, log)).toEqual([]);
      }),
      { numRuns: 200 },
    );
  });

  const run = { a: { slots: 'ppp' }, b: { slots: 'fff' }, c: { slots: 'ppf' }, d: { slots: 'ppp' } };
  const lies: [string, RegExp, (assessment: Assessment) => void][] = [
    ['another suite', /the suite/, (assessment) => (assessment.suite = 'other')],
    ['another run', /the run: x in the assessment/, (assessment) => (assessment.run.runId = 'x')],
    ['no commit', /the commit: f+ in the assessment, nothing in the run log/, (assessment) => (assessment.run.sha = 'f'.repeat(40))],
    ['fewer failures', /slots with outcome fail: 0 in the assessment, 4 in/, (assessment) => (assessment.outcomes.fail = 0)],
    ['no pass rate', /the pass rate: nothing in the assessment/, (assessment) => delete assessment.passRate],
    ['a pass more', /other passes than the run log has: c/, (assessment) => change(assessment, 'c', { passes: 3, repeats: 3 })],
    ['a sample left out', /other passes than the run log has: b/, (assessment) => drop(assessment, 'b')],
    ['a sample twice', /listed twice/, (assessment) => assessment.samples.push(...assessment.samples.slice(0, 1))],
    ['an invented sample', /does not have: z/, (assessment) => change(assessment, 'a', undefined, 'z')],
    ['fewer regressed', /samples are counted as/, (assessment) => (assessment.counts.regressed = 7)],
  ];
  it.each(lies)('tells %s', (_, words, lie) => {
    const { log, assessment } = assessmentOf(run, [{ a: { slots: 'ppp' } }]);
    lie(assessment);
    expect(contradictions(assessment, log).join('\n')).toMatch(words);
  });
});

function change(assessment: Assessment, id: string, current?: { passes: number; repeats: number }, newId = id): void {
  const row = assessment.samples.find((sample) => sample.id === id);
  if (row) Object.assign(row, { id: newId }, current ? { current } : {});
}

function drop(assessment: Assessment, id: string): void {
  assessment.samples = assessment.samples.filter((sample) => sample.id !== id);
}
