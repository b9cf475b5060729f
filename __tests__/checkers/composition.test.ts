import { describe, expect, it } from 'vitest';
import { all } from '../../src/checkers/all.ts';
import { any } from '../../src/checkers/any.ts';
import { atLeast } from '../../src/checkers/at-least.ts';
import { perTurn } from '../../src/checkers/per-turn.ts';
import { weightedMean } from '../../src/checkers/weighted-mean.ts';
import type { Trajectory } from '../../src/records/trajectory.ts';
import { check, checkOutput, makeTrajectory, turnsWithCalls, withCalls } from './build.ts';

const has = (value: string, more: Record<string, unknown> = {}) => ({ type: 'contains', value, ...more });
/** Cannot say: there is no expected value. */
const unknown = { type: 'equals' };
/** Does not apply: the sample has no expected tool calls. */
const foreign = { type: 'trajectory' };

describe('all, any and at-least', () => {
  it('pass by the number of parts that pass', async () => {
    const checkers = [has('a'), has('b'), has('c')];
    expect(await checkOutput(all, { checkers }, 'a b')).toMatchObject({ pass: false, value: 0, reason: expect.stringMatching(/2 of 3 hold.*"c"/) });
    expect(await checkOutput(all, { checkers }, 'a b c')).toMatchObject({ pass: true, value: 1 });
    expect(await checkOutput(any, { checkers }, 'c')).toMatchObject({ pass: true, value: 1 });
    expect(await checkOutput(any, { checkers }, 'x')).toMatchObject({ pass: false, value: 0 });
    expect(await checkOutput(atLeast, { count: 2, checkers }, 'a c')).toMatchObject({ pass: true, value: 1 });
    expect(await checkOutput(atLeast, { count: 3, checkers }, 'a c')).toMatchObject({ pass: false });
  });

  it('have the value of the last part that was needed', async () => {
    const checkers = [has('a'), { type: 'contains', value: ['a', 'b'] }, has('c')];
    expect(await checkOutput(any, { checkers }, 'a')).toMatchObject({ value: 1 });
    expect(await checkOutput(atLeast, { count: 2, checkers }, 'a')).toMatchObject({ value: 0.5, pass: false });
    expect(await checkOutput(all, { checkers }, 'a')).toMatchObject({ value: 0 });
  });

  it('turn a part round by "not", and name it as the user does', async () => {
    const checkers = [has('sorry', { not: true, name: 'no excuse' }), has('refund')];
    expect(await checkOutput(all, { checkers }, 'refund')).toMatchObject({ pass: true });
    expect(await checkOutput(all, { checkers }, 'sorry, refund')).toMatchObject({ pass: false, reason: expect.stringContaining('"no excuse"') });
  });

  it('nest', async () => {
    const checkers = [{ type: 'any', checkers: [has('yes'), has('ja')] }, has('!')];
    expect(await checkOutput(all, { checkers }, 'ja!')).toMatchObject({ pass: true });
    expect(await checkOutput(all, { checkers }, 'nein!')).toMatchObject({ pass: false });
  });

  it('are unscored only when a part that could not say could change whether they pass', async () => {
    expect(await checkOutput(all, { checkers: [has('a'), unknown] }, 'a')).toMatchObject({
      kind: 'unscored',
      reason: expect.stringContaining('"equals"'),
    });
    expect(await checkOutput(all, { checkers: [has('a'), unknown] }, 'x')).toMatchObject({ kind: 'scored', pass: false });
    expect(await checkOutput(any, { checkers: [has('a'), unknown] }, 'a')).toMatchObject({ kind: 'scored', pass: true });
    expect(await checkOutput(any, { checkers: [has('a'), unknown] }, 'x')).toMatchObject({ kind: 'unscored' });
    expect(await checkOutput(atLeast, { count: 2, checkers: [has('a'), has('b'), unknown] }, 'a')).toMatchObject({ kind: 'unscored' });
    expect(await checkOutput(atLeast, { count: 2, checkers: [has('a'), has('b'), unknown] }, 'x')).toMatchObject({ kind: 'scored', pass: false });
  });

  it('leave out parts that do not apply', async () => {
    expect(await checkOutput(all, { checkers: [has('a'), foreign] }, 'a')).toMatchObject({ pass: true });
    expect(await checkOutput(all, { checkers: [foreign] }, 'a')).toMatchObject({ kind: 'unscored', isApplicable: false });
    expect(await checkOutput(atLeast, { count: 2, checkers: [has('a'), foreign] }, 'a')).toMatchObject({ kind: 'unscored' });
  });

  it('count what their judges cost', async () => {
    const checkers = [
      { type: 'judge', rubric: 'Polite.' },
      { type: 'judge', rubric: 'Short.' },
    ];
    expect(await checkOutput(all, { checkers }, 'a')).toMatchObject({ pass: true, judge: { calls: 2 } });
  });

  it.each([
    ['no parts', {}],
    ['an empty list', { checkers: [] }],
    ['more than there are', { count: 2, checkers: [has('a')] }],
  ])('refuse %s', (_, options) => {
    expect(atLeast.options.safeParse({ count: 1, ...options }).success).toBe(false);
  });
});

describe('weighted-mean', () => {
  const checkers = [has('a', { weight: 3 }), has('b')];

  it('weighs the values', async () => {
    expect(await checkOutput(weightedMean, { checkers, threshold: 0.75 }, 'a')).toMatchObject({ value: 0.75, pass: true });
    expect(await checkOutput(weightedMean, { checkers }, 'b')).toMatchObject({ value: 0.25, pass: false });
  });

  it('does not fail at its threshold by a rounding error', async () => {
    const tenths = ['a', 'b', 'x'].map((value) => has(value, { weight: 0.1 }));
    const score = await checkOutput(weightedMean, { checkers: [...tenths, has('c', { weight: 0.7 })], threshold: 0.9 }, 'a b c');
    expect(score).toMatchObject({ value: 0.9, pass: true });
  });

  it('is unscored when a part could not say, and leaves out one that does not apply', async () => {
    expect(await checkOutput(weightedMean, { checkers: [has('a'), unknown] }, 'a')).toMatchObject({ kind: 'unscored' });
    expect(await checkOutput(weightedMean, { checkers: [has('a'), foreign] }, 'a')).toMatchObject({ value: 1 });
  });
});

describe('per-turn', () => {
  const run = (options: Record<string, unknown>, trajectory: Trajectory, sample = {}) =>
    check(perTurn, { checker: has('ok'), ...options }, { trajectory, sample });

  it('checks every turn, one turn, or the mean', async () => {
    const trajectory = makeTrajectory('ok', 'no', 'ok', 'ok');
    expect(await run({}, trajectory)).toMatchObject({ pass: false, value: 0, perTurn: [1, 0, 1, 1], reason: expect.stringContaining('turn 2') });
    expect(await run({ combine: 'any' }, trajectory)).toMatchObject({ pass: true, value: 1 });
    expect(await run({ combine: 'mean', threshold: 0.75 }, trajectory)).toMatchObject({ pass: true, value: 0.75 });
  });

  it('checks the turns that are named', async () => {
    const trajectory = makeTrajectory('ok', 'no', 'ok');
    expect(await run({ turns: 'first' }, trajectory)).toMatchObject({ pass: true, perTurn: [1, null, null] });
    expect(await run({ turns: 'last' }, trajectory)).toMatchObject({ pass: true, perTurn: [null, null, 1] });
    expect(await run({ turns: [2] }, trajectory)).toMatchObject({ pass: false, perTurn: [null, 0, null] });
    expect(await run({ turns: [4] }, trajectory)).toMatchObject({ pass: false, reason: expect.stringContaining('did not take place') });
  });

  it('gives each turn its own expected output and tool calls', async () => {
    const turns = [{ input: 'x', expected: 'one' }, { input: 'y' }, { input: 'z', expected: 'three' }];
    const equals = { checker: { type: 'equals' }, turns: 'expected' };
    expect(await run(equals, makeTrajectory('one', 'whatever', 'three'), { turns })).toMatchObject({ pass: true, perTurn: [1, null, 1] });
    expect(await run(equals, makeTrajectory('one', 'whatever'), { turns })).toMatchObject({ pass: false, perTurn: [1, null, 0] });
    const last = { turns: [{ input: 'x' }, { input: 'y' }], expected: 'done' };
    expect(await run(equals, makeTrajectory('hi', 'done'), last)).toMatchObject({ pass: true, perTurn: [null, 1] });
    expect(await run(equals, makeTrajectory('hi', 'nope'), last)).toMatchObject({ pass: false, perTurn: [null, 0] });
    const calls = { turns: turnsWithCalls([{ name: 'a' }], [{ name: 'b' }]) };
    expect(await run({ checker: { type: 'trajectory' } }, withCalls([{ name: 'a' }], [{ name: 'c' }]), calls)).toMatchObject({ perTurn: [1, 0] });
  });

  it('does not apply when no turn expects anything', async () => {
    expect(await run({ turns: 'expected' }, makeTrajectory('ok'))).toMatchObject({ kind: 'unscored', isApplicable: false });
  });

  it('shows the turns before only when asked', async () => {
    const trajectory = withCalls([{ name: 'lookup' }], []);
    const steps = { checker: { type: 'steps', min: 1 } };
    expect(await run(steps, trajectory)).toMatchObject({ perTurn: [1, 0] });
    expect(await run({ ...steps, history: true }, trajectory)).toMatchObject({ perTurn: [1, 1] });
  });
});
