import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { mergeGroupRun, pullRequestRun, pushRun, scheduledRun } from '../github/stand-in/runs.ts';
import { ownChecks } from '../github/stand-in/seed.ts';
import { isBuilt, logOf, openScenario, type Scenario } from './action-scenario.ts';

vi.setConfig({ testTimeout: 120_000 });

describe.skipIf(!isBuilt)('the built action on other events', () => {
  let scenario: Scenario;
  beforeEach(async () => {
    scenario = await openScenario();
  });
  afterEach(() => scenario.close());

  it('compares a nightly run with the newest one, of the same commit too', async () => {
    const { github } = scenario;
    const main = pushRun(github);
    await scenario.run(main);
    scenario.breakSamples(1, 2, 3, 4);
    const run = await scenario.run(scheduledRun(github));
    expect(run, logOf(run)).toMatchObject({ exitCode: 1, outputs: { verdict: 'regressed', 'baseline-sha': main.sha } });
    expect(github.state.comments).toEqual([]);
    expect(github.violations).toEqual([]);
  });

  it('compares a push with the commit before it', async () => {
    const { github } = scenario;
    const first = pushRun(github);
    await scenario.run(first);
    const run = await scenario.run(pushRun(github));
    expect(run.outputs['baseline-sha'], logOf(run)).toBe(first.sha);
    expect(github.violations).toEqual([]);
  });

  it('reports on the commit of a merge queue and comments nowhere', async () => {
    const { github } = scenario;
    await scenario.run(pushRun(github));
    const change = pullRequestRun(github);
    const queued = mergeGroupRun(github, { pull: change.pull });
    const run = await scenario.run(queued);
    expect(run.exitCode, logOf(run)).toBe(0);
    expect(ownChecks(github).at(-1)).toMatchObject({ headSha: queued.sha, status: 'completed' });
    expect(github.state.comments).toEqual([]);
    expect(github.violations).toEqual([]);
  });

  it('takes neither its own run, nor one of a pull request, nor one of a fork for a baseline', async () => {
    const { github } = scenario;
    await scenario.run(pullRequestRun(github));
    await scenario.run(pullRequestRun(github, { isFork: true, branch: 'main' }));
    const event = pushRun(github);
    const run = await scenario.run(event);
    expect(run.outputs.verdict, logOf(run)).toBe('no-baseline');
    const again = await scenario.run(pushRun(github, { rerun: event.run }));
    expect(again.outputs.verdict, logOf(again)).toBe('no-baseline');
    expect(github.state.artifacts.filter(({ runId }) => runId === event.run.id)).toHaveLength(1);
  });

  it('refuses to run the code of a pull request with the secrets of the base', async () => {
    const { github } = scenario;
    const run = await scenario.run(pullRequestRun(github, { eventName: 'pull_request_target' }));
    expect(run.exitCode, logOf(run)).toBe(2);
    expect(scenario.agent.requests).toEqual([]);
  });

  it('writes into the check of its own job when it is asked to', async () => {
    const { github } = scenario;
    const event = pullRequestRun(github);
    const run = await scenario.run(event, { inputs: { check: 'job' } });
    expect(run.exitCode, logOf(run)).toBe(0);
    expect(ownChecks(github)).toEqual([]);
    expect(github.state.checkRuns.find(({ id }) => id === event.checkRunId)?.summary).toContain('support-bot');
    expect(github.violations).toEqual([]);
  });
});
