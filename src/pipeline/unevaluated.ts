import { clampBytes } from '../github/clamp.ts';
import { type CommentMode, type KnownFacts, publishComment } from '../github/comment.ts';
import { type Commenter, commentFacts } from '../github/comment-facts.ts';
import type { PublishResult } from '../github/publish-result.ts';
import { suiteSlug } from '../github/suite-slug.ts';
import { toDisplay } from '../reporters/parts/escape.ts';
import { markdownFence, markdownText } from '../reporters/parts/escape-markdown.ts';
import { clipBytes } from '../reporters/parts/fit.ts';

/** A comment and a check run have room for about three times as much. */
const maxWhyBytes = 20_000;

/** Title of its check run. */
export const unevaluatedTitle = 'Not evaluated';

/** Markdown that says that a suite has no verdict, and why. The text of an error may quote a config or an answer: it is shown as code. */
export function unevaluatedText(suite: string, why: string): string {
  return `${markdownText(suite)} could not be evaluated.\n\n${markdownFence(clipBytes(toDisplay(why), maxWhyBytes)).join('\n')}\n`;
}

/** An older verdict in the comment must not stand beside a red check. @throws PublishError */
export function commentUnevaluated(
  commenter: Commenter,
  about: { suite: string; text: string; check: PublishResult; pullNumber: number; mode: CommentMode; known?: KnownFacts },
): Promise<PublishResult> {
  const { event } = commenter;
  const facts = commentFacts(commenter, about.check);
  return publishComment({
    client: commenter.writer(),
    pullNumber: about.pullNumber,
    marker: { suite: suiteSlug(about.suite), runId: event.runId, attempt: event.runAttempt, sha: event.headSha },
    mode: about.mode,
    verdict: { status: 'inconclusive', isFailure: true },
    ...facts,
    known: { ...facts.known, ...about.known },
    render: (maxBytes) => clampBytes(about.text, maxBytes),
  });
}
