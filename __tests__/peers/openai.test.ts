import type { ServerResponse } from 'node:http';
import { describe, expect, it } from 'vitest';
import { json, serve } from '../agents/support.ts';
import { runSuite } from './support.ts';

interface Body {
  stream?: boolean;
  messages: { role: string; content: string | null; tool_call_id?: string }[];
}

const call = { index: 0, id: 'call-7', type: 'function', function: { name: 'lookup_order', arguments: '{"id":"7"}' } };
const usage = { prompt_tokens: 10, completion_tokens: 2, total_tokens: 12 };

/** Calls lookup_order for "order 7" and says what came of it; counts the user's messages; declines "secret". */
function replyTo({ messages }: Body) {
  const last = messages.at(-1);
  if (last?.role === 'tool') return { message: { content: `It is ${JSON.parse(last.content ?? '').status}.` }, finish_reason: 'stop' };
  if (last?.content === 'order 7') return { message: { content: null, tool_calls: [call] }, finish_reason: 'tool_calls' };
  if (last?.content === 'secret') return { message: { content: null, refusal: 'No.' }, finish_reason: 'stop' };
  return { message: { content: `Message ${messages.filter(({ role }) => role === 'user').length}.` }, finish_reason: 'stop' };
}

/** The way OpenAI streams: a role, then text and arguments by pieces, then the reason, then the usage, then the end mark. */
function stream(response: ServerResponse, { message, finish_reason }: ReturnType<typeof replyTo>): void {
  response.setHeader('content-type', 'text/event-stream');
  const send = (choices: object[], more = {}) =>
    response.write(`data: ${JSON.stringify({ id: 'c', object: 'chat.completion.chunk', created: 1, model: 'm', choices, ...more })}\n\n`);
  const delta = (piece: object) => send([{ index: 0, delta: piece, finish_reason: null }]);
  delta({ role: 'assistant' });
  for (const piece of message.content?.match(/.{1,5}/g) ?? []) delta({ content: piece });
  if ('refusal' in message) delta({ refusal: message.refusal });
  if ('tool_calls' in message) {
    delta({ tool_calls: [{ ...call, function: { name: 'lookup_order', arguments: '' } }] });
    for (const piece of ['{"id', '":"7"}']) delta({ tool_calls: [{ index: 0, function: { arguments: piece } }] });
  }
  send([{ index: 0, delta: {}, finish_reason }]);
  send([], { usage });
  response.end('data: [DONE]\n\n');
}

const samples = [
  {
    id: 'order',
    turns: [
      { input: 'hello', expected: 'Message 1.' },
      { input: 'order 7', expected: 'It is shipped.', toolCalls: [{ name: 'lookup_order', args: { id: '7' } }] },
      { input: 'and now?', expected: 'Message 3.' },
    ],
  },
  { id: 'busy', input: 'busy', expected: 'Message 1.' },
  { id: 'down', input: 'fail' },
  { id: 'declined', input: 'secret', expected: 'No.' },
];

describe('an OpenAI-style endpoint', () => {
  it.each([false, true])('is spoken with by the built client, streamed: %s', async (isStream) => {
    let busy = 0;
    const { url, seen } = await serve((response, { body }) => {
      const said = JSON.parse(body) as Body;
      const last = said.messages.at(-1)?.content;
      if (last === 'busy' && ++busy === 1)
        return void response.writeHead(429, { 'retry-after': '0', 'content-type': 'application/json' }).end('{"error": {"message": "slow down"}}');
      if (last === 'fail')
        return void response.writeHead(400, { 'content-type': 'application/json' }).end('{"error": {"message": "the model is down"}}');
      const reply = replyTo(said);
      if (said.stream) return stream(response, reply);
      const choice = { index: 0, ...reply, message: { role: 'assistant', ...reply.message } };
      return json(response, { id: 'c', object: 'chat.completion', created: 1, model: 'm', choices: [choice], usage });
    });
    const tools = [{ name: 'lookup_order', result: { status: 'shipped' } }];
    const agent = { type: 'openai-chat', baseUrl: `${url}/v1`, apiKey: 'k', model: 'm', stream: isStream, tools };
    const checkers = [{ type: 'per-turn', checker: { type: 'equals', value: '{{expected}}' }, turns: 'expected' }, { type: 'trajectory' }];
    const { code, slots } = await runSuite(samples, { agent, checkers, maxRetries: 1 });
    expect(code).toBe(3);
    const { order, busy: waited, down, declined } = slots;
    expect(order).toMatchObject({ outcome: 'pass', trajectory: { usage: { inputTokens: 40, outputTokens: 8 } } });
    const step = { kind: 'toolCall', name: 'lookup_order', args: { id: '7' }, result: { status: 'shipped' } };
    expect(order?.trajectory?.turns[1]?.steps).toMatchObject([step]);
    expect(waited?.outcome).toBe('pass');
    expect(declined?.trajectory?.turns[0]?.output).toBe('No.');
    expect(down?.error).toMatchObject({ kind: 'http-status', message: expect.stringContaining('the model is down') });
    expect(seen.every(({ headers }) => headers.authorization === 'Bearer k')).toBe(true);
  });
});
