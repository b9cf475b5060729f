import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { pullRequestRun } from '../github/stand-in/runs.ts';
import { addComment } from '../github/stand-in/seed.ts';
import { isBuilt, logOf, openScenario, type Scenario, warningsOf } from './action-scenario.ts';
import { storeBaseline } from './stored-runs.ts';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

describe.skipIf(!isBuilt)('the input `comment`', () => {
  let scenario: Scenario;
  beforeAll(async () => {
    scenario = await openScenario();
    await storeBaseline(scenario);
  });
  afterAll(() => scenario.close());

  /** Whether a new pull request gets a comment in this mode. */
  const comments = async (comment: string, failOn = '') => {
    const { github } = scenario;
    const change = pullRequestRun(github);
    await scenario.run(change, { inputs: { comment, 'fail-on': failOn } });
    return github.state.comments.some(({ issue }) => issue === change.pull.number);
  };

  it('gh-41 says when a comment is worth a notification', async () => {
    scenario.breakSamples();
    const good: Record<string, boolean> = {};
    for (const mode of ['always', 'changes', 'regressions', 'failures', 'off']) good[mode] = await comments(mode);
    expect(good).toEqual({ always: true, changes: false, regressions: false, failures: false, off: false });
    scenario.breakSamples(1, 2, 3, 4);
    const bad: Record<string, boolean> = {};
    for (const mode of ['changes', 'regressions', 'failures', 'off']) bad[mode] = await comments(mode);
    expect(bad).toEqual({ changes: true, regressions: true, failures: true, off: false });
    expect(await comments('failures', 'never')).toBe(false);
    expect(scenario.github.violations).toEqual([]);
  });

  it('gh-42 takes an alarm back in a mode in which the recovery alone would be silent', async () => {
    const { github } = scenario;
    scenario.breakSamples(1, 2, 3, 4);
    const change = pullRequestRun(github);
    const inputs = { comment: 'regressions' };
    await scenario.run(change, { inputs });
    const alarm = github.state.comments.find(({ issue }) => issue === change.pull.number);
    expect(alarm?.body).toContain('got worse');
    scenario.breakSamples();
    const run = await scenario.run(pullRequestRun(github, { pull: change.pull }), { inputs });
    expect(alarm?.body, logOf(run)).not.toContain('got worse');
    expect(run.outputs['comment-url']).toContain(`issuecomment-${alarm?.id}`);
  });
});

describe.skipIf(!isBuilt)('a run that could not be evaluated', () => {
  let scenario: Scenario;
  beforeAll(async () => {
    scenario = await openScenario();
    await storeBaseline(scenario);
  });
  afterAll(() => scenario.close());

  /** A baseline that does not exist ends the run before anything is asked. */
  const broken = { baseline: 'run:424242' };
  const commentOf = (issue: number) => scenario.github.state.comments.filter((comment) => comment.issue === issue).map(({ body }) => body);

  it('leaves no older verdict in the comment, whatever the mode', async () => {
    const { github } = scenario;
    const change = pullRequestRun(github);
    await scenario.run(change);
    expect(commentOf(change.pull.number)).toEqual([expect.not.stringContaining('could not be evaluated')]);
    const next = pullRequestRun(github, { pull: change.pull });
    const run = await scenario.run(next, { inputs: { ...broken, comment: 'regressions' } });
    expect(run.exitCode, logOf(run)).not.toBe(0);
    expect(commentOf(change.pull.number)).toEqual([expect.stringMatching(/support-bot could not be evaluated\.\n\n```\n\S/)]);
    expect(run.outputs['comment-url']).toContain('issuecomment');
    expect(github.violations).toEqual([]);
  });

  it('is worth a first comment where failures are', async () => {
    const written: Record<string, number> = {};
    for (const comment of ['failures', 'regressions', 'off']) {
      const change = pullRequestRun(scenario.github);
      await scenario.run(change, { inputs: { ...broken, comment } });
      written[comment] = commentOf(change.pull.number).length;
    }
    expect(written).toEqual({ failures: 1, regressions: 0, off: 0 });
  });
});

describe.skipIf(!isBuilt)('a comment that GitHub refuses', () => {
  let scenario: Scenario;
  beforeEach(async () => {
    scenario = await openScenario();
  });
  afterEach(() => scenario.close());

  it('F19 gh-45 is a warning that says what to do, and changes neither exit code nor outputs', async () => {
    const { github } = scenario;
    const told: string[] = [];
    for (const status of [401, 403, 404, 410, 422, 0]) {
      const change = pullRequestRun(github);
      if (status > 0) github.setFault({ on: 'issues/create-comment', kind: 'status', status });
      else change.pull.isLocked = true;
      const run = await scenario.run(change);
      expect(run, logOf(run)).toMatchObject({ exitCode: 0, outputs: { 'exit-code': '0', verdict: 'no-baseline', 'comment-url': '' } });
      const warnings = warningsOf(run).filter((text) => text.includes('comment:'));
      expect(warnings).toHaveLength(1);
      told.push(warnings[0]!);
    }
    expect(told).toEqual([
      expect.stringMatching(/401.*use that of the job \(no `github-token`;/),
      expect.stringMatching(/403.*add `pull-requests: write` to the job's `permissions:`/),
      expect.stringMatching(/404.*does not exist, or the token may not see it.*`pull-requests: write`/),
      expect.stringMatching(/410.*expired or was deleted/),
      expect.stringMatching(/422.*refused the content/),
      expect.stringMatching(/403.*the conversation is locked: unlock it/),
    ]);
    expect(github.state.comments).toEqual([]);
  });

  it('is written anew, not over what came in between, when a rate limit made it wait', async () => {
    const { github } = scenario;
    const change = pullRequestRun(github);
    addComment(github, { issue: change.pull.number, body: 'hello' });
    await scenario.run(change);
    const next = pullRequestRun(github, { pull: change.pull });
    github.setFault({ on: 'issues/update-comment', kind: 'secondary-limit', retryAfterSeconds: 1, status: 429 });
    github.setFault({ on: 'issues/update-comment', kind: 'status-after-commit', status: 502 });
    const run = await scenario.run(next);
    expect(run.exitCode, logOf(run)).toBe(0);
    const names = github.calls.map(({ operationId }) => operationId).filter((name) => name.startsWith('issues/'));
    expect(names.slice(-5)).toEqual([
      'issues/list-comments',
      'issues/update-comment',
      'issues/list-comments',
      'issues/update-comment',
      'issues/list-comments',
    ]);
    expect(github.state.comments.map(({ body }) => body.includes(`run=${next.run.id} `))).toEqual([false, true]);
    expect(github.violations).toEqual([]);
  });
});
