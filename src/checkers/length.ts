import * as z from '../records/schema.ts';
import { unscored } from '../records/score.ts';
import { compileTemplate } from '../template.ts';
import { defineChecker } from './checker.ts';
import { checkLimits } from './parts/limits.ts';
import { splitWords } from './parts/ngrams.ts';
import { actualOption } from './parts/options.ts';
import { fill, outputTemplate, safeTextOf } from './parts/pairs.ts';
import { sentencesOf } from './parts/text.ts';

const LengthOptions = z
  .strictObject({
    unit: z.described(
      z._default(z.enum(['words', 'characters', 'sentences', 'lines']), 'words'),
      'what is counted: words between white space, characters, sentences, lines that are not empty; default words',
    ),
    max: z.described(z.optional(z.int().check(z.minimum(0))), 'most'),
    min: z.described(z.optional(z.int().check(z.minimum(0))), 'fewest'),
    actual: actualOption,
  })
  .check(
    z.refine(({ min, max }) => min !== undefined || max !== undefined, { message: 'give "max" or "min"' }),
    z.refine(({ min, max }) => (min ?? 0) <= (max ?? Number.POSITIVE_INFINITY), { message: '"min" is above "max"' }),
  );

const counters = {
  words: (text: string): number => splitWords(text).length,
  // Code points, without making a list of them.
  characters: (text: string): number => text.length - text.replace(/[^\ud800-\udbff]+/g, '').length,
  sentences: (text: string): number => sentencesOf(text).length,
  lines: (text: string): number => text.split(/\r\n|\r|\n/).filter((line) => line.trim() !== '').length,
};

export const length = defineChecker({
  type: 'length',
  summary: 'The output is not too long and not too short, in words, characters, sentences or lines',
  needs: [],
  example: { type: 'length', unit: 'words', max: 120 },
  options: LengthOptions,
  create({ unit, min, max, ...options }) {
    const source = options.actual ?? outputTemplate;
    const actual = compileTemplate(source);
    return ({ trajectory, scope }) => {
      if (trajectory.turns.length === 0) return unscored('the agent took no turn');
      const said = fill(actual, scope, source);
      if (!said.isFilled) return unscored(said.reason);
      return checkLimits([{ name: `number of ${unit}`, value: counters[unit](safeTextOf(said.value)), min, max, unit: '' }]);
    };
  },
});
