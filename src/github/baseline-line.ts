import * as z from '../records/schema.ts';
import type { GitHubClient } from './client.ts';
import type { BaselineTarget } from './event.ts';
import { PublishError } from './publish-error.ts';

/** The commits that may carry a baseline, nearest first. */
export interface BaselineLine {
  /** First-parent line; the index is not the distance when the line starts behind its commit. */
  commits: { sha: string; distance: number }[];
  /** Where the search goes on when no commit of the line has a baseline. */
  branch: string;
  /** What could not be looked up and what was used instead. */
  notes: string[];
}

const Commit = z.looseObject({ sha: z.string(), parents: z.array(z.looseObject({ sha: z.string() })) });
const Comparison = z.looseObject({ merge_base_commit: z.looseObject({ sha: z.string() }) });
const needs = 'contents: read';
const maxPages = 3;

/** Finds the commit that a run is measured against and its first-parent ancestors, a few hundred at most. @throws PublishError only for a refused token */
export async function readBaselineLine(client: GitHubClient, target: BaselineTarget): Promise<BaselineLine> {
  const { branch } = target;
  const notes: string[] = [];
  if (target.kind === 'latest') return { commits: [], branch, notes };
  const start = await resolveStart(client, target, notes);
  const shas = await firstParents(client, start, notes);
  const line = shas.map((sha, distance) => ({ sha, distance }));
  return { commits: target.kind === 'before' ? line.slice(1) : line, branch, notes };
}

async function resolveStart(client: GitHubClient, target: Exclude<BaselineTarget, { kind: 'latest' }>, notes: string[]): Promise<string> {
  switch (target.kind) {
    case 'commit':
    case 'before':
      return target.sha;
    case 'first-parent':
      return orFallback(target.fallback, notes, async () => {
        const { parents } = Commit.parse(await client.get(`commits/${encodeURIComponent(target.of)}`, { per_page: 1 }, { needs }));
        return parents.length > 1 ? parents[0]?.sha : undefined;
      });
    case 'merge-base':
      return orFallback(target.fallback, notes, async () => {
        const range = `${encodeURIComponent(target.base)}...${encodeURIComponent(target.head)}`;
        return Comparison.parse(await client.get(`compare/${range}`, { per_page: 1 }, { needs })).merge_base_commit.sha;
      });
  }
}

async function orFallback(fallback: string, notes: string[], read: () => Promise<string | undefined>): Promise<string> {
  try {
    const sha = await read();
    if (sha !== undefined) return sha;
  } catch (error) {
    if (!isAbsent(error)) throw error;
  }
  notes.push('the base that was merged could not be looked up; the base commit of the pull request was used');
  return fallback;
}

/** GitHub lists every reachable commit; the walk picks the first parents out of it. */
async function firstParents(client: GitHubClient, start: string, notes: string[]): Promise<string[]> {
  const line = [start];
  const parents = new Map<string, string | undefined>();
  let next: string | undefined = start;
  for (let page = 1; page <= maxPages && next !== undefined; page++) {
    const commits = await readCommits(client, start, page);
    if (!commits) {
      notes.push(`commit ${start.slice(0, 7)} cannot be read any more, after a force-push for example`);
      break;
    }
    for (const commit of commits) parents.set(commit.sha, commit.parents[0]?.sha);
    while (next !== undefined && parents.has(next)) {
      next = parents.get(next);
      if (next !== undefined) line.push(next);
    }
    if (commits.length < 100) break;
  }
  return line;
}

async function readCommits(client: GitHubClient, sha: string, page: number): Promise<z.infer<typeof Commit>[] | undefined> {
  try {
    return z.array(Commit).parse(await client.get('commits', { sha, per_page: 100, page }, { needs }));
  } catch (error) {
    if (isAbsent(error)) return undefined;
    throw error;
  }
}

function isAbsent(error: unknown): boolean {
  return error instanceof z.$ZodError || (error instanceof PublishError && [404, 409, 422].includes(error.status ?? 0));
}
