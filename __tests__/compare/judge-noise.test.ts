import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { collectJudgeNoise, varianceShare } from '../../src/compare/judge-noise.ts';
import type { JudgementRecord } from '../../src/records/judgement.ts';

const answer = (sample: string, ...values: number[]) => ({ sample, values });

describe('the share of the variance that is the judge’s own', () => {
  it('is the within component over both, by hand', () => {
    // Answers 0.2 0.4 and 0.8 0.6 of one sample: SSW = 4 · 0.01 = 0.04 on 2, so s²J = 0.02; means 0.3 and 0.7 about 0.5:
    // MSB = 2 · 0.04 + 2 · 0.04 = 0.16 on 1; n₀ = 4 − 8 / 4 = 2; s²A = (0.16 − 0.02) / 2 = 0.07.
    expect(varianceShare([answer('a', 0.2, 0.4), answer('a', 0.8, 0.6)])).toBeCloseTo(0.02 / 0.09, 12);
  });

  it('pools the samples, whose own means do not count', () => {
    const first = [answer('a', 0.2, 0.4), answer('a', 0.8, 0.6)];
    const second = first.map(({ values }) => answer('b', ...values.map((value) => value - 0.2)));
    expect(varianceShare([...first, ...second])).toBeCloseTo(0.02 / 0.09, 12);
  });

  it('takes answers with fewer judgements as they are', () => {
    // Judgements 0 1 and 0 0 1 of two answers: SSW = 0.5 + 2/3 on 3; means 1/2 and 1/3 about 2/5;
    // MSB = 2 · 0.01 + 3 · (1/15)² = 1/30; below MSW, so s²A = 0.
    expect(varianceShare([answer('a', 0, 1), answer('a', 0, 0, 1)])).toBe(1);
    // 1 and 0 0: SSW = 0, so nothing is the judge's.
    expect(varianceShare([answer('a', 1), answer('a', 0, 0)])).toBe(0);
  });

  it('is 0 for a steady judge and 1 for one that rolls dice', () => {
    expect(varianceShare([answer('a', 0.5, 0.5), answer('a', 0.9, 0.9)])).toBe(0);
    expect(varianceShare([answer('a', 0, 1), answer('a', 1, 0)])).toBe(1);
  });

  it('is unknown when nothing varies, with one repeat, with one judgement, and without any', () => {
    expect(varianceShare([answer('a', 0.7, 0.7, 0.7), answer('a', 0.7, 0.7, 0.7)])).toBeUndefined();
    expect(varianceShare([answer('a', 0, 1), answer('b', 0, 1)])).toBeUndefined();
    expect(varianceShare([answer('a', 0), answer('a', 1)])).toBeUndefined();
    expect(varianceShare([answer('a'), answer('a')])).toBeUndefined();
    expect(varianceShare([])).toBeUndefined();
  });

  it('always lies in 0..1, whatever the order of the answers', () => {
    const answers = fc.array(
      fc.record({
        sample: fc.constantFrom('a', 'b', 'c'),
        values: fc.array(
          fc.integer({ min: 0, max: 10 }).map((n) => n / 10),
          { maxLength: 6 },
        ),
      }),
    );
    fc.assert(
      fc.property(answers, (list) => {
        const share = varianceShare(list);
        if (share === undefined) return;
        expect(share).toBeGreaterThanOrEqual(0);
        expect(share).toBeLessThanOrEqual(1);
        expect(varianceShare(list.toReversed())).toBeCloseTo(share, 9);
      }),
    );
  });
});

describe('judgements', () => {
  const judgement = (sample: string, epoch: number, value: number, more: object = {}): JudgementRecord =>
    ({
      type: 'judgement',
      sample,
      epoch,
      checker: 'judge',
      n: 1,
      kind: 'scored',
      value,
      pass: value >= 0.7,
      reason: 'x',
      ...more,
    }) as JudgementRecord;
  const noiseOf = (...judgements: JudgementRecord[]) => {
    const collector = collectJudgeNoise();
    for (const item of judgements) collector.add(item);
    return collector.noise();
  };

  it('that pass and fail the same answer are listed with their values, the most divided first', () => {
    const [noise] = noiseOf(
      ...[0.6, 0.8, 0.8, 0.8].map((value) => judgement('b', 1, value)),
      ...[0.6, 0.8].map((value) => judgement('a', 2, value)),
      ...[0.8, 0.9].map((value) => judgement('a', 1, value)),
    );
    expect(noise).toMatchObject({ judgements: 8, answers: 3, splitAnswers: 2, splitSamples: 2 });
    expect(noise?.straddling).toEqual([
      { sample: 'a', epoch: 2, passes: 1, judgements: 2, values: [0.6, 0.8] },
      { sample: 'b', epoch: 1, passes: 3, judgements: 4, values: [0.6, 0.8, 0.8, 0.8] },
    ]);
  });

  it('are told apart by checker, and their calls are summed', () => {
    const other = { checker: 'style', judge: { calls: 2, costUsd: 0.5 } };
    const noise = noiseOf(judgement('a', 1, 1), judgement('a', 1, 1, other), judgement('a', 1, 0, other));
    expect(noise.map(({ checker, judgements, usage }) => [checker, judgements, usage?.calls, usage?.costUsd])).toEqual([
      ['judge', 1, undefined, undefined],
      ['style', 2, 4, 1],
    ]);
  });

  it('without a score are counted as that, and are no vote', () => {
    const [noise] = noiseOf(judgement('a', 1, 0.9), judgement('a', 1, 0, { kind: 'unscored', value: undefined, reason: 'refused' }));
    expect(noise).toMatchObject({ judgements: 1, answers: 1, unscored: 1, splitAnswers: 0, straddling: [] });
    expect(noiseOf()).toEqual([]);
  });

  it('list at most 50 answers and count the others', () => {
    const many = Array.from({ length: 80 }, (_, index) => [judgement(`s${index}`, 1, 0), judgement(`s${index}`, 1, 1)]).flat();
    const [noise] = noiseOf(...many);
    expect([noise?.splitAnswers, noise?.straddling.length]).toEqual([80, 50]);
  });
});
