import { type RunIndex, slotKey } from '../../records/run-index.ts';
import type { AgentErrorRecord, ResponseRecord, SampleRecord } from '../../records/run-log.ts';
import type { Sample } from '../../records/sample.ts';
import type { Trajectory } from '../../records/trajectory.ts';

/** A slot that is not done. */
export interface PlannedSlot {
  sample: Sample;
  epoch: number;
  /** Asked to decide a grey result, not to confirm a suspicion. */
  isTopUp?: true;
  /** The answer that is already on disk: only scored, never asked again. */
  recorded?: { attempts: number; trajectory?: Trajectory; error?: AgentErrorRecord };
}

/** The slots whose answer is in the log without an outcome, of the samples given, from the log's responses in their order. */
export async function* planAnswered(options: {
  responses: AsyncIterable<ResponseRecord>;
  samples: ReadonlyMap<string, Sample>;
  index: RunIndex;
}): AsyncGenerator<PlannedSlot> {
  for await (const response of options.responses) {
    const sample = options.samples.get(response.sample);
    if (!sample || !options.index.pending.has(slotKey(sample.id, response.epoch))) continue;
    const { attempt, epoch, trajectory, error } = response;
    yield { sample, epoch, recorded: { attempts: attempt, ...(trajectory ? { trajectory } : {}), ...(error ? { error } : {}) } };
  }
}

type ListedFields = Pick<Sample, 'id' | 'hash' | 'scoreHash' | 'file' | 'line' | 'tags' | 'weight' | 'critical'>;

/** What the run log says of a sample, before its first slot. */
export function sampleRecord(sample: ListedFields): SampleRecord {
  const { id, hash, scoreHash, file, line, tags, weight, critical } = sample;
  return { type: 'sample', sample: id, hash, scoreHash, file, line, tags, weight, critical };
}

/** The same for every attempt of a slot in every session of a run, and different for every other slot; ASCII, under 128 characters. */
export function idempotencyKey(runId: string, sample: Sample, epoch: number): string {
  return `${runId}-${sample.hash.slice(0, 16)}${idDigest(sample.id)}-${epoch}`;
}

/** Two samples may ask the same question, so the id takes part. FNV-1a, 32 bit, http://www.isthe.com/chongo/tech/comp/fnv/ */
function idDigest(id: string): string {
  let hash = 0x811c9dc5;
  for (let i = 0; i < id.length; i++) hash = Math.imul(hash ^ id.charCodeAt(i), 0x01000193);
  return (hash >>> 0).toString(16).padStart(8, '0');
}
