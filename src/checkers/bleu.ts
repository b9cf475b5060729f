import type { Json } from '../records/json.ts';
import * as z from '../records/schema.ts';
import { defineChecker } from './checker.ts';
import { bleu as scoreBleu, gleu as scoreGleu } from './parts/bleu.ts';
import { actualOption, expectedOption, ignoreCaseOption, thresholdOption } from './parts/options.ts';
import { checkPairs, safeTextOf } from './parts/pairs.ts';
import { roundText } from './parts/quote.ts';

const BleuOptions = z.strictObject({
  variant: z.described(
    z._default(z.enum(['bleu', 'gleu']), 'bleu'),
    'bleu: sentence BLEU as sacrebleu has it; gleu: fairer to single short sentences, as NLTK has it; default bleu',
  ),
  threshold: thresholdOption(0.5),
  reference: expectedOption,
  actual: actualOption,
  ignoreCase: ignoreCaseOption,
});

/** An expected value that is a list of texts stands for several references. */
export const bleu = defineChecker({
  type: 'bleu',
  summary: 'Shared runs of words with the expected text, or with the best of several: sentence BLEU or GLEU',
  needs: ['expected'],
  example: { type: 'bleu', threshold: 0.5 },
  options: BleuOptions,
  create(options) {
    const measure = options.variant === 'gleu' ? scoreGleu : scoreBleu;
    return checkPairs({ actual: options.actual, expected: options.reference, threshold: options.threshold }, ({ actual, expected }) => {
      const fold = (value: Json): string => (options.ignoreCase ? safeTextOf(value).toLowerCase() : safeTextOf(value));
      const references = Array.isArray(expected) && expected.length > 0 ? expected.map(fold) : [fold(expected)];
      const value = measure(fold(actual), references);
      const comparison = value >= options.threshold ? 'reaches' : 'is below';
      return { value, reason: `${options.variant.toUpperCase()} is ${roundText(value)}, which ${comparison} ${roundText(options.threshold)}` };
    });
  },
});
