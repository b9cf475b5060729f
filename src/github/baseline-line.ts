import * as z from '../records/schema.ts';
import type { GitHubClient } from './client.ts';
import type { BaselineTarget } from './event.ts';
import { PublishError } from './publish-error.ts';

/** The commits that may carry a baseline, nearest first: a first-parent line, read a page of a hundred commits at a time. */
export interface BaselineLine {
  /** The index is not the distance when the line starts behind its commit. */
  readonly commits: readonly { sha: string; distance: number }[];
  /** There are older ones that may be asked for. */
  readonly hasMore: boolean;
  /** There are older ones that are never asked for. */
  readonly isCut: boolean;
  /** What could not be looked up and what was used instead. */
  readonly notes: readonly string[];
  /** @throws PublishError */
  readMore(): Promise<void>;
}

const Commit = z.looseObject({ sha: z.string(), parents: z.array(z.looseObject({ sha: z.string() })) });
const Comparison = z.looseObject({ merge_base_commit: z.looseObject({ sha: z.string() }), ahead_by: z.int() });
const needs = 'contents: read';
const maxPages = 3;
const pageSize = 100;

/**
 * Finds the commit that a run is measured against, with its first-parent ancestors; most often with one request.
 * @throws PublishError for a refused token or when GitHub cannot be reached; a commit that cannot be read is a note.
 */
export async function openBaselineLine(client: GitHubClient, target: BaselineTarget): Promise<BaselineLine> {
  switch (target.kind) {
    case 'latest':
      return lineOf(noWalk, { skip: 0, notes: [] });
    case 'commit':
      return openCommitLine(client, target);
    case 'before':
      return lineOf(await startWalk(client, target.sha), { skip: 1, notes: [] });
    case 'first-parent': {
      const merge = await startWalk(client, target.of);
      if (merge.startParents > 1) return lineOf(merge, { skip: 1, notes: [], isCountedFromParent: true });
      return openFallback(client, target.fallback, merge);
    }
    case 'merge-base': {
      const { mergeBase } = await compareCommits(client, target.base, target.head);
      if (mergeBase !== undefined) return lineOf(await startWalk(client, mergeBase), { skip: 0, notes: [] });
      return openFallback(client, target.fallback, noWalk);
    }
  }
}

/** A commit and its first-parent ancestors. @throws PublishError as `openBaselineLine`. */
export async function openLineFrom(client: GitHubClient, sha: string): Promise<BaselineLine> {
  return lineOf(await startWalk(client, sha), { skip: 0, notes: [] });
}

/** Where two commits or branches part, and how many commits `head` has that `base` has not; empty when that cannot be read. @throws PublishError */
export async function compareCommits(client: GitHubClient, base: string, head: string): Promise<{ mergeBase?: string; ahead?: number }> {
  try {
    const range = `${encodeURIComponent(base)}...${encodeURIComponent(head)}`;
    const { merge_base_commit, ahead_by } = Comparison.parse(await client.get(`compare/${range}`, { per_page: 1 }, { needs }));
    return { mergeBase: merge_base_commit.sha, ahead: ahead_by };
  } catch (error) {
    if (isAbsent(error) || isForbidden(error)) return {};
    throw error;
  }
}

/** A push that replaced commits leaves their old tip behind; when GitHub has dropped it, the ancestors of the new tip serve. */
async function openCommitLine(client: GitHubClient, target: Extract<BaselineTarget, { kind: 'commit' }>): Promise<BaselineLine> {
  const { sha, fallback, isForced } = target;
  const walk = await startWalk(client, sha);
  if (walk.isReadable || walk.isForbidden || fallback === undefined) {
    const notes = isForced ? ['the branch was force-pushed: compared with the commit that was there before'] : [];
    return lineOf(walk, { skip: 0, notes });
  }
  const notes = [`commit ${sha.slice(0, 7)} cannot be read any more, after a force-push for example; the ancestors of this commit were searched`];
  return lineOf(await startWalk(client, fallback), { skip: 1, notes });
}

async function openFallback(client: GitHubClient, fallback: string, failed: Walk): Promise<BaselineLine> {
  const notes = failed.isForbidden ? [] : ['the base that was merged could not be looked up; the base commit of the pull request was used'];
  const walk = failed.isForbidden ? { ...failed, shas: [fallback] } : await startWalk(client, fallback);
  return lineOf(walk, { skip: 0, notes });
}

/** `skip`: commits at the start that are no candidates themselves. */
function lineOf(walk: Walk, options: { skip: number; notes: string[]; isCountedFromParent?: boolean }): BaselineLine {
  const { skip, isCountedFromParent } = options;
  const forbidden = walk.isForbidden ? ['the commits could not be read: add `contents: read` to the permissions of the job'] : [];
  return {
    get commits() {
      return walk.shas.slice(skip).map((sha, index) => ({ sha, distance: isCountedFromParent ? index : index + skip }));
    },
    get hasMore() {
      return walk.hasMore;
    },
    get isCut() {
      return walk.isCut;
    },
    notes: [...options.notes, ...forbidden],
    readMore: () => walk.readMore(),
  };
}

/** First parents from a commit on. */
interface Walk {
  readonly shas: readonly string[];
  /** Parents of the first commit. */
  readonly startParents: number;
  readonly isReadable: boolean;
  /** The token may not read commits. */
  readonly isForbidden: boolean;
  readonly hasMore: boolean;
  readonly isCut: boolean;
  readMore(): Promise<void>;
}

const noWalk: Walk = {
  ...{ shas: [], startParents: 0, isReadable: false, isForbidden: false, hasMore: false, isCut: false },
  readMore: () => Promise.resolve(),
};

/** GitHub lists every reachable commit; the walk picks the first parents out of it. */
async function startWalk(client: GitHubClient, start: string): Promise<Walk> {
  const shas = [start];
  const parents = new Map<string, readonly string[]>();
  let page = 0;
  let isLast = false;
  const isOpen = () => !isLast && !parents.has(shas.at(-1) ?? '');
  const readMore = async (): Promise<void> => {
    const reply = z.array(Commit).parse(await client.get('commits', { sha: start, per_page: pageSize, page: page + 1 }, { needs }));
    page += 1;
    isLast = reply.length < pageSize;
    for (const commit of reply)
      parents.set(
        commit.sha,
        commit.parents.map(({ sha }) => sha),
      );
    for (let next = parents.get(shas.at(-1) ?? '')?.[0]; next !== undefined; next = parents.get(next)?.[0]) shas.push(next);
  };
  try {
    await readMore();
  } catch (error) {
    if (!isForbidden(error) && !isAbsent(error)) throw error;
    return { ...noWalk, shas: [start], isForbidden: isForbidden(error) };
  }
  return {
    shas,
    startParents: parents.get(start)?.length ?? 0,
    isReadable: true,
    isForbidden: false,
    get hasMore() {
      return isOpen() && page < maxPages;
    },
    get isCut() {
      return isOpen() && page >= maxPages;
    },
    readMore,
  };
}

function isAbsent(error: unknown): boolean {
  return error instanceof z.$ZodError || (error instanceof PublishError && [404, 409, 422].includes(error.status ?? 0));
}

function isForbidden(error: unknown): boolean {
  return error instanceof PublishError && error.status === 403 && error.code === 'github-forbidden';
}
