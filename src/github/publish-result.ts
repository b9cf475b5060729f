import { messageOf, ToolError } from '../errors.ts';

/** What became of one target: a comment, a check run, an artifact, a summary. Never decides about the verdict. */
export type PublishResult =
  | { kind: 'published'; url?: string; note?: string; heads?: readonly PullHead[] }
  /** `isNotable`: not by anybody's wish, so that somebody should read why. */
  | { kind: 'skipped'; reason: string; isNotable?: true }
  | { kind: 'failed'; message: string; remedy: string };

/** An open pull request that GitHub named in its answer, with its head at that moment. */
export interface PullHead {
  number: number;
  sha: string;
  /** When GitHub said so, by `performance.now()`. */
  seenAt: number;
}

/** What became of a target that may throw. */
export async function resultOf(publish: () => Promise<PublishResult>): Promise<PublishResult> {
  try {
    return await publish();
  } catch (error) {
    return failedResult(error);
  }
}

/** Turns what a target threw into a result, so that one target never hides another. */
export function failedResult(error: unknown): PublishResult {
  const remedy = error instanceof ToolError ? error.remedy : undefined;
  return { kind: 'failed', message: messageOf(error), remedy: remedy ?? 'the verdict, the job summary and the output folder are not affected' };
}
