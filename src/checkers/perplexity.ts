import * as z from '../records/schema.ts';
import { type Score, scored, unscored } from '../records/score.ts';
import type { Turn } from '../records/trajectory.ts';
import { defineChecker } from './checker.ts';
import { roundText } from './parts/quote.ts';

const PerplexityOptions = z
  .strictObject({
    max: z.described(z.optional(z.number().check(z.minimum(1))), 'highest perplexity that passes, from 1; the value is then 1 or 0'),
    threshold: z.described(
      z.optional(z.number().check(z.minimum(0), z.maximum(1))),
      'instead of "max": the value is 1 / (1 + perplexity), at most 0.5, and passes from here on',
    ),
  })
  .check(z.refine(({ max, threshold }) => (max === undefined) !== (threshold === undefined), { message: 'give "max" or "threshold", and not both' }));

/**
 * Perplexity: e to the power of minus the mean log probability of the tokens of the outputs, all turns together
 * (Jelinek et al. 1977). Unscored where a turn has none recorded.
 */
export const perplexity = defineChecker({
  type: 'perplexity',
  summary: 'The model was sure of its words: the perplexity of the output stays below a limit',
  needs: [],
  example: { type: 'perplexity', max: 3, required: false },
  options: PerplexityOptions,
  create:
    ({ max, threshold }) =>
    ({ trajectory }): Score => {
      if (trajectory.turns.length === 0) return unscored('the agent took no turn');
      const mean = meanOf(trajectory.turns);
      if (mean === undefined) return unscored('no log probabilities were recorded: "logprobs: true" of the agent asks for them');
      const found = Math.exp(-mean);
      const said = `the perplexity was ${found > 1e9 ? 'above 1000000000' : roundText(found)}`;
      if (threshold !== undefined) return scored(1 / (1 + found), said, { threshold });
      const isBelow = found <= (max ?? 0);
      return scored(isBelow ? 1 : 0, `${said}, ${isBelow ? 'at most' : 'more than'} ${roundText(max ?? 0)}`);
    },
});

/** Of all tokens; undefined when a turn has none. */
function meanOf(turns: readonly Turn[]): number | undefined {
  let tokens = 0;
  let total = 0;
  for (const { logProbs } of turns) {
    if (!logProbs) return undefined;
    tokens += logProbs.tokens;
    total += logProbs.tokens * logProbs.mean;
  }
  return Number.isFinite(total) ? total / tokens : undefined;
}
