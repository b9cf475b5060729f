import { randomBytes } from 'node:crypto';
import { setMaxListeners } from 'node:events';
import pLimit from 'p-limit';
import { AgentFailure, type Deadlines } from '../agents/agent.ts';
import type { JudgeAnswer, JudgePort, JudgeRequest } from '../checkers/checker.ts';
import { ToolError } from '../errors.ts';
import { addUsage, type JudgeUsage } from '../records/score.ts';
import { createRetryAllowance, decideRetry } from '../run/core/retry.ts';
import { systemClock } from './clock.ts';
import { createHttpClient, parseTarget } from './http.ts';
import { type ChatClient, type ChatReply, type ChatRequest, createChatClient } from './openai.ts';

export interface JudgeOptions {
  model: string;
  /** Up to and with the version. Default: that of OpenAI. */
  baseUrl?: string;
  apiKey?: string;
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

const openaiUrl = 'https://api.openai.com/v1';
/** A verdict is a few lines; a reasoning model's reply still fits. */
const maxReplyBytes = 1_048_576;

/**
 * The judge model behind an OpenAI-compatible endpoint. Nothing is loaded or connected before the first question. A try
 * that failed on the way, a 429 and a 5xx are made again with growing pauses; an endpoint that refuses `response_format`
 * is asked without it from then on.
 * @throws ToolError `judge-invalid` for an address that is none.
 */
export function createJudge(options: JudgeOptions): { port: JudgePort; close(): void } {
  const { model, baseUrl = openaiUrl, apiKey, deadlines, concurrency } = options;
  const stop = new AbortController();
  const identity = { model, endpoint: endpointOf(baseUrl, options.file) };
  const http = createHttpClient({ maxConnections: concurrency, maxReplyBytes, deadlines });
  const limit = pLimit(concurrency);
  const halt = () => stop.abort();
  // Every question that is asked or waits listens to it.
  setMaxListeners(0, stop.signal);
  options.signal.addEventListener('abort', halt, { once: true });
  if (options.signal.aborted) halt();
  const asking: Asking = {
    options,
    chat: createChatClient({ http, baseUrl, apiKey }),
    signal: stop.signal,
    retries: createRetryAllowance(),
    pausedUntilMs: Number.NEGATIVE_INFINITY,
    hasFormat: true,
  };
  return {
    port: {
      identity,
      marker: () => randomBytes(12).toString('hex'),
      ask: (request) => limit(askJudge, asking, request),
    },
    close() {
      options.signal.removeEventListener('abort', halt);
      halt();
      http.close();
    },
  };
}

interface Asking {
  options: JudgeOptions;
  chat: ChatClient;
  signal: AbortSignal;
  retries: ReturnType<typeof createRetryAllowance>;
  /** A judge that limits its rate is left alone by all questions until then. */
  pausedUntilMs: number;
  /** False once the endpoint has refused `response_format`. */
  hasFormat: boolean;
}

function endpointOf(baseUrl: string, file: string): string {
  try {
    return parseTarget(baseUrl).endpoint;
  } catch (cause) {
    const problem = { file, field: 'judge.baseUrl', message: 'the address of the judge is not an absolute http or https URL' };
    const remedy = `write it like "${openaiUrl}"`;
    throw new ToolError({
      code: 'judge-invalid',
      message: `${file}: ${problem.field}: ${problem.message}`,
      remedy,
      problems: [{ ...problem, remedy }],
      cause,
    });
  }
}

async function askJudge(asking: Asking, request: JudgeRequest): Promise<JudgeAnswer> {
  const { options, signal } = asking;
  let usage: JudgeUsage = { calls: 0 };
  let isWithoutFormat = false;
  asking.retries.addCall();
  for (let attempt = 1; ; attempt++) {
    while (!signal.aborted && asking.pausedUntilMs > systemClock.monotonicMs())
      await systemClock.sleep(asking.pausedUntilMs - systemClock.monotonicMs(), signal);
    if (signal.aborted) return { kind: 'failed', reason: 'the run was stopped before the judge had answered', usage };
    const isFormatted = asking.hasFormat && !isWithoutFormat;
    usage = { ...usage, calls: usage.calls + 1 };
    const result = await tryOnce(asking, request, isFormatted);
    if (!(result instanceof AgentFailure)) {
      // Only an answer shows that the form was what the endpoint refused: a text that is too long is refused either way.
      if (isWithoutFormat) asking.hasFormat = false;
      return answerOf(result, usage);
    }
    if (isFormatted && refusesFormat(result)) {
      isWithoutFormat = true;
      attempt--;
      continue;
    }
    // A judgement that may have been made twice harms nobody, so an ambiguous failure is like any other.
    const retry = decideRetry({
      ...{ failure: result, attempt, ambiguousAttempts: 1, maxRetries: options.maxRetries, onAmbiguous: 'retry' as const },
      ...{ random: Math.random(), remainingMs: Number.POSITIVE_INFINITY, retries: asking.retries },
    });
    if (!retry.retry || signal.aborted) return { kind: 'failed', reason: `the judge gave no answer: ${aboutJudge(result.message)}`, usage };
    if (retry.pauseHost) asking.pausedUntilMs = Math.max(asking.pausedUntilMs, systemClock.monotonicMs() + retry.waitMs);
    else await systemClock.sleep(retry.waitMs, signal);
  }
}

async function tryOnce({ options, chat, signal }: Asking, request: JudgeRequest, isFormatted: boolean): Promise<ChatReply | AgentFailure> {
  const { messages, schema, temperature } = request;
  const format = { type: 'json_schema', json_schema: { name: 'verdict', strict: true, schema } };
  const controller = new AbortController();
  const halt = () => controller.abort();
  const timer = setTimeout(() => controller.abort(new DOMException('too late', 'TimeoutError')), options.timeoutMs);
  signal.addEventListener('abort', halt, { once: true });
  const asked: ChatRequest = {
    model: options.model,
    messages,
    temperature,
    ...(isFormatted ? { extra: { response_format: format } } : {}),
    signal: controller.signal,
  };
  try {
    return await chat.complete(asked);
  } catch (error) {
    if (error instanceof AgentFailure) return error;
    throw error;
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', halt);
  }
}

/** Statuses with which endpoints turn down a member of the body that they do not know. */
function refusesFormat({ status }: AgentFailure): boolean {
  return status === 400 || status === 415 || status === 422 || status === 501;
}

function answerOf({ content, refusal, finishReason, inputTokens, outputTokens, costUsd }: ChatReply, before: JudgeUsage): JudgeAnswer {
  const told = { calls: 0, ...(inputTokens === undefined ? {} : { inputTokens }), ...(outputTokens === undefined ? {} : { outputTokens }) };
  const usage = addUsage(before, { ...told, ...(costUsd === undefined ? {} : { costUsd }) }) ?? before;
  if (refusal) return { kind: 'refused', reason: refusal, usage };
  if (finishReason === 'content_filter') return { kind: 'refused', reason: 'its content filter stopped the reply', usage };
  if (finishReason === 'length') return { kind: 'failed', reason: 'the reply of the judge was cut at its length limit', usage };
  return { kind: 'reply', text: content, usage };
}

/** Failures are worded for agents. */
function aboutJudge(message: string): string {
  return message
    .replace(/^the agent\b/, 'it')
    .replace('the time limit of the slot passed before the answer was complete', 'no complete answer in time');
}
