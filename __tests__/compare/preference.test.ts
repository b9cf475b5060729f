import { readFileSync } from 'node:fs';
import { describe, expect, it, test } from 'vitest';
import { assess } from '../../src/compare/assess.ts';
import { type PreferenceCounts, type PreferenceTally, preferenceEffect } from '../../src/compare/preference-effect.ts';
import { signFlip } from '../../src/compare/sign-flip.ts';
import { defaultPolicy } from '../../src/records/policy.ts';
import { makeRun } from './run-builder.ts';

const { cases } = JSON.parse(readFileSync(new URL('../vectors/stats-sign-flip.json', import.meta.url), 'utf8')) as {
  cases: { d: number[]; p_lower: number; p_upper: number }[];
};

describe('the sign-flip test', () => {
  it.each(cases)('of $d has the published values', ({ d, p_lower, p_upper }) => {
    const { pLower, pUpper, isExact } = signFlip(d);
    expect(isExact).toBe(true);
    expect(pLower).toBeCloseTo(p_lower, 9);
    expect(pUpper).toBeCloseTo(p_upper, 9);
  });

  it('counts every choice of signs', () => {
    const random = generator(7);
    for (let round = 0; round < 60; round++) {
      const d = Array.from({ length: 1 + Math.floor(random() * 11) }, () => Math.floor(random() * 13) - 6);
      const sums = Array.from({ length: 2 ** d.length }, (_, signs) => d.reduce((sum, value, i) => sum + ((signs >> i) & 1 ? value : -value), 0));
      const total = d.reduce((sum, value) => sum + value, 0);
      const { pLower, pUpper } = signFlip(d);
      expect(pLower).toBeCloseTo(sums.filter((sum) => sum <= total).length / sums.length, 12);
      expect(pUpper).toBeCloseTo(sums.filter((sum) => sum >= total).length / sums.length, 12);
    }
  });

  it('of a great many differences is the normal one, near the exact one', () => {
    const coarse = Array.from({ length: 3_000 }, (_, i) => (i % 31 < 16 ? 1 : -1) * (1 + (i % 5)));
    const fine = coarse.map((value, i) => value * 1_000 + (i % 2));
    const [exact, near] = [signFlip(coarse), signFlip(fine)];
    expect([exact.isExact, near.isExact]).toEqual([true, false]);
    expect(exact.pUpper).toBeLessThan(0.2);
    expect(near.pUpper).toBeCloseTo(exact.pUpper, 2);
    expect(near.pLower).toBeCloseTo(exact.pLower, 2);
  });
});

/** A fixed sequence of numbers in 0..1 (mulberry32). */
function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const ids = (count: number) => Array.from({ length: count }, (_, i) => `s${String(i).padStart(3, '0')}`);
const runOf = (count: number, slots = 'ppp') => makeRun({ samples: Object.fromEntries(ids(count).map((id) => [id, slots])) });
const tallyOf = (samples: Record<string, PreferenceCounts>, more: Partial<PreferenceTally> = {}): PreferenceTally => ({
  samples: new Map(Object.entries(samples)),
  unscored: 0,
  unasked: 0,
  ...more,
});
const all = (count: number, counts: PreferenceCounts) => Object.fromEntries(ids(count).map((id) => [id, counts]));

const range = (last: number) => Array.from({ length: last + 1 }, (_, i) => i);
const factorial = (n: number): number => (n <= 1 ? 1 : n * factorial(n - 1));
const ways = (n: number, a: number, b: number) => factorial(n) / (factorial(a) * factorial(b) * factorial(n - a - b));

describe('what a judge prefers', () => {
  it('is counted sample by sample, and the samples count alike', () => {
    const tally = tallyOf({
      s000: { wins: 1, ties: 0, losses: 0 },
      s001: { wins: 0, ties: 1, losses: 2, reason: 'rude' },
      gone: { wins: 9, ties: 0, losses: 0 },
    });
    const { sides, test: tested } = preferenceEffect(runOf(2), tally, 1);
    expect(sides).toMatchObject({ samples: 2, wins: 1, ties: 1, losses: 2, worst: [{ sample: 's001', losses: 2, reason: 'rude' }] });
    expect(sides.share).toBeCloseTo((1 + 1 / 6) / 2, 12);
    expect(tested).toBeUndefined();
  });

  it('has an interval even where every sample ties or loses', () => {
    const tie = preferenceEffect(runOf(20), tallyOf(all(20, { wins: 0, ties: 3, losses: 0 })), 1);
    expect(tie.sides).toMatchObject({ share: 0.5 });
    expect(tie.sides.interval?.[0]).toBeLessThan(0.5);
    expect(tie.test).toMatchObject({ pWorse: 1, pBetter: 1 });
    const lost = preferenceEffect(runOf(20), tallyOf(all(20, { wins: 0, ties: 0, losses: 3 })), 1);
    expect(lost.sides).toMatchObject({ share: 0 });
    expect(lost.sides.interval?.[1]).toBeGreaterThan(0);
    expect(lost.test?.pWorse).toBeCloseTo(2 ** -20, 12);
  });

  it.each([5, 10, 20])('has an interval that covers the truth 19 times of 20, or nearly, with %d samples', (samples) => {
    const run = runOf(samples);
    const outcomes = range(samples).flatMap((wins) =>
      range(samples - wins).map((losses) => {
        const ties = samples - wins - losses;
        const won = ids(samples).map((id, i) => [id, { wins: Number(i < wins), ties: Number(i >= wins + losses), losses: 0 }] as const);
        const counts = won.map(([id, { wins: win, ties: tie }]) => [id, { wins: win, ties: tie, losses: 1 - win - tie }] as const);
        const [low, high] = preferenceEffect(run, tallyOf(Object.fromEntries(counts)), 1).sides.interval ?? [1, 0];
        return { wins, ties, losses, low, high };
      }),
    );
    for (const winning of range(20).map((i) => i / 20)) {
      for (const losing of range(20).map((i) => i / 20)) {
        const rest = Math.max(0, 1 - winning - losing);
        const truth = 0.5 + (winning - losing) / 2;
        if (winning + losing > 1) continue;
        const covered = outcomes
          .filter(({ low, high }) => low <= truth + 1e-12 && truth <= high + 1e-12)
          .reduce((sum, { wins, ties, losses }) => sum + ways(samples, wins, losses) * winning ** wins * losing ** losses * rest ** ties, 0);
        expect(covered, `${winning} won, ${losing} lost`).toBeGreaterThan(0.93);
      }
    }
  });

  test('never decides whether a slot passes, is red only where the policy gates checkers, and then shares the level', () => {
    const baseline = { kind: 'path' as const, runs: 1 };
    const losing = tallyOf(all(20, { wins: 0, ties: 1, losses: 2 }), { usage: { calls: 120, costUsd: 0.5 } });
    const judge = (slices: string[], preference?: PreferenceTally) =>
      assess({
        ...{ current: runOf(20), pool: [runOf(20)], baseline, policy: { ...defaultPolicy, slices } },
        ...(preference ? { preference, hasPreference: true } : {}),
      });
    const told = judge([], losing);
    expect(told.verdict.status).toBe(judge([]).verdict.status);
    expect(told.preference).toMatchObject({ samples: 20, losses: 40, effect: 'regressed', usage: { calls: 120 } });
    expect(told.cost).toMatchObject({ judgeCalls: 120, costUsd: 0.5 });
    const gated = judge(['checkers'], losing);
    expect(gated.verdict).toMatchObject({ status: 'regressed', exitCode: 1 });
    expect(gated.verdict.reasons[0]).toBe("the judge prefers the baseline's answers: of today's, 0 are preferred, 20 tie, 40 are worse");
    expect(gated.verdict.gates).toMatchObject({ family: { tests: 1, isRed: true }, samples: { alpha: 0.005 } });
    expect(gated.outcomes).toMatchObject({ pass: 60, fail: 0 });
    expect(judge(['checkers'], tallyOf(all(20, { wins: 0, ties: 1, losses: 0 }))).verdict.status).not.toBe('regressed');
    expect(
      assess({ current: runOf(20), pool: [], baseline: { kind: 'none', runs: 0 }, policy: defaultPolicy, preference: tallyOf({}) }).preference,
    ).toEqual({
      ...{ samples: 0, wins: 0, ties: 0, losses: 0, effect: 'too-few-samples' },
      reason: 'there is no baseline to compare with',
    });
  });

  test('leaves waived samples out', () => {
    const policy = { ...defaultPolicy, waivers: [{ samples: ['s000'], reason: 'known', until: '2999-01-01' }] };
    const preference = tallyOf(all(6, { wins: 0, ties: 0, losses: 1 }));
    const { preference: found } = assess({ current: runOf(6), pool: [runOf(6)], baseline: { kind: 'path', runs: 1 }, policy, preference });
    expect(found).toMatchObject({ samples: 5, losses: 5 });
  });
});

/**
 * A judge with a taste: each answer has a quality, some samples are always answered alike, and the judge leans to the
 * first answer. Two orders that disagree are a tie.
 */
function simulate(options: { samples: number; pairs: number; drop: number; trials: number; seed: number }): { worse: number[]; covered: number } {
  const random = generator(options.seed);
  const worse: number[] = [];
  let covered = 0;
  const run = runOf(options.samples);
  for (let trial = 0; trial < options.trials; trial++) {
    const tally = Object.fromEntries(
      ids(options.samples).map((id, number) => {
        const spread = [0, 0.2, 1][number % 3] ?? 0;
        const counts = { wins: 0, ties: 0, losses: 0 };
        for (let pair = 0; pair < options.pairs; pair++) {
          const lead = spread * (random() - random()) - options.drop;
          const says = [0.15, -0.15].map((lean) => Math.sign(lead + lean + 0.1 * (random() - 0.5)));
          const outcome = says[0] !== says[1] ? 'ties' : says[0] === 1 ? 'wins' : 'losses';
          counts[outcome]++;
        }
        return [id, counts];
      }),
    );
    const { sides, test: tested } = preferenceEffect(run, tallyOf(tally), 1);
    worse.push(tested?.pWorse ?? 1);
    if (sides.interval && sides.interval[0] <= 0.5 && sides.interval[1] >= 0.5) covered++;
  }
  return { worse, covered: covered / options.trials };
}

describe('simulated', () => {
  test('false alarms are no more than the level, intervals cover, and a fall is found', () => {
    const trials = 600;
    for (const design of [
      { samples: 12, pairs: 1, seed: 1 },
      { samples: 40, pairs: 3, seed: 2 },
    ]) {
      const { worse, covered } = simulate({ ...design, drop: 0, trials });
      for (const level of [0.005, 0.01, 0.05]) {
        const alarms = worse.filter((p) => p <= level).length / trials;
        expect(alarms, `${design.samples} at ${level}`).toBeLessThanOrEqual(level + 3 * Math.sqrt((level * (1 - level)) / trials));
      }
      expect(covered).toBeGreaterThan(0.93);
    }
    const fallen = simulate({ samples: 40, pairs: 3, drop: 0.3, trials: 60, seed: 3 });
    expect(fallen.worse.filter((p) => p <= 0.005).length).toBeGreaterThan(54);
  });
});
