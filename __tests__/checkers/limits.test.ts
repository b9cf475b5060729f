import { describe, expect, it } from 'vitest';
import { cost } from '../../src/checkers/cost.ts';
import { latency } from '../../src/checkers/latency.ts';
import { steps } from '../../src/checkers/steps.ts';
import { tokens } from '../../src/checkers/tokens.ts';
import { toolAbsent } from '../../src/checkers/tool-absent.ts';
import { check, makeTrajectory, withCalls } from './build.ts';

describe('latency, tokens and cost', () => {
  const trajectory = { ...makeTrajectory('x'), latencyMs: 812, firstByteMs: 240, usage: { inputTokens: 900, outputTokens: 100, costUsd: 0.02 } };

  it('pass at the limit and fail above it, with both numbers in the reason', async () => {
    expect(await check(latency, { maxMs: 812, firstByteMaxMs: 300 }, { trajectory })).toMatchObject({ pass: true });
    expect(await check(latency, { maxMs: 811 }, { trajectory })).toMatchObject({
      pass: false,
      value: 0,
      reason: 'latency was 812 ms, more than 811 ms',
    });
    expect(await check(tokens, { max: 1000 }, { trajectory })).toMatchObject({ pass: true });
    expect(await check(tokens, { max: 999 }, { trajectory })).toMatchObject({ pass: false });
    expect(await check(tokens, { maxInput: 899, maxOutput: 100 }, { trajectory })).toMatchObject({ pass: false });
    expect(await check(cost, { maxUsd: 0.02 }, { trajectory })).toMatchObject({ pass: true });
    expect(await check(cost, { maxUsd: 0.01 }, { trajectory })).toMatchObject({ pass: false });
  });

  it('are unscored, never passed, when the number is absent', async () => {
    const bare = { trajectory: makeTrajectory('x') };
    expect(await check(latency, { maxMs: 1 }, bare)).toMatchObject({ kind: 'unscored', reason: expect.stringContaining('latency') });
    expect(await check(tokens, { max: 1 }, bare)).toMatchObject({ kind: 'unscored' });
    expect(await check(cost, { maxUsd: 1 }, bare)).toMatchObject({ kind: 'unscored' });
    expect(await check(tokens, { max: 1 }, { trajectory: { ...makeTrajectory('x'), usage: { inputTokens: 5 } } })).toMatchObject({
      kind: 'unscored',
    });
  });

  it('fail when one limit is broken although another number is absent', async () => {
    const slow = { trajectory: { ...makeTrajectory('x'), latencyMs: 100 } };
    expect(await check(latency, { maxMs: 50, firstByteMaxMs: 10 }, slow)).toMatchObject({ kind: 'scored', pass: false });
  });
});

describe('steps', () => {
  it('counts tool calls, or every step', async () => {
    const trajectory = withCalls([{ name: 'a' }], [{ name: 'b' }]);
    trajectory.turns[0]?.steps.push({ kind: 'message', text: 'hm' });
    expect(await check(steps, { max: 2 }, { trajectory })).toMatchObject({ pass: true });
    expect(await check(steps, { max: 2, kind: 'any' }, { trajectory })).toMatchObject({ pass: false });
    expect(await check(steps, { min: 3 }, { trajectory })).toMatchObject({ pass: false, reason: 'number of tool calls was 2, less than 3' });
    expect(await check(steps, { max: 0 }, { trajectory: makeTrajectory('x') })).toMatchObject({ pass: true });
  });
});

describe('tool-absent', () => {
  const trajectory = withCalls([{ name: 'read' }], [{ name: 'delete_all', server: 'files' }]);

  it('fails when a named tool was called, by its plain or full name or by a pattern', async () => {
    expect(await check(toolAbsent, { tools: ['delete_all'] }, { trajectory })).toMatchObject({
      pass: false,
      reason: expect.stringContaining('delete_all'),
    });
    expect(await check(toolAbsent, { tools: ['files__delete_all'] }, { trajectory })).toMatchObject({ pass: false });
    expect(await check(toolAbsent, { pattern: '^delete_' }, { trajectory })).toMatchObject({ pass: false });
    expect(await check(toolAbsent, { tools: ['delete'], pattern: '^drop' }, { trajectory })).toMatchObject({ pass: true, value: 1 });
  });

  it('says nothing about an agent that took no turn', async () => {
    expect(await check(toolAbsent, { tools: ['x'] }, { trajectory: makeTrajectory() })).toMatchObject({ kind: 'unscored' });
  });
});
