import type { IndexedSample, RunIndex } from '../records/run-index.ts';

/** How the samples of today's suite fit those of an earlier run, in numbers of samples. */
export interface SampleMatch {
  /** Same id and same question. */
  shared: number;
  /** Of the shared ones: another answer is expected today. */
  expectElse: number;
  /** Same id, another question. */
  changed: number;
  added: number;
  removed: number;
}

/** Counts while samples of today are added in any order; each id once. `isLeftOut`: a sample that was not chosen for this run. */
export function createSampleMatch(
  other: Pick<RunIndex, 'samples'>,
  isLeftOut: (id: string) => boolean,
): { add(sample: Pick<IndexedSample, 'id' | 'hash' | 'scoreHash'>): void; result(): SampleMatch } {
  const counts = { shared: 0, expectElse: 0, changed: 0, added: 0 };
  return {
    add({ id, hash, scoreHash }) {
      const past = other.samples.get(id);
      if (!past) counts.added += 1;
      else if (past.hash !== hash) counts.changed += 1;
      else {
        counts.shared += 1;
        if (past.scoreHash !== scoreHash) counts.expectElse += 1;
      }
    },
    result() {
      let leftOut = 0;
      for (const id of other.samples.keys()) if (isLeftOut(id)) leftOut += 1;
      return { ...counts, removed: other.samples.size - leftOut - counts.shared - counts.changed };
    },
  };
}

/** `only the 110 shared samples are compared: 3 are new, 1 asks something else, 2 are gone`; empty when all are shared. */
export function partialNote({ shared, changed, added, removed }: SampleMatch): string {
  const are = (n: number, what: string) => (n === 0 ? [] : [`${n} ${n === 1 ? 'is' : 'are'} ${what}`]);
  const asks = changed === 0 ? [] : [`${changed} ${changed === 1 ? 'asks' : 'ask'} something else than before`];
  const differences = [...are(added, 'new'), ...asks, ...are(removed, 'gone')];
  if (differences.length === 0) return '';
  return `only the ${shared} shared sample${shared === 1 ? ' is' : 's are'} compared: ${differences.join(', ')}`;
}
