import { describe, expect, it } from 'vitest';
import { agentbenchStatus } from '../../src/checkers/agentbench-status.ts';
import { scopeOf } from '../../src/records/check-scope.ts';
import type { Json } from '../../src/records/json.ts';
import { makeSample, noPorts } from './build.ts';

async function score(finalState: Json | undefined, options: object = {}) {
  const check = await agentbenchStatus.create({ threshold: 1, ...options }, noPorts);
  const trajectory = { turns: [], ...(finalState === undefined ? {} : { finalState }) };
  const sample = makeSample();
  return check({ sample, trajectory, scope: scopeOf(sample, trajectory, 1) } as never);
}

describe('agentbench-status', () => {
  it.each([
    ['completed', { kind: 'scored', pass: true, value: 1 }],
    ['COMPLETED', { kind: 'scored', pass: true }],
    ['agent context limit', { kind: 'scored', pass: false, value: 0 }],
    ['agent validation failed', { pass: false }],
    ['agent invalid action', { pass: false }],
    ['TASK_LIMIT_REACHED', { pass: false }],
    ['unknown', { kind: 'unscored' }],
    ['task error', { kind: 'unscored' }],
    ['exploded', { kind: 'unscored' }],
  ])('takes %s as it is meant', async (status, expected) => {
    expect(await score({ status, result: null })).toMatchObject(expected);
  });

  it('takes the metric of the result where it is asked for, and says what is there else', async () => {
    const of = (result: Json, more = {}) => score({ status: 'completed', result }, { metric: '/reward', ...more });
    expect(await of({ reward: true })).toMatchObject({ pass: true, value: 1 });
    expect(await of({ reward: 0.5 })).toMatchObject({ pass: false, value: 0.5 });
    expect(await of({ reward: 0.5 }, { threshold: 0.5 })).toMatchObject({ pass: true });
    expect(await of({ reward: 7 })).toMatchObject({ kind: 'unscored', reason: expect.stringContaining('found "7"') });
    expect(await of(null)).toMatchObject({ kind: 'unscored', reason: expect.stringContaining('found nothing') });
  });

  it('tells with what a task broke, and that no task spoke', async () => {
    expect(await score({ status: 'task error', result: 'Traceback\n  File\nRuntimeError: boom' })).toMatchObject({
      reason: expect.stringContaining('RuntimeError: boom'),
    });
    expect(await score(undefined)).toMatchObject({ kind: 'unscored', reason: 'no task controller said how the sample ended' });
  });
});
