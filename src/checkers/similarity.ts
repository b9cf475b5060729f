import type { Json } from '../records/json.ts';
import * as z from '../records/schema.ts';
import { defineChecker } from './checker.ts';
import { createEditDistance } from './parts/edit-distance.ts';
import { actualOption, expectedOption, ignoreCaseOption, thresholdOption } from './parts/options.ts';
import { checkPairs, safeTextOf } from './parts/pairs.ts';
import { roundText } from './parts/quote.ts';
import { overlap, toScore, unicodeWords } from './parts/rouge.ts';

/** Above this length of either text the edit distance takes too long, and words are compared. */
const maxLevenshteinLength = 50_000;

const SimilarityOptions = z.strictObject({
  method: z.described(
    z._default(z.enum(['levenshtein', 'token-f1']), 'levenshtein'),
    'levenshtein: 1 − edits ÷ longer length, words instead above 50 000 characters; token-f1: shared words in lower case; default levenshtein',
  ),
  threshold: thresholdOption(0.8),
  reference: expectedOption,
  actual: actualOption,
  ignoreCase: ignoreCaseOption,
});

export const similarity = defineChecker({
  type: 'similarity',
  summary: 'The output is close to the expected text, by edits or by shared words',
  needs: ['expected'],
  example: { type: 'similarity', method: 'levenshtein', threshold: 0.8 },
  options: SimilarityOptions,
  create(options) {
    const distance = createEditDistance();
    const editSimilarity = (a: string, b: string): number => {
      if (a === b) return 1;
      const longer = Math.max(a.length, b.length);
      return 1 - distance(a, b) / longer;
    };
    return checkPairs({ actual: options.actual, expected: options.reference, threshold: options.threshold }, ({ actual, expected }) => {
      const fold = (value: Json): string => (options.ignoreCase ? safeTextOf(value).toLowerCase() : safeTextOf(value));
      const said = fold(actual);
      const wanted = fold(expected);
      const isTooLong = options.method === 'levenshtein' && Math.max(said.length, wanted.length) > maxLevenshteinLength;
      const value = options.method === 'token-f1' || isTooLong ? tokenF1(said, wanted) : editSimilarity(said, wanted);
      const name = options.method === 'token-f1' ? 'word overlap' : isTooLong ? 'word overlap (the text is too long for edits)' : 'similarity';
      const comparison = value >= options.threshold ? 'reaches' : 'is below';
      return { value, reason: `${name} is ${roundText(value)}, which ${comparison} ${roundText(options.threshold)}` };
    });
  },
});

function tokenF1(a: string, b: string): number {
  if (a === b) return 1;
  const said = unicodeWords(a.toLowerCase());
  const wanted = unicodeWords(b.toLowerCase());
  return toScore(overlap(said, wanted), said.length, wanted.length).f1;
}
