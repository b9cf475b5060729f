import { describe, expect, it } from 'vitest';
import { say, serveSocket } from './socket-server.ts';
import { failureOf, makeRequest, makeSample, openAgent } from './support.ts';

const twoTurns = makeSample({ turns: [{ input: 'one' }, { input: 'two' }] });

describe('a turn', () => {
  it('is one message each way by default, over one connection for the whole conversation', async () => {
    const { url, said } = await serveSocket((socket, text) => socket.send(`you said ${JSON.parse(text).input}`));
    const agent = await openAgent('websocket', { url });
    const { turns, latencyMs = -1, firstByteMs = -1 } = await agent.ask(makeRequest({ sample: twoTurns }));
    expect(turns.map(({ output }) => output)).toEqual(['you said one', 'you said two']);
    expect(said).toEqual([['{"input":"one"}', '{"input":"two"}']]);
    expect(firstByteMs).toBeGreaterThanOrEqual(0);
    expect(latencyMs).toBeGreaterThanOrEqual(firstByteMs);
  });

  it('joins pieces, gathers tool calls and usage, and ends with the message that "until" names', async () => {
    const { url } = await serveSocket((socket) =>
      say(
        socket,
        { type: 'status', text: 'thinking' },
        { type: 'tool', call: { name: 'look_up', args: { id: 7 }, result: 'found' } },
        { type: 'delta', text: 'Hel' },
        { type: 'delta', text: 'lo' },
        { type: 'done', usage: { input_tokens: 3, output_tokens: 2 }, state: { open: 1 } },
        { type: 'delta', text: ' too late' },
      ),
    );
    const agent = await openAgent('websocket', {
      url,
      until: { '/type': ['done', 'failed'] },
      stream: { output: '/text', when: { '/type': 'delta' } },
      reply: { toolCalls: '/call', usage: '/usage', finalState: '/state' },
    });
    const trajectory = await agent.ask(makeRequest());
    expect(trajectory.turns[0]).toMatchObject({ output: 'Hello', steps: [{ kind: 'toolCall', name: 'look_up', args: { id: 7 }, result: 'found' }] });
    expect(trajectory).toMatchObject({ usage: { inputTokens: 3, outputTokens: 2 }, finalState: { open: 1 } });
  });

  it('takes the whole answer where a message has it, before the pieces', async () => {
    const { url } = await serveSocket((socket) => say(socket, { d: 'Hel' }, { d: 'lo' }, { answer: 'Hello!' }, { end: true }));
    const agent = await openAgent('websocket', { url, until: { '/end': true }, stream: { output: '/d' }, reply: { output: '/answer' } });
    expect((await agent.ask(makeRequest())).turns[0]?.output).toBe('Hello!');
  });

  it('may end with the connection: then every turn has one of its own', async () => {
    const { url, said } = await serveSocket((socket, text) => {
      socket.send(`${text} `);
      socket.send('again');
      socket.close(1000);
    });
    const agent = await openAgent('websocket', { url, message: '{{input}}', until: 'close' });
    const { turns } = await agent.ask(makeRequest({ sample: twoTurns }));
    expect(turns.map(({ output }) => output)).toEqual(['one again', 'two again']);
    expect(said).toEqual([['one'], ['two']]);
  });

  it('does not hear what was said late in the turn before', async () => {
    const { url } = await serveSocket((socket, text) => {
      if (text === 'one') return socket.send('first', () => socket.send('late'));
      socket.send('second');
    });
    const sample = makeSample({ turns: [{ input: 'one' }, { input: 'two' }] });
    const agent = await openAgent('websocket', { url, message: '{{input}}' });
    const user = {
      async next(history: readonly unknown[]) {
        await new Promise((resolve) => setTimeout(resolve, 50));
        return sample.turns[history.length]?.input;
      },
    };
    const { turns } = await agent.ask(makeRequest({ sample, user }));
    expect(turns.map(({ output }) => output)).toEqual(['first', 'second']);
  });
});

describe('a conversation', () => {
  it('logs in, waits until the agent is ready, and takes its session from there', async () => {
    const onOpen = (socket: Parameters<typeof say>[0]) => say(socket, { type: 'hello' });
    const { url, said, headers } = await serveSocket(
      (socket, text) => {
        const { type, session } = JSON.parse(text);
        if (type === 'login') say(socket, { type: 'ready', session: 's-9' });
        else if (type === 'go') say(socket, { answer: `in ${session}` });
      },
      { onOpen, handleProtocols: () => 'chat.v2' },
    );
    const agent = await openAgent('websocket', {
      url: `${url}?who={{id}}`,
      headers: { authorization: 'Bearer {{slot}}' },
      protocols: ['chat.v2', 'chat.v1'],
      open: [{ type: 'login' }],
      ready: { '/type': 'ready' },
      messages: [
        { type: 'say', text: '{{input}}' },
        { type: 'go', session: '{{session}}', trace: '{{traceparent}}' },
      ],
      reply: { output: '/answer', session: '/session' },
    });
    const traceId = '0af7651916cd43dd8448eb211c80319c';
    expect((await agent.ask(makeRequest({ traceId }))).turns[0]?.output).toBe('in s-9');
    expect(said[0]?.[2]).toContain(`"trace":"00-${traceId}-0af7651916cd0001-01"`);
    expect(headers[0]).toMatchObject({
      authorization: 'Bearer key-1',
      'idempotency-key': 'key-1',
      traceparent: `00-${traceId}-0af7651916cd0001-01`,
      'sec-websocket-protocol': 'chat.v2,chat.v1',
    });
  });

  it('hears a greeting that comes with the opening, and one connection per turn where that is asked for', async () => {
    const { url, said } = await serveSocket((socket, text) => socket.send(text.toUpperCase()), { onOpen: (socket) => socket.send('welcome') });
    const agent = await openAgent('websocket', { url, ready: 'first', message: '{{input}}', socket: 'turn' });
    const { turns } = await agent.ask(makeRequest({ sample: twoTurns }));
    expect(turns.map(({ output }) => output)).toEqual(['ONE', 'TWO']);
    expect(said).toEqual([['one'], ['two']]);
  });

  it('compresses where both sides want it, and keeps an agent alive that answers pings', async () => {
    const long = 'x'.repeat(5000);
    const { url, server } = await serveSocket((socket) => setTimeout(() => socket.send(long), 250), { perMessageDeflate: { threshold: 0 } });
    let extensions = '';
    server.on('connection', (socket) => {
      extensions = socket.extensions;
    });
    const agent = await openAgent('websocket', { url, compression: true, pingMs: 100 });
    expect((await agent.ask(makeRequest())).turns[0]?.output).toBe(long);
    expect(extensions).toBe('permessage-deflate');
  });
});

describe('what an agent reports', () => {
  it('is an error of the slot as soon as it comes, whatever else ends the turn', async () => {
    const { url } = await serveSocket((socket) => say(socket, { type: 'error', message: 'no such tool' }));
    const agent = await openAgent('websocket', { url, until: { '/type': 'done' }, reply: { output: '/text', error: '/message' } });
    expect(await failureOf(agent.ask(makeRequest()))).toMatchObject({ kind: 'agent-error', phase: 'answered', message: /no such tool/ });
  });

  it('is said to be missing with the shape of what came', async () => {
    const { url } = await serveSocket((socket) => say(socket, { type: 'x', txt: 'a' }, { type: 'done' }));
    const agent = await openAgent('websocket', { url, until: { '/type': 'done' }, stream: { output: '/text' } });
    expect((await failureOf(agent.ask(makeRequest()))).message).toBe(
      'stream.output is "/text", but none of 2 messages has it; the last is {type: string}',
    );
  });
});
