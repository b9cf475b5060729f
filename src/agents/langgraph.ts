import { shortened } from '../errors.ts';
import { parseTarget } from '../io/http.ts';
import { isJsonObject, Json, JsonObject } from '../records/json.ts';
import * as z from '../records/schema.ts';
import { maxNodes } from '../records/trajectory.ts';
import { compileTemplate, type Template, templateProblem } from '../template.ts';
import { AgentFailure, type AgentRequest, defineAgent } from './agent.ts';
import { converse, messagesOf, type NextTurn, sessionOf } from './parts/converse.ts';
import { BaseUrl, createJsonApi, Headers, type JsonApi, type JsonReply, segment } from './parts/json-api.ts';
import { graphError, graphTurn } from './parts/langgraph-state.ts';
import { describeShape, Pointer } from './parts/pointer.ts';
import { badReply, type TurnReply } from './parts/reply.ts';
import { compileScope, type ScopeBuilder } from './parts/scope.ts';
import { traceHeaders } from './parts/traceparent.ts';

const LanggraphOptions = z.strictObject({
  baseUrl: z.described(BaseUrl.clone(), 'where the server listens, such as http://localhost:2024'),
  assistant: z.described(z.string().check(z.minLength(1)), 'name of the graph, or id of the assistant'),
  input: z.described(
    z.optional(Json),
    'input of the graph; any JSON; a template; default: the new messages, and in the first turn the state of the sample',
  ),
  output: z.described(z.optional(Pointer), 'where the answer is in the state of the graph; absent: the last text of the model in "messages"'),
  config: z.described(z.optional(JsonObject), 'config of the run, such as {configurable: {model: small}}'),
  stream: z.described(z._default(z.boolean(), false), 'true: the time to the first byte is that of the first event'),
  nodes: z.described(
    z._default(z.boolean(), false),
    'true: the names of the nodes that ran are recorded in each turn, {{turns.0.nodes}} for checkers; the answer is streamed',
  ),
  headers: z.described(z._default(Headers, {}), 'further headers, such as x-api-key'),
});
type LanggraphOptions = z.infer<typeof LanggraphOptions>;

/** A graph behind a LangGraph server; every slot is a thread of its own. */
export const langgraph = defineAgent<LanggraphOptions>({
  type: 'langgraph',
  summary: 'a graph behind a LangGraph server',
  options: LanggraphOptions as z.ZodMiniType<LanggraphOptions>,
  envFields: ['baseUrl', 'headers'],
  identity({ baseUrl, assistant, input, output, config, stream, nodes }) {
    const template = { assistant, input, output, config, stream, ...(nodes ? { nodes } : {}) };
    return { endpoint: parseTarget(baseUrl).endpoint, template: JSON.parse(JSON.stringify(template)) as Json };
  },
  async open(options, ports) {
    const { input } = options;
    const driver: Driver = {
      api: createJsonApi(options, ports),
      options,
      input: input === undefined ? undefined : { template: compileTemplate(input), scopeOf: compileScope({ input }) },
    };
    return {
      ask: (request) => {
        let thread: Thread | undefined;
        return converse(request, async (turn) => {
          thread ??= await createThread(driver.api, request);
          return runTurn(driver, { request, turn, thread });
        });
      },
      isTraced: driver.api.isTraced,
      close: async () => driver.api.close(),
    };
  },
});

interface Driver {
  api: JsonApi;
  options: LanggraphOptions;
  input: { template: Template; scopeOf: ScopeBuilder } | undefined;
}

interface Thread {
  id: string;
  /** Ids of the messages of earlier turns. */
  known: Set<string>;
  isInterrupted: boolean;
}

interface Context {
  request: AgentRequest;
  turn: NextTurn;
  thread: Thread;
}

async function createThread(api: JsonApi, request: AgentRequest): Promise<Thread> {
  const { value } = await api.call({ path: '/threads', body: {}, headers: traceHeaders(request), signal: request.signal });
  if (!isJsonObject(value) || typeof value.thread_id !== 'string')
    throw badReply(`a thread {thread_id, …} is expected, found ${describeShape(value)}`);
  return { id: value.thread_id, known: new Set(), isInterrupted: false };
}

async function runTurn(driver: Driver, context: Context): Promise<TurnReply> {
  const { api, options } = driver;
  const { request, turn, thread } = context;
  const { assistant, config, nodes, output } = options;
  const stream = options.stream || nodes;
  const slot = sessionOf(request);
  const reply = await api.call({
    path: `/threads/${segment(thread.id)}/runs/${stream ? 'stream' : 'wait'}`,
    body: {
      assistant_id: assistant,
      ...(thread.isInterrupted ? { command: { resume: turn.input as Json } } : { input: inputOf(driver, context) }),
      ...(config ? { config } : {}),
      ...(stream ? { stream_mode: nodes ? ['values', 'updates'] : ['values'] } : {}),
    },
    headers: traceHeaders(request, turn.number),
    idempotencyKey: turn.number === 1 ? slot : `${slot}-t${turn.number}`,
    signal: request.signal,
  });
  const { reply: answer, isInterrupted } = graphTurn(finalState(reply), { output, known: thread.known });
  thread.isInterrupted = isInterrupted;
  const ran = nodes ? nodesOf(reply) : undefined;
  return { ...answer, ...(ran ? { nodes: ran } : {}), firstByteMs: reply.firstByteMs };
}

/** By default only what is new: the thread remembers the rest. */
function inputOf({ input }: Driver, { request, turn, thread }: Context): Json {
  const { sample } = request;
  if (!input) {
    const isFirst = turn.number === 1;
    const messages = messagesOf({ ...turn, history: [] }, isFirst ? sample.system : undefined);
    return { ...(isFirst ? sample.state : {}), messages };
  }
  try {
    return input.template(input.scopeOf({ request, turn, slot: sessionOf(request), session: thread.id }));
  } catch (error) {
    throw new AgentFailure('agent-error', `the request cannot be built: ${templateProblem(error)}`, { phase: 'not-sent', isTransient: false });
  }
}

/** Each update is `{node: what it changed}`, of several where they ran in one step. Undefined when there were too many. */
function nodesOf({ events = [] }: JsonReply): string[] | undefined {
  const names = events.flatMap(({ type, json }) => (type === 'updates' && isJsonObject(json) ? Object.keys(json) : []));
  return names.length > maxNodes ? undefined : names.map((name) => shortened(name, 200));
}

/** A reply of `wait` is the state itself; a stream gives it again and again. @throws AgentFailure for an error event. */
function finalState({ value, events }: JsonReply): Json {
  if (!events) return value;
  const failed = events.find(({ type }) => type === 'error');
  if (failed) throw graphError(failed.json);
  const last = events.findLast(({ type }) => type === 'values');
  if (!last) throw badReply('the event stream has no event of the type "values"');
  return last.json;
}
