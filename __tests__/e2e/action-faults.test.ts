import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { pullRequestRun, pushRun, workflowRunRun } from '../github/stand-in/runs.ts';
import { addArtifact, addComment, ownChecks } from '../github/stand-in/seed.ts';
import { isBuilt, logOf, openScenario, type Scenario, warningsOf } from './action-scenario.ts';

vi.setConfig({ testTimeout: 120_000 });

describe.skipIf(!isBuilt)('the built action when GitHub fails', () => {
  let scenario: Scenario;
  beforeEach(async () => {
    scenario = await openScenario();
  });
  afterEach(() => scenario.close());

  it('F18 gh-39 leaves one comment and one check when GitHub fails or hangs up after it has done the work', async () => {
    const { github } = scenario;
    github.setFault({ on: 'issues/create-comment', kind: 'status-after-commit', status: 502 });
    github.setFault({ on: 'checks/create', kind: 'drop-after-commit' });
    const run = await scenario.run(pullRequestRun(github));
    expect(run.exitCode, logOf(run)).toBe(0);
    expect(github.state.comments).toHaveLength(1);
    expect(ownChecks(github)).toMatchObject([{ status: 'completed' }]);
    expect(github.violations).toEqual([]);
  });

  it('F17 gh-66 waits as long as a rate limit says, until a date or the reset, also before a write', async () => {
    const { github } = scenario;
    pushRun(github);
    const retryAt = new Date(Date.now() + 4000).toUTCString();
    github.setFault({ on: 'actions/list-artifacts-for-repo', kind: 'status', status: 429, headers: { 'retry-after': retryAt } });
    github.setFault({ on: 'issues/list-comments', kind: 'primary-limit', resetInSeconds: 2 });
    github.setFault({ on: 'issues/create-comment', kind: 'secondary-limit', retryAfterSeconds: 1 });
    const run = await scenario.run(pullRequestRun(github));
    expect(run.exitCode, logOf(run)).toBe(0);
    expect(github.state.comments).toHaveLength(1);
    const [limited, next] = github.calls.filter(({ operationId }) => operationId === 'issues/create-comment');
    expect(limited?.status).toBe(403);
    expect(next!.startedAtMs - limited!.endedAtMs).toBeGreaterThanOrEqual(1000);
    expect(github.violations).toEqual([]);
  });

  it('keeps the verdict when nothing can be published, and says so once per target', async () => {
    const { github } = scenario;
    for (const on of ['checks/create', 'issues/list-comments', 'pulls/get']) github.setFault({ on, kind: 'status', status: 422, times: 99 });
    github.setFault({ on: 'artifact/CreateArtifact', kind: 'status', status: 403, times: 99 });
    const run = await scenario.run(pullRequestRun(github));
    expect(run, logOf(run)).toMatchObject({ exitCode: 0, outputs: { verdict: 'no-baseline', 'pass-rate': '1' } });
    for (const target of ['artifact', 'check', 'comment'])
      expect(warningsOf(run).filter((text) => text.includes(`support-bot: ${target}:`))).toHaveLength(1);
    expect(run.summary).toContain('support-bot');
  });

  it('leaves no check open of a published report whose text GitHub refuses, nor of a publisher that was killed', async () => {
    const { github } = scenario;
    const change = pullRequestRun(github, { isFork: true });
    await scenario.run(change);
    github.setFault({ on: 'checks/create', kind: 'status', status: 422 });
    const refused = await scenario.run(workflowRunRun(github, { of: change }), { inputs: { mode: 'publish' } });
    expect(refused.exitCode, logOf(refused)).toBe(3);
    expect(warningsOf(refused).join()).toContain('422');
    expect(ownChecks(github)).toMatchObject([{ status: 'completed' }]);

    const hanging = github.setFault({ on: 'checks/create', kind: 'latency', delayMs: 0, replyMs: () => 20_000 });
    const event = workflowRunRun(github, { of: change });
    const interrupt = vi.waitUntil(() => hanging.struck > 0, { timeout: 60_000 });
    const killed = await scenario.run(event, { inputs: { mode: 'publish' }, interrupt, signal: 'SIGKILL' });
    await scenario.post(event, killed);
    expect(ownChecks(github)).toMatchObject([{ status: 'completed' }, { status: 'completed' }]);
  });

  it('takes an error page with status 200 for a failure, not for a first run', async () => {
    const { github } = scenario;
    await scenario.run(pushRun(github));
    github.setFault({ on: 'actions/list-artifacts-for-repo', kind: 'junk', times: 99 });
    const run = await scenario.run(pullRequestRun(github));
    expect(run.outputs.verdict, logOf(run)).toBe('no-baseline');
    expect(run.summary).not.toMatch(/first run/);
    expect(warningsOf(run).join()).toMatch(/a page|not JSON/);
  });

  it('F20 creates the comment anew when it was deleted between search and update', async () => {
    const { github } = scenario;
    const change = pullRequestRun(github);
    await scenario.run(change);
    github.setFault({ on: 'issues/update-comment', kind: 'meanwhile', change: (state) => void state.comments.splice(0) });
    scenario.breakSamples(1);
    const run = await scenario.run(pullRequestRun(github, { pull: change.pull }));
    expect(github.state.comments, logOf(run)).toHaveLength(1);
    expect(github.violations).toEqual([]);
  });

  it('F20 gh-36 finds its own comment on the third page and leaves those that only quote it', async () => {
    const { github } = scenario;
    const change = pullRequestRun(github);
    for (let index = 0; index < 250; index++) addComment(github, { issue: change.pull.number, body: `comment ${index}` });
    await scenario.run(change);
    const own = github.state.comments.at(-1)!;
    const quoted = addComment(github, { issue: change.pull.number, body: own.body });
    const text = own.body;
    const run = await scenario.run(pullRequestRun(github, { pull: change.pull }));
    expect(github.state.comments, logOf(run)).toHaveLength(252);
    expect(own.body).not.toBe(text);
    expect(quoted.body).toBe(text);
  });

  it.each([
    ['expired', { isExpired: true }],
    ['torn', { zip: Buffer.from('PK\u0003\u0004 torn') }],
    ['changed', { digest: `sha256:${'0'.repeat(64)}` }],
  ])('goes on to an older baseline when the newest is %s', async (_, broken) => {
    const { github } = scenario;
    const older = pushRun(github);
    await scenario.run(older);
    const { name } = github.state.artifacts[0]!;
    const newer = pushRun(github);
    addArtifact(github, { runId: newer.run.id, name, files: { 'run.jsonl': '{}' }, ...broken });
    const run = await scenario.run(pullRequestRun(github));
    expect(run.outputs, logOf(run)).toMatchObject({ 'baseline-sha': older.sha });
    expect(github.violations).toEqual([]);
  });
});
