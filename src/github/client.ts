import { withinTime } from '../io/within-time.ts';
import { downloadBlob } from './client-download.ts';
import { redirectTarget } from './client-redirect.ts';
import { type ClientLimits, readFailure, waitBeforeRetry } from './client-retry.ts';
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
  /** Spent on requests that failed and on waiting for the next try, in milliseconds. */
  lostMs?: number;
}

export interface CallOptions {
  /** Permission named in the error, such as `checks: write`. */
  needs?: string;
  /** Never sent again: after the wait that a failure asks for, the error is thrown with `mayTryAgain`, so that the caller looks first. */
  isSentOnce?: boolean;
  /** Which try of its caller this is, from 1, where `isSentOnce`: waits grow with it. */
  attempt?: number;
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
  /** Follows the redirect to the content without sending the token there; asks for a new address when that one fails. */
  download(path: string, options: CallOptions & { maxBytes: number }): Promise<Uint8Array>;
}

interface Reply {
  status: number;
  data: unknown;
  headers: Record<string, unknown>;
}

type Method = 'GET' | 'POST' | 'PATCH' | 'DELETE';
type Send = (method: Method, path: string, values: Values, options: CallOptions & { isContentElsewhere?: boolean }) => Promise<Reply>;

const defaultLimits: ClientLimits = { tries: 4, maxWaitMs: 90_000, requestTimeoutMs: 30_000, maxRequests: 400, maxLostMs: 600_000 };

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
    download: (path, call) => download(send, path, { ...call, options }),
  };
}

/** An address of the content is good for a minute only, so that each try asks for one of its own. */
async function download(
  send: Send,
  path: string,
  { options, maxBytes, ...call }: CallOptions & { maxBytes: number; options: GitHubClientOptions },
): Promise<Uint8Array> {
  const { tries } = { ...defaultLimits, ...options.limits };
  for (let attempt = 1; ; attempt++) {
    const reply = await send('GET', path, {}, { ...call, isContentElsewhere: true });
    try {
      return await downloadBlob(locationOf(reply, path), { maxBytes, ...(options.signal ? { signal: options.signal } : {}) });
    } catch (error) {
      const isWorthIt = error instanceof PublishError && error.mayTryAgain && attempt < tries && !options.signal?.aborted;
      if (!isWorthIt) throw error;
      await (options.sleep ?? sleepUntil)(500 * 2 ** (attempt - 1), options.signal).catch(() => {
        throw error;
      });
    }
  }
}

/** A proxy's page in place of the redirect may be gone at the next try. */
function locationOf({ status, headers }: Awaited<ReturnType<Send>>, path: string): string {
  if (typeof headers.location === 'string') return headers.location;
  throw explainFailure({ method: 'GET', path, status, detail: 'no redirect to the content', isRateLimit: false, mayTryAgain: true });
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
  const { sleep = sleepUntil, counter = { requests: 0 } } = options;
  const exchange = createExchange(options, limits, counter);
  return async (method, path, values, call) => {
    const url = addressOf(path, options);
    for (let attempt = call.attempt ?? 1; ; attempt++) {
      const startedAt = performance.now();
      try {
        return await exchange(method, url, values, call);
      } catch (error) {
        if (error instanceof PublishError) throw error;
        counter.lostMs = (counter.lostMs ?? 0) + performance.now() - startedAt;
        const failed = readFailure(error);
        const explained = (mayTryAgain = false) => explainFailure({ method, path: url, ...failed, ...pickNeeds(call), mayTryAgain, cause: error });
        const mayRepeat = method !== 'POST' || call.isSentOnce === true || call.isQuery === true;
        const isPatient = counter.lostMs <= limits.maxLostMs;
        const wait = isPatient ? waitBeforeRetry({ mayRepeat, failed, attempt, limits, options }) : undefined;
        if (wait === undefined || options.signal?.aborted) throw explained();
        if (wait > 5000) options.onNotice?.(`GitHub asked to wait ${Math.ceil(wait / 1000)} s before ${method} ${url}`);
        counter.lostMs += wait;
        await sleep(wait, options.signal).catch(() => {
          throw explained();
        });
        if (call.isSentOnce) throw explained(true);
      }
    }
  };
}

/** Redirects that one request follows, within the API. */
const maxRedirects = 3;

/** One try of a request. @throws PublishError for what no other try would change; else what went wrong, for `readFailure` */
function createExchange(options: GitHubClientOptions, limits: ClientLimits, counter: RequestCounter): Send {
  const octokit = once(() => loadOctokit(options));
  const ask = async (method: Method, url: string, values: Values): Promise<Reply> => {
    if (++counter.requests > limits.maxRequests) {
      throw new PublishError({
        code: 'github-too-many-requests',
        message: `more than ${limits.maxRequests} requests to GitHub in one run`,
        remedy: 'split the suites over several jobs',
      });
    }
    const client = await octokit();
    const limit = { signals: options.signal ? [options.signal] : [], timeoutMs: limits.requestTimeoutMs };
    return withinTime(limit, (signal) => {
      // Never followed by fetch: it would take the answer, and the body of a POST, to any host.
      const request = { signal, redirect: 'manual' as const };
      return client.request(`${method} ${url}`, { ...values, request, headers: { 'x-github-api-version': '2022-11-28' } });
    });
  };
  return async (method, path, values, call) => {
    let reply = await ask(method, path, values);
    for (let hop = 1; hop <= maxRedirects; hop++) {
      const target = redirectTarget({ reply, method, path, apiUrl: options.apiUrl, isContentElsewhere: call.isContentElsewhere === true });
      if (target === undefined) break;
      // The address has the query already.
      reply = await ask(method, target, method === 'GET' ? {} : values);
    }
    if (!isAnswer(reply, method, call))
      throw new Error(`the reply (status ${reply.status}) is not JSON: it was cut off, or something between answered`);
    return reply;
  };
}

/** An answer of the API: what else comes with a good status says nothing about what was done. */
function isAnswer({ data, status }: Reply, method: Method, { isContentElsewhere }: { isContentElsewhere?: boolean }): boolean {
  if (isContentElsewhere) return true;
  if (method === 'DELETE') return status === 204;
  return status < 300 && isRecord(data) && !(data instanceof ArrayBuffer);
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
