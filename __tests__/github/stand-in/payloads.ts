import { createRequire } from 'node:module';
import type { GitHubStandIn } from './server.ts';
import type { ChangedFile, Commit, PullRequest, Repository } from './state.ts';

/** The payload of a `pull_request` event; `before`: the head that a push has replaced. */
export function webhookPull(github: GitHubStandIn, pull: PullRequest, action: string, before?: string): Record<string, unknown> {
  const { state } = github;
  const side = (ref: string, sha: string, repository: Repository | null) => ({
    ref,
    sha,
    label: ref,
    repo: repository && webhookRepository(repository),
  });
  const pull_request = {
    ...(examplePayload('pull_request', 'synchronize') as { pull_request: object }).pull_request,
    number: pull.number,
    title: pull.title,
    state: pull.state,
    merged: pull.isMerged,
    locked: pull.isLocked,
    comments: state.comments.filter(({ issue }) => issue === pull.number).length,
    html_url: `https://github.com/${state.repository.fullName}/pull/${pull.number}`,
    merge_commit_sha: pull.mergeSha,
    user: { login: pull.author, type: 'User' },
    head: side(pull.head.ref, pull.head.sha, pull.head.repository),
    base: side(pull.base.ref, pull.base.sha, state.repository),
  };
  const push = action === 'synchronize' ? { before, after: pull.head.sha } : { before: undefined, after: undefined };
  return { action, number: pull.number, pull_request, repository: webhookRepository(state.repository), ...push };
}

/** A repository as it stands in payloads. */
export function webhookRepository(repository: Repository): Record<string, unknown> {
  const [login, name] = repository.fullName.split('/');
  const own = { id: repository.id, name, full_name: repository.fullName, private: repository.isPrivate, default_branch: repository.defaultBranch };
  const base = examplePayload('pull_request', 'synchronize') as { repository: object };
  return { ...base.repository, ...own, owner: { login, type: 'Organization' }, html_url: `https://github.com/${repository.fullName}` };
}

/** A commit as it stands in the payload of a push. */
export function webhookCommit(commit: Commit): Record<string, unknown> {
  const person = { name: 'A Person', email: 'person@example.com', username: 'monalisa' };
  const named = (status: ChangedFile['status']) => commit.files.filter((file) => file.status === status).map(({ filename }) => filename);
  const files = { added: named('added'), modified: named('modified'), removed: named('removed') };
  return { id: commit.sha, message: commit.message, timestamp: commit.date, author: person, committer: person, ...files };
}

/** GitHub's example payload of an event. */
export function examplePayload(name: string, action?: string): Record<string, unknown> {
  const events = createRequire(import.meta.url)('@octokit/webhooks-examples') as { name: string; examples: Record<string, unknown>[] }[];
  const examples = events.find((event) => event.name === name)?.examples ?? [];
  const found = examples.find((payload) => action === undefined || payload.action === action);
  if (!found) throw new Error(`no example of ${name} ${action ?? ''}`);
  return structuredClone(found);
}
