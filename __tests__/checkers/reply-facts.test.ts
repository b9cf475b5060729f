import { describe, expect, it } from 'vitest';
import { finishReason } from '../../src/checkers/finish-reason.ts';
import { perTurn } from '../../src/checkers/per-turn.ts';
import { perplexity } from '../../src/checkers/perplexity.ts';
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

describe('perplexity', () => {
  const sure = (...turns: { tokens: number; mean: number }[]): Trajectory => ({
    turns: turns.map((logProbs) => ({ input: 'x', output: 'y', steps: [], logProbs })),
  });

  it('is e to the power of the negative mean, over the tokens of all turns', async () => {
    const trajectory = sure({ tokens: 3, mean: -Math.log(2) }, { tokens: 1, mean: -Math.log(32) });
    expect(await check(perplexity, { max: 4 }, { trajectory })).toMatchObject({ pass: true, value: 1, reason: 'the perplexity was 4, at most 4' });
    expect(await check(perplexity, { max: 3.99 }, { trajectory })).toMatchObject({ pass: false, value: 0 });
    expect(await check(perplexity, { threshold: 0.1 }, { trajectory })).toMatchObject({ pass: true, value: expect.closeTo(0.2, 12) });
    expect(await check(perplexity, { threshold: 0.21 }, { trajectory })).toMatchObject({ pass: false });
  });

  it('fails where the model was lost, and is unscored where a turn has no numbers', async () => {
    expect(await check(perplexity, { max: 3 }, { trajectory: sure({ tokens: 1, mean: -9999 }) })).toMatchObject({ pass: false, value: 0 });
    expect(
      await check(perplexity, { max: 3 }, { trajectory: { turns: [...sure({ tokens: 1, mean: -1 }).turns, ...makeTrajectory('x').turns] } }),
    ).toMatchObject({ kind: 'unscored', reason: expect.stringContaining('logprobs: true') });
    for (const wrong of [{}, { max: 2, threshold: 0.5 }, { max: 0.5 }]) expect(perplexity.options.safeParse(wrong).success).toBe(false);
  });
});
