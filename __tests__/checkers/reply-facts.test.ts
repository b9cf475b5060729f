import { describe, expect, it } from 'vitest';
import { finishReason } from '../../src/checkers/finish-reason.ts';
import { perTurn } from '../../src/checkers/per-turn.ts';
import type { Trajectory } from '../../src/records/trajectory.ts';
import { check, makeTrajectory } from './build.ts';

const ended = (...reasons: string[]): Trajectory => ({
  turns: reasons.map((reason) => ({ input: 'x', output: 'y', steps: [], finishReason: reason })),
});

describe('finish-reason', () => {
  it('passes when the last turn ended for a given reason, and says which else', async () => {
    expect(await check(finishReason, { reasons: 'STOP' }, { trajectory: ended('length', 'stop') })).toMatchObject({ pass: true, value: 1 });
    expect(await check(finishReason, { reasons: ['stop', 'tool_calls'] }, { trajectory: ended('stop', 'length') })).toMatchObject({
      pass: false,
      reason: 'the reply ended with "length", not with "stop, tool_calls"',
    });
  });

  it('looks at every turn inside per-turn', async () => {
    const options = { checker: { type: 'finish-reason', reasons: 'stop' } };
    expect(await check(perTurn, options, { trajectory: ended('length', 'stop') })).toMatchObject({ pass: false, perTurn: [0, 1] });
  });

  it('is unscored when the agent does not tell', async () => {
    expect(await check(finishReason, { reasons: 'stop' }, { trajectory: makeTrajectory('x') })).toMatchObject({ kind: 'unscored' });
  });
});
