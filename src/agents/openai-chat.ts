import { createHttpClient, parseTarget } from '../io/http.ts';
import type { ChatReply } from '../io/openai.ts';
import type { Json } from '../records/json.ts';
import * as z from '../records/schema.ts';
import { defineAgent } from './agent.ts';
import { converse, messagesOf, sessionOf } from './parts/converse.ts';
import { badReply, readToolCalls, type TurnReply } from './parts/reply.ts';
import { hasTraceparent, traceHeaders } from './parts/traceparent.ts';

const OpenaiChatOptions = z.strictObject({
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
  stream: z.described(z._default(z.boolean(), false), 'true: the time to the first byte is that of the first token'),
});
type OpenaiChatOptions = z.infer<typeof OpenaiChatOptions>;

/** A model behind an OpenAI-compatible endpoint. Tool calls are recorded as steps; no tool is run. */
export const openaiChat = defineAgent<OpenaiChatOptions>({
  type: 'openai-chat',
  summary: 'a model behind an OpenAI-compatible chat completions endpoint',
  options: OpenaiChatOptions as z.ZodMiniType<OpenaiChatOptions>,
  envFields: ['baseUrl', 'apiKey', 'headers'],
  identity({ baseUrl, model, system, temperature, maxTokens, stream }) {
    const template = { model, system, temperature, maxTokens, stream };
    return { endpoint: parseTarget(baseUrl).endpoint, template: JSON.parse(JSON.stringify(template)) as Json };
  },
  async open(options, ports) {
    const { baseUrl, apiKey, model, system, temperature, maxTokens, headers, stream } = options;
    parseTarget(baseUrl);
    const { createChatClient } = await import('../io/openai.ts');
    const { deadlines, concurrency, maxReplyBytes } = ports;
    const client = createHttpClient({ maxConnections: concurrency, maxReplyBytes, deadlines });
    const chat = createChatClient({ http: client, baseUrl, apiKey, headers });
    return {
      ask: (request) =>
        converse(request, async (turn) => {
          const messages = messagesOf(turn, request.sample.system ?? system);
          const session = sessionOf(request);
          const key = turn.number === 1 ? session : `${session}-t${turn.number}`;
          const { signal } = request;
          const asked = { model, messages, temperature, maxTokens, isStream: stream, idempotencyKey: key, signal };
          return toTurn(await chat.complete({ ...asked, ...traceHeaders(request, turn.number) }));
        }),
      isTraced: !hasTraceparent(headers),
      close: async () => client.close(),
    };
  },
});

function toTurn(reply: ChatReply): TurnReply {
  const { content, refusal, toolCalls, inputTokens, outputTokens, firstByteMs } = reply;
  const output = content || refusal || '';
  if (output === '' && toolCalls.length === 0)
    throw badReply(`the model gave no text and no tool call (finish reason: ${reply.finishReason ?? 'none'})`);
  const usage = { ...(inputTokens === undefined ? {} : { inputTokens }), ...(outputTokens === undefined ? {} : { outputTokens }) };
  return {
    output,
    steps: readToolCalls(toolCalls),
    ...(Object.keys(usage).length > 0 ? { usage } : {}),
    ...(firstByteMs === undefined ? {} : { firstByteMs }),
  };
}
