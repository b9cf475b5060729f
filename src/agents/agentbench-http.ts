import { excerptOf, parseRetryAfter } from '../io/failure.ts';
import { createHttpClient, type HttpClient, type HttpTarget, parseTarget } from '../io/http.ts';
import { withinTime } from '../io/within-time.ts';
import { type Json, JsonObject } from '../records/json.ts';
import * as z from '../records/schema.ts';
import type { HistoryItem } from '../systems/agentbench/history.ts';
import { httpTimeoutMs, judgeReply, waitAfterTryMs } from '../systems/agentbench/http-reply.ts';
import { compilePrompter, type Prompter, prompterNames } from '../systems/agentbench/prompter.ts';
import { compileFormat, FormatProblem } from '../systems/agentbench/return-format.ts';
import { AgentFailure, type AgentPorts, type AgentRequest, defineAgent } from './agent.ts';
import { converse, messagesOf, type NextTurn, sessionOf } from './parts/converse.ts';
import { Headers } from './parts/json-api.ts';
import { proxiedTarget } from './parts/proxied-target.ts';
import { badReply, type TurnReply } from './parts/reply.ts';
import { hasTraceparent, traceHeaders } from './parts/traceparent.ts';

/** What a format string or a prompter finds wrong is told where it is written. */
function asIssue(compile: () => unknown): string | undefined {
  try {
    compile();
    return undefined;
  } catch (error) {
    if (error instanceof FormatProblem) return error.message;
    throw error;
  }
}

const PrompterOptions = z
  .strictObject({
    name: z.described(z.nullish(z.string()), `${prompterNames.join(', ')}; any other name is role_content_dict with its defaults`),
    args: z.described(z.nullish(JsonObject), 'arguments of the prompter by name, such as {agent_role: assistant}'),
  })
  .check((context) => {
    const message = asIssue(() => compilePrompter(context.value));
    if (message !== undefined) context.issues.push({ code: 'custom', path: ['args'], message, input: context.value });
  });

const ReturnFormat = z.string().check((context) => {
  const message = asIssue(() => compileFormat(context.value, ['response']));
  if (message !== undefined) context.issues.push({ code: 'custom', message, input: context.value });
});

const proxyUrl = z.described(z.optional(z.string().check(z.minLength(1))), 'address of the proxy, such as http://proxy:3128');

const AgentbenchHttpOptions = z.strictObject({
  url: z.described(z.string().check(z.minLength(1)), 'where to ask'),
  headers: z.described(z._default(Headers, {}), 'request headers'),
  body: z.described(z._default(JsonObject, {}), 'sent with every request, beside what the prompter adds; no template'),
  prompter: z.described(z.nullish(PrompterOptions), 'how the history is put into the body'),
  returnFormat: z.described(
    z._default(ReturnFormat, '{response}'),
    'format string of Python that makes the answer of the JSON reply, such as "{response[choices][0][message][content]}"',
  ),
  proxies: z.described(z.nullish(z.strictObject({ http: proxyUrl, https: proxyUrl.clone() })), 'proxy by the scheme of the URL'),
  timeoutMs: z.described(z._default(z.int().check(z.minimum(1), z.maximum(86_400_000)), httpTimeoutMs), 'of one request, milliseconds'),
});
type AgentbenchHttpOptions = z.infer<typeof AgentbenchHttpOptions>;

/** The HTTPAgent of AgentBench: one POST of the whole history per answer. */
export const agentbenchHttp = defineAgent<AgentbenchHttpOptions>({
  type: 'agentbench-http',
  summary: "an endpoint as AgentBench's HTTPAgent asks it: prompter, return format, waits of 2 and 3 s",
  options: AgentbenchHttpOptions as z.ZodMiniType<AgentbenchHttpOptions>,
  envFields: ['url', 'headers', 'proxies'],
  identity({ url, body, prompter, returnFormat }) {
    return { endpoint: parseTarget(url).endpoint, template: { body, prompter: (prompter ?? null) as Json, returnFormat } };
  },
  async open(options, ports) {
    const driver = createDriver(options, ports);
    return {
      ask: (request) => converse(request, (turn) => answerTurn(driver, request, turn)),
      isTraced: !hasTraceparent(options.headers),
      close: async () => driver.client.close(),
    };
  },
});

interface Driver {
  client: HttpClient;
  target: HttpTarget;
  path: string;
  headers: Record<string, string>;
  body: JsonObject;
  prompter: Prompter;
  returnFormat: string;
  timeoutMs: number;
}

function createDriver(options: AgentbenchHttpOptions, { deadlines, concurrency, maxReplyBytes }: AgentPorts): Driver {
  const { url, headers, body, prompter, returnFormat, proxies, timeoutMs } = options;
  const through = proxiedTarget(parseTarget(url), proxies ?? {});
  return {
    client: createHttpClient({ maxConnections: concurrency, maxReplyBytes, deadlines }),
    target: through.target,
    path: through.path,
    headers: {
      accept: '*/*',
      'accept-encoding': 'gzip, br',
      'content-type': 'application/json',
      ...through.headers,
      ...Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value])),
    },
    body,
    prompter: compilePrompter(prompter),
    returnFormat,
    timeoutMs,
  };
}

async function answerTurn(driver: Driver, request: AgentRequest, turn: NextTurn): Promise<TurnReply> {
  const history = messagesOf(turn, request.sample.system).map(
    ({ role, content }): HistoryItem => ({ role: /^(assistant|agent)$/.test(role) ? 'agent' : 'user', content }),
  );
  const slot = sessionOf(request);
  const call = {
    attempt: request.attempt,
    headers: {
      ...traceHeaders(request, turn.number),
      'idempotency-key': turn.number === 1 ? slot : `${slot}-t${turn.number}`,
      ...driver.headers,
    },
    body: JSON.stringify({ ...driver.body, ...driver.prompter(history) }),
  };
  const limit = { signals: [request.signal], timeoutMs: driver.timeoutMs };
  const reply = await withinTime(limit, (signal) => send(driver, { signal, ...call }));
  const { attempt } = request;
  const verdict = judgeReply(reply, { returnFormat: driver.returnFormat, attempt });
  switch (verdict.kind) {
    case 'answer':
      return { output: verdict.text, steps: [], firstByteMs: reply.firstByteMs };
    case 'bad-reply':
      throw badReply(`${verdict.message}: ${excerptOf(reply.body, 120)}`);
    case 'context-limit':
      throw new AgentFailure('context-limit', `the conversation is too long for the model: ${excerptOf(reply.body)}`, {
        phase: 'answered',
        isTransient: false,
        status: reply.status,
      });
    case 'retry':
      throw refusal(reply, verdict.waitMs);
  }
}

type Reply = Awaited<ReturnType<HttpClient['request']>>;

/** A call that failed before a reply has the waits of one that was refused. */
async function send(
  { client, target, path }: Driver,
  { attempt, ...request }: { signal: AbortSignal; attempt: number; headers: Record<string, string>; body: string },
): Promise<Reply> {
  try {
    return await client.request({ target, path, method: 'POST', takesAnyStatus: true, ...request });
  } catch (error) {
    if (!(error instanceof AgentFailure)) throw error;
    const { kind, phase, isTransient, message } = error;
    throw new AgentFailure(kind, message, { phase, isTransient, retryAfterMs: waitAfterTryMs(attempt), cause: error });
  }
}

/** Every status but 200 is asked again, after the wait of AgentBench or the longer one that the server names. */
function refusal({ status, headers, body }: Reply, waitMs: number): AgentFailure {
  const askedMs = parseRetryAfter(headers['retry-after'], headers.date) ?? 0;
  const excerpt = excerptOf(body);
  return new AgentFailure(status === 429 ? 'rate-limited' : 'http-status', `the agent answered with status ${status}${excerpt && `: ${excerpt}`}`, {
    phase: 'answered',
    isTransient: true,
    status,
    retryAfterMs: Math.max(waitMs, askedMs),
  });
}
