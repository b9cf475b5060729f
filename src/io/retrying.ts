import { setMaxListeners } from 'node:events';
import pLimit from 'p-limit';
import { AgentFailure } from '../agents/agent.ts';
import { createRetryAllowance, decideRetry } from '../run/core/retry.ts';
import { systemClock } from './clock.ts';

export interface RetrierOptions {
  /** Calls at once; more wait. */
  concurrency: number;
  /** Tries after the first one, of failures that may be retried. */
  maxRetries: number;
  /** Aborted when the command stops: every call under way and to come fails. */
  signal: AbortSignal;
}

/** What a call came to, and how often it was tried. */
export type RetriedCall<T> = { tries: number } & ({ value: T; failure?: undefined } | { failure: AgentFailure });

/** Makes calls that may be made twice without harm, such as those of checkers. */
export interface Retrier {
  /** Never rejects for an AgentFailure. `timeoutMs`: of one try. `signal`: of this call alone. */
  run<T>(call: (signal: AbortSignal) => Promise<T>, timeoutMs: number, signal?: AbortSignal): Promise<RetriedCall<T>>;
  close(): void;
}

/**
 * Tries again, with growing pauses, what failed on the way, a 429 and a 5xx; a server that limits its rate is left alone by
 * all calls for as long as it asks; when that is longer than anybody waits, calls until then fail as that one did and are not
 * made. An ambiguous failure is like any other.
 */
export function createRetrier(options: RetrierOptions): Retrier {
  const stop = new AbortController();
  setMaxListeners(0, stop.signal);
  const halt = () => stop.abort();
  options.signal.addEventListener('abort', halt, { once: true });
  if (options.signal.aborted) halt();
  const limit = pLimit(Math.max(1, options.concurrency));
  const state: State = { maxRetries: options.maxRetries, retries: createRetryAllowance(), pausedUntilMs: Number.NEGATIVE_INFINITY };
  return {
    run: (call, timeoutMs, signal) =>
      limit(() => runCall(state, call, { timeoutMs, signal: signal ? AbortSignal.any([stop.signal, signal]) : stop.signal })),
    close() {
      options.signal.removeEventListener('abort', halt);
      halt();
    },
  };
}

interface State {
  maxRetries: number;
  retries: ReturnType<typeof createRetryAllowance>;
  pausedUntilMs: number;
  /** A server that wants to be left alone for longer than anybody waits: what it said, and until when that holds. */
  closed?: { failure: AgentFailure; untilMs: number };
}

async function runCall<T>(
  state: State,
  call: (signal: AbortSignal) => Promise<T>,
  { timeoutMs, signal }: { timeoutMs: number; signal: AbortSignal },
): Promise<RetriedCall<T>> {
  state.retries.addCall();
  for (let tries = 1; ; tries++) {
    while (!signal.aborted && state.pausedUntilMs > systemClock.monotonicMs())
      await systemClock.sleep(state.pausedUntilMs - systemClock.monotonicMs(), signal);
    if (signal.aborted) return { tries: tries - 1, failure: stopped() };
    if (state.closed && state.closed.untilMs > systemClock.monotonicMs()) return { tries: tries - 1, failure: state.closed.failure };
    const result = await tryOnce(signal, call, timeoutMs);
    if (!(result.failure instanceof AgentFailure)) return { ...result, tries };
    const retry = decideRetry({
      ...{ failure: result.failure, attempt: tries, ambiguousAttempts: 1, maxRetries: state.maxRetries, onAmbiguous: 'retry' as const },
      ...{ random: Math.random(), remainingMs: Number.POSITIVE_INFINITY, retries: state.retries },
    });
    const { retryAfterMs = 0 } = result.failure;
    if (!retry.retry && retry.stopRun) state.closed = { failure: result.failure, untilMs: systemClock.monotonicMs() + retryAfterMs };
    const pauseMs = retry.retry ? (retry.pauseHost ? retry.waitMs : 0) : (retry.pauseMs ?? 0);
    if (pauseMs > 0) state.pausedUntilMs = Math.max(state.pausedUntilMs, systemClock.monotonicMs() + pauseMs);
    if (!retry.retry || signal.aborted) return { ...result, tries };
    if (retry.pauseHost) continue;
    await systemClock.sleep(retry.waitMs, signal);
  }
}

function stopped(): AgentFailure {
  return new AgentFailure('aborted', 'the run was stopped', { phase: 'not-sent', isTransient: false });
}

async function tryOnce<T>(
  signal: AbortSignal,
  call: (signal: AbortSignal) => Promise<T>,
  timeoutMs: number,
): Promise<{ value: T; failure?: undefined } | { failure: AgentFailure }> {
  const controller = new AbortController();
  const halt = () => controller.abort();
  const timer = setTimeout(() => controller.abort(new DOMException('too late', 'TimeoutError')), timeoutMs);
  signal.addEventListener('abort', halt, { once: true });
  try {
    return { value: await call(controller.signal) };
  } catch (error) {
    if (error instanceof AgentFailure) return { failure: error };
    throw error;
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', halt);
  }
}
