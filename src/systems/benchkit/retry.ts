import { messageOf } from '../../errors.ts';
import type { JsonObject } from '../../records/json.ts';
import { standardize } from './standardize.ts';

export interface CheckAttempts {
  /** One call of the checker: its result as it wrote it. Rejects with what went wrong. */
  check: () => Promise<JsonObject>;
  /** Waits so many milliseconds. */
  sleep: (ms: number) => Promise<void>;
  /** Calls after the first at most; BenchKit's default is 2. */
  maxRetries: number;
  /** Of the answer that is checked. */
  executionStatus?: string | null;
}

const firstDelayMs = 1000;
const retryable = ['429', 'rate limit', 'too many requests', '500', '502', '503', '504'];

/** Whether a checker that failed with this message is called again: only rate limits and errors of a server are passing. */
export function isRetryable(message: string): boolean {
  const text = message.toLowerCase();
  return retryable.some((part) => text.includes(part));
}

/**
 * Calls the checker until it gives a result, waiting 1, 2, 4 … seconds between calls, and gives the standardised result. Never rejects: what is
 * left of the failures is a result with `overall_result` Error. An answer whose execution failed is not checked: Skipped.
 */
export async function checkWithRetries({ check, sleep, maxRetries, executionStatus }: CheckAttempts): Promise<JsonObject> {
  if (executionStatus === 'error') return skippedResult();
  for (let attempt = 0; ; attempt++) {
    try {
      return standardize(await check());
    } catch (error) {
      const message = messageOf(error);
      if (attempt >= maxRetries || !isRetryable(message)) return failedResult(message);
      await sleep(firstDelayMs * 2 ** attempt);
    }
  }
}

/** The result in the place of one that no checker gave. */
export function failedResult(message: string): JsonObject {
  return {
    overall_result: 'Error',
    check_details: {},
    completion_status: 'failed',
    completion_reason: `检查失败: ${message}`,
    error_reason: message,
  };
}

/** The result for an answer whose execution failed. */
export function skippedResult(): JsonObject {
  return { overall_result: 'Skipped', check_details: {}, completion_status: 'skipped', completion_reason: '执行阶段失败，跳过检查阶段以节省成本' };
}
