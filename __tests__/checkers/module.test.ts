import { describe, expect, it } from 'vitest';
import { moduleChecker } from '../../src/checkers/module.ts';
import type { Json } from '../../src/records/json.ts';
import { check, makeTrajectory, noPorts } from './build.ts';

/** Answers every call with what a function of a user's might return. */
function answering(answer: unknown) {
  const requests: unknown[] = [];
  const call = async (request: unknown) => {
    requests.push(request);
    return answer as Json;
  };
  return { requests, ports: { ...noPorts, modules: { call } } };
}

function checkAnswer(answer: unknown) {
  return check(moduleChecker, { path: 'checks/a.js' }, { trajectory: makeTrajectory('hi'), ports: answering(answer).ports });
}

describe('module', () => {
  it.each([
    [true, { value: 1, pass: true }],
    [false, { value: 0, pass: false }],
    [0.5, { value: 0.5, pass: false }],
    [1, { value: 1, pass: true }],
    [
      { value: 0.7, pass: true, reason: 'fine' },
      { value: 0.7, pass: true, reason: 'fine' },
    ],
    [{ value: 0.7 }, { value: 0.7, pass: false }],
    [{ pass: true }, { value: 1, pass: true }],
    [{ unscored: 'no idea' }, { kind: 'unscored', reason: 'no idea' }],
  ])('takes %j', async (answer, score) => {
    expect(await checkAnswer(answer)).toMatchObject({ kind: 'scored', ...score });
  });

  it.each([
    Number.NaN,
    Number.POSITIVE_INFINITY,
    1.1,
    -0.1,
    1e308,
    null,
    undefined,
    'yes',
    [1],
    {},
    { value: Number.NaN },
    { value: 2 },
    { value: '1' },
    { value: 1, passed: true },
    { pass: 'yes' },
    { unscored: true },
    JSON.parse('{"value": 1, "__proto__": {"pass": true}}'),
  ])('refuses %j', async (answer) => {
    expect(await checkAnswer(answer)).toMatchObject({ kind: 'unscored', reason: expect.stringContaining('checker returned') });
  });

  it('is unscored with the reason when the module fails, hangs or dies', async () => {
    expect(await check(moduleChecker, { path: 'a.js' }, { trajectory: makeTrajectory('hi') })).toMatchObject({
      kind: 'unscored',
      reason: expect.stringContaining('no module runner here'),
    });
  });

  it('gives the module the sample, the trajectory, the output and the epoch', async () => {
    const { requests, ports } = answering(true);
    const slot = { sample: { expected: 'hi', row: { x: 1 } }, trajectory: makeTrajectory('hi'), ports };
    await check(moduleChecker, { path: './checks/a.js', export: 'polite', timeoutMs: 5 }, slot);
    expect(requests).toEqual([
      expect.objectContaining({
        file: '/suite/checks/a.js',
        exportName: 'polite',
        timeoutMs: 5,
        payload: expect.objectContaining({ output: 'hi', epoch: 1, sample: expect.objectContaining({ expected: 'hi', row: { x: 1 } }) }),
      }),
    ]);
  });
});
