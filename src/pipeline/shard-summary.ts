import { nameOfShard } from '../run/core/shards.ts';
import type { Execution } from './execute.ts';

/** What one shard came to, in words: numbers and no verdict, for there is none before the merge. */
export function shardSummary({ index, runLog, stopReason }: Pick<Execution, 'index' | 'runLog' | 'stopReason'>): string {
  const { header } = index;
  const outcomes = new Map<string, number>();
  let done = 0;
  for (const { slots } of index.samples.values()) {
    for (const { outcome } of slots) {
      outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
      done += 1;
    }
  }
  const counts = [...outcomes].map(([outcome, count]) => `${count} ${outcome}`).sort();
  const what = header?.shard ? nameOfShard(header.shard) : 'a run';
  const parts = [
    `${header?.suite ?? ''}, ${what}: ${done} of ${header?.planned.slots ?? 0} slots${counts.length > 0 ? ` (${counts.join(', ')})` : ''} in ${runLog}.`,
    ...(stopReason === undefined ? [] : [`It stopped early: ${stopReason}.`]),
    'Nothing is compared before all shards are merged.',
  ];
  return parts.join(' ');
}
