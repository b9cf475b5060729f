import type { Json } from '../records/json.ts';
import * as z from '../records/schema.ts';
import { notApplicable, type Score, scored, unscored } from '../records/score.ts';
import type { ToolCallStep, Trajectory } from '../records/trajectory.ts';
import { defineChecker } from './checker.ts';
import { isTooDeep, parseJsonText } from './parts/json-value.ts';
import { numbersIn } from './parts/numbers.ts';
import { thresholdOption } from './parts/options.ts';
import { parsePath, valuesAt } from './parts/pointer.ts';
import { countText, quote } from './parts/quote.ts';
import { foldText, holdsWords } from './parts/text.ts';
import { callsOfTurn, isNamedLike } from './parts/tool-call.ts';

/** Values that are looked for at most, of one result and of all: a page of data is not compared word by word. */
const maxValuesOfCall = 200;
const maxValues = 2_000;

const ToolResultUsedOptions = z.strictObject({
  tools: z.described(
    z.optional(z.array(z.string().check(z.minLength(1))).check(z.minLength(1))),
    'only the results of these tools; * stands for any text; default: of all',
  ),
  paths: z.described(
    z.optional(z.array(z.string()).check(z.minLength(1))),
    'JSON pointers or dotted paths into a result, * for any key; every value there has to be in an answer; default: any one value of a result is enough',
  ),
  decimals: z.described(
    z.optional(z.int().check(z.minimum(0), z.maximum(10))),
    'numbers count when they agree after rounding to so many decimals; default: exactly the same number',
  ),
  threshold: thresholdOption(1),
});
type ToolResultUsedOptions = z.infer<typeof ToolResultUsedOptions>;

/** Results of calls that failed, and results without values, are left out. The answer is that of the same turn or a later one. */
export const toolResultUsed = defineChecker({
  type: 'tool-result-used',
  summary: 'What the tools returned is in the answer; the value is the share of results, or of the named values',
  needs: ['tools'],
  example: { type: 'tool-result-used', tools: ['get_order'], paths: ['/total'], decimals: 2 },
  options: ToolResultUsedOptions,
  create(options) {
    const paths = options.paths?.map(parsePath);
    return ({ trajectory }) => judge(trajectory, { ...options, paths });
  },
});

type Options = Omit<ToolResultUsedOptions, 'paths'> & { paths: string[][] | undefined };

function judge(trajectory: Trajectory, options: Options): Score {
  if (trajectory.turns.length === 0) return unscored('the agent took no turn');
  const isAsked = (call: ToolCallStep): boolean => options.tools === undefined || options.tools.some((name) => isNamedLike(call, name));
  const calls = trajectory.turns.flatMap((turn, index) =>
    callsOfTurn(turn)
      .filter(isAsked)
      .map((call) => ({ call, index })),
  );
  if (calls.length === 0) return notApplicable('none of the tools was called');
  if (calls.every(({ call }) => call.result === undefined)) return unscored('the agent did not report what its tools returned');
  const answers = trajectory.turns.map(({ output }) => ({ text: foldText(output), numbers: roundedNumbers(output, options.decimals) }));
  let [total, used, budget] = [0, 0, maxValues];
  let missing: string | undefined;
  for (const { call, index } of calls) {
    if (call.isError === true || call.result === undefined || budget <= 0) continue;
    const values = valuesOf(call.result, options.paths);
    budget -= values.length;
    if (values.length === 0) continue;
    const isIn = (value: string | number): boolean => answers.slice(index).some((answer) => isInAnswer(value, answer, options.decimals));
    const found = options.paths ? values.filter(isIn).length : values.some(isIn) ? 1 : 0;
    const of = options.paths ? values.length : 1;
    total += of;
    used += found;
    if (found < of) missing ??= `${describeMissing(options.paths ? values.find((value) => !isIn(value)) : undefined)} ${quote(call.name, 60)}`;
  }
  if (total === 0) return unscored('the results of the tools hold no value that could be looked for');
  const what = options.paths ? 'value' : 'result';
  const counted = `${used} of ${countText(total, what)} in the answer`;
  return scored(used / total, missing === undefined ? counted : `${counted}; missing is ${missing}`, options);
}

function describeMissing(value: string | number | undefined): string {
  return value === undefined ? 'anything that was returned by' : `${quote(String(value), 80)}, returned by`;
}

/** Numbers and texts of a result; without paths only those that say something when they are found: no true, "ok", 1. */
function valuesOf(result: Json, paths: string[][] | undefined): (string | number)[] {
  const value = unwrap(result);
  if (isTooDeep(value)) return [];
  const roots = paths ? paths.flatMap((keys) => valuesAt(value, keys)) : [value];
  const found: (string | number)[] = [];
  const pending = roots.toReversed();
  for (let item = pending.pop(); item !== undefined && found.length < maxValuesOfCall; item = pending.pop()) {
    if (item !== null && typeof item === 'object') pending.push(...Object.values(item).slice(0, maxValuesOfCall).toReversed());
    else if (typeof item === 'number' && (paths || Math.abs(item) > 1)) found.push(item);
    else if (typeof item === 'string' && foldText(item).length >= (paths ? 1 : 3)) found.push(item);
    else if (typeof item === 'boolean' && paths) found.push(String(item));
  }
  return found;
}

/** JSON text stands for its value, and a list of MCP text blocks for the texts. */
function unwrap(result: Json): Json {
  if (typeof result === 'string') {
    const parsed = parseJsonText(result);
    return parsed.isJson ? parsed.value : result;
  }
  if (result === null || typeof result !== 'object' || Array.isArray(result) || !Array.isArray(result.content)) return result;
  const texts = result.content.flatMap((block) =>
    block !== null && typeof block === 'object' && !Array.isArray(block) && typeof block.text === 'string' ? [unwrap(block.text)] : [],
  );
  if (texts.length === 0) return result;
  return texts.length === 1 ? (texts[0] ?? null) : texts;
}

function isInAnswer(value: string | number, answer: { text: string; numbers: ReadonlySet<number> }, decimals: number | undefined): boolean {
  if (typeof value === 'number') return answer.numbers.has(rounded(value, decimals));
  const text = foldText(value);
  if (text !== '' && holdsWords(answer.text, text)) return true;
  // "1200.50" and "1,200.5" are one number.
  const [only, ...more] = numbersIn(value);
  return only !== undefined && more.length === 0 && only.text.length === value.trim().length && answer.numbers.has(rounded(only.value, decimals));
}

function roundedNumbers(text: string, decimals: number | undefined): Set<number> {
  return new Set(numbersIn(text).map(({ value }) => rounded(value, decimals)));
}

function rounded(value: number, decimals: number | undefined): number {
  return decimals === undefined || Math.abs(value) >= 1e15 ? value : Number(value.toFixed(decimals));
}
