import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { pullRequestRun } from '../github/stand-in/runs.ts';
import { ownChecks } from '../github/stand-in/seed.ts';
import { config, isBuilt, logOf, openScenario, type Scenario, warningsOf } from './action-scenario.ts';
import { storeBaseline } from './stored-runs.ts';

vi.setConfig({ testTimeout: 120_000 });

describe.skipIf(!isBuilt)('the built action and a GitHub that is ill', () => {
  let scenario: Scenario;
  beforeEach(async () => {
    scenario = await openScenario();
  });
  afterEach(() => scenario.close());
  const api = () => scenario.github.calls.filter(({ operationId }) => !/^(artifact|blob)\//.test(operationId));

  it('gh-65 tries again after server errors and broken connections, a few times and ever more slowly', async () => {
    const { github } = scenario;
    await storeBaseline(scenario);
    github.setFault({ on: 'actions/list-artifacts-for-repo', kind: 'status', status: 503 });
    github.setFault({ on: 'actions/download-artifact', kind: 'drop' });
    github.setFault({ on: 'checks/update', kind: 'status-after-commit', status: 502, times: 2 });
    github.setFault({ on: 'issues/list-comments', kind: 'status', status: 500, times: 99 });
    const known = api().length;
    const change = pullRequestRun(github);
    change.payload.pull_request = { ...(change.payload.pull_request as object), comments: 3 };
    const run = await scenario.run(change);
    expect(run, logOf(run)).toMatchObject({ exitCode: 0, outputs: { verdict: 'no-change' } });
    expect(ownChecks(github).at(-1)).toMatchObject({ status: 'completed', conclusion: 'success' });
    const of = (name: string) =>
      api()
        .slice(known)
        .filter(({ operationId }) => operationId === name);
    expect(of('checks/update')).toHaveLength(3);
    const lists = of('issues/list-comments');
    expect(lists).toHaveLength(4);
    const waits = lists.slice(1).map(({ startedAtMs }, index) => startedAtMs - lists[index]!.endedAtMs);
    for (const [index, least] of [250, 500, 1000].entries()) expect(waits[index]).toBeGreaterThanOrEqual(least);
    expect(warningsOf(run).join()).toMatch(/comment: GitHub answered 500.*githubstatus/);
    expect(github.violations).toEqual([]);
  });

  it('gh-67 writes one thing after the other, and says how many calls it made', async () => {
    const { github, workspace } = scenario;
    for (const suite of ['a', 'b']) await writeFile(join(workspace, `${suite}.yml`), config.replace('suite: support-bot', `suite: ${suite}`));
    const everything = ['checks/create', 'checks/update', 'issues/create-comment', 'issues/list-comments'];
    github.setFault({ on: everything, kind: 'latency', delayMs: 150, times: 99 });
    const run = await scenario.run(pullRequestRun(github), { inputs: { config: 'a.yml\nb.yml' } });
    const writes = github.writes();
    expect(writes.length, logOf(run)).toBe(6);
    for (const [index, write] of writes.slice(1).entries()) expect(write.startedAtMs).toBeGreaterThanOrEqual(writes[index]!.endedAtMs);
    expect(run.stdout).toContain(`GitHub: ${api().length} calls`);
  });

  it('gh-70 ends with what it has when its own time is up, and its check says so', async () => {
    const { github, agent, workspace } = scenario;
    await writeFile(join(workspace, 'agent-regress.yml'), `${config}budget: {minutes: 0.02}\n`);
    agent.fallback = { delayMs: 300 };
    for (const question of Object.keys(agent.behaviours)) agent.behaviours[question] = { ...agent.behaviours[question], delayMs: 300 };
    const run = await scenario.run(pullRequestRun(github));
    expect(run.exitCode, logOf(run)).toBe(3);
    expect(ownChecks(github)).toMatchObject([{ status: 'completed', conclusion: 'timed_out' }]);
    expect(github.state.comments[0]?.body).toMatch(/stopped|incomplete|not complete/i);
    expect(github.violations).toEqual([]);
  });
});
