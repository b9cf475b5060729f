import * as z from './schema.ts';

/** What the calls to a model that helps to test, a judge or a simulated user, came to; absent numbers were not reported. */
export const ModelUsage = z.looseObject({
  calls: z.described(z.int().check(z.minimum(0)), 'requests that were sent, retries included'),
  inputTokens: z.optional(z.number().check(z.minimum(0))),
  outputTokens: z.optional(z.number().check(z.minimum(0))),
  costUsd: z.optional(z.number().check(z.minimum(0))),
});
export type ModelUsage = z.infer<typeof ModelUsage>;

/** `text` is as the model wrote it: the caller reads it. Reasons are one sentence for a person. */
export type ModelAnswer = { usage: ModelUsage } & (
  | { kind: 'reply'; text: string }
  | { kind: 'refused'; reason: string }
  | { kind: 'failed'; reason: string }
);
