/**
 * The rows that are taken of those that match, in dataset order: `offset` and `limit` count after the shuffle that a `seed`
 * asks for, which picks a random subset, the same for the same seed and rows.
 */
export function choose<T extends { ordinal: number }>(
  matching: readonly T[],
  { seed, offset, limit }: { seed?: number; offset: number; limit?: number },
): T[] {
  const end = limit === undefined ? undefined : offset + limit;
  if (seed === undefined) return matching.slice(offset, end);
  return shuffle(matching, seed)
    .slice(offset, end)
    .sort((a, b) => a.ordinal - b.ordinal);
}

/** Fisher–Yates over a 32-bit linear generator (mulberry32): the same everywhere, good enough to pick a subset. */
function shuffle<T>(items: readonly T[], seed: number): T[] {
  const result = [...items];
  let state = seed >>> 0;
  const random = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t = (t + Math.imul(t ^ (t >>> 7), t | 61)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
  for (let i = result.length - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1));
    [result[i], result[j]] = [result[j] as T, result[i] as T];
  }
  return result;
}
