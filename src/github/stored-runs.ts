import { createHash } from 'node:crypto';
import { ExitCode, ToolError } from '../errors.ts';
import * as z from '../records/schema.ts';
import type { GitHubClient } from './client.ts';
import { type Unzipped, type UnzipTargets, unzip } from './unzip.ts';

/** An artifact of a workflow run, as GitHub lists it. */
export const StoredArtifact = z.looseObject({
  id: z.int(),
  name: z.string(),
  expired: z.boolean(),
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
  html_url: z.optional(z.string()),
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

/** Artifacts with exactly this name in the whole repository, newest id first, five hundred at most. @throws PublishError */
export async function listArtifacts(client: GitHubClient, name: string): Promise<StoredArtifact[]> {
  return parseArtifacts(await client.list('actions/artifacts', { name }, { needs, maxPages: 5, key: 'artifacts' }));
}

/** Artifacts of one run, newest id first; a page has a hundred. @throws PublishError */
export async function listRunArtifacts(client: GitHubClient, runId: number, name?: string, maxPages = 3): Promise<StoredArtifact[]> {
  const query = name === undefined ? {} : { name };
  return parseArtifacts(await client.list(`actions/runs/${runId}/artifacts`, query, { needs, maxPages, key: 'artifacts' }));
}

/** @throws PublishError */
export async function readRun(client: GitHubClient, runId: number): Promise<StoredRun> {
  return StoredRun.parse(await client.get(`actions/runs/${runId}`, {}, { needs }));
}

/**
 * Downloads one artifact and reads named entries of it.
 * @throws ToolError `artifact-digest` when the bytes are not those that were uploaded; `archive-refused`; PublishError
 */
export async function openArtifact(client: GitHubClient, artifact: StoredArtifact, targets: UnzipTargets): Promise<Unzipped> {
  const bytes = await client.download(`actions/artifacts/${artifact.id}/zip`, { needs, maxBytes: maxArtifactBytes });
  if (artifact.digest) {
    const digest = `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
    if (artifact.digest.toLowerCase() !== digest) {
      throw new ToolError({
        code: 'artifact-digest',
        message: `artifact ${artifact.id} does not match its digest: its bytes are not those that were uploaded`,
        remedy: 'delete the artifact, or name another baseline',
        exitCode: ExitCode.incomplete,
      });
    }
  }
  return unzip(bytes, targets);
}

function parseArtifacts(entries: unknown[]): StoredArtifact[] {
  return entries.flatMap((entry) => StoredArtifact.safeParse(entry).data ?? []).sort((a, b) => b.id - a.id);
}
