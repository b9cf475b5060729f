import type { HttpTarget } from '../io/http.ts';
import type { AgentSocket, Exchange } from '../io/socket-exchange.ts';
import { createSocketClient, parseSocketTarget, type SocketClient } from '../io/websocket.ts';
import { Json, type JsonObject } from '../records/json.ts';
import * as z from '../records/schema.ts';
import { compileTemplate, type Template, templateProblem, textOf } from '../template.ts';
import { AgentFailure, type AgentPorts, defineAgent } from './agent.ts';
import { converse, sessionOf } from './parts/converse.ts';
import { Headers } from './parts/json-api.ts';
import { compileMatch, compileMessageMap, Match, type MessageMap, MessageStreamOptions, messageJson } from './parts/message-map.ts';
import type { TurnReply } from './parts/reply.ts';
import { ReplyOptions } from './parts/reply-map.ts';
import { compileScope, type RequestContext, type ScopeBuilder } from './parts/scope.ts';
import { hasTraceparent, traceHeaders } from './parts/traceparent.ts';
import { compilePath, fixedPart, hasFixedHost, originOf, pathOf } from './parts/url-template.ts';

const Messages = z.array(Json).check(z.minLength(1));

const WebsocketOptions = z
  .strictObject({
    url: z.described(
      z.string().check(z.minLength(1), z.refine(hasFixedHost, 'a template cannot choose the host, only the path and query')),
      'where to connect, ws:// or wss://; the path and query may be a template, the host may not',
    ),
    headers: z.described(z._default(Headers, {}), 'headers of the opening request; templates'),
    protocols: z.described(
      z._default(z.array(z.string().check(z.regex(/^[\w!#$%&'*+.^`|~-]+$/, 'not a name of a protocol'))), []),
      'subprotocols to offer',
    ),
    open: z.described(z.optional(Messages), 'messages to send as soon as the connection is open, such as one that logs in; templates'),
    ready: z.described(
      z.optional(z.union([z.literal('first'), Match.clone()])),
      'what the agent says before it may be asked: its first message, or one with these values, such as {/type: ready}; absent: nothing',
    ),
    message: z.described(z.optional(Json), 'what a user message is sent as: any JSON, or text; a template; default {input: "{{input}}"}'),
    messages: z.described(z.optional(Messages), 'instead of `message`: several messages, in order'),
    reply: z.described(z._default(ReplyOptions, {}), 'where things are in the messages of the agent, as JSON pointers'),
    stream: z.described(z._default(MessageStreamOptions, {}), 'for answers that come in pieces'),
    until: z.described(
      z._default(z.union([z.enum(['first', 'close']), Match.clone()]), 'first'),
      'what ends a turn: the first message, the end of the connection, or a message with these values, such as {/type: done}; default first',
    ),
    socket: z.described(
      z.optional(z.enum(['conversation', 'turn'])),
      'a connection for the whole conversation or for every turn; default conversation',
    ),
    compression: z.described(z._default(z.boolean(), false), 'true: compressed messages are offered'),
    pingMs: z.described(
      z.optional(z.int().check(z.minimum(100), z.maximum(2_147_483_647))),
      'pause between our pings, milliseconds; an agent that answers none is gone; absent: only its own are answered',
    ),
  })
  .check(
    z.refine(({ message, messages }) => message === undefined || messages === undefined, 'only one of "message" and "messages" can be sent'),
    z.refine(({ until, socket }) => until !== 'close' || socket !== 'conversation', '"until: close" ends the connection with every turn'),
    z.refine(
      ({ ready, until }) => [ready, until].every((match) => typeof match !== 'object' || Object.keys(match).length > 0),
      'a message is known by at least one place, such as {/type: done}',
    ),
  );
type WebsocketOptions = z.infer<typeof WebsocketOptions>;

/** Any agent behind a web socket whose messages are text. */
export const websocket = defineAgent<WebsocketOptions>({
  type: 'websocket',
  summary: 'a web socket: JSON or text messages, mapped with templates and JSON pointers; answers may come in pieces',
  options: WebsocketOptions as z.ZodMiniType<WebsocketOptions>,
  envFields: ['url', 'headers', 'open'],
  identity({ url, message = defaultMessage, messages, ready, reply, stream, until, socket, protocols }) {
    const endpoint = parseSocketTarget(originOf(url)).endpoint.replace(/\/$/, '') + pathOf(url);
    const said: JsonObject = messages ? { messages } : { message };
    const template = { ...said, ready, reply, stream, until, socket, protocols };
    return { endpoint, template: JSON.parse(JSON.stringify(template)) as Json };
  },
  async open(options, ports) {
    const driver = compileDriver(options, ports);
    return {
      async ask(request) {
        const conversation: Conversation = { socket: undefined, session: null };
        try {
          return await converse(request, (turn) => runTurn(driver, { request, turn, slot: sessionOf(request), session: null }, conversation));
        } finally {
          conversation.socket?.close();
        }
      },
      isTraced: !hasTraceparent(options.headers),
      close: async () => driver.client.close(),
    };
  },
});

interface Driver {
  client: SocketClient;
  target: HttpTarget;
  path: Template | undefined;
  headers: [name: string, value: Template][];
  open: Template[];
  isReady: ((text: string) => boolean) | undefined;
  messages: Template[];
  turnEnd: Pick<Exchange, 'isLast' | 'endsWithClose'>;
  isPerTurn: boolean;
  scopeOf: ScopeBuilder;
  messageMap: MessageMap;
}

interface Conversation {
  socket: AgentSocket | undefined;
  session: Json;
}

const defaultMessage: Json = { input: '{{input}}' };

function compileDriver(options: WebsocketOptions, ports: AgentPorts): Driver {
  const {
    url,
    headers,
    protocols,
    open = [],
    ready,
    message = defaultMessage,
    messages = [message],
    reply,
    stream,
    until,
    socket,
    compression,
    pingMs,
  } = options;
  const { deadlines, maxReplyBytes } = ports;
  const own = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
  const messageMap = compileMessageMap(reply, stream);
  return {
    client: createSocketClient({ deadlines, maxReplyBytes, protocols, isCompressed: compression, pingMs }),
    target: parseSocketTarget(fixedPart(url)),
    path: compilePath(url),
    headers: Object.entries(own).map(([name, value]) => [name, compileTemplate(value)]),
    open: open.map(compileTemplate),
    isReady: ready === undefined ? undefined : endOf(ready, messageMap),
    messages: messages.map(compileTemplate),
    turnEnd: until === 'close' ? { isLast: messageMap.isError, endsWithClose: true } : { isLast: endOf(until, messageMap) },
    isPerTurn: until === 'close' || socket === 'turn',
    scopeOf: compileScope({ url, headers: own, open, [options.messages ? 'messages' : 'message']: messages }),
    messageMap,
  };
}

/** A message that reports an error ends whatever is waited for. */
function endOf(end: 'first' | Match, { isError }: MessageMap): (text: string) => boolean {
  if (end === 'first') return () => true;
  const isMeant = compileMatch(end);
  return (text) => isMeant(messageJson(text)) || isError(text);
}

async function runTurn(driver: Driver, context: RequestContext, conversation: Conversation): Promise<TurnReply> {
  const startedAt = performance.now();
  const { signal } = context.request;
  if (driver.isPerTurn) conversation.socket?.close();
  const isNew = driver.isPerTurn || !conversation.socket;
  const socket = isNew || !conversation.socket ? await connect(driver, context, conversation) : conversation.socket;
  const outgoing = texts(driver, { ...context, session: conversation.session }, driver.messages);
  const { messages, firstByteAt } = await socket.exchange({ outgoing, ...driver.turnEnd, signal });
  const { reply, session } = driver.messageMap.turn(messages);
  conversation.session = session ?? conversation.session;
  return { ...reply, firstByteMs: Math.max(0, firstByteAt - startedAt) };
}

/** Opens the connection, says what is to be said first, and waits until the agent is ready. */
async function connect(driver: Driver, context: RequestContext, conversation: Conversation): Promise<AgentSocket> {
  const { request, turn, slot } = context;
  const { signal } = request;
  const key = turn.number === 1 ? slot : `${slot}-t${turn.number}`;
  const asked: RequestContext = { ...context, session: conversation.session };
  const { path, headers } = built(() => {
    const scope = driver.scopeOf(asked);
    const own = Object.fromEntries(driver.headers.map(([name, value]) => [name, textOf(value(scope))]));
    return { path: driver.path && textOf(driver.path(scope)), headers: { 'idempotency-key': key, ...traceHeaders(request, turn.number), ...own } };
  });
  const opening = texts(driver, asked, driver.open);
  const socket = await driver.client.connect({ target: driver.target, path, headers, signal });
  conversation.socket = socket;
  const { messages } = await socket.exchange({ outgoing: opening, isLast: driver.isReady, isOpening: true, signal });
  for (const text of driver.isReady ? messages : []) conversation.session = driver.messageMap.session(text) ?? conversation.session;
  return socket;
}

function texts(driver: Driver, context: RequestContext, templates: readonly Template[]): string[] {
  if (templates.length === 0) return [];
  return built(() => {
    const scope = driver.scopeOf(context);
    return templates.map((template) => textOf(template(scope)));
  });
}

function built<T>(build: () => T): T {
  try {
    return build();
  } catch (error) {
    throw new AgentFailure('agent-error', `the request cannot be built: ${templateProblem(error)}`, { phase: 'not-sent', isTransient: false });
  }
}
