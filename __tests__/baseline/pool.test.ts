import { describe, expect, test } from 'vitest';
import { compareFingerprints, expectsElse } from '../../src/baseline/compatible.ts';
import { choosePool } from '../../src/baseline/pool.ts';
import type { RunRecord } from '../../src/records/run-log.ts';
import { makeRun, many, type RunSpec } from '../compare/run-builder.ts';

const run = (runId: string, more: Partial<RunSpec> = {}) => makeRun({ runId, samples: many(2, 'ppp'), ...more });

function headerOf(index: ReturnType<typeof run>): RunRecord {
  if (!index.header) throw new Error('no header');
  return index.header;
}

const current = headerOf(run('now'));
const idsOf = (chosen: ReturnType<typeof choosePool>) => chosen.pool.map((index) => index.header?.runId);

describe('choosing the pool', () => {
  test('takes the last five complete runs, newest first', () => {
    const candidates = ['g', 'f', 'e', 'd', 'c', 'b', 'a'].map((id) => run(id));
    expect(idsOf(choosePool(current, candidates))).toEqual(['g', 'f', 'e', 'd', 'c']);
  });

  test('leaves unusable runs out and says why', () => {
    const chosen = choosePool(current, [
      run('half', { isEnded: false, sha: 'abcdef0123' }),
      run('other', { suite: 'shop' }),
      run('now'),
      run('empty', { samples: {} }),
      run('broken', { samples: many(2, 'eee') }),
      run('bare', { hasHeader: false }),
      run('good'),
      run('good'),
    ]);
    expect(idsOf(chosen)).toEqual(['good']);
    expect(chosen.notes).toEqual([
      'baseline run of abcdef0 was left out: it is incomplete',
      'baseline run other was left out: it is a run of the suite "shop"',
      'baseline run now was left out: it is the run that is being compared',
      'baseline run empty was left out: it has no samples',
      'baseline run broken was left out: none of its slots has a verdict',
      'baseline run bare/run.jsonl was left out: it has no run header',
      'baseline run good was left out: it is listed twice',
    ]);
  });

  test('stops where the agent was asked differently, even if older runs match again', () => {
    const chosen = choosePool(current, [
      run('c', { call: { endpoint: 'new' } }),
      run('b', { call: { endpoint: 'old' } }),
      run('a', { call: { endpoint: 'new' } }),
    ]);
    expect(idsOf(chosen)).toEqual(['c']);
    expect(chosen.notes).toEqual(['baseline run b and older runs were left out: asked differently than the newest baseline run (endpoint)']);
  });

  test('gives an empty pool for no candidates', () => {
    expect(choosePool(current, [])).toEqual({ pool: [], notes: [] });
  });
});

describe('compatibility', () => {
  test('names the parts that differ or are missing on one side', () => {
    const other = headerOf(run('x', { call: { endpoint: 'b', user: 'u' }, score: { judge: 'j' } }));
    expect(compareFingerprints(current, other)).toEqual({ call: ['endpoint', 'user'], score: ['contains', 'judge'] });
    expect(compareFingerprints(current, current)).toEqual({ call: [], score: [] });
  });

  test('does not take inherited names for fingerprints', () => {
    const other = headerOf(run('x', { call: { endpoint: 'a', constructor: 'c' } }));
    expect(compareFingerprints(current, other).call).toEqual(['constructor']);
  });

  test('sees which samples are expected to answer something else than before, among those that ask the same', () => {
    const earlier = run('c', { samples: { s00: { slots: 'ppp', scoreHash: 'old' }, s01: { slots: 'ppp', hash: 'other', scoreHash: 'old' } } });
    const changed = [...run('now').samples.values()].filter((sample) => expectsElse(sample, earlier)).map(({ id }) => id);
    expect(changed).toEqual(['s00']);
  });
});
