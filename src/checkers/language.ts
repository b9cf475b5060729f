import { ToolError } from '../errors.ts';
import type { Json } from '../records/json.ts';
import * as z from '../records/schema.ts';
import { scored, unscored } from '../records/score.ts';
import { unknownNameRemedy } from '../registry.ts';
import { compileTemplate, templateNames } from '../template.ts';
import { defineChecker } from './checker.ts';
import { actualOption } from './parts/options.ts';
import { fill, outputTemplate, safeTextOf } from './parts/pairs.ts';
import { quote } from './parts/quote.ts';

/** More text tells no more, and takes its time. */
const maxLength = 2000;
/** A short sentence gets 0.05, a clear one 1; less is a guess. Words of no language may still get more. */
const minAccuracy = 0.02;

const LanguageOptions = z.strictObject({
  language: z.described(
    z.union([z.string().check(z.minLength(1)), z.array(z.string().check(z.minLength(1))).check(z.minLength(1))]),
    'ISO 639 code that is expected, such as de, or a list of codes of which one is enough; templates such as "{{row.language}}"',
  ),
  minLength: z.described(
    z._default(z.int().check(z.minimum(1), z.maximum(maxLength)), 30),
    'letters that are needed to tell a language; with fewer the score is unscored; default 30',
  ),
  actual: actualOption,
});

/** By its letters and the first 2,000 characters without code and addresses. What cannot be told is unscored. */
export const language = defineChecker({
  type: 'language',
  summary: 'The output is in an expected language, one of 62',
  needs: [],
  example: { type: 'language', language: ['de', '{{row.language}}'] },
  options: LanguageOptions,
  async create(options) {
    const { detectAll, supportedLanguages, toISO2 } = await import('tinyld');
    const known = new Set(supportedLanguages.map((code) => toISO2(code)));
    const codeOf = (text: string): string | undefined => {
      const [code = ''] = text.trim().toLowerCase().split(/[-_]/);
      const short = code === 'nb' || code === 'nn' || code === 'nno' ? 'no' : code.length === 3 && toISO2(code) !== '' ? toISO2(code) : code;
      return known.has(short) ? short : undefined;
    };
    const wanted = [options.language].flat();
    const unknown = wanted.find((text) => templateNames(text).length === 0 && codeOf(text) === undefined);
    if (unknown !== undefined) throw unknownLanguage(unknown, [...known]);
    const source = options.actual ?? outputTemplate;
    const [actual, expected] = [compileTemplate(source), compileTemplate(wanted)];
    return ({ trajectory, scope }) => {
      if (trajectory.turns.length === 0) return unscored('the agent took no turn');
      const names = fill(expected, scope, wanted);
      if (!names.isFilled) return unscored(names.reason);
      const texts = wordsOf(names.value);
      const codes = texts.map(codeOf);
      const strange = texts.find((_, index) => codes[index] === undefined);
      if (strange !== undefined || texts.length === 0) return unscored(`${quote(strange ?? '', 40)} is no language that is known here`);
      const said = fill(actual, scope, source);
      if (!said.isFilled) return unscored(said.reason);
      const text = proseOf(safeTextOf(said.value));
      const letters = text.match(/\p{L}/gu)?.length ?? 0;
      if (letters < neededOf(text, options.minLength)) return unscored(`it has ${letters} letters, too few to tell its language`);
      const [best] = detectAll(text);
      if (!best || best.accuracy < minAccuracy) return unscored(`its language cannot be told: ${quote(text)}`);
      const isIt = codes.includes(best.lang);
      return scored(isIt ? 1 : 0, `it looks like ${best.lang}${isIt ? '' : `, not ${[...new Set(codes)].join(' or ')}`}: ${quote(text)}`);
    };
  },
});

/** A letter of these scripts says as much as several of an alphabet. */
function neededOf(text: string, minLength: number): number {
  return /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Hangul}]/u.test(text) ? Math.ceil(minLength / 4) : minLength;
}

/** The beginning of a text without code and addresses, which are in no language. */
function proseOf(text: string): string {
  const parts = text.slice(0, 20 * maxLength).split('```');
  const prose = parts.filter((_, index) => index % 2 === 0).join(' ');
  return prose
    .replace(/https?:\/\/\S+|`[^`\n]{0,200}`/g, ' ')
    .trim()
    .slice(0, maxLength);
}

function wordsOf(value: Json): string[] {
  return [value].flat(2).map((item) => safeTextOf(item as Json));
}

function unknownLanguage(code: string, known: readonly string[]): ToolError {
  const message = `${JSON.stringify(code)} is no language that is known here`;
  const remedy = unknownNameRemedy(code, [...known].sort());
  return new ToolError({ code: 'checker-invalid', message, remedy, problems: [{ field: 'language', message, remedy }] });
}
