import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { defaultDecideOptions } from '../../src/compare/decide-options.ts';
import { createHypergeometricTable, fisherBetter, fisherWorse } from '../../src/compare/hypergeometric.ts';
import { passRateInterval, suiteEffect, wilson } from '../../src/compare/intervals.ts';
import { holm, stepUp } from '../../src/compare/multiplicity.ts';
import { withinSamplePermutation } from '../../src/compare/permutation.ts';
import { fitPrior } from '../../src/compare/prior.ts';
import { permutationZ } from '../../src/compare/score-test.ts';
import { extraRepeats, falseNameChance } from '../../src/compare/screening.ts';
import { normalCdf, normalQuantile, studentCdf, studentQuantile } from '../../src/compare/special-functions.ts';

// biome-ignore lint/suspicious/noExplicitAny: vector files of many shapes
function casesOf(name: string): any[] {
  return JSON.parse(readFileSync(new URL(`../vectors/stats-${name}.json`, import.meta.url), 'utf8')).cases;
}

const table = createHypergeometricTable();

function expectNear(actual: number, expected: number): void {
  expect(Math.abs(actual - expected)).toBeLessThanOrEqual(1e-9);
}

describe('published and enumerated values are reproduced to 1e-9', () => {
  test('normal and t distribution', () => {
    for (const { f, x, df, value } of casesOf('special')) {
      const functions: Record<string, () => number> = {
        norm_cdf: () => normalCdf(x),
        norm_ppf: () => normalQuantile(x),
        t_cdf: () => studentCdf(x, df),
        t_ppf: () => studentQuantile(x, df),
      };
      const compute = functions[f];
      if (!compute) throw new Error(`no function for ${f}`);
      expectNear(compute(), value);
    }
  });

  test('t probabilities and quantiles of the paired t cases', () => {
    for (const c of casesOf('paired-t')) {
      expectNear(studentCdf(c.t, c.df), c.p_lower);
      expectNear(studentCdf(-c.t, c.df), c.p_upper);
      expectNear(c.mean + studentQuantile(0.975, c.df) * c.se, c.ci[1]);
    }
  });

  test("Fisher's exact test, both sides", () => {
    for (const c of casesOf('fisher')) {
      const pair = { b: c.baseline_pass, m: c.baseline_n, y: c.new_pass, r: c.new_n };
      expectNear(fisherWorse(table, pair), c.p_worse);
      expectNear(fisherBetter(table, pair), c.p_better);
    }
  });

  test('within-sample permutation and the effect with its interval', () => {
    for (const { samples, test: expected, effect95 } of casesOf('within-permutation')) {
      const found = withinSamplePermutation(samples);
      expect(found.total).toBe(expected.T);
      expectNear(found.pLower, expected.p_lower);
      expectNear(found.pUpper, expected.p_upper);
      expectNear(found.midLower, expected.mid_lower);
      expectNear(found.midUpper, expected.mid_upper);
      const effect = suiteEffect(samples);
      expectNear(effect.change, effect95.delta);
      expectNear(effect.standardError, effect95.se);
      expectNear(effect.change - normalQuantile(0.975) * effect.standardError, effect95.lower);
    }
  });

  test('with one repeat per side the permutation is McNemar’s test', () => {
    for (const { pass_to_fail, fail_to_pass, exact_worse, mid_worse } of casesOf('mcnemar')) {
      const worse = Array.from({ length: pass_to_fail }, () => ({ b: 1, m: 1, y: 0, r: 1 }));
      const better = Array.from({ length: fail_to_pass }, () => ({ b: 0, m: 1, y: 1, r: 1 }));
      const found = withinSamplePermutation([...worse, ...better, { b: 1, m: 1, y: 1, r: 1 }]);
      expectNear(found.pLower, exact_worse);
      if (pass_to_fail + fail_to_pass > 0) expectNear(found.midLower, mid_worse);
    }
  });

  test('permutation z of scores', () => {
    for (const { samples, test: expected } of casesOf('within-permutation-continuous')) {
      const found = permutationZ(samples.map((s: { base: number[]; new: number[] }) => ({ baseline: s.base, current: s.new })));
      expectNear(found.sumOfChanges, expected.sum_diff);
      expectNear(found.variance, expected.var);
      expectNear(found.z, expected.z);
      expectNear(found.pLower, expected.p_lower);
      expectNear(found.pUpper, expected.p_upper);
    }
  });

  test('Holm, and Benjamini–Hochberg as the step-up with t · N', () => {
    for (const { p, bh_adjusted, holm_adjusted } of casesOf('bh-holm')) {
      for (const [i, value] of holm(p).entries()) expectNear(value, holm_adjusted[i]);
      for (const [i, value] of stepUp(p, (t) => t * p.length).entries()) expectNear(value, bh_adjusted[i]);
    }
  });

  test('Wilson interval and the pass rate of one run', () => {
    for (const { passes, n, confidence, lower, upper } of casesOf('wilson')) {
      const [low, high] = wilson(passes / n, n, confidence);
      expectNear(low, lower);
      expectNear(high, upper);
    }
    for (const { samples, confidence, expected } of casesOf('pass-rate-interval')) {
      const found = passRateInterval(
        samples.map(([passes, repeats]: [number, number]) => ({ passes, repeats })),
        confidence,
      );
      expectNear(found?.rate ?? -1, expected.rate);
      expect(found?.effectiveTrials).toBeCloseTo(expected.effective_n, 6);
      expectNear(found?.interval[0] ?? -1, expected.lower);
      expectNear(found?.interval[1] ?? -1, expected.upper);
    }
  });

  test('fitted prior and chance of a false name', () => {
    const priors = new Map<string, number[]>();
    for (const c of casesOf('expected-false')) {
      if (c.kind === 'prior') {
        const weights = fitPrior(c.counts.map(([passes, trials]: [number, number]) => ({ passes, trials })));
        priors.set(c.name, weights);
        for (const [i, weight] of weights.entries()) expectNear(weight, c.weights[i]);
        continue;
      }
      expect(extraRepeats(c.m, c.r, defaultDecideOptions)).toBe(c.r2);
      // Priors that the file names without their counts: only a chance of 0 does not depend on them.
      const prior = priors.get(c.prior) ?? (c.expected_false === 0 ? fitPrior([]) : undefined);
      if (!prior) continue;
      expectNear(falseNameChance(table, { m: c.m, r: c.r, extra: c.r2, passes: c.K }, defaultDecideOptions, prior)(c.t), c.expected_false);
    }
  });
});

describe('edges', () => {
  test('no sample gives no evidence', () => {
    expect(withinSamplePermutation([])).toEqual({ total: 0, pLower: 1, pUpper: 1, midLower: 0.5, midUpper: 0.5 });
    expect(passRateInterval([])).toBeUndefined();
    expect(holm([])).toEqual([]);
  });

  test('the tails keep their relative accuracy', () => {
    expect(normalCdf(-10) / 7.61985302416052e-24).toBeCloseTo(1, 9);
    expect(normalQuantile(1e-12)).toBeCloseTo(-7.034483825301131, 7);
    const clear = Array.from({ length: 20 }, () => ({ b: 3, m: 3, y: 0, r: 3 }));
    expect(withinSamplePermutation(clear).pLower / 20 ** -20).toBeCloseTo(1, 9);
  });

  test('both tails add up to 1, however far out, as the history guard magnifies rounding', () => {
    const fallen = withinSamplePermutation(Array.from({ length: 60 }, () => ({ b: 13, m: 15, y: 0, r: 3 })));
    expect(fallen.midLower).toBeLessThan(1e-20);
    expect(fallen.midUpper).toBe(1);
    const risen = withinSamplePermutation(Array.from({ length: 60 }, () => ({ b: 2, m: 15, y: 3, r: 3 })));
    expect([risen.midLower, risen.midUpper]).toEqual([1, fallen.midLower]);
    for (let y = 0; y <= 5; y++) {
      const pair = { b: 9 - y, m: 30, y, r: 5 };
      const above = y < 5 ? fisherBetter(table, { ...pair, b: 8 - y, y: y + 1 }) : 0;
      expect(Math.abs(fisherWorse(table, pair) - (1 - above))).toBeLessThanOrEqual(1.2e-16);
    }
  });

  test('large repeats do not overflow', () => {
    const p = fisherWorse(createHypergeometricTable(), { b: 900, m: 1000, y: 450, r: 500 });
    expect(p).toBeGreaterThan(0.5);
    expect(p).toBeLessThan(0.6);
  });
});
