import { parseRetryAfter } from '../io/failure.ts';

export interface ClientLimits {
  /** Tries of one request, the first one included. */
  tries: number;
  /** Longest single wait that a rate limit may ask for; above it the request fails. Milliseconds. */
  maxWaitMs: number;
  requestTimeoutMs: number;
  /** Requests in all, of the client or of all that share its counter. */
  maxRequests: number;
  /** After so much lost time in all every request is tried once: a GitHub that is away must not hold the job. */
  maxLostMs: number;
}

/** What went wrong with one try. */
export interface Failure {
  /** Absent: no answer came, or none that can be read. */
  status?: number;
  detail: string;
  isRateLimit: boolean;
  headers: Record<string, unknown>;
}

/** Octokit reports a network failure as status 500 without a response. */
export function readFailure(error: unknown): Failure {
  const response = isRecord(error) && isRecord(error.response) ? error.response : undefined;
  const detail = error instanceof Error ? error.message : String(error);
  if (!response) return { detail, isRateLimit: false, headers: {} };
  const status = typeof response.status === 'number' ? response.status : 500;
  const headers = isRecord(response.headers) ? response.headers : {};
  const isRateLimit =
    status === 429 ||
    (status === 403 &&
      (headers['retry-after'] !== undefined || headers['x-ratelimit-remaining'] === '0' || /rate limit|abuse detection/i.test(detail)));
  return { status, detail, isRateLimit, headers };
}

/** Milliseconds, or undefined when the request must not be sent again. */
export function waitBeforeRetry(input: {
  /** False: it may have been carried out, and a second time would be once too often. */
  mayRepeat: boolean;
  failed: Failure;
  attempt: number;
  limits: ClientLimits;
  /** `random`: 0..1, for jitter. `now`: milliseconds since 1970. */
  options: { random?: () => number; now?: () => number };
}): number | undefined {
  const { mayRepeat, failed, attempt, limits, options } = input;
  if (attempt >= limits.tries) return undefined;
  const jitter = 0.5 + (options.random ?? Math.random)() / 2;
  if (failed.isRateLimit) {
    const wait = rateLimitWait(failed.headers, attempt, (options.now ?? Date.now)());
    return wait <= limits.maxWaitMs ? wait : undefined;
  }
  const isTransient = failed.status === undefined || failed.status >= 500;
  if (!isTransient || !mayRepeat) return undefined;
  const asked = askedMs(failed.headers);
  if (asked !== undefined && asked > limits.maxWaitMs) return undefined;
  return Math.max(asked ?? 0, 500 * 2 ** (attempt - 1) * jitter);
}

/** Order of GitHub's own advice: retry-after, then the reset time, then a minute that grows. A time that is over is no leave to hurry. */
function rateLimitWait(headers: Record<string, unknown>, attempt: number, now: number): number {
  const asked = askedMs(headers);
  if (asked !== undefined) return Math.max(asked, 1000);
  const reset = Number(headers['x-ratelimit-reset'] ?? Number.NaN);
  // By GitHub's clock: that of a runner may be an hour off.
  const there = Date.parse(String(headers.date ?? ''));
  if (headers['x-ratelimit-remaining'] === '0' && Number.isFinite(reset)) return Math.max(0, reset * 1000 - (there || now)) + 1000;
  return 60_000 * 2 ** (attempt - 1);
}

function askedMs(headers: Record<string, unknown>): number | undefined {
  const text = (name: string) => (headers[name] === undefined ? undefined : String(headers[name]));
  return parseRetryAfter(text('retry-after'), text('date'));
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
