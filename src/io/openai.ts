import type { OpenAI } from 'openai';
import { AgentFailure } from '../agents/agent.ts';
import type { Json } from '../records/json.ts';
import * as z from '../records/schema.ts';
import type { TokenLogProbs } from '../records/trajectory.ts';
import { excerptOf } from './failure.ts';
import { addLogProbs, type LogProbSum, meanLogProb, TokenLogProbList } from './log-probs.ts';
import { callOptions, createSdkCaller, type ModelEndpoint, type OpenedSdk, timing } from './openai-sdk.ts';

export interface ChatRequest {
  model: string;
  messages: readonly { role: string; content: string }[];
  temperature?: number | undefined;
  maxTokens?: number | undefined;
  /** Ask for server-sent events: the time to the first byte is then that of the first token. */
  isStream?: boolean;
  /** Further members of the body, such as `tools` or `response_format`. */
  extra?: Record<string, Json>;
  idempotencyKey?: string;
  /** W3C Trace Context; one among the headers of the endpoint wins. */
  traceparent?: string | undefined;
  signal: AbortSignal;
}

export interface ChatReply {
  /** Empty when the model only called tools. */
  content: string;
  /** `arguments` is JSON text as the model wrote it. */
  toolCalls: { id: string; name: string; arguments: string }[];
  /** Set when the model declined. */
  refusal?: string;
  finishReason?: string;
  /** Of the text, where the request asks for them with `logprobs` and every one is a number. */
  logProbs?: TokenLogProbs;
  inputTokens?: number;
  outputTokens?: number;
  /** As endpoints that resell models report it in `usage.cost`. */
  costUsd?: number;
  firstByteMs?: number;
}

export interface ChatClient {
  /** One completion, one try. @throws AgentFailure, and nothing else. */
  complete(request: ChatRequest): Promise<ChatReply>;
}

/** Chat completions of any OpenAI-compatible endpoint. */
export function createChatClient(endpoint: ModelEndpoint): ChatClient {
  const withSdk = createSdkCaller(endpoint);
  return {
    complete: (request) => withSdk(request.signal, (opened) => (request.isStream ? stream(opened, request) : whole(opened, request))),
  };
}

type Body = OpenAI.Chat.Completions.ChatCompletionCreateParams;

function bodyOf({ model, messages, temperature, maxTokens, extra }: ChatRequest): Omit<Body, 'stream'> {
  return {
    ...extra,
    model,
    messages: messages as OpenAI.Chat.Completions.ChatCompletionMessageParam[],
    ...(temperature === undefined ? {} : { temperature }),
    ...(maxTokens === undefined ? {} : { max_tokens: maxTokens }),
  };
}

const Text = z.nullish(z.string());
/** Some endpoints give the text in parts. */
const Content = z.nullish(z.union([z.string(), z.array(z.union([z.string(), z.looseObject({ text: Text })]))]));
/** Some endpoints give the arguments as the object itself. */
const Arguments = z.nullish(
  z.union([
    z.string(),
    z.pipe(
      z.record(z.string(), z.unknown()),
      z.transform((value) => JSON.stringify(value)),
    ),
  ]),
);
const ToolCall = z.looseObject({ id: Text, type: Text, function: z.optional(z.looseObject({ name: z.string(), arguments: Arguments })) });
const Message = z.looseObject({ content: Content, refusal: Text, tool_calls: z.nullish(z.array(ToolCall)) });
/** Whatever is wrong with them must not cost the answer. */
const LogProbs = z.catch(z.nullish(z.looseObject({ content: TokenLogProbList, refusal: TokenLogProbList })), undefined);
const Completion = z.looseObject({
  choices: z.tuple([z.looseObject({ message: Message, finish_reason: Text, logprobs: LogProbs })], z.unknown()),
  usage: z.optional(z.unknown()),
});

/** The place of a piece comes from the stream: anything but a small number could reach into the list itself. */
const Piece = z.looseObject({
  index: z.int().check(z.minimum(0), z.maximum(1023)),
  id: Text,
  function: z.nullish(z.looseObject({ name: Text, arguments: Arguments })),
});
const Delta = z.looseObject({ content: Content, refusal: Text, tool_calls: z.nullish(z.array(Piece)) });
const Chunk = z.looseObject({
  choices: z.nullish(z.array(z.looseObject({ delta: z.nullish(Delta), finish_reason: Text, logprobs: LogProbs }))),
  usage: z.optional(z.unknown()),
});

async function whole(opened: OpenedSdk, request: ChatRequest): Promise<ChatReply> {
  const call = opened.sdk.chat.completions.create({ ...bodyOf(request), stream: false }, callOptions(request));
  const { data, response } = await call.withResponse();
  const { choices, usage } = read(Completion, data);
  const [{ message, finish_reason: finishReason, logprobs }] = choices;
  const calls = (message.tool_calls ?? []).filter(({ type }) => type !== 'custom');
  return {
    content: contentText(message.content),
    toolCalls: calls.map(({ id, function: called }) => {
      if (!called) throw notACompletion(data);
      return { id: id ?? '', name: called.name, arguments: called.arguments ?? '' };
    }),
    ...(message.refusal ? { refusal: message.refusal } : {}),
    ...(finishReason ? { finishReason } : {}),
    ...meanLogProb(addLogProbs(undefined, logprobs?.content ?? logprobs?.refusal)),
    ...tokens(usage),
    ...timing(opened, response),
  };
}

async function stream(opened: OpenedSdk, request: ChatRequest): Promise<ChatReply> {
  const body = { ...bodyOf(request), stream: true as const, stream_options: { include_usage: true } };
  const { data, response } = await opened.sdk.chat.completions.create(body, callOptions(request)).withResponse();
  const calls = new Map<number, ChatReply['toolCalls'][number]>();
  const reply: ChatReply = { content: '', toolCalls: [], ...timing(opened, response) };
  let logProbs: LogProbSum | undefined;
  for await (const chunk of data) {
    const { choices, usage } = read(Chunk, chunk);
    Object.assign(reply, tokens(usage));
    const choice = choices?.[0];
    logProbs = addLogProbs(logProbs, choice?.logprobs?.content ?? choice?.logprobs?.refusal);
    if (choice?.finish_reason) reply.finishReason = choice.finish_reason;
    reply.content += contentText(choice?.delta?.content);
    if (choice?.delta?.refusal) reply.refusal = (reply.refusal ?? '') + choice.delta.refusal;
    for (const piece of choice?.delta?.tool_calls ?? []) addPiece(calls, piece);
  }
  if (reply.finishReason === undefined)
    throw new AgentFailure('reset', 'the event stream ended before the model had finished', { phase: 'ambiguous' });
  return { ...reply, ...meanLogProb(logProbs), toolCalls: [...calls].sort(([a], [b]) => a - b).map(([, call]) => call) };
}

function addPiece(calls: Map<number, ChatReply['toolCalls'][number]>, { index, id, function: called }: z.infer<typeof Piece>): void {
  const call = calls.get(index) ?? { id: '', name: '', arguments: '' };
  calls.set(index, call);
  call.id ||= id ?? '';
  call.name += called?.name ?? '';
  call.arguments += called?.arguments ?? '';
}

function contentText(content: z.infer<typeof Content>): string {
  if (typeof content === 'string') return content;
  return (content ?? []).map((part) => (typeof part === 'string' ? part : (part.text ?? ''))).join('');
}

function read<T>(schema: z.ZodMiniType<T>, data: unknown): T {
  const parsed = schema.safeParse(data);
  if (parsed.success) return parsed.data;
  throw notACompletion(data, parsed.error.issues[0]);
}

function notACompletion(data: unknown, issue?: { path: PropertyKey[]; message: string }): AgentFailure {
  const where = issue ? ` (${issue.path.join('.')}: ${issue.message})` : '';
  return new AgentFailure('bad-response', `the reply is no chat completion${where}: ${excerptOf(JSON.stringify(data) ?? '')}`, { phase: 'answered' });
}

const Usage = z.looseObject({
  prompt_tokens: z.catch(z.optional(z.number()), undefined),
  completion_tokens: z.catch(z.optional(z.number()), undefined),
  cost: z.catch(z.optional(z.number().check(z.minimum(0))), undefined),
});

function tokens(value: unknown): { inputTokens?: number; outputTokens?: number; costUsd?: number } {
  const usage = Usage.safeParse(value).data;
  return {
    ...(usage?.prompt_tokens === undefined ? {} : { inputTokens: usage.prompt_tokens }),
    ...(usage?.completion_tokens === undefined ? {} : { outputTokens: usage.completion_tokens }),
    ...(usage?.cost === undefined ? {} : { costUsd: usage.cost }),
  };
}
