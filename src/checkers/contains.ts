import { ToolError } from '../errors.ts';
import type { Json } from '../records/json.ts';
import * as z from '../records/schema.ts';
import { type UnscoredScore, unscored } from '../records/score.ts';
import { defineChecker } from './checker.ts';
import { actualOption, ignoreCaseOption } from './parts/options.ts';
import { checkPairs, type PairScore, safeTextOf } from './parts/pairs.ts';
import { quote } from './parts/quote.ts';

const Texts = z.union([z.string(), z.array(z.union([z.string(), z.number(), z.boolean()]))]);

const ContainsOptions = z.strictObject({
  value: z.described(
    z.optional(
      z.union([
        z.string(),
        z.number(),
        z.boolean(),
        z.array(z.string()),
        z.strictObject({ any: z.described(z.optional(Texts), 'one of these is enough'), all: z.described(z.optional(Texts), 'every one of these') }),
      ]),
    ),
    'text that the output holds, a list of texts that it holds all of, or {any: […]} or {all: […]}; default "{{expected}}"',
  ),
  any: z.described(z.optional(Texts), 'one of these texts is enough'),
  all: z.described(z.optional(Texts), 'every one of these texts'),
  at: z.described(
    z.optional(z.enum(['anywhere', 'start', 'end'])),
    'where the text has to stand, white space around the output left out; default anywhere',
  ),
  actual: actualOption,
  ignoreCase: ignoreCaseOption,
});
type ContainsOptions = z.infer<typeof ContainsOptions>;

export const contains = defineChecker({
  type: 'contains',
  summary: 'The output holds a text, one of several, or all of several; the value is the share that was found',
  needs: ['expected'],
  example: { type: 'contains', value: '{{expected}}', ignoreCase: true },
  options: ContainsOptions,
  create(options) {
    const wanted = wantedTexts(options);
    return checkPairs({ actual: options.actual, expected: wanted, threshold: 1 }, ({ actual, expected }) =>
      judge(safeTextOf(actual), wanted === undefined ? { all: [expected], any: [] } : expected, options),
    );
  },
});

/** The texts that all have to be there, and lists of which one is enough; undefined: the default. @throws ToolError for an empty text or list. */
function wantedTexts(options: ContainsOptions): { all: Json[]; any: Json[] } | undefined {
  const { value } = options;
  const groups = typeof value === 'object' && !Array.isArray(value) ? value : { all: value };
  const result: { all: Json[]; any: Json[] } = { all: [], any: [] };
  for (const texts of [groups.all, options.all]) if (texts !== undefined) result.all.push(texts);
  for (const texts of ['any' in groups ? groups.any : undefined, options.any]) if (texts !== undefined) result.any.push(texts);
  if (result.all.length + result.any.length === 0) return undefined;
  for (const text of [...result.all, ...result.any].flat()) if (text === '') throw emptyTextError();
  if ([...result.all, ...result.any].some((texts) => Array.isArray(texts) && texts.length === 0)) throw emptyTextError();
  return result;
}

function emptyTextError(): ToolError {
  const remedy = 'name at least one text that is not empty';
  const message = 'every output holds an empty text or list, so this check could never fail';
  return new ToolError({ code: 'checker-invalid', message, remedy, problems: [{ field: 'value', message, remedy }] });
}

function judge(said: string, wanted: Json, { ignoreCase, at }: Pick<ContainsOptions, 'ignoreCase' | 'at'>): PairScore | UnscoredScore {
  const fold = (text: string): string => (ignoreCase ? text.toLowerCase() : text);
  const haystack = fold(said);
  const groups = groupsOf(wanted);
  if (groups.length === 0 || groups.flat().includes('')) return unscored('the text to look for is empty, which every output holds');
  const trimmed = haystack.trim();
  const holds = (text: string): boolean =>
    at === 'start' ? trimmed.startsWith(text) : at === 'end' ? trimmed.endsWith(text) : haystack.includes(text);
  const missing = groups.filter((group) => !group.some((text) => holds(fold(text))));
  const found = groups.length - missing.length;
  const first = missing[0];
  const verb = at === 'start' ? 'begin with' : at === 'end' ? 'end with' : 'hold';
  if (!first)
    return {
      value: 1,
      reason: `it ${verb.replace(/^\w+/, '$&s')} ${describeGroup(groups[0] ?? [])}${groups.length > 1 ? ` and ${groups.length - 1} more` : ''}`,
    };
  const more = missing.length > 1 ? ` and ${missing.length - 1} more` : '';
  return { value: found / groups.length, reason: `it does not ${verb} ${describeGroup(first)}${more}; it says ${quote(said)}` };
}

/** One group per condition: any text of a group fulfils it. */
function groupsOf(wanted: Json): string[][] {
  const { all, any } = wanted as { all: Json[]; any: Json[] };
  const either = any.map((texts) => listOf(texts)).filter((texts) => texts.length > 0);
  return [...all.flatMap((texts) => listOf(texts)).map((text) => [text]), ...either];
}

function listOf(texts: Json): string[] {
  return (Array.isArray(texts) ? texts.flat() : [texts]).map((text) => (text === null ? '' : safeTextOf(text)));
}

function describeGroup(group: readonly string[]): string {
  const shown = group
    .slice(0, 3)
    .map((text) => quote(text, 60))
    .join(', ');
  return group.length === 1 ? shown : `any of ${shown}${group.length > 3 ? ', …' : ''}`;
}
