import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { outputOf, type Trajectory, toolCallsOf } from '../../src/records/trajectory.ts';
import { makeProject, type Project, runCli } from '../helpers/run-cli.ts';

const ids = ['a/1', 'a/2', 'a/3'];
const epochs = [1, 2];

let project: Project;
beforeEach(() => {
  project = makeProject({ 'samples.jsonl': ids.map((id) => ({ id, input: `q ${id}`, expected: 'yes' })) });
  writeAnswers('yes');
  writeSuite({});
});
afterEach(() => project.remove());

function writeAnswers(output: string): void {
  const toolCalls = [{ name: 'look', args: { at: 1 }, result: { found: true } }];
  const lines = ids.flatMap((id) => epochs.map((epoch) => JSON.stringify({ id, epoch, output, toolCalls, latencyMs: 5 })));
  project.write('recorded.jsonl', `${lines.join('\n')}\n`);
}

function writeSuite(more: Record<string, unknown>): void {
  project.write('agent-regress.json', {
    suite: 'shop',
    samples: 'samples.jsonl',
    agent: { type: 'replay', path: 'recorded.jsonl' },
    repeats: 2,
    checkers: [{ type: 'contains', value: '{{expected}}' }],
    baseline: 'none',
    ...more,
  });
}

/** What the format keeps of a call; an id is made where there was none, and a result is its text. */
const callsOf = (trajectory: Trajectory) => toolCallsOf(trajectory).map(({ name, args }) => ({ name, args }));
const cli = (...args: string[]) => runCli(args, { cwd: project.folder });
const answers = (folder: string) =>
  (project.records(folder, 'response') as unknown as { sample: string; epoch: number; trajectory: Trajectory }[])
    .map(({ sample, epoch, trajectory }) => ({ sample, epoch, output: outputOf(trajectory), calls: callsOf(trajectory) }))
    .sort((a, b) => (`${a.sample} ${a.epoch}` < `${b.sample} ${b.epoch}` ? -1 : 1));

describe('results of another system', () => {
  it('are written after a run, and come back as the run that they were', async () => {
    writeSuite({ exports: [{ type: 'agentscope', path: 'results' }] });
    expect(await cli('run', '--output', 'first')).toMatchObject({ code: 0 });
    const { code, stderr } = await cli('import', 'results', '--output', 'second');
    expect({ code, stderr }).toMatchObject({ code: 0, stderr: expect.stringMatching(/imported 6 answers to 3 samples/) });
    expect(answers('second')).toEqual(answers('first'));
    expect(project.records('second', 'end')).toMatchObject([{ totals: { slots: 6, pass: 6 } }]);
    expect(project.records('second', 'score')).toHaveLength(6);
  });

  it('are a baseline for runs of the suite that they are imported into, scored with its checkers', async () => {
    expect(await cli('run', '--output', 'first')).toMatchObject({ code: 0 });
    expect(await cli('export', 'first', '--to', 'agentscope', '--output', 'results')).toMatchObject({ code: 0 });
    expect(await cli('import', 'results', '--config', 'agent-regress.json', '--output', 'base')).toMatchObject({ code: 0 });
    writeAnswers('no');
    const { code, stdout } = await cli('run', '--baseline', 'base', '--output', 'now', '--format', 'json');
    expect(code).toBe(1);
    const { baseline, suiteEffect } = JSON.parse(stdout);
    expect({ baseline, suiteEffect }).toMatchObject({ baseline: { runs: 1 }, suiteEffect: { baselineRate: 1, rate: 0 } });
  });

  it('of two imports are compared without a config', async () => {
    for (const [output, name] of [
      ['yes', 'before'],
      ['no', 'after'],
    ] as const) {
      writeAnswers(output);
      await cli('run', '--output', 'run');
      await cli('export', 'run', '--to', 'agentscope', '--output', `results-${name}`);
      expect(await cli('import', `results-${name}`, '--output', name)).toMatchObject({ code: 0 });
    }
    const { code, stdout } = await cli('compare', 'before', 'after', '--format', 'json');
    expect(code).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({ verdict: { status: 'regressed' }, run: { importedFrom: 'agentscope' } });
  });

  it('that lack a sample, or have one too many, say so, and an incomplete import is no pass', async () => {
    await cli('run', '--output', 'first');
    await cli('export', 'first', '--to', 'agentscope', '--output', 'results');
    project.write('samples.jsonl', ['a/1', 'a/2', 'b/9'].map((id) => JSON.stringify({ id, input: `q ${id}`, expected: 'yes' })).join('\n'));
    const { code, stderr } = await cli('import', 'results', '--config', 'agent-regress.json', '--output', 'base');
    expect(code).toBe(3);
    expect(stderr).toMatch(/1 imported sample is not in the suite and left out, such as a\/3/);
    expect(stderr).toMatch(/1 sample of the suite has no imported answer/);
  });

  it('that are none are told in one message each, and nothing is written', async () => {
    project.write('notes.txt', 'nothing');
    mkdirSync(join(project.folder, 'empty'));
    for (const [args, message] of [
      [['import', 'nowhere'], /there is nothing at nowhere/],
      [['import', 'notes.txt'], /looks like no results that are known[\s\S]*--from/],
      [['import', 'notes.txt', '--from', 'agentscop'], /did you mean "agentscope"/],
      [['import', 'empty', '--from', 'agentscope'], /empty/],
      [['export', 'nowhere', '--to', 'agentscope', '--output', 'x'], /no run log at/],
      [['export', 'nowhere', '--output', 'x'], /export needs --to/],
      [['run', '--from', 'nothing'], /--from takes the name of a tool/],
    ] as const) {
      const { code, stderr } = await cli(...args);
      expect({ args, code, stderr }).toMatchObject({ code: 2, stderr: expect.stringMatching(message) });
    }
    expect(existsSync(join(project.folder, 'x'))).toBe(false);
  });

  it('never leave the folder that they are written to, and a failed export does not change the verdict', async () => {
    writeSuite({ exports: [{ type: 'agentscope', path: 'taken' }] });
    writeFileSync(join(project.folder, 'taken'), 'a file in the place of the folder');
    const { code, stderr } = await cli('run', '--output', 'first');
    expect({ code, stderr }).toMatchObject({ code: 0, stderr: expect.stringMatching(/the export to agentscope in taken failed/) });
    expect(readFileSync(join(project.folder, 'taken'), 'utf8')).toBe('a file in the place of the folder');
  });

  it('are not written through a link below the folder', async () => {
    await cli('run', '--output', 'first');
    await cli('export', 'first', '--to', 'agentscope', '--output', 'plain');
    const [task = ''] = readdirSync(join(project.folder, 'plain')).filter((name) => !name.endsWith('.json'));
    mkdirSync(join(project.folder, 'elsewhere'));
    mkdirSync(join(project.folder, 'linked'));
    symlinkSync(join(project.folder, 'elsewhere'), join(project.folder, 'linked', task), 'junction');
    const { code, stderr } = await cli('export', 'first', '--to', 'agentscope', '--output', 'linked');
    expect({ code, stderr }).toMatchObject({ code: 2, stderr: expect.stringMatching(/is a link, and nothing is written through one/) });
    expect(readdirSync(join(project.folder, 'elsewhere'))).toEqual([]);
  });

  it('are those of the whole run when it was made of shards', async () => {
    writeSuite({ exports: [{ type: 'agentscope', path: 'results' }] });
    const shards = ['1/2', '2/2'];
    for (const [index, shard] of shards.entries()) expect((await cli('run', '--shard', shard, '--output', `part-${index}`)).code).toBe(0);
    expect(existsSync(join(project.folder, 'results'))).toBe(false);
    expect((await cli('merge', 'part-0', 'part-1', '--output', 'whole')).code).toBe(0);
    expect((await cli('import', 'results', '--from', 'agentscope', '--output', 'back')).code).toBe(0);
    expect(answers('back')).toEqual(answers('whole'));
  });

  it('need options that the format knows, told with the place in the config', async () => {
    writeSuite({ exports: [{ type: 'agentscope', path: 'r', colour: 'red' }, { type: 'agentscop', path: 'r' }, { type: 'agentscope' }] });
    const { code, stderr } = await cli('validate');
    expect(code).toBe(2);
    expect(stderr).toMatch(/exports\[0\]\.colour/);
    expect(stderr).toMatch(/did you mean "agentscope"/);
    expect(stderr).toMatch(/exports\[2\]\.path/);
  });
});
