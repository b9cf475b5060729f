import { describe, expect, it } from 'vitest';
import { agreementOf, type RatedAnswer } from '../../src/compare/agreement.ts';
import { cohenKappa, quadraticWeights } from '../../src/compare/kappa.ts';

const linear = (categories: number) => (row: number, column: number) => 1 - Math.abs(row - column) / (categories - 1);

describe("Cohen's kappa", () => {
  it('has the value and the standard error that Agresti gives for the ratings of couples (Categorical Data Analysis; R vcd, SexualFun)', () => {
    const table = [
      [7, 7, 2, 3],
      [2, 8, 3, 7],
      [1, 5, 4, 9],
      [2, 8, 9, 14],
    ];
    const kappa = cohenKappa(table);
    expect(kappa?.value).toBeCloseTo(0.1293, 4);
    expect(kappa?.standardError).toBeCloseTo(0.0686, 4);
    const weighted = cohenKappa(table, linear(4));
    expect(weighted?.value).toBeCloseTo(0.2374, 4);
    expect(weighted?.standardError).toBeCloseTo(0.0783, 4);
  });

  it('has those that the SAS manual gives for two dermatologists (PROC FREQ, SkinCondition)', () => {
    const table = [
      [10, 4, 1, 0],
      [5, 10, 12, 2],
      [2, 4, 12, 5],
      [0, 2, 6, 13],
    ];
    const kappa = cohenKappa(table);
    expect(kappa?.value).toBeCloseTo(0.3449, 4);
    expect(kappa?.standardError).toBeCloseTo(0.0724, 4);
    expect(kappa?.interval?.[0]).toBeCloseTo(0.203, 3);
    expect(kappa?.interval?.[1]).toBeCloseTo(0.4868, 3);
    const weighted = cohenKappa(table, linear(4));
    expect(weighted?.value).toBeCloseTo(0.5082, 4);
    expect(weighted?.standardError).toBeCloseTo(0.0655, 4);
  });

  it('is 1 without an interval where all agree, 0 at chance, below 0 where they contradict, and undefined where one always says the same', () => {
    expect(
      cohenKappa([
        [5, 0],
        [0, 7],
      ]),
    ).toEqual({ value: 1, standardError: 0 });
    expect(
      cohenKappa([
        [4, 4],
        [4, 4],
      ])?.value,
    ).toBeCloseTo(0, 12);
    expect(
      cohenKappa([
        [0, 5],
        [5, 0],
      ])?.value,
    ).toBeCloseTo(-1, 12);
    expect(
      cohenKappa([
        [0, 0],
        [0, 9],
      ]),
    ).toBeUndefined();
    expect(
      cohenKappa([
        [0, 0],
        [0, 0],
      ]),
    ).toBeUndefined();
  });

  it('with quadratic weights counts a near miss for more, and two categories as without weights', () => {
    const near = [
      [5, 3, 0],
      [0, 5, 0],
      [0, 0, 5],
    ];
    const far = [
      [5, 0, 3],
      [0, 5, 0],
      [0, 0, 5],
    ];
    const weights = quadraticWeights([0, 0.5, 1]);
    expect(cohenKappa(near, weights)?.value).toBeGreaterThan(cohenKappa(far, weights)?.value ?? 1);
    const two = [
      [5, 2],
      [1, 8],
    ];
    expect(cohenKappa(two, quadraticWeights([0, 1]))).toEqual(cohenKappa(two));
  });
});

describe('the agreement of labels and judge', () => {
  const rated = (label: number, judge: number): RatedAnswer => ({
    ...{ id: `${label}${judge}`, line: 1 },
    label: { pass: label >= 0.5, value: label },
    judge: { pass: judge >= 0.5, value: judge, reason: 'so' },
  });

  it('of choices puts those of one worth together, and tells pass and fail apart', () => {
    const choices = [
      { name: 'great', value: 1 },
      { name: 'fine', value: 1 },
      { name: 'partly', value: 0.5 },
      { name: 'bad', value: 0 },
    ];
    const found = agreementOf([rated(1, 1), rated(0.5, 1), rated(0, 0), rated(0, 0.5)], { kind: 'choice', threshold: 0.5, choices });
    expect(found).toMatchObject({
      ...{
        categories: ['bad', 'partly', 'great / fine'],
        table: [
          [1, 1, 0],
          [0, 0, 1],
          [0, 0, 1],
        ],
        agreement: 0.5,
      },
      disagreements: [
        { label: 'partly', judge: 'great / fine' },
        { label: 'bad', judge: 'partly', reason: 'so' },
      ],
      atThreshold: { agreement: 0.75 },
    });
    expect(found.weightedKappa?.value).toBeGreaterThan(found.kappa?.value ?? 1);
  });

  it('of none is no number', () => {
    expect(agreementOf([], { kind: 'verdict', threshold: 0.5 })).toEqual({
      categories: ['fail', 'pass'],
      table: [
        [0, 0],
        [0, 0],
      ],
      disagreements: [],
    });
  });

  it('counts a judgement between the choices, the mean of several rubrics', () => {
    const choices = [
      { name: 'right', value: 1 },
      { name: 'wrong', value: 0 },
    ];
    const found = agreementOf([rated(1, 0.75), rated(1, 1), rated(0, 0)], { kind: 'choice', threshold: 0.5, choices });
    expect(found).toMatchObject({ categories: ['wrong', '0.75', 'right'], disagreements: [{ label: 'right', judge: '0.75' }] });
    expect(found.table.flat().reduce((sum, count) => sum + count, 0)).toBe(3);
    expect(found.kappa?.value).toBeLessThan(1);
  });
});
