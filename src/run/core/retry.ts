import type { FailureKind } from '../../agents/agent.ts';

/** What decideRetry needs to know of a failed attempt. */
export interface RetryInput {
  failure: { kind: FailureKind; phase: 'not-sent' | 'ambiguous' | 'answered'; isTransient: boolean; status?: number; retryAfterMs?: number };
  /** Attempts made in this session, from 1. */
  attempt: number;
  /** Attempts of this slot that may have been served without an answer, this one and earlier sessions included. */
  ambiguousAttempts: number;
  maxRetries: number;
  onAmbiguous: 'retry' | 'fail';
  /** 0..1, for the jitter. */
  random: number;
  /** Milliseconds that the run may still take. */
  remainingMs: number;
  retries: RetryAllowance;
}

export type RetryDecision =
  /** `pauseMs`: this slot is given up, but no other one may ask before that is over. */
  | { retry: false; stopRun?: 'rate-limited'; pauseMs?: number }
  /** `pauseHost`: no slot may ask before `waitMs` is over. */
  | { retry: true; waitMs: number; pauseHost: boolean };

/** The longest wait that a server may ask for. */
export const maxRetryAfterMs = 120_000;
const firstWaitMs = 500;
const maxBackoffMs = 30_000;

/**
 * Whether a failed attempt is made again, and after what wait. Sent again: what was not sent, transient statuses, and
 * once what may have been served. The wait doubles from 0.5 s to 30 s with jitter (half to all of it), or is what the
 * server asked for; when that is over 120 s or over the run's time, nothing is asked early: a limited rate stops the run,
 * any other failure stands.
 */
export function decideRetry(input: RetryInput): RetryDecision {
  const { failure, attempt, maxRetries, random, remainingMs, retries } = input;
  if (failure.kind === 'aborted') return { retry: false };
  const isRateLimited = failure.kind === 'rate-limited' || failure.status === 429;
  const askedMs = failure.retryAfterMs;
  if (askedMs !== undefined && (askedMs > maxRetryAfterMs || askedMs > remainingMs))
    return isRateLimited ? { retry: false, stopRun: 'rate-limited' } : { retry: false };
  const isNamed = isRateLimited && askedMs !== undefined && askedMs > 0;
  const givenUp: RetryDecision = isNamed ? { retry: false, pauseMs: askedMs } : { retry: false };
  if (attempt > maxRetries || !isWorthAnother(input)) return givenUp;
  // A server that names its time is not amplified by coming back at that time.
  if (!isNamed && !retries.take()) return givenUp;
  const backoffMs = Math.min(maxBackoffMs, firstWaitMs * 2 ** (attempt - 1)) * (0.5 + 0.5 * random);
  const waitMs = Math.round(Math.max(backoffMs, askedMs ?? 0));
  return waitMs > remainingMs ? { retry: false } : { retry: true, waitMs, pauseHost: isRateLimited };
}

function isWorthAnother({ failure, ambiguousAttempts, onAmbiguous }: RetryInput): boolean {
  switch (failure.phase) {
    case 'not-sent':
      return failure.isTransient;
    case 'ambiguous':
      return onAmbiguous === 'retry' && ambiguousAttempts <= 1;
    case 'answered':
      return failure.isTransient;
  }
}

/** Extra calls that the whole run may make, so that a brown-out is not amplified. */
export interface RetryAllowance {
  /** Counts a first attempt. */
  addCall(): void;
  /** False when the allowance is used up; else uses one. */
  take(): boolean;
}

/** At most a fifth more calls, and never fewer than `minimum` retries. */
export function createRetryAllowance(minimum = 10): RetryAllowance {
  let calls = 0;
  let retries = 0;
  return {
    addCall() {
      calls++;
    },
    take() {
      if (retries >= Math.max(minimum, Math.floor(calls * 0.2))) return false;
      retries++;
      return true;
    },
  };
}
