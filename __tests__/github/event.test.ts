import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ToolError } from '../../src/errors.ts';
import { assertMayRun, readEvent } from '../../src/github/event.ts';
import { type JobContext, mergeGroupRun, pullRequestRun, pushRun, scheduledRun, workflowRunRun } from './stand-in/runs.ts';
import { type GitHubStandIn, startGitHub } from './stand-in/server.ts';

let github: GitHubStandIn;
beforeEach(async () => {
  github = await startGitHub();
});
afterEach(() => github.close());

function environment(job: JobContext): Record<string, string> {
  return {
    GITHUB_EVENT_NAME: job.eventName,
    GITHUB_REPOSITORY: 'octo-org/support-bot',
    GITHUB_SHA: job.sha,
    GITHUB_REF: job.ref,
    GITHUB_RUN_ID: String(job.run.id),
    GITHUB_RUN_ATTEMPT: '1',
    GITHUB_ACTOR: job.actor,
    GITHUB_WORKFLOW_REF: `octo-org/support-bot/${job.run.path}@${job.ref}`,
  };
}
const read = (job: JobContext, extra: { checkedOutSha?: string; env?: Record<string, string> } = {}) =>
  readEvent({ ...extra, env: { ...environment(job), ...extra.env }, payload: job.payload });

describe('reading a workflow event', () => {
  it('shows the check on the head of a pull request and compares with what was merged', () => {
    const job = pullRequestRun(github);
    const event = read(job);
    expect(event).toMatchObject({ kind: 'pull_request', headSha: job.pull.head.sha, mayBecomeBaseline: false });
    expect(event.baselineTarget).toMatchObject({ kind: 'first-parent', of: job.sha, branch: 'main' });
    expect(event.workflowPath).toBe('.github/workflows/agent-regress.yml');
  });

  it.each(['pull_request_review', 'pull_request_review_comment'])(
    'reads %s as of its pull request, of which it does not know the comments',
    (eventName) => {
      for (const isFork of [false, true]) {
        const job = pullRequestRun(github, { isFork });
        const { comments: _, ...pull } = job.payload.pull_request as Record<string, unknown>;
        const event = read({ ...job, eventName, payload: { ...job.payload, action: 'submitted', pull_request: pull } });
        expect(event).toMatchObject({ name: eventName, kind: 'pull_request', headSha: job.pull.head.sha, mayBecomeBaseline: false });
        expect(event.pullRequest).toMatchObject({ number: job.pull.number, isFork, hadNoComments: false });
        expect(event.baselineTarget).toMatchObject({ kind: 'first-parent', of: job.sha });
        expect(() => assertMayRun(eventName)).not.toThrow();
      }
    },
  );

  it('uses the merge base when the head itself is checked out', () => {
    const job = pullRequestRun(github);
    expect(read(job, { checkedOutSha: job.pull.head.sha }).baselineTarget).toMatchObject({ kind: 'merge-base', base: 'main' });
  });

  it('does not publish for forks, deleted forks and Dependabot', () => {
    const fork = pullRequestRun(github, { isFork: true });
    expect(read(fork)).toMatchObject({ pullRequest: { isFork: true } });
    const payload = structuredClone(fork.payload) as { pull_request: { head: { repo: null } } };
    payload.pull_request.head.repo = null;
    expect(readEvent({ env: environment(fork), payload }).pullRequest?.isFork).toBe(true);
    const own = pullRequestRun(github);
    expect(read(own, { env: { GITHUB_ACTOR: 'dependabot[bot]' } })).toMatchObject({ isDependabot: true, mayBecomeBaseline: false });
  });

  it('compares a push with the commit before it, and a new branch with its ancestors', () => {
    const job = pushRun(github);
    expect(read(job).baselineTarget).toEqual({ kind: 'commit', sha: job.payload.before, branch: 'main', fallback: job.sha });
    const fresh = pushRun(github, { branch: 'topic', isNewBranch: true });
    expect(read(fresh).baselineTarget).toEqual({ kind: 'before', sha: fresh.sha, branch: 'topic' });
  });

  it('reads merge queue, schedule, dispatch and workflow_run', () => {
    const { pull } = pullRequestRun(github);
    const queued = read(mergeGroupRun(github, { pull }));
    expect(queued).toMatchObject({ kind: 'merge_group', baselineTarget: { kind: 'commit', branch: 'main' }, mayBecomeBaseline: true });
    expect(queued.pullRequest).toBeUndefined();
    expect(read(scheduledRun(github)).baselineTarget).toEqual({ kind: 'latest', branch: 'main' });
    expect(read(scheduledRun(github, { eventName: 'workflow_dispatch' })).baselineTarget).toMatchObject({ kind: 'before', branch: 'main' });
    const change = pullRequestRun(github, { isFork: true });
    const after = read(workflowRunRun(github, { of: change }));
    expect(after).toMatchObject({ headSha: change.run.headSha, triggeringRun: { id: change.run.id, event: 'pull_request' } });
  });

  it('says what is missing in a malformed event', () => {
    const job = pullRequestRun(github);
    const broken = () => readEvent({ env: environment(job), payload: { pull_request: { number: 'x' } } });
    expect(broken).toThrow(ToolError);
    expect(broken).toThrow(/event\.pull_request\.number/);
    expect(() => readEvent({ env: {}, payload: {} })).toThrow(/GITHUB_EVENT_NAME/);
  });
});

describe('the event gate', () => {
  it.each(['pull_request_target', 'workflow_run', 'issue_comment'])('refuses to run on %s', (name) => {
    expect(() => assertMayRun(name)).toThrow(/mode "run" does not work/);
  });
  it.each(['pull_request', 'push', 'schedule', 'workflow_dispatch', 'merge_group'])('runs on %s', (name) => {
    expect(() => assertMayRun(name)).not.toThrow();
  });
});
