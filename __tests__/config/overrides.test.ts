import { describe, expect, it } from 'vitest';
import { type Override, overridesFromEnvironment } from '../../src/config/overrides.ts';
import { parse, parseOne, valid } from './small-registries.ts';

const flag = (path: string, value: Override['value']): Override => ({ path, value, origin: 'flag', source: `--${path}` });

describe('overrides', () => {
  it('win over the file, and flags over the environment, whatever their order', async () => {
    const overrides = [flag('repeats', '7'), ...overridesFromEnvironment({ AGENT_REGRESS_REPEATS: '6', AGENT_REGRESS_LIMIT: '5' })];
    const suite = await parseOne(`${valid}repeats: 2\nmaxRetries: 1\n`, { overrides });
    expect(suite).toMatchObject({ repeats: 7, maxRetries: 1, samples: { paths: ['a.jsonl'], limit: 5 } });
    expect(suite.origins).toMatchObject({ repeats: 'flag', maxRetries: 'file', 'samples.limit': 'environment', 'samples.path': 'file' });
  });

  it('read text as what the field takes', async () => {
    const overrides = [
      flag('policy.failOn', 'regressed,inconclusive'),
      flag('policy.confirm', 'false'),
      flag('policy.slices', 'tags'),
      flag('budget.costUsd', '2.5'),
      flag('samples.where.ids', '1,2'),
      flag('agent.url', 'http://other.example'),
      flag('agent.temperature', '0.5'),
      flag('suite', '12'),
    ];
    const suite = await parseOne(valid.replace(/agent:.*\n/, 'agent: {type: http, url: "http://a.example"}\n'), { overrides });
    expect(suite).toMatchObject({
      suite: '12',
      policy: { failOn: ['regressed', 'inconclusive'], confirm: false, slices: ['tags'] },
      budget: { costUsd: 2.5 },
      samples: { where: { ids: ['1', '2'] } },
      agent: { options: { url: 'http://other.example', temperature: 0.5 } },
    });
  });

  it.each([
    ['none', { kind: 'none' }],
    ['run:12', { kind: 'run', runId: 12 }],
    ['sha:abcdef1', { kind: 'sha', sha: 'abcdef1' }],
    ['runs/main', { kind: 'path', paths: ['runs/main'] }],
    [['a', 'b'], { kind: 'path', paths: ['a', 'b'] }],
  ])('read the baseline %j', async (value, expected) => {
    expect((await parseOne(`${valid}baseline: {run: 1}\n`, { overrides: [flag('baseline', value)] })).baseline).toEqual(expected);
  });

  it('name the flag or the variable when they are wrong', async () => {
    const overrides = [
      flag('repeats', 'many'),
      flag('concurrency', '0'),
      flag('baseline', 'run:x'),
      ...overridesFromEnvironment({ AGENT_REGRESS_MODE: 'strickt' }),
    ];
    const { problems } = await parse(valid, { overrides });
    expect(problems.map(({ file, field, message }) => `${file ?? ''}${field}: ${message}`).sort()).toEqual([
      '--baseline: expected a number, found text',
      '--concurrency: expected a number of at least 1, found 0',
      '--repeats: expected a number, found text',
      'AGENT_REGRESS_MODE: expected "statistical" or "strict", found "strickt"',
    ]);
  });

  it('are not there when their text is empty', async () => {
    const overrides = [flag('repeats', ''), ...overridesFromEnvironment({ AGENT_REGRESS_LIMIT: ' ' })];
    expect(await parseOne(valid, { overrides })).toMatchObject({ repeats: 3, samples: { offset: 0 } });
  });

  it('hide a key that a flag gives', async () => {
    const overrides = [flag('judge.model', 'm'), flag('judge.apiKey', 'sk-0123456')];
    expect((await parseOne(valid, { overrides })).secrets).toContainEqual({ name: '--judge.apiKey', value: 'sk-0123456' });
  });
});
