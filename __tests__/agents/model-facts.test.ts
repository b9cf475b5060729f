import type { ServerResponse } from 'node:http';
import { describe, expect, it } from 'vitest';
import { toTrajectory } from '../../src/agents/parts/reply.ts';
import { agents } from '../../src/agents/registry.ts';
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
    expect(toTrajectory({ output: 'x', finishReason: 'x'.repeat(5000) }, ['q']).turns[0]?.finishReason).toHaveLength(101);
  });
});

describe('log probabilities', () => {
  const sure = (...all: unknown[]) => ({ content: all.map((logprob) => ({ token: 'a', logprob, bytes: null, top_logprobs: [] })) });
  const choice = (logprobs: unknown) => ({ choices: [{ index: 0, finish_reason: 'stop', logprobs, message: { role: 'assistant', content: 'x' } }] });

  it('are asked for and recorded by their mean', async () => {
    const { turn, bodies } = await turnOf('openai-chat', [choice(sure(-1, -2, -6))], { logprobs: true });
    expect(bodies[0]).toMatchObject({ logprobs: true });
    expect(turn?.logProbs).toEqual({ tokens: 3, mean: -3 });
  });

  it('are put together from a stream', async () => {
    const delta = (logprobs: unknown, finish: string | null = null) => ({
      choices: [{ index: 0, delta: { content: 'x' }, finish_reason: finish, logprobs }],
    });
    const { turn } = await turnOf('openai-chat', [[delta(sure(-1)), delta(null), delta(sure(-2, -3), 'stop')]], { logprobs: true, stream: true });
    expect(turn?.logProbs).toEqual({ tokens: 3, mean: -2 });
  });

  it('are asked for and recorded of a response', async () => {
    const reply = responded([
      text('x', {
        logprobs: [
          { token: 'a', logprob: -2 },
          { token: 'b', logprob: -4 },
        ],
      }),
    ]);
    const { turn, bodies } = await turnOf('openai-responses', [reply], { logprobs: true, store: false });
    expect(bodies[0]?.include).toEqual(['reasoning.encrypted_content', 'message.output_text.logprobs']);
    expect(turn?.logProbs).toEqual({ tokens: 2, mean: -3 });
  });

  it.each([null, 'none', { content: null }, { content: [] }, sure(-1, null), sure('x'), sure(-1e308, -1e308)])(
    'cost no answer when they are %j',
    async (logprobs) => {
      const { turn } = await turnOf('openai-chat', [choice(logprobs)], { logprobs: true });
      expect(turn).toMatchObject({ output: 'x' });
      expect(turn).not.toHaveProperty('logProbs');
    },
  );

  it.each(['openai-chat', 'openai-responses'])('change nothing of %s while they are off', async (type) => {
    const definition = agents.get(type);
    const identity = (more: object) => JSON.stringify(definition.identity(definition.options.parse({ model: 'm', ...more })));
    expect(identity({ logprobs: false })).toBe(identity({}));
    expect(identity({})).not.toContain('logprobs');
    expect(identity({ logprobs: true })).not.toBe(identity({}));
    const reply = type === 'openai-chat' ? choice(null) : responded([text('x')]);
    expect(JSON.stringify((await turnOf(type, [reply])).bodies)).not.toMatch(/logprobs|include/);
  });
});
