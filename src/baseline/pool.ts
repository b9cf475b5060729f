import { maxPooledRuns } from '../records/policy.ts';
import type { RunIndex } from '../records/run-index.ts';
import type { RunRecord } from '../records/run-log.ts';
import { compareFingerprints } from './compatible.ts';

/**
 * The runs that a comparison pools, newest first: the last five at most that are complete, of the same suite and of the current
 * epoch, which begins where what the agent is asked or how last changed. `notes` says in words which runs were left out and why.
 * No usable run: an empty pool.
 */
export function choosePool(current: RunRecord, candidates: readonly RunIndex[]): { pool: RunIndex[]; notes: string[] } {
  const pool: RunIndex[] = [];
  const notes: string[] = [];
  const seen = new Set([current.runId]);
  for (const candidate of candidates) {
    if (pool.length === maxPooledRuns) break;
    const { header } = candidate;
    const obstacle = obstacleOf(candidate, current, seen);
    if (obstacle !== undefined || !header) {
      notes.push(`${nameOfRun(candidate)} was left out: ${obstacle}`);
      continue;
    }
    seen.add(header.runId);
    const newest = pool[0]?.header;
    const differing = newest ? compareFingerprints(newest, header).call : [];
    if (differing.length > 0) {
      notes.push(`${nameOfRun(candidate)} and older runs were left out: asked differently than the newest baseline run (${differing.join(', ')})`);
      break;
    }
    pool.push(candidate);
  }
  return { pool, notes };
}

function obstacleOf({ header, end, samples }: RunIndex, current: RunRecord, seen: ReadonlySet<string>): string | undefined {
  if (!header) return 'it has no run header';
  if (header.suite !== current.suite) return `it is a run of the suite "${header.suite}"`;
  if (header.runId === current.runId) return 'it is the run that is being compared';
  if (seen.has(header.runId)) return 'it is listed twice';
  if (header.shard) return `it is shard ${header.shard.index} of ${header.shard.count} of a run, which must be merged first`;
  if (!end) return 'it is incomplete';
  if (samples.size === 0) return 'it has no samples';
  if (end.totals.pass + end.totals.fail === 0) return 'none of its slots has a verdict';
  const slots = slotsIn(samples);
  if (slots !== end.totals.slots) return `its end counts ${end.totals.slots} slots, but it holds ${slots}`;
  return undefined;
}

function slotsIn(samples: RunIndex['samples']): number {
  let count = 0;
  for (const { slots } of samples.values()) count += slots.length;
  return count;
}

/** For messages: by commit where it is known. */
export function nameOfRun({ header, source }: RunIndex): string {
  const sha = header?.git?.sha;
  return sha === undefined ? `baseline run ${header?.runId ?? source}` : `baseline run of ${sha.slice(0, 7)}`;
}
