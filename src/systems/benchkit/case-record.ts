import { isJsonObject, type Json, type JsonObject } from '../../records/json.ts';
import type { Outcome } from '../../records/run-log.ts';
import type { Score } from '../../records/score.ts';
import { skippedResult } from './retry.ts';
import { overallWordOf } from './verdict.ts';

interface CaseScore {
  checker: string;
  score: Score;
}

/** What a case file is made of. */
export interface CaseSource {
  dataId: JsonObject[string];
  outcome: Outcome;
  scores: readonly CaseScore[];
  /** The agent gave no answer. */
  isError: boolean;
}

/**
 * The content of cases/check_ID.json. The result of one BenchKit checker is written as it was, with `overall_result` where it has another field for it; several checkers are the entries of
 * `check_details`, and the outcome of the slot decides. Undefined: nothing has judged the answer.
 */
export function caseRecord({ dataId, outcome, scores, isError }: CaseSource): JsonObject | undefined {
  if (isError) return { data_id: dataId, ...skippedResult(), execution_status: 'error' };
  const made = scores.filter(({ score }) => !isNotApplicable(score));
  const [only] = made;
  if (!only) return scores.length === 0 ? undefined : { ...nothingChecked(scores), data_id: dataId, execution_status: 'success' };
  const own = made.length === 1 ? resultOf(only.score) : undefined;
  return { ...(own ? withOverall(own) : joined(made, outcome)), data_id: dataId, execution_status: 'success' };
}

/** The summary counts the exact words of `overall_result`, which scenarios with `final_conclusion` or `passed` do not write. */
function withOverall(result: JsonObject): JsonObject {
  const { overall_result: said = null } = result;
  const word = overallWordOf(result);
  const isWord = said === null || (typeof said === 'string' && said.trim().toLowerCase() === word.toLowerCase());
  return isWord ? { ...result, overall_result: word } : result;
}

function nothingChecked(scores: readonly CaseScore[]): JsonObject {
  const reasons = scores.flatMap(({ score }) => (score.kind === 'unscored' ? [score.reason] : []));
  return { overall_result: 'Skipped', check_details: {}, check_list_count: 0, completion_status: 'skipped', completion_reason: reasons.join('; ') };
}

function joined(scores: readonly CaseScore[], outcome: Outcome): JsonObject {
  const details = scores.flatMap(({ checker, score }): [string, Json][] => {
    const items = Object.entries(detailsOf(score));
    return items.length > 0 ? items.map(([name, item]) => [`${checker}: ${name}`, item]) : [[checker, itemOf(score)]];
  });
  const isJudged = outcome === 'pass' || outcome === 'fail';
  const failed = scores.filter(({ score }) => score.kind === 'scored' && !score.pass).map(({ checker }) => checker);
  const unclear = scores.flatMap(({ score }) => (score.kind === 'unscored' ? [score.reason] : []));
  return {
    overall_result: outcome === 'pass' ? 'Success' : outcome === 'fail' ? 'Failure' : 'Error',
    check_details: Object.fromEntries(details),
    check_list_count: details.length,
    completion_status: isJudged ? 'completed' : 'failed',
    completion_reason: isJudged ? '检查完成' : `检查失败: ${unclear.join('; ')}`,
    error_reason: outcome === 'fail' ? `失败项: ${failed.join(', ')}` : isJudged ? '' : unclear.join('; '),
  };
}

function itemOf(score: Score): JsonObject {
  if (score.kind === 'unscored') return { 检查结论: '跳过', 原因: score.reason, 详情: '' };
  return { 检查结论: score.pass ? '合格' : '不合格', 原因: score.reason, 详情: `value ${score.value}` };
}

function isNotApplicable(score: Score): boolean {
  return score.kind === 'unscored' && score.isApplicable === false;
}

/** A score of a checker of ours, such as one that could not say, may have no result of BenchKit's. */
function resultOf(score: Score): JsonObject | undefined {
  return isJsonObject(score.checkResult) ? score.checkResult : undefined;
}

function detailsOf(score: Score): JsonObject {
  const details = resultOf(score)?.check_details;
  return isJsonObject(details) ? details : {};
}
