import { ToolError } from '../errors.ts';
import * as z from '../records/schema.ts';

export type EventKind = 'pull_request' | 'pull_request_target' | 'merge_group' | 'push' | 'schedule' | 'workflow_dispatch' | 'workflow_run' | 'other';

/** From which commit a baseline is looked for. Every one is resolved by REST, so no clone depth is needed. */
export type BaselineTarget =
  /** First parent of the test merge commit: the base tip that was really merged; `fallback` when that cannot be read. */
  | { kind: 'first-parent'; of: string; fallback: string; branch: string }
  /** The head itself is checked out: where it left the base branch. */
  | { kind: 'merge-base'; base: string; head: string; fallback: string; branch: string }
  /** This commit, else its ancestors; when it cannot be read any more, the ancestors of `fallback`. `isForced`: that push replaced it. */
  | { kind: 'commit'; sha: string; branch: string; fallback?: string; isForced?: boolean }
  /** Newest first-parent ancestor of this commit, not the commit itself. */
  | { kind: 'before'; sha: string; branch: string }
  /** Newest run of the branch, of the same commit too: a change then is drift of the endpoint or the model. */
  | { kind: 'latest'; branch: string };

export interface PullRequestFacts {
  number: number;
  headSha: string;
  baseRef: string;
  /** Branch of the head. */
  headRef: string;
  /** Head repository is another one, or was deleted. */
  isFork: boolean;
  /** Head before the push that started this run; absent for every other event, and for a re-run. */
  previousSha?: string;
  /** Nobody had commented when this run was triggered; never true for a re-run. */
  hadNoComments: boolean;
}

/** What a workflow_run event says of the run that triggered it: the only part of it that is trusted. */
export interface TriggeringRun {
  id: number;
  attempt: number;
  headSha: string;
  headBranch: string;
  /** `owner/name`; absent when the fork was deleted. */
  headRepository?: string;
  event: string;
  conclusion?: string;
}

/** What one workflow event means for checks, baselines and publishing. */
export interface GitHubEvent {
  kind: EventKind;
  name: string;
  owner: string;
  repo: string;
  repositoryId?: number;
  /** GITHUB_SHA: what was checked out by default. */
  sha: string;
  ref?: string;
  /** Commit that a check run is shown on: the head of a pull request, never its test merge commit. */
  headSha: string;
  baselineTarget: BaselineTarget;
  pullRequest?: PullRequestFacts;
  triggeringRun?: TriggeringRun;
  isDependabot: boolean;
  defaultBranch: string;
  /** False for every pull request: its code must not decide what later code is measured against. */
  mayBecomeBaseline: boolean;
  runId: number;
  runAttempt: number;
  /** Such as `.github/workflows/agent.yml`; absent outside a workflow. */
  workflowPath?: string;
  apiUrl: string;
  serverUrl: string;
}

const sha = z.string().check(z.regex(/^[0-9a-f]{40}([0-9a-f]{24})?$/, 'not a commit sha'));
const repository = z.looseObject({ id: z.optional(z.int()), full_name: z.string(), default_branch: z.optional(z.string()) });
const pullRequest = z.looseObject({
  number: z.int().check(z.positive()),
  comments: z.optional(z.int()),
  head: z.looseObject({ sha, ref: z.optional(z.string()), repo: z.nullish(z.looseObject({ full_name: z.string() })) }),
  base: z.looseObject({ sha, ref: z.string() }),
});
const workflowRun = z.looseObject({
  id: z.int(),
  run_attempt: z.optional(z.int()),
  head_sha: sha,
  head_branch: z.nullish(z.string()),
  head_repository: z.nullish(z.looseObject({ full_name: z.string() })),
  event: z.string(),
  conclusion: z.nullish(z.string()),
});
const payloads = {
  pull_request: z.looseObject({ action: z.optional(z.string()), before: z.optional(z.string()), pull_request: pullRequest }),
  pull_request_target: z.looseObject({ action: z.optional(z.string()), before: z.optional(z.string()), pull_request: pullRequest }),
  merge_group: z.looseObject({ merge_group: z.looseObject({ head_sha: sha, base_sha: sha, base_ref: z.string() }) }),
  push: z.looseObject({ before: z.optional(z.string()), after: z.optional(z.string()), forced: z.optional(z.boolean()) }),
  workflow_run: z.looseObject({ workflow_run: workflowRun }),
};
const environment = z.looseObject({
  GITHUB_REPOSITORY: z.string().check(z.regex(/^[^/\s]+\/[^/\s]+$/, 'not owner/name')),
  GITHUB_SHA: sha,
  GITHUB_RUN_ID: z.coerce.number().check(z.int(), z.positive()),
  GITHUB_RUN_ATTEMPT: z._default(z.coerce.number().check(z.int(), z.positive()), 1),
});

/** A checked-out commit other than the test merge commit tells a checkout of the head from the default one. */
export interface EventInput {
  env: Record<string, string | undefined>;
  /** Parsed text of GITHUB_EVENT_PATH. */
  payload: unknown;
  checkedOutSha?: string;
}

/** Reads the facts of a workflow event. @throws ToolError `event-invalid` that names what is missing. */
export function readEvent({ env, payload, checkedOutSha }: EventInput): GitHubEvent {
  const name = env.GITHUB_EVENT_NAME;
  if (!name) throw invalidEvent([{ message: 'GITHUB_EVENT_NAME is not set' }]);
  const facts = parsePart(environment, env, '');
  const body = parsePart(z.looseObject({ repository: z.optional(repository) }), payload, 'event');
  const [owner = '', repo = ''] = facts.GITHUB_REPOSITORY.split('/');
  const defaultBranch = body.repository?.default_branch ?? (name === 'schedule' ? branchOf(env) : undefined) ?? 'main';
  const isDependabot = env.GITHUB_ACTOR === 'dependabot[bot]';
  const special = readKind({ name, payload, sha: facts.GITHUB_SHA, repository: facts.GITHUB_REPOSITORY, env, defaultBranch, checkedOutSha });
  const workflowPath = /^[^/]+\/[^/]+\/([^@]+)@/.exec(env.GITHUB_WORKFLOW_REF ?? '')?.[1];
  return {
    name,
    owner,
    repo,
    sha: facts.GITHUB_SHA,
    isDependabot,
    defaultBranch,
    mayBecomeBaseline: baselineEvents.has(name) && !isDependabot,
    runId: facts.GITHUB_RUN_ID,
    runAttempt: facts.GITHUB_RUN_ATTEMPT,
    apiUrl: env.GITHUB_API_URL || 'https://api.github.com',
    serverUrl: env.GITHUB_SERVER_URL || 'https://github.com',
    ...(body.repository?.id === undefined ? {} : { repositoryId: body.repository.id }),
    ...(env.GITHUB_REF ? { ref: env.GITHUB_REF } : {}),
    ...(workflowPath === undefined ? {} : { workflowPath }),
    ...special,
  };
}

/** Events whose runs may serve as a baseline: their code is already on a branch of this repository. */
export const baselineEvents: ReadonlySet<string> = new Set(['push', 'schedule', 'workflow_dispatch', 'merge_group']);

/**
 * Refuses events that bring secrets together with code or text of a stranger. `what`: what is refused, for the message.
 * @throws ToolError `event-refused`
 */
export function assertMayRun(name: string, what = 'mode "run"'): void {
  const why = refusedEvents[name];
  if (why === undefined) return;
  throw new ToolError({
    code: 'event-refused',
    message: `${what} does not work on ${name}: ${why}`,
    remedy: 'run on `pull_request` (read-only for forks) and post its report with `mode: publish` on `workflow_run`; see docs/github.md',
  });
}

const refusedEvents: Record<string, string> = {
  pull_request_target: 'it has the secrets of the repository, and the config and code of a pull request could send them anywhere',
  workflow_run: 'it has the secrets of the repository and must not execute what a pull request made',
  issue_comment: 'anyone who can comment could start it with the secrets of the repository',
  issues: 'anyone who can open an issue could start it with the secrets of the repository',
  discussion: 'anyone who can open a discussion could start it with the secrets of the repository',
  discussion_comment: 'anyone who can comment could start it with the secrets of the repository',
  fork: 'anyone who can fork could start it with the secrets of the repository',
  gollum: 'anyone who can edit the wiki could start it with the secrets of the repository',
  watch: 'anyone could start it with the secrets of the repository',
};

interface KindInput {
  name: string;
  payload: unknown;
  sha: string;
  repository: string;
  env: Record<string, string | undefined>;
  defaultBranch: string;
  checkedOutSha: string | undefined;
}

type KindFacts = Pick<GitHubEvent, 'kind' | 'headSha' | 'baselineTarget' | 'pullRequest' | 'triggeringRun'>;

function readKind(input: KindInput): KindFacts {
  switch (input.name) {
    case 'pull_request':
    case 'pull_request_target':
      return readPullRequest(input.name, input);
    case 'pull_request_review':
    case 'pull_request_review_comment':
      // As on the pull request itself: its test merge commit, and for a fork no secrets and a token that may only read.
      return readPullRequest('pull_request', input);
    case 'merge_group': {
      const group = parsePart(payloads.merge_group, input.payload, 'event').merge_group;
      const branch = group.base_ref.replace(/^refs\/heads\//, '');
      return {
        kind: 'merge_group',
        headSha: group.head_sha,
        baselineTarget: { kind: 'commit', sha: group.base_sha, branch, fallback: group.head_sha },
      };
    }
    case 'push':
      return readPush(input);
    case 'schedule':
      return { kind: 'schedule', headSha: input.sha, baselineTarget: { kind: 'latest', branch: branchOf(input.env) ?? input.defaultBranch } };
    case 'workflow_run':
      return readWorkflowRun(input);
    default: {
      const kind = input.name === 'workflow_dispatch' ? 'workflow_dispatch' : 'other';
      return { kind, headSha: input.sha, baselineTarget: { kind: 'before', sha: input.sha, branch: branchOf(input.env) ?? input.defaultBranch } };
    }
  }
}

function readPullRequest(name: 'pull_request' | 'pull_request_target', input: KindInput): KindFacts {
  const { action, before, pull_request } = parsePart(payloads[name], input.payload, 'event');
  const { number, head, base, comments } = pull_request;
  const isFork = head.repo?.full_name.toLowerCase() !== input.repository.toLowerCase();
  const common = { fallback: base.sha, branch: base.ref };
  const isHeadCheckedOut = name === 'pull_request_target' || input.checkedOutSha === head.sha;
  const baselineTarget: BaselineTarget = isHeadCheckedOut
    ? { kind: 'merge-base', base: base.ref, head: head.sha, ...common }
    : { kind: 'first-parent', of: input.sha, ...common };
  const isFirstAttempt = (input.env.GITHUB_RUN_ATTEMPT || '1') === '1';
  const isPush = action === 'synchronize' && isFirstAttempt && sha.safeParse(before).success;
  const pullRequest: PullRequestFacts = {
    number,
    headSha: head.sha,
    headRef: head.ref ?? input.env.GITHUB_HEAD_REF ?? '',
    baseRef: base.ref,
    isFork,
    hadNoComments: comments === 0 && isFirstAttempt,
    ...(isPush && before !== undefined ? { previousSha: before } : {}),
  };
  return { kind: name, headSha: head.sha, baselineTarget, pullRequest };
}

function readPush(input: KindInput): KindFacts {
  const { before, after, forced } = parsePart(payloads.push, input.payload, 'event');
  // Of an annotated tag, `after` is the tag and not its commit; what a moved tag named before is on no line of commits.
  const isTag = /^refs\/tags\//.test(input.env.GITHUB_REF ?? '');
  const headSha = !isTag && after && sha.safeParse(after).success && !isZero(after) ? after : input.sha;
  const branch = branchOf(input.env) ?? input.defaultBranch;
  if (isTag || before === undefined || !sha.safeParse(before).success || isZero(before)) {
    return { kind: 'push', headSha, baselineTarget: { kind: 'before', sha: headSha, branch } };
  }
  const isForced = forced === true ? { isForced: true } : {};
  return { kind: 'push', headSha, baselineTarget: { kind: 'commit', sha: before, branch, fallback: headSha, ...isForced } };
}

function readWorkflowRun(input: KindInput): KindFacts {
  const run = parsePart(payloads.workflow_run, input.payload, 'event').workflow_run;
  const triggeringRun: TriggeringRun = {
    id: run.id,
    attempt: run.run_attempt ?? 1,
    headSha: run.head_sha,
    headBranch: run.head_branch ?? '',
    event: run.event,
    ...(run.head_repository ? { headRepository: run.head_repository.full_name } : {}),
    ...(run.conclusion ? { conclusion: run.conclusion } : {}),
  };
  return { kind: 'workflow_run', headSha: run.head_sha, baselineTarget: { kind: 'latest', branch: input.defaultBranch }, triggeringRun };
}

function branchOf(env: Record<string, string | undefined>): string | undefined {
  return /^refs\/heads\/(.+)$/.exec(env.GITHUB_REF ?? '')?.[1];
}

function isZero(value: string): boolean {
  return /^0+$/.test(value);
}

function parsePart<T>(schema: z.ZodMiniType<T>, value: unknown, where: string): T {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw invalidEvent(
    parsed.error.issues.map((issue) => ({ field: [where, ...issue.path].filter((part) => part !== '').join('.'), message: issue.message })),
  );
}

function invalidEvent(problems: { field?: string; message: string }[]): ToolError {
  const [first] = problems;
  return new ToolError({
    code: 'event-invalid',
    message: `the workflow event cannot be read: ${first?.field ? `${first.field}: ` : ''}${first?.message ?? 'empty'}`,
    remedy: 'run inside a GitHub workflow, or use the command line outside of one',
    problems,
  });
}
