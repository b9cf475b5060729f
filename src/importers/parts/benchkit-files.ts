import type { Problem } from '../../errors.ts';
import { shortened } from '../../errors.ts';
import { isJsonObject, type Json, type JsonObject } from '../../records/json.ts';
import { resultName } from '../../systems/benchkit/sample.ts';
import { lineOfField, parseJsonFile } from './json-file.ts';

/** What a file of a results or evaluation folder is, by its path and content. */
export type FoundFile =
  | { kind: 'result'; id: string; epoch: number; record: JsonObject }
  | { kind: 'case'; id: string; epoch: number; record: JsonObject }
  | { kind: 'report'; record: JsonObject }
  | { kind: 'summary'; record: JsonObject }
  | { kind: 'other' }
  | { kind: 'broken'; problem: Problem };

/** Whether a path may hold something of a run: not the files that a run left, the copies of samples, or lists of tools. */
export function isOfRun(path: string): boolean {
  const parts = path.split('/');
  const name = parts.at(-1) ?? '';
  if (!name.endsWith('.json') || name === 'tools.json' || name.startsWith('.')) return false;
  return parts.slice(0, -1).every((folder) => !folder.endsWith('_env') && !folder.startsWith('env_') && folder !== 'benches');
}

const resultRemedy = 'a result file is the JSON object that the executor wrote for one sample: run the sample again, or take the file away';
const caseRemedy = 'a case is the JSON object that the evaluator wrote for one sample: check the sample again, or take the file away';
const casePath = /(^|\/)cases\/check_[^/]*$/;

/** Reads one file. Every field that decides is checked; others are kept as they are. */
export function readFound(path: string, text: string): FoundFile {
  const name = path.split('/').at(-1) ?? '';
  const isCase = casePath.test(path);
  const parsed = parseJsonFile(path, text, isCase ? caseRemedy : resultRemedy);
  if ('problem' in parsed) return { kind: 'broken', problem: parsed.problem };
  const { value } = parsed;
  if (!isJsonObject(value)) return isCase ? broken(path, text, { message: `the case is ${describe(value)}, not an object` }) : { kind: 'other' };
  if (name === 'execution_report.json' && !Object.hasOwn(value, 'data_id')) return { kind: 'report', record: value };
  if (name === 'summary.json' && !Object.hasOwn(value, 'data_id')) return { kind: 'summary', record: value };
  if (!Object.hasOwn(value, 'data_id')) {
    const isOne = isCase || Object.hasOwn(value, 'conversation_history') || Object.hasOwn(value, 'tool_call_list');
    return isOne ? broken(path, text, { field: 'data_id', message: `the ${isCase ? 'case' : 'result'} has no data_id` }) : { kind: 'other' };
  }
  const kind = isCase || looksLikeCase(value) ? 'case' : 'result';
  const problem = idProblem(value) ?? (kind === 'case' ? caseProblem(value) : resultProblem(value));
  if (problem) return broken(path, text, problem);
  const id = String(value.data_id);
  return { kind, id, epoch: epochOf(name.replace(/\.json$/, '').replace(kind === 'case' ? /^check_/ : /^$/, ''), id), record: value };
}

interface FieldProblem {
  field?: string;
  message: string;
}

function broken(file: string, text: string, { field, message }: FieldProblem): FoundFile {
  const line = field === undefined ? 1 : lineOfField(text, field.replace(/[.[].*$/s, ''));
  return {
    kind: 'broken',
    problem: { file, line, ...(field === undefined ? {} : { field }), message, remedy: casePath.test(file) ? caseRemedy : resultRemedy },
  };
}

/** Our own exports name repeats after the first; BenchKit has one. */
function epochOf(stem: string, id: string): number {
  const [, digits] = /\.epoch-(\d{1,6})$/.exec(stem) ?? [];
  const epoch = Number(digits ?? 1);
  return epoch >= 1 && stem === resultName(id, epoch) ? epoch : 1;
}

function looksLikeCase(record: JsonObject): boolean {
  const isJudged = ['overall_result', 'check_details', 'final_conclusion', 'passed'].some((key) => Object.hasOwn(record, key));
  return isJudged && !['conversation_history', 'tool_call_list', 'response'].some((key) => Object.hasOwn(record, key));
}

function idProblem({ data_id: id }: JsonObject): FieldProblem | undefined {
  if ((typeof id === 'string' && id !== '' && id.length <= 256) || typeof id === 'number') return undefined;
  return { field: 'data_id', message: `data_id is ${describe(id)}, not a text of 1 to 256 characters` };
}

function resultProblem(record: JsonObject): FieldProblem | undefined {
  const { execution_status: status, execution_time: time } = record;
  if (status !== undefined && status !== null && status !== 'success' && status !== 'error')
    return { field: 'execution_status', message: `execution_status is ${describe(status)}, neither success nor error` };
  if (typeof time === 'number' && time < 0) return { field: 'execution_time', message: 'execution_time is negative' };
  for (const field of ['response', 'query', 'system']) {
    const value = record[field] ?? '';
    if (typeof value !== 'string') return { field, message: `${field} is ${describe(value)}, not a text` };
  }
  const lists = historyProblem(record.conversation_history) ?? callListProblem(record.tool_call_list);
  if (lists) return lists;
  const state = record.final_state ?? {};
  if (!isJsonObject(state)) return { field: 'final_state', message: `final_state is ${describe(state)}, not an object of records by id` };
  if (status === 'error' || ['response', 'conversation_history', 'tool_call_list'].some((key) => (record[key] ?? null) !== null)) return undefined;
  return { field: 'response', message: 'the result has no response, conversation_history or tool_call_list' };
}

function historyProblem(history: Json | undefined): FieldProblem | undefined {
  if (history === undefined || history === null) return undefined;
  if (!Array.isArray(history))
    return { field: 'conversation_history', message: `conversation_history is ${describe(history)}, not a list of messages` };
  for (const [index, message] of history.entries()) {
    const field = `conversation_history[${index}]`;
    if (!isJsonObject(message) || typeof message.role !== 'string')
      return { field, message: `${field} is ${describe(message)}, not a message {role, content}` };
    const calls = message.tool_calls ?? [];
    if (!Array.isArray(calls)) return { field: `${field}.tool_calls`, message: `${field}.tool_calls is ${describe(calls)}, not a list` };
    const wrong = calls.findIndex((call) => !isJsonObject(call) || !isJsonObject(call.function) || typeof call.function.name !== 'string');
    if (wrong !== -1) {
      const place = `${field}.tool_calls[${wrong}]`;
      return { field: place, message: `${place} has no function {name, arguments}` };
    }
  }
  return undefined;
}

function callListProblem(calls: Json | undefined): FieldProblem | undefined {
  if (calls === undefined || calls === null) return undefined;
  if (!Array.isArray(calls)) return { field: 'tool_call_list', message: `tool_call_list is ${describe(calls)}, not a list` };
  const wrong = calls.findIndex((call) => !isJsonObject(call) || typeof call.name !== 'string');
  if (wrong === -1) return undefined;
  const field = `tool_call_list[${wrong}]`;
  return { field, message: `${field} is no call {server_name, name, arguments, result}` };
}

function caseProblem(record: JsonObject): FieldProblem | undefined {
  const details = record.check_details ?? {};
  if (typeof details !== 'object')
    return { field: 'check_details', message: `check_details is ${describe(details)}, not an object of checks by name` };
  if (['overall_result', 'final_conclusion', 'passed'].some((key) => (record[key] ?? null) !== null)) return undefined;
  return { field: 'overall_result', message: 'the case has no overall_result, final_conclusion or passed' };
}

function describe(value: Json | undefined): string {
  if (value === undefined) return 'missing';
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object') return 'an object';
  return shortened(JSON.stringify(value), 60);
}
