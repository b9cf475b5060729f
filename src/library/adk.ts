/**
 * What the formats and scores of the Agent Development Kit mean, as functions of values: the same code that the dataset
 * format `adk`, the checkers and `--from adk` use. Names are ADK's own.
 */
import { adkTurn } from '../agents/parts/adk-events.ts';
import { isJsonEqual } from '../checkers/parts/json-value.ts';
import { createStemmer, rouge } from '../checkers/parts/rouge.ts';
import { type CallMatch, matchCalls } from '../checkers/parts/sequence-match.ts';
import { ToolError } from '../errors.ts';
import type { Json, JsonObject } from '../records/json.ts';
import type { ToolCallStep } from '../records/trajectory.ts';
import { type AdkMetric, type MatchType, readEvalConfig } from '../systems/adk/eval-config.ts';
import { hallucinationScore as scoreLabels } from '../systems/adk/hallucination.ts';
import { convertLegacy, validateLegacy } from '../systems/adk/legacy.ts';
import { type RubricSample, summariseRubrics } from '../systems/adk/rubrics.ts';
import { valueSource } from '../systems/adk/source.ts';
import { finalStatus as combineStatus, type EvalStatus, meanOf, poolRuns as pool, statusOf } from '../systems/adk/status.ts';
import { readTargets } from '../systems/adk/targets.ts';

export type { EvalStatus } from '../systems/adk/status.ts';

/** A call of a tool; its id is never compared. */
export interface ToolUse {
  name: string;
  args?: JsonObject;
}

/** The eval sets of `adk eval`, `FILE` or `FILE:name1,name2`, with the names of the cases that are asked for; an empty list is all. */
export function evalSetTargets(operands: readonly string[]): Record<string, string[]> {
  return Object.fromEntries(readTargets(operands));
}

/**
 * The metrics of a `test_config.json`, ADK's defaults filled in.
 * @throws ToolError for a criterion that is neither a number nor an object with a threshold, and for options that ADK does not know
 */
export function evalMetrics(config: Json, file = 'test_config.json'): JsonObject[] {
  return readEvalConfig(config, valueSource(file)).metrics.map(plainMetric);
}

function plainMetric(metric: AdkMetric): JsonObject {
  const { name, threshold, matchType, ignoreArgs, judgeModel, numSamples, rubrics, evaluateIntermediate, stopSignal } = metric;
  const optional = {
    match_type: matchType,
    ignore_args: ignoreArgs,
    judge_model: judgeModel,
    num_samples: numSamples,
    rubrics: rubrics?.map(
      ({ id, text, type }): JsonObject => ({ rubric_id: id, rubric_content: { text_property: text }, ...(type === undefined ? {} : { type }) }),
    ),
    evaluate_intermediate_nl_responses: evaluateIntermediate,
    stop_signal: stopSignal,
  };
  const given = Object.entries(optional).filter((entry): entry is [string, Exclude<(typeof entry)[1], undefined>] => entry[1] !== undefined);
  return { metric: name, threshold, ...Object.fromEntries(given) };
}

/**
 * A dataset of one of the two old shapes as the cases of an eval set; generated ids and times are left out.
 * @throws ToolError with the field that is missing or wrong
 */
export function convertDataset(value: Json, options: { fileName: string; initialSession?: JsonObject }): { eval_cases: JsonObject[] } {
  return convertLegacy(value, { ...options, source: valueSource(options.fileName) });
}

/** @throws ToolError when the first turn of an old file lacks what a criterion needs, or a criterion is not for old files. */
export function validateFirstTurn(criteria: JsonObject, firstTurn: JsonObject): void {
  const problem = validateLegacy(Object.keys(criteria), firstTurn);
  if (problem) throw new ToolError({ code: 'adk-invalid', message: problem.message, remedy: problem.remedy, problems: [problem] });
}

/** The events of one turn, as `/run` returns them: the final text and the tool calls. @throws AgentFailure for what are no events. */
export function eventsToTurn(events: Json): { final_text: string; tool_uses: ToolUse[] } {
  const { output, steps } = adkTurn(events);
  const calls = steps.filter((step): step is ToolCallStep => step.kind === 'toolCall');
  return { final_text: output, tool_uses: calls.map(({ name, args }) => ({ name, args: (args ?? {}) as JsonObject })) };
}

/** The status of a case from those of its metrics, and as what a summary counts it. */
export function finalStatus(metrics: readonly EvalStatus[]): { final_eval_status: EvalStatus; counts_as: 'passed' | 'failed' } {
  const { finalEvalStatus, countsAs } = combineStatus(metrics);
  return { final_eval_status: finalEvalStatus, counts_as: countsAs };
}

/** One metric of one case over several runs: the mean of the scores of all turns of all runs. */
export function poolRuns(threshold: number, runs: readonly (readonly (number | null)[])[]): { score: number | null; status: EvalStatus } {
  return pool(threshold, runs);
}

/** Rubric verdicts of several questions per turn: the majority per rubric, its mean per turn, and the mean of all. */
export function aggregateRubrics(
  threshold: number,
  invocations: readonly (readonly RubricSample[])[],
): {
  invocations: { rubrics: Record<string, number | null>; score: number | null }[];
  overall_score: number | null;
  status: EvalStatus;
} {
  const { invocations: turns, overallScore, status } = summariseRubrics(threshold, invocations);
  return { invocations: turns, overall_score: overallScore, status };
}

/** hallucinations_v1 of one response from the labels of its sentences; null when no label is known. */
export function hallucinationScore(labels: readonly string[]): number | null {
  return scoreLabels(labels);
}

/** ROUGE-1 as response_match_score has it. Text that is at most half Latin is split at what is no letter and no digit of any script. */
export function rouge1(candidate: string, reference: string): { precision: number; recall: number; fmeasure: number } {
  const { precision, recall, f1 } = rouge(candidate, reference, '1');
  return { precision, recall, fmeasure: f1 };
}

/** The stem under which ROUGE-1 counts a word in lower case; words of up to three letters are their own. */
export function stemToken(word: string): string {
  return word.length <= 3 ? word : createStemmer()(word);
}

const matchOf: Readonly<Record<MatchType, CallMatch>> = { EXACT: 'exact', IN_ORDER: 'in-order', ANY_ORDER: 'any-order' };

/** tool_trajectory_avg_score of one turn: 1 or 0. */
export function trajectoryScore(turn: {
  match_type?: MatchType;
  ignore_args?: boolean;
  actual: readonly ToolUse[];
  expected: readonly ToolUse[];
}): number {
  const { match_type = 'EXACT', ignore_args = false, actual, expected } = turn;
  const isMatch = (wanted: ToolUse, said: { name: string; args?: Json | undefined }) =>
    wanted.name === said.name && (ignore_args || isJsonEqual(wanted.args ?? null, said.args ?? null));
  const calls = actual.map(({ name, args }): ToolCallStep => ({ kind: 'toolCall', name, ...(args ? { args } : {}) }));
  return matchCalls({ match: matchOf[match_type], expected: [...expected], actual: calls, isMatch }).value ?? 0;
}

/** tool_trajectory_avg_score of a case: the mean over its turns. */
export function trajectoryAverage(options: {
  match_type?: MatchType;
  ignore_args?: boolean;
  threshold: number;
  invocations: readonly { actual: readonly ToolUse[]; expected: readonly ToolUse[] }[];
}): { per_invocation: number[]; overall_score: number | null; overall_status: EvalStatus } {
  const { threshold, invocations, ...how } = options;
  const scores = invocations.map((turn) => trajectoryScore({ ...how, ...turn }));
  const mean = meanOf(scores);
  return { per_invocation: scores, overall_score: mean, overall_status: statusOf(mean, threshold) };
}

/** The six measures of two lists of step names; null where a share is of nothing. */
export function trajectoryMeasures(actual: readonly string[], expected: readonly string[], singleTool: string): Record<string, number | null> {
  const calls = actual.map((name): ToolCallStep => ({ kind: 'toolCall', name }));
  const measure = (match: CallMatch) =>
    matchCalls({ match, expected: expected.map((name) => ({ name })), actual: calls, isMatch: (a, b) => a.name === b.name }).value ?? null;
  return {
    exact_match: measure('exact'),
    in_order_match: measure('in-order'),
    any_order_match: measure('any-order'),
    precision: measure('precision'),
    recall: measure('recall'),
    single_tool_use: actual.includes(singleTool) ? 1 : 0,
  };
}
