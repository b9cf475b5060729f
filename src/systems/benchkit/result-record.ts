import { shortened } from '../../errors.ts';
import type { JsonObject } from '../../records/json.ts';
import type { AgentErrorRecord } from '../../records/run-log.ts';
import type { Trajectory } from '../../records/trajectory.ts';
import { callListOf, endsUnfinished, historyOf, unfinishedResponse } from './conversation.ts';

/** Fields of a sample that its result file repeats, for checkers. */
export const copiedFields = ['check_list', 'environment', 'query', 'system', 'servers'] as const;

interface ResultRecord {
  /** The sample line as it was written. */
  line: JsonObject;
  /** Exactly one of the two. */
  trajectory?: Trajectory | undefined;
  error?: AgentErrorRecord | undefined;
  /** Folder with the files that the run left; absent: they were not kept. */
  envDir?: string | undefined;
}

/** The content of DATA_ID.json: what the agent did, or its error, with the fields of the sample that checkers need. */
export function resultRecord({ line, trajectory, error, envDir }: ResultRecord): JsonObject {
  const copies = Object.fromEntries(copiedFields.flatMap((key) => (Object.hasOwn(line, key) ? [[key, line[key] ?? null]] : [])));
  const dataId = line.data_id ?? null;
  if (!trajectory) return { ...errorRecord(dataId === null ? '' : dataId, error), ...copies };
  const { latencyMs, finalState } = trajectory;
  return {
    data_id: dataId,
    response: responseOf(trajectory),
    conversation_history: historyOf(trajectory, typeof line.system === 'string' ? line.system : undefined),
    tool_call_list: callListOf(trajectory),
    execution_status: 'success',
    execution_time: (latencyMs ?? 0) / 1000,
    ...copies,
    ...(envDir === undefined ? {} : { env_dir: envDir }),
    ...(finalState === undefined ? {} : { final_state: finalState }),
  };
}

/** The reply that checkers read: of an agent that was still calling tools at the end, BenchKit's fixed text. */
export function responseOf({ turns }: Trajectory): string {
  const last = turns.at(-1);
  return last && endsUnfinished(last.steps) ? unfinishedResponse : (last?.output ?? '');
}

function errorRecord(dataId: JsonObject[string], error: AgentErrorRecord | undefined): JsonObject {
  const { kind, message } = error ?? { kind: 'agent-error', message: 'there is no answer' };
  const category = categoryOf(error);
  return {
    data_id: dataId,
    response: `执行错误 (${category}): ${message}`,
    conversation_history: [],
    tool_call_list: [],
    execution_status: 'error',
    execution_time: 0,
    error: message,
    error_category: category,
    error_traceback: `${kind}: ${message}`,
  };
}

/** Our kind of failure for each category, the other way round from `categoryOf`. */
const kinds: Readonly<Record<string, string>> = {
  API限速: 'rate-limited',
  API服务器错误: 'http-status',
  HTTP错误: 'http-status',
  请求超时: 'timeout',
  网络连接错误: 'unreachable',
};

/** `error_category` of a failure. */
export function categoryOf(error: AgentErrorRecord | undefined): string {
  switch (error?.kind) {
    case 'rate-limited':
      return 'API限速';
    case 'http-status':
      return error.status === 429 ? 'API限速' : (error.status ?? 0) >= 500 ? 'API服务器错误' : 'HTTP错误';
    case 'timeout':
      return '请求超时';
    case 'refused':
    case 'unreachable':
    case 'reset':
    case 'tls':
      return '网络连接错误';
    default:
      return '未知错误';
  }
}

/** The failure that a result file with `execution_status` error tells of. `error_traceback` of ours begins with our own kind. */
export function errorOf(record: JsonObject): AgentErrorRecord {
  const { error, error_category: category, error_traceback: trace, response } = record;
  const message = [error, response].find((text) => typeof text === 'string' && text !== '');
  const ours = typeof trace === 'string' && typeof error === 'string' && trace.endsWith(`: ${error}`) ? trace.slice(0, -error.length - 2) : '';
  const kind = /^[a-z][a-z-]{0,40}$/.test(ours) ? ours : ((typeof category === 'string' ? kinds[category] : undefined) ?? 'agent-error');
  return { kind, message: typeof message === 'string' ? shortened(message, 4000) : 'the execution failed, and the result says no reason' };
}
