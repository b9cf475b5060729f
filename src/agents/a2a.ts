import { unlessAborted } from '../io/abort.ts';
import { parseTarget } from '../io/http.ts';
import { isJsonObject, type Json, type JsonObject } from '../records/json.ts';
import type { Input } from '../records/sample.ts';
import * as z from '../records/schema.ts';
import { AgentFailure, type AgentPorts, type AgentRequest, defineAgent } from './agent.ts';
import { type A2aInterface, type A2aVersion, readCard } from './parts/a2a-card.ts';
import { addResult, emptyView, isOver, type TaskView, turnOf } from './parts/a2a-task.ts';
import { converse, type NextTurn, sessionOf } from './parts/converse.ts';
import { inputText } from './parts/input-text.ts';
import { BaseUrl, createJsonApi, Headers, type JsonApi } from './parts/json-api.ts';
import { pause } from './parts/pause.ts';
import { describeShape } from './parts/pointer.ts';
import { badReply, reportedError, type TurnReply } from './parts/reply.ts';
import { traceHeaders } from './parts/traceparent.ts';

const Path = z.string().check(z.regex(/^\/(?!\/)/, 'a path starts with one "/"'));
const Milliseconds = z.int().check(z.minimum(1), z.maximum(2_147_483_647));

const A2aOptions = z.strictObject({
  url: z.described(BaseUrl.clone(), 'address of the agent; its card is looked for below it'),
  card: z.described(z._default(Path.clone(), '/.well-known/agent-card.json'), 'where the card is, below `url`; default /.well-known/agent-card.json'),
  endpoint: z.described(z.optional(Path.clone()), 'path of the JSON-RPC endpoint on the host of `url`, for cards that name another host'),
  version: z.described(z.optional(z.enum(['0.3', '1.0'])), 'version of the protocol; absent: as the card says; with `endpoint` no card is read'),
  stream: z.described(z._default(z.boolean(), false), 'true: the answer is streamed where the card says that the agent can'),
  intervalMs: z.described(z._default(Milliseconds, 1000), 'pause before a task that is not over is asked for again, milliseconds; default 1000'),
  headers: z.described(z._default(Headers, {}), 'further headers'),
});
type A2aOptions = z.infer<typeof A2aOptions>;

/** An agent that speaks the Agent2Agent protocol over JSON-RPC, 0.3 or 1.0; every slot is a context of its own. */
export const a2a = defineAgent<A2aOptions>({
  type: 'a2a',
  summary: 'an agent that speaks the Agent2Agent protocol, 0.3 or 1.0',
  options: A2aOptions as z.ZodMiniType<A2aOptions>,
  envFields: ['url', 'headers'],
  identity({ url, endpoint, version, stream }) {
    return { endpoint: parseTarget(url).endpoint, template: JSON.parse(JSON.stringify({ endpoint, version, stream })) as Json };
  },
  async open(options, ports) {
    const driver = openDriver(options, ports);
    return {
      ask: (request) => {
        const session: Session = { contextId: undefined, openTask: undefined, known: new Set() };
        return converse(request, (turn) => runTurn(driver, { request, turn, session }));
      },
      isTraced: driver.api.isTraced,
      close: async () => driver.api.close(),
    };
  },
});

type Peer = A2aInterface & { canStream: boolean };

interface Driver {
  api: JsonApi;
  options: A2aOptions;
  /** Read once, with the first slot; a card that could not be read is tried again. */
  peer(signal: AbortSignal): Promise<Peer>;
}

interface Session {
  contextId: string | undefined;
  /** The task that waits for the next message. */
  openTask: string | undefined;
  /** Artifacts of earlier turns. */
  known: Set<string>;
}

function openDriver(options: A2aOptions, ports: AgentPorts): Driver {
  const { url, card, endpoint, version } = options;
  const api = createJsonApi({ baseUrl: url, headers: options.headers }, ports);
  const read = async (): Promise<Peer> => {
    if (endpoint !== undefined && version !== undefined) return { path: endpoint, version, canStream: true };
    // The deadlines of the HTTP client end it: no single slot may stop what others wait for.
    const { value } = await api.call({ method: 'GET', path: card, signal: new AbortController().signal });
    const { path, ...peer } = readCard(endpoint === undefined ? value : withoutHosts(value), { endpoint: api.endpoint, version });
    return { ...peer, path: endpoint ?? path };
  };
  let known: Promise<Peer> | undefined;
  return {
    api,
    options,
    peer(signal) {
      if (!known) {
        const reading = read();
        known = reading;
        reading.catch(() => {
          if (known === reading) known = undefined;
        });
      }
      return unlessAborted(known, signal);
    },
  };
}

/** With an endpoint of the config, the addresses of the card do not matter. */
function withoutHosts(card: Json): Json {
  if (Array.isArray(card)) return card.map(withoutHosts);
  if (!isJsonObject(card)) return card;
  return Object.fromEntries(
    Object.entries(card).map(([key, value]) => [key, key === 'url' && typeof value === 'string' ? '/' : withoutHosts(value)]),
  );
}

interface Context {
  request: AgentRequest;
  turn: NextTurn;
  session: Session;
}

const methods: Record<A2aVersion, { send: string; stream: string; get: string }> = {
  '0.3': { send: 'message/send', stream: 'message/stream', get: 'tasks/get' },
  '1.0': { send: 'SendMessage', stream: 'SendStreamingMessage', get: 'GetTask' },
};

async function runTurn(driver: Driver, context: Context): Promise<TurnReply> {
  const { request, turn, session } = context;
  const { signal } = request;
  const peer = await driver.peer(signal);
  const slot = sessionOf(request);
  const key = turn.number === 1 ? slot : `${slot}-t${turn.number}`;
  const names = methods[peer.version];
  const view = emptyView();
  const isStreamed = driver.options.stream && peer.canStream;
  const params = {
    message: messageOf(context, peer.version, key),
    ...(peer.version === '0.3' && !isStreamed ? { configuration: { blocking: true } } : {}),
  };
  const shared = { headers: traceHeaders(request, turn.number), signal, view };
  const firstByteMs = await call(driver, peer, { method: isStreamed ? names.stream : names.send, params, id: key, ...shared });
  for (let n = 1; !isOver(view); n++) {
    if (view.taskId === undefined) throw badReply('the agent gave neither an answer nor the id of a task');
    await pause(driver.options.intervalMs, signal, 'ambiguous');
    await call(driver, peer, { method: names.get, params: { id: view.taskId }, id: `${key}-get${n}`, ...shared }).catch((error: unknown) => {
      throw served(error);
    });
  }
  session.contextId = view.contextId ?? session.contextId;
  session.openTask = view.state === 'input-required' ? view.taskId : undefined;
  return { ...turnOf(view, session.known), firstByteMs };
}

function messageOf({ turn, session }: Context, version: A2aVersion, messageId: string): JsonObject {
  const isOld = version === '0.3';
  return {
    ...(isOld ? { kind: 'message' } : {}),
    messageId,
    role: isOld ? 'user' : 'ROLE_USER',
    parts: [partOf(turn.input, isOld)],
    ...(session.contextId === undefined ? {} : { contextId: session.contextId }),
    ...(session.openTask === undefined ? {} : { taskId: session.openTask }),
  };
}

function partOf(input: Input, isOld: boolean): JsonObject {
  if (typeof input === 'string' || Array.isArray(input)) return { ...(isOld ? { kind: 'text' } : {}), text: inputText(input) };
  return { ...(isOld ? { kind: 'data' } : {}), data: input };
}

interface Call {
  method: string;
  params: JsonObject;
  id: string;
  headers: Record<string, string>;
  signal: AbortSignal;
  view: TaskView;
}

/** One JSON-RPC call whose results go into the view; gives the time to the first byte, milliseconds. */
async function call({ api }: Driver, { path, version }: Peer, { method, params, id, headers, signal, view }: Call): Promise<number> {
  const reply = await api.call({
    path,
    isFromRoot: true,
    headers: { ...headers, ...(version === '1.0' ? { 'a2a-version': '1.0' } : {}) },
    body: { jsonrpc: '2.0', id, method, params },
    idempotencyKey: id,
    signal,
  });
  const responses = reply.events?.map(({ json }) => json) ?? [reply.value];
  for (const response of responses) addResult(view, resultOf(response));
  return reply.firstByteMs;
}

function resultOf(response: Json): Json {
  if (isJsonObject(response) && isJsonObject(response.error)) throw reportedError(response.error);
  if (!isJsonObject(response) || response.result === undefined)
    throw badReply(`a JSON-RPC response {result} is expected, found ${describeShape(response)}`);
  return response.result;
}

/** The message was taken: what goes wrong while its task is waited for is never `not-sent`. */
function served(error: unknown): unknown {
  if (!(error instanceof AgentFailure) || error.phase !== 'not-sent') return error;
  return new AgentFailure(error.kind, error.message, { phase: 'ambiguous', isTransient: false, cause: error });
}
