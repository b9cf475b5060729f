import { readFileSync } from 'node:fs';
import type { LabelEvent } from './label-events.ts';
import type { Artifact, CheckRun, Comment, Commit, GitHubState, Issue, PullRequest, Repository, WorkflowRun } from './state.ts';

type Body = Record<string, unknown>;

/** Turns state into reply bodies: GitHub's own example replies with our values in them. */
export interface Replies {
  repository(repository: Repository): Body;
  commit(commit: Commit): Body;
  pull(pull: PullRequest, isList: boolean): Body;
  comment(comment: Comment): Body;
  issue(issue: Issue): Body;
  checkRun(run: CheckRun): Body;
  workflowRun(run: WorkflowRun): Body;
  artifact(artifact: Artifact): Body;
  user(login: string): Body;
  labelEvent(event: LabelEvent): Body;
  permission(login: string, may: { permission: string; role_name: string }): Body;
  reaction(reaction: { login: string; content: string }): Body;
  files(commits: Commit[]): Body[];
  release(tag: string): Body;
  tag(name: string, sha: string): Body;
}

/** @param apiUrl where links to the API itself point. */
export function createReplies(state: GitHubState, apiUrl: string): Replies {
  const examples = JSON.parse(readFileSync(new URL('../openapi/github.examples.json', import.meta.url), 'utf8')) as Record<string, Body>;
  const { fullName } = state.repository;
  const template = (name: string, from?: string): Body => {
    const example = JSON.stringify(examples[name]);
    const text = (from === undefined ? example : example.replaceAll(from, fullName)).replaceAll('https://api.github.com', apiUrl);
    return JSON.parse(text) as Body;
  };
  const web = `https://github.com/${fullName}`;
  const api = `${apiUrl}/repos/${fullName}`;
  const simpleUser = (login: string, isBot: boolean): Body => ({
    ...(template('issues/get-comment') as { user: Body }).user,
    login,
    id: idOf(login),
    type: isBot ? 'Bot' : 'User',
  });

  const repository = (repo: Repository): Body => {
    const [owner = '', name = ''] = repo.fullName.split('/');
    const example = template('repos/get', 'octocat/Hello-World');
    const common = {
      language: null,
      id: repo.id,
      name,
      full_name: repo.fullName,
      private: repo.isPrivate,
      default_branch: repo.defaultBranch,
      fork: repo !== state.repository,
    };
    return { ...example, ...common, owner: { ...simpleUser(owner, false), type: 'Organization' }, html_url: `https://github.com/${repo.fullName}` };
  };
  const minimalRepository = (repo: Repository): Body => {
    const example = (template('actions/get-workflow-run', 'octocat/Hello-World') as { repository: Body }).repository;
    const { id, name, full_name, owner, fork, html_url } = repository(repo);
    return { ...example, id, name, full_name, owner, fork, html_url, private: repo.isPrivate };
  };
  const files = (commits: Commit[]): Body[] => {
    const byName = new Map(commits.flatMap((commit) => commit.files.map((file) => [file.filename, { commit, file }])));
    return [...byName.values()].map(({ commit, file }) => ({
      ...template('pulls/list-files', 'octocat/Hello-World'),
      sha: commit.sha,
      filename: file.filename,
      status: file.status,
      patch: file.patch ?? '@@ -1 +1 @@',
    }));
  };

  /** Open ones whose head is the commit of the check or, after a push, once was; those of forks are never named. */
  const isCheckOf = ({ headSha }: CheckRun, { state: status, head }: PullRequest): boolean =>
    status === 'open' &&
    head.repository === state.repository &&
    (head.sha === headSha || state.runs.some((run) => run.headSha === headSha && run.headBranch === head.ref));
  const minimalPull = ({ number, head, base }: PullRequest): Body => {
    const repo = { id: state.repository.id, url: api, name: fullName.split('/')[1] };
    const side = ({ ref, sha }: { ref: string; sha: string }) => ({ ref, sha, repo });
    return { id: number + 5000, number, url: `${api}/pulls/${number}`, head: side(head), base: side(base) };
  };

  return {
    repository,
    files,
    release: (tag) => ({ ...template('repos/get-latest-release', 'octocat/Hello-World'), tag_name: tag, name: tag }),
    tag: (name, sha) => ({
      name,
      commit: { sha, url: `${api}/commits/${sha}` },
      zipball_url: `${web}/zipball/${name}`,
      tarball_url: `${web}/tarball/${name}`,
      node_id: 'MDQ6VXNlcjE=',
    }),
    user: (login) => ({ ...template('users/get-authenticated'), login, id: idOf(login) }),
    labelEvent: ({ id, event, label, login, createdAt }) => ({
      ...template('issues/list-events', 'octocat/Hello-World'),
      ...{ id, event, created_at: createdAt, actor: simpleUser(login, login.endsWith('[bot]')), label: { name: label, color: 'ededed' } },
    }),
    permission: (login, may) => ({
      ...template('repos/get-collaborator-permission-level'),
      ...may,
      user: { ...simpleUser(login, login.endsWith('[bot]')), role_name: may.role_name },
    }),
    reaction: ({ login, content }) => ({
      ...template('reactions/create-for-issue-comment'),
      content,
      user: simpleUser(login, login.endsWith('[bot]')),
    }),
    commit(commit) {
      const example = template('repos/get-commit', 'octocat/Hello-World') as { commit: Body };
      const person = { name: 'A Person', email: 'person@example.com', date: commit.date };
      return {
        ...example,
        sha: commit.sha,
        url: `${api}/commits/${commit.sha}`,
        html_url: `${web}/commit/${commit.sha}`,
        commit: { ...example.commit, message: commit.message, author: person, committer: person },
        parents: commit.parents.map((sha) => ({ sha, url: `${api}/commits/${sha}`, html_url: `${web}/commit/${sha}` })),
        files: files([commit]),
      };
    },
    pull(pull, isList) {
      const example = template(isList ? 'pulls/list' : 'pulls/get', 'octocat/Hello-World');
      const { head, base } = example as { head: Body; base: Body };
      const owner = (repo: Repository | null) => repo?.fullName.split('/')[0] ?? 'unknown';
      const repo = (of: Repository | null) => (of === null ? null : { ...(head.repo as Body), ...repository(of) });
      return {
        ...example,
        id: pull.number + 5000,
        number: pull.number,
        url: `${api}/pulls/${pull.number}`,
        html_url: `${web}/pull/${pull.number}`,
        title: pull.title,
        state: pull.state,
        locked: pull.isLocked,
        user: simpleUser(pull.author, false),
        merge_commit_sha: pull.mergeSha,
        labels: (pull.labels ?? []).map((name, index) => ({
          ...{ id: index + 1, node_id: 'x', url: `${api}/labels/x`, name },
          ...{ color: 'ededed', default: false, description: '' },
        })),
        merged_at: pull.isMerged ? state.now() : null,
        closed_at: pull.state === 'closed' ? state.now() : null,
        ...(isList ? {} : { merged: pull.isMerged }),
        head: {
          ...head,
          label: `${owner(pull.head.repository)}:${pull.head.ref}`,
          ref: pull.head.ref,
          sha: pull.head.sha,
          repo: repo(pull.head.repository),
        },
        base: { ...base, label: `${owner(state.repository)}:${pull.base.ref}`, ref: pull.base.ref, sha: pull.base.sha, repo: repo(state.repository) },
      };
    },
    comment: (comment) => ({
      ...template('issues/get-comment', 'octocat/Hello-World'),
      id: comment.id,
      body: comment.body,
      url: `${api}/issues/comments/${comment.id}`,
      html_url: `${web}/pull/${comment.issue}#issuecomment-${comment.id}`,
      issue_url: `${api}/issues/${comment.issue}`,
      user: simpleUser(comment.author.login, comment.author.isBot),
      created_at: comment.createdAt,
      updated_at: comment.updatedAt,
      performed_via_github_app: null,
    }),
    issue(issue) {
      const { pull_request: _, ...example } = template('issues/create', 'octocat/Hello-World');
      const url = `${api}/issues/${issue.number}`;
      return {
        ...example,
        id: issue.id,
        number: issue.number,
        url,
        html_url: `${web}/issues/${issue.number}`,
        labels_url: `${url}/labels{/name}`,
        comments_url: `${url}/comments`,
        events_url: `${url}/events`,
        title: issue.title,
        body: issue.body,
        state: issue.state,
        state_reason: issue.stateReason,
        labels: issue.labels.map((name, index) => ({
          id: index + 1,
          node_id: 'x',
          url: `${api}/labels/${name}`,
          name,
          color: 'ededed',
          default: false,
          description: null,
        })),
        user: simpleUser(issue.author.login, issue.author.isBot),
        locked: false,
        active_lock_reason: null,
        comments: state.comments.filter((comment) => comment.issue === issue.number).length,
        created_at: issue.createdAt,
        updated_at: issue.updatedAt,
        closed_at: issue.closedAt,
        closed_by: null,
      };
    },
    checkRun(run) {
      const url = `${api}/check-runs/${run.id}`;
      const { title, summary, text } = run;
      return {
        ...template('checks/get', 'github/hello-world'),
        id: run.id,
        name: run.name,
        head_sha: run.headSha,
        url,
        html_url: `${web}/runs/${run.id}`,
        details_url: run.detailsUrl ?? `${web}/runs/${run.id}`,
        pull_requests: state.pulls.filter((pull) => isCheckOf(run, pull)).map(minimalPull),
        external_id: run.externalId,
        status: run.status,
        conclusion: run.conclusion,
        started_at: run.startedAt,
        completed_at: run.completedAt,
        output: { title, summary, text, annotations_count: run.annotations.length, annotations_url: `${url}/annotations` },
      };
    },
    workflowRun: (run) => ({
      ...template('actions/get-workflow-run', 'octo-org/octo-repo'),
      id: run.id,
      name: run.name,
      path: run.path,
      run_number: run.number,
      run_attempt: run.attempt,
      workflow_id: run.workflowId,
      event: run.event,
      status: run.status,
      conclusion: run.conclusion,
      head_branch: run.headBranch,
      head_sha: run.headSha,
      url: `${api}/actions/runs/${run.id}`,
      html_url: `${web}/actions/runs/${run.id}`,
      artifacts_url: `${api}/actions/runs/${run.id}/artifacts`,
      created_at: run.createdAt,
      updated_at: run.createdAt,
      run_started_at: run.createdAt,
      repository: minimalRepository(state.repository),
      head_repository: minimalRepository(run.headRepository),
    }),
    artifact(artifact) {
      const run = state.runs.find(({ id }) => id === artifact.runId);
      const url = `${api}/actions/artifacts/${artifact.id}`;
      return {
        ...template('actions/get-artifact', 'octo-org/octo-docs'),
        id: artifact.id,
        name: artifact.name,
        size_in_bytes: artifact.bytes.length,
        url,
        archive_download_url: `${url}/zip`,
        expired: artifact.isExpired,
        created_at: artifact.createdAt,
        updated_at: artifact.createdAt,
        expires_at: artifact.expiresAt,
        digest: artifact.digest,
        workflow_run: run
          ? {
              id: run.id,
              repository_id: state.repository.id,
              head_repository_id: run.headRepository.id,
              head_branch: run.headBranch,
              head_sha: run.headSha,
            }
          : null,
      };
    },
  };
}

/** The same person has the same id everywhere; `github-actions[bot]` has GitHub's. */
export function idOf(login: string): number {
  if (login === 'github-actions[bot]') return 41_898_282;
  return [...login].reduce((sum, character) => (sum * 31 + character.charCodeAt(0)) % 1_000_003, 7) + 1;
}
