import { AgentFailure, type Deadlines } from '../agents/agent.ts';
import type { EmbeddingsPort, ModulePort } from '../checkers/checker.ts';
import { messageOf, ToolError } from '../errors.ts';
import type { Json } from '../records/json.ts';
import type { ModulePermissions } from '../records/permissions.ts';
import * as z from '../records/schema.ts';
import { addUsage, type JudgeUsage } from '../records/score.ts';
import { createEmbeddingBatches, type EmbeddedBatch } from './embedding-batches.ts';
import { excerptOf } from './failure.ts';
import { createHttpClient, parseTarget } from './http.ts';
import { createRetrier, type RetrierOptions } from './retrying.ts';

export interface EmbeddingsOptions extends RetrierOptions {
  model: string;
  /** Up to and with the version. Default: that of OpenAI. */
  baseUrl?: string;
  apiKey?: string;
  /** Config file, for messages. */
  file: string;
  deadlines: Deadlines;
  /** Of one try, milliseconds. */
  timeoutMs: number;
}

const openaiUrl = 'https://api.openai.com/v1';
/** 64 vectors of 4,096 numbers as text. */
const maxReplyBytes = 16_777_216;

const Reply = z.looseObject({
  data: z.array(z.looseObject({ index: z.optional(z.int()), embedding: z.array(z.number()) })),
  usage: z.catch(
    z.optional(
      z.looseObject({
        prompt_tokens: z.catch(z.optional(z.number().check(z.minimum(0))), undefined),
        cost: z.catch(z.optional(z.number().check(z.minimum(0))), undefined),
      }),
    ),
    undefined,
  ),
});

/**
 * Vectors by an OpenAI-compatible `/embeddings` endpoint; nothing is connected before the first text. What may be retried is.
 * @throws ToolError `embeddings-invalid` for an address that is none.
 */
export function createEmbeddings(options: EmbeddingsOptions): { port: EmbeddingsPort; close(): void } {
  const { model, baseUrl = openaiUrl, apiKey, deadlines, concurrency, timeoutMs } = options;
  const target = targetOf(baseUrl, options.file);
  const http = createHttpClient({ maxConnections: concurrency, maxReplyBytes, deadlines });
  const retrier = createRetrier(options);
  const headers = { accept: 'application/json', 'content-type': 'application/json', ...(apiKey ? { authorization: `Bearer ${apiKey}` } : {}) };
  const ask = async (texts: readonly string[]): Promise<EmbeddedBatch> => {
    const body = JSON.stringify({ model, input: texts });
    const result = await retrier.run(
      async (signal) => readReply((await http.request({ target, method: 'POST', headers, body, signal })).body, texts.length),
      timeoutMs,
    );
    if (!result.failure) return { ...result.value, usage: { ...result.value.usage, calls: result.tries } };
    const usage = { calls: result.tries };
    // A text that is too long fails all those beside it.
    if (texts.length > 1 && refusesInput(result.failure)) return eachAlone(texts, ask, usage);
    const reason = `the embeddings endpoint gave no answer: ${aboutEndpoint(result.failure.message)}`;
    return { usage, vectors: texts.map(() => reason) };
  };
  const identity = { model, endpoint: target.endpoint };
  return {
    port: createEmbeddingBatches(identity, ask),
    close() {
      retrier.close();
      http.close();
    },
  };
}

/** Vectors by a function of the user's: gets a list of texts, returns as many lists of numbers. */
export function createModuleEmbeddings(
  modules: ModulePort,
  options: { file: string; exportName: string; digest: string; timeoutMs: number; permissions?: ModulePermissions | undefined },
): EmbeddingsPort {
  const { file, exportName, digest, timeoutMs } = options;
  // Models that run here are native packages, nearly all of them.
  const permissions = options.permissions === 'all' ? options.permissions : { addons: true, ...options.permissions };
  return createEmbeddingBatches({ module: digest, export: exportName }, async (texts) => {
    const usage: JudgeUsage = { calls: 0 };
    try {
      const answer = await modules.call({ file, exportName, payload: [...texts], timeoutMs, permissions });
      const vectors = z.array(z.array(z.number())).safeParse(answer);
      if (vectors.success && vectors.data.length === texts.length) return { usage, vectors: vectors.data };
      const reason = `the embeddings module did not return a list of ${texts.length} lists of numbers`;
      return { usage, vectors: texts.map(() => reason) };
    } catch (error) {
      return { usage, vectors: texts.map(() => `the embeddings module failed: ${messageOf(error)}`) };
    }
  });
}

async function eachAlone(
  texts: readonly string[],
  ask: (texts: readonly string[]) => Promise<EmbeddedBatch>,
  first: JudgeUsage,
): Promise<EmbeddedBatch> {
  const answers = await Promise.all(texts.map((text) => ask([text])));
  const usage = answers.reduce<JudgeUsage>((sum, answer) => addUsage(sum, answer.usage) ?? sum, first);
  return { usage, vectors: answers.flatMap(({ vectors }) => vectors) };
}

function targetOf(baseUrl: string, file: string): ReturnType<typeof parseTarget> {
  try {
    return parseTarget(`${baseUrl.replace(/\/+$/, '')}/embeddings`);
  } catch (cause) {
    const problem = { file, field: 'embeddings.baseUrl', message: 'the address of the embeddings is not an absolute http or https URL' };
    const remedy = `write it like "${openaiUrl}"`;
    const message = `${file}: ${problem.field}: ${problem.message}`;
    throw new ToolError({ code: 'embeddings-invalid', message, remedy, problems: [{ ...problem, remedy }], cause });
  }
}

/** @throws AgentFailure `bad-response`; JSON that is no list of as many vectors is not asked for again. */
function readReply(body: string, count: number): EmbeddedBatch {
  let json: Json;
  try {
    json = JSON.parse(body) as Json;
  } catch {
    throw notVectors(body);
  }
  const reply = Reply.safeParse(json);
  if (!reply.success) throw notVectors(body);
  const vectors: number[][] = [];
  for (const [position, { index = position, embedding }] of reply.data.data.entries()) {
    if (index < 0 || index >= count || vectors[index]) throw notVectors(body);
    vectors[index] = embedding;
  }
  if (reply.data.data.length !== count) throw notVectors(body);
  const { prompt_tokens: inputTokens, cost: costUsd } = reply.data.usage ?? {};
  return {
    vectors,
    usage: { calls: 1, ...(inputTokens === undefined ? {} : { inputTokens }), ...(costUsd === undefined ? {} : { costUsd }) },
  };
}

function notVectors(body: string): AgentFailure {
  return new AgentFailure('bad-response', `the reply is no list of vectors, one for each text: ${excerptOf(body, 120)}`, { phase: 'answered' });
}

function refusesInput({ status }: AgentFailure): boolean {
  return status === 400 || status === 413 || status === 422;
}

/** Failures are worded for agents. */
function aboutEndpoint(message: string): string {
  return message
    .replace(/^the agent\b/, 'it')
    .replace('the time limit of the slot passed before the answer was complete', 'no complete answer in time');
}
