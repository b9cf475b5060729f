import { isJsonObject, type Json, type JsonObject } from '../../records/json.ts';
import { adkMetrics, defaultCriteria, defaultJudgeModel, defaultMaxInvocations, defaultSamples, rubricTypes } from './metrics.ts';
import { type AdkRubric, readRubrics } from './rubrics.ts';
import { type AdkFields, type AdkSource, adkError, fieldsOf, kindOf } from './source.ts';

export type MatchType = 'EXACT' | 'IN_ORDER' | 'ANY_ORDER';

/** One criterion of a `test_config.json`, with ADK's defaults filled in. */
export interface AdkMetric {
  name: string;
  threshold: number;
  /** Of tool_trajectory_avg_score. */
  matchType?: MatchType;
  ignoreArgs?: boolean;
  /** Of the metrics that a model judges. */
  judgeModel?: string;
  numSamples?: number;
  /** Of the rubric metrics. */
  rubrics?: AdkRubric[];
  /** Of hallucinations_v1. */
  evaluateIntermediate?: boolean;
  /** Of the judged metrics: what was said on the way counts as part of the response. */
  includeIntermediate?: boolean;
  /** Of per_turn_user_simulator_quality_v1. */
  stopSignal?: string;
  /** A Python function of the project's computes it: `package.module.function`. */
  customFunction?: string;
}

export interface AdkUserSimulator {
  model: string;
  /** Messages at most, the first one included; absent: without a limit. */
  maxInvocations?: number;
  instructions?: string;
  includeFunctionCalls: boolean;
  temperature?: number;
}

export interface AdkEvalConfig {
  metrics: AdkMetric[];
  userSimulator?: AdkUserSimulator;
  /** Something here has no counterpart: field and what it means. */
  notes: { field: string; message: string }[];
}

/** What counts where a project has no `test_config.json`. */
export function defaultEvalConfig(): AdkEvalConfig {
  const metrics = Object.entries(defaultCriteria).map(([name, threshold]) => metricOf(name, threshold));
  return { metrics, notes: [] };
}

/**
 * A `test_config.json`: criteria as numbers and as objects, custom metrics, the simulated user.
 * @throws ToolError with field and line for a criterion that ADK would refuse too
 */
export function readEvalConfig(value: Json, source: AdkSource): AdkEvalConfig {
  const fields = fieldsOf(value, '', source);
  const criteria = fields.child('criteria') ?? {};
  const custom = customFunctions(fields, source);
  const notes: AdkEvalConfig['notes'] = [];
  const metrics = Object.entries(criteria).map(([name, criterion]): AdkMetric => {
    const path = `${fields.pathOf('criteria')}.${name}`;
    const customFunction = custom.get(name);
    const metric = readMetric(name, { criterion, path, source });
    if (customFunction !== undefined) return { ...metric, customFunction };
    if (!Object.hasOwn(adkMetrics, name))
      notes.push({ field: path, message: `no metric of ADK is called ${JSON.stringify(name)}, and "custom_metrics" does not say what computes it` });
    return metric;
  });
  const userSimulator = readUserSimulator(fields, source);
  if (fields.has('live_model_config'))
    notes.push({ field: fields.pathOf('live_model_config'), message: 'speech in both directions is not spoken with an agent here' });
  return { metrics, ...(userSimulator ? { userSimulator } : {}), notes };
}

function readMetric(name: string, { criterion, path, source }: { criterion: Json; path: string; source: AdkSource }): AdkMetric {
  const number = typeof criterion === 'string' && criterion.trim() !== '' ? Number(criterion) : criterion;
  if (typeof number === 'number' && Number.isFinite(number)) return metricOf(name, number);
  if (!isJsonObject(criterion))
    throw adkError(
      source,
      path,
      typeof criterion === 'number' ? 'the number is too large' : `a number or an object is expected, found ${kindOf(criterion)}`,
      'write the threshold, such as 0.8, or {"threshold": 0.8}',
    );
  const fields = fieldsOf(criterion, path, source);
  const threshold = fields.number('threshold');
  if (threshold === undefined) throw fields.fail('threshold', 'it is missing', 'write the lowest score that passes, such as 0.8');
  return { ...metricOf(name, threshold), ...optionsOf(name, fields, source) };
}

function metricOf(name: string, threshold: number): AdkMetric {
  const judge = adkMetrics[name] === 'judge' ? { judgeModel: defaultJudgeModel, numSamples: defaultSamples } : {};
  return { name, threshold, ...(name === 'tool_trajectory_avg_score' ? { matchType: 'EXACT' as const } : {}), ...judge };
}

function optionsOf(name: string, fields: AdkFields, source: AdkSource): Partial<AdkMetric> {
  const kind = Object.hasOwn(adkMetrics, name) ? adkMetrics[name] : undefined;
  if (name === 'tool_trajectory_avg_score') {
    const ignoreArgs = fields.flag('ignore_args');
    return { matchType: matchTypeOf(fields), ...(ignoreArgs === undefined ? {} : { ignoreArgs }) };
  }
  if (kind !== 'judge') return {};
  const [evaluateIntermediate, includeIntermediate] = [
    fields.flag('evaluate_intermediate_nl_responses'),
    fields.flag('include_intermediate_responses_in_final'),
  ];
  const stopSignal = fields.text('stop_signal');
  const rubrics = fields.list('rubrics');
  return {
    ...judgeOf(fields, source),
    ...(Object.hasOwn(rubricTypes, name) && rubrics ? { rubrics: readRubrics(rubrics, fields.pathOf('rubrics'), source) } : {}),
    ...(name === 'hallucinations_v1' && evaluateIntermediate !== undefined ? { evaluateIntermediate } : {}),
    ...(includeIntermediate === undefined ? {} : { includeIntermediate }),
    ...(name === 'per_turn_user_simulator_quality_v1' && stopSignal !== undefined ? { stopSignal } : {}),
  };
}

function judgeOf(fields: AdkFields, source: AdkSource): Partial<AdkMetric> {
  const options = fields.child('judge_model_options');
  if (!options) return {};
  const judge = fieldsOf(options, fields.pathOf('judge_model_options'), source);
  const numSamples = judge.number('num_samples');
  if (numSamples !== undefined && !(Number.isInteger(numSamples) && numSamples >= 1)) {
    throw judge.fail(
      'num_samples',
      `a whole number of at least 1 is expected, found ${numSamples}`,
      `write how often the judge is asked; ADK's default is ${defaultSamples}`,
    );
  }
  const judgeModel = judge.text('judge_model');
  return { ...(judgeModel ? { judgeModel } : {}), ...(numSamples === undefined ? {} : { numSamples }) };
}

const matchTypes: readonly MatchType[] = ['EXACT', 'IN_ORDER', 'ANY_ORDER'];

/** A name in any case, with `-` or a space for `_`, or its number. */
function matchTypeOf(fields: AdkFields): MatchType {
  const { match_type: snake, matchType: camel } = fields.object;
  const value = snake ?? camel;
  if (value === undefined) return 'EXACT';
  const name = typeof value === 'string' ? value.trim().toUpperCase().replace(/[- ]/g, '_') : value;
  const found = typeof name === 'number' ? matchTypes[name] : matchTypes.find((type) => type === name);
  if (found) return found;
  throw fields.fail('match_type', `no match type is called ${JSON.stringify(value)}`, `write one of ${matchTypes.join(', ')}, or 0, 1, 2`);
}

function customFunctions(fields: AdkFields, source: AdkSource): Map<string, string> {
  const found = new Map<string, string>();
  const custom = fields.child('custom_metrics') ?? {};
  for (const [name, entry] of Object.entries(custom)) {
    const path = `${fields.pathOf('custom_metrics')}.${name}`;
    const metric = fieldsOf(entry, path, source);
    const code = metric.child('code_config');
    if (!code) throw metric.fail('code_config', 'it is missing', 'name the function, {"name": "package.module.function"}');
    found.set(name, fieldsOf(code, metric.pathOf('code_config'), source).requiredText('name', 'name the function, such as package.module.function'));
  }
  return found;
}

function readUserSimulator(fields: AdkFields, source: AdkSource): AdkUserSimulator | undefined {
  const value = fields.child('user_simulator_config');
  if (!value) return undefined;
  const user = fieldsOf(value, fields.pathOf('user_simulator_config'), source);
  const max = user.number('max_allowed_invocations') ?? defaultMaxInvocations;
  if (!Number.isInteger(max) || (max < 1 && max !== -1)) {
    throw user.fail(
      'max_allowed_invocations',
      `a whole number of at least 1, or -1 for no limit, is expected, found ${max}`,
      'write how many messages the user sends at most',
    );
  }
  const instructions = user.text('custom_instructions');
  const configuration: JsonObject = user.child('model_configuration') ?? {};
  const temperature = configuration.temperature;
  return {
    model: user.text('model') ?? defaultJudgeModel,
    ...(max === -1 ? {} : { maxInvocations: max }),
    ...(instructions === undefined ? {} : { instructions }),
    includeFunctionCalls: user.flag('include_function_calls') ?? false,
    ...(typeof temperature === 'number' ? { temperature } : {}),
  };
}
