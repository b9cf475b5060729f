import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { pullRequestRun, workflowRunRun } from '../github/stand-in/runs.ts';
import { ownChecks } from '../github/stand-in/seed.ts';
import { isBuilt, logOf, openScenario, type Scenario, warningsOf } from './action-scenario.ts';
import { storeBaseline } from './stored-runs.ts';

vi.setConfig({ testTimeout: 120_000 });

describe.skipIf(!isBuilt)('the built action with little permission', () => {
  let scenario: Scenario;
  beforeEach(async () => {
    scenario = await openScenario();
    await storeBaseline(scenario);
    scenario.breakSamples(1, 2, 3, 4);
  });
  afterEach(() => scenario.close());

  it('writes nothing to GitHub for a fork, but has the verdict, the summary and the artifact; the trusted run publishes them', async () => {
    const { github } = scenario;
    const before = github.writes().length;
    const change = pullRequestRun(github, { isFork: true });
    const run = await scenario.run(change);
    expect(run, logOf(run)).toMatchObject({ exitCode: 1, outputs: { verdict: 'regressed', regressed: '4', 'comment-url': '', 'check-url': '' } });
    expect(github.writes().slice(before)).toEqual([]);
    expect(run.summary).toContain('refund-1');
    expect(github.state.artifacts.some(({ runId }) => runId === change.run.id)).toBe(true);

    const published = await scenario.run(workflowRunRun(github, { of: change }), { inputs: { mode: 'publish' } });
    expect(published.exitCode, logOf(published)).toBe(0);
    expect(github.state.comments).toMatchObject([{ issue: change.pull.number, body: expect.stringContaining('got worse') }]);
    expect(ownChecks(github).at(-1)).toMatchObject({ headSha: change.pull.head.sha, status: 'completed', conclusion: 'failure' });
    expect(github.violations).toEqual([]);
  });

  it('F19 gh-57 goes on without check and comment under a read-only token, keeps the verdict and names both permissions', async () => {
    const { github } = scenario;
    const run = await scenario.run(pullRequestRun(github, { token: github.tokens.fork }));
    expect(run, logOf(run)).toMatchObject({ exitCode: 1, outputs: { verdict: 'regressed' } });
    expect(warningsOf(run)).toEqual(
      expect.arrayContaining([expect.stringContaining('checks: write'), expect.stringContaining('pull-requests: write')]),
    );
    expect(github.state.comments).toEqual([]);
    expect(run.summary).toContain('refund-1');
  });

  it('tells a missing permission from a missing baseline', async () => {
    const { github } = scenario;
    const run = await scenario.run(pullRequestRun(github, { token: github.tokens.noActions }));
    expect(run.outputs.verdict, logOf(run)).toBe('no-baseline');
    expect(warningsOf(run).join('\n'), logOf(run)).toContain('actions: read');
    expect(run.summary + run.stdout).toContain('actions: read');
    expect(run.summary).not.toMatch(/first run/);
  });

  it('says that a token was refused', async () => {
    const { github } = scenario;
    const run = await scenario.run(pullRequestRun(github, { token: 'ghs_expired0123456789' }));
    expect(warningsOf(run).join('\n'), logOf(run)).toContain('401');
    expect(run.summary).toContain('401');
    expect(github.state.comments).toEqual([]);
    expect(run.outputs.verdict).toBe('no-baseline');
  });
});
