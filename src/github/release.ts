import * as z from '../records/schema.ts';
import type { GitHubClient } from './client.ts';
import type { GitHubEvent } from './event.ts';
import { PublishError } from './publish-error.ts';

const Release = z.looseObject({ tag_name: z.string() });
const Commit = z.looseObject({ sha: z.string() });
const Tag = z.looseObject({ name: z.string(), commit: Commit });
const needs = 'contents: read';

export interface ReleasedCommit {
  tag: string;
  sha: string;
}

/**
 * The commit of the latest release, or of the newest version tag where there is no release; never the tag that runs now.
 * At most three requests; undefined when there is neither. @throws PublishError
 */
export async function findLastRelease(client: GitHubClient, event: Pick<GitHubEvent, 'ref'>): Promise<ReleasedCommit | undefined> {
  const own = /^refs\/tags\/(.+)$/.exec(event.ref ?? '')?.[1];
  const latest = Release.safeParse(await unlessAbsent(client.get('releases/latest', {}, { needs }))).data?.tag_name;
  if (latest !== undefined && latest !== own) {
    const commit = Commit.safeParse(await unlessAbsent(client.get(`commits/tags/${encodeURIComponent(latest)}`, { per_page: 1 }, { needs })));
    if (commit.data) return { tag: latest, sha: commit.data.sha };
  }
  const tags = z.array(Tag).safeParse(await unlessAbsent(client.get('tags', { per_page: 100 }, { needs }))).data ?? [];
  const versions = tags.flatMap(({ name, commit }) => {
    const version = name === own ? undefined : readVersion(name);
    return version ? [{ tag: name, sha: commit.sha, version }] : [];
  });
  const [newest] = versions.sort((a, b) => compareVersions(b.version, a.version));
  return newest && { tag: newest.tag, sha: newest.sha };
}

interface Version {
  numbers: [number, number, number];
  isPreview: boolean;
}

/** `v1.2.3`, `1.2.3-rc.1`, `app-v1.2.3`; a moving tag such as `v1` is no version. */
function readVersion(tag: string): Version | undefined {
  const match = /(?:^|[^\d.])(\d{1,9})\.(\d{1,9})\.(\d{1,9})(-[\w.-]+)?(?:\+[\w.-]+)?$/.exec(tag);
  return match ? { numbers: [Number(match[1]), Number(match[2]), Number(match[3])], isPreview: match[4] !== undefined } : undefined;
}

/** Previews come below every version: a release to compare with is one that people use. */
function compareVersions(a: Version, b: Version): number {
  if (a.isPreview !== b.isPreview) return a.isPreview ? -1 : 1;
  for (const [index, number] of a.numbers.entries()) {
    const difference = number - (b.numbers[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

async function unlessAbsent(reply: Promise<unknown>): Promise<unknown> {
  try {
    return await reply;
  } catch (error) {
    if (error instanceof PublishError && [404, 409, 422].includes(error.status ?? 0)) return undefined;
    throw error;
  }
}
