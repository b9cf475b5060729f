import { setTimeout as sleep } from 'node:timers/promises';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lockStep } from '../../src/run/core/lock-step.ts';

async function* numbers(count: number): AsyncGenerator<number> {
  for (let value = 0; value < count; value++) yield value;
}
const all = () => true;
/** Reads to the end, waiting before each as a busy reader would. */
async function read(side: AsyncIterable<number>, waitMs: (item: number) => number, onItem: (item: number) => void = () => {}): Promise<number[]> {
  const seen: number[] = [];
  for await (const item of side) {
    seen.push(item);
    onItem(item);
    const ms = waitMs(item);
    if (ms > 0) await sleep(ms);
  }
  return seen;
}

describe('two readers in lock-step', () => {
  it('get the same items in the same order, never further apart than the lead allows', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 0, max: 4 }),
        fc.array(fc.integer({ min: 0, max: 2 }), { maxLength: 25 }),
        fc.integer({ min: 0, max: 3 }),
        async (lead, waits, seed) => {
          const counts = [0, 0];
          const { sides } = lockStep(numbers(waits.length), { lead, isOpen: [all, all] });
          const step = (side: 0 | 1) => () => {
            counts[side]!++;
            expect(Math.abs(counts[0]! - counts[1]!)).toBeLessThanOrEqual(lead + 1);
          };
          const got = await Promise.all([
            read(sides[0], (item) => waits[item] ?? 0, step(0)),
            read(sides[1], (item) => (((waits[item] ?? 0) + seed) % 2) * 2, step(1)),
          ]);
          expect(got).toEqual([waits.map((_, index) => index), waits.map((_, index) => index)]);
        },
      ),
      { numRuns: 40 },
    );
  });

  it('get only what is open for them, at the same places of the stream', async () => {
    const places = [0, 0];
    const { sides } = lockStep(numbers(40), { lead: 2, isOpen: [(item) => item >= 20, (item) => item % 2 === 0] });
    const got = await Promise.all([
      read(
        sides[0],
        () => 0,
        (item) => {
          places[0] = item;
          expect(places[1]).toBeGreaterThanOrEqual(item - 4);
        },
      ),
      read(
        sides[1],
        () => 1,
        (item) => {
          places[1] = item;
        },
      ),
    ]);
    expect(got.map(({ length }) => length)).toEqual([20, 20]);
  });

  it('are not held up by one that has nothing left', async () => {
    const { sides } = lockStep(numbers(30), { lead: 0, isOpen: [() => false, all] });
    expect((await Promise.all([read(sides[0], () => 0), read(sides[1], () => 0)])).map(({ length }) => length)).toEqual([0, 30]);
  });

  it('end together when one breaks off, even one that waits', async () => {
    const { sides } = lockStep(numbers(100), { lead: 1, isOpen: [all, all] });
    const waiting = read(sides[1], () => 0);
    for await (const item of sides[0]) if (item === 3) break;
    expect((await waiting).length).toBeLessThanOrEqual(6);
  });

  it('let go of the items when both are done', async () => {
    let isOpen = true;
    async function* held(): AsyncGenerator<number> {
      try {
        yield* numbers(100);
      } finally {
        isOpen = false;
      }
    }
    const { sides } = lockStep(held(), { lead: 1, isOpen: [all, all] });
    const waiting = read(sides[1], () => 0);
    for await (const item of sides[0]) if (item === 3) break;
    await waiting;
    expect(isOpen).toBe(false);
  });

  it('end together when they are told to', async () => {
    const step = lockStep(numbers(100), { lead: 0, isOpen: [all, all] });
    const waiting = read(step.sides[0], () => 0);
    await sleep(1);
    step.close();
    expect(await waiting).toEqual([0]);
    expect(await read(step.sides[1], () => 0)).toEqual([]);
  });

  it('end together at an error of the items, which is not lost', async () => {
    async function* broken(): AsyncGenerator<number> {
      yield 1;
      throw new Error('the dataset changed');
    }
    const { sides } = lockStep(broken(), { lead: 0, isOpen: [all, all] });
    const results = await Promise.allSettled(sides.map((side) => read(side, () => 0)));
    expect(results.map(({ status }) => status)).toContain('rejected');
  });
});
