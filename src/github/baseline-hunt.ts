import { maxPooledRuns } from '../records/policy.ts';
import type { BaselineLine } from './baseline-line.ts';
import { type Accepted, type Candidate, type Rejected, type Trial, tryCandidate } from './baseline-trial.ts';
import type { GitHubClient } from './client.ts';
import { createRunFacts, type RunFacts } from './run-facts.ts';
import { type ArtifactList, createArtifactList, type StoredArtifact } from './stored-runs.ts';

/** What one search knows so far: the artifacts and runs that were listed, and what became of the candidates. */
export interface Hunt {
  trial: Trial;
  artifacts: ArtifactList;
  facts: RunFacts;
  /** In words: what was left out and what stands in for what. */
  notes: string[];
  rejected: Rejected[];
  /** Ids of the artifacts that were downloaded or refused: none is looked at twice, nor counted twice. */
  tried: Set<number>;
  /** Candidates that a list of the workflow's runs does not have; a last resort. */
  elsewhere: Candidate[];
  /** Requests so far. */
  calls: () => number;
}

/** Runs that are downloaded before giving up. */
const maxTries = 25;
/** A search that has found something asks no more than so many requests in all: a pull-request run may make a dozen. */
const enoughCalls = 8;

/** A search that has asked nothing yet; all its requests are counted. */
export function createHunt(options: Trial & { artifactName: string }): Hunt {
  let calls = 0;
  const counted =
    <Args extends unknown[], Reply>(send: (...args: Args) => Promise<Reply>) =>
    (...args: Args): Promise<Reply> => {
      calls += 1;
      return send(...args);
    };
  const { client: asked } = options;
  const client: GitHubClient = { ...asked, get: counted(asked.get), list: counted(asked.list), download: counted(asked.download) };
  return {
    trial: { ...options, client },
    artifacts: createArtifactList(client, options.artifactName),
    facts: createRunFacts(client, options.event),
    ...{ notes: [], rejected: [], elsewhere: [], tried: new Set<number>() },
    calls: () => calls,
  };
}

/** Artifacts of other runs of this repository, newest first; a re-run may leave several of one run, of which the newest stands. */
export function ownArtifacts({ artifacts, trial: { event } }: Hunt): { own: StoredArtifact[]; foreign: number } {
  const others = artifacts.known.filter(({ workflow_run }) => workflow_run?.id !== event.runId);
  const own = others.filter(isOfThisRepository);
  return { own, foreign: others.length - own.length };
}

/** Those of `ownArtifacts` that have not expired. */
export function aliveArtifacts(hunt: Hunt): StoredArtifact[] {
  return newestByRun(ownArtifacts(hunt).own.filter(({ expired }) => !expired));
}

/** The run's code lay in this repository; forks name their branches as they like. */
export function isOfThisRepository({ workflow_run: run }: StoredArtifact): boolean {
  return typeof run?.repository_id === 'number' && run.head_repository_id === run.repository_id;
}

/** A re-run may leave several artifacts of one name: the newest id stands. */
export function newestByRun(artifacts: readonly StoredArtifact[]): StoredArtifact[] {
  const seen = new Set<number>();
  return artifacts.filter(({ workflow_run: run }) => {
    if (!run || seen.has(run.id)) return false;
    seen.add(run.id);
    return true;
  });
}

/** Of the base branch, of the default branch, or of the merge queue: not of a pull request's branch. */
export function isOfMainLine({ trial: { event } }: Hunt, { workflow_run: run }: StoredArtifact): boolean {
  const branch = run?.head_branch ?? '';
  return branch === event.baselineTarget.branch || branch === event.defaultBranch || branch.startsWith('gh-readonly-queue/');
}

/** The nearest usable runs along a line of commits; further pages are read until there is one, and a little further for more to pool. */
export async function takeAlong(
  hunt: Hunt,
  line: BaselineLine,
  placeOf: (commit: { sha: string; distance: number }, artifact: StoredArtifact) => Omit<Candidate, 'artifact'>,
): Promise<Accepted[]> {
  if (line.commits.length === 0 && !line.hasMore) return [];
  const seen = new Set<number>();
  const accepted: Accepted[] = [];
  for (;;) {
    const alive = aliveArtifacts(hunt).filter(({ id }) => !seen.has(id));
    const fresh = line.commits.flatMap((commit) =>
      alive
        .filter(({ workflow_run: run }) => run?.head_sha === commit.sha)
        .map((artifact): Candidate => ({ artifact, ...placeOf(commit, artifact) })),
    );
    for (const { artifact } of fresh) seen.add(artifact.id);
    accepted.push(...(await take(hunt, fresh, roomFor(hunt, accepted.length))));
    const isEnough = accepted.length > 0 && (roomFor(hunt, accepted.length) === 0 || hunt.calls() + 1 >= enoughCalls);
    if (isEnough) break;
    if (hunt.artifacts.hasMore) await hunt.artifacts.readMore();
    else if (line.hasMore && alive.some((artifact) => !seen.has(artifact.id) && (accepted.length === 0 || isOfMainLine(hunt, artifact))))
      await line.readMore();
    else break;
  }
  return accepted.sort((a, b) => (a.distance ?? 0) - (b.distance ?? 0) || b.artifact.id - a.artifact.id);
}

/** How many more may be downloaded: five in all, and fewer when much was asked before; one always. */
export function roomFor(hunt: Hunt, taken: number): number {
  const left = Math.min(maxPooledRuns - taken, enoughCalls - hunt.calls() - (hunt.facts.isListed ? 0 : 1));
  return Math.max(left, taken === 0 ? 1 : 0);
}

/** The first `room` candidates that serve, in their order. `isForced`: asks for the facts of a run that no list has. */
export async function take(hunt: Hunt, candidates: readonly Candidate[], room: number, isForced = false): Promise<Accepted[]> {
  const { facts, trial } = hunt;
  const queue = candidates.filter(({ artifact }) => !hunt.tried.has(artifact.id));
  const accepted: Accepted[] = [];
  while (queue.length > 0 && accepted.length < room) {
    const batch = queue.slice(0, room - accepted.length);
    if (!isForced) await facts.learn(batch);
    const here = queue.splice(0, batch.length).filter((candidate) => isForced || !facts.isElsewhere(candidate));
    hunt.elsewhere.push(...batch.filter((candidate) => !here.includes(candidate)));
    const left = maxTries - hunt.rejected.length - accepted.length;
    if (left <= 0) break;
    for (const { artifact } of here.slice(0, left)) hunt.tried.add(artifact.id);
    const outcomes = await Promise.all(here.slice(0, left).map((candidate) => tryCandidate(trial, candidate, facts.read, true)));
    for (const outcome of outcomes) {
      if (outcome.accepted) accepted.push(outcome.accepted);
      else hunt.rejected.push(outcome.rejected);
    }
  }
  return accepted;
}
