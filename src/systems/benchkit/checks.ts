import { messageOf, shortened } from '../../errors.ts';
import { isJsonObject, type Json, type JsonObject } from '../../records/json.ts';
import { callsOf, type HistoryCall } from './conversation.ts';
import { type EnvironmentFile, entityRecords, idFieldOf } from './entities.ts';
import { isEqual, isTruthy } from './python.ts';
import type { Conclusion, ItemResult } from './verdict.ts';

/** What one entry of `check_list` is judged by. */
export interface CheckMaterial {
  /** OpenAI-style messages of the slot, those of tools included. */
  conversationHistory: readonly JsonObject[];
  /** The final reply. */
  response: string;
  environment: {
    /** Files as the sample has them. */
    before: readonly EnvironmentFile[];
    /** All files as the run left them, or the text of one by its path; undefined: it was not kept. */
    after?: readonly EnvironmentFile[] | ((path: string) => string | undefined);
    /** `final_state` of the run, records by id by file stem; stands in for a file that was not kept. */
    finalState?: JsonObject;
    /** Field that holds the id, by entity type; else the first that is there of {last word}_id, {singular}_id, {type}_id, id, uuid. */
    idFields?: Readonly<Record<string, string>>;
    /** Path of the file, by entity type; else `{type}.jsonl`. */
    files?: Readonly<Record<string, string>>;
  };
}

/** An entry that cannot be judged here: its type or its parameters; says nothing about the agent. */
export class CheckProblem extends Error {}

type CheckFunction = (params: JsonObject, material: CheckMaterial) => ItemResult;

const checks: Readonly<Record<string, CheckFunction>> = {
  entity_attribute_equals: attributeEquals,
  create_operation_verified: creationVerified,
  tool_called_with_params: toolCalled,
  tool_call_absence: toolAbsent,
  prerequisite_check_performed: prerequisitePerformed,
  response_contains_keywords: responseContains,
};

/** The check types that need no program of the scenario. */
export const checkTypes: readonly string[] = Object.keys(checks);

/**
 * Judges one entry of a `check_list`. Keywords are looked for as text; see `wantsJudge`.
 * @throws CheckProblem for a type that is none of the six, and for parameters that are not in shape
 */
export function runCheck(item: Json, material: CheckMaterial): ItemResult {
  const entry = objectOf(item, 'the check');
  const type = entry.check_type;
  const check = typeof type === 'string' && Object.hasOwn(checks, type) ? checks[type] : undefined;
  if (!check) {
    const named = type === undefined ? 'the check has no check_type' : `check_type ${JSON.stringify(type)} is none of the six built in`;
    throw new CheckProblem(`${named} (${checkTypes.join(', ')})`);
  }
  return check(objectOf(entry.params ?? {}, 'params'), material);
}

/** The keywords of an entry that asks for a model to judge whether the reply means them; undefined: text is compared, or it is no such entry. */
export function wantsJudge(item: Json): readonly string[] | undefined {
  if (!isJsonObject(item) || item.check_type !== 'response_contains_keywords' || !isJsonObject(item.params)) return undefined;
  return isTruthy(item.params.use_llm_judge) ? textsOf(item.params, 'expected_keywords') : undefined;
}

/** An entry of `check_details`. */
export function itemResult(conclusion: Conclusion, reason: string, details: string): ItemResult {
  return { 检查结论: conclusion, 原因: reason, 详情: details };
}

function attributeEquals(params: JsonObject, { environment }: CheckMaterial): ItemResult {
  const type = textOf(params, 'entity_type');
  const key = textOf(params, 'attribute_key');
  const { target_id: target = null, expected_value: expected = null } = params;
  const { after: records } = recordsOf(type, environment);
  const idField = idFieldIn(type, records, environment);
  const entity = records.find((record) => idField !== undefined && isEqual(record[idField], target));
  if (!entity) return itemResult('不合格', 'the entity does not exist', `no ${type} with the id ${show(target)} after the run`);
  const actual = entity[key] ?? null;
  const isMet = isEqual(actual, expected);
  const found = `${key} of ${type} ${show(target)} is ${show(actual)}`;
  return isMet ? itemResult('合格', 'the attribute has the value', found) : itemResult('不合格', `${found}, not ${show(expected)}`, found);
}

function creationVerified(params: JsonObject, { environment }: CheckMaterial): ItemResult {
  const type = textOf(params, 'entity_type');
  const filter = objectOf(params.filter_conditions ?? {}, 'filter_conditions');
  const min = params.min_count ?? 1;
  if (typeof min !== 'number') throw new CheckProblem(`min_count is ${show(min)}, not a number`);
  const { before, after } = recordsOf(type, environment);
  const idField = idFieldIn(type, after, environment);
  const idOf = (record: JsonObject): Json | undefined => (idField === undefined ? undefined : record[idField]);
  const known = new Set(before.map((record) => keyOf(idOf(record))));
  const created = after.filter((record) => isTruthy(idOf(record)) && !known.has(keyOf(idOf(record))));
  const matching = created.filter((record) => Object.entries(filter).every(([key, value]) => isEqual(record[key], value)));
  const found = `${matching.length} new ${type}${Object.keys(filter).length > 0 ? ` with ${show(filter)}` : ''}, ${created.length} new in all`;
  return matching.length >= min
    ? itemResult('合格', 'the records were created', found)
    : itemResult('不合格', `${matching.length} new ${type} of at least ${min}`, found);
}

function toolCalled(params: JsonObject, { conversationHistory }: CheckMaterial): ItemResult {
  const tool = textOf(params, 'tool_name');
  const wanted = Object.entries(objectOf(params.expected_params ?? {}, 'expected_params')).filter(([, value]) => value !== null);
  const calls = callsOf(conversationHistory);
  const ofTool = calls.filter(({ name }) => name === tool);
  const isMatch = ({ args }: HistoryCall) => args !== undefined && wanted.every(([key, value]) => isEqual(args[key], value));
  if (ofTool.some(isMatch)) return itemResult('合格', 'the tool was called with these arguments', `${tool} ${show(Object.fromEntries(wanted))}`);
  if (ofTool.length === 0) return itemResult('不合格', `${tool} was not called`, almost(tool, calls));
  const seen = ofTool.slice(0, 3).map(({ args }) => (args ? show(args) : 'arguments that are no JSON object'));
  return itemResult('不合格', `${tool} was called, but not with ${show(Object.fromEntries(wanted))}`, `called with ${seen.join('; ')}`);
}

function toolAbsent(params: JsonObject, { conversationHistory }: CheckMaterial): ItemResult {
  const forbidden = textsOf(params, 'forbidden_tools');
  const called = callsOf(conversationHistory).filter(({ name }) => forbidden.includes(name));
  if (called.length === 0) return itemResult('合格', 'no forbidden tool was called', forbidden.join(', '));
  const names = [...new Set(called.map(({ name }) => name))].join(', ');
  return itemResult('不合格', `a forbidden tool was called: ${names}`, `${called.length} calls of ${names}`);
}

/** Only the last call of the prerequisite before each business call says which entity was looked at. */
function prerequisitePerformed(params: JsonObject, { conversationHistory }: CheckMaterial): ItemResult {
  const prerequisite = textOf(params, 'prerequisite_tool');
  const business = textOf(params, 'business_tool');
  const field = params.related_entity_id ?? null;
  if (field !== null && typeof field !== 'string') throw new CheckProblem(`related_entity_id is ${show(field)}, not the name of an argument`);
  const calls = callsOf(conversationHistory);
  if (!calls.some(({ name }) => name === business)) return itemResult('跳过', `${business} was not called`, almost(business, calls));
  const isPrepared = pairsOf(calls, prerequisite, business).some(({ last, call }) => {
    if (!isTruthy(field)) return true;
    const entity = last.args?.[`${field}`];
    return isTruthy(entity) && isEqual(entity, call.args?.[`${field}`]);
  });
  if (isPrepared) return itemResult('合格', `${prerequisite} was called before ${business}`, '');
  const why = isTruthy(field) ? ` for the same ${field}` : '';
  const detail = calls.some(({ name }) => name === prerequisite) ? 'calls of one message are in no order' : almost(prerequisite, calls);
  return itemResult('不合格', `${prerequisite} was not called before ${business}${why}`, detail);
}

/** Each business call with the last call of the prerequisite in a message before its own. */
function pairsOf(calls: readonly HistoryCall[], prerequisite: string, business: string): { last: HistoryCall; call: HistoryCall }[] {
  const pairs: { last: HistoryCall; call: HistoryCall }[] = [];
  let earlier: HistoryCall | undefined;
  let latest: HistoryCall | undefined;
  let message = -1;
  for (const call of calls) {
    if (call.message !== message) earlier = latest;
    message = call.message;
    if (call.name === business && earlier) pairs.push({ last: earlier, call });
    if (call.name === prerequisite) latest = call;
  }
  return pairs;
}

function responseContains(params: JsonObject, { response }: CheckMaterial): ItemResult {
  const missing = textsOf(params, 'expected_keywords').filter((keyword) => !response.includes(keyword));
  return missing.length === 0
    ? itemResult('合格', 'the reply has all keywords', '')
    : itemResult('不合格', `the reply does not have ${missing.map((word) => show(word)).join(', ')}`, '');
}

/** Names are compared with their server: the most frequent mistake of a check list is worth a word. */
function almost(tool: string, calls: readonly HistoryCall[]): string {
  const near = calls.find(({ name }) => name.endsWith(`__${tool}`) || tool.endsWith(`__${name}`));
  return near ? `${near.name} was called: names are compared as the model sees them, with the server` : `${calls.length} tool calls`;
}

function recordsOf(type: string, environment: CheckMaterial['environment']): { before: JsonObject[]; after: JsonObject[] } {
  try {
    return entityRecords(type, environment);
  } catch (error) {
    throw new CheckProblem(messageOf(error));
  }
}

/** Undefined only where there are no records. @throws CheckProblem where no field is known to hold the id */
function idFieldIn(type: string, records: readonly JsonObject[], { idFields }: CheckMaterial['environment']): string | undefined {
  if (records.length === 0) return undefined;
  const field = idFieldOf(type, records, idFields);
  if (field !== undefined) return field;
  throw new CheckProblem(`which field of ${type} holds the id is not known: name it in idFields, such as idFields: {${type}: ${type}_id}`);
}

function keyOf(value: Json | undefined): string {
  return typeof value === 'boolean' ? String(Number(value)) : JSON.stringify(value ?? null);
}

function textOf(params: JsonObject, key: string): string {
  const value = params[key];
  if (typeof value === 'string' && value !== '') return value;
  throw new CheckProblem(value === undefined ? `params has no ${key}` : `${key} is ${show(value)}, not a text`);
}

function textsOf(params: JsonObject, key: string): string[] {
  const value = params[key] ?? [];
  if (Array.isArray(value) && value.every((item) => typeof item === 'string')) return value;
  throw new CheckProblem(`${key} is ${show(value)}, not a list of texts`);
}

function objectOf(value: Json, what: string): JsonObject {
  if (isJsonObject(value)) return value;
  throw new CheckProblem(`${what} is ${show(value)}, not an object`);
}

const maxShown = 200;

function show(value: Json): string {
  return shortened(JSON.stringify(value), maxShown);
}
