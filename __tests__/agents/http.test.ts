import { describe, expect, it } from 'vitest';
import type { Json } from '../../src/records/json.ts';
import { createRedactor } from '../../src/run/core/redact.ts';
import { failureOf, json, makeRequest, makeSample, openAgent, serve } from './support.ts';

async function askOnce(reply: unknown, options: Record<string, Json> = {}, request = makeRequest()) {
  const server = await serve((response) => (typeof reply === 'string' ? response.end(reply) : json(response, reply)));
  const agent = await openAgent('http', { url: server.url, ...options });
  return { ask: () => agent.ask(request), seen: server.seen };
}

describe('requests', () => {
  it('posts {input} by default, with an idempotency key', async () => {
    const { ask, seen } = await askOnce('hi');
    const trajectory = await ask();
    expect(trajectory).toMatchObject({ turns: [{ input: 'hello', output: 'hi', steps: [] }] });
    expect(trajectory.latencyMs).toBeGreaterThan(0);
    expect(trajectory.firstByteMs).toBeGreaterThan(0);
    expect(trajectory).not.toHaveProperty('usage');
    expect(seen[0]).toMatchObject({ method: 'POST', body: '{"input":"hello"}' });
    expect(seen[0]?.headers).toMatchObject({ 'content-type': 'application/json', 'idempotency-key': 'key-1' });
  });

  it('fills body, headers, path and query from the sample, and encodes what goes into the URL', async () => {
    const server = await serve((response) => response.end('ok'));
    const agent = await openAgent('http', {
      url: `${server.url}/chat/{{id}}/é?u={{row.user}}`,
      method: 'PUT',
      headers: { 'X-Slot': 'slot {{slot}}', 'Content-Type': 'application/x+json' },
      body: { q: '{{input}}', n: '{{epoch}}', meta: '{{metadata}}', text: 'turn {{turn}}: {{input}}', sys: '{{system}}' },
    });
    const sample = makeSample({ id: 'a/../b?c', row: { user: 'x&y=1' }, metadata: { k: [1] } });
    await agent.ask(makeRequest({ sample, epoch: 2 }));
    expect(server.seen[0]).toMatchObject({ method: 'PUT', url: '/chat/a%2F..%2Fb%3Fc/%C3%A9?u=x%26y%3D1' });
    expect(server.seen[0]?.headers).toMatchObject({ 'x-slot': 'slot key-1', 'content-type': 'application/x+json' });
    expect(JSON.parse(server.seen[0]?.body ?? '')).toEqual({ q: 'hello', n: 2, meta: { k: [1] }, text: 'turn 1: hello', sys: null });
  });

  it('sends no body with GET', async () => {
    const { ask, seen } = await askOnce('ok', { method: 'GET' });
    await ask();
    expect(seen[0]).toMatchObject({ method: 'GET', body: '' });
  });

  it('refuses at the start a template that would show the expected answer', async () => {
    await expect(openAgent('http', { url: 'http://a.example', body: '{{expected}}' })).rejects.toThrow('{{expected}}');
    await expect(openAgent('http', { url: 'http://a.example', body: '{{inptu}}' })).rejects.toMatchObject({
      remedy: expect.stringContaining('"input"'),
    });
  });

  it('fails the slot, unsent, when a row lacks a field or a header cannot be sent', async () => {
    const row = await askOnce('ok', { body: '{{row.nope}}' });
    expect(await failureOf(row.ask())).toMatchObject({ phase: 'not-sent', isTransient: false, message: expect.stringContaining('row.nope') });
    const header = await askOnce('ok', { headers: { 'x-a': '{{input}}' } }, makeRequest({ sample: makeSample({ input: 'a\r\nx-evil: 1' }) }));
    expect(await failureOf(header.ask())).toMatchObject({ phase: 'not-sent', isTransient: false });
    expect(header.seen).toEqual([]);
  });

  it.each(['.', '..'])('fails the slot, unsent, when the value %j would lead to another place', async (id) => {
    const server = await serve((response) => response.end('ok'));
    const agent = await openAgent('http', { url: `${server.url}/tenants/{{id}}/chat?u={{id}}` });
    expect(await failureOf(agent.ask(makeRequest({ sample: makeSample({ id }) })))).toMatchObject({ phase: 'not-sent', isTransient: false });
    expect(server.seen).toEqual([]);
    await agent.ask(makeRequest({ sample: makeSample({ id: 'a..b' }) }));
    expect(server.seen[0]?.url).toBe('/tenants/a..b/chat?u=a..b');
  });

  it('quotes no half of a secret, wherever the quotation is cut', async () => {
    const secret = 'sk-canary-0123456789abcdef';
    const { text } = createRedactor([{ name: 'KEY', value: secret }]);
    for (let before = 0; before < 250; before += 7) {
      const said = JSON.stringify({ error: `${'a '.repeat(before / 2)}key ${secret} is wrong` });
      const server = await serve((response) => response.writeHead(400).end(said));
      const failure = await failureOf((await openAgent('http', { url: server.url })).ask(makeRequest()));
      expect(text(failure.message), failure.message).not.toMatch(/sk-ca/);
    }
  });

  it('names the endpoint without credentials or query', async () => {
    const { agents } = await import('../../src/agents/registry.ts');
    const http = agents.get('http');
    const identity = http.identity(http.options.parse({ url: 'https://u:secret@a.example:8443/chat/{{id}}?key=secret' }));
    expect(identity.endpoint).toBe('https://a.example:8443/chat/{{id}}');
    expect(JSON.stringify(identity)).not.toContain('secret');
  });
});

describe('conversations', () => {
  const sample = makeSample({ turns: [{ input: 'one' }, { input: 'two' }, { input: 'three' }], system: 'be kind' });

  it('sends one request per turn, with one session and a key per turn', async () => {
    const server = await serve((response, { body }) => json(response, { a: `re ${JSON.parse(body).q}`, u: { prompt_tokens: 2 } }));
    const body = { q: '{{input}}', s: '{{slot}}', m: '{{messages}}', h: '{{history}}' };
    const agent = await openAgent('http', { url: server.url, body, reply: { output: '/a', usage: '/u' } });
    const trajectory = await agent.ask(makeRequest({ sample }));
    expect(trajectory.turns.map(({ output }) => output)).toEqual(['re one', 're two', 're three']);
    expect(trajectory.usage).toEqual({ inputTokens: 6 });
    expect(server.seen.map(({ headers }) => headers['idempotency-key'])).toEqual(['key-1', 'key-1-t2', 'key-1-t3']);
    const second = JSON.parse(server.seen[1]?.body ?? '');
    expect(second.s).toBe('key-1');
    expect(second.h).toEqual([{ input: 'one', output: 're one' }]);
    expect(second.m).toEqual([
      { role: 'system', content: 'be kind' },
      { role: 'user', content: 'one' },
      { role: 'assistant', content: 're one' },
      { role: 'user', content: 'two' },
    ]);
  });

  it('carries a session that the agent gave to the later turns', async () => {
    const server = await serve((response, _, n) => json(response, n === 1 ? { a: 'x', id: 'abc' } : { a: 'y' }));
    const agent = await openAgent('http', { url: server.url, body: '{{session}}', reply: { output: '/a', session: '/id' } });
    await agent.ask(makeRequest({ sample }));
    expect(server.seen.map(({ body }) => body)).toEqual(['null', '"abc"', '"abc"']);
  });

  it('starts a new session when a conversation is asked again, but repeats a single message byte for byte', async () => {
    const server = await serve((response) => response.end('x'));
    const agent = await openAgent('http', { url: server.url, body: '{{slot}}' });
    await agent.ask(makeRequest({ sample, attempt: 2 }));
    await agent.ask(makeRequest({ attempt: 2 }));
    expect(server.seen.map(({ body }) => body)).toEqual(['"key-1-2"', '"key-1-2"', '"key-1-2"', '"key-1"']);
  });

  it('never calls a later turn unsent: the turns before it were served', async () => {
    const server = await serve((response, _, n) => (n === 1 ? response.setHeader('connection', 'close').end('x') : response.writeHead(503).end()));
    const agent = await openAgent('http', { url: server.url });
    expect(await failureOf(agent.ask(makeRequest({ sample })))).toMatchObject({ status: 503, message: expect.stringMatching(/^turn 2: /) });
  });
});

describe('replies', () => {
  it('reads output, tool calls, usage and final state by pointer', async () => {
    const reply = {
      answer: { text: 'done' },
      trace: {
        calls: [
          { name: 'look', args: { q: 1 }, result: [1], id: 'c1' },
          { function: { name: 'pay', arguments: '{"eur":2}' }, is_error: true },
          'stop',
        ],
      },
      usage: { input_tokens: 3, completion_tokens: 4, cost_usd: 0.5 },
      state: { paid: true },
      stopped: 'MAX_TOKENS',
    };
    const { ask } = await askOnce(reply, {
      reply: { output: '/answer/text', toolCalls: '/trace/calls', usage: '/usage', finalState: '/state', error: '/error', finishReason: '/stopped' },
    });
    expect(await ask()).toMatchObject({
      turns: [
        {
          output: 'done',
          finishReason: 'length',
          steps: [
            { kind: 'toolCall', name: 'look', args: { q: 1 }, result: [1], id: 'c1' },
            { kind: 'toolCall', name: 'pay', args: { eur: 2 }, isError: true },
            { kind: 'toolCall', name: 'stop' },
          ],
        },
      ],
      usage: { inputTokens: 3, outputTokens: 4, costUsd: 0.5 },
      finalState: { paid: true },
    });
  });

  it('reads no tool calls where the list is left out or null', async () => {
    for (const message of [{ content: 'x' }, { content: 'x', tool_calls: null }]) {
      const { ask } = await askOnce({ message }, { reply: { output: '/message/content', toolCalls: '/message/tool_calls' } });
      expect((await ask()).turns[0]?.steps).toEqual([]);
    }
  });

  it('gives a JSON output as JSON text', async () => {
    const { ask } = await askOnce({ a: { b: 1 } }, { reply: { output: '/a' } });
    expect((await ask()).turns[0]?.output).toBe('{"b":1}');
  });

  it.each([
    [
      { answer: 'x', trace: { tool_calls: [1, 2] } },
      { output: '/anser' },
      'the reply is {answer: string, trace: {tool_calls: [2 items]}}; did you mean "/answer"?',
    ],
    [{ answer: 'x', trace: { tool_calls: [] } }, { output: '/answer', toolCalls: '/trace/toolcalls' }, 'did you mean "/trace/tool_calls"'],
    [{ answer: 'x' }, {}, 'say where the answer is, such as reply: {output: /answer}'],
    [{ a: 'x', calls: [{ x: 1 }] }, { output: '/a', toolCalls: '/calls' }, 'a tool call without a name: {x: number}'],
    ['<!DOCTYPE html><html><title>Log in</title>', { output: '/a' }, 'it is an HTML page "Log in"'],
    ['<html><body>Bad gateway</body></html>', {}, 'an HTML page'],
    ['{"a": 1', { output: '/a' }, 'the reply is not JSON: {"a": 1'],
    ['', {}, 'the reply is empty'],
    ['[[['.repeat(5000), { output: '/0' }, 'not JSON'],
    [JSON.parse(`${'['.repeat(1000)}${']'.repeat(1000)}`), { output: '' }, 'nested deeper than 200'],
  ])('explains %j with %j', async (reply, pointers, message) => {
    const { ask } = await askOnce(reply, { reply: pointers });
    const failure = await failureOf(ask());
    expect(failure).toMatchObject({ kind: 'bad-response', phase: 'answered', isTransient: false });
    expect(failure.message).toContain(message);
    expect(failure.message.length).toBeLessThan(700);
  });

  it("passes on the agent's own error", async () => {
    const { ask } = await askOnce({ answer: '', error: { message: 'model overloaded' } }, { reply: { output: '/answer', error: '/error' } });
    expect(await failureOf(ask())).toMatchObject({ kind: 'agent-error', phase: 'answered', message: 'the agent reports: model overloaded' });
  });
});
