import { join } from 'node:path';
import { ExitCode, messageOf, ToolError } from '../errors.ts';
import type { FoundBaseline } from '../pipeline/ports.ts';
import type { BaselineInfo, BaselineKind } from '../records/assessment.ts';
import { maxPooledRuns } from '../records/policy.ts';
import type { RunIndex } from '../records/run-index.ts';
import { type BaselineLine, readBaselineLine } from './baseline-line.ts';
import type { GitHubClient } from './client.ts';
import { baselineEvents, type GitHubEvent } from './event.ts';
import { PublishError } from './publish-error.ts';
import { listArtifacts, listRunArtifacts, openArtifact, readRun, type StoredArtifact, type StoredRun } from './stored-runs.ts';

export interface BaselineSearch {
  client: GitHubClient;
  event: GitHubEvent;
  /** What the config asks for. */
  wanted: { kind: 'auto' } | { kind: 'run'; runId: number } | { kind: 'sha'; sha: string };
  suite: string;
  artifactName: string;
  /** Private folder for the downloaded run logs; must exist. */
  tmpDir: string;
  /** Reads a run log whole. @throws for one that is damaged or of a newer version. */
  readRunIndex: (path: string) => Promise<RunIndex>;
  /** Milliseconds since 1970. */
  now?: () => number;
  /** A listing that is empty is asked for once more after so long, because it may lag. */
  retryEmptyAfterMs?: number;
}

/** Runs that are looked at before giving up. */
const maxTries = 25;

interface Candidate {
  artifact: StoredArtifact;
  kind: BaselineKind;
  distance?: number;
}

interface Accepted extends Candidate {
  run: StoredRun;
  path: string;
}

/**
 * Finds baseline runs by REST alone: named run or commit, else the target commit, its nearest first-parent ancestor,
 * the tip of the base branch, the tip of the default branch. Says in words why there is none.
 * @throws ToolError when a run or commit that was named has none, or when all that is left is damaged.
 */
export async function findGitHubBaseline(search: BaselineSearch): Promise<FoundBaseline> {
  const notes: string[] = [];
  try {
    if (search.wanted.kind !== 'auto') return await findNamed(search, search.wanted, notes);
    return await findAutomatically(search, notes);
  } catch (error) {
    if (!(error instanceof PublishError) || search.wanted.kind !== 'auto') throw error;
    const found = none(`GitHub could not be asked: ${error.message}; ${error.remedy}`, notes);
    return { ...found, info: { ...found.info, isUnreadable: true } };
  }
}

async function findAutomatically(search: BaselineSearch, notes: string[]): Promise<FoundBaseline> {
  const { client, event, artifactName } = search;
  const listed = await listTwice(search, () => listArtifacts(client, artifactName));
  const others = listed.filter(({ workflow_run }) => workflow_run?.id !== event.runId);
  const own = others.filter(isOfThisRepository);
  if (others.length > own.length) notes.push(`${count(others.length - own.length, 'artifact')} of forks left out`);
  const alive = newestByRun(own.filter(({ expired }) => !expired));
  if (alive.length === 0) return none(whyNothing(artifactName, own.length, others.length), notes);
  const line = await readBaselineLine(client, event.baselineTarget);
  notes.push(...line.notes);
  let damaged: unknown;
  let tries = 0;
  for (const phase of phases(alive, line, event)) {
    const accepted: Accepted[] = [];
    for (const candidate of phase) {
      if (accepted.length >= maxPooledRuns || ++tries > maxTries) break;
      const outcome = await tryCandidate(search, candidate, true);
      if (outcome.accepted) accepted.push(outcome.accepted);
      else notes.push(outcome.why);
      damaged ??= outcome.damaged;
    }
    if (accepted.length > 0) return describe(search, accepted, notes);
  }
  if (damaged) throw damaged;
  return none(
    `${count(alive.length, 'stored run')} of "${artifactName}", none of them usable: ${notes.at(-1) ?? 'none on the base or default branch'}`,
    notes,
  );
}

async function findNamed(
  search: BaselineSearch,
  wanted: { kind: 'run'; runId: number } | { kind: 'sha'; sha: string },
  notes: string[],
): Promise<FoundBaseline> {
  const { client, artifactName } = search;
  const named = wanted.kind === 'run' ? `run ${wanted.runId}` : `commit ${wanted.sha}`;
  const listed = wanted.kind === 'run' ? await listRunArtifacts(client, wanted.runId, artifactName) : await listArtifacts(client, artifactName);
  const matching = listed.filter(
    (artifact) => wanted.kind === 'run' || (artifact.workflow_run?.head_sha?.startsWith(wanted.sha.toLowerCase()) ?? false),
  );
  const alive = newestByRun(matching.filter(({ expired }) => !expired));
  const accepted: Accepted[] = [];
  for (const artifact of alive.slice(0, wanted.kind === 'run' ? 1 : maxPooledRuns)) {
    const outcome = isOfThisRepository(artifact)
      ? await tryCandidate(search, { artifact, kind: 'exact' }, false)
      : { why: `artifact ${artifact.id} was made by a fork` };
    if (outcome.accepted) accepted.push(outcome.accepted);
    else notes.push(outcome.why);
  }
  if (accepted.length > 0) return describe(search, accepted, notes);
  const why = matching.length === 0 ? `there is no artifact "${artifactName}"` : alive.length === 0 ? 'its artifact has expired' : notes.join('; ');
  throw new ToolError({
    code: 'baseline-not-found',
    message: `the baseline of ${named} cannot be used: ${why}`,
    remedy: 'name another run or commit, or use `baseline: auto`',
    exitCode: ExitCode.incomplete,
  });
}

/** Groups of candidates; the first group with a usable run is the baseline, and only its runs are pooled. */
function phases(artifacts: readonly StoredArtifact[], line: BaselineLine, event: GitHubEvent): Candidate[][] {
  const along = line.commits.flatMap(({ sha, distance }) =>
    artifacts
      .filter(({ workflow_run }) => workflow_run?.head_sha === sha)
      .map((artifact): Candidate => ({ artifact, distance, kind: distance === 0 ? 'exact' : 'ancestor' })),
  );
  const tip = (branch: string, kind: BaselineKind): Candidate[] =>
    artifacts
      .filter(({ workflow_run }) => workflow_run?.head_branch === branch)
      .map((artifact) => ({
        artifact,
        kind: event.baselineTarget.kind === 'latest' && artifact.workflow_run?.head_sha === event.sha ? 'exact' : kind,
      }));
  const base = tip(line.branch, line.branch === event.defaultBranch ? 'default-tip' : 'base-tip');
  const fallback = line.branch === event.defaultBranch ? [] : tip(event.defaultBranch, 'default-tip');
  return [along, base, fallback];
}

async function tryCandidate(
  search: BaselineSearch,
  candidate: Candidate,
  isSearched: boolean,
): Promise<{ accepted: Accepted; why?: undefined; damaged?: undefined } | { accepted?: undefined; why: string; damaged?: unknown }> {
  const { client, event, suite } = search;
  const { artifact } = candidate;
  const runId = artifact.workflow_run?.id ?? 0;
  const label = `run ${runId}`;
  try {
    const run = await readRun(client, runId);
    const distrust = whyNotTrusted(run, event, isSearched);
    if (distrust) return { why: `${label} was left out: ${distrust}` };
    const path = join(search.tmpDir, `baseline-${artifact.id}.jsonl`);
    const { files } = await openArtifact(client, artifact, { files: { 'run.jsonl': path } });
    if (!files.has('run.jsonl')) return { why: `${label} was left out: it has no run.jsonl` };
    const index = await search.readRunIndex(path);
    if (!index.header || index.header.suite !== suite) return { why: `${label} was left out: it is of another suite` };
    if (!index.end) return { why: `${label} was left out: it did not finish` };
    return { accepted: { ...candidate, run, path } };
  } catch (error) {
    if (error instanceof PublishError && [401, 403].includes(error.status ?? 0)) throw error;
    const isDamaged = error instanceof ToolError && error.code === 'artifact-digest';
    return { why: `${label} was left out: ${messageOf(error)}`, ...(isDamaged ? { damaged: error } : {}) };
  }
}

/** A run is trusted when its code was on a branch of this repository and it is of the workflow that now asks. */
function whyNotTrusted(run: StoredRun, event: GitHubEvent, isSearched: boolean): string | undefined {
  if (!run.repository || run.head_repository?.id !== run.repository.id) return 'it ran code of a fork';
  if (!isSearched) return undefined;
  if (!baselineEvents.has(run.event)) return `a run on ${run.event} is never a baseline`;
  const path = run.path?.split('@')[0];
  if (event.workflowPath !== undefined && path !== undefined && path !== event.workflowPath) {
    return `it is of another workflow file (${path}, not ${event.workflowPath})`;
  }
  return undefined;
}

function isOfThisRepository({ workflow_run: run }: StoredArtifact): boolean {
  return typeof run?.repository_id === 'number' && run.head_repository_id === run.repository_id;
}

/** A re-run may leave several artifacts of one name: the newest id stands. */
function newestByRun(artifacts: readonly StoredArtifact[]): StoredArtifact[] {
  const seen = new Set<number>();
  return artifacts.filter(({ workflow_run: run }) => {
    if (!run || seen.has(run.id)) return false;
    seen.add(run.id);
    return true;
  });
}

function describe({ event, now = Date.now }: BaselineSearch, accepted: readonly Accepted[], notes: string[]): FoundBaseline {
  const [first] = accepted;
  if (!first) return none('no usable run', notes);
  const { run, artifact, kind, distance } = first;
  const startedAt = Date.parse(run.run_started_at ?? run.created_at ?? '');
  const expiresIn = Date.parse(artifact.expires_at ?? '') - now();
  const expiryDays = Math.ceil(expiresIn / 86_400_000);
  if (expiryDays <= 7) notes.push(`this baseline expires in ${count(expiryDays, 'day')}; a run of the base branch renews it`);
  if (event.kind === 'schedule' && run.head_sha === event.sha) notes.push('same commit: a change is drift of the endpoint, the model or the data');
  const info: BaselineInfo = {
    kind,
    reason: reasons[kind],
    sha: run.head_sha,
    runs: accepted.length,
    url: run.html_url ?? `${event.serverUrl}/${event.owner}/${event.repo}/actions/runs/${run.id}`,
    ...(run.head_branch ? { ref: run.head_branch } : {}),
    ...(distance === undefined ? {} : { distance }),
    ...(Number.isFinite(startedAt) ? { ageHours: Math.max(0, (now() - startedAt) / 3_600_000) } : {}),
    ...(notes.length > 0 ? { notes } : {}),
  };
  return { info, runLogs: accepted.map(({ path }) => path) };
}

const reasons: Record<BaselineKind, string> = {
  path: 'named files',
  agent: 'a second agent',
  exact: 'a run of exactly the commit to compare with',
  ancestor: 'the nearest ancestor with a run',
  'base-tip': 'the newest run of the base branch: no ancestor has one',
  'default-tip': 'the newest run of the default branch',
  none: 'none',
};

function none(reason: string, notes: string[]): FoundBaseline {
  return { info: { kind: 'none', reason, runs: 0, ...(notes.length > 0 ? { notes } : {}) }, runLogs: [] };
}

function whyNothing(name: string, own: number, others: number): string {
  if (own > 0) return `${count(own, 'stored run')} of "${name}" found, all expired; run the workflow on the base branch, and raise retention-days`;
  if (others > 0) return `the only artifacts "${name}" were made by forks`;
  return `first run: no earlier run has stored "${name}"; the next run of the base branch becomes the baseline`;
}

async function listTwice({ retryEmptyAfterMs = 1000 }: BaselineSearch, list: () => Promise<StoredArtifact[]>): Promise<StoredArtifact[]> {
  const first = await list();
  if (first.length > 0) return first;
  await new Promise((resolve) => setTimeout(resolve, retryEmptyAfterMs));
  return list();
}

function count(n: number, noun: string): string {
  return `${n} ${noun}${n === 1 ? '' : 's'}`;
}
