import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { parseArguments } from '../../src/cli/args.ts';
import { calibrate } from '../../src/cli/commands/calibrate.ts';
import type { ToolError } from '../../src/errors.ts';
import { Calibration } from '../../src/records/calibration.ts';
import { type AgentServer, startAgentServer } from '../helpers/agent-server.ts';
import { makeProject, type Project } from '../helpers/run-cli.ts';

let agent: AgentServer;
let project: Project;
beforeAll(async () => {
  agent = await startAgentServer();
});
afterAll(() => agent.close());
beforeEach(() => {
  agent.reset();
  agent.behaviours = { q1: { passRate: 0.5 } };
  agent.fallback = {};
  const samples = Array.from({ length: 6 }, (_, i) => ({ id: i === 1 ? 'flaky\u001b[31m`|' : `s${i}`, input: `q${i}`, expected: `echo: q${i}` }));
  project = makeProject({ 'samples.jsonl': samples, 'agent-regress.json': config() });
});
afterEach(() => project.remove());

const config = (changes: Record<string, unknown> = {}) => ({
  suite: 'bot',
  samples: 'samples.jsonl',
  agent: { type: 'http', url: agent.url, body: { question: '{{input}}' }, reply: { output: '/answer' } },
  repeats: 4,
  checkers: [{ type: 'equals', value: '{{expected}}' }],
  ...changes,
});

async function run(argv: string[], stop = new AbortController()): Promise<{ code: number; stdout: string; stderr: string }> {
  const out = { stdout: '', stderr: '' };
  const stream = (name: 'stdout' | 'stderr') => ({
    columns: 100,
    write(text: string) {
      out[name] += text;
    },
  });
  const host = { cwd: project.folder, env: {}, stdout: stream('stdout'), stderr: stream('stderr'), signal: stop.signal };
  return { code: await calibrate(parseArguments('calibrate', argv), host), ...out };
}

const failure = (argv: string[]): Promise<ToolError> =>
  run(argv).then(
    () => {
      throw new Error('it did not fail');
    },
    (error: ToolError) => error,
  );

const stored = (folder: string): Calibration => Calibration.parse(JSON.parse(project.read(`${folder}/calibration.json`)));

describe('calibrate, live', () => {
  it('runs the suite against itself and says what it can tell', async () => {
    const { code, stdout, stderr } = await run(['--runs', '3', '-o', 'out']);
    expect(code).toBe(0);
    expect(agent.requests).toHaveLength(3 * 24);
    expect(stderr).toMatch(/run 1 of 3: 6 samples × 4 repeats = 24 slots[\s\S]*run 3 of 3: 24\/24/);
    expect(stdout).toMatch(/^bot: calibrated from 3 runs of 6 samples × 4 repeats\.\n/);
    expect(stdout.indexOf('What to do')).toBeLessThan(stdout.indexOf('False alarms, when nothing changed'));
    expect(stored('out')).toMatchObject({ complete: true, samples: { alwaysPass: 5, flaky: [{ id: 'flaky\u001b[31m`|', repeats: 12 }] } });
    expect(project.read('out/calibration.md')).toMatch(/^# bot: calibrated/);
    for (const text of [stdout, project.read('out/calibration.md')]) expect(text).not.toContain('\u001b');
  });

  it('shows calls and cost first when it is asked to, and asks nothing', async () => {
    const { stdout } = await run(['--dry-run', '--runs', '5', '--limit', '2']);
    expect(stdout).toMatch(/runs +5; .*\n +samples +2 × 4 repeats\n +calls +40, at most 50 with retries\n/);
    expect(agent.requests).toHaveLength(0);
  });

  it('keeps to the budget of the config over all runs, says that it is partial, and goes on with --resume', async () => {
    project.write('agent-regress.json', config({ budget: { calls: 30 } }));
    const first = await run(['-o', 'out', '--format', 'json']);
    expect(first.code).toBe(3);
    expect(agent.requests).toHaveLength(30);
    expect(JSON.parse(first.stdout)).toMatchObject({ complete: false, runs: [{ complete: false }, { complete: true }] });
    expect(stored('out').notes.join(' ')).toMatch(/1 of 2 runs did not come to their end; .*--resume/);
    project.write('agent-regress.json', config());
    expect((await run(['-o', 'out', '--resume'])).code).toBe(0);
    expect(agent.requests).toHaveLength(48);
    expect(stored('out')).toMatchObject({ complete: true, notes: [] });
  });

  it('analyses what is there when it is interrupted', async () => {
    agent.fallback = { delayMs: 20 };
    const stop = new AbortController();
    void agent.arrived(34).then(() => stop.abort('SIGINT'));
    const { code, stdout } = await run(['-o', 'out'], stop);
    expect(code).toBe(3);
    expect(stdout).toMatch(/calibrated from 2 runs .* \(partial\)/);
  });

  it('goes on after it was killed, and asks no finished slot again', { timeout: 60_000 }, async () => {
    agent.fallback = { delayMs: 20 };
    const loader = fileURLToPath(new URL('../helpers/ts-loader.mjs', import.meta.url));
    const register = `data:text/javascript,import{register}from"node:module";register(${JSON.stringify(`file://${loader}`)})`;
    const entry = fileURLToPath(new URL('../../src/cli/main.ts', import.meta.url));
    const child = spawn(process.execPath, ['--import', register, entry, 'calibrate', '-o', 'out'], { cwd: project.folder, stdio: 'ignore' });
    const ended = once(child, 'exit');
    await agent.arrived(34);
    child.kill('SIGKILL');
    await ended;
    expect((await run(['-o', 'out', '--resume'])).code).toBe(0);
    expect(agent.requests.length).toBeGreaterThanOrEqual(48);
    expect(agent.requests.length).toBeLessThanOrEqual(48 + 8);
    expect(project.records('out/calibrate/run-1', 'done')).toHaveLength(24);
    expect(project.records('out/calibrate/run-2', 'done')).toHaveLength(24);
  });
});

describe('calibrate from runs', () => {
  beforeEach(async () => {
    await run(['--runs', '2', '-o', 'out', '--quiet']);
    agent.reset();
  });
  const runs = ['out/calibrate/run-1', 'out/calibrate/run-2/run.jsonl'];

  it('gives the same numbers as the live way, in any order, and asks nothing', async () => {
    const { code, stdout } = await run([...runs].reverse().concat('-o', 'again', '--format', 'markdown'));
    expect(code).toBe(0);
    expect(stdout).toBe(project.read('again/calibration.md'));
    expect(stored('again')).toEqual(stored('out'));
    expect(agent.requests).toHaveLength(0);
  });

  it('takes one run, in the folder of its suite by default', async () => {
    expect((await run(['out/calibrate/run-1'])).stdout).toMatch(/Your runs: one complete run cannot be compared with another/);
    expect(stored('.agent-regress/bot').runs).toHaveLength(1);
  });

  it('refuses runs of another suite, asked or scored differently, or named twice, with what to do', async () => {
    project.write('agent-regress.json', config({ suite: 'other' }));
    await run(['--runs', '1', '-o', 'other', '--quiet']);
    project.write('agent-regress.json', config({ agent: { ...config().agent, body: { question: '{{input}}', mode: 'new' } } }));
    await run(['--runs', '1', '-o', 'asked', '--quiet']);
    const error = await failure(['other/calibrate/run-1', 'asked/calibrate/run-1', ...runs, 'out/calibrate/run-1']);
    expect(error.exitCode).toBe(2);
    expect(error.problems.map(({ message }) => message).join('\n')).toMatch(
      /a run of the suite "other"[\s\S]*asked differently|asked differently[\s\S]*suite "other"/,
    );
    expect(error.problems.every(({ file, remedy }) => file !== undefined && remedy !== undefined)).toBe(true);
    expect((await failure(['out/calibrate/run-1', 'out/calibrate/run-1'])).problems[0]?.message).toBe('this run is named twice');
  });

  it('tells everything that is wrong with the flags at once', async () => {
    const { problems, exitCode } = await failure([
      'out/calibrate/run-1',
      '--drop',
      '5',
      '--power',
      'x',
      '--format',
      'html',
      '--runs',
      '0',
      '--repeats',
      '3',
    ]);
    expect(exitCode).toBe(2);
    expect(problems.map(({ field }) => field)).toEqual(['--format', '--power', '--drop', '--runs', '--repeats', '--runs']);
    expect(problems.find(({ field }) => field === '--drop')?.remedy).toBe('5 % is --drop 0.05');
  });

  it('says what to do with a run that is not there, not scored or without any answer', async () => {
    expect(await failure(['nowhere'])).toMatchObject({ code: 'run-log-not-found', exitCode: 2 });
    agent.fallback = { raw: 'no json' };
    agent.behaviours = {};
    expect(await failure(['--runs', '1', '-o', 'broken'])).toMatchObject({ code: 'calibration-empty', exitCode: 3 });
  });
});
