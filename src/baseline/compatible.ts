import type { IndexedSample, RunIndex } from '../records/run-index.ts';
import type { RunRecord } from '../records/run-log.ts';

/** Names of the fingerprint parts that differ, or that one side does not have; sorted. */
export interface FingerprintDifference {
  /** What the agent was asked and how. Between base and head it may be the change under test: worth a note, not a refusal. */
  call: string[];
  /** What an answer is worth. The other run must be scored again before it can be compared. */
  score: string[];
}

/** Which parts of the two runs' fingerprints differ. */
export function compareFingerprints(current: RunRecord, other: RunRecord): FingerprintDifference {
  return {
    call: differingKeys(current.fingerprints.call, other.fingerprints.call),
    score: differingKeys(current.fingerprints.score, other.fingerprints.score),
  };
}

/** Whether the other run asked this sample the same question and measured the answer against another expectation. */
export function expectsElse(sample: Pick<IndexedSample, 'id' | 'hash' | 'scoreHash'>, other: RunIndex): boolean {
  const past = other.samples.get(sample.id);
  return past !== undefined && past.hash === sample.hash && past.scoreHash !== sample.scoreHash;
}

function differingKeys(a: Readonly<Record<string, string>>, b: Readonly<Record<string, string>>): string[] {
  const names = new Set([...Object.keys(a), ...Object.keys(b)]);
  return [...names].filter((name) => own(a, name) !== own(b, name)).sort();
}

/** Own keys only: the names come from a file. */
function own(record: Readonly<Record<string, string>>, name: string): string | undefined {
  return Object.hasOwn(record, name) ? record[name] : undefined;
}
