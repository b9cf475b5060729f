import type { ServerResponse } from 'node:http';
import { describe, expect, it } from 'vitest';
import { toTrajectory } from '../../src/agents/parts/reply.ts';
import { json, makeRequest, openAgent, serve } from './support.ts';

const call = { id: 't', type: 'function', function: { name: 'look', arguments: '{}' } };
const completion = (message: object, finish: unknown) => ({
  choices: [{ index: 0, finish_reason: finish, message: { role: 'assistant', ...message } }],
});
const text = (said: string, more: object = {}) => ({ type: 'message', role: 'assistant', content: [{ type: 'output_text', text: said, ...more }] });
const responded = (output: object[], more: object = {}) => ({ id: 'r', status: 'completed', output, ...more });

function events(response: ServerResponse, chunks: readonly object[]): void {
  response.setHeader('content-type', 'text/event-stream');
  response.end(`${chunks.map((chunk) => `data: ${JSON.stringify(chunk)}\n\n`).join('')}data: [DONE]\n\n`);
}

/** The last turn that an agent records of these replies, and what it sent. */
async function turnOf(type: string, replies: readonly object[], options: object = {}) {
  const server = await serve((response, _, n) => {
    const reply = replies[n - 1] ?? {};
    if (Array.isArray(reply)) events(response, reply);
    else json(response, reply);
  });
  const agent = await openAgent(type, { baseUrl: `${server.url}/v1`, model: 'm', ...options });
  const { turns } = await agent.ask(makeRequest());
  return { turn: turns.at(-1), bodies: server.seen.map(({ body }) => JSON.parse(body) as Record<string, unknown>) };
}

describe('why a reply ended', () => {
  it.each([
    [{ content: 'x' }, 'stop', 'stop'],
    [{ content: 'x' }, 'max_tokens', 'length'],
    [{ content: null, tool_calls: [call] }, 'function_call', 'tool_calls'],
    [{ content: 'x' }, 'content_filter', 'content_filter'],
    [{ content: 'x' }, 'Odd', 'odd'],
    [{ content: 'x' }, null, undefined],
  ])('is recorded of a completion %j that says %j', async (message, said, recorded) => {
    const { turn } = await turnOf('openai-chat', [completion(message, said)]);
    expect(turn?.finishReason).toBe(recorded);
  });

  it('is that of the last reply of a turn', async () => {
    const tools = [{ name: 'look', parameters: { type: 'object' }, result: 1 }];
    const replies = [completion({ content: null, tool_calls: [call] }, 'tool_calls'), completion({ content: 'cut' }, 'length')];
    expect((await turnOf('openai-chat', replies, { tools })).turn).toMatchObject({ output: 'cut', finishReason: 'length' });
  });

  it.each([
    [responded([text('x')]), 'stop'],
    [responded([{ type: 'function_call', call_id: 'c', name: 'look', arguments: '{}' }]), 'tool_calls'],
    [responded([text('x')], { status: 'incomplete', incomplete_details: { reason: 'max_output_tokens' } }), 'length'],
    [responded([text('x')], { status: 'incomplete', incomplete_details: { reason: 'content_filter' } }), 'content_filter'],
  ])('is recorded of a response, %#', async (reply, recorded) => {
    expect((await turnOf('openai-responses', [reply])).turn?.finishReason).toBe(recorded);
  });

  it('is taken from short answers, and junk in its place is left out', () => {
    expect(toTrajectory({ output: 'x', finishReason: 'END_TURN' }, ['q']).turns[0]?.finishReason).toBe('stop');
    expect(toTrajectory({ turns: [{ input: 'q', output: 'x', steps: [], finishReason: 'max_tokens' }] }, ['q']).turns[0]?.finishReason).toBe(
      'length',
    );
    for (const junk of [null, 5, {}, ''])
      expect(toTrajectory({ output: 'x', finishReason: junk }, ['q']).turns[0]).not.toHaveProperty('finishReason');
    expect(toTrajectory({ output: 'x', finishReason: 'x'.repeat(5000) }, ['q']).turns[0]?.finishReason).toHaveLength(100);
  });
});
