import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { pullRequestRun } from '../github/stand-in/runs.ts';
import { type GitHubStandIn, startGitHub } from '../github/stand-in/server.ts';
import { missingNodeMajors, testNodes } from './nodes.ts';
import { runAction, runPostAction } from './run-action.ts';

const metadata = `
name: probe
description: probe
inputs:
  config: { description: c, default: agent-regress.yml }
  github-token: { description: t, default: "\${{ github.token }}" }
  check-run: { description: t, default: "\${{ job.check_run_id }}" }
outputs: {}
runs: { using: node24, main: main.mjs, post: post.mjs }
`;
const main = `
import { appendFileSync, readFileSync } from 'node:fs';
const { env } = process;
appendFileSync(env.GITHUB_OUTPUT, 'verdict<<E1\\nline 1\\nline 2\\nE1\\n');
appendFileSync(env.GITHUB_STATE, 'check=7\\n');
appendFileSync(env.GITHUB_STEP_SUMMARY, '# done\\n');
console.log('::add-mask::' + env['INPUT_GITHUB-TOKEN']);
console.log(JSON.stringify({ config: env.INPUT_CONFIG, check: env['INPUT_CHECK-RUN'], number: JSON.parse(readFileSync(env.GITHUB_EVENT_PATH, 'utf8')).number, ref: env.GITHUB_REF, secret: env.AGENT_KEY }));
if (env.INPUT_CONFIG === 'wait') { process.on('SIGINT', () => process.exit(130)); console.error('ready'); setInterval(() => {}, 1000); }
`;

let github: GitHubStandIn;
let folder: string;
const actionFile = () => join(folder, 'action.yml');

beforeEach(async () => {
  github = await startGitHub();
  folder = await mkdtemp(join(tmpdir(), 'probe-'));
  await mkdir(join(folder, 'workspace'));
  await writeFile(actionFile(), metadata);
  await writeFile(join(folder, 'main.mjs'), main);
  await writeFile(join(folder, 'post.mjs'), 'console.log("state " + process.env.STATE_check);');
});
afterEach(async () => {
  await github.close();
  await rm(folder, { recursive: true });
});

const options = (inputs: Record<string, string> = {}) => ({
  actionFile: actionFile(),
  inputs,
  event: pullRequestRun(github),
  github,
  cwd: join(folder, 'workspace'),
});

describe('runAction', () => {
  it.each(testNodes())('runs the main and the post step under $label as the runner does', async ({ path }) => {
    const given = { ...options(), node: path, env: { AGENT_KEY: 'k' } };
    const run = await runAction(given);
    const check = String(given.event.checkRunId);
    expect(run).toMatchObject({
      exitCode: 0,
      outputs: { verdict: 'line 1\nline 2' },
      state: { check: '7' },
      summary: '# done\n',
      environment: {},
      path: '',
    });
    expect(run.masked).toEqual([github.tokens.write]);
    expect(JSON.parse(run.stdout.split('\n')[1]!)).toEqual({ config: 'agent-regress.yml', check, number: 1, ref: 'refs/pull/1/merge', secret: 'k' });
    expect((await runPostAction(given, run)).stdout).toBe('state 7\n');
  });

  it('refuses an input that the action does not declare', async () => {
    await expect(runAction(options({ confg: 'x' }))).rejects.toThrow('declares no input "confg"');
  });

  it('interrupts as a cancelled job does', async () => {
    const run = await runAction({ ...options({ config: 'wait' }), interrupt: /ready/ });
    expect(run.exitCode).toBe(130);
    expect(run.stoppedAfterMs).toBeLessThan(3000);
  });
});

describe('testNodes', () => {
  it('has the Node of the tests and names the versions that are missing', () => {
    expect(testNodes({}).map(({ path }) => path)).toContain(process.execPath);
    expect(missingNodeMajors([{ label: 'Node 24', major: 24, path: 'x' }])).toEqual([20]);
  });
});
