import { createHash } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { WebSocket, type WebSocketServer } from 'ws';
import { agents } from '../../src/agents/registry.ts';
import { say, serveSocket } from '../agents/socket-server.ts';
import { failureOf, makeRequest, makeSample, openAgent, serve } from '../agents/support.ts';
import { hostileTexts } from '../helpers/hostile.ts';

const key = 'agent-key-0123456789abcdef';
const optionsAt = (url: string) => ({ url, headers: { 'x-api-key': key }, until: { '/done': true }, stream: { output: '/text' } });
const ask = async (url: string, options: object = {}, ports: object = {}) =>
  failureOf((await openAgent('websocket', { ...optionsAt(url), ...options }, ports)).ask(makeRequest()));
const asSocket = (url: string) => url.replace(/^http/, 'ws');

/** Opens the socket by hand and writes bytes of our own. */
async function serveFrames(frames: Buffer): Promise<string> {
  const server = createServer();
  const open = new Set<Socket>();
  server.on('upgrade', (request, socket) => {
    open.add(socket as Socket);
    const accept = createHash('sha1').update(`${request.headers['sec-websocket-key']}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`).digest('base64');
    socket.on('error', () => {});
    socket.write(`HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${accept}\r\n\r\n`);
    socket.once('data', () => socket.write(frames));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    for (const socket of open) socket.destroy();
    server.close();
  });
  return `ws://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const textFrame = (bytes: Buffer) => Buffer.concat([Buffer.from([0x81, bytes.length]), bytes]);
const broken: Record<string, Buffer> = {
  'text that is not UTF-8': textFrame(Buffer.from([0xff, 0xfe])),
  'an unknown kind of frame': Buffer.from([0x83, 0x00]),
  'reserved bits': Buffer.from([0xf1, 0x00]),
  'a masked frame': Buffer.from([0x81, 0x81, 1, 2, 3, 4, 0x40]),
  'a continuation of nothing': Buffer.from([0x80, 0x00]),
  'a ping that is too long': Buffer.concat([Buffer.from([0x89, 0x7e, 0x01, 0x00]), Buffer.alloc(256)]),
  'a bad close code': Buffer.from([0x88, 0x02, 0x00, 0x01]),
};

describe('broken replies', () => {
  it.each(Object.keys(broken))('of %s are refused', async (name) => {
    expect(await ask(await serveFrames(broken[name] ?? Buffer.alloc(0)))).toMatchObject({ kind: 'bad-response', phase: 'answered' });
  });

  it('that claim to be enormous are refused before they come', async () => {
    const claim = Buffer.concat([Buffer.from([0x81, 0x7f]), Buffer.from('0000000100000000', 'hex')]);
    expect(await ask(await serveFrames(claim))).toMatchObject({ kind: 'too-large' });
  });

  it('that are binary are refused with what is understood', async () => {
    const { url } = await serveSocket((socket) => socket.send(Buffer.from([1, 2, 3])));
    expect(await ask(url)).toMatchObject({ kind: 'bad-response', message: expect.stringContaining('binary message of 3 bytes; only text') });
  });

  it('are refused when they are not JSON, too deep, or too much, one message or many', async () => {
    const texts: Record<string, string[]> = {
      'is not JSON': ['junk', '{"done":true}'],
      'nested deeper': [`{"text":${'['.repeat(3000)}${']'.repeat(3000)}}`, '{"done":true}'],
      'none of 1 messages': ['{"done":true}'],
    };
    for (const [message, replies] of Object.entries(texts)) {
      const { url } = await serveSocket((socket) => {
        for (const reply of replies) socket.send(reply);
      });
      expect((await ask(url)).message).toContain(message);
    }
    const endless = await serveSocket((socket) => {
      for (let n = 0; n < 5000; n++) socket.send('{}');
    });
    expect(await ask(endless.url)).toMatchObject({ kind: 'too-large' });
    const bomb = await serveSocket((socket) => socket.send(`"${'x'.repeat(5_000_000)}"`), { perMessageDeflate: { threshold: 0 } });
    expect(await ask(bomb.url, { compression: true })).toMatchObject({ kind: 'too-large' });
  });

  it('never become text of another kind in a message of ours', async () => {
    let text = '';
    const { url } = await serveSocket((socket) => say(socket, { error: text }));
    const agent = await openAgent('websocket', { ...optionsAt(url), reply: { error: '/error' } });
    for (text of hostileTexts.filter((one) => one !== '')) {
      const { message } = await failureOf(agent.ask(makeRequest()));
      // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what a message must not hold
      expect(message).not.toMatch(/[\u0000-\u001f\u007f\u200b\u202a-\u202e\u2066-\u2069]/);
    }
  });
});

describe('the end of a connection in the middle of an answer', () => {
  const cases: [code: number | undefined, expected: object][] = [
    [1000, { kind: 'reset', phase: 'ambiguous' }],
    [1001, { kind: 'reset', phase: 'ambiguous' }],
    [1008, { kind: 'agent-error', phase: 'answered', isTransient: false }],
    [1009, { kind: 'agent-error', phase: 'answered' }],
    [1011, { kind: 'agent-error', phase: 'ambiguous' }],
    [1012, { kind: 'reset', isTransient: true }],
    [1013, { kind: 'rate-limited', phase: 'answered', isTransient: true }],
    [4401, { kind: 'agent-error', phase: 'answered', message: expect.stringContaining('4401 (a code of the agent): bad key') }],
    [undefined, { kind: 'reset', phase: 'ambiguous' }],
  ];
  it.each(cases)('with %s', async (code, expected) => {
    const { url } = await serveSocket((socket) => {
      say(socket, { text: 'half' });
      if (code === undefined) socket.terminate();
      else socket.close(code, 'bad key');
    });
    expect(await ask(url)).toMatchObject(expected);
  });

  it('before anything was asked is known as such', async () => {
    const { url } = await serveSocket(() => {}, { onOpen: (socket) => socket.terminate() });
    expect(await ask(url, { ready: 'first' })).toMatchObject({ kind: 'reset', phase: 'not-sent', isTransient: true });
  });
});

describe('the opening', () => {
  it.each([
    [403, { kind: 'http-status', status: 403, isTransient: false }],
    [429, { kind: 'rate-limited', status: 429, isTransient: true }],
    [503, { kind: 'http-status', status: 503, isTransient: true }],
    [302, { kind: 'redirect' }],
    [200, { kind: 'bad-response' }],
  ])('that is answered with status %s is a failure without a secret', async (status, expected) => {
    const server = await serve(
      (response) => void response.writeHead(status, status === 302 ? { location: 'http://169.254.169.254/' } : {}).end('no'),
    );
    const failure = await ask(asSocket(server.url));
    expect(failure).toMatchObject(expected);
    expect(failure.message).not.toContain(key);
  });

  it('needs a subprotocol that was offered', async () => {
    const { url } = await serveSocket(() => {}, { handleProtocols: () => false });
    expect(await ask(url, { protocols: ['chat.v1'] })).toMatchObject({ kind: 'bad-response', phase: 'not-sent', isTransient: false });
  });

  it('is tried only at addresses that may be asked, and says that nothing was sent', async () => {
    expect(await ask('ws://127.0.0.1:9')).toMatchObject({ kind: 'refused', phase: 'not-sent' });
    expect(await ask('ws://169.254.169.254')).toMatchObject({ kind: 'refused', isTransient: false });
    await expect(openAgent('websocket', { url: 'http://a.example' })).rejects.toMatchObject({ code: 'agent-url-invalid' });
  });

  it('shows no key in its identity', () => {
    const definition = agents.get('websocket');
    const options = definition.options.parse({ ...optionsAt('wss://user:password-123@a.example/x?key=query-secret'), open: [{ key }] });
    const identity = JSON.stringify(definition.identity(options));
    expect(identity).not.toMatch(new RegExp(`${key}|password-123|query-secret`));
    expect(identity).toContain('wss://a.example/x');
  });
});

describe('deadlines', () => {
  const short = { connectMs: 1000, firstByteMs: 60, idleMs: 60 };

  it('hold for the opening, the first message and every further one', async () => {
    const silent = await serve(() => {});
    expect(await ask(asSocket(silent.url), {}, { deadlines: short })).toMatchObject({ kind: 'timeout' });
    const mute = await serveSocket(() => {});
    expect(await ask(mute.url, {}, { deadlines: { ...short, firstByteMs: 400 } })).toMatchObject({ kind: 'timeout', phase: 'ambiguous' });
    const halting = await serveSocket((socket) => say(socket, { text: 'half' }));
    expect(await ask(halting.url, {}, { deadlines: { ...short, firstByteMs: 2000 } })).toMatchObject({
      kind: 'timeout',
      message: /no more messages/,
    });
    const dead = await serveSocket(() => {}, { autoPong: false });
    expect(await ask(dead.url, { pingMs: 100 })).toMatchObject({ kind: 'timeout', message: /ping/ });
  });

  it('do not outlive an abort, which closes the connection', async () => {
    const { url, server } = await serveSocket((socket) => say(socket, { text: 'half' }));
    const agent = await openAgent('websocket', optionsAt(url));
    const controller = new AbortController();
    server.once('connection', (socket) => socket.once('message', () => controller.abort()));
    expect(await failureOf(agent.ask(makeRequest({ sample: makeSample(), signal: controller.signal })))).toMatchObject({ kind: 'aborted' });
    await expect.poll(() => openSockets(server)).toBe(0);
  });

  it('leave no connection behind after an answer', async () => {
    const { url, server } = await serveSocket((socket) => say(socket, { text: 'x', done: true }));
    const agent = await openAgent('websocket', optionsAt(url));
    await Promise.all(Array.from({ length: 5 }, () => agent.ask(makeRequest())));
    await expect.poll(() => openSockets(server)).toBe(0);
  });
});

function openSockets(server: WebSocketServer): number {
  return [...server.clients].filter(({ readyState }) => readyState === WebSocket.OPEN).length;
}
