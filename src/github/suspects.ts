import { messageOf } from '../errors.ts';
import type { Suspects } from '../records/history.ts';
import * as z from '../records/schema.ts';
import type { GitHubClient } from './client.ts';

/** Commits that are named; the link has the others. */
const maxCommits = 20;

const sha = z.string().check(z.regex(/^[0-9a-f]{40}([0-9a-f]{24})?$/));
const Comparison = z.looseObject({
  status: z.string(),
  total_commits: z.int().check(z.minimum(0)),
  commits: z.array(
    z.looseObject({
      sha,
      commit: z.looseObject({ message: z.string(), author: z.nullish(z.looseObject({ name: z.nullish(z.string()) })) }),
      author: z.nullish(z.looseObject({ login: z.optional(z.string()) })),
    }),
  ),
});

/** Commits after `good` up to `bad`, newest first, twenty at most, with one request. Never throws. */
export async function readSuspects(client: GitHubClient, good: string | undefined, bad: string | undefined): Promise<Suspects> {
  if (good === undefined || bad === undefined) return { kind: 'unknown', why: 'the history does not go back to a good run' };
  if (good === bad) return { kind: 'same' };
  try {
    const found = Comparison.parse(await client.get(`compare/${good}...${bad}`, {}, { needs: 'contents: read' }));
    const commits = found.commits.slice(-maxCommits).reverse();
    return {
      kind: 'range',
      from: good,
      to: bad,
      total: found.total_commits,
      isRewritten: found.status === 'diverged' || found.status === 'behind',
      commits: commits.map((entry) => ({
        sha: entry.sha,
        title: entry.commit.message.split('\n')[0] ?? '',
        author: entry.author?.login ?? entry.commit.author?.name ?? '',
      })),
    };
  } catch (error) {
    return { kind: 'unknown', why: `the commits in between could not be read (${messageOf(error)})` };
  }
}
