import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { assess } from '../../src/compare/assess.ts';
import { passAtK, passHatK } from '../../src/compare/pass-k.ts';
import { makePolicy, makeRun, many } from './run-builder.ts';

const { cases } = JSON.parse(readFileSync(new URL('../vectors/stats-pass-k.json', import.meta.url), 'utf8')) as {
  cases: { n: number; passes: number; k: number; pass_at_k: number | null; pass_hat_k: number | null }[];
};

describe('pass@k and pass^k', () => {
  it.each(cases)('are those of the reference: $passes of $n, k $k', ({ n, passes, k, pass_at_k, pass_hat_k }) => {
    const count = { passes, repeats: n };
    expect(passAtK(count, k)).toBeCloseTo(pass_at_k ?? Number.NaN, 9);
    expect(passHatK(count, k)).toBeCloseTo(pass_hat_k ?? Number.NaN, 9);
  });

  it('are not known for more repeats than there are', () => {
    expect(passAtK({ passes: 2, repeats: 2 }, 3)).toBeUndefined();
    expect(passHatK({ passes: 2, repeats: 2 }, 3)).toBeUndefined();
  });

  it('are means over the samples that have enough repeats with a verdict', () => {
    const current = makeRun({ runId: 'head', samples: { a: 'ppp', b: 'pff', c: 'pee' } });
    const pool = [makeRun({ runId: 'base', samples: { a: 'ppp', b: 'ppf' } })];
    const { passK } = assess({ current, pool, baseline: { kind: 'path', runs: 1 }, policy: makePolicy() });
    expect(passK?.map(({ k }) => k)).toEqual([2, 3]);
    expect(passK?.[0]?.current).toEqual({ passAtK: expect.closeTo((1 + 2 / 3) / 2), passHatK: 0.5, samples: 2 });
    expect(passK?.[1]).toEqual({
      k: 3,
      baseline: { passAtK: 1, passHatK: 0.5, samples: 2 },
      current: { passAtK: 1, passHatK: 0.5, samples: 2 },
    });
  });

  it('are left out with a single repeat', () => {
    const input = { pool: [], baseline: { kind: 'none' as const, runs: 0 }, policy: makePolicy() };
    expect(assess({ ...input, current: makeRun({ repeats: 1, samples: many(3, 'p') }) }).passK).toBeUndefined();
  });
});
