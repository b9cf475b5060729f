import { parseTarget } from '../io/http.ts';
import { isJsonObject, type Json, type JsonObject } from '../records/json.ts';
import * as z from '../records/schema.ts';
import { type AgentRequest, defineAgent } from './agent.ts';
import { adkTurn } from './parts/adk-events.ts';
import { converse, type NextTurn, sessionOf } from './parts/converse.ts';
import { inputText } from './parts/input-text.ts';
import { BaseUrl, createJsonApi, Headers, type JsonApi, segment } from './parts/json-api.ts';
import { describeShape } from './parts/pointer.ts';
import { badReply, reportedError, type TurnReply } from './parts/reply.ts';
import { traceHeaders } from './parts/traceparent.ts';

const AdkOptions = z.strictObject({
  baseUrl: z.described(BaseUrl.clone(), 'where `adk api_server` listens, such as http://localhost:8000; the one in Go: with /api'),
  app: z.described(z.string().check(z.minLength(1)), 'name of the app: the folder of the agent'),
  stream: z.described(z._default(z.boolean(), false), 'true: /run_sse instead of /run; the time to the first byte is that of the first event'),
  tokens: z.described(z._default(z.boolean(), false), 'with stream, true: the model streams too, and the first event is its first piece of text'),
  headers: z.described(z._default(Headers, {}), 'further headers'),
});
type AdkOptions = z.infer<typeof AdkOptions>;

/** An agent of the Agent Development Kit behind its own API server; every slot is a user and a session of its own. */
export const adk = defineAgent<AdkOptions>({
  type: 'adk',
  summary: 'an agent of the Agent Development Kit, behind `adk api_server`',
  options: AdkOptions as z.ZodMiniType<AdkOptions>,
  envFields: ['baseUrl', 'headers'],
  identity: ({ baseUrl, app, stream, tokens }) => ({ endpoint: parseTarget(baseUrl).endpoint, template: { app, stream, tokens } }),
  async open(options, ports) {
    const api = createJsonApi(options, ports);
    return {
      ask: (request) => {
        let session: Session | undefined;
        return converse(request, async (turn) => {
          session ??= await createSession(api, options.app, request);
          return runTurn({ api, options, request, session }, turn);
        });
      },
      isTraced: api.isTraced,
      close: async () => api.close(),
    };
  },
});

interface Session {
  id: string;
  userId: string;
  state: JsonObject;
  hasState: boolean;
}

/** Without an id in the path: servers differ in the body that they take with one, and a taken id is an error. */
async function createSession(api: JsonApi, app: string, request: AgentRequest): Promise<Session> {
  const userId = sessionOf(request);
  const { state } = request.sample;
  const { value } = await api.call({
    path: `/apps/${segment(app)}/users/${segment(userId)}/sessions`,
    body: state === undefined ? {} : { state },
    headers: traceHeaders(request),
    signal: request.signal,
  });
  if (isJsonObject(value) && value.error !== undefined && value.error !== null) throw reportedError(value.error);
  if (!isJsonObject(value) || typeof value.id !== 'string' || value.id === '')
    throw badReply(`a session {id, …} is expected, found ${describeShape(value)}`);
  return { id: value.id, userId, state: { ...state, ...(isJsonObject(value.state) ? value.state : {}) }, hasState: state !== undefined };
}

async function runTurn(
  { api, options, request, session }: { api: JsonApi; options: AdkOptions; request: AgentRequest; session: Session },
  turn: NextTurn,
): Promise<TurnReply> {
  const { app, stream, tokens } = options;
  const slot = sessionOf(request);
  const body: JsonObject = {
    appName: app,
    userId: session.userId,
    sessionId: session.id,
    newMessage: { role: 'user', parts: [{ text: inputText(turn.input) }] },
    ...(stream ? { streaming: tokens } : {}),
  };
  const idempotencyKey = turn.number === 1 ? slot : `${slot}-t${turn.number}`;
  const { value, events, firstByteMs } = await api.call({
    path: stream ? '/run_sse' : '/run',
    body,
    headers: traceHeaders(request, turn.number),
    idempotencyKey,
    signal: request.signal,
  });
  const { output, steps, usage, stateDelta } = adkTurn(events ? events.map(({ json }): Json => json) : value);
  session.state = { ...session.state, ...stateDelta };
  session.hasState ||= Object.keys(stateDelta).length > 0;
  return { output, steps, firstByteMs, ...(usage ? { usage } : {}), ...(session.hasState ? { finalState: session.state } : {}) };
}
