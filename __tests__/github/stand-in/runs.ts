import { examplePayload, webhookCommit, webhookPull, webhookRepository } from './payloads.ts';
import type { GitHubStandIn } from './server.ts';
import { addCommit, type ChangedFile, findCommit, type GitHubState, type PullRequest, type Repository, type WorkflowRun } from './state.ts';

/** One job of one workflow run: everything the runner tells an action about where it runs. */
export interface JobContext {
  eventName: string;
  payload: Record<string, unknown>;
  /** `GITHUB_SHA`: of a pull request, the test merge commit. */
  sha: string;
  ref: string;
  headRef: string;
  baseRef: string;
  actor: string;
  run: WorkflowRun;
  /** Name of the job. */
  job: string;
  /** `job.check_run_id`. */
  checkRunId: number;
  /** `github.token`. */
  token: string;
  /** For `ACTIONS_RUNTIME_TOKEN`. */
  runtimeToken: string;
}

export interface RunOptions {
  /** File of the workflow. Default `.github/workflows/agent-regress.yml`. */
  workflow?: string;
  /** Default the write token. A run for a pull request from a fork always gets the read-only one. */
  token?: string;
  /** The same run again: the run of an earlier job context. */
  rerun?: WorkflowRun;
}

const defaultWorkflow = '.github/workflows/agent-regress.yml';

/** A push of one new commit to a branch (default `main`), and the workflow run that it starts. */
export function pushRun(
  github: GitHubStandIn,
  options: RunOptions & { branch?: string; files?: ChangedFile[]; message?: string; isNewBranch?: boolean } = {},
): JobContext {
  const { state } = github;
  const { branch = 'main', files, message } = options;
  const before = state.branches.get(branch);
  const parents = before === undefined || options.isNewBranch ? [tipOf(state, state.repository.defaultBranch)] : [before];
  const commit = addCommit(state, { branch, parents, ...(files ? { files } : {}), ...(message ? { message } : {}) });
  const ref = `refs/heads/${branch}`;
  const payload = {
    ...examplePayload('push'),
    ref,
    before: options.isNewBranch || before === undefined ? '0'.repeat(40) : before,
    after: commit.sha,
    created: options.isNewBranch === true,
    deleted: false,
    forced: false,
    commits: [webhookCommit(commit)],
    head_commit: webhookCommit(commit),
    repository: webhookRepository(state.repository),
  };
  return startRun(github, { ...options, eventName: 'push', payload, sha: commit.sha, ref, headSha: commit.sha, headBranch: branch });
}

/** A push of a tag to the newest commit of `main`, or of `sha`, and the workflow run that it starts. */
export function tagRun(github: GitHubStandIn, options: RunOptions & { tag: string; sha?: string }): JobContext {
  const { state } = github;
  const { tag, sha = tipOf(state, state.repository.defaultBranch) } = options;
  state.tags.set(tag, sha);
  const ref = `refs/tags/${tag}`;
  // Of an annotated tag, `after` is the tag object.
  const payload = {
    ...examplePayload('push'),
    ref,
    before: '0'.repeat(40),
    after: 'a'.repeat(40),
    created: true,
    repository: webhookRepository(state.repository),
  };
  return startRun(github, { ...options, eventName: 'push', payload, sha, ref, headSha: sha, headBranch: tag });
}

/** Opens a pull request, or with `pull` pushes one more commit to it, unless another `action` befalls it; and the workflow run that this starts. */
export function pullRequestRun(
  github: GitHubStandIn,
  options: RunOptions & {
    pull?: PullRequest;
    /** Branch of the head. Default `change-<number>`. */
    branch?: string;
    base?: string;
    isFork?: boolean;
    files?: ChangedFile[];
    eventName?: 'pull_request' | 'pull_request_target';
    action?: string;
  } = {},
): JobContext & { pull: PullRequest } {
  const { state } = github;
  const { eventName = 'pull_request' } = options;
  const pull = options.pull ?? openPull(state, options);
  const before = pull.head.sha;
  const action = options.action ?? (options.pull ? 'synchronize' : 'opened');
  if (options.pull && action === 'synchronize' && !options.rerun) movePull(state, pull, options.files);
  const isFork = pull.head.repository !== state.repository;
  const payload = {
    ...examplePayload('pull_request', 'synchronize'),
    ...webhookPull(github, pull, action, before),
  };
  const isTarget = eventName === 'pull_request_target';
  const sha = isTarget ? tipOf(state, state.repository.defaultBranch) : pull.mergeSha;
  const job = startRun(github, {
    ...options,
    ...(isFork && !isTarget ? { token: github.tokens.fork } : {}),
    eventName,
    payload,
    sha,
    ref: isTarget ? `refs/heads/${state.repository.defaultBranch}` : `refs/pull/${pull.number}/merge`,
    headRef: pull.head.ref,
    baseRef: pull.base.ref,
    headSha: pull.head.sha,
    headBranch: pull.head.ref,
    headRepository: pull.head.repository ?? forkOf(state.repository),
    actor: pull.author,
  });
  return { ...job, pull };
}

/** A run of the newest commit of the default branch that no push started. */
export function scheduledRun(github: GitHubStandIn, options: RunOptions & { eventName?: 'schedule' | 'workflow_dispatch' } = {}): JobContext {
  const { state } = github;
  const branch = state.repository.defaultBranch;
  const { eventName = 'schedule' } = options;
  const sha = tipOf(state, branch);
  const ref = `refs/heads/${branch}`;
  const common = { repository: webhookRepository(state.repository), workflow: options.workflow ?? defaultWorkflow };
  const payload =
    eventName === 'schedule' ? { ...common, schedule: '0 3 * * *' } : { ...examplePayload('workflow_dispatch'), ...common, inputs: {}, ref };
  return startRun(github, { ...options, eventName, payload, sha, ref, headSha: sha, headBranch: branch });
}

/** A run of the merge queue: the pull request's changes on top of the base. */
export function mergeGroupRun(github: GitHubStandIn, options: RunOptions & { pull: PullRequest }): JobContext {
  const { state } = github;
  const { pull } = options;
  const baseSha = tipOf(state, pull.base.ref);
  const branch = `gh-readonly-queue/${pull.base.ref}/pr-${pull.number}-${baseSha}`;
  const commit = addCommit(state, { branch, parents: [baseSha, pull.head.sha], message: `Merge pull request #${pull.number}` });
  const ref = `refs/heads/${branch}`;
  const merge_group = {
    head_sha: commit.sha,
    head_ref: ref,
    base_ref: `refs/heads/${pull.base.ref}`,
    base_sha: baseSha,
    head_commit: webhookCommit(commit),
  };
  const payload = { ...examplePayload('merge_group'), action: 'checks_requested', merge_group, repository: webhookRepository(state.repository) };
  return startRun(github, { ...options, eventName: 'merge_group', payload, sha: commit.sha, ref, headSha: commit.sha, headBranch: branch });
}

/** The privileged run that follows another one: it runs on the default branch and learns of the other from the payload only. */
export function workflowRunRun(github: GitHubStandIn, options: RunOptions & { of: JobContext }): JobContext {
  const { state } = github;
  const { run } = options.of;
  const branch = state.repository.defaultBranch;
  const sha = tipOf(state, branch);
  const workflow_run = {
    id: run.id,
    run_attempt: run.attempt,
    run_number: run.number,
    workflow_id: run.workflowId,
    name: run.name,
    path: run.path,
    event: run.event,
    status: 'completed',
    conclusion: run.conclusion ?? 'success',
    head_branch: run.headBranch,
    head_sha: run.headSha,
    head_repository: webhookRepository(run.headRepository),
    repository: webhookRepository(state.repository),
    // Empty for pull requests from forks, and not to be relied on.
    pull_requests: [],
  };
  const payload = { action: 'completed', workflow_run, workflow: { path: run.path }, repository: webhookRepository(state.repository) };
  const workflow = options.workflow ?? '.github/workflows/agent-regress-publish.yml';
  return startRun(github, {
    ...options,
    workflow,
    eventName: 'workflow_run',
    payload,
    sha,
    ref: `refs/heads/${branch}`,
    headSha: sha,
    headBranch: branch,
  });
}

/** Ends the run and the check run of its job, as GitHub does after the last step. */
export function finishRun(github: GitHubStandIn, job: JobContext, conclusion: 'success' | 'failure' | 'cancelled' = 'success'): void {
  Object.assign(job.run, { status: 'completed', conclusion });
  const check = github.state.checkRuns.find(({ id }) => id === job.checkRunId);
  if (check) Object.assign(check, { status: 'completed', conclusion, completedAt: github.state.now() });
}

/** A workflow run of any event, with its job. */
export function startRun(
  github: GitHubStandIn,
  options: RunOptions & {
    eventName: string;
    payload: Record<string, unknown>;
    sha: string;
    ref: string;
    headSha: string;
    headBranch: string;
    headRef?: string;
    baseRef?: string;
    headRepository?: Repository;
    actor?: string;
  },
): JobContext {
  const { state } = github;
  const { eventName, payload, sha, ref, headRef = '', baseRef = '', actor = 'monalisa', workflow = defaultWorkflow } = options;
  const known = state.runs.find(({ path }) => path === workflow);
  const run = options.rerun ?? {
    id: state.nextId(),
    number: state.runs.length + 1,
    attempt: 0,
    workflowId: known?.workflowId ?? state.nextId(),
    path: workflow,
    name: 'agent-regress',
    event: eventName,
    status: 'in_progress',
    conclusion: null,
    headBranch: options.headBranch,
    headSha: options.headSha,
    headRepository: options.headRepository ?? state.repository,
    createdAt: state.now(),
  };
  Object.assign(run, { status: 'in_progress', conclusion: null, attempt: run.attempt + 1 });
  if (!options.rerun) state.runs.push(run);
  const job = 'evaluate';
  const checkRunId = addJobCheck(state, { headSha: options.headSha, name: job });
  const runtimeToken = github.makeRuntimeToken(run.id);
  return { eventName, payload, sha, ref, headRef, baseRef, actor, run, job, checkRunId, token: options.token ?? github.tokens.write, runtimeToken };
}

/** Every job of a workflow is a check run itself. */
function addJobCheck(state: GitHubState, { headSha, name }: { headSha: string; name: string }): number {
  const id = state.nextId();
  const blank = { completedAt: null, externalId: '', detailsUrl: null, title: null, summary: null, text: null, annotations: [] };
  state.checkRuns.push({ ...blank, id, name, headSha, status: 'in_progress', conclusion: null, startedAt: state.now(), isJob: true });
  return id;
}

function openPull(state: GitHubState, options: { branch?: string; base?: string; isFork?: boolean; files?: ChangedFile[] }): PullRequest {
  const number = state.pulls.length + state.issues.length + 1;
  const { branch = `change-${number}`, base = state.repository.defaultBranch, isFork = false, files } = options;
  const baseSha = tipOf(state, base);
  const head = addCommit(state, { parents: [baseSha], message: `work on ${branch}`, ...(files ? { files } : {}) });
  if (!isFork) state.branches.set(branch, head.sha);
  const pull: PullRequest = {
    number,
    title: `Change ${number}`,
    author: isFork ? 'outsider' : 'monalisa',
    state: 'open',
    isMerged: false,
    isLocked: false,
    head: { ref: branch, sha: head.sha, repository: isFork ? forkOf(state.repository) : state.repository },
    base: { ref: base, sha: baseSha },
    mergeSha: '',
  };
  mergePull(state, pull);
  state.pulls.push(pull);
  return pull;
}

function movePull(state: GitHubState, pull: PullRequest, files: ChangedFile[] | undefined): void {
  const head = addCommit(state, { parents: [pull.head.sha], message: `more work on ${pull.head.ref}`, ...(files ? { files } : {}) });
  pull.head.sha = head.sha;
  if (pull.head.repository === state.repository) state.branches.set(pull.head.ref, head.sha);
  mergePull(state, pull);
}

/** The test merge commit: its first parent is the tip of the base. `base.sha` of a pull request stays where it was. */
function mergePull(state: GitHubState, pull: PullRequest): void {
  pull.mergeSha = addCommit(state, { parents: [tipOf(state, pull.base.ref), pull.head.sha], message: `Merge ${pull.head.sha}` }).sha;
}

function tipOf(state: GitHubState, branch: string): string {
  const commit = findCommit(state, branch);
  if (!commit) throw new Error(`the stand-in has no branch "${branch}"`);
  return commit.sha;
}

function forkOf(repository: Repository): Repository {
  return { ...repository, id: repository.id + 1, fullName: `outsider/${repository.fullName.split('/')[1]}` };
}
