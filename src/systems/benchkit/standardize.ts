import { isJsonObject, type Json, type JsonObject } from '../../records/json.ts';
import { isTruthy } from './python.ts';
import { itemName } from './verdict.ts';

const bookkeeping = ['check_version', 'task_id', 'result_file_info'];
const listCounts = ['required_check_count', 'required_check_passed_count', 'required_check_pass_rate'];

/**
 * A checker result in its standard form: a list of `check_details` becomes a map by name (else description, else 检查项N, counted from
 * 1 over the whole list; of two with one name the later stays), completion fields that are missing are filled, and bookkeeping goes.
 * A map stays as it is. The argument is not changed.
 */
export function standardize(result: JsonObject): JsonObject {
  const details = result.check_details;
  const dropped = Array.isArray(details) ? [...bookkeeping, ...listCounts] : bookkeeping;
  const kept = Object.fromEntries(Object.entries(result).filter(([key]) => !dropped.includes(key)));
  return Array.isArray(details) ? fromList(kept, details) : kept;
}

function fromList(result: JsonObject, list: readonly Json[]): JsonObject {
  const details = new Map<string, Json>();
  const failed: string[] = [];
  for (const [index, item] of list.entries()) {
    if (!isJsonObject(item)) continue;
    const about = isJsonObject(item.check_item) ? item.check_item : {};
    const name = nameOf(about.name) || nameOf(about.description) || itemName(index);
    const isPassed = isTruthy(item.passed);
    if (!isPassed) failed.push(name);
    details.set(name, { 检查结论: isPassed ? '合格' : '不合格', 原因: valueAt(about, 'description', ''), 详情: valueAt(item, 'details', '') });
  }
  const { overall_result, error_reason } = result;
  const passed = details.size - failed.length;
  return {
    ...result,
    check_details: Object.fromEntries(details),
    check_list_count: details.size,
    completion_status: valueAt(result, 'completion_status', overall_result === 'Error' ? 'failed' : 'completed'),
    completion_reason: valueAt(result, 'completion_reason', `检查完成，共${details.size}项检查，${passed}项通过`),
    error_reason: isTruthy(error_reason) ? (error_reason ?? '') : failed.length > 0 ? `失败项: ${failed.join(', ')}` : '',
  };
}

function nameOf(value: Json | undefined): string {
  return value !== undefined && isTruthy(value) ? (typeof value === 'string' ? value : JSON.stringify(value)) : '';
}

/** A field that is there stays, null too. */
function valueAt(object: JsonObject, key: string, initial: Json): Json {
  return Object.hasOwn(object, key) ? (object[key] ?? null) : initial;
}
