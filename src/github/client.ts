import { withinTime } from '../io/within-time.ts';
import { explainFailure, PublishError } from './publish-error.ts';

export interface GitHubClientOptions {
  token: string;
  /** Such as `https://api.github.com`; from GITHUB_API_URL. */
  apiUrl: string;
  owner: string;
  repo: string;
  /** Ends waiting and requests. */
  signal?: AbortSignal;
  /** Said when a wait is longer than a few seconds. */
  onNotice?: (message: string) => void;
  limits?: Partial<ClientLimits>;
  /** Milliseconds; must reject when the signal aborts. For tests. */
  sleep?: (ms: number, signal: AbortSignal | undefined) => Promise<void>;
  /** 0..1, for jitter. */
  random?: () => number;
  /** Milliseconds since 1970. */
  now?: () => number;
  /** Shared by all clients of one run: `maxRequests` then holds for them together. */
  counter?: RequestCounter;
}

/** Requests that were sent to the API, tries of the same request included; downloads from the blob host are not. */
export interface RequestCounter {
  requests: number;
}

export interface ClientLimits {
  /** Tries of one request, the first one included. */
  tries: number;
  /** Longest single wait that a rate limit may ask for; above it the request fails. Milliseconds. */
  maxWaitMs: number;
  requestTimeoutMs: number;
  /** Requests in all, of the client or of all that share its counter. */
  maxRequests: number;
}

export interface CallOptions {
  /** Permission named in the error, such as `checks: write`. */
  needs?: string;
  /** Never sent again: after the wait that a failure asks for, the error is thrown with `mayTryAgain`, so that the caller looks first. */
  isSentOnce?: boolean;
  /** A POST that only asks, such as a GraphQL query: it is tried again as a GET is. */
  isQuery?: boolean;
}

type Values = Record<string, unknown>;

/** GitHub's REST for one repository. A path without a leading `/` is below `/repos/{owner}/{repo}/`; `/graphql` is where the server has it. @throws PublishError */
export interface GitHubClient {
  readonly owner: string;
  readonly repo: string;
  get(path: string, query?: Values, options?: CallOptions): Promise<unknown>;
  /** Every entry of at most `maxPages` pages of 100, in the order of GitHub. `key`: where the list is inside the reply. */
  list(path: string, query: Values, options: CallOptions & { maxPages: number; key?: string }): Promise<unknown[]>;
  /** Sent once; only an answer that says "not processed" (a rate limit) is followed by another try. */
  create(path: string, body: Values, options?: CallOptions): Promise<unknown>;
  update(path: string, body: Values, options?: CallOptions): Promise<unknown>;
  remove(path: string, options?: CallOptions): Promise<void>;
  /** Follows one redirect without sending the token there. */
  download(path: string, options: CallOptions & { maxBytes: number }): Promise<Uint8Array>;
}

interface Reply {
  status: number;
  data: unknown;
  headers: Record<string, unknown>;
}

type Method = 'GET' | 'POST' | 'PATCH' | 'DELETE';
type Send = (method: Method, path: string, values: Values, options: CallOptions & { manualRedirect?: boolean }) => Promise<Reply>;

const defaultLimits: ClientLimits = { tries: 4, maxWaitMs: 90_000, requestTimeoutMs: 30_000, maxRequests: 400 };

/** The only importer of octokit, which is loaded with the first request. Writes go out one after the other. */
export function createGitHubClient(options: GitHubClientOptions): GitHubClient {
  const { owner, repo } = options;
  const send = createSender(options);
  const serial = createQueue();
  return {
    owner,
    repo,
    get: async (path, query = {}, call = {}) => (await send('GET', path, query, call)).data,
    list: (path, query, call) => listPages(send, path, query, call),
    create: (path, body, call = {}) => serial(async () => (await send('POST', path, body, call)).data),
    update: (path, body, call = {}) => serial(async () => (await send('PATCH', path, body, call)).data),
    remove: (path, call = {}) => serial(async () => void (await send('DELETE', path, {}, call))),
    async download(path, call) {
      const reply = await send('GET', path, {}, { ...call, manualRedirect: true });
      const location = reply.headers.location;
      if (typeof location !== 'string') {
        throw explainFailure({ method: 'GET', path, status: reply.status, detail: 'no redirect to the content', isRateLimit: false });
      }
      return downloadBlob(location, call.maxBytes, options);
    },
  };
}

async function listPages(send: Send, path: string, query: Values, options: CallOptions & { maxPages: number; key?: string }): Promise<unknown[]> {
  const entries: unknown[] = [];
  for (let page = 1; page <= options.maxPages; page++) {
    const { data } = await send('GET', path, { ...query, per_page: 100, page }, options);
    const list = options.key !== undefined && isRecord(data) ? data[options.key] : data;
    // Not an empty list: a proxy's error page must never be taken for "there is nothing".
    if (!Array.isArray(list)) throw explainFailure({ method: 'GET', path, detail: 'the reply is not a list', isRateLimit: false });
    entries.push(...list);
    if (list.length < 100) break;
  }
  return entries;
}

function createSender(options: GitHubClientOptions): Send {
  const limits = { ...defaultLimits, ...options.limits };
  const sleep = options.sleep ?? sleepUntil;
  const octokit = once(() => loadOctokit(options));
  const counter = options.counter ?? { requests: 0 };
  return async (method, path, values, call) => {
    const url = addressOf(path, options);
    for (let attempt = 1; ; attempt++) {
      if (++counter.requests > limits.maxRequests) {
        throw new PublishError({
          code: 'github-too-many-requests',
          message: `more than ${limits.maxRequests} requests to GitHub in one run`,
          remedy: 'split the suites over several jobs',
        });
      }
      const client = await octokit();
      const limit = { signals: options.signal ? [options.signal] : [], timeoutMs: limits.requestTimeoutMs };
      try {
        return await withinTime(limit, (signal) => {
          const request = { signal, ...(call.manualRedirect ? { redirect: 'manual' as const } : {}) };
          return client.request(`${method} ${url}`, { ...values, request, headers: { 'x-github-api-version': '2022-11-28' } });
        });
      } catch (error) {
        const failed = readFailure(error);
        const explained = (mayTryAgain = false) => explainFailure({ method, path: url, ...failed, ...pickNeeds(call), mayTryAgain, cause: error });
        const wait = waitBeforeRetry({
          mayRepeat: method !== 'POST' || call.isSentOnce === true || call.isQuery === true,
          failed,
          attempt,
          limits,
          options,
        });
        if (wait === undefined || options.signal?.aborted) throw explained();
        if (wait > 5000) options.onNotice?.(`GitHub asked to wait ${Math.ceil(wait / 1000)} s before ${method} ${url}`);
        await sleep(wait, options.signal).catch(() => {
          throw explained();
        });
        if (call.isSentOnce) throw explained(true);
      }
    }
  };
}

/** On an Enterprise Server GraphQL lies beside the REST API, not below it. */
function addressOf(path: string, { apiUrl, owner, repo }: GitHubClientOptions): string {
  if (path !== '/graphql') return path.startsWith('/') ? path : `/repos/${owner}/${repo}/${path}`;
  const base = apiUrl.replace(/\/+$/, '');
  return /\/api\/v3$/.test(base) ? base.replace(/v3$/, 'graphql') : path;
}

function pickNeeds(call: CallOptions): { needs?: string } {
  return call.needs === undefined ? {} : { needs: call.needs };
}

async function loadOctokit(options: GitHubClientOptions) {
  const { Octokit } = await import('@octokit/rest');
  const silent = () => {};
  return new Octokit({
    auth: options.token,
    baseUrl: options.apiUrl.replace(/\/+$/, ''),
    userAgent: 'agent-regress',
    log: { debug: silent, info: silent, warn: silent, error: silent },
  });
}

interface Failure {
  status?: number;
  detail: string;
  isRateLimit: boolean;
  headers: Record<string, unknown>;
}

/** Octokit reports a network failure as status 500 without a response. */
function readFailure(error: unknown): Failure {
  const response = isRecord(error) && isRecord(error.response) ? error.response : undefined;
  const detail = error instanceof Error ? error.message : String(error);
  if (!response) return { detail, isRateLimit: false, headers: {} };
  const status = typeof response.status === 'number' ? response.status : 500;
  const headers = isRecord(response.headers) ? response.headers : {};
  const isRateLimit =
    status === 429 ||
    (status === 403 && (headers['retry-after'] !== undefined || headers['x-ratelimit-remaining'] === '0' || /rate limit/i.test(detail)));
  return { status, detail, isRateLimit, headers };
}

/** Milliseconds, or undefined when the request must not be sent again. */
function waitBeforeRetry(input: {
  /** False: it may have been carried out, and a second time would be once too often. */
  mayRepeat: boolean;
  failed: Failure;
  attempt: number;
  limits: ClientLimits;
  options: GitHubClientOptions;
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
  const asked = retryAfterMs(failed.headers, (options.now ?? Date.now)());
  if (asked !== undefined && asked > limits.maxWaitMs) return undefined;
  return Math.max(asked ?? 0, 500 * 2 ** (attempt - 1) * jitter);
}

/** Order of GitHub's own advice: retry-after, then the reset time, then a minute that grows. */
function rateLimitWait(headers: Record<string, unknown>, attempt: number, now: number): number {
  const asked = retryAfterMs(headers, now);
  if (asked !== undefined) return asked;
  const reset = Number(headers['x-ratelimit-reset'] ?? Number.NaN);
  if (headers['x-ratelimit-remaining'] === '0' && Number.isFinite(reset)) return Math.max(0, reset * 1000 - now) + 1000;
  return 60_000 * 2 ** (attempt - 1);
}

/** Milliseconds; a Retry-After header holds seconds or the date at which to come back. */
function retryAfterMs(headers: Record<string, unknown>, now: number): number | undefined {
  const text = String(headers['retry-after'] ?? '').trim();
  if (/^\d{1,9}$/.test(text)) return Number(text) * 1000;
  const date = Date.parse(text);
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}

async function downloadBlob(location: string, maxBytes: number, options: GitHubClientOptions): Promise<Uint8Array> {
  const timeout = AbortSignal.timeout(300_000);
  const signal = options.signal ? AbortSignal.any([options.signal, timeout]) : timeout;
  const where = new URL(location).origin;
  try {
    const response = await fetch(location, { signal });
    if (!response.ok || !response.body) {
      throw explainFailure({ method: 'GET', path: where, status: response.status, detail: 'the content is not available', isRateLimit: false });
    }
    return await readCapped(response.body, maxBytes, where);
  } catch (error) {
    if (error instanceof PublishError) throw error;
    throw explainFailure({
      method: 'GET',
      path: where,
      detail: error instanceof Error ? error.message : String(error),
      isRateLimit: false,
      cause: error,
    });
  }
}

async function readCapped(body: ReadableStream<Uint8Array>, maxBytes: number, where: string): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body) {
    size += chunk.length;
    if (size > maxBytes) {
      throw new PublishError({ code: 'download-too-large', message: `${where} sent more than ${maxBytes} bytes`, remedy: 'use a smaller run log' });
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks, size);
}

function createQueue(): <T>(task: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve();
  return (task) => {
    const next = last.then(task, task);
    last = next.catch(() => {});
    return next;
  };
}

function once<T>(load: () => Promise<T>): () => Promise<T> {
  let loaded: Promise<T> | undefined;
  return () => {
    loaded ??= load();
    return loaded;
  };
}

async function sleepUntil(ms: number, signal: AbortSignal | undefined): Promise<void> {
  const { setTimeout: wait } = await import('node:timers/promises');
  await wait(ms, undefined, signal ? { signal } : {});
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
