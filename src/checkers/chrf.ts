import type { Json } from '../records/json.ts';
import * as z from '../records/schema.ts';
import { defineChecker } from './checker.ts';
import { maxChrfCharacters, chrf as scoreChrf } from './parts/chrf.ts';
import { actualOption, expectedOption, ignoreCaseOption, thresholdOption } from './parts/options.ts';
import { checkPairs, safeTextOf } from './parts/pairs.ts';
import { roundText } from './parts/quote.ts';

const ChrfOptions = z.strictObject({
  words: z.described(z._default(z.union([z.literal(0), z.literal(1), z.literal(2)]), 0), 'runs of words that count too; 2 is chrF2++; default 0'),
  threshold: thresholdOption(0.5),
  reference: expectedOption,
  actual: actualOption,
  ignoreCase: ignoreCaseOption,
});

/** An expected value that is a list of texts stands for several references. Of very long texts the beginning is compared. */
export const chrf = defineChecker({
  type: 'chrf',
  summary: 'Shared runs of characters with the expected text, or with the best of several: chrF2, fit for any language',
  needs: ['expected'],
  example: { type: 'chrf', threshold: 0.5 },
  options: ChrfOptions,
  create(options) {
    return checkPairs({ actual: options.actual, expected: options.reference, threshold: options.threshold }, ({ actual, expected }) => {
      const fold = (value: Json): string => (options.ignoreCase ? safeTextOf(value).toLowerCase() : safeTextOf(value));
      const said = fold(actual);
      const references = Array.isArray(expected) && expected.length > 0 ? expected.map(fold) : [fold(expected)];
      const value = scoreChrf(said, references, options);
      const isCut = [said, ...references].some((text) => text.length > maxChrfCharacters);
      const comparison = value >= options.threshold ? 'reaches' : 'is below';
      const part = isCut ? `, of the first ${maxChrfCharacters} characters,` : '';
      return { value, reason: `chrF is ${roundText(value)}${part} which ${comparison} ${roundText(options.threshold)}` };
    });
  },
});
