import { ExitCode, ToolError } from '../errors.ts';
import type { FoundBaseline } from '../pipeline/ports.ts';
import type { BaselineKind } from '../records/assessment.ts';
import { maxPooledRuns } from '../records/policy.ts';
import { aliveArtifacts, createHunt, type Hunt, isOfThisRepository, newestByRun, roomFor, take, takeAlong } from './baseline-hunt.ts';
import { type BaselineLine, compareCommits, openBaselineLine, openLineFrom } from './baseline-line.ts';
import { type Accepted, type Candidate, type Trial, tryCandidate } from './baseline-trial.ts';
import { describeFound, noBaseline, nothingFound } from './baseline-words.ts';
import { backfillHistory } from './history-backfill.ts';
import { PublishError } from './publish-error.ts';
import { findLastRelease } from './release.ts';
import { listRunArtifacts, type StoredArtifact } from './stored-runs.ts';

export interface BaselineSearch extends Trial {
  /** What the config asks for. */
  wanted: { kind: 'auto' } | { kind: 'release' } | NamedBaseline;
  artifactName: string;
  /** A listing that is empty is asked for once more after so long, because it may lag. */
  retryEmptyAfterMs?: number;
}

type NamedBaseline = { kind: 'run'; runId: number } | { kind: 'sha'; sha: string };

/**
 * Finds baseline runs by REST alone: a named run or commit, the last release, else the target commit, its nearest first-parent
 * ancestor, the tip of the base branch, the tip of the default branch; for a nightly run, the nightly runs before it. Says in words
 * why there is none. @throws ToolError when a run or commit that was named has none, or when all that is left is damaged.
 */
export async function findGitHubBaseline(search: BaselineSearch): Promise<FoundBaseline> {
  const { wanted } = search;
  const hunt = createHunt(search);
  if (wanted.kind === 'run' || wanted.kind === 'sha') return findNamed(search, hunt, wanted);
  try {
    const found = wanted.kind === 'release' ? await findOfRelease(search, hunt) : await findByEvent(search, hunt);
    return found.runLogs.length > 0 && found.history?.length === 0 ? { ...found, history: await backfillHistory(hunt) } : found;
  } catch (error) {
    if (!(error instanceof PublishError)) throw error;
    const absence = [401, 403].includes(error.status ?? 0) && error.code !== 'github-rate-limited' ? 'no-permission' : 'unreachable';
    return noBaseline(`GitHub could not be asked: ${error.message}; ${error.remedy}`, absence, hunt.notes);
  }
}

async function findByEvent(search: BaselineSearch, hunt: Hunt): Promise<FoundBaseline> {
  const { event } = search;
  const { branch } = event.baselineTarget;
  await openArtifacts(search, hunt);
  if (aliveArtifacts(hunt).length === 0) return nothingFound(hunt, undefined);
  const line = await openBaselineLine(hunt.trial.client, event.baselineTarget);
  hunt.notes.push(...line.notes);
  const isStacked = event.pullRequest !== undefined && branch !== event.defaultBranch;
  const phases: (() => Promise<Accepted[]>)[] = [
    () =>
      takeAlong(hunt, line, (commit, artifact) => ({
        ...placeOf(commit),
        ...(isStacked && !isOfBase(artifact, branch) ? { isOtherBranch: true } : {}),
      })),
    () => takeTip(hunt, branch),
    ...(isStacked ? [() => takeFromMergeBase(hunt, line)] : []),
    ...(branch === event.defaultBranch ? [] : [() => takeTip(hunt, event.defaultBranch)]),
    () => take(hunt, hunt.elsewhere.splice(0, maxPooledRuns), 1, true),
  ];
  for (const phase of phases) {
    const [first, ...more] = await phase();
    if (first) return describeFound(hunt, [first, ...more], { now: nowOf(search), ahead: await aheadOf(hunt, first, line) });
  }
  const damaged = hunt.rejected.find((rejection) => rejection.damaged)?.damaged;
  if (damaged) throw damaged;
  return nothingFound(hunt, line.isCut ? { commits: line.commits.length } : undefined);
}

/** The run stored for the commit of the last release, or for its nearest ancestor with one. */
async function findOfRelease(search: BaselineSearch, hunt: Hunt): Promise<FoundBaseline> {
  const release = await findLastRelease(hunt.trial.client, search.event);
  if (!release) return noBaseline('there is no release and no version tag yet to compare with (baseline: release)', 'no-release');
  const tag = release.tag.replace(/[^\w.+/-]/gu, '?').slice(0, 100);
  await openArtifacts(search, hunt);
  const line = await openLineFrom(hunt.trial.client, release.sha);
  hunt.notes.push(...line.notes);
  const [first, ...more] = await takeAlong(hunt, line, placeOf);
  if (first) return describeFound(hunt, [first, ...more], { now: nowOf(search), release: tag });
  if (hunt.rejected.length > 0) return nothingFound(hunt, line.isCut ? { commits: line.commits.length } : undefined);
  const remedy = 'run the workflow on release tags too, and raise retention-days, so that the run of a release lasts until the next one';
  return noBaseline(`neither release ${tag} nor an ancestor of it has a stored run any more; ${remedy}`, 'expired', hunt.notes);
}

async function findNamed(search: BaselineSearch, hunt: Hunt, wanted: NamedBaseline): Promise<FoundBaseline> {
  const { artifactName } = search;
  const { client } = hunt.trial;
  const named = wanted.kind === 'run' ? `run ${wanted.runId}` : `commit ${wanted.sha}`;
  const matching = wanted.kind === 'run' ? await listRunArtifacts(client, wanted.runId, artifactName) : await listOfCommit(hunt, wanted.sha);
  const alive = newestByRun(matching.filter(({ expired }) => !expired)).slice(0, wanted.kind === 'run' ? 1 : maxPooledRuns);
  const candidates = alive.filter(isOfThisRepository).map((artifact): Candidate => ({ artifact, kind: 'exact' }));
  const forks = alive.filter((artifact) => !isOfThisRepository(artifact)).map(({ id }) => `artifact ${id} was made by a fork`);
  hunt.notes.push(...forks);
  await hunt.facts.learn(candidates);
  const outcomes = await Promise.all(candidates.map((candidate) => tryCandidate(hunt.trial, candidate, hunt.facts.read, false)));
  for (const { rejected } of outcomes) if (rejected) hunt.rejected.push(rejected);
  const [first, ...more] = outcomes.flatMap(({ accepted }) => accepted ?? []);
  if (first) return { ...describeFound(hunt, [first, ...more], { now: nowOf(search) }), isNamed: true };
  const cut = hunt.artifacts.isCut ? ` among the newest ${hunt.artifacts.known.length}` : '';
  const unusable = [...forks, ...hunt.rejected.map(({ why }) => why)].join('; ');
  const why = matching.length === 0 ? `there is no artifact "${artifactName}"${cut}` : alive.length === 0 ? 'its artifact has expired' : unusable;
  throw new ToolError({
    code: 'baseline-not-found',
    message: `the baseline of ${named} cannot be used: ${why}`,
    remedy: 'name another run or commit, or use `baseline: auto`',
    exitCode: ExitCode.incomplete,
  });
}

/** The artifacts of a commit; pages are read until one has some. */
async function listOfCommit({ artifacts }: Hunt, sha: string): Promise<StoredArtifact[]> {
  const ofCommit = () => artifacts.known.filter(({ workflow_run: run }) => run?.head_sha?.startsWith(sha.toLowerCase()));
  do await artifacts.readMore();
  while (ofCommit().length === 0 && artifacts.hasMore);
  return ofCommit();
}

/** Reads on until something is there that could serve; a listing that is empty may lag and is asked for once more. */
async function openArtifacts({ retryEmptyAfterMs = 1000 }: BaselineSearch, hunt: Hunt): Promise<void> {
  await hunt.artifacts.readMore();
  if (hunt.artifacts.known.length === 0) {
    await new Promise((resolve) => setTimeout(resolve, retryEmptyAfterMs));
    await hunt.artifacts.readMore();
  }
  while (aliveArtifacts(hunt).length === 0 && hunt.artifacts.hasMore) await hunt.artifacts.readMore();
}

/** The newest runs of a branch; for a nightly run, earlier nightly runs before any other. */
async function takeTip(hunt: Hunt, branch: string): Promise<Accepted[]> {
  const { event } = hunt.trial;
  const { kind: target, branch: base } = event.baselineTarget;
  const ofBranch = () => aliveArtifacts(hunt).filter(({ workflow_run }) => workflow_run?.head_branch === branch);
  while (ofBranch().length === 0 && hunt.artifacts.hasMore) await hunt.artifacts.readMore();
  const isOther = event.pullRequest !== undefined && branch !== base;
  const candidates = ofBranch().map((artifact): Candidate => {
    const isExact = target === 'latest' && artifact.workflow_run?.head_sha === event.sha;
    const kind = isExact ? 'exact' : branch === event.defaultBranch ? 'default-tip' : 'base-tip';
    return { artifact, kind, ...(isExact ? { distance: 0 } : {}), ...(isOther ? { isOtherBranch: true } : {}) };
  });
  if (event.kind !== 'schedule' || candidates.length === 0) return take(hunt, candidates, roomFor(hunt, 0));
  await hunt.facts.learnEvent(branch, 'schedule');
  const isNightly = ({ artifact }: Candidate) => hunt.facts.known(artifact.workflow_run?.id ?? 0)?.event === 'schedule';
  const nightly = await take(hunt, candidates.filter(isNightly), roomFor(hunt, 0));
  if (nightly.length > 0) return nightly;
  return take(
    hunt,
    candidates.filter((candidate) => !isNightly(candidate)),
    roomFor(hunt, 0),
  );
}

function placeOf({ distance }: { distance: number }): { kind: BaselineKind; distance: number } {
  return { kind: distance === 0 ? 'exact' : 'ancestor', distance };
}

/** Of a branch, or of the merge queue for it. */
function isOfBase({ workflow_run: run }: StoredArtifact, branch: string): boolean {
  return run?.head_branch === branch || (run?.head_branch?.startsWith(`gh-readonly-queue/${branch}/`) ?? false);
}

/** A stacked pull request without a run of its base: where that base left the default branch. */
async function takeFromMergeBase(hunt: Hunt, base: BaselineLine): Promise<Accepted[]> {
  const { client, event } = hunt.trial;
  const { mergeBase } = await compareCommits(client, event.defaultBranch, base.commits[0]?.sha ?? event.headSha);
  if (mergeBase === undefined || base.commits.some(({ sha }) => sha === mergeBase)) return [];
  const line = await openLineFrom(client, mergeBase);
  return takeAlong(hunt, line, () => ({ kind: 'ancestor', isOtherBranch: true }));
}

/** How far the newest run of a branch lies behind; one request, where the line of commits does not tell. */
async function aheadOf(hunt: Hunt, { distance, run }: Accepted, line: BaselineLine): Promise<number | undefined> {
  if (distance !== undefined) return undefined;
  const { client, event } = hunt.trial;
  return (await compareCommits(client, run.head_sha, line.commits[0]?.sha ?? event.sha)).ahead;
}

function nowOf({ now = Date.now }: BaselineSearch): number {
  return now();
}
