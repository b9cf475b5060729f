import { Json } from '../records/json.ts';
import * as z from '../records/schema.ts';
import { notApplicable, type Score, scored, unscored } from '../records/score.ts';
import { compileTemplate } from '../template.ts';
import { defineChecker } from './checker.ts';
import { findCitations, quotedSpans, type Source, sourcesOf } from './parts/citation.ts';
import { numbersIn } from './parts/numbers.ts';
import { actualOption, thresholdOption } from './parts/options.ts';
import { fill, outputTemplate, safeTextOf } from './parts/pairs.ts';
import { countText, quote } from './parts/quote.ts';
import { foldText, sentencesOf } from './parts/text.ts';

const CitationsOptions = z.strictObject({
  context: z.described(
    z.optional(Json),
    'template of what may be cited: a text, a list of texts (cited as [1], [2], …), a list of {id, text}, or a mapping from id to text; default "{{metadata.context}}"',
  ),
  min: z.described(z._default(z.int().check(z.minimum(0)), 1), 'citations there have to be at least; default 1'),
  quotes: z.described(
    z._default(z.boolean(), true),
    'quoted words have to stand in the context, white space, case and kinds of quotes aside; default true',
  ),
  minQuoteWords: z.described(z._default(z.int().check(z.minimum(1)), 4), 'words from which on something between quotes is a quote; default 4'),
  numbers: z.described(z._default(z.boolean(), false), 'every number of the answer has to stand in the context too; default false'),
  citedShare: z.described(
    z._default(z.number().check(z.minimum(0), z.maximum(1)), 0),
    'share of the sentences that have a citation at least, 0..1; default 0',
  ),
  actual: actualOption,
  threshold: thresholdOption(1),
});
type CitationsOptions = z.infer<typeof CitationsOptions>;

/** Word for word only: whether a source means what the answer says is for a judge. */
export const citations = defineChecker({
  type: 'citations',
  summary: 'Citations such as [1] or [doc:2] exist in the given context, and quotes and numbers stand in it; the value is the share that does',
  needs: [],
  example: { type: 'citations', context: '{{metadata.documents}}', min: 1, citedShare: 0.5 },
  options: CitationsOptions,
  create(options) {
    const contextSource = options.context ?? '{{metadata.context}}';
    const [context, actual] = [compileTemplate(contextSource), compileTemplate(options.actual ?? outputTemplate)];
    return ({ trajectory, scope, sample }): Score => {
      if (trajectory.turns.length === 0) return unscored('the agent took no turn');
      if (options.context === undefined && sample.metadata.context === undefined)
        return notApplicable('the sample has no metadata.context, which could be cited');
      const given = fill(context, scope, contextSource);
      if (!given.isFilled) return unscored(given.reason);
      const sources = sourcesOf(given.value);
      if (sources.length === 0) return unscored('the context is empty, or no text, list or mapping of texts');
      const said = fill(actual, scope, options.actual ?? outputTemplate);
      if (!said.isFilled) return unscored(said.reason);
      return judge(safeTextOf(said.value), sources, options);
    };
  },
});

function judge(text: string, sources: readonly Source[], options: CitationsOptions): Score {
  const ids = new Set(sources.map(({ id }) => id.toLowerCase()));
  const cited = findCitations(text, ids);
  if (cited.length < options.min) return scored(0, `it has ${countText(cited.length, 'citation')}, expected at least ${options.min}`);
  const claims = [
    ...cited.map((id) => ({ holds: ids.has(id.toLowerCase()), problem: `there is no source ${quote(id, 60)}` })),
    ...claimsOf(text, sources, options),
  ];
  const broken = claims.filter(({ holds }) => !holds);
  const value = claims.length === 0 ? 1 : (claims.length - broken.length) / claims.length;
  const share = citedShare(text, ids);
  if (share < options.citedShare) {
    return scored(
      Math.min(value, share),
      `${Math.round(share * 100)} % of the sentences have a citation, expected ${Math.round(options.citedShare * 100)} %`,
      { pass: false },
    );
  }
  if (!broken[0]) return scored(1, `${countText(cited.length, 'citation')}, and all that could be looked up stands in the context`);
  return scored(value, `${broken.length} of ${claims.length} cannot be found: ${broken[0].problem}`, options);
}

function claimsOf(text: string, sources: readonly Source[], options: CitationsOptions): { holds: boolean; problem: string }[] {
  const folded = sources.map((source) => foldText(source.text));
  const quotes = options.quotes ? quotedSpans(text, options.minQuoteWords) : [];
  const claims = quotes.map((span) => ({
    holds: folded.some((source) => source.includes(foldText(span))),
    problem: `the quote ${quote(span)} is in no source`,
  }));
  if (!options.numbers) return claims;
  const known = new Set(sources.flatMap((source) => numbersIn(source.text).map(({ value }) => value)));
  // The number of a citation is no claim.
  const numbers = numbersIn(text.replace(/\[[^[\]\n]{1,80}\]/g, ' '));
  return [...claims, ...numbers.map((number) => ({ holds: known.has(number.value), problem: `the number ${number.text} is in no source` }))];
}

function citedShare(text: string, ids: ReadonlySet<string>): number {
  const sentences = sentencesOf(text.replace(/(?<!^[ \t]{0,20}\d{1,3})([.!?]["'\u201d\u00bb]?)((?:\s{0,3}\[[^[\]\n]{1,80}\])+)/gm, '$2$1 '));
  if (sentences.length === 0) return 0;
  return sentences.filter((sentence) => findCitations(sentence, ids).length > 0).length / sentences.length;
}
