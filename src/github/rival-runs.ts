import * as z from '../records/schema.ts';
import type { GitHubClient } from './client.ts';
import { PublishError } from './publish-error.ts';

const Run = z.looseObject({ id: z.int(), path: z.nullish(z.string()), run_attempt: z.optional(z.int()) });

/** Runs that may write to the same comment as ours. */
export interface RivalSearch {
  /** Event that starts them, such as `pull_request`. */
  event: string;
  /** Branch of their head; absent: all of them. */
  branch?: string;
  /** File of their workflow; absent: any. */
  workflowPath?: string;
  ownRunId: number;
  /** Has written already, and writes once. */
  reported?: { runId: number; attempt: number };
}

/**
 * Whether such a run is in progress at this moment. Without `actions: read` nobody can tell: then it is taken for no,
 * as new comments all the time would be worse than a rare report of the wrong run.
 */
export async function isRivalAtWork(client: GitHubClient, search: RivalSearch): Promise<boolean> {
  const { event, branch, workflowPath, ownRunId, reported } = search;
  const query = { event, status: 'in_progress', ...(branch === undefined ? {} : { branch }) };
  try {
    const listed = await client.list('actions/runs', query, { needs: 'actions: read', maxPages: 1, key: 'workflow_runs' });
    const runs = listed.flatMap((entry) => Run.safeParse(entry).data ?? []);
    const rivals = runs.filter(({ id, path }) => id !== ownRunId && (workflowPath === undefined || path?.split('@')[0] === workflowPath));
    return rivals.some(({ id, run_attempt }) => id !== reported?.runId || (run_attempt ?? 1) !== reported.attempt);
  } catch (error) {
    if (error instanceof PublishError) return false;
    throw error;
  }
}
