import { createHttpClient, parseTarget } from '../../io/http.ts';
import type { ResponsesClient, ResponsesReply } from '../../io/openai-responses.ts';
import type { Json, JsonObject } from '../../records/json.ts';
import type { Step } from '../../records/trajectory.ts';
import type { AgentPorts } from '../agent.ts';
import { userMessages } from './converse.ts';
import { type ModelOptions, type ModelReply, type ModelSession, notRun, type OpenModel, type ToolDefinition } from './model-session.ts';
import { badReply } from './reply.ts';
import { hasTraceparent } from './traceparent.ts';

export interface ResponsesOptions extends ModelOptions {
  /** `input`: the whole conversation with every request; `previous`: only what is new, after `previous_response_id`. */
  history: 'input' | 'previous';
  store?: boolean | undefined;
}

/** The Responses API. @throws ToolError for a base URL that is none. */
export async function openResponsesModel(options: ResponsesOptions, ports: AgentPorts): Promise<OpenModel> {
  const { baseUrl, apiKey, headers } = options;
  parseTarget(baseUrl);
  const [{ createResponsesClient }, { loadSdk }] = await Promise.all([import('../../io/openai-responses.ts'), import('../../io/openai-sdk.ts')]);
  await loadSdk();
  const { deadlines, concurrency, maxReplyBytes } = ports;
  const client = createHttpClient({ maxConnections: concurrency, maxReplyBytes, deadlines });
  const responses = createResponsesClient({ http: client, baseUrl, apiKey, headers });
  return {
    session: (system, tools) => createSession(responses, { options, system, tools }),
    isTraced: !hasTraceparent(headers),
    close: () => client.close(),
  };
}

function createSession(
  responses: ResponsesClient,
  { options, system, tools }: { options: ResponsesOptions; system: string | undefined; tools: readonly ToolDefinition[] },
): ModelSession {
  const { model, stream, history } = options;
  const fixed = fixedBody(options, system, tools);
  let input: JsonObject[] = [];
  let called: string[] = [];
  let previous: string | undefined;
  let isFirst = true;
  return {
    say: (said) => void input.push(...userMessages(said)),
    tell: (results) =>
      void input.push(...called.map((id, index) => ({ type: 'function_call_output', call_id: id, output: results[index] ?? notRun }))),
    async ask(sending) {
      // The model would answer without all that was said before.
      if (history === 'previous' && !isFirst && previous === undefined)
        throw badReply('"history: previous" needs the id of every response, and the last one has none: use "history: input"');
      isFirst = false;
      const extra = previous === undefined ? fixed : { ...fixed, previous_response_id: previous };
      const reply = await responses.respond({ model, input: [...input], extra, isStream: stream, ...sending });
      for (const [index, call] of reply.toolCalls.entries()) call.id ||= `call_${index}`;
      called = reply.toolCalls.map(({ id }) => id);
      if (history === 'previous') {
        previous = reply.id;
        input = [];
      } else input.push(...(tools.length > 0 ? reply.items : reply.items.filter(({ type }) => type !== 'function_call')));
      return toReply(reply);
    },
  };
}

function fixedBody(
  { temperature, maxTokens, logprobs, store }: ResponsesOptions,
  system: string | undefined,
  tools: readonly ToolDefinition[],
): Record<string, Json> {
  // What is not stored has to be sent back, and reasoning can only be sent back encrypted.
  const include = [...(store === false ? ['reasoning.encrypted_content'] : []), ...(logprobs ? ['message.output_text.logprobs'] : [])];
  return {
    ...(system === undefined ? {} : { instructions: system }),
    ...(temperature === undefined ? {} : { temperature }),
    ...(maxTokens === undefined ? {} : { max_output_tokens: maxTokens }),
    ...(tools.length === 0 ? {} : { tools: tools.map((tool) => ({ type: 'function', ...tool, strict: false })) }),
    ...(store === undefined ? {} : { store }),
    ...(include.length === 0 ? {} : { include }),
  };
}

function toReply({ text, refusal, toolCalls, hosted, incomplete, logProbs, inputTokens, outputTokens, firstByteMs }: ResponsesReply): ModelReply {
  const steps: Step[] = hosted.map((call) => ({ kind: 'toolCall', ...call }));
  if (incomplete !== undefined) steps.push({ kind: 'error', message: `the reply is incomplete: ${incomplete}` });
  const usage = { ...(inputTokens === undefined ? {} : { inputTokens }), ...(outputTokens === undefined ? {} : { outputTokens }) };
  return {
    text: text || refusal || '',
    toolCalls,
    steps,
    // The API has no word of its own for a reply that is whole.
    finishReason: incomplete ?? (toolCalls.length > 0 ? 'tool_calls' : 'stop'),
    ...(logProbs ? { logProbs } : {}),
    ...(Object.keys(usage).length > 0 ? { usage } : {}),
    ...(firstByteMs === undefined ? {} : { firstByteMs }),
  };
}
