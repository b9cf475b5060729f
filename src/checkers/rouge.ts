import * as z from '../records/schema.ts';
import { defineChecker } from './checker.ts';
import { actualOption, expectedOption, thresholdOption } from './parts/options.ts';
import { checkPairs, safeTextOf } from './parts/pairs.ts';
import { roundText } from './parts/quote.ts';
import { createStemmer, type RougeVariant, rouge as scoreRouge } from './parts/rouge.ts';

const RougeOptions = z.strictObject({
  variant: z.described(
    z._default(z.union([z.enum(['1', '2', 'L']), z.literal(1), z.literal(2)]), '1'),
    '1: words, 2: pairs of words, L: longest common subsequence; default 1',
  ),
  measure: z.described(z._default(z.enum(['f1', 'precision', 'recall']), 'f1'), 'default f1'),
  threshold: thresholdOption(0.8),
  reference: expectedOption,
  actual: actualOption,
});

export const rouge = defineChecker({
  type: 'rouge',
  summary: 'Word overlap with the expected text: ROUGE-1, -2 or -L with stemming, as rouge_score and ADK compute it',
  needs: ['expected'],
  example: { type: 'rouge', variant: '1', measure: 'f1', threshold: 0.8 },
  options: RougeOptions,
  create(options) {
    const stem = createStemmer();
    return checkPairs({ actual: options.actual, expected: options.reference, threshold: options.threshold }, ({ actual, expected }) => {
      const score = scoreRouge(safeTextOf(actual), safeTextOf(expected), String(options.variant) as RougeVariant, stem);
      const value = score[options.measure];
      const bound = score.isLowerBound ? ', a lower bound because the text is very long' : '';
      const comparison = value >= options.threshold ? 'reaches' : 'is below';
      const name = `ROUGE-${options.variant} ${options.measure}`;
      return { value, reason: `${name} is ${roundText(value)}${bound}, which ${comparison} ${roundText(options.threshold)}` };
    });
  },
});
