import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { parseMarker } from '../../src/github/comment.ts';
import { pullRequestRun, workflowRunRun } from '../github/stand-in/runs.ts';
import { addComment } from '../github/stand-in/seed.ts';
import type { Comment } from '../github/stand-in/state.ts';
import type { ActionRun } from '../helpers/run-action.ts';
import { config, isBuilt, logOf, openScenario, type Scenario } from './action-scenario.ts';
import { storeBaseline } from './stored-runs.ts';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

describe.skipIf(!isBuilt)('the comments of two suites over several runs of one pull request', () => {
  let scenario: Scenario;
  let theirs: Comment;
  let created: string[];
  let newer: { id: number; run: ActionRun };
  let older: { id: number; run: ActionRun };
  const own = () => scenario.github.state.comments.filter(({ author }) => author.isBot);
  const markersOf = (suite: string) => own().flatMap(({ body }) => (parseMarker(body)?.suite === suite ? [parseMarker(body)!] : []));

  beforeAll(async () => {
    scenario = await openScenario();
    const { github, workspace } = scenario;
    for (const suite of ['a', 'ab']) await writeFile(join(workspace, `${suite}.yml`), config.replace('suite: support-bot', `suite: ${suite}`));
    const inputs = { config: 'a.yml\nab.yml' };
    const first = pullRequestRun(github);
    const { pull } = first;
    theirs = addComment(github, {
      issue: pull.number,
      body: `<!-- agent-regress:v1 suite=a run=999999999 attempt=1 sha=${pull.head.sha} -->\nmine`,
    });
    await scenario.run(first, { inputs });
    created = own().map(({ id }) => String(id));
    const push = pullRequestRun(github, { pull });
    const label = pullRequestRun(github, { pull, action: 'labeled' });
    newer = { id: label.run.id, run: await scenario.run(label, { inputs }) };
    older = { id: push.run.id, run: await scenario.run(push, { inputs }) };
  });
  afterAll(() => scenario.close());

  it('gh-34 are two, one for each, though one name begins with the other', () => {
    expect(own()).toHaveLength(2);
    expect([markersOf('a').length, markersOf('ab').length]).toEqual([1, 1]);
    expect(created).toHaveLength(2);
  });

  it("T27 gh-35 are found by their author: a person's comment with our marker is left alone", () => {
    expect(theirs.body).toMatch(/\nmine$/);
    expect(scenario.github.state.comments).toContain(theirs);
  });

  it('F29 gh-37 speak for the newer of two runs, though the older one was done later', () => {
    for (const suite of ['a', 'ab']) expect(markersOf(suite)).toMatchObject([{ runId: newer.id }]);
    expect(newer.run.outputs['comment-url'], logOf(newer.run)).not.toBe('');
    expect(logOf(older.run)).toContain('no comment: a newer run has already reported');
    expect(older.run.outputs['comment-url']).toBe('');
    expect(scenario.github.violations).toEqual([]);
  });
});

describe.skipIf(!isBuilt)('the comment of one suite', () => {
  let scenario: Scenario;
  beforeEach(async () => {
    scenario = await openScenario();
  });
  afterEach(() => scenario.close());

  it('F29 gh-38 is one when two runs create it at once', async () => {
    const { github } = scenario;
    const first = pullRequestRun(github);
    const second = pullRequestRun(github, { pull: first.pull, action: 'labeled' });
    github.setFault({ on: 'issues/create-comment', kind: 'latency', delayMs: 1500, times: 2 });
    const cwd = await mkdtemp(join(tmpdir(), 'workspace-'));
    await cp(scenario.workspace, cwd, { recursive: true });
    const runs = await Promise.all([scenario.run(first), scenario.run(second, { cwd })]);
    await rm(cwd, { recursive: true });
    for (const run of runs) expect(run.exitCode, logOf(run)).toBe(0);
    expect(github.calls.filter(({ operationId }) => operationId === 'issues/create-comment').length).toBeGreaterThan(0);
    expect(github.state.comments.map(({ body }) => parseMarker(body)?.runId)).toEqual([second.run.id]);
    expect(github.violations).toEqual([]);
  });

  it('gh-40 is not written again when it says the same', async () => {
    const { github } = scenario;
    const change = pullRequestRun(github, { isFork: true });
    await scenario.run(change);
    const publish = () => scenario.run(workflowRunRun(github, { of: change }), { inputs: { mode: 'publish' } });
    await publish();
    const [comment] = github.state.comments;
    const before = { ...comment };
    const writes = () => github.writes().filter(({ operationId }) => operationId.startsWith('issues/')).length;
    const count = writes();
    const again = await publish();
    expect(again.exitCode, logOf(again)).toBe(0);
    expect(github.state.comments).toEqual([before]);
    expect(writes()).toBe(count);
    expect(count).toBe(1);
    expect(again.outputs['comment-url']).toContain(`issuecomment-${comment?.id}`);
  });

  it('gh-46 is not written to a pull request that is closed or has moved on', async () => {
    const { github } = scenario;
    const stale = pullRequestRun(github);
    pullRequestRun(github, { pull: stale.pull });
    const moved = await scenario.run(stale);
    expect(logOf(moved)).toContain('has moved on to another commit');
    const late = pullRequestRun(github);
    late.pull.state = 'closed';
    const closed = await scenario.run(late);
    expect(logOf(closed)).toContain('is closed');
    expect(github.state.comments).toEqual([]);
    expect([moved.exitCode, closed.exitCode]).toEqual([0, 0]);
    expect(github.violations).toEqual([]);
  });
});

describe.skipIf(!isBuilt)('a pull-request run with five pooled baseline runs', () => {
  let scenario: Scenario;
  beforeAll(async () => {
    scenario = await openScenario();
    for (let n = 0; n < 5; n++) await storeBaseline(scenario);
  });
  afterAll(() => scenario.close());

  it.each([
    ['', 'creates', []],
    ['', 'updates', []],
    ['red, ', 'creates', [1, 2, 3, 4]],
    ['red, ', 'updates', [1, 2, 3, 4]],
  ] as const)('%s%s its comment within twelve calls', async (_, verb, broken) => {
    const { github } = scenario;
    const pull = verb === 'updates' ? github.state.pulls.at(-1) : undefined;
    scenario.breakSamples(...broken);
    const before = { calls: github.calls.length, comments: github.state.comments.length };
    const run = await scenario.run(pullRequestRun(github, pull ? { pull } : {}));
    expect(run.exitCode, logOf(run)).toBe(broken.length > 0 ? 1 : 0);
    const calls = github.calls.slice(before.calls).filter(({ operationId }) => !/^(artifact|blob)\//.test(operationId));
    const names = calls.map(({ operationId }) => operationId);
    expect(names.filter((name) => /^(issues|pulls)\//.test(name)).length, names.join(' ')).toBeLessThanOrEqual(2);
    expect(names.filter((name) => name === 'actions/download-artifact')).toHaveLength(5);
    expect(calls.length, names.join(' ')).toBeLessThanOrEqual(12);
    expect(run.stdout).toContain(`GitHub: ${calls.length} calls`);
    expect(github.state.comments).toHaveLength(before.comments + (pull ? 0 : 1));
    expect(github.violations).toEqual([]);
  });
});
