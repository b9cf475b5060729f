import { isJsonObject, type Json, type JsonObject } from '../../records/json.ts';
import type { Trajectory } from '../../records/trajectory.ts';
import { callsOf, intermediateTexts, stepsOf, textOfContent } from './content.ts';
import { setNameOf } from './eval-set.ts';
import { parseJsonText } from './json-text.ts';
import { type AdkFields, type AdkSource, adkError, fieldsOf, kindOf } from './source.ts';
import { type EvalStatus, statusNumbers } from './status.ts';

/** What one metric said of a case. */
export interface RecordedMetric {
  name: string;
  /** In the unit of the metric, which is not always 0..1. */
  score: number | null;
  status: EvalStatus;
  threshold?: number;
  perTurn: (number | null)[];
}

/** One case of a result file: what was asked, what was answered, how it was scored. */
export interface RecordedCase {
  /** `SET:eval_id`, as the dataset format `adk` calls the sample of the same case. */
  id: string;
  turns: JsonObject[];
  trajectory: Trajectory;
  metrics: RecordedMetric[];
  status: EvalStatus;
  line: number;
}

export interface RecordedRun {
  evalSetId: string;
  /** Seconds since 1970; absent: the file does not tell. */
  createdAt?: number;
  cases: RecordedCase[];
}

/** The ending of the files, which ADK keeps in APP/.adk/eval_history/. */
export const resultEnding = '.evalset_result.json';

/**
 * A result file of ADK, of 2025 or 2026: an object, or as the first versions wrote it, the text of one inside a text.
 * @throws ToolError `import-invalid` with file, line and field
 */
export function readResults(text: string, file: string): RecordedRun {
  const outer = parseJsonText(text, { file, code: 'import-invalid' });
  const { value, source } = typeof outer.value === 'string' ? parseJsonText(outer.value, { file, code: 'import-invalid' }) : outer;
  if (!isJsonObject(value))
    throw adkError(source, '', `the results of an eval set are expected, found ${kindOf(value)}`, 'name an .evalset_result.json of ADK');
  const fields = fieldsOf(value, '', source);
  const evalSetId = fields.requiredText('eval_set_id', 'name an .evalset_result.json of ADK, which says whose results it holds');
  const list = fields.list('eval_case_results');
  if (!list) throw fields.fail('eval_case_results', 'it is missing', 'name an .evalset_result.json of ADK, which holds a list of cases');
  const createdAt = fields.number('creation_timestamp');
  const path = fields.pathOf('eval_case_results');
  const cases = list.map((item, index) => readCase(item, { path: `${path}[${index}]`, source, evalSetId }));
  return { evalSetId, ...(createdAt ? { createdAt } : {}), cases };
}

function readCase(item: Json, { path, source, evalSetId }: { path: string; source: AdkSource; evalSetId: string }): RecordedCase {
  const fields = fieldsOf(item, path, source);
  const evalId = fields.requiredText('eval_id', 'say which case it is of');
  const set = fields.text('eval_set_id') || fields.text('eval_set_file') || evalSetId;
  const invocationsPath = fields.pathOf('eval_metric_result_per_invocation');
  const invocations = (fields.list('eval_metric_result_per_invocation') ?? []).map((one, index) =>
    readInvocation(one, `${invocationsPath}[${index}]`, source),
  );
  const session = fields.child('session_details');
  const finalState = session?.state;
  return {
    id: sampleId(set, evalId),
    turns: invocations.map(({ turn }) => turn),
    trajectory: { turns: invocations.map(({ actual }) => actual), ...(isJsonObject(finalState) ? { finalState } : {}) },
    metrics: overallMetrics(fields, source).map((metric) => ({
      ...metric,
      perTurn: invocations.map(({ metrics }) => metrics.find(({ name }) => name === metric.name)?.score ?? null),
    })),
    status: statusOf(fields, 'final_eval_status'),
    line: source.lineOf(path),
  };
}

/** Named by files in older versions: then as the dataset format calls them. */
function sampleId(set: string, evalId: string): string {
  const isFile = (name: string) => /\.json$/i.test(name);
  const base = evalId.split(/[\\/]/).at(-1) ?? evalId;
  if (isFile(evalId)) return `${setNameOf(evalId)}:${base}`;
  return `${isFile(set) ? setNameOf(set) : set}:${evalId}`;
}

function readInvocation(item: Json, path: string, source: AdkSource) {
  const fields = fieldsOf(item, path, source);
  const actualValue = fields.child('actual_invocation');
  if (!actualValue) throw fields.fail('actual_invocation', 'it is missing', 'a turn holds what the agent was asked and answered');
  const actual = fieldsOf(actualValue, fields.pathOf('actual_invocation'), source);
  const expectedValue = fields.child('expected_invocation');
  const expected = expectedValue ? fieldsOf(expectedValue, fields.pathOf('expected_invocation'), source) : undefined;
  const input = textOfContent((expected ?? actual).child('user_content'));
  const metricsPath = fields.pathOf('eval_metric_results');
  const metrics = (fields.list('eval_metric_results') ?? []).map((metric, index) => readMetric(metric, `${metricsPath}[${index}]`, source));
  return {
    turn: { input, ...(expected ? expectationOf(expected, source) : {}) },
    actual: {
      input: textOfContent(actual.child('user_content')),
      output: textOfContent(actual.child('final_response')),
      steps: stepsOf(actual.child('intermediate_data')),
    },
    metrics,
  };
}

function expectationOf(expected: AdkFields, source: AdkSource): JsonObject {
  const data = expected.child('intermediate_data');
  const messages = intermediateTexts(data).map(({ text }) => text);
  return {
    expected: textOfContent(expected.child('final_response')),
    toolCalls: callsOf(data, expected.pathOf('intermediate_data'), source).map(({ name, args }): JsonObject => ({ name, args })),
    ...(messages.length > 0 ? { messages } : {}),
  };
}

/** Newer files have one list; the first versions had pairs of metric and result. */
function overallMetrics(fields: AdkFields, source: AdkSource): Omit<RecordedMetric, 'perTurn'>[] {
  const listed = fields.list('overall_eval_metric_results') ?? [];
  if (listed.length > 0)
    return listed.map((metric, index) => readMetric(metric, `${fields.pathOf('overall_eval_metric_results')}[${index}]`, source));
  return (fields.list('eval_metric_results') ?? []).map((pair, index) => {
    const path = `${fields.pathOf('eval_metric_results')}[${index}]`;
    const [metric, result] = Array.isArray(pair) ? pair : [pair, pair];
    const both = { ...fieldsOf(metric, `${path}[0]`, source).object, ...fieldsOf(result, `${path}[1]`, source).object };
    return readMetric(both, path, source);
  });
}

function readMetric(value: Json, path: string, source: AdkSource): Omit<RecordedMetric, 'perTurn'> {
  const fields = fieldsOf(value, path, source);
  const name = fields.requiredText('metric_name', 'name the metric');
  const criterion = fields.child('criterion');
  const threshold =
    fields.number('threshold') ?? (criterion ? fieldsOf(criterion, fields.pathOf('criterion'), source).number('threshold') : undefined);
  return { name, score: fields.number('score') ?? null, status: statusOf(fields, 'eval_status'), ...(threshold === undefined ? {} : { threshold }) };
}

function statusOf(fields: AdkFields, name: string): EvalStatus {
  const { [name]: snake, [name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase())]: camel } = fields.object;
  const value = snake ?? camel;
  const found = Object.entries(statusNumbers).find(([word, number]) => number === value || word === value)?.[0] as EvalStatus | undefined;
  if (found) return found;
  throw fields.fail(
    name,
    value === undefined ? 'it is missing' : `no status is called ${JSON.stringify(value)}`,
    'write 1 (passed), 2 (failed), 3 (not evaluated) or 4 (informational)',
  );
}
