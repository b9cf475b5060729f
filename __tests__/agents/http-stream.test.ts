import { describe, expect, it } from 'vitest';
import type { Json } from '../../src/records/json.ts';
import { failureOf, makeRequest, openAgent, serveRaw } from './support.ts';

const head = 'HTTP/1.1 200 OK\r\nContent-Type: text/event-stream; charset=utf-8\r\nTransfer-Encoding: chunked\r\n\r\n';

function chunked(bytes: Buffer): Buffer {
  return Buffer.concat([Buffer.from(`${bytes.length.toString(16)}\r\n`), bytes, Buffer.from('\r\n')]);
}

async function streamAgent(parts: Buffer[], options: Record<string, Json>, end = '0\r\n\r\n') {
  const url = await serveRaw(async (socket) => {
    socket.setNoDelay(true).write(head);
    for (const part of parts) {
      socket.write(chunked(part));
      await new Promise((resolve) => setImmediate(resolve));
    }
    if (end === 'close') socket.end();
    else socket.write(end);
  });
  return openAgent('http', { url, ...options });
}

const deltas = ['{"d":"Hé"}', '{"x":1}', '{"d":"l😀"}', '{"d":"lo","u":{"inputTokens":2},"c":[{"name":"t"}]}'];

describe('event streams', () => {
  it('gives the same answer wherever the bytes are cut', async () => {
    const bytes = Buffer.from(`: ping\r\n\r\n${deltas.map((data) => `data: ${data}\r\n\r\n`).join('')}data: [DONE]\r\n\r\n`);
    const expected = { output: 'Hél😀lo', steps: [{ kind: 'toolCall', name: 't' }] };
    let cut = 0;
    const url = await serveRaw(async (socket) => {
      const at = cut;
      socket.setNoDelay(true).write(head);
      socket.write(chunked(bytes.subarray(0, at)).subarray(at === 0 ? 5 : 0));
      await new Promise((resolve) => setTimeout(resolve, 1));
      socket.write(chunked(bytes.subarray(at)));
      socket.write('0\r\n\r\n');
    });
    const agent = await openAgent('http', { url, stream: { output: '/d', done: '[DONE]' }, reply: { usage: '/u', toolCalls: '/c' } });
    for (cut = 0; cut < bytes.length; cut++) {
      const trajectory = await agent.ask(makeRequest());
      expect(trajectory.turns[0]).toMatchObject(expected);
      expect(trajectory.usage).toEqual({ inputTokens: 2 });
    }
  });

  it('joins one JSON that is spread over many data lines, and reads the last event as the reply', async () => {
    const event = (value: unknown) => `event: values\n${JSON.stringify(value, null, 2).replace(/^/gm, 'data: ')}\n\n`;
    const bytes = Buffer.from(event({ messages: [{ content: 'q' }] }) + event({ messages: [{ content: 'q' }, { content: 'a' }] }));
    const agent = await streamAgent(
      [...bytes].map((byte) => Buffer.from([byte])),
      { stream: { final: true }, reply: { output: '/messages/1/content' } },
    );
    expect((await agent.ask(makeRequest())).turns[0]?.output).toBe('a');
  });

  it('joins plain text events', async () => {
    const agent = await streamAgent([Buffer.from('data: Hel\n\ndata: lo\n\ndata:  you\n\ndata: [DONE]\n\n')], {});
    expect((await agent.ask(makeRequest())).turns[0]?.output).toBe('Hello you');
  });

  it('does not wait for the connection to end after the end mark', async () => {
    const agent = await streamAgent([Buffer.from('data: {"d":"x"}\n\ndata: fin\n\n')], { stream: { output: '/d', done: 'fin' } }, '');
    const startedAt = performance.now();
    expect((await agent.ask(makeRequest())).turns[0]?.output).toBe('x');
    expect(performance.now() - startedAt).toBeLessThan(1000);
  });

  it.each([
    ['the transport ends early', 'data: {"d":"x"}\n\n', {}, 'close'],
    ['a demanded end mark is missing', 'data: {"d":"x"}\n\n', { done: '[DONE]' }, '0\r\n\r\n'],
    ['an event is cut', 'data: {"d":"x"}\n\ndata: {"d":"y', {}, '0\r\n\r\n'],
  ])('is an ambiguous failure when %s', async (_, text, extra, end) => {
    const agent = await streamAgent([Buffer.from(text)], { stream: { output: '/d', ...extra } }, end);
    expect(await failureOf(agent.ask(makeRequest()))).toMatchObject({ kind: 'reset', phase: 'ambiguous' });
  });

  it.each([
    ['data: {"d":"x"}\n\nevent: error\ndata: {"message":"boom"}\n\n', { output: '/d' }, 'agent-error', 'the agent reports: boom'],
    ['data: {"text":"x"}\n\n', { output: '/txt' }, 'bad-response', 'an event is {text: string}; did you mean "/text"?'],
    ['data: {"a":1}\n\ndata: {"a":2}\n\n', {}, 'bad-response', 'a stream of 2 events like {a: number}'],
    ['data: oops\n\n', { output: '/d' }, 'bad-response', 'not JSON: oops'],
    ['', { output: '/d' }, 'bad-response', 'empty event stream'],
  ])('explains %j', async (text, stream, kind, message) => {
    const agent = await streamAgent(text === '' ? [] : [Buffer.from(text)], { stream });
    expect(await failureOf(agent.ask(makeRequest()))).toMatchObject({ kind, message: expect.stringContaining(message) });
  });
});
