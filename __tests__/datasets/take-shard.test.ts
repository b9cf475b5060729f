import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { assignShards } from '../../src/datasets/parts/take-shard.ts';
import { shareOfBudget } from '../../src/run/core/shards.ts';
import { digest, problemOf, samplesOf, select, sourceOf } from './source.ts';

const turnsOf = (length: number) => Array.from({ length }, (_, turn) => ({ input: `turn ${turn}` }));
/** A dataset of conversations of these lengths; the ids sort by place. */
const source = (lengths: readonly number[]) =>
  sourceOf('jsonl', lengths.map((length, place) => `${JSON.stringify({ id: `s${place}`, turns: turnsOf(length) })}\n`).join(''));

const suite = fc.record({
  lengths: fc.array(fc.integer({ min: 1, max: 12 }), { minLength: 1, maxLength: 40 }),
  count: fc.integer({ min: 1, max: 9 }),
  limit: fc.option(fc.integer({ min: 1, max: 50 }), { nil: undefined }),
  seed: fc.option(fc.nat(1000), { nil: undefined }),
});

describe('the shards of a suite', () => {
  it('are a partition: together exactly the chosen samples, none twice, each in dataset order', async () => {
    await fc.assert(
      fc.asyncProperty(suite, async ({ lengths, count, limit, seed }) => {
        const options = { ...(limit === undefined ? {} : { limit }), ...(seed === undefined ? {} : { seed }) };
        const whole = (await samplesOf(source(lengths), options)).map(({ id }) => id);
        const parts: string[][] = [];
        for (let index = 1; index <= count; index++) {
          parts.push((await samplesOf(source(lengths), { ...options, shard: { index, count } })).map(({ id }) => id));
        }
        expect(parts.flat().sort()).toEqual([...whole].sort());
        for (const part of parts) expect(part).toEqual(whole.filter((id) => part.includes(id)));
      }),
      { numRuns: 60 },
    );
  });

  it('have about as many turns each: none has more than another by more than its longest sample', () => {
    fc.assert(
      fc.property(suite, ({ lengths, count }) => {
        const loads = new Array<number>(count).fill(0);
        for (const [place, shard] of assignShards(lengths, count).entries()) loads[shard - 1]! += lengths[place]!;
        expect(Math.max(...loads) - Math.min(...loads)).toBeLessThanOrEqual(Math.max(...lengths));
      }),
    );
  });

  it('deal samples of one length like cards, so that a sorted dataset is mixed', () => {
    expect([...assignShards([1, 1, 1, 1, 1, 1, 1], 3)]).toEqual([1, 2, 3, 1, 2, 3, 1]);
    expect([...assignShards([1, 1, 6, 1, 1], 2)]).toEqual([2, 2, 1, 2, 2]);
    expect([...assignShards([], 3)]).toEqual([]);
  });

  it('say of what they are a part, and leave the other samples out', async () => {
    const lengths = [1, 1, 1, 1, 1];
    const whole = await select(source(lengths));
    const part = await select(source(lengths), { shard: { index: 2, count: 2 } });
    expect(whole.shard).toBeUndefined();
    expect(part).toMatchObject({
      count: 2,
      total: 5,
      shard: { index: 2, count: 2, samples: 5, samplesDigest: whole.samplesDigest, samplesBefore: 3 },
    });
    expect(part.samplesDigest).not.toBe(whole.samplesDigest);
    expect(['s0', 's1', 's2', 's3'].map((id) => part.isLeftOut(id))).toEqual([true, false, true, false]);
  });

  it('may be empty when there are more shards than samples, but not when there are no samples', async () => {
    const part = await select(source([1]), { shard: { index: 3, count: 3 } });
    expect(part).toMatchObject({ count: 0, samplesDigest: digest('') });
    expect(await samplesOf(source([1]), { shard: { index: 3, count: 3 } })).toEqual([]);
    expect(await problemOf(select(source([1]), { offset: 5, shard: { index: 1, count: 3 } }))).toMatchObject({ code: 'dataset-empty' });
  });

  it('share the budget: all of it, and enough for each where it is enough for all', () => {
    fc.assert(
      fc.property(suite, fc.nat(40), ({ lengths, count }, spare) => {
        const shards = assignShards(lengths, count);
        const sizes = Array.from({ length: count }, (_, place) => shards.filter((shard) => shard === place + 1).length);
        const calls = lengths.length + spare;
        const shares = sizes.map((size, place) => {
          const samplesBefore = sizes.slice(0, place).reduce((sum, one) => sum + one, 0);
          return shareOfBudget({ calls, costUsd: 2, minutes: 7 }, size, { samples: lengths.length, samplesBefore });
        });
        expect(shares.reduce((sum, share) => sum + (share.calls ?? 0), 0)).toBe(calls);
        expect(shares.reduce((sum, share) => sum + (share.costUsd ?? 0), 0)).toBeCloseTo(2, 9);
        for (const [place, share] of shares.entries()) {
          expect(share.calls).toBeGreaterThanOrEqual(sizes[place]!);
          expect(share.minutes).toBe(7);
        }
      }),
    );
    expect(shareOfBudget({}, 1, { samples: 2, samplesBefore: 0 })).toEqual({});
  });
});
