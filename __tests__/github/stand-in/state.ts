import { createHash } from 'node:crypto';

export interface Repository {
  id: number;
  fullName: string;
  isPrivate: boolean;
  defaultBranch: string;
}

export interface Commit {
  sha: string;
  /** First parent first. */
  parents: string[];
  message: string;
  /** ISO 8601, one second after the commit made before it. */
  date: string;
  files: ChangedFile[];
}

export interface ChangedFile {
  filename: string;
  status: 'added' | 'modified' | 'removed';
  patch?: string;
}

export interface PullRequest {
  number: number;
  title: string;
  author: string;
  state: 'open' | 'closed';
  isMerged: boolean;
  isLocked: boolean;
  /** `repository` null: the fork was deleted. */
  head: { ref: string; sha: string; repository: Repository | null };
  base: { ref: string; sha: string };
  /** The test merge commit; once merged, the commit that it became. */
  mergeSha: string;
  labels?: string[];
}

export interface Comment {
  id: number;
  issue: number;
  body: string;
  author: Author;
  createdAt: string;
  updatedAt: string;
}

/** An issue that is no pull request; both are counted by the same numbers. */
export interface Issue {
  id: number;
  number: number;
  title: string;
  body: string;
  labels: string[];
  state: 'open' | 'closed';
  stateReason: string | null;
  author: Author;
  createdAt: string;
  updatedAt: string;
  closedAt: string | null;
}

export interface Author {
  login: string;
  isBot: boolean;
}

export interface Annotation {
  path: string;
  start_line: number;
  end_line: number;
  start_column?: number;
  end_column?: number;
  annotation_level: 'notice' | 'warning' | 'failure';
  message: string;
  title?: string;
  raw_details?: string;
}

export interface CheckRun {
  id: number;
  name: string;
  headSha: string;
  status: 'queued' | 'in_progress' | 'completed';
  conclusion: string | null;
  startedAt: string | null;
  completedAt: string | null;
  externalId: string;
  detailsUrl: string | null;
  title: string | null;
  summary: string | null;
  text: string | null;
  annotations: Annotation[];
  /** The check run of a workflow's job, which GitHub makes itself. */
  isJob?: boolean;
}

export interface WorkflowRun {
  id: number;
  number: number;
  attempt: number;
  workflowId: number;
  /** Such as `.github/workflows/agent-regress.yml`. */
  path: string;
  name: string;
  event: string;
  status: 'queued' | 'in_progress' | 'completed';
  conclusion: string | null;
  headBranch: string;
  headSha: string;
  headRepository: Repository;
  createdAt: string;
}

export interface Artifact {
  id: number;
  runId: number;
  name: string;
  /** The uploaded zip. */
  bytes: Buffer;
  createdAt: string;
  expiresAt: string;
  isExpired: boolean;
  /** `sha256:<hex>`, or null for artifacts of old clients. */
  digest: string | null;
}

/** What a person may do in the repository. */
export type Role = 'admin' | 'maintain' | 'write' | 'triage' | 'read' | 'none';

export interface Reaction {
  id: number;
  commentId: number;
  content: string;
  login: string;
}

export type Access = 'none' | 'read' | 'write';

/** What a token may do. A token with a `user` is a person's; without, it is a job's GITHUB_TOKEN. */
export interface Token {
  contents: Access;
  actions: Access;
  checks: Access;
  pullRequests: Access;
  /** Default none: a job must ask for it. */
  issues?: Access;
  user?: string;
  /** Login of the app whose installation token it is, such as `my-app[bot]`. Default the job's own app. */
  app?: string;
}

/** Everything the stand-in knows. Tests may read and change it at any time. */
export interface GitHubState {
  repository: Repository;
  /** By sha. */
  commits: Map<string, Commit>;
  /** Branch name → sha. */
  branches: Map<string, string>;
  /** Tag name → sha. */
  tags: Map<string, string>;
  /** Tags of the published releases, the latest one last. */
  releases: string[];
  pulls: PullRequest[];
  issues: Issue[];
  comments: Comment[];
  reactions: Reaction[];
  /** Login → role; everybody else may read what is public. */
  collaborators: Map<string, Role>;
  checkRuns: CheckRun[];
  runs: WorkflowRun[];
  artifacts: Artifact[];
  tokens: Map<string, Token>;
  /** Requests left before the primary limit. */
  rateLimit: { limit: number; remaining: number; resetAtMs: number };
  /** The next id of anything. */
  nextId: () => number;
  /** ISO 8601 without milliseconds, as GitHub writes it; each call is a second later than the one before. */
  now: () => string;
}

export function createState(repository: Repository): GitHubState {
  let id = 1000;
  let clock = Math.floor(Date.now() / 1000) - 7 * 24 * 3600;
  return {
    repository,
    commits: new Map(),
    branches: new Map(),
    tags: new Map(),
    releases: [],
    pulls: [],
    issues: [],
    comments: [],
    reactions: [],
    collaborators: new Map([['monalisa', 'write']]),
    checkRuns: [],
    runs: [],
    artifacts: [],
    tokens: new Map(),
    rateLimit: { limit: 1000, remaining: 1000, resetAtMs: Date.now() + 3_600_000 },
    nextId: () => ++id,
    now: () => new Date(++clock * 1000).toISOString().replace('.000Z', 'Z'),
  };
}

/** Adds a commit and returns it; with `branch`, moves that branch to it. Parents default to the tip of the branch. */
export function addCommit(
  state: GitHubState,
  options: { branch?: string; parents?: string[]; message?: string; files?: ChangedFile[]; sha?: string } = {},
): Commit {
  const { branch, message = 'a change', files = [] } = options;
  const tip = branch === undefined ? undefined : state.branches.get(branch);
  const parents = options.parents ?? (tip === undefined ? [] : [tip]);
  const date = state.now();
  const sha =
    options.sha ??
    createHash('sha1')
      .update(JSON.stringify([parents, message, date, state.nextId()]))
      .digest('hex');
  const commit: Commit = { sha, parents, message, date, files };
  state.commits.set(sha, commit);
  if (branch !== undefined) state.branches.set(branch, sha);
  return commit;
}

/** A sha, a branch, `refs/heads/…` or `owner:branch` → the commit. */
export function findCommit(state: GitHubState, name: string): Commit | undefined {
  const branch = name.replace(/^refs\/heads\//, '').replace(/^[\w.-]+:/, '');
  const tag = /^(?:refs\/)?tags\/(.+)$/.exec(name)?.[1];
  return state.commits.get((tag === undefined ? state.branches.get(branch) : state.tags.get(tag)) ?? name);
}

/** Every commit that is reachable, newest first as `git log` shows them, merged branches among the first parents. */
export function historyOf(state: GitHubState, sha: string): Commit[] {
  const seen = new Map<string, Commit>();
  const open = [sha];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const commit = state.commits.get(next);
    if (!commit || seen.has(next)) continue;
    seen.set(next, commit);
    open.push(...commit.parents);
  }
  return [...seen.values()].sort((a, b) => (a.date < b.date ? 1 : -1));
}

/** The newest commit that both histories share. */
export function mergeBaseOf(state: GitHubState, a: string, b: string): Commit | undefined {
  const shas = new Set(historyOf(state, a).map(({ sha }) => sha));
  return historyOf(state, b).find(({ sha }) => shas.has(sha));
}
