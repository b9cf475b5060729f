import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { mergeGroupRun, pullRequestRun, pushRun, scheduledRun, tagRun, workflowRunRun } from '../github/stand-in/runs.ts';
import { ownChecks } from '../github/stand-in/seed.ts';
import { agentKey, errorsOf, isBuilt, logOf, openScenario, type Scenario } from './action-scenario.ts';
import { apiCalls, recordRun, type StoredRun, storeRun } from './stored-runs.ts';

vi.setConfig({ testTimeout: 240_000, hookTimeout: 120_000 });

describe.skipIf(!isBuilt)('the built action on each event', () => {
  let recorded: StoredRun;
  let scenario: Scenario;
  beforeAll(async () => {
    recorded = await recordRun();
  });
  beforeEach(async () => {
    scenario = await openScenario();
  });
  afterEach(() => scenario.close());

  it('gh-01 shows a pull request on its head and compares it with the base that was really merged', async () => {
    const { github } = scenario;
    storeRun(scenario, recorded, pushRun(github));
    const { pull } = pullRequestRun(github);
    const newer = pushRun(github);
    storeRun(scenario, recorded, newer);
    // The payload still names the older base; the test merge commit was made with the newer one.
    const event = pullRequestRun(github, { pull });
    const run = await scenario.run(event);
    expect(run.outputs['baseline-sha'], logOf(run)).toBe(newer.sha);
    expect(pull.base.sha).not.toBe(newer.sha);
    expect(ownChecks(github)).toMatchObject([{ headSha: pull.head.sha }]);
    const listed = github.calls.find(({ operationId }) => operationId === 'repos/list-commits');
    expect(listed?.query.sha).toBe(event.sha);
    expect(apiCalls(scenario)['repos/get-commit']).toBeUndefined();
    expect(github.violations).toEqual([]);
  });

  it('gh-02 compares with the merge base when the head itself is checked out', async () => {
    const { github, workspace } = scenario;
    const base = pushRun(github);
    storeRun(scenario, recorded, base);
    const event = pullRequestRun(github);
    storeRun(scenario, recorded, pushRun(github));
    await mkdir(join(workspace, '.git'));
    await writeFile(join(workspace, '.git', 'HEAD'), `${event.pull.head.sha}\n`);
    const run = await scenario.run(event);
    expect(run.outputs['baseline-sha'], logOf(run)).toBe(base.sha);
    expect(apiCalls(scenario)['repos/compare-commits-with-basehead']).toBe(1);
    expect(github.violations).toEqual([]);
  });

  it('gh-03 compares a push with the commit before it, and with an ancestor where there is none or it is gone', async () => {
    const { github } = scenario;
    const first = pushRun(github);
    storeRun(scenario, recorded, first);
    const fresh = await scenario.run(pushRun(github, { branch: 'topic', isNewBranch: true }));
    expect(fresh.outputs['baseline-sha'], logOf(fresh)).toBe(first.sha);
    const second = pushRun(github);
    const plain = await scenario.run(second);
    expect(plain.outputs['baseline-sha'], logOf(plain)).toBe(first.sha);
    const forced = pushRun(github);
    Object.assign(forced.payload, { before: 'f'.repeat(40), forced: true });
    const run = await scenario.run(forced);
    expect(run.outputs['baseline-sha'], logOf(run)).toBe(second.sha);
    expect(run.summary).toContain('cannot be read any more');
    expect(github.violations).toEqual([]);
  });

  it('gh-04 compares a merge group with its base, reports on its commit and comments nowhere', async () => {
    const { github } = scenario;
    const base = pushRun(github);
    storeRun(scenario, recorded, base);
    const { pull } = pullRequestRun(github);
    const queued = mergeGroupRun(github, { pull });
    const run = await scenario.run(queued);
    expect(run.outputs['baseline-sha'], logOf(run)).toBe(base.sha);
    expect(ownChecks(github)).toMatchObject([{ headSha: queued.sha, status: 'completed' }]);
    expect(github.state.comments).toEqual([]);
    expect(github.violations).toEqual([]);
  });

  it('gh-05 compares a nightly run with the nights before, and calls a change without a new commit drift', async () => {
    const { github } = scenario;
    const push = pushRun(github);
    storeRun(scenario, recorded, push);
    const nights = [scheduledRun(github), scheduledRun(github)];
    for (const night of nights) storeRun(scenario, recorded, night);
    // Newer than the nights, but no night.
    storeRun(scenario, recorded, scheduledRun(github, { eventName: 'workflow_dispatch' }));
    scenario.breakSamples(1, 2, 3, 4, 5);
    const run = await scenario.run(scheduledRun(github));
    expect(run, logOf(run)).toMatchObject({ exitCode: 1, outputs: { verdict: 'regressed', 'baseline-sha': push.sha } });
    for (const text of [run.summary, logOf(run)]) {
      expect(text).toContain('Same commit as the baseline: what changed is the endpoint, the model or the data.');
    }
    expect(run.summary).toContain('2 runs of');
    expect(run.summary).toContain('the last nightly runs');
    expect(github.state.comments).toEqual([]);
    expect(github.violations).toEqual([]);
  });

  it('gh-05 takes any run of the workflow for the first night', async () => {
    const { github } = scenario;
    const push = pushRun(github);
    storeRun(scenario, recorded, push);
    pushRun(github);
    const run = await scenario.run(scheduledRun(github));
    expect(run.outputs['baseline-sha'], logOf(run)).toBe(push.sha);
    expect(run.summary).not.toContain('Same commit');
    expect(run.summary).toContain('1 commit behind');
    expect(github.violations).toEqual([]);
  });

  it('gh-06 needs no pull request for a dispatched run and for a tag, which compare with their ancestors', async () => {
    const { github } = scenario;
    const first = pushRun(github);
    storeRun(scenario, recorded, first);
    storeRun(scenario, recorded, pushRun(github));
    const tip = pushRun(github);
    storeRun(scenario, recorded, tip);
    const dispatched = await scenario.run(scheduledRun(github, { eventName: 'workflow_dispatch' }));
    expect(dispatched, logOf(dispatched)).toMatchObject({ exitCode: 0 });
    expect(dispatched.outputs['baseline-sha']).not.toBe(tip.sha);
    const tagged = await scenario.run(tagRun(github, { tag: 'v1.0.0' }));
    expect(tagged.outputs['baseline-sha'], logOf(tagged)).toBe(dispatched.outputs['baseline-sha']);
    expect(ownChecks(github).map(({ headSha }) => headSha)).toEqual([tip.sha, tip.sha]);
    expect(github.state.comments).toEqual([]);
    expect(github.violations).toEqual([]);
  });

  it('gh-07 takes commit, run and event of what it publishes from the payload of workflow_run', async () => {
    const { github } = scenario;
    storeRun(scenario, recorded, pushRun(github));
    const change = pullRequestRun(github, { isFork: true });
    const own = await scenario.run(change);
    expect(own.exitCode, logOf(own)).toBe(0);
    const after = workflowRunRun(github, { of: change });
    const run = await scenario.run(after, { inputs: { mode: 'publish' } });
    expect(run.exitCode, logOf(run)).toBe(0);
    expect(after.sha).not.toBe(change.pull.head.sha);
    expect(ownChecks(github)).toMatchObject([{ headSha: change.pull.head.sha, externalId: expect.stringContaining(String(change.run.id)) }]);
    expect(github.state.comments).toMatchObject([{ issue: change.pull.number }]);
    expect(github.violations).toEqual([]);
  });

  it('gh-08 never takes its own run for a baseline, not when it is run again either', async () => {
    const { github } = scenario;
    const event = pushRun(github);
    storeRun(scenario, recorded, event);
    const again = await scenario.run(pushRun(github, { rerun: event.run }));
    expect(again.outputs.verdict, logOf(again)).toBe('no-baseline');
    expect(apiCalls(scenario)['actions/download-artifact']).toBeUndefined();
  });

  it('gh-09 compares a stacked pull request with its own base first, then with where that left the default branch', async () => {
    const { github } = scenario;
    const main = pushRun(github);
    storeRun(scenario, recorded, main);
    const feature = pushRun(github, { branch: 'feature', isNewBranch: true });
    storeRun(scenario, recorded, pushRun(github));
    const event = pullRequestRun(github, { base: 'feature' });
    const lacking = await scenario.run(event);
    expect(lacking.outputs['baseline-sha'], logOf(lacking)).toBe(main.sha);
    for (const text of [lacking.summary, github.state.comments[0]?.body, logOf(lacking)]) expect(text).toContain('a different base');
    storeRun(scenario, recorded, feature);
    const stored = await scenario.run(pullRequestRun(github, { pull: event.pull }));
    expect(stored.outputs['baseline-sha'], logOf(stored)).toBe(feature.sha);
    expect(stored.summary).not.toContain('a different base');
    expect(github.violations).toEqual([]);
  });

  it('gh-10 says what is wrong with an event file that is missing or malformed', async () => {
    const event = pullRequestRun(scenario.github);
    const texts = ['{"pull_request":', JSON.stringify({ pull_request: { number: 'seven' } })];
    const [cut, wrong] = await Promise.all(texts.map((eventText) => scenario.run(event, { eventText })));
    const missing = await scenario.run(event, { env: { GITHUB_EVENT_PATH: '/nowhere/event.json' } });
    for (const run of [cut!, wrong!, missing]) expect(run.exitCode, logOf(run)).toBe(2);
    expect(errorsOf(cut!)).toEqual([expect.stringMatching(/the workflow event cannot be read: .* is not JSON/)]);
    expect(errorsOf(wrong!)[0]).toContain('event.pull_request.number');
    expect(errorsOf(missing)[0]).toContain('ENOENT');
    expect(scenario.agent.requests).toEqual([]);
  });

  it('gh-11 needs neither git nor a clone of any depth', async () => {
    const { github } = scenario;
    const base = pushRun(github);
    storeRun(scenario, recorded, base);
    const run = await scenario.run(pullRequestRun(github), { env: { AGENT_URL: scenario.agent.url, AGENT_KEY: agentKey, PATH: '/nowhere' } });
    expect(run, logOf(run)).toMatchObject({ exitCode: 0, outputs: { 'baseline-sha': base.sha } });
    expect(github.violations).toEqual([]);
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
