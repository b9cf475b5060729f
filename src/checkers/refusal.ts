import * as z from '../records/schema.ts';
import { scored, unscored } from '../records/score.ts';
import type { Turn } from '../records/trajectory.ts';
import { defineChecker } from './checker.ts';
import { quote } from './parts/quote.ts';
import { type RefusalLanguage, refusalLanguages, refusalPhrases } from './parts/refusal-phrases.ts';
import { foldText } from './parts/text.ts';

/** Refusals are said at once; further on the same words are mostly about something else. */
const maxHeadLength = 400;

const RefusalOptions = z.strictObject({
  turns: z.described(z._default(z.enum(['last', 'any']), 'last'), 'the last turn, or any; default last'),
  languages: z.described(
    z._default(z.array(z.enum(refusalLanguages)).check(z.minLength(1)), [...refusalLanguages]),
    'languages whose phrases are looked for; default all',
  ),
  phrases: z.described(z._default(z.array(z.string().check(z.minLength(1))), []), 'further phrases that are a refusal; case does not count'),
});

/** Known phrases in the first 400 characters, or a field "refusal" of the turn: a refusal in other words is not seen. */
export const refusal = defineChecker({
  type: 'refusal',
  summary: 'The agent refused, by a field of its reply or by known phrases of nine languages; mostly used with not',
  needs: [],
  example: { type: 'refusal', not: true },
  options: RefusalOptions,
  create({ turns, languages, phrases }) {
    const known = [...new Set([...phrases.map(foldText), ...languages.flatMap((language: RefusalLanguage) => refusalPhrases(language))])].filter(
      (phrase) => phrase !== '',
    );
    const plain = known.filter(isPlain);
    return ({ trajectory }) => {
      if (trajectory.turns.length === 0) return unscored('the agent took no turn');
      const looked = turns === 'last' ? trajectory.turns.slice(-1) : trajectory.turns;
      for (const turn of looked) {
        const found = findRefusal(turn, { known, plain });
        if (found !== undefined) return scored(1, `it refused: ${quote(found)}`);
      }
      return scored(0, `no sign of a refusal in ${quote(looked.at(-1)?.output ?? '')}`);
    };
  },
});

function findRefusal(turn: Turn, phrases: { known: readonly string[]; plain: readonly string[] }): string | undefined {
  const { refusal: field } = turn;
  if (typeof field === 'string' && field.trim() !== '') return field;
  if (field === true) return turn.output.trim() === '' ? 'the reply is marked as one' : turn.output;
  const head = foldText(turn.output.slice(0, maxHeadLength));
  // A text without a letter beyond ASCII holds no phrase with one.
  const possible = isPlain(head) ? phrases.plain : phrases.known;
  return possible.some((phrase) => head.includes(phrase)) ? turn.output : undefined;
}

function isPlain(text: string): boolean {
  return !/[\u0080-\uffff]/.test(text);
}
