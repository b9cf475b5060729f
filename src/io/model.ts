import { AgentFailure, type Deadlines } from '../agents/agent.ts';
import { ToolError } from '../errors.ts';
import type { Json, JsonObject } from '../records/json.ts';
import type { ModelAnswer, ModelUsage } from '../records/model.ts';
import { createHttpClient, parseTarget } from './http.ts';
import { type ChatClient, type ChatReply, type ChatRequest, createChatClient } from './openai.ts';
import { createRetrier, type Retrier } from './retrying.ts';

export interface ModelOptions {
  /** How messages call it, such as `the judge`. */
  name: string;
  /** Top-level key of its settings, for messages. */
  field: string;
  model: string;
  /** Up to and with the version. Default: that of OpenAI. */
  baseUrl?: string;
  apiKey?: string;
  headers?: Record<string, string>;
  /** Config file, for messages. */
  file: string;
  deadlines: Deadlines;
  /** Of one try, milliseconds. */
  timeoutMs: number;
  maxRetries: number;
  /** Questions at once. */
  concurrency: number;
  /** Aborted when the command stops: every question under way and to come fails. */
  signal: AbortSignal;
}

export interface ModelRequest {
  messages: readonly { role: 'system' | 'user'; content: string }[];
  /** The form of the reply; an endpoint that cannot enforce it is only told by the messages. */
  format?: { name: string; schema: JsonObject };
  temperature?: number | undefined;
  /** Further members of the body. */
  extra?: Record<string, Json>;
  /** Aborted: this question fails. */
  signal?: AbortSignal;
}

/** A model that helps to test. It has no memory: every question stands for itself. */
export interface Model {
  /** What decides about its answers, without credentials. */
  identity: { model: string; endpoint: string };
  /** Never rejects; retries what may be retried. */
  ask(request: ModelRequest): Promise<ModelAnswer>;
  close(): void;
}

const openaiUrl = 'https://api.openai.com/v1';
/** A verdict or a message is a few lines; a reasoning model's reply still fits. */
const maxReplyBytes = 1_048_576;

/**
 * A model behind an OpenAI-compatible endpoint. Nothing is loaded or connected before the first question. A try that
 * failed on the way, a 429 and a 5xx are made again with growing pauses; an endpoint that refuses `response_format` is
 * asked without it from then on.
 * @throws ToolError `<field>-invalid` for an address that is none.
 */
export function createModel(options: ModelOptions): Model {
  const { model, baseUrl = openaiUrl, apiKey, headers, deadlines, concurrency } = options;
  const identity = { model, endpoint: endpointOf(baseUrl, options) };
  const http = createHttpClient({ maxConnections: concurrency, maxReplyBytes, deadlines });
  const retrier = createRetrier(options);
  const asking: Asking = { options, chat: createChatClient({ http, baseUrl, apiKey, ...(headers ? { headers } : {}) }), retrier, hasFormat: true };
  return {
    identity,
    ask: (request) => askModel(asking, request),
    close() {
      retrier.close();
      http.close();
    },
  };
}

interface Asking {
  options: ModelOptions;
  chat: ChatClient;
  retrier: Retrier;
  /** False once the endpoint has refused `response_format`. */
  hasFormat: boolean;
}

function endpointOf(baseUrl: string, { file, field, name }: ModelOptions): string {
  try {
    return parseTarget(baseUrl).endpoint;
  } catch (cause) {
    const problem = { file, field: `${field}.baseUrl`, message: `the address of ${name} is not an absolute http or https URL` };
    const remedy = `write it like "${openaiUrl}"`;
    throw new ToolError({
      code: `${field}-invalid`,
      message: `${file}: ${problem.field}: ${problem.message}`,
      remedy,
      problems: [{ ...problem, remedy }],
      cause,
    });
  }
}

async function askModel(asking: Asking, request: ModelRequest): Promise<ModelAnswer> {
  const { options, retrier } = asking;
  let calls = 0;
  let isWithoutFormat = false;
  const complete = (isFormatted: boolean, signal: AbortSignal) => {
    calls += 1;
    return asking.chat.complete(chatRequestOf(options.model, request, { isFormatted, signal }));
  };
  const result = await retrier.run(
    async (signal) => {
      const isFormatted = request.format !== undefined && asking.hasFormat && !isWithoutFormat;
      try {
        return await complete(isFormatted, signal);
      } catch (error) {
        if (!isFormatted || !(error instanceof AgentFailure) || !refusesFormat(error)) throw error;
        isWithoutFormat = true;
        return complete(false, signal);
      }
    },
    options.timeoutMs,
    request.signal,
  );
  if (result.failure) return failedAnswer(result.failure, calls, options.name);
  // Only an answer shows that the form was what the endpoint refused: a text that is too long is refused either way.
  if (isWithoutFormat) asking.hasFormat = false;
  return answerOf(result.value, calls, options.name);
}

function chatRequestOf(
  model: string,
  { messages, format, temperature, extra }: ModelRequest,
  { isFormatted, signal }: { isFormatted: boolean; signal: AbortSignal },
): ChatRequest {
  const schema: Json | undefined =
    isFormatted && format ? { type: 'json_schema', json_schema: { name: format.name, strict: true, schema: format.schema } } : undefined;
  const more = { ...extra, ...(schema ? { response_format: schema } : {}) };
  return { model, messages, temperature, ...(extra || schema ? { extra: more } : {}), signal };
}

/** Statuses with which endpoints turn down a member of the body that they do not know. */
function refusesFormat({ status }: AgentFailure): boolean {
  return status === 400 || status === 415 || status === 422 || status === 501;
}

function answerOf({ content, refusal, finishReason, inputTokens, outputTokens, costUsd }: ChatReply, calls: number, name: string): ModelAnswer {
  const usage: ModelUsage = {
    calls,
    ...(inputTokens === undefined ? {} : { inputTokens }),
    ...(outputTokens === undefined ? {} : { outputTokens }),
    ...(costUsd === undefined ? {} : { costUsd }),
  };
  if (refusal) return { kind: 'refused', reason: refusal, usage };
  if (finishReason === 'content_filter') return { kind: 'refused', reason: 'its content filter stopped the reply', usage };
  if (finishReason === 'length') return { kind: 'failed', reason: `the reply of ${name} was cut at its length limit`, usage };
  return { kind: 'reply', text: content, usage };
}

/** Failures are worded for agents. */
function failedAnswer({ kind, message }: AgentFailure, calls: number, name: string): ModelAnswer {
  const usage = { calls };
  if (kind === 'aborted') return { kind: 'failed', reason: `the run was stopped before ${name} had answered`, usage };
  const about = message
    .replace(/^the agent\b/, 'it')
    .replace('the time limit of the slot passed before the answer was complete', 'no complete answer in time');
  return { kind: 'failed', reason: `${name} gave no answer: ${about}`, usage };
}
