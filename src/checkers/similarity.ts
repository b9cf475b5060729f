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
      const [left, right] = differentPart(a, b);
      return 1 - distance(left, right) / longer;
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

/** The texts without what both begin and both end with, which no edit changes. */
function differentPart(a: string, b: string): [string, string] {
  let [from, endA, endB] = [0, a.length, b.length];
  while (from < endA && from < endB && a.charCodeAt(from) === b.charCodeAt(from)) from++;
  while (endA > from && endB > from && a.charCodeAt(endA - 1) === b.charCodeAt(endB - 1)) {
    endA--;
    endB--;
  }
  return [a.slice(from, endA), b.slice(from, endB)];
}

function tokenF1(a: string, b: string): number {
  if (a === b) return 1;
  const said = unicodeWords(a.toLowerCase());
  const wanted = unicodeWords(b.toLowerCase());
  return toScore(overlap(said, wanted), said.length, wanted.length).f1;
}
