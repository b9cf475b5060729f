import * as z from '../records/schema.ts';
import type { GitHubClient } from './client.ts';
import type { CommentMarker } from './comment-marker.ts';
import { PublishError } from './publish-error.ts';

const Run = z.looseObject({ head_sha: z.string(), run_attempt: z.optional(z.int()) });

/**
 * Whether a report speaks for a run that this repository does not have: a workflow that posts the text of strangers with the
 * job token makes comments of ours that say what it likes, and a run that is newer than all would silence every report.
 * Where nobody can tell, it is taken for real. One request.
 */
export async function isInvented(client: GitHubClient, { runId, attempt, sha }: CommentMarker): Promise<boolean> {
  try {
    const run = Run.safeParse(await client.get(`actions/runs/${runId}`, {}, { needs: 'actions: read' })).data;
    return run !== undefined && (run.head_sha !== sha || (run.run_attempt ?? attempt) < attempt);
  } catch (error) {
    return error instanceof PublishError && error.status === 404;
  }
}
