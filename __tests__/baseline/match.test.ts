import { describe, expect, it } from 'vitest';
import { createSampleMatch, partialNote } from '../../src/baseline/match.ts';
import type { IndexedSample } from '../../src/records/run-index.ts';

const sample = (id: string, hash = id, scoreHash = 'expected') => ({ id, hash, scoreHash });

function match(past: ReturnType<typeof sample>[], today: ReturnType<typeof sample>[], leftOut: string[] = []) {
  const samples = new Map(past.map((entry) => [entry.id, entry as IndexedSample]));
  const matching = createSampleMatch({ samples }, (id) => leftOut.includes(id));
  for (const entry of today) matching.add(entry);
  return matching.result();
}

describe('matching the samples of a run with those of today', () => {
  it('is silent when all are shared', () => {
    const both = [sample('a'), sample('b')];
    expect(match(both, both)).toEqual({ shared: 2, expectElse: 0, changed: 0, added: 0, removed: 0 });
    expect(partialNote(match(both, both))).toBe('');
  });

  it('tells a new sample from a changed question and from a changed expectation', () => {
    const found = match(
      [sample('a'), sample('b'), sample('c'), sample('gone')],
      [sample('a', 'a', 'else'), sample('b', 'other'), sample('c'), sample('new')],
    );
    expect(found).toEqual({ shared: 2, expectElse: 1, changed: 1, added: 1, removed: 1 });
    expect(partialNote(found)).toBe('only the 2 shared samples are compared: 1 is new, 1 asks something else than before, 1 is gone');
  });

  it('does not call a sample gone that was not chosen for this run', () => {
    expect(match([sample('a'), sample('b')], [sample('a')], ['b'])).toMatchObject({ shared: 1, removed: 0 });
  });

  it('takes two empty sides', () => {
    expect(match([], [])).toEqual({ shared: 0, expectElse: 0, changed: 0, added: 0, removed: 0 });
  });
});
