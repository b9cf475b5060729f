import { createHttpClient, type HttpClient, type HttpReply, type HttpRequest, type HttpTarget, parseTarget } from '../io/http.ts';
import { createTokenSource, type TokenSource } from '../io/oauth.ts';
import { Json, type JsonObject } from '../records/json.ts';
import * as z from '../records/schema.ts';
import { traceIdOf } from '../systems/agentloop/http-reply.ts';
import { compileTemplate, type Template, templateProblem, textOf } from '../template.ts';
import { AgentFailure, type AgentPorts, defineAgent } from './agent.ts';
import { concealed, concealedFailure, withAccessToken } from './parts/access-token.ts';
import { converse, sessionOf } from './parts/converse.ts';
import { collectEvents, type EventCollector, type StreamEvent } from './parts/events.ts';
import { OauthOptions } from './parts/oauth-options.ts';
import { compilePayload, FormOptions, MultipartOptions, type PayloadBuilder } from './parts/payload.ts';
import { compilePoller, type Poller, PollOptions } from './parts/poll.ts';
import type { TurnReply } from './parts/reply.ts';
import { compileReplyMap, type ReplyMap, ReplyOptions, StreamOptions } from './parts/reply-map.ts';
import { compileScope, type RequestContext, type ScopeBuilder } from './parts/scope.ts';
import { hasTraceparent, traceHeaders } from './parts/traceparent.ts';
import { compilePath, fixedPart, hasFixedHost, originOf, pathOf } from './parts/url-template.ts';

const HttpOptions = z
  .strictObject({
    url: z.described(
      z.string().check(z.minLength(1), z.refine(hasFixedHost, 'a template cannot choose the host, only the path and query')),
      'where to ask; the path and query may be a template, the host may not',
    ),
    method: z.described(z._default(z.enum(['POST', 'PUT', 'PATCH', 'GET']), 'POST'), 'request method; GET sends no body'),
    headers: z.described(
      z._default(z.record(z.string().check(z.regex(/^[\w!#$%&'*+.^`|~-]+$/, 'not a header name')), z.string()), {}),
      'request headers; templates',
    ),
    body: z.described(z.optional(Json), 'any JSON; a template; default {input: "{{input}}"}'),
    form: z.described(z.optional(FormOptions), 'instead of `body`: fields of a url-encoded form by name; templates'),
    multipart: z.described(z.optional(MultipartOptions), 'instead of `body`: a form with the files of the sample, which go with the first message'),
    reply: z.described(z._default(ReplyOptions, {}), 'where things are in the reply, as JSON pointers'),
    stream: z.described(z._default(StreamOptions, {}), 'for replies of the type text/event-stream'),
    poll: z.described(z.optional(PollOptions), 'for agents that take a request and give its result later'),
    oauth: z.described(z.optional(OauthOptions), 'an access token by OAuth client credentials, sent as a bearer token'),
  })
  .check(
    z.refine(
      ({ body, form, multipart }) => [body, form, multipart].filter((kind) => kind !== undefined).length <= 1,
      'only one of "body", "form" and "multipart" can be sent',
    ),
    z.refine(({ method, form, multipart }) => method !== 'GET' || (!form && !multipart), 'GET sends no form: use POST, or the query of the URL'),
    z.refine(
      ({ headers, oauth }) => !oauth || !Object.keys(headers).some((name) => name.toLowerCase() === 'authorization'),
      '"oauth" sets the authorization header: leave it out of "headers"',
    ),
  );
type HttpOptions = z.infer<typeof HttpOptions>;

/** One request per user message to any JSON or event-stream endpoint. */
export const http = defineAgent<HttpOptions>({
  type: 'http',
  summary: 'an HTTP endpoint: JSON, text or server-sent events, mapped with templates and JSON pointers',
  options: HttpOptions as z.ZodMiniType<HttpOptions>,
  envFields: ['url', 'headers', 'oauth'],
  identity({ url, method, body = defaultBody, form, multipart, reply, stream, poll }) {
    // What is not used is left out: a run of an earlier version stays comparable. So are times, which change no answer.
    const said: JsonObject = form ? { form } : multipart ? { multipart } : { body };
    const { intervalMs: _, maxMs: __, ...polled } = poll ?? { intervalMs: 0, maxMs: 0 };
    return { endpoint: endpointOf(url), template: { method, ...said, reply, stream, ...(poll ? { poll: polled } : {}) } as Json };
  },
  async open(options, ports) {
    const driver = compileDriver(options, ports);
    const { tokens } = driver;
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
      isTraced: !hasTraceparent(options.headers),
      ...(tokens ? { conceal: (value) => concealed(value, tokens.hide) } : {}),
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
  payload: PayloadBuilder | undefined;
  scopeOf: ScopeBuilder;
  replyMap: ReplyMap;
  poller: Poller | undefined;
  tokens: TokenSource | undefined;
  endMark: string | undefined;
  maxReplyBytes: number;
}

const defaultBody: Json = { input: '{{input}}' };

function compileDriver(options: HttpOptions, ports: AgentPorts): Driver {
  const { url, method, headers, body = defaultBody, form, multipart, reply, stream, poll, oauth } = options;
  const { deadlines, concurrency, maxReplyBytes, baseDir } = ports;
  const client = createHttpClient({ maxConnections: concurrency, maxReplyBytes, deadlines });
  const target = parseTarget(fixedPart(url));
  const hasBody = method !== 'GET';
  const said: Json = form ?? multipart?.fields ?? body;
  return {
    client,
    target,
    method,
    path: compilePath(url),
    headers: Object.entries(withDefaults(headers)).map(([name, value]) => [name, compileTemplate(value)]),
    payload: hasBody ? compilePayload({ body, form, multipart }, baseDir) : undefined,
    scopeOf: compileScope({ url, headers, ...(hasBody ? { [form ? 'form' : multipart ? 'multipart' : 'body']: said } : {}) }),
    replyMap: compileReplyMap(reply, stream),
    poller: poll && compilePoller(poll, target),
    tokens: oauth && createTokenSource(client, oauth),
    endMark: stream.done,
    maxReplyBytes,
  };
}

function withDefaults(headers: Record<string, string>): Record<string, string> {
  const own = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
  return { accept: 'application/json, text/event-stream;q=0.9, */*;q=0.5', 'accept-encoding': 'gzip, br', ...own };
}

async function sendTurn(driver: Driver, context: RequestContext): Promise<{ reply: TurnReply; session: Json | undefined }> {
  const { method, target, replyMap, poller, tokens } = driver;
  const { slot, turn, request } = context;
  const filled = await fill(driver, context);
  const key = turn.number === 1 ? slot : `${slot}-t${turn.number}`;
  try {
    const first = await exchange(driver, request.signal, {
      method,
      ...filled,
      headers: { ...filled.headers, 'idempotency-key': filled.headers['idempotency-key'] ?? key },
    });
    const { 'content-type': _, ...headers } = filled.headers;
    const askAgain = (path: string) => exchange(driver, request.signal, { method: 'GET', path, headers });
    const path = filled.path ?? target.path;
    const { answer, events } = poller ? await poller.finish(first, { path, signal: request.signal, askAgain }) : first;
    const isStream = answer.contentType === 'text/event-stream';
    const mapped = replyMap.fromWhole
      ? replyMap.fromWhole(answer.body, answer.contentType)
      : isStream
        ? replyMap.fromEvents(events())
        : replyMap.fromBody(answer.body, answer.contentType);
    mapped.reply.firstByteMs = answer.firstByteMs;
    const traceId = traceIdOf(answer.headers);
    if (traceId !== undefined) mapped.reply.traceId = traceId;
    return tokens ? { ...mapped, reply: concealed(mapped.reply, tokens.hide) } : mapped;
  } catch (error) {
    throw tokens && error instanceof AgentFailure ? concealedFailure(error, tokens.hide) : error;
  }
}

interface Exchanged {
  answer: HttpReply;
  /** Of a reply of the type text/event-stream. @throws AgentFailure as `EventCollector.finish`. */
  events: () => StreamEvent[];
}

/** One request with the access token, where one is demanded; a token that is refused is replaced once. */
function exchange(driver: Driver, signal: AbortSignal, request: Pick<HttpRequest, 'method' | 'headers' | 'path' | 'body'>): Promise<Exchanged> {
  const { client, target, endMark, maxReplyBytes, tokens } = driver;
  const send = async (authorization: Record<string, string>): Promise<Exchanged> => {
    let collector: EventCollector | undefined;
    const answer = await client.request({
      target,
      signal,
      ...request,
      headers: { ...request.headers, ...authorization },
      // A lenient reader wants the body itself.
      ...(driver.replyMap.fromWhole
        ? {}
        : {
            onText(text) {
              collector ??= collectEvents({ endMark, maxChars: maxReplyBytes });
              return collector.feed(text);
            },
          }),
    });
    return { answer, events: () => collector?.finish() ?? [] };
  };
  return tokens ? withAccessToken(tokens, signal, send) : send({});
}

async function fill(driver: Driver, context: RequestContext): Promise<Pick<HttpRequest, 'path' | 'body'> & { headers: Record<string, string> }> {
  try {
    const scope = driver.scopeOf(context);
    const payload = await driver.payload?.(scope, context);
    const headers: Record<string, string> = {
      ...traceHeaders(context.request, context.turn.number),
      ...(payload ? { 'content-type': payload.contentType } : {}),
    };
    for (const [name, value] of driver.headers) headers[name] = textOf(value(scope));
    const path = driver.path && textOf(driver.path(scope));
    return { headers, ...(payload ? { body: payload.content } : {}), ...(path === undefined ? {} : { path }) };
  } catch (error) {
    if (error instanceof AgentFailure) throw error;
    throw new AgentFailure('agent-error', `the request cannot be built: ${templateProblem(error)}`, { phase: 'not-sent', isTransient: false });
  }
}

/** The endpoint without credentials and query, for messages and the fingerprint. */
function endpointOf(url: string): string {
  return parseTarget(originOf(url)).endpoint.replace(/\/$/, '') + pathOf(url);
}
