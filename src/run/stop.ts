import { setMaxListeners } from 'node:events';
import { AgentFailure } from '../agents/agent.ts';
import { ToolError } from '../errors.ts';
import { type Budget, isPaidForBeforeStop } from './core/budget.ts';
import type { RunEvent, StopReason } from './core/events.ts';

/** The one place that knows whether a run goes on. The first reason wins. */
export interface Stop {
  readonly reason: StopReason | undefined;
  readonly error: ToolError | undefined;
  /** Aborted when calls under way must end. A spent call or cost budget lets them finish. */
  readonly signal: AbortSignal;
  request(reason: StopReason, error?: ToolError): void;
  /** A journal that cannot be written stops the run; any other error does too and is thrown by `dispose`. */
  fail(error: unknown): void;
  /** Calls back with the failure when the run is aborted, at once if it is; the result takes the call back. */
  onAbort(listener: (failure: AgentFailure) => void): () => void;
  /** The value, or undefined as soon as the run is aborted. The work's own rejection still counts. */
  unlessStopped<T>(work: Promise<T>): Promise<T | undefined>;
  /** Takes its timers and listeners away. @throws what `fail` was told of. */
  dispose(): void;
}

/** The one place that decides that a run stops, and why: a signal, a spent cap, an error. */
export function createStop(options: { signal: AbortSignal; budget: Budget; onEvent(event: RunEvent): void }): Stop {
  const controller = new AbortController();
  const listeners = new Set<(failure: AgentFailure) => void>();
  // Every slot that waits listens to it.
  setMaxListeners(0, controller.signal);
  let reason: StopReason | undefined;
  let error: ToolError | undefined;
  let fatal: { cause: unknown } | undefined;

  const abort = () => {
    if (controller.signal.aborted) return;
    controller.abort();
    for (const listener of listeners) listener(abortedFailure());
  };
  const request = (newReason: StopReason, newError?: ToolError) => {
    const isFirst = reason === undefined;
    reason ??= newReason;
    if (isFirst) error = newError;
    if (!isPaidForBeforeStop(newReason)) abort();
    if (isFirst) options.onEvent({ kind: 'stopping', reason });
  };
  const interrupt = () => request('interrupted');
  options.signal.addEventListener('abort', interrupt, { once: true });
  if (options.signal.aborted) interrupt();
  const timer = timerFor(options.budget.remainingMs(), () => request('budget-minutes'));

  return {
    get reason() {
      return reason;
    },
    get error() {
      return error;
    },
    signal: controller.signal,
    request,
    fail(cause) {
      if (cause instanceof ToolError && cause.code === 'journal-write-failed') return request('journal-write-failed', cause);
      fatal ??= { cause };
      abort();
      reason ??= 'interrupted';
    },
    onAbort(listener) {
      if (controller.signal.aborted) listener(abortedFailure());
      else listeners.add(listener);
      return () => listeners.delete(listener);
    },
    unlessStopped(work) {
      return new Promise((resolve, reject) => {
        const detach = this.onAbort(() => resolve(undefined));
        work.then(resolve, reject).finally(detach);
      });
    },
    dispose() {
      clearTimeout(timer);
      options.signal.removeEventListener('abort', interrupt);
      if (fatal) throw fatal.cause;
    },
  };
}

function abortedFailure(): AgentFailure {
  return new AgentFailure('aborted', 'the run was stopped', { phase: 'ambiguous' });
}

/** A timer cannot be set for longer than 2^31 - 1 ms, and fires at once when it is. */
function timerFor(ms: number, work: () => void): ReturnType<typeof setTimeout> | undefined {
  return ms <= 2 ** 31 - 1 ? setTimeout(work, ms) : undefined;
}
