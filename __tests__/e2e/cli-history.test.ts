import { existsSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { makeProject, type Project, runCli } from '../helpers/run-cli.ts';

vi.setConfig({ testTimeout: 120_000 });

const isBuilt = existsSync(process.env.AGENT_REGRESS_CLI ?? 'dist/cli/index.js');

const config = {
  suite: 'bot',
  samples: 'samples.jsonl',
  agent: { type: 'replay', path: 'answers.jsonl' },
  repeats: 2,
  checkers: [{ type: 'contains', value: '{{expected}}' }],
};
const ids = Array.from({ length: 20 }, (_, index) => `s${index}`);
const answers = (broken: number) =>
  ids.flatMap((id, index) => [1, 2, 3, 4, 5, 6].map((epoch) => ({ id, epoch, output: index < broken ? 'no idea' : `it is ${id}` })));

describe.skipIf(!isBuilt)('the history on the command line', () => {
  let project: Project;
  beforeEach(() => {
    const samples = ids.map((id) => ({ id, input: `what is ${id}?`, expected: id }));
    project = makeProject({ 'agent-regress.json': config, 'samples.jsonl': samples, 'answers.jsonl': answers(0) });
  });
  afterEach(() => project.remove());

  const run = (...args: string[]) => runCli(args, { cwd: project.folder });
  const rows = async () => JSON.parse((await run('history', '--format', 'json')).stdout) as { verdict: string; event: string; passRate: number }[];

  it('grows with every run of the same folder, compared or scored again, and is told in four formats', async () => {
    const started = await run('run', '-c', 'agent-regress.json', '--baseline', 'none');
    expect(started.code, started.stderr).toBe(0);
    project.write('answers.jsonl', answers(8));
    const worse = await run('run', '-c', 'agent-regress.json', '--baseline', '.agent-regress/bot');
    expect(worse.code, worse.stderr).toBe(1);
    expect(worse.stdout).toContain('Pass rate of the run before: 100.0 %, now 60.0 %.');
    expect(await rows()).toMatchObject([
      { verdict: 'no-baseline', event: 'local', passRate: 1 },
      { verdict: 'regressed', event: 'local', passRate: 0.6 },
    ]);
    await run('check', '.agent-regress/bot', '-c', 'agent-regress.json', '--baseline', 'none');
    expect(await rows()).toMatchObject([{ verdict: 'no-baseline' }, { verdict: 'no-baseline', passRate: 0.6 }]);
    expect((await run('history')).stdout).toMatch(/^bot\nPass rate of the run before: 100\.0 %, now 60\.0 %\.\n█▁\n/);
    expect((await run('history', '.agent-regress/bot/history.jsonl', '-f', 'csv')).stdout.trimEnd().split('\r\n')).toHaveLength(3);
    expect((await run('history', '.agent-regress', '-f', 'markdown')).stdout).toMatch(/^# bot\n/);
  });

  it('says where there is nothing, and which formats there are', async () => {
    const nothing = await run('history', 'samples.jsonl');
    expect([nothing.code, nothing.stderr]).toEqual([2, expect.stringContaining('there is no compared run in samples.jsonl')]);
    const missing = await run('history', 'elsewhere');
    expect([missing.code, missing.stderr]).toEqual([2, expect.stringContaining('elsewhere does not exist')]);
    const format = await run('history', '-f', 'yaml');
    expect([format.code, format.stderr]).toEqual([2, expect.stringContaining('Known: terminal, markdown, json, csv')]);
  });
});
