import { execFileSync, spawn } from 'node:child_process';
import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { finishRun, type JobContext, pullRequestRun, pushRun, workflowRunRun } from '../github/stand-in/runs.ts';
import { artifactFiles, ownChecks } from '../github/stand-in/seed.ts';
import { actionNode, agentKey, isBuilt, openScenario, type Scenario } from './action-scenario.ts';

vi.setConfig({ testTimeout: 300_000 });

const root = fileURLToPath(new URL('../../', import.meta.url));
/** The folder with the action.yml that belongs to the build under test. */
const actionFolder = process.env.AGENT_REGRESS_DIST ? dirname(process.env.AGENT_REGRESS_DIST) : root;
const act = process.env.ACT ?? '';
const files = ['pull-request.yml', 'fork-publish.yml'] as const;
const pathOf = (file: (typeof files)[number]) => `.github/workflows/${file}`;
const workflow = pathOf('pull-request.yml');

interface ActRun {
  exitCode: number | null;
  log: string;
}

/**
 * A workflow runner of another make, on this machine without containers: it reads the workflow and action.yml itself, evaluates their
 * expressions, sets the inputs, runs both steps of the action and reads what they write. Run by `scripts/act.mjs`.
 */
describe.skipIf(!isBuilt || act === '')('the example workflows, run by act', () => {
  let scenario: Scenario;
  let home = '';
  beforeEach(async () => {
    scenario = await openScenario();
    home = await mkdtemp(join(tmpdir(), 'act-home-'));
    await mkdir(join(scenario.workspace, '.github', 'workflows'), { recursive: true });
    for (const file of files) await cp(join(root, 'examples', 'workflows', file), join(scenario.workspace, pathOf(file)));
    const git = (...args: string[]) =>
      execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@example.com', ...args], { cwd: scenario.workspace });
    git('init', '-q', '-b', 'main');
    git('remote', 'add', 'origin', 'https://github.com/octo-org/support-bot.git');
    git('add', '.');
    git('commit', '-qm', 'first');
  });
  afterEach(async () => {
    await scenario.close();
    await rm(home, { recursive: true, force: true });
  });

  async function run(event: JobContext, file = workflow): Promise<ActRun> {
    const { github, agent, workspace } = scenario;
    const eventFile = join(home, `event-${event.run.id}.json`);
    await writeFile(eventFile, JSON.stringify(event.payload));
    const variables = {
      GITHUB_API_URL: github.url,
      GITHUB_RUN_ID: String(event.run.id),
      GITHUB_RUN_ATTEMPT: String(event.run.attempt),
      GITHUB_REPOSITORY: github.state.repository.fullName,
      GITHUB_REF: event.ref,
      SHA_REF: event.sha,
      ACTIONS_RESULTS_URL: github.resultsUrl,
      ACTIONS_RUNTIME_TOKEN: event.runtimeToken,
    };
    const options = [
      ...['--workflows', file, '--eventpath', eventFile, '--platform', 'ubuntu-latest=-self-hosted', '--no-cache-server'],
      ...['--local-repository', `agent-regress/agent-regress@v1=${actionFolder}`, '--action-cache-path', join(home, 'cache')],
      ...['--secret', `GITHUB_TOKEN=${event.token}`, '--secret', `AGENT_KEY=${agentKey}`, '--var', `AGENT_URL=${agent.url}`],
      ...Object.entries(variables).flatMap(([name, value]) => ['--env', `${name}=${value}`]),
    ];
    const env = { PATH: `${dirname(actionNode.path)}:${process.env.PATH}`, HOME: home, XDG_CONFIG_HOME: join(home, 'config') };
    const child = spawn(act, [event.eventName, ...options], { cwd: workspace, env, stdio: ['ignore', 'pipe', 'pipe'] });
    let log = '';
    for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text: string) => (log += text));
    const exitCode = await new Promise<number | null>((resolve, reject) => child.on('error', reject).on('close', resolve));
    finishRun(github, event, exitCode === 0 ? 'success' : 'failure');
    return { exitCode, log };
  }

  it('store a baseline on a push, and report on a pull request', async () => {
    const { github } = scenario;
    const main = pushRun(github, { workflow });
    const first = await run(main);
    expect(first.exitCode, first.log).toBe(0);
    expect(first.log).toContain('no baseline to compare with');
    expect([...artifactFiles(github.state.artifacts[0]!).keys()]).toContain('run.jsonl');
    scenario.breakSamples(1, 2, 3, 4);
    const change = pullRequestRun(github, { workflow });
    const worse = await run(change);
    expect(worse.exitCode, worse.log).toBe(1);
    expect(worse.log).toContain('support-bot got worse');
    expect(worse.log).not.toContain(agentKey);
    expect(github.state.comments).toMatchObject([{ issue: change.pull.number, body: expect.stringContaining('4 of 12 samples regressed') }]);
    expect(ownChecks(github).at(-1)).toMatchObject({ headSha: change.pull.head.sha, status: 'completed', conclusion: 'failure' });
    expect(github.violations).toEqual([]);
  });

  it('publish what a fork has stored, and start for nothing else', async () => {
    const { github } = scenario;
    scenario.breakSamples(1, 2);
    const fork = pullRequestRun(github, { workflow, isFork: true });
    await scenario.run(fork);
    const published = await run(workflowRunRun(github, { of: fork, workflow: pathOf('fork-publish.yml') }), pathOf('fork-publish.yml'));
    expect(published.exitCode, published.log).toBe(0);
    expect(github.state.comments).toMatchObject([{ issue: fork.pull.number, body: expect.stringContaining('_From a fork:') }]);
    const own = pullRequestRun(github, { workflow });
    await scenario.run(own);
    const writes = github.writes().length;
    const skipped = await run(workflowRunRun(github, { of: own, workflow: pathOf('fork-publish.yml') }), pathOf('fork-publish.yml'));
    expect(skipped.exitCode, skipped.log).toBe(0);
    expect(github.writes()).toHaveLength(writes);
  });
});
