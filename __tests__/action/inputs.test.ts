import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { inputTable, readInputs } from '../../src/action/inputs.ts';
import { outputTable } from '../../src/action/outputs.ts';
import { ToolError } from '../../src/errors.ts';

interface Metadata {
  inputs: Record<string, { description: string; default: string; required: boolean }>;
  outputs: Record<string, { description: string }>;
  runs: { using: string; main: string; post: string };
}
const metadata = async () => parse(await readFile(new URL('../../action.yml', import.meta.url), 'utf8')) as Metadata;
const read = (given: Record<string, string> = {}) => readInputs((name) => given[name]);

describe('action.yml', () => {
  it('gh-73 has exactly the inputs of the code, with their defaults and descriptions', async () => {
    const { inputs } = await metadata();
    const expected = Object.entries(inputTable).map(([name, { description, default: fallback }]) => [
      name,
      { description, default: fallback, required: false },
    ]);
    expect(Object.entries(inputs)).toEqual(expected);
  });

  it('gh-73 has exactly the outputs of the code', async () => {
    const { outputs, runs } = await metadata();
    expect(Object.entries(outputs)).toEqual(Object.entries(outputTable).map(([name, description]) => [name, { description }]));
    expect(runs).toEqual({ using: 'node24', main: 'dist/action/index.js', post: 'dist/post/index.js' });
  });
});

describe('reading inputs', () => {
  it('takes the defaults, and no unfilled expression as a value', () => {
    expect(read()).toMatchObject({
      config: ['agent-regress.yml'],
      mode: 'run',
      'github-token': '',
      baseline: [],
      comment: 'always',
      check: 'create',
      'retention-days': 90,
      summary: true,
    });
    expect(read()['job-check-run-id']).toBeUndefined();
    expect(read({ 'job-check-run-id': '42' })['job-check-run-id']).toBe(42);
  });

  it('reads lists, flags, shards and amounts', () => {
    const inputs = read({ config: ' a.yml\n\n b.yml ', 'fail-on': 'regressed, no-baseline', html: 'False', shard: '2/8', 'budget-usd': '2.5' });
    expect(inputs).toMatchObject({
      config: ['a.yml', 'b.yml'],
      'fail-on': ['regressed', 'no-baseline'],
      html: false,
      shard: { index: 2, count: 8 },
      'budget-usd': 2.5,
    });
    expect(read({ 'fail-on': 'never' })['fail-on']).toEqual([]);
    expect(read()['fail-on']).toBeUndefined();
  });

  it('tells every problem at once, with what was expected', () => {
    const wrong = { mode: 'rum', comment: 'sometimes', repeats: '0', shard: '9/8', 'retention-days': '500', html: 'maybe', 'artifact-name': 'a/b' };
    let error: unknown;
    try {
      read(wrong);
    } catch (thrown) {
      error = thrown;
    }
    expect(error).toBeInstanceOf(ToolError);
    const { problems, exitCode } = error as ToolError;
    expect(problems.map(({ field }) => field).sort()).toEqual(Object.keys(wrong).sort());
    expect(problems.every(({ remedy }) => remedy !== undefined)).toBe(true);
    expect(problems.find(({ field }) => field === 'mode')?.remedy).toContain('did you mean "run"');
    expect(exitCode).toBe(2);
  });
});
