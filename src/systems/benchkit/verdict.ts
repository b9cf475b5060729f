import { shortened } from '../../errors.ts';
import { isDeeper, isJsonObject, type JsonObject } from '../../records/json.ts';
import { type Score, scored, unscored } from '../../records/score.ts';

/** What one check of a list came to, in BenchKit's words: passed, failed, skipped. */
export type Conclusion = '合格' | '不合格' | '跳过';

/** One entry of `check_details`. */
export interface ItemResult {
  检查结论: Conclusion;
  原因: string;
  详情: string;
}

/** What a checker result means to us: `not_evaluated` was skipped, `error` says nothing about the agent. */
export type Verdict = 'pass' | 'fail' | 'error' | 'not_evaluated';

const words: Readonly<Record<string, Verdict>> = { success: 'pass', failure: 'fail', partial: 'fail', error: 'error', skipped: 'not_evaluated' };

/**
 * The verdict of a checker result, whichever scenario it is of: `overall_result`, else `final_conclusion` (data_analysis), else the
 * boolean `passed` (trip, crm). Partial has not passed. No field of these, or another word in it, is an error.
 */
export function verdictOf(result: JsonObject): Verdict {
  for (const key of ['overall_result', 'final_conclusion']) {
    const said = own(result, key);
    if (said !== undefined && said !== null) return typeof said === 'string' ? (own(words, said.trim().toLowerCase()) ?? 'error') : 'error';
  }
  const passed = own(result, 'passed');
  return typeof passed === 'boolean' ? (passed ? 'pass' : 'fail') : 'error';
}

/** The verdict in the words of `overall_result`; Partial stays apart from Failure. */
export function overallWordOf(result: JsonObject): 'Success' | 'Failure' | 'Partial' | 'Error' | 'Skipped' {
  const said = own(result, 'overall_result') ?? own(result, 'final_conclusion');
  if (typeof said === 'string' && said.trim().toLowerCase() === 'partial') return 'Partial';
  return overallWords[verdictOf(result)];
}

const overallWords = { pass: 'Success', fail: 'Failure', error: 'Error', not_evaluated: 'Skipped' } as const;

/** `overall_result` and `error_reason` of the conclusions of a list, in order: one that failed fails all; none, and skipped ones, are a success. */
export function overallFromItems(conclusions: readonly string[]): { overall_result: 'Success' | 'Failure'; error_reason: string } {
  const failed = conclusions.flatMap((conclusion, index) => (conclusion === '不合格' ? [itemName(index)] : []));
  return { overall_result: failed.length > 0 ? 'Failure' : 'Success', error_reason: failed.length > 0 ? `失败项: ${failed.join(', ')}` : '' };
}

/** The name of the check at an index from 0 where it has none of its own. */
export function itemName(index: number): string {
  return `检查项${index + 1}`;
}

/**
 * The score of a standardised checker result. `value` is the share of its checks that passed among those that were not skipped, by
 * `weights` (default 1 each); without checks it is 1 for a pass and 0 else, and a fail never has 1. The result is kept as `checkResult`.
 */
export function scoreOfResult(result: JsonObject, weights: Readonly<Record<string, number>> = {}): Score {
  const verdict = verdictOf(result);
  const checkResult = capped(result);
  if (verdict === 'error') return { ...unscored(errorText(result)), checkResult };
  if (verdict === 'not_evaluated') return { ...unscored(textAt(result, 'completion_reason') || 'the check was skipped'), checkResult };
  const items = itemsOf(result);
  const judged = items.filter(({ conclusion }) => conclusion !== '跳过');
  const passed = judged.filter(({ conclusion }) => conclusion === '合格');
  const share = weightOf(passed, weights) / (weightOf(judged, weights) || 1);
  const isPass = verdict === 'pass';
  const value = judged.length === 0 ? (isPass ? 1 : 0) : !isPass && share >= 1 ? 0 : Math.min(1, share);
  return { ...scored(value, reasonOf(result, { items, judged: judged.length, passed: passed.length, isPass }), { pass: isPass }), checkResult };
}

interface Item {
  name: string;
  conclusion: string;
  why: string;
}

/** The entries of `check_details` that have a conclusion, in order. */
function itemsOf(result: JsonObject): Item[] {
  return Object.entries(objectAt(result, 'check_details') ?? {}).flatMap(([name, item]) => {
    if (!isJsonObject(item) || typeof item.检查结论 !== 'string') return [];
    return [{ name, conclusion: item.检查结论, why: textAt(item, '原因') || textAt(item, '详情') }];
  });
}

function weightOf(items: readonly Item[], weights: Readonly<Record<string, number>>): number {
  return items.reduce((sum, { name }) => sum + (own(weights, name) ?? 1), 0);
}

const maxShown = 5;

function reasonOf(result: JsonObject, of: { items: readonly Item[]; judged: number; passed: number; isPass: boolean }): string {
  const said = textAt(result, 'error_reason') || textAt(result, 'completion_reason');
  const word = textAt(result, 'overall_result') || textAt(result, 'final_conclusion') || (of.isPass ? 'passed' : 'not passed');
  if (of.items.length === 0) return oneLine(said === '' ? word : `${word}: ${said}`, 300);
  const skipped = of.items.length - of.judged;
  const count = `${of.passed} of ${of.judged} checks passed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
  const failed = of.items.filter(({ conclusion }) => conclusion === '不合格');
  if (failed.length === 0) return of.isPass ? count : oneLine(`${word}, ${count}${said === '' ? '' : `: ${said}`}`, 300);
  const shown = failed.slice(0, maxShown).map(({ name, why }) => `${oneLine(name, 80)} 不合格${why === '' ? '' : `: ${oneLine(why, 160)}`}`);
  const more = failed.length > maxShown ? [`and ${failed.length - maxShown} more`] : [];
  return `${count}; ${[...shown, ...more].join('; ')}`;
}

function errorText(result: JsonObject): string {
  const known = ['overall_result', 'final_conclusion', 'passed'].find((key) => own(result, key) !== undefined && own(result, key) !== null);
  if (known === undefined) return 'the checker result has no overall_result, final_conclusion or passed';
  const why = textAt(result, 'error_reason') || textAt(result, 'completion_reason');
  const said = own(result, known);
  if (typeof said === 'string' && own(words, said.trim().toLowerCase()) === 'error') {
    return oneLine(`the check ended with an error${why === '' ? '' : `: ${why}`}`, 400);
  }
  const shown = typeof said === 'object' ? 'an object or a list' : JSON.stringify(said);
  return oneLine(`the checker result has ${known} ${shown}, which is none of its words`, 300);
}

const maxResultCharacters = 200_000;
const maxResultDepth = 50;

/** A result of a size that a log can hold; of a larger one only what decides. */
function capped(result: JsonObject): JsonObject {
  if (!isDeeper(result, maxResultDepth) && JSON.stringify(result).length <= maxResultCharacters) return result;
  const { overall_result, final_conclusion, passed } = result;
  const kept = Object.entries({ overall_result, final_conclusion, passed }).filter(
    ([, value]) => typeof value === 'boolean' || (typeof value === 'string' && value.length < 100),
  );
  return {
    ...(Object.fromEntries(kept) as JsonObject),
    check_details: {},
    completion_reason: 'the checker result was too large, or nested too deeply, to be kept',
  };
}

/** Text of a stranger on one line, at most so many characters. */
function oneLine(text: string, length: number): string {
  const line = text
    .slice(0, length * 4)
    .replace(/[\s\p{Cc}\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069]+/gu, ' ')
    .replace(/\p{Cs}/gu, '\ufffd')
    .trim();
  return shortened(line, length);
}

function own<T>(object: Readonly<Record<string, T>>, key: string): T | undefined {
  return Object.hasOwn(object, key) ? object[key] : undefined;
}

function textAt(object: JsonObject, key: string): string {
  const value = own(object, key);
  return typeof value === 'string' ? value : '';
}

function objectAt(object: JsonObject, key: string): JsonObject | undefined {
  const value = own(object, key);
  return isJsonObject(value) ? value : undefined;
}
