import { expect, it } from 'vitest';
import { assess } from '../../src/compare/assess.ts';
import { needsTopUp } from '../../src/compare/confirmation.ts';
import { makePolicy, makeRun, many } from './run-builder.ts';

const policy = makePolicy({ slices: [] });

it('is no pass when most of the baseline has no verdict, however well the rest does', () => {
  const current = makeRun({ runId: 'head', samples: many(30, (i) => (i < 9 ? 'ppp' : 'fff')) });
  const pool = [makeRun({ runId: 'base', samples: many(30, (i) => (i < 9 ? 'ppp' : 'eee')) })];
  const { verdict } = assess({ current, pool, baseline: { kind: 'agent', runs: 1 }, policy });
  expect(verdict).toMatchObject({ status: 'inconclusive', exitCode: 3 });
  expect(verdict.reasons.join()).toContain('only 9 of 30 shared samples could be compared');
});

it('asks for the top-up that the verdict wants, also when slices are tested', () => {
  const tags = ['all'];
  const head = many(20, (i) => ({ slots: i === 0 ? `fff${'p'.repeat(3)}${'f'.repeat(9)}` : i < 3 ? 'ppf' : 'ppp', tags }));
  const input = {
    current: makeRun({ runId: 'head', samples: head }),
    pool: [makeRun({ runId: 'base', samples: many(20, { slots: 'ppp', tags }) })],
    baseline: { kind: 'path' as const, runs: 1 },
    policy: makePolicy({ slices: ['tags'], topUp: true }),
  };
  const { status, gates } = assess(input).verdict;
  expect(status).toBe('inconclusive');
  expect(gates?.suite).toMatchObject({ topUp: 'needed' });
  expect(needsTopUp(input)).toBe(true);
});
