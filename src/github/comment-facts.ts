import type { GitHubClient } from './client.ts';
import type { CommentRequest } from './comment.ts';
import type { GitHubEvent } from './event.ts';
import type { PublishResult } from './publish-result.ts';
import { isRivalAtWork } from './rival-runs.ts';

/** Who comments: on which event, and with which client at that moment. */
export interface Commenter {
  event: GitHubEvent;
  writer: () => GitHubClient;
}

/** What a comment needs to know beside its text: what the event and the answer about the check have told, and whom to ask for. */
export function commentFacts(context: Commenter, check?: PublishResult): Pick<CommentRequest, 'known' | 'isAnyoneElseAtWork'> {
  const { event } = context;
  const { pullRequest, workflowPath, runId } = event;
  const workflow = workflowPath === undefined ? {} : { workflowPath };
  if (!pullRequest) {
    // The run that publishes has the default branch as its head: any other one may be about the same pull request.
    return { isAnyoneElseAtWork: () => isRivalAtWork(context.writer(), { event: event.name, ownRunId: runId, ...workflow }) };
  }
  const { number, headSha, headRef, hadNoComments, previousSha } = pullRequest;
  const heads = check?.kind === 'published' ? (check.heads ?? []) : [];
  const seen = heads.find((head) => head.number === number && head.sha === headSha);
  return {
    known: {
      hadNoComments,
      ...(seen ? { headSeenAt: seen.seenAt } : {}),
      ...(previousSha === undefined ? {} : { previousSha }),
    },
    isAnyoneElseAtWork: (reported) =>
      isRivalAtWork(context.writer(), { event: event.name, ownRunId: runId, reported, ...(headRef === '' ? {} : { branch: headRef }), ...workflow }),
  };
}
