import type { Shard } from '../../records/run-log.ts';

/** Of what the samples of a shard are a part. */
export interface SamplesShard extends Shard {
  /** Of all shards together. */
  samples: number;
  /** Of the samples of all shards. */
  samplesDigest: string;
  /** Samples of the shards before this one. */
  samplesBefore: number;
}

/**
 * The items of one shard, in their order. Every job makes the same split from the samples alone, without asking anybody:
 * the parts never overlap, and together they are the whole. A shard may be empty when there are more shards than items.
 */
export function takeShard<T extends { turns: number }>(
  whole: readonly T[],
  { index, count }: Shard,
  digestOf: (items: readonly T[]) => string,
): { chosen: T[]; shard: SamplesShard } {
  const shards = assignShards(
    whole.map(({ turns }) => turns),
    count,
  );
  const chosen = whole.filter((_, place) => shards[place] === index);
  const samplesBefore = shards.filter((shard) => shard < index).length;
  return { chosen, shard: { index, count, samples: whole.length, samplesDigest: digestOf(whole), samplesBefore } };
}

/**
 * The shard, 1..count, of each item: the longest conversation first, each to the shard that has the fewest turns so far
 * (longest processing time, Graham 1969). Items of one length are dealt out like cards, so that a dataset that is sorted by
 * topic does not put one topic into one shard. An item without turns counts as one.
 */
export function assignShards(turns: readonly number[], count: number): Uint32Array {
  const shards = new Uint32Array(turns.length);
  const loads = new Array<number>(Math.min(count, turns.length)).fill(0);
  const longestFirst = turns
    .map((length, place) => ({ length: Math.max(1, length), place }))
    .sort((a, b) => b.length - a.length || a.place - b.place);
  for (const { length, place } of longestFirst) {
    let least = 0;
    for (let shard = 1; shard < loads.length; shard++) if ((loads[shard] ?? 0) < (loads[least] ?? 0)) least = shard;
    loads[least] = (loads[least] ?? 0) + length;
    shards[place] = least + 1;
  }
  return shards;
}
