import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type JobContext, pullRequestRun, pushRun, workflowRunRun } from '../github/stand-in/runs.ts';
import { ownChecks } from '../github/stand-in/seed.ts';
import type { PullRequest } from '../github/stand-in/state.ts';
import type { ActionRun } from '../helpers/run-action.ts';
import { isBuilt, logOf, openScenario, type Scenario } from './action-scenario.ts';
import { storeBaseline } from './stored-runs.ts';

vi.setConfig({ testTimeout: 120_000 });

type PullJob = JobContext & { pull: PullRequest };

describe.skipIf(!isBuilt)('publishing for a commit that several runs are about', () => {
  let scenario: Scenario;
  beforeEach(async () => {
    scenario = await openScenario();
    await storeBaseline(scenario);
  });
  afterEach(() => scenario.close());

  const publish = (of: JobContext) => scenario.run(workflowRunRun(scenario.github, { of }), { inputs: { mode: 'publish' } });
  const noticesOf = (run: ActionRun) => run.commands.filter(({ name }) => name === 'notice').map(({ data }) => data);
  const conclusions = () => ownChecks(scenario.github).map(({ conclusion }) => conclusion);

  /** A pull request of a fork whose head is a commit that somebody else has made. */
  function forkOf({ pull }: PullJob, options: { branch: string; base?: string }): PullJob {
    const job = pullRequestRun(scenario.github, { isFork: true, ...options });
    const { sha } = pull.head;
    job.pull.head.sha = sha;
    job.run.headSha = sha;
    (job.payload as { pull_request: { head: { sha: string } } }).pull_request.head.sha = sha;
    return job;
  }

  it('leaves the check alone that a run of this repository has made of the same commit, and says so', async () => {
    const { github } = scenario;
    scenario.breakSamples(1, 2, 3, 4);
    const change = pullRequestRun(github);
    expect((await scenario.run(change)).exitCode).toBe(1);
    scenario.breakSamples();
    const green = forkOf(change, { branch: 'copy' });
    expect((await scenario.run(green)).exitCode).toBe(0);
    const left = forkOf(change, { branch: 'copy-2' });
    await scenario.run(left, { env: { AGENT_URL: scenario.agent.url, AGENT_KEY: '' } });
    for (const job of [green, left]) {
      const run = await publish(job);
      expect(run.exitCode, logOf(run)).toBe(0);
      expect(run.outputs['check-url']).toBeUndefined();
      expect(noticesOf(run).join('\n')).toMatch(/no check: [0-9a-f]{7} has a check "agent-regress \/ support-bot" that is not of this fork/);
    }
    expect(conclusions()).toEqual(['failure']);
    expect(github.violations).toEqual([]);
  });

  it('writes the check beside one of another run of the fork, and not beside one of a run that is gone', async () => {
    const { github } = scenario;
    const first = pullRequestRun(github, { isFork: true });
    await scenario.run(first);
    const second = forkOf(first, { branch: 'again' });
    await scenario.run(second);
    for (const job of [first, second]) expect((await publish(job)).outputs['check-url']).toMatch(/runs/);
    const before = conclusions();
    github.state.runs.splice(
      github.state.runs.findIndex(({ id }) => id === first.run.id),
      1,
    );
    const run = await publish(second);
    expect(run, logOf(run)).toMatchObject({ exitCode: 0, outputs: { 'comment-url': expect.any(String) } });
    expect(run.outputs['check-url']).toBeUndefined();
    expect(conclusions()).toEqual(before);
    expect(github.violations).toEqual([]);
  });

  it('comments on the one of two pull requests of a fork that the run was for, or on none', async () => {
    const { github } = scenario;
    await scenario.run(pushRun(github, { branch: 'release', isNewBranch: true }));
    const toMain = pullRequestRun(github, { isFork: true, branch: 'feature' });
    await scenario.run(toMain);
    const toRelease = forkOf(toMain, { branch: 'feature', base: 'release' });
    await scenario.run(toRelease);
    for (const job of [toRelease, toMain]) expect((await publish(job)).exitCode).toBe(0);
    const issues = () => github.state.comments.map(({ issue }) => issue);
    expect(issues()).toEqual([toRelease.pull.number, toMain.pull.number]);
    const other = forkOf(toMain, { branch: 'feature' });
    await scenario.run({ ...other, ref: 'refs/heads/feature' });
    const run = await publish(other);
    expect(run.exitCode, logOf(run)).toBe(0);
    expect(noticesOf(run).join('\n')).toMatch(/no comment: #\d+, #\d+, #\d+ all have [0-9a-f]{7} as their head/);
    expect(issues()).toHaveLength(2);
    expect(github.violations).toEqual([]);
  });
});
