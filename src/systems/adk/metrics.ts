/**
 * How a metric is computed here: `native` by comparing, `judge` by asking the judge model of the suite, `service` not at
 * all, as only a service of Google's computes it, `informational` by every report anyway.
 */
export type MetricKind = 'native' | 'judge' | 'service' | 'informational';

/** The metrics that ADK knows by name. */
export const adkMetrics: Readonly<Record<string, MetricKind>> = {
  tool_trajectory_avg_score: 'native',
  response_match_score: 'native',
  final_response_match_v2: 'judge',
  rubric_based_final_response_quality_v1: 'judge',
  rubric_based_tool_use_quality_v1: 'judge',
  rubric_based_multi_turn_trajectory_quality_v1: 'judge',
  hallucinations_v1: 'judge',
  per_turn_user_simulator_quality_v1: 'judge',
  response_evaluation_score: 'service',
  safety_v1: 'service',
  multi_turn_task_success_v1: 'service',
  multi_turn_trajectory_quality_v1: 'service',
  multi_turn_tool_use_quality_v1: 'service',
  tool_call_count_v1: 'informational',
  inference_call_count_v1: 'informational',
  token_usage_v1: 'informational',
  invocation_duration_v1: 'informational',
};

/** The criteria of a project without a `test_config.json`. */
export const defaultCriteria: Readonly<Record<string, number>> = { tool_trajectory_avg_score: 1, response_match_score: 0.8 };

/** The type that rubrics of a case or a turn need to count for a rubric metric. */
export const rubricTypes: Readonly<Record<string, string>> = {
  rubric_based_final_response_quality_v1: 'FINAL_RESPONSE_QUALITY',
  rubric_based_tool_use_quality_v1: 'TOOL_USE_QUALITY',
  rubric_based_multi_turn_trajectory_quality_v1: 'TRAJECTORY_QUALITY',
};

/** What ADK asks where a criterion names no judge. */
export const defaultJudgeModel = 'gemini-2.5-flash';
export const defaultSamples = 5;

/** With this text ADK's simulated user ends a conversation. */
export const defaultStopSignal = '</finished>';
/** Messages of ADK's simulated user at most, the first one included. */
export const defaultMaxInvocations = 20;
