import { createHttpClient, type HttpClient, type HttpReply, type HttpTarget, parseTarget } from '../io/http.ts';
import { Json } from '../records/json.ts';
import * as z from '../records/schema.ts';
import { compileTemplate, type Template, templateNames, templateProblem, textOf } from '../template.ts';
import { AgentFailure, type AgentPorts, defineAgent } from './agent.ts';
import { converse, sessionOf } from './parts/converse.ts';
import { collectEvents, type EventCollector } from './parts/events.ts';
import type { TurnReply } from './parts/reply.ts';
import { compileReplyMap, type ReplyMap, ReplyOptions, StreamOptions } from './parts/reply-map.ts';
import { compileScope, type RequestContext, type ScopeBuilder } from './parts/scope.ts';

const HttpOptions = z.strictObject({
  url: z.described(
    z.string().check(
      z.minLength(1),
      z.refine((url) => templateNames(originOf(url)).length === 0, 'a template cannot choose the host, only the path and query'),
    ),
    'where to ask; the path and query may be a template, the host may not',
  ),
  method: z.described(z._default(z.enum(['POST', 'PUT', 'PATCH', 'GET']), 'POST'), 'request method; GET sends no body'),
  headers: z.described(
    z._default(z.record(z.string().check(z.regex(/^[\w!#$%&'*+.^`|~-]+$/, 'not a header name')), z.string()), {}),
    'request headers; templates',
  ),
  body: z.described(z._default(Json, { input: '{{input}}' }), 'any JSON; a template'),
  reply: z.described(z._default(ReplyOptions, {}), 'where things are in the reply, as JSON pointers'),
  stream: z.described(z._default(StreamOptions, {}), 'for replies of the type text/event-stream'),
});
type HttpOptions = z.infer<typeof HttpOptions>;

/** One request per user message to any JSON or event-stream endpoint. */
export const http = defineAgent<HttpOptions>({
  type: 'http',
  summary: 'an HTTP endpoint: JSON, text or server-sent events, mapped with templates and JSON pointers',
  options: HttpOptions as z.ZodMiniType<HttpOptions>,
  envFields: ['url', 'headers'],
  identity({ url, method, body, reply, stream }) {
    return { endpoint: endpointOf(url), template: { method, body, reply, stream } as Json };
  },
  async open(options, ports) {
    const driver = compileDriver(options, ports);
    return {
      ask: (request) => {
        let session: Json = null;
        const slot = sessionOf(request);
        return converse(request, async (turn) => {
          const answer = await sendTurn(driver, { request, turn, slot, session });
          session = answer.session ?? session;
          return answer.reply;
        });
      },
      close: async () => driver.client.close(),
    };
  },
});

interface Driver {
  client: HttpClient;
  target: HttpTarget;
  method: string;
  /** Absent: the path of the target. */
  path: Template | undefined;
  headers: [name: string, value: Template][];
  body: Template | undefined;
  scopeOf: ScopeBuilder;
  replyMap: ReplyMap;
  endMark: string | undefined;
  maxReplyBytes: number;
}

function compileDriver(options: HttpOptions, ports: AgentPorts): Driver {
  const { url, method, headers, body, reply, stream } = options;
  const { deadlines, concurrency, maxReplyBytes } = ports;
  return {
    client: createHttpClient({ maxConnections: concurrency, maxReplyBytes, deadlines }),
    target: parseTarget(templateNames(url).length > 0 ? originOf(url) : url),
    method,
    path: templateNames(url).length > 0 ? compilePath(url.slice(originOf(url).length)) : undefined,
    headers: Object.entries(withDefaults(headers, method)).map(([name, value]) => [name, compileTemplate(value)]),
    body: method === 'GET' ? undefined : compileTemplate(body),
    scopeOf: compileScope({ url, headers, ...(method === 'GET' ? {} : { body }) }),
    replyMap: compileReplyMap(reply, stream),
    endMark: stream.done,
    maxReplyBytes,
  };
}

function withDefaults(headers: Record<string, string>, method: string): Record<string, string> {
  const own = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
  const defaults: Record<string, string> = { accept: 'application/json, text/event-stream;q=0.9, */*;q=0.5', 'accept-encoding': 'gzip, br' };
  if (method !== 'GET') defaults['content-type'] = 'application/json';
  return { ...defaults, ...own };
}

async function sendTurn(driver: Driver, context: RequestContext): Promise<{ reply: TurnReply; session: Json | undefined }> {
  const { client, target, method, replyMap, endMark, maxReplyBytes } = driver;
  const { slot, turn, request } = context;
  const filled = fill(driver, context);
  filled.headers['idempotency-key'] ??= turn.number === 1 ? slot : `${slot}-t${turn.number}`;
  let events: EventCollector | undefined;
  const answer: HttpReply = await client.request({
    target,
    method,
    ...filled,
    signal: request.signal,
    onText(text) {
      events ??= collectEvents({ endMark, maxChars: maxReplyBytes });
      return events.feed(text);
    },
  });
  const isStream = answer.contentType === 'text/event-stream';
  const mapped = isStream ? replyMap.fromEvents(events?.finish() ?? []) : replyMap.fromBody(answer.body, answer.contentType);
  mapped.reply.firstByteMs = answer.firstByteMs;
  return mapped;
}

function fill(driver: Driver, context: RequestContext): { headers: Record<string, string>; body?: string; path?: string } {
  try {
    const scope = driver.scopeOf(context);
    const headers: Record<string, string> = {};
    for (const [name, value] of driver.headers) headers[name] = textOf(value(scope));
    const body = driver.body && JSON.stringify(driver.body(scope));
    const path = driver.path && textOf(driver.path(scope));
    return { headers, ...(body === undefined ? {} : { body }), ...(path === undefined ? {} : { path }) };
  } catch (error) {
    throw new AgentFailure('agent-error', `the request cannot be built: ${templateProblem(error)}`, { phase: 'not-sent', isTransient: false });
  }
}

/** Scheme, credentials and host as written. */
function originOf(url: string): string {
  return /^[a-z]+:\/\/[^/?#]*/i.exec(url)?.[0] ?? url;
}

/** Values are percent-encoded, so that data cannot leave its place in the path. */
function compilePath(path: string): Template {
  const parts = path.split('#', 1)[0]?.split(/(\{\{[^}]*\}\})/) ?? [];
  const pieces = parts.map((part) => (part.startsWith('{{') ? { value: compileTemplate(part) } : part.replace(/[^\x21-\x7e]/gu, encodeURIComponent)));
  return (scope) => {
    const filled = pieces.map((piece) => (typeof piece === 'string' ? piece : encodeURIComponent(textOf(piece.value(scope))))).join('');
    // Dots are not encoded, and encoding them would not help: servers resolve both.
    if (/\/\.\.?(?:[/?]|$)/.test(filled.split('?', 1)[0] ?? '')) throw new Error('a value makes "." or ".." of a part of the path');
    return filled;
  };
}

/** The endpoint without credentials and query, for messages and the fingerprint. */
function endpointOf(url: string): string {
  const [path = ''] = url.slice(originOf(url).length).split(/[?#]/, 1);
  return parseTarget(originOf(url)).endpoint.replace(/\/$/, '') + path;
}
