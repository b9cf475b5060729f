import { describe, expect, it } from 'vitest';
import { currentEpoch } from '../../src/compare/epoch.ts';
import { defaultPolicy } from '../../src/records/policy.ts';
import { makeRun } from './run-builder.ts';

/** 20 samples of which the first `broken` fail always; the run's confirmation re-runs are there where it has any. */
function runOf(runId: string, broken: number, confirmed = false) {
  const samples = Object.fromEntries(
    Array.from({ length: 20 }, (_, i) => {
      const letter = i < broken ? 'f' : 'p';
      return [`s${String(i).padStart(2, '0')}`, letter.repeat(confirmed && i < broken ? 13 : 3)];
    }),
  );
  return makeRun({ runId, samples });
}

const idsOf = (runs: readonly { header?: { runId: string } }[]) => runs.map(({ header }) => header?.runId);

describe('currentEpoch', () => {
  it('keeps all runs that do not differ', () => {
    const runs = [runOf('c', 0), runOf('b', 0), runOf('a', 0)];
    expect(currentEpoch(runs, defaultPolicy)).toEqual({ runs });
  });

  it('begins with the run that got worse, so that an accepted change is no alarm for ever', () => {
    const runs = [runOf('d', 8), runOf('c', 8), runOf('b', 0), runOf('a', 0)];
    const epoch = currentEpoch(runs, defaultPolicy);
    expect(idsOf(epoch.runs)).toEqual(['d', 'c']);
    expect(epoch.startedBy).toMatchObject({ status: 'regressed', run: { header: { runId: 'c' } } });
  });

  it('begins with the run that got better', () => {
    const epoch = currentEpoch([runOf('c', 0), runOf('b', 8), runOf('a', 8)], defaultPolicy);
    expect(idsOf(epoch.runs)).toEqual(['c']);
    expect(epoch.startedBy?.status).toBe('improved');
  });

  it('counts the confirmation re-runs that a run of the base branch made', () => {
    expect(idsOf(currentEpoch([runOf('b', 1, true), runOf('a', 0)], defaultPolicy).runs)).toEqual(['b']);
    expect(idsOf(currentEpoch([runOf('b', 1), runOf('a', 0)], defaultPolicy).runs)).toEqual(['b', 'a']);
  });

  it('does not begin with what is waived', () => {
    const waivers = [{ samples: ['s00'], reason: 'known', until: '2026-12-31' }];
    expect(idsOf(currentEpoch([runOf('b', 1, true), runOf('a', 0)], { ...defaultPolicy, waivers }).runs)).toEqual(['b', 'a']);
  });

  it('begins again at the last of several changes', () => {
    const epoch = currentEpoch([runOf('d', 0), runOf('c', 8), runOf('b', 8), runOf('a', 0)], defaultPolicy);
    expect(idsOf(epoch.runs)).toEqual(['d']);
    expect(epoch.startedBy).toMatchObject({ status: 'improved' });
  });

  it('begins with a run that was accepted, however small its change, and with the first of several that carry one acceptance', () => {
    const acceptance = { type: 'acceptance', by: 'mona', reason: 'wanted', sha: 'a'.repeat(40), at: '2026-01-01T00:00:00Z', via: 'label' } as const;
    const accepted = (runId: string) => ({ ...runOf(runId, 1), acceptance });
    const epoch = currentEpoch([runOf('d', 1), accepted('c'), accepted('b'), runOf('a', 0)], defaultPolicy);
    expect(idsOf(epoch.runs)).toEqual(['d', 'c', 'b']);
    expect(epoch.startedBy).toMatchObject({ status: 'accepted', run: { header: { runId: 'b' } } });
    expect(currentEpoch([accepted('a')], defaultPolicy).startedBy).toBeUndefined();
  });

  it.each([[[]], [[runOf('a', 3)]]])('has nothing to begin with %# runs', (runs) => {
    expect(currentEpoch(runs, defaultPolicy)).toEqual({ runs });
  });
});
