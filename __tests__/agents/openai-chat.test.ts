import type { ServerResponse } from 'node:http';
import { describe, expect, it } from 'vitest';
import { failureOf, json, makeRequest, makeSample, openAgent, type Seen, serve } from './support.ts';

const completion = (message: object, more: object = {}) => ({
  id: 'c',
  object: 'chat.completion',
  choices: [{ index: 0, finish_reason: 'stop', message: { role: 'assistant', ...message } }],
  ...more,
});

async function chat(answer: (response: ServerResponse, seen: Seen, n: number) => void, options: object = {}) {
  const server = await serve(answer);
  const agent = await openAgent('openai-chat', { baseUrl: `${server.url}/v1`, apiKey: 'sk-test', model: 'm', ...options });
  return { agent, seen: server.seen };
}

function events(response: ServerResponse, chunks: object[], end = 'data: [DONE]\n\n'): void {
  response.setHeader('content-type', 'text/event-stream');
  response.end(chunks.map((chunk) => `data: ${JSON.stringify(chunk)}\n\n`).join('') + end);
}

describe('chat completions', () => {
  it('sends the conversation and records text, tool calls and usage', async () => {
    const { agent, seen } = await chat(
      (response, _, n) =>
        json(
          response,
          completion(
            { content: `a${n}`, tool_calls: [{ id: 't1', type: 'function', function: { name: 'look', arguments: '{"q":1}' } }] },
            { usage: { prompt_tokens: 5, completion_tokens: 2 } },
          ),
        ),
      { system: 'be kind', temperature: 0, maxTokens: 9, headers: { 'x-team': 'b' } },
    );
    const trajectory = await agent.ask(makeRequest({ sample: makeSample({ turns: [{ input: 'one' }, { input: 'two' }] }) }));
    expect(trajectory).toMatchObject({
      turns: [{ output: 'a1', steps: [{ kind: 'toolCall', name: 'look', args: { q: 1 }, id: 't1' }] }, { output: 'a2' }],
      usage: { inputTokens: 10, outputTokens: 4 },
    });
    expect(trajectory.firstByteMs).toBeGreaterThan(0);
    expect(seen[0]).toMatchObject({ method: 'POST', url: '/v1/chat/completions' });
    expect(seen[0]?.headers).toMatchObject({ authorization: 'Bearer sk-test', 'x-team': 'b', 'idempotency-key': 'key-1' });
    expect(seen[1]?.headers['idempotency-key']).toBe('key-1-t2');
    expect(JSON.parse(seen[1]?.body ?? '')).toMatchObject({
      model: 'm',
      temperature: 0,
      max_tokens: 9,
      messages: [
        { role: 'system', content: 'be kind' },
        { role: 'user', content: 'one' },
        { role: 'assistant', content: 'a1' },
        { role: 'user', content: 'two' },
      ],
    });
  });

  it('sends no key when none is given, not even one of the environment', async () => {
    const names = ['OPENAI_API_KEY', 'OPENAI_ADMIN_KEY', 'OPENAI_ORG_ID', 'OPENAI_PROJECT_ID'];
    for (const name of names) process.env[name] = 'canary';
    process.env.OPENAI_CUSTOM_HEADERS = 'x-key: canary\nauthorization: canary';
    const { agent, seen } = await chat((response) => json(response, completion({ content: 'x' })), { apiKey: undefined });
    await agent.ask(makeRequest());
    for (const name of [...names, 'OPENAI_CUSTOM_HEADERS']) delete process.env[name];
    expect(JSON.stringify(seen)).not.toContain('canary');
    expect(seen[0]?.headers).not.toHaveProperty('authorization');
  });

  it('puts streamed pieces together', async () => {
    const delta = (value: object, finish: string | null = null) => ({ choices: [{ index: 0, delta: value, finish_reason: finish }] });
    const { agent } = await chat(
      (response) =>
        events(response, [
          delta({ role: 'assistant', content: 'Hé' }),
          delta({ content: 'llo' }),
          delta({ tool_calls: [{ index: 0, id: 't', function: { name: 'look', arguments: '{"q"' } }] }),
          delta({ tool_calls: [{ index: 0, function: { arguments: ':1}' } }] }, 'tool_calls'),
          { choices: [], usage: { prompt_tokens: 1, completion_tokens: 2 } },
        ]),
      { stream: true },
    );
    expect(await agent.ask(makeRequest())).toMatchObject({
      turns: [{ output: 'Héllo', steps: [{ kind: 'toolCall', name: 'look', args: { q: 1 }, id: 't' }] }],
      usage: { inputTokens: 1, outputTokens: 2 },
    });
  });

  it.each(['__proto__', 'constructor', -1, 1.5, 4_294_967_290, null, {}])(
    'is not harmed by a piece of a tool call at the place %j',
    async (index) => {
      const piece = { index, id: 'x', function: { name: 'polluted', arguments: '{}' } };
      const { agent } = await chat(
        (response) => events(response, [{ choices: [{ index: 0, delta: { content: 'hi', tool_calls: [piece, null] }, finish_reason: 'stop' }] }]),
        { stream: true },
      );
      const startedAt = performance.now();
      expect(await failureOf(agent.ask(makeRequest()))).toMatchObject({ kind: 'bad-response', phase: 'answered' });
      expect(performance.now() - startedAt).toBeLessThan(1500);
      expect(Object.keys(Array.prototype)).toEqual([]);
      expect(Object.keys(Array)).toEqual([]);
    },
  );

  it.each([
    [
      {
        content: [
          { type: 'text', text: 'two ' },
          { type: 'text', text: 'parts' },
        ],
      },
      'two parts',
    ],
    [{ content: { deep: 1 } }, undefined],
    [{ content: 5 }, undefined],
    [{ content: 'x', tool_calls: [{ id: 't', type: 'function' }] }, undefined],
    [{ content: 'x', tool_calls: { length: 1 } }, undefined],
  ])('reads the message %j as text or refuses it', async (message, output) => {
    const { agent } = await chat((response) => json(response, completion(message)));
    const asked = agent.ask(makeRequest());
    if (output !== undefined) expect(await asked).toMatchObject({ turns: [{ output }] });
    else expect(await failureOf(asked)).toMatchObject({ kind: 'bad-response', phase: 'answered' });
  });

  it('never takes a stream that ends early for a short answer', async () => {
    const { agent } = await chat((response) => events(response, [{ choices: [{ index: 0, delta: { content: 'x' }, finish_reason: null }] }], ''), {
      stream: true,
    });
    expect(await failureOf(agent.ask(makeRequest()))).toMatchObject({ kind: 'reset', phase: 'ambiguous' });
  });

  it('asks once, and passes on the status and Retry-After', async () => {
    const { agent, seen } = await chat((response) => response.writeHead(429, { 'retry-after': '7' }).end('{"error":{"message":"slow down"}}'));
    expect(await failureOf(agent.ask(makeRequest()))).toMatchObject({ kind: 'rate-limited', status: 429, retryAfterMs: 7000, isTransient: true });
    expect(seen).toHaveLength(1);
  });

  it.each([
    [(response: ServerResponse) => response.writeHead(401).end('{"error":{"message":"bad key"}}'), {}, 'http-status', 'answered', 'status 401'],
    [(response: ServerResponse) => response.writeHead(500).end(), {}, 'http-status', 'ambiguous', 'status 500'],
    [(response: ServerResponse) => response.writeHead(307, { location: '/x' }).end(), {}, 'redirect', 'answered', 'redirects'],
    [(response: ServerResponse) => json(response, { choices: [] }), {}, 'bad-response', 'answered', 'no chat completion'],
    [(response: ServerResponse) => json(response, completion({ content: null })), {}, 'bad-response', 'answered', 'finish reason: stop'],
    [(response: ServerResponse) => response.setHeader('content-type', 'application/json').end('{"a'), {}, 'bad-response', 'answered', 'not JSON'],
    [
      (response: ServerResponse) => response.setHeader('content-type', 'text/html').end('<html><title>Log in</title>'),
      {},
      'bad-response',
      'answered',
      'no chat completion',
    ],
    [
      (response: ServerResponse) => events(response, [{ error: { message: 'overloaded' } }]),
      { stream: true },
      'agent-error',
      'answered',
      'overloaded',
    ],
    [(response: ServerResponse) => response.destroy(), {}, 'reset', 'ambiguous', 'broke'],
    [(response: ServerResponse) => json(response, completion({ content: 'x'.repeat(200_000) })), {}, 'too-large', 'answered', 'larger than'],
  ])('maps failure %#', async (answer, options, kind, phase, message) => {
    const { agent } = await chat(answer, options);
    expect(await failureOf(agent.ask(makeRequest()))).toMatchObject({ kind, phase, message: expect.stringContaining(message) });
  });

  it('stops at the deadline of the slot', async () => {
    const { agent } = await chat(() => {});
    expect(await failureOf(agent.ask(makeRequest({ signal: AbortSignal.timeout(200) })))).toMatchObject({ kind: 'timeout', phase: 'ambiguous' });
  });
});
