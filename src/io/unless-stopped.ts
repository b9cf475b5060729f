import { setTimeout as wait } from 'node:timers/promises';
import { ExitCode, ToolError } from '../errors.ts';

/**
 * Waits for work, but after the signal only so many milliseconds more: the runner kills ten seconds after it, and what
 * hangs must not keep a check run open. What was given up goes on unseen. @throws ToolError `cancelled`
 */
export async function unlessStopped<T>(signal: AbortSignal, graceMs: number, work: Promise<T>): Promise<T> {
  const settled = new AbortController();
  try {
    return await Promise.race([work, giveUpAfter(signal, graceMs, settled.signal)]);
  } finally {
    settled.abort();
  }
}

async function giveUpAfter(signal: AbortSignal, graceMs: number, settled: AbortSignal): Promise<never> {
  await new Promise<void>((resolve) => {
    if (signal.aborted) return resolve();
    signal.addEventListener('abort', () => resolve(), { once: true, signal: settled });
  });
  await wait(graceMs);
  throw new ToolError({ code: 'cancelled', message: 'the run was cancelled', exitCode: ExitCode.incomplete });
}
