import { createHttpClient, parseTarget } from '../../io/http.ts';
import type { ChatClient, ChatReply } from '../../io/openai.ts';
import type { Json, JsonObject } from '../../records/json.ts';
import type { ChatMessage, Input } from '../../records/sample.ts';
import * as z from '../../records/schema.ts';
import type { Step, TokenLogProbs, Usage } from '../../records/trajectory.ts';
import type { AgentPorts } from '../agent.ts';
import { userMessages } from './converse.ts';
import { hasTraceparent } from './traceparent.ts';

/** A function that a model may call. */
export interface ToolDefinition {
  name: string;
  description?: string;
  /** JSON Schema of the arguments. */
  parameters: JsonObject;
}

/** One reply of a model. */
export interface ModelReply {
  /** What it said, or why it declined; empty when it only called tools. */
  text: string;
  /** `arguments` is JSON text as the model wrote it; every call has an id. */
  toolCalls: { id: string; name: string; arguments: string }[];
  /** What else it did on the way. */
  steps: Step[];
  finishReason?: string;
  logProbs?: TokenLogProbs;
  usage?: Usage;
  firstByteMs?: number;
}

export interface Sending {
  idempotencyKey: string;
  /** W3C Trace Context. */
  traceparent?: string;
  signal: AbortSignal;
}

/** One conversation with a model. */
export interface ModelSession {
  /** Adds what the user says. */
  say(input: Input): void;
  /** Puts these in the place of all that was said. Absent: it cannot forget, and is told what is new. */
  restart?(messages: readonly ChatMessage[]): void;
  /** Adds what the calls of the last reply gave, in their order; undefined: the tool was not run. */
  tell(results: readonly (string | undefined)[]): void;
  /** @throws AgentFailure, and nothing else. */
  ask(sending: Sending): Promise<ModelReply>;
}

/** What a model is told of a call whose result it will never get. */
export const notRun = 'The tool was not run.';

/** Options of every agent that asks a model itself. */
export const modelFields = {
  baseUrl: z.described(
    z._default(z.string().check(z.minLength(1)), 'https://api.openai.com/v1'),
    'up to and with the version, such as https://api.openai.com/v1',
  ),
  apiKey: z.described(z.optional(z.string()), 'sent as a bearer token; absent: no authorization header'),
  model: z.described(z.string().check(z.minLength(1)), 'name of the model'),
  system: z.described(z.optional(z.string()), 'system prompt; the one of a sample wins'),
  temperature: z.described(z.optional(z.number().check(z.minimum(0), z.maximum(2))), '0..2; absent: the default of the endpoint'),
  maxTokens: z.described(z.optional(z.int().check(z.minimum(1))), 'tokens of one reply at most'),
  headers: z.described(z._default(z.record(z.string(), z.string()), {}), 'further headers'),
  logprobs: z.described(
    z.optional(z.boolean()),
    'true: the endpoint is asked for the log probabilities of the tokens of its output, for the checker perplexity; not every model gives them',
  ),
  stream: z.described(z._default(z.boolean(), false), 'true: the time to the first byte is that of the first token'),
};
export interface ModelOptions {
  baseUrl: string;
  apiKey?: string | undefined;
  model: string;
  system?: string | undefined;
  temperature?: number | undefined;
  maxTokens?: number | undefined;
  headers: Record<string, string>;
  logprobs?: boolean | undefined;
  stream: boolean;
}

export const MaxSteps = z.int().check(z.minimum(1), z.maximum(1000));

/** Where the model is and how it is asked, without credentials. What is undefined is left out. */
export function modelIdentity(options: ModelOptions, more: Record<string, unknown> = {}): { endpoint: string; template: Json } {
  const { baseUrl, model, system, temperature, maxTokens, logprobs, stream } = options;
  // Off is left out, so that stored runs stay comparable.
  const template = { model, system, temperature, maxTokens, logprobs: logprobs || undefined, stream, ...more };
  return { endpoint: parseTarget(baseUrl).endpoint, template: JSON.parse(JSON.stringify(template)) as Json };
}

/** A model that was opened for one run. */
export interface OpenModel {
  session(system: string | undefined, tools: readonly ToolDefinition[]): ModelSession;
  isTraced: boolean;
  close(): void;
}

/** Chat completions. @throws ToolError for a base URL that is none. */
export async function openChatModel(options: ModelOptions, ports: AgentPorts): Promise<OpenModel> {
  const { baseUrl, apiKey, headers } = options;
  parseTarget(baseUrl);
  const [{ createChatClient }, { loadSdk }] = await Promise.all([import('../../io/openai.ts'), import('../../io/openai-sdk.ts')]);
  await loadSdk();
  const { deadlines, concurrency, maxReplyBytes } = ports;
  const client = createHttpClient({ maxConnections: concurrency, maxReplyBytes, deadlines });
  const chat = createChatClient({ http: client, baseUrl, apiKey, headers });
  return {
    session: (system, tools) => createChatSession({ chat, options, system, tools }),
    isTraced: !hasTraceparent(headers),
    close: () => client.close(),
  };
}

interface ChatSession {
  chat: ChatClient;
  options: ModelOptions;
  system: string | undefined;
  tools: readonly ToolDefinition[];
}

type Message = { role: string; content: string } & JsonObject;

function createChatSession({ chat, options, system, tools }: ChatSession): ModelSession {
  const { model, temperature, maxTokens, stream } = options;
  const messages: Message[] = system === undefined ? [] : [{ role: 'system', content: system }];
  const extra: Record<string, Json> = {
    ...(tools.length === 0 ? {} : { tools: tools.map((tool) => ({ type: 'function', function: { ...tool } })) }),
    ...(options.logprobs ? { logprobs: true } : {}),
  };
  let called: string[] = [];
  return {
    say: (input) => void messages.push(...userMessages(input)),
    restart: (shown) => void messages.splice(system === undefined ? 0 : 1, messages.length, ...userMessages([...shown])),
    tell(results) {
      for (const [index, id] of called.entries()) messages.push({ role: 'tool', tool_call_id: id, content: results[index] ?? notRun });
    },
    async ask(sending) {
      const reply = toReply(await chat.complete({ model, messages: [...messages], temperature, maxTokens, isStream: stream, extra, ...sending }));
      // Without tools of ours the endpoint has run them itself: it is not told of them again.
      const isCalling = tools.length > 0 && reply.toolCalls.length > 0;
      if (isCalling) for (const [index, call] of reply.toolCalls.entries()) call.id ||= `call_${messages.length}_${index}`;
      const calls = reply.toolCalls.map(({ id, ...call }) => ({ id, type: 'function', function: call }));
      messages.push({ role: 'assistant', content: reply.text, ...(isCalling ? { tool_calls: calls } : {}) });
      called = reply.toolCalls.map(({ id }) => id);
      return reply;
    },
  };
}

function toReply(reply: ChatReply): ModelReply {
  const { content, refusal, toolCalls, finishReason, logProbs, inputTokens, outputTokens, firstByteMs } = reply;
  const usage = { ...(inputTokens === undefined ? {} : { inputTokens }), ...(outputTokens === undefined ? {} : { outputTokens }) };
  return {
    text: content || refusal || '',
    toolCalls,
    steps: [],
    ...(finishReason === undefined ? {} : { finishReason }),
    ...(logProbs ? { logProbs } : {}),
    ...(Object.keys(usage).length > 0 ? { usage } : {}),
    ...(firstByteMs === undefined ? {} : { firstByteMs }),
  };
}
