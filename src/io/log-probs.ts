import * as z from '../records/schema.ts';
import type { TokenLogProbs } from '../records/trajectory.ts';

/** Tokens as OpenAI's APIs list them; null or absent where nobody asked. */
export const TokenLogProbList = z.nullish(z.array(z.looseObject({ logprob: z.number() })));

/** What was seen so far. */
export interface LogProbSum {
  tokens: number;
  total: number;
}

/** With the tokens of a further piece. */
export function addLogProbs(sum: LogProbSum | undefined, list: z.infer<typeof TokenLogProbList>): LogProbSum | undefined {
  if (!list || list.length === 0) return sum;
  return { tokens: (sum?.tokens ?? 0) + list.length, total: list.reduce((total, { logprob }) => total + logprob, sum?.total ?? 0) };
}

/** As the member of a reply; none when nothing was seen, or when the numbers are too large to be any. */
export function meanLogProb(sum: LogProbSum | undefined): { logProbs?: TokenLogProbs } {
  if (!sum || !Number.isFinite(sum.total)) return {};
  return { logProbs: { tokens: sum.tokens, mean: sum.total / sum.tokens } };
}
