import * as z from '../records/schema.ts';
import type { GitHubClient } from './client.ts';
import { PublishError } from './publish-error.ts';
import { readRun } from './stored-runs.ts';

/** Other runs with a check of this name on one commit that are looked at; with more, no check is written. */
const maxRuns = 20;

const CheckRun = z.looseObject({ external_id: z.nullish(z.string()) });

/**
 * Why the run of a fork may not have a check of this name on this commit; undefined when it may. GitHub goes by the newest
 * check of a name, and anybody can push a commit of this repository to a fork: their claim must not hide what this
 * repository has measured. Only a check that a run of another repository is known to have made is no reason.
 * @throws PublishError
 */
export async function whyCheckIsTaken(client: GitHubClient, place: { name: string; headSha: string; runId: number }): Promise<string | undefined> {
  const { name, headSha, runId } = place;
  const listed = await client.list(
    `commits/${headSha}/check-runs`,
    { check_name: name, filter: 'all' },
    { needs: 'checks: read', maxPages: 3, key: 'check_runs' },
  );
  const makers = new Set(listed.map((entry) => makerOf(CheckRun.safeParse(entry).data?.external_id)));
  makers.delete(runId);
  const taken = `${headSha.slice(0, 7)} has a check "${name}" that is not of this fork: it stays the newest one`;
  if (makers.size > maxRuns) return taken;
  for (const maker of makers) if (maker === undefined || !(await isOfAnother(client, maker))) return taken;
  return undefined;
}

/** The workflow run that a check of ours names. */
function makerOf(externalId: string | null | undefined): number | undefined {
  const id = /^(\d{1,15})-\d+-/.exec(externalId ?? '')?.[1];
  return id === undefined ? undefined : Number(id);
}

/** A run that is gone, or whose fork was deleted, is not known to be of another repository. */
async function isOfAnother(client: GitHubClient, runId: number): Promise<boolean> {
  try {
    const { repository, head_repository: head } = await readRun(client, runId);
    return repository && head ? repository.id !== head.id : false;
  } catch (error) {
    if (error instanceof PublishError && error.status === 404) return false;
    throw error;
  }
}
