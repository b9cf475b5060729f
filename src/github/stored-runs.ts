import { createHash } from 'node:crypto';
import { ExitCode, ToolError } from '../errors.ts';
import * as z from '../records/schema.ts';
import type { GitHubClient } from './client.ts';
import { explainFailure, PublishError, readReply } from './publish-error.ts';
import { type Unzipped, type UnzipTargets, unzip } from './unzip.ts';

/** An artifact of a workflow run, as GitHub lists it. */
export const StoredArtifact = z.looseObject({
  id: z.int(),
  name: z.string(),
  expired: z.boolean(),
  created_at: z.nullish(z.string()),
  expires_at: z.nullish(z.string()),
  digest: z.nullish(z.string()),
  workflow_run: z.nullish(
    z.looseObject({
      id: z.int(),
      repository_id: z.nullish(z.int()),
      head_repository_id: z.nullish(z.int()),
      head_branch: z.nullish(z.string()),
      head_sha: z.nullish(z.string()),
    }),
  ),
});
export type StoredArtifact = z.infer<typeof StoredArtifact>;

export const StoredRun = z.looseObject({
  id: z.int(),
  event: z.string(),
  path: z.nullish(z.string()),
  head_branch: z.nullish(z.string()),
  head_sha: z.string(),
  created_at: z.optional(z.string()),
  run_started_at: z.nullish(z.string()),
  repository: z.nullish(z.looseObject({ id: z.int() })),
  head_repository: z.nullish(z.looseObject({ id: z.int() })),
});
export type StoredRun = z.infer<typeof StoredRun>;

/** Bytes of one packed artifact. */
const maxArtifactBytes = 200 * 1024 * 1024;
const needs = 'actions: read';

/** Artifacts of one name in the whole repository, read a page of a hundred at a time. */
export interface ArtifactList {
  readonly name: string;
  /** Newest id first. */
  readonly known: readonly StoredArtifact[];
  /** There are older ones that may be asked for. */
  readonly hasMore: boolean;
  /** There are older ones that are never asked for. */
  readonly isCut: boolean;
  /** A first page that was empty is asked for again. @throws PublishError */
  readMore(): Promise<void>;
}

const pageSize = 100;
const maxArtifactPages = 5;

/** The list of the artifacts with exactly this name; nothing is asked yet. At most five hundred are read. */
export function createArtifactList(client: GitHubClient, name: string): ArtifactList {
  let known: StoredArtifact[] = [];
  let page = 0;
  let isLast = false;
  return {
    name,
    get known() {
      return known;
    },
    get hasMore() {
      return !isLast && page < maxArtifactPages;
    },
    get isCut() {
      return !isLast && page >= maxArtifactPages;
    },
    async readMore() {
      const entries = await readPage(client, 'actions/artifacts', { name, page: page + 1 }, 'artifacts');
      if (entries.length > 0) page += 1;
      isLast = entries.length < pageSize;
      // Pages shift when an artifact is stored meanwhile.
      const byId = new Map([...known, ...parseArtifacts(entries)].map((artifact) => [artifact.id, artifact]));
      known = [...byId.values()].sort((a, b) => b.id - a.id);
    },
  };
}

/** Artifacts of one run, newest id first; a page has a hundred. @throws PublishError */
export async function listRunArtifacts(client: GitHubClient, runId: number, name?: string, maxPages = 3): Promise<StoredArtifact[]> {
  const query = name === undefined ? {} : { name };
  return parseArtifacts(await client.list(`actions/runs/${runId}/artifacts`, query, { needs, maxPages, key: 'artifacts' }));
}

/** @throws PublishError */
export async function readRun(client: GitHubClient, runId: number): Promise<StoredRun> {
  const path = `actions/runs/${runId}`;
  return readReply(StoredRun, await client.get(path, {}, { needs }), { method: 'GET', path });
}

/**
 * The newest hundred runs: of one workflow file where it is known, of one branch or event where given. `isWhole`: there are no others.
 * A workflow file that GitHub does not know has none. @throws PublishError
 */
export async function listRuns(
  client: GitHubClient,
  filter: { workflowPath?: string | undefined; branch?: string | undefined; event?: string | undefined },
): Promise<{ runs: StoredRun[]; isWhole: boolean }> {
  const { workflowPath, branch, event } = filter;
  const file = workflowPath?.split('/').at(-1);
  const path = file ? `actions/workflows/${encodeURIComponent(file)}/runs` : 'actions/runs';
  const query = { exclude_pull_requests: true, ...(branch === undefined ? {} : { branch }), ...(event === undefined ? {} : { event }) };
  try {
    const entries = await readPage(client, path, query, 'workflow_runs');
    return { runs: entries.flatMap((entry) => StoredRun.safeParse(entry).data ?? []), isWhole: entries.length < pageSize };
  } catch (error) {
    if (error instanceof PublishError && [404, 422].includes(error.status ?? 0)) return { runs: [], isWhole: false };
    throw error;
  }
}

/**
 * Downloads one artifact and reads named entries of it.
 * @throws ToolError `artifact-digest` when the bytes are not those that were uploaded; `archive-refused`; PublishError
 */
export async function openArtifact(client: GitHubClient, artifact: StoredArtifact, targets: UnzipTargets): Promise<Unzipped> {
  return unzip(await downloadWhole(client, artifact), targets);
}

/** Other bytes than those that were uploaded may be a proxy's page: they are asked for once more. */
async function downloadWhole(client: GitHubClient, { id, digest }: StoredArtifact): Promise<Uint8Array> {
  for (let tries = 1; ; tries++) {
    const bytes = await client.download(`actions/artifacts/${id}/zip`, { needs, maxBytes: maxArtifactBytes });
    if (!digest || digest.toLowerCase() === `sha256:${createHash('sha256').update(bytes).digest('hex')}`) return bytes;
    if (tries < 2) continue;
    throw new ToolError({
      code: 'artifact-digest',
      message: `artifact ${id} does not match its digest: its bytes are not those that were uploaded`,
      remedy: 're-run the job; if it stays so, delete the artifact, or name another baseline',
      exitCode: ExitCode.incomplete,
    });
  }
}

async function readPage(client: GitHubClient, path: string, query: Record<string, unknown>, key: string): Promise<unknown[]> {
  const reply = z.looseObject({ [key]: z.array(z.unknown()) }).safeParse(await client.get(path, { ...query, per_page: pageSize }, { needs }));
  const entries = reply.data?.[key];
  if (Array.isArray(entries)) return entries;
  // Not an empty list: a proxy's error page must never be taken for "there is nothing".
  throw explainFailure({ method: 'GET', path, detail: 'the reply is not a list', isRateLimit: false });
}

function parseArtifacts(entries: unknown[]): StoredArtifact[] {
  return entries.flatMap((entry) => StoredArtifact.safeParse(entry).data ?? []).sort((a, b) => b.id - a.id);
}
