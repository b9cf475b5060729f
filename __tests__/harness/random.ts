/** Random numbers of a fixed sequence, for sweeps that must be repeatable: mulberry32, https://gist.github.com/tommyettinger/46a874533244883189143505d203312c */
export interface Random {
  /** 0 ≤ x < 1. */
  next(): number;
  /** A whole number, 0 ≤ x < limit; 0 for a limit of 0. */
  below(limit: number): number;
  /** @throws RangeError for an empty list. */
  pick<T>(list: readonly T[]): T;
}

/** The same seed gives the same numbers. */
export function createRandom(seed: number): Random {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  const below = (limit: number): number => Math.floor(next() * limit);
  return {
    next,
    below,
    pick<T>(list: readonly T[]): T {
      const position = below(list.length);
      if (position >= list.length) throw new RangeError('nothing to pick from');
      return list[position] as T;
    },
  };
}

/** The seed of a sweep: fixed in the ordinary tests, `SOAK_SEED` where a soak wants another one. */
export const soakSeed = (fixed: number): number => Number(process.env.SOAK_SEED ?? fixed);
