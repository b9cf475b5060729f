import { describe, expect, it } from 'vitest';
import { agentbenchResult } from '../../src/checkers/agentbench-result.ts';
import type { Json } from '../../src/records/json.ts';
import { check, makeTrajectory } from './build.ts';

const say = (result: Json, status = 'completed', options: Record<string, unknown> = {}) =>
  check(agentbenchResult, options, { trajectory: { ...makeTrajectory('x'), finalState: { index: 0, status, result } } });

describe('agentbench-result', () => {
  it.each<[Json, number, boolean]>([
    [true, 1, true],
    [{ result: false }, 0, false],
    [{ success: true, reward: 0.2 }, 1, true],
    [{ reward: 0.6 }, 0.6, false],
    [{ result: { deep: 1 }, score: 1 }, 1, true],
  ])('reads %j', async (result, value, pass) => {
    expect(await say(result)).toMatchObject({ kind: 'scored', value, pass });
  });

  it('passes from the threshold on', async () => {
    expect(await say({ reward: 0.6 }, 'completed', { threshold: 0.5 })).toMatchObject({ value: 0.6, pass: true });
  });

  it.each<[Json, string]>([
    [{ answer: '42' }, 'completed'],
    [{ score: 7 }, 'completed'],
    [null, 'completed'],
    [true, 'task limit reached'],
  ])('has nothing to say of %j after "%s"', async (result, status) => {
    expect(await say(result, status)).toMatchObject({ kind: 'unscored', isApplicable: false });
  });
});
