import { ToolError } from '../errors.ts';
import type { Json } from '../records/json.ts';
import * as z from '../records/schema.ts';
import { defineChecker } from './checker.ts';
import { tokenize13a } from './parts/bleu.ts';
import { indexSynonyms, maxMeteorCharacters, meteor as scoreMeteor } from './parts/meteor.ts';
import { actualOption, expectedOption, thresholdOption } from './parts/options.ts';
import { checkPairs, safeTextOf } from './parts/pairs.ts';
import { quote, roundText } from './parts/quote.ts';
import { createStemmer } from './parts/rouge.ts';

const share = z.number().check(z.minimum(0), z.maximum(1));

/** Every group of a word is looked at wherever it stands, and a dataset may bring groups of its own. */
const maxGroupsOfWord = 20;

const SynonymWord = z.string().check(
  z.maxLength(100),
  z.refine((word) => tokenize13a(word).length === 1, 'expected one word: texts are compared word by word'),
);

const MeteorOptions = z.strictObject({
  synonyms: z.described(
    z._default(z.array(z.array(SynonymWord).check(z.minLength(2), z.maxLength(50))).check(z.maxLength(200)), []),
    'groups of words that mean the same, such as [[car, automobile], [fast, quick]]; a word may be in several; default none',
  ),
  alpha: z.described(z._default(share, 0.9), 'weight of precision in the mean with recall, 0..1: at 1 the mean is recall alone; default 0.9'),
  beta: z.described(z._default(z.number().check(z.minimum(0)), 3), 'how steeply the penalty for another order grows; default 3'),
  gamma: z.described(z._default(share, 0.5), 'the highest penalty for another order, 0..1; default 0.5'),
  threshold: thresholdOption(0.5),
  reference: expectedOption,
  actual: actualOption,
  ignoreCase: z.described(z._default(z.boolean(), true), 'upper and lower case are the same; default true'),
});

/** An expected value that is a list of texts stands for several references. Of very long texts the beginning is compared. */
export const meteor = defineChecker({
  type: 'meteor',
  summary: 'Shared words, stems and synonyms with the expected text, or with the best of several, and their order: METEOR',
  needs: ['expected'],
  example: { type: 'meteor', synonyms: [['car', 'automobile']], threshold: 0.5 },
  options: MeteorOptions,
  create(options) {
    const { alpha, beta, gamma } = options;
    const fold = (text: string): string => (options.ignoreCase ? text.toLowerCase() : text);
    const stem = createStemmer();
    const synonyms = indexSynonyms(
      options.synonyms.map((group) => group.map(fold)),
      stem,
    );
    for (const [word, groups] of synonyms) if (groups.length > maxGroupsOfWord) throw tooManyGroups(word, groups.length);
    const measure = { alpha, beta, gamma, stem, synonyms };
    const textOf = (value: Json): string => fold(safeTextOf(value));
    return checkPairs({ actual: options.actual, expected: options.reference, threshold: options.threshold }, ({ actual, expected }) => {
      const said = textOf(actual);
      const references = Array.isArray(expected) && expected.length > 0 ? expected.map(textOf) : [textOf(expected)];
      const value = scoreMeteor(said, references, measure);
      const isCut = [said, ...references].some((text) => text.length > maxMeteorCharacters);
      const part = isCut ? `, of the first ${maxMeteorCharacters} characters,` : ',';
      const comparison = value >= options.threshold ? 'reaches' : 'is below';
      return { value, reason: `METEOR is ${roundText(value)}${part} which ${comparison} ${roundText(options.threshold)}` };
    });
  },
});

function tooManyGroups(word: string, count: number): ToolError {
  const message = `${quote(word, 40)} and its inflected forms stand in ${count} groups of synonyms`;
  const remedy = `put them in at most ${maxGroupsOfWord}: join groups that mean the same`;
  return new ToolError({ code: 'checker-invalid', message, remedy, problems: [{ field: 'synonyms', message, remedy }] });
}
