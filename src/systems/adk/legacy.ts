import { isJsonObject, type Json, type JsonObject } from '../../records/json.ts';
import { type AdkSource, adkError, fieldsOf, kindOf } from './source.ts';

/** Which of the three shapes of a dataset a file has. */
export type DatasetShape = 'eval-set' | 'old-turns' | 'old-eval-set';

/**
 * The shape of a parsed file: an object with `eval_cases`, a list of turns {query, …}, or a list of {name, data: [turns]}.
 * @throws ToolError for none of them, or for two of them in one file
 */
export function shapeOf(value: Json, source: AdkSource): DatasetShape {
  if (!Array.isArray(value)) return shapeOfObject(value, source);
  if (value.length === 0) throw adkError(source, '', 'the file has no case', 'write at least one turn, or one {"name": "…", "data": […]}');
  const kinds = value.map((item, index) => {
    if (!isJsonObject(item)) throw adkError(source, `[${index}]`, `an object is expected, found ${kindOf(item)}`, 'write a list of objects');
    for (const key of ['eval_id', 'evalId', 'conversation']) {
      if (Object.hasOwn(item, key)) throw adkError(source, `[${index}].${key}`, newInOld, oneShape);
    }
    return Object.hasOwn(item, 'data') || (Object.hasOwn(item, 'name') && !Object.hasOwn(item, 'query')) ? 'old-eval-set' : 'old-turns';
  });
  const [first = 'old-turns'] = kinds;
  const other = kinds.findIndex((kind) => kind !== first);
  if (other > 0)
    throw adkError(
      source,
      `[${other}]`,
      'turns and named cases stand in one list',
      'keep turns {query, …} and cases {name, data} in files of their own',
    );
  return first;
}

const newInOld = 'a field of the new shape stands in a file of the old one';
const oneShape = 'keep to one shape: {"eval_set_id": "…", "eval_cases": […]}, or the old list';

function shapeOfObject(value: Json, source: AdkSource): DatasetShape {
  if (!isJsonObject(value))
    throw adkError(source, '', `an eval set is expected, found ${kindOf(value)}`, 'write {"eval_set_id": "…", "eval_cases": […]}');
  const isNew = Object.hasOwn(value, 'eval_cases') || Object.hasOwn(value, 'evalCases');
  if (isNew) return 'eval-set';
  const old = ['query', 'data', 'name', 'expected_tool_use'].find((key) => Object.hasOwn(value, key));
  const remedy = old === undefined ? 'write the cases under "eval_cases"' : 'put [ ] around it: an old file is a list';
  throw adkError(source, '', 'the object has no "eval_cases"', remedy);
}

/**
 * A file of one of the old shapes in the new one, with the names that ADK gives: a list of turns is one case, called as
 * its file is. Ids of turns and times are left out, as they are new with every conversion.
 * @throws ToolError with field and line
 */
export function convertLegacy(
  value: Json,
  options: { fileName: string; initialSession?: JsonObject | undefined; source: AdkSource },
): { eval_cases: JsonObject[] } {
  const { fileName, initialSession, source } = options;
  const shape = shapeOf(value, source);
  const list = Array.isArray(value) ? value : [];
  if (shape === 'eval-set') throw adkError(source, '', 'the file has the new shape already', 'use it as it is');
  if (shape === 'old-turns') {
    return { eval_cases: [caseOf(fileName, { turns: list, path: '', session: initialSession, sessionPath: '' }, source)] };
  }
  return {
    eval_cases: list.map((item, index) => {
      const path = `[${index}]`;
      const fields = fieldsOf(item, path, source);
      const name = fields.requiredText('name', 'name the case');
      const turns = fields.list('data');
      if (!turns) throw fields.fail('data', 'it is missing', 'write the turns of the case, [{"query": "…"}]');
      return caseOf(name, { turns, path: `${path}.data`, session: fields.child('initial_session'), sessionPath: `${path}.initial_session` }, source);
    }),
  };
}

interface LegacyCase {
  turns: readonly Json[];
  path: string;
  session: JsonObject | undefined;
  sessionPath: string;
}

function caseOf(evalId: string, { turns, path, session, sessionPath }: LegacyCase, source: AdkSource): JsonObject {
  return {
    eval_id: evalId,
    conversation: turns.map((turn, index) => invocationOf(turn, `${path}[${index}]`, source)),
    session_input: session && Object.keys(session).length > 0 ? sessionInput(session, sessionPath, source) : null,
  };
}

/** What of a session counts for a case; the rest of a session file, such as its events, does not. */
export function sessionInput(session: JsonObject, path: string, source: AdkSource): JsonObject {
  const fields = fieldsOf(session, path, source);
  return { app_name: fields.text('app_name') ?? '', user_id: fields.text('user_id') ?? '', state: fields.child('state') ?? {} };
}

function invocationOf(turn: Json, path: string, source: AdkSource): JsonObject {
  const fields = fieldsOf(turn, path, source);
  const query = fields.requiredText('query', 'write what the user says');
  const reference = Object.hasOwn(fields.object, 'reference')
    ? fields.requiredText('reference', 'write the expected response, or leave the field out')
    : '';
  const uses = (fields.list('expected_tool_use') ?? []).map((use, index) => {
    const call = fieldsOf(use, `${path}.expected_tool_use[${index}]`, source);
    const name = call.requiredText('tool_name', 'name the tool');
    if (!Object.hasOwn(call.object, 'tool_input')) throw call.fail('tool_input', 'it is missing', 'write the arguments, {} for none');
    return { name, args: call.child('tool_input') ?? {} };
  });
  const said = (fields.list('expected_intermediate_agent_responses') ?? []).map((item, index): Json => {
    const response = fieldsOf(item, `${path}.expected_intermediate_agent_responses[${index}]`, source);
    return [response.requiredText('author', 'name the agent'), [{ text: response.requiredText('text', 'write what it says') }]];
  });
  return {
    user_content: { parts: [{ text: query }], role: 'user' },
    final_response: { parts: [{ text: reference }], role: 'model' },
    intermediate_data: { tool_uses: uses, intermediate_responses: said },
  };
}

const allowedCriteria = ['tool_trajectory_avg_score', 'response_evaluation_score', 'response_match_score', 'safety_v1'];

/**
 * Whether the first turn of an old file has what its criteria need; ADK looks at no other turn, so that a later one may
 * lack its reference and is then compared with nothing.
 * @returns what is wrong, or nothing
 */
export function validateLegacy(criteria: readonly string[], firstTurn: JsonObject): { field: string; message: string; remedy: string } | undefined {
  const unknown = criteria.find((name) => !allowedCriteria.includes(name));
  if (unknown !== undefined) {
    return {
      field: unknown,
      message: `the criterion ${JSON.stringify(unknown)} cannot be used with a file of the old shape`,
      remedy: `known there: ${allowedCriteria.join(', ')}; a file of the new shape takes every criterion`,
    };
  }
  const needed: [string, string][] = [
    ['tool_trajectory_avg_score', 'query'],
    ['tool_trajectory_avg_score', 'expected_tool_use'],
    ['response_evaluation_score', 'query'],
    ['response_match_score', 'query'],
    ['response_match_score', 'reference'],
  ];
  const missing = needed.find(([criterion, field]) => criteria.includes(criterion) && !Object.hasOwn(firstTurn, field));
  if (!missing) return undefined;
  const [criterion, field] = missing;
  return {
    field,
    message: `the first turn has no "${field}", which ${criterion} needs`,
    remedy: `add "${field}" to the first turn, or leave ${criterion} out of the criteria`,
  };
}
