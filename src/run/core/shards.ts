import { ToolError } from '../../errors.ts';
import type { RunIndex } from '../../records/run-index.ts';
import type { Shard } from '../../records/run-log.ts';
import type { Caps } from './budget.ts';

/** `2/8` is the second of eight; undefined for anything that is not such a part. */
export function parseShard(text: string): Shard | undefined {
  const match = /^(\d{1,4})\/(\d{1,4})$/.exec(text.trim());
  const [index, count] = [Number(match?.[1]), Number(match?.[2])];
  return match && index >= 1 && index <= count ? { index, count } : undefined;
}

/** `shard 2 of 8`, for messages. */
export function nameOfShard({ index, count }: Shard): string {
  return `shard ${index} of ${count}`;
}

/**
 * What a shard may spend of the run's budget: by its share of the samples. The shares of all shards add up to the whole, and a
 * budget that is enough for the whole is enough for each. Minutes are of each job.
 */
export function shareOfBudget(caps: Caps, samples: number, whole: { samples: number; samplesBefore: number }): Caps {
  const upTo = (cap: number, count: number) => Math.floor((cap * count) / whole.samples);
  const { samplesBefore: before } = whole;
  return {
    ...(caps.calls === undefined ? {} : { calls: upTo(caps.calls, before + samples) - upTo(caps.calls, before) }),
    ...(caps.costUsd === undefined ? {} : { costUsd: (caps.costUsd * samples) / whole.samples }),
    ...(caps.tokens === undefined ? {} : { tokens: upTo(caps.tokens, before + samples) - upTo(caps.tokens, before) }),
    ...(caps.minutes === undefined ? {} : { minutes: caps.minutes }),
  };
}

/** A part is not to be judged as the whole. @throws ToolError `run-is-shard`. */
export function refuseShard(index: RunIndex): void {
  if (!index.header?.shard) return;
  throw new ToolError({
    code: 'run-is-shard',
    message: `${index.source} is ${nameOfShard(index.header.shard)} of a run: it says nothing about the whole`,
    remedy: 'join all of them with `agent-regress merge SHARD…`, and use the result',
  });
}
