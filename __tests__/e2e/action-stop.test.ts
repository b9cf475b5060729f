import { setTimeout } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { pullRequestRun, pushRun, workflowRunRun } from '../github/stand-in/runs.ts';
import { ownChecks } from '../github/stand-in/seed.ts';
import { testNodes } from '../helpers/nodes.ts';
import { isBuilt, logOf, openScenario, questionOf, type Scenario } from './action-scenario.ts';

vi.setConfig({ testTimeout: 120_000 });

// The runner has the newest of them.
describe.skipIf(!isBuilt).each(testNodes().slice(-1))('a cancelled job under $label', (node) => {
  let scenario: Scenario;
  beforeEach(async () => {
    scenario = await openScenario({ node });
  });
  afterEach(() => scenario.close());

  /** The samples from the sixth on are never answered: five are, and four hang at once. */
  const hang = () => {
    for (let n = 6; n <= 12; n++) scenario.agent.behaviours[questionOf(n)] = { delayMs: 60_000 };
  };

  it('gh-68 leaves a labelled partial report and a cancelled check, in time', async () => {
    const { github, agent } = scenario;
    hang();
    const run = await scenario.run(pullRequestRun(github), { interrupt: agent.arrived(9) });
    expect(run.exitCode, logOf(run)).toBe(130);
    expect(run.stoppedAfterMs).toBeLessThan(7500);
    expect(ownChecks(github)).toMatchObject([{ status: 'completed', conclusion: 'cancelled' }]);
    expect(run.summary).toMatch(/partial|incomplete|stopped|cancelled/i);
    expect(run.outputs.verdict).not.toMatch(/improved|no-change/);
    expect(github.state.artifacts).toEqual([]);
    expect(github.violations).toEqual([]);
  });

  it.each([
    ['artifact/CreateArtifact', { kind: 'latency', delayMs: 30_000 }],
    ['actions/list-artifacts-for-repo', { kind: 'secondary-limit', retryAfterSeconds: 60 }],
    ['checks/create', { kind: 'secondary-limit', retryAfterSeconds: 60 }],
    ['issues/list-comments', { kind: 'secondary-limit', retryAfterSeconds: 60 }],
    ['checks/update', { kind: 'latency', delayMs: 30_000 }],
  ] as const)('ends in time while GitHub lets it wait at %s', async (on, fault) => {
    const { github } = scenario;
    const waiting = github.setFault({ ...fault, on });
    const isWaiting = vi.waitUntil(() => waiting.struck > 0, { timeout: 60_000, interval: 50 });
    const run = await scenario.run(pullRequestRun(github), { interrupt: isWaiting.then(() => setTimeout(200)) });
    expect(run.exitCode, logOf(run)).toBe(130);
    expect(run.stoppedAfterMs).toBeLessThan(7500);
    expect(logOf(run)).not.toMatch(/a bug in/);
    expect(ownChecks(github).filter(({ status }) => status !== 'completed')).toEqual([]);
  });

  it('ends in time while a published comment waits', async () => {
    const { github } = scenario;
    const change = pullRequestRun(github, { isFork: true });
    await scenario.run(change);
    const waiting = github.setFault({ on: 'issues/list-comments', kind: 'secondary-limit', retryAfterSeconds: 60 });
    const interrupt = vi.waitUntil(() => waiting.struck > 0, { timeout: 60_000, interval: 50 });
    const run = await scenario.run(workflowRunRun(github, { of: change }), { inputs: { mode: 'publish' }, interrupt });
    expect(run.exitCode, logOf(run)).toBe(130);
    expect(run.stoppedAfterMs).toBeLessThan(7500);
    expect(ownChecks(github)).toMatchObject([{ status: 'completed' }]);
  });

  it('is never the baseline of a later run', async () => {
    const { github, agent } = scenario;
    hang();
    await scenario.run(pushRun(github), { interrupt: agent.arrived(9) });
    scenario.breakSamples();
    const run = await scenario.run(pullRequestRun(github));
    expect(run.outputs.verdict, logOf(run)).toBe('no-baseline');
  });

  it('gh-69 has its check closed by the step after the job when it was killed', async () => {
    const { github, agent } = scenario;
    hang();
    const event = pullRequestRun(github);
    const run = await scenario.run(event, { interrupt: agent.arrived(9), signal: 'SIGKILL' });
    expect(run.signal, logOf(run)).toBe('SIGKILL');
    expect(ownChecks(github)).toMatchObject([{ status: 'in_progress' }]);
    const post = await scenario.post(event, run);
    expect(post.exitCode, logOf(post)).toBe(0);
    expect(ownChecks(github)).toMatchObject([{ status: 'completed', conclusion: 'cancelled' }]);
    expect(post.stdout).not.toContain('warning');
    const again = await scenario.post(event, run);
    expect(again.exitCode).toBe(0);
    expect(github.violations).toEqual([]);
  });

  it('has its check found and closed, too, when it was killed before it had heard the number of it', async () => {
    const { github } = scenario;
    github.setFault({ on: 'checks/create', kind: 'latency', delayMs: 0, replyMs: () => 5000 });
    const event = pullRequestRun(github);
    const interrupt = vi.waitUntil(() => ownChecks(github).length > 0, { timeout: 60_000, interval: 20 });
    const run = await scenario.run(event, { interrupt, signal: 'SIGKILL' });
    expect(ownChecks(github)).toMatchObject([{ status: 'in_progress' }]);
    const post = await scenario.post(event, run);
    expect(post.exitCode, logOf(post)).toBe(0);
    expect(ownChecks(github)).toMatchObject([{ status: 'completed', conclusion: 'cancelled' }]);
    expect(github.violations).toEqual([]);
  });
});
