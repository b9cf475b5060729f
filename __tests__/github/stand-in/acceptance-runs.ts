import { setLabel } from './label-events.ts';
import { examplePayload, webhookPull, webhookRepository } from './payloads.ts';
import { type JobContext, pushRun, startRun } from './runs.ts';
import { addComment } from './seed.ts';
import type { GitHubStandIn } from './server.ts';
import type { Comment, PullRequest } from './state.ts';

const workflow = '.github/workflows/agent-regress-accept.yml';

/** Somebody writes a comment on a pull request, and the workflow run of the default branch that this starts. */
export function commentRun(
  github: GitHubStandIn,
  options: { pull: PullRequest; body: string; login?: string; isBot?: boolean; action?: string; isIssue?: boolean; token?: string },
): JobContext & { comment: Comment } {
  const { pull, body, login = 'monalisa', isBot = false, action = 'created', isIssue = false } = options;
  const comment = addComment(github, { issue: pull.number, body, login, isBot });
  const example = examplePayload('issue_comment', action) as { issue: object; comment: object };
  const user = { login, type: isBot ? 'Bot' : 'User' };
  const { pull_request: _, ...issue } = { ...example.issue, pull_request: undefined };
  const payload = {
    ...example,
    action,
    issue: { ...issue, number: pull.number, ...(isIssue ? {} : { pull_request: { url: `${github.url}/pulls/${pull.number}` } }) },
    comment: { ...example.comment, id: comment.id, body, created_at: comment.createdAt, updated_at: comment.updatedAt, user },
    sender: user,
    repository: webhookRepository(github.state.repository),
  };
  return {
    ...onDefaultBranch(github, { eventName: 'issue_comment', payload, actor: login, ...(options.token ? { token: options.token } : {}) }),
    comment,
  };
}

/** Somebody sets a label on a pull request. */
export function labelRun(github: GitHubStandIn, options: { pull: PullRequest; label?: string; login?: string }): JobContext {
  const { pull, label = 'agent-regress: accept', login = 'monalisa' } = options;
  setLabel(pull, { id: github.state.nextId(), label, login, createdAt: github.state.now() });
  const example = webhookPull(github, pull, 'labeled') as { pull_request: object };
  const payload = {
    ...example,
    label: { id: 1, name: label },
    pull_request: { ...example.pull_request, updated_at: github.state.now() },
    sender: { login, type: 'User' },
  };
  return onDefaultBranch(github, { eventName: 'pull_request_target', payload, actor: login });
}

/** Merges a pull request as one commit, and the run of that push. */
export function mergedRun(github: GitHubStandIn, pull: PullRequest): JobContext {
  const job = pushRun(github, { branch: pull.base.ref, message: `${pull.title} (#${pull.number})` });
  Object.assign(pull, { state: 'closed', isMerged: true, mergeSha: job.sha });
  return job;
}

function onDefaultBranch(
  github: GitHubStandIn,
  run: { eventName: string; payload: Record<string, unknown>; actor: string; token?: string },
): JobContext {
  const branch = github.state.repository.defaultBranch;
  const sha = github.state.branches.get(branch) ?? '';
  return startRun(github, { ...run, workflow, sha, ref: `refs/heads/${branch}`, headSha: sha, headBranch: branch });
}
