import type { OpenAI } from 'openai';
import { AgentFailure } from '../agents/agent.ts';
import { messageOf } from '../errors.ts';
import { isDeeperText } from '../records/json.ts';
import { abortFailure, excerptOf, statusFailure } from './failure.ts';
import { type HttpClient, parseTarget } from './http.ts';

/** Where a model is asked. */
export interface ModelEndpoint {
  http: HttpClient;
  /** Up to and with the version, such as `https://api.openai.com/v1`. */
  baseUrl: string;
  apiKey?: string | undefined;
  headers?: Record<string, string>;
}

/** The SDK at one endpoint. */
export interface OpenedSdk {
  sdk: OpenAI;
  /** Milliseconds to the first byte of a response; the SDK hides our reply behind its own, this finds the time again. */
  firstByteMs(response: Response): number | undefined;
}

/** Our deadlines are the only ones: the SDK's own timer must never fire first. */
const neverMs = 2_147_483_647;
/** At the start of an event's data, as the SDK looks for it. */
const endMark = /^data: ?\[DONE\]/;
const endMarkLength = 12;

/** Loads the SDK, so that no call waits for it: the time of a call is the agent's. */
export async function loadSdk(): Promise<void> {
  await import('openai');
}

/**
 * Gives the SDK to a call and makes an AgentFailure of whatever it throws. The SDK is loaded with the first call at the latest, and speaks through
 * our HTTP client, so that limits, blocked addresses, redirects and failures are the same as for every other agent.
 */
export function createSdkCaller(endpoint: ModelEndpoint): <R>(signal: AbortSignal, call: (opened: OpenedSdk) => Promise<R>) => Promise<R> {
  let opened: Promise<OpenedSdk> | undefined;
  return async (signal, call) => {
    if (signal.aborted) throw abortFailure(signal, 'not-sent');
    opened ??= openSdk(endpoint);
    const sdk = await opened;
    try {
      return await call(sdk);
    } catch (error) {
      throw sdkFailure(error, signal);
    }
  };
}

/** What goes with one request; a traceparent among the headers of the endpoint wins. */
export function callOptions(request: { signal: AbortSignal; idempotencyKey?: string; traceparent?: string | undefined }): {
  signal: AbortSignal;
  headers: Record<string, string>;
} {
  const { signal, idempotencyKey, traceparent } = request;
  const headers = { ...(idempotencyKey === undefined ? {} : { 'idempotency-key': idempotencyKey }), ...(traceparent ? { traceparent } : {}) };
  return { signal, headers };
}

/** As the member of a reply; none when it is not known. */
export function timing({ firstByteMs }: OpenedSdk, response: Response): { firstByteMs?: number } {
  const ms = firstByteMs(response);
  return ms === undefined ? {} : { firstByteMs: ms };
}

async function openSdk({ http, baseUrl, apiKey, headers = {} }: ModelEndpoint): Promise<OpenedSdk> {
  const { OpenAI } = await import('openai');
  const firstBytes = new WeakMap<Response, number>();
  // OPENAI_CUSTOM_HEADERS and what the SDK tells about this machine stay here.
  const names = ['accept', 'content-type', 'idempotency-key', 'traceparent', ...(apiKey ? ['authorization'] : []), ...Object.keys(headers)];
  const allowedHeaders = new Set(names.map((name) => name.toLowerCase()));
  const ownTrace = Object.entries(headers).flatMap(([name, value]) => (name.toLowerCase() === 'traceparent' ? { traceparent: value } : []));
  const sdk = new OpenAI({
    baseURL: baseUrl,
    // The SDK demands some key, and takes what it is not given from the environment: that must not reach the endpoint.
    apiKey: apiKey ?? 'none',
    adminAPIKey: null,
    organization: null,
    project: null,
    webhookSecret: null,
    defaultHeaders: { ...(apiKey ? {} : { authorization: null }), ...headers },
    maxRetries: 0,
    timeout: neverMs,
    logLevel: 'off',
    fetch: (url, init = {}) => send({ http, url: String(url), init, allowedHeaders, ownTrace, firstBytes }),
  });
  return { sdk, firstByteMs: (response) => firstBytes.get(response) };
}

const maxLevels = 200;

interface Sending {
  http: HttpClient;
  url: string;
  init: RequestInit;
  allowedHeaders: ReadonlySet<string>;
  /** The headers of the endpoint that no request replaces. */
  ownTrace: readonly { traceparent: string }[];
  firstBytes: WeakMap<Response, number>;
}

async function send({ http, url, init, allowedHeaders, ownTrace, firstBytes }: Sending): Promise<Response> {
  const texts: string[] = [];
  let packed = 0;
  const isOver = createEndWatch();
  const given = [...new Headers(init.headers)].filter(([name]) => allowedHeaders.has(name));
  const reply = await http.request({
    target: parseTarget(url),
    method: init.method ?? 'POST',
    headers: Object.assign(Object.fromEntries(given), ...ownTrace) as Record<string, string>,
    ...(typeof init.body === 'string' ? { body: init.body } : {}),
    signal: init.signal ?? new AbortController().signal,
    onText(text) {
      texts.push(text);
      if (texts.length - packed >= 1024) texts.push(texts.splice(packed++).join(''));
      return !isOver(text);
    },
  });
  const body = texts.length > 0 ? texts.join('') : reply.body;
  // A line of a stream is one JSON text; what its schemas do with a deep one is not ours to say.
  if ((texts.length > 0 ? body.split(/[\r\n]/) : [body]).some((text) => isDeeperText(text, maxLevels)))
    throw new AgentFailure('bad-response', `the reply is nested deeper than ${maxLevels} levels`, { phase: 'answered' });
  const response = new Response(reply.status === 204 ? null : body, { status: reply.status, headers: { 'content-type': reply.contentType } });
  firstBytes.set(response, reply.firstByteMs);
  return response;
}

/** Whether the end mark of a stream has come, wherever its text is cut. The start of a line is enough to know it, however long it is. */
function createEndWatch(): (text: string) => boolean {
  let line = '';
  let isInData = false;
  let isAfterReturn = false;
  return (text) => {
    const rest = isAfterReturn && text.startsWith('\n') ? text.slice(1) : text;
    if (text !== '') isAfterReturn = text.endsWith('\r');
    const lines = (line + rest).split(/\r\n|[\r\n]/);
    line = (lines.pop() ?? '').slice(0, endMarkLength);
    for (const one of lines) {
      if (!isInData && endMark.test(one)) return true;
      isInData = one !== '' && (isInData || /^data(:|$)/.test(one));
    }
    return !isInData && endMark.test(line);
  };
}

/** The SDK wraps what our client throws; the failure inside knows best. */
function sdkFailure(error: unknown, signal: AbortSignal): AgentFailure {
  for (let cause = error; cause instanceof Error; cause = cause.cause as unknown) {
    if (cause instanceof AgentFailure && cause.kind !== 'aborted') return cause;
  }
  if (signal.aborted) return abortFailure(signal, 'ambiguous');
  const status = error instanceof Error && 'status' in error && typeof error.status === 'number' ? error.status : undefined;
  if (status !== undefined) return statusFailure(status, { excerpt: excerptOf(messageOf(error)), cause: error });
  if (error instanceof SyntaxError)
    return new AgentFailure('bad-response', `the reply is not JSON (${error.message})`, { phase: 'answered', cause: error });
  return new AgentFailure('agent-error', excerptOf(messageOf(error), 500), { phase: 'answered', cause: error });
}
