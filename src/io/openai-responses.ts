import type { OpenAI } from 'openai';
import { AgentFailure } from '../agents/agent.ts';
import { Json, type JsonObject } from '../records/json.ts';
import * as z from '../records/schema.ts';
import type { TokenLogProbs } from '../records/trajectory.ts';
import { excerptOf } from './failure.ts';
import { addLogProbs, type LogProbSum, meanLogProb, TokenLogProbList } from './log-probs.ts';
import { callOptions, createSdkCaller, type ModelEndpoint, type OpenedSdk, timing } from './openai-sdk.ts';

export interface ResponsesRequest {
  model: string;
  /** Items of the conversation: messages, outputs of an earlier reply as they came, and `function_call_output`. */
  input: readonly JsonObject[];
  /** Further members of the body, such as `instructions`, `tools` or `previous_response_id`. */
  extra?: Record<string, Json>;
  /** Ask for server-sent events: the time to the first byte is then that of the first event. */
  isStream?: boolean;
  idempotencyKey?: string;
  /** W3C Trace Context; one among the headers of the endpoint wins. */
  traceparent?: string;
  signal: AbortSignal;
}

/** A tool that ran at the endpoint itself, such as a web search. */
export interface HostedCall {
  name: string;
  args: Json;
  server?: string;
  result?: Json;
  isError?: boolean;
}

export interface ResponsesReply {
  id?: string;
  /** All output as it came, to be sent back with the next request. */
  items: JsonObject[];
  /** Empty when the model only called tools. */
  text: string;
  /** Set when the model declined. */
  refusal?: string;
  /** `arguments` is JSON text as the model wrote it. */
  toolCalls: { id: string; name: string; arguments: string }[];
  hosted: HostedCall[];
  /** Of the text, where the request includes `message.output_text.logprobs`. */
  logProbs?: TokenLogProbs;
  /** Why the reply ends before its end, such as `max_output_tokens`; absent: it is whole. */
  incomplete?: string;
  inputTokens?: number;
  outputTokens?: number;
  firstByteMs?: number;
}

export interface ResponsesClient {
  /** One response, one try. @throws AgentFailure, and nothing else. */
  respond(request: ResponsesRequest): Promise<ResponsesReply>;
}

/** The Responses API of OpenAI and of endpoints that are like it. */
export function createResponsesClient(endpoint: ModelEndpoint): ResponsesClient {
  const withSdk = createSdkCaller(endpoint);
  return {
    respond: (request) => withSdk(request.signal, (opened) => (request.isStream ? stream(opened, request) : whole(opened, request))),
  };
}

const Text = z.nullish(z.string());
const Item = z.catchall(z.object({ type: z.string() }), Json);
const ModelResponse = z.looseObject({
  id: Text,
  status: Text,
  output: z.array(Item),
  error: z.nullish(z.looseObject({ code: Text, message: Text })),
  incomplete_details: z.nullish(z.looseObject({ reason: Text })),
  usage: z.optional(z.unknown()),
});
type ModelResponse = z.infer<typeof ModelResponse>;

const StreamEvent = z.looseObject({ type: z.string(), response: z.optional(z.unknown()), item: z.optional(z.unknown()), message: Text, code: Text });

/** The SDK's own method reads the reply as it expects it to be, and breaks on others; a plain post gives what came. */
function send(sdk: OpenAI, request: ResponsesRequest, isStream: boolean) {
  const { model, input, extra } = request;
  return sdk.post<unknown>('/responses', { body: { ...extra, model, input, stream: isStream }, stream: isStream, ...callOptions(request) });
}

async function whole(opened: OpenedSdk, request: ResponsesRequest): Promise<ResponsesReply> {
  const { data, response } = await send(opened.sdk, request, false).withResponse();
  return { ...toReply(read(ModelResponse, data)), ...timing(opened, response) };
}

const lastEvents = new Set(['response.completed', 'response.incomplete', 'response.failed']);

async function stream(opened: OpenedSdk, request: ResponsesRequest): Promise<ResponsesReply> {
  const { data, response } = await send(opened.sdk, request, true).withResponse();
  const items: unknown[] = [];
  for await (const event of data as AsyncIterable<unknown>) {
    const { type, response: last, item, message, code } = read(StreamEvent, event);
    if (type === 'error') throw reported({ message, code });
    if (type === 'response.output_item.done') items.push(item);
    if (!lastEvents.has(type)) continue;
    const parsed = read(ModelResponse, last);
    // Some endpoints leave the output out of the last event.
    const output = parsed.output.length > 0 ? parsed.output : read(z.array(Item), items);
    return { ...toReply({ ...parsed, output }), ...timing(opened, response) };
  }
  throw new AgentFailure('reset', 'the event stream ended before the model had finished', { phase: 'ambiguous' });
}

function toReply({ id, status, output, error, incomplete_details: details, usage }: ModelResponse): ResponsesReply {
  if (status === 'failed' || (error && status !== 'completed')) throw reported(error ?? {});
  const messages = output.filter(({ type }) => type === 'message').map((item) => read(Message, item).content);
  const parts = messages.map((content) => (typeof content === 'string' ? [{ type: 'output_text', text: content, logprobs: undefined }] : content));
  const text = parts.map((all) => all.map((part) => part.text ?? '').join('')).filter((said) => said !== '');
  const logProbs = parts.flat().reduce<LogProbSum | undefined>((sum, { logprobs }) => addLogProbs(sum, logprobs), undefined);
  const refusal = parts.flat().flatMap((part) => part.refusal ?? []);
  return {
    ...(id ? { id } : {}),
    items: output as JsonObject[],
    text: text.join('\n'),
    ...(refusal.length > 0 ? { refusal: refusal.join('\n') } : {}),
    toolCalls: output.filter(({ type }) => type === 'function_call').map((item) => functionCall(item)),
    ...meanLogProb(logProbs),
    hosted: output.flatMap((item) => hostedCall(item as JsonObject)),
    ...(status === 'incomplete' ? { incomplete: details?.reason ?? 'no reason given' } : {}),
    ...tokens(usage),
  };
}

/** Whatever is wrong with them must not cost the answer. */
const LogProbs = z.catch(TokenLogProbList, undefined);
const Message = z.looseObject({
  content: z.union([z.string(), z.array(z.looseObject({ type: Text, text: Text, refusal: Text, logprobs: LogProbs }))]),
});
const FunctionCall = z.looseObject({
  call_id: Text,
  id: Text,
  name: z.string(),
  arguments: z.union([z.string(), z.record(z.string(), z.unknown())]),
});

function functionCall(item: unknown): ResponsesReply['toolCalls'][number] {
  const { call_id: callId, name, arguments: args } = read(FunctionCall, item);
  return { id: callId ?? '', name, arguments: typeof args === 'string' ? args : JSON.stringify(args) };
}

/** Items such as `web_search_call`; those of MCP servers of the endpoint hold name, arguments and result. */
function hostedCall(item: JsonObject): HostedCall[] {
  const { type, name, arguments: args, output, error, server_label: server, action, queries, code, input } = item;
  if (typeof type !== 'string' || !type.endsWith('_call') || type === 'function_call') return [];
  const own = { ...(queries === undefined ? {} : { queries }), ...(code === undefined ? {} : { code }), ...(input === undefined ? {} : { input }) };
  const isFailed = error !== undefined && error !== null;
  return [
    {
      name: typeof name === 'string' ? name : type.slice(0, -'_call'.length),
      args: typeof args === 'string' ? jsonOrText(args) : (action ?? own),
      ...(typeof server === 'string' ? { server } : {}),
      ...(isFailed ? { result: error, isError: true } : output === undefined || output === null ? {} : { result: output }),
    },
  ];
}

function jsonOrText(text: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return text;
  }
}

function read<T>(schema: z.ZodMiniType<T>, data: unknown): T {
  const parsed = schema.safeParse(data);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  const where = issue ? ` (${issue.path.join('.')}: ${issue.message})` : '';
  const message = `the reply is no response of a model${where}: ${excerptOf(JSON.stringify(data) ?? '')}`;
  throw new AgentFailure('bad-response', message, { phase: 'answered' });
}

/** The endpoint's own report, inside a reply that is otherwise good. */
function reported({ code, message }: { code?: string | null | undefined; message?: string | null | undefined }): AgentFailure {
  const text = excerptOf([code, message].filter((part) => typeof part === 'string' && part !== '').join(': ') || 'no reason given', 500);
  if (code === 'rate_limit_exceeded') return new AgentFailure('rate-limited', text, { phase: 'answered', isTransient: true });
  return new AgentFailure('agent-error', `the model failed: ${text}`, { phase: 'answered', isTransient: code === 'server_error' });
}

const Usage = z.looseObject({
  input_tokens: z.catch(z.optional(z.number().check(z.minimum(0))), undefined),
  output_tokens: z.catch(z.optional(z.number().check(z.minimum(0))), undefined),
});

function tokens(value: unknown): { inputTokens?: number; outputTokens?: number } {
  const usage = Usage.safeParse(value).data;
  return {
    ...(usage?.input_tokens === undefined ? {} : { inputTokens: usage.input_tokens }),
    ...(usage?.output_tokens === undefined ? {} : { outputTokens: usage.output_tokens }),
  };
}
