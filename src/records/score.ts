import { ModelUsage } from './model.ts';
import * as z from './schema.ts';

const perTurn = z.described(
  z.optional(z.array(z.nullable(z.number().check(z.minimum(0), z.maximum(1))))),
  'value per turn; null: nothing to score in that turn',
);

/** What the calls to a judge model came to. */
export const JudgeUsage = ModelUsage;
export type JudgeUsage = ModelUsage;

const judge = z.described(z.optional(JudgeUsage), 'what asking a judge model for this score took');

export const ScoredScore = z.looseObject({
  kind: z.literal('scored'),
  value: z.number().check(z.minimum(0), z.maximum(1)),
  pass: z.boolean(),
  reason: z.described(z.string(), 'one sentence for a person, on a pass too'),
  perTurn,
  threshold: z.described(z.optional(z.number()), 'lowest value that passes, where the checker takes the mean over turns'),
  judge,
});
export type ScoredScore = z.infer<typeof ScoredScore>;

export const UnscoredScore = z.looseObject({
  kind: z.literal('unscored'),
  reason: z.string(),
  isApplicable: z.described(
    z.optional(z.literal(false)),
    'the sample gives this checker nothing to judge, such as no expected tool calls; it then takes no part in the outcome',
  ),
  judge,
});
export type UnscoredScore = z.infer<typeof UnscoredScore>;

/** What one checker says of one trajectory. `unscored` is not a fail: nothing could be said. */
export const Score = z.discriminatedUnion('kind', [ScoredScore, UnscoredScore]);
export type Score = z.infer<typeof Score>;

/** A finite value in 0..1, passing when it reaches the threshold (default 1). */
export function scored(
  value: number,
  reason: string,
  options: { pass?: boolean; threshold?: number; perTurn?: (number | null)[] } = {},
): ScoredScore {
  const pass = options.pass ?? value >= (options.threshold ?? 1);
  return { kind: 'scored', value, pass, reason, ...(options.perTurn ? { perTurn: options.perTurn } : {}) };
}

/** Nothing could be said of the trajectory; `reason` is one sentence for a person. */
export function unscored(reason: string): UnscoredScore {
  return { kind: 'unscored', reason };
}

/** The sample asks nothing of this checker: in a suite of mixed samples that must not leave the slot without an outcome. */
export function notApplicable(reason: string): UnscoredScore {
  return { kind: 'unscored', reason, isApplicable: false };
}

/** Both together; a number that only one side knows is that side's. */
export function addUsage(a: JudgeUsage | undefined, b: JudgeUsage | undefined): JudgeUsage | undefined {
  if (!a || !b) return a ?? b;
  const sum: JudgeUsage = { calls: a.calls + b.calls };
  for (const key of ['inputTokens', 'outputTokens', 'costUsd'] as const) {
    const value = a[key] === undefined ? b[key] : a[key] + (b[key] ?? 0);
    if (value !== undefined) sum[key] = value;
  }
  return sum;
}
