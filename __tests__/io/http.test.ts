import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createHttpClient, type HttpClientOptions, parseTarget } from '../../src/io/http.ts';
import { failureOf, json, serve, serveRaw } from '../agents/support.ts';

const deadlines = { connectMs: 300, firstByteMs: 300, idleMs: 300 };

function client(options: Partial<HttpClientOptions> = {}) {
  const made = createHttpClient({ maxConnections: 4, maxReplyBytes: 100_000, deadlines, ...options });
  onTestFinished(() => made.close());
  return made;
}

function get(url: string, signal = new AbortController().signal) {
  return { target: parseTarget(url), method: 'GET', headers: {}, signal };
}

describe('statuses', () => {
  it.each([
    [429, 'rate-limited', 'answered', true],
    [502, 'http-status', 'answered', true],
    [503, 'http-status', 'answered', true],
    [504, 'http-status', 'answered', true],
    [408, 'http-status', 'answered', true],
    [425, 'http-status', 'answered', true],
    [529, 'http-status', 'answered', true],
    [500, 'http-status', 'ambiguous', false],
    [501, 'http-status', 'answered', false],
    [400, 'http-status', 'answered', false],
    [401, 'http-status', 'answered', false],
    [404, 'http-status', 'answered', false],
    [422, 'http-status', 'answered', false],
  ])('%i is %s, %s, transient %s', async (status, kind, phase, isTransient) => {
    const { url } = await serve((response) => response.writeHead(status).end('<html><head><title>Oh no</title></head></html>'));
    const failure = await failureOf(client().request(get(url)));
    expect(failure).toMatchObject({ kind, phase, isTransient, status });
    expect(failure.message).toContain('HTML page "Oh no"');
  });

  it.each(['429 Slow\r\nRetry-After: 7', '429 Slow\r\nRetry-After: 7\r\nTransfer-Encoding: chunked'])(
    'keeps the status and the Retry-After of a reply whose body never ends: %j',
    async (head) => {
      const url = await serveRaw((socket) => {
        socket.write(`HTTP/1.1 ${head}\r\n\r\n`);
        const timer = setInterval(() => socket.write('1\r\n.\r\n'), 20);
        socket.on('close', () => clearInterval(timer));
      });
      expect(await failureOf(client().request(get(url)))).toMatchObject({ kind: 'rate-limited', retryAfterMs: 7000 });
    },
  );

  it.each([301, 302, 303, 307, 308])('%i is a redirect that is never followed', async (status) => {
    const other = await serve((response) => response.end());
    const { url } = await serve((response) => response.writeHead(status, { location: `${other.url}/x?token=secret` }).end());
    const failure = await failureOf(client().request(get(url)));
    expect(failure).toMatchObject({ kind: 'redirect', phase: 'answered', isTransient: false });
    expect(failure.message).toContain(`${other.url}/x`);
    expect(failure.message).not.toContain('secret');
    expect(other.seen).toEqual([]);
  });

  it.each([
    ['2', undefined, 2000],
    ['0', undefined, 0],
    ['-1', undefined, undefined],
    ['soon', undefined, undefined],
    ['soon 2099', undefined, undefined],
    ['Jan 1 2099', undefined, undefined],
    ['99999999999', undefined, 99_999_999_999_000],
    ['Sunday, 06-Nov-94 08:49:37 GMT', 'Sun, 06 Nov 1994 08:49:07 GMT', 30_000],
    ['Sun Nov  6 08:49:37 1994', 'Sun, 06 Nov 1994 08:49:07 GMT', 30_000],
    ['Wed, 21 Oct 2015 07:28:30 GMT', 'Wed, 21 Oct 2015 07:28:00 GMT', 30_000],
    ['Wed, 21 Oct 2015 07:27:00 GMT', 'Wed, 21 Oct 2015 07:28:00 GMT', 0],
  ])('reads Retry-After %s (Date %s) as %s ms', async (retryAfter, date, expected) => {
    const { url } = await serve((response) => response.writeHead(503, { 'retry-after': retryAfter, ...(date ? { date } : {}) }).end());
    expect((await failureOf(client().request(get(url)))).retryAfterMs).toBe(expected);
  });
});

describe('connection faults', () => {
  it('tells a closed port as refused and not sent', async () => {
    expect(await failureOf(client().request(get('http://127.0.0.1:1/')))).toMatchObject({ kind: 'refused', phase: 'not-sent', isTransient: true });
  });

  it('tells an unknown name as unreachable and not sent', async () => {
    expect(await failureOf(client({ deadlines: { ...deadlines, connectMs: 5000 } }).request(get('http://nowhere.invalid/')))).toMatchObject({
      kind: 'unreachable',
      phase: 'not-sent',
    });
  });

  it('tells a plain server behind https as a TLS failure, not sent', async () => {
    const url = await serveRaw((socket) => socket.end('HTTP/1.1 200 OK\r\n\r\n'));
    expect(await failureOf(client().request(get(url.replace('http:', 'https:'))))).toMatchObject({
      kind: 'tls',
      phase: 'not-sent',
      isTransient: false,
    });
  });

  it('tells a reset after the request was written as ambiguous', async () => {
    const url = await serveRaw((socket) => socket.resetAndDestroy());
    expect(await failureOf(client().request(get(url)))).toMatchObject({ kind: 'reset', phase: 'ambiguous', isTransient: false });
  });

  it('tells a reset of a kept connection as ambiguous too', async () => {
    const url = await serveRaw((socket, n) => (n === 1 ? socket.write('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok') : socket.resetAndDestroy()));
    const http = client();
    await http.request(get(url));
    expect(await failureOf(http.request(get(url)))).toMatchObject({ kind: 'reset', phase: 'ambiguous' });
  });

  it.each([
    ['no reply', ''],
    ['no more data', 'HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc'],
  ])('stops with "%s" when the server falls silent', async (message, head) => {
    const url = await serveRaw((socket) => socket.write(head));
    const failure = await failureOf(client().request(get(url)));
    expect(failure).toMatchObject({ kind: 'timeout', phase: 'ambiguous' });
    expect(failure.message).toContain(message);
  });

  it('ends a dribbling body at the total deadline', async () => {
    const url = await serveRaw((socket) => {
      socket.write('HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n');
      const timer = setInterval(() => socket.write('x'), 50);
      socket.on('close', () => clearInterval(timer));
    });
    const startedAt = performance.now();
    expect(await failureOf(client().request(get(url, AbortSignal.timeout(500))))).toMatchObject({ kind: 'timeout', phase: 'ambiguous' });
    expect(performance.now() - startedAt).toBeLessThan(1500);
  });

  it.each([['Content-Length: 10\r\n\r\nabc'], ['Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n'], ['Transfer-Encoding: chunked\r\n\r\n9\r\nabc']])(
    'never takes a cut body for a short one: %j',
    async (rest) => {
      const url = await serveRaw((socket) => socket.end(`HTTP/1.1 200 OK\r\n${rest}`));
      expect(await failureOf(client().request(get(url)))).toMatchObject({ kind: 'reset', phase: 'ambiguous' });
    },
  );

  it('refuses a body that is longer than its Content-Length', async () => {
    const url = await serveRaw((socket) => socket.end('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nabcdef'));
    expect((await failureOf(client().request(get(url)))).kind).toBe('bad-response');
  });

  it('refuses a flood of headers', async () => {
    const url = await serveRaw((socket) => socket.end(`HTTP/1.1 200 OK\r\n${'x-a: bbbbbbbbbb\r\n'.repeat(10_000)}\r\n`));
    expect((await failureOf(client().request(get(url)))).kind).toBe('bad-response');
  });

  it('tells a stopped run apart from a deadline', async () => {
    const { url } = await serve(() => {});
    const stop = new AbortController();
    const pending = failureOf(client().request(get(url, stop.signal)));
    setTimeout(() => stop.abort(), 50);
    expect(await pending).toMatchObject({ kind: 'aborted', phase: 'ambiguous' });
    expect(await failureOf(client().request(get(url, stop.signal)))).toMatchObject({ kind: 'aborted', phase: 'not-sent' });
  });
});

describe('bodies', () => {
  it.each([
    ['gzip', gzipSync],
    ['br', brotliCompressSync],
    ['deflate', deflateSync],
  ] as const)('decompresses %s, and refuses it damaged or too large', async (encoding, compress) => {
    // Brotli takes its time: that is none of the server's.
    const [big, small] = [compress('a'.repeat(1_000_000)), compress('héllo')];
    const { url } = await serve((response, { url: path }) => {
      const bytes = path === '/big' ? big : small;
      response.writeHead(200, { 'content-encoding': encoding });
      response.end(path === '/cut' ? bytes.subarray(0, bytes.length - 4) : bytes);
    });
    expect((await client().request(get(url))).body).toBe('héllo');
    expect(await failureOf(client().request(get(`${url}/big`)))).toMatchObject({ kind: 'too-large', phase: 'answered' });
    expect((await failureOf(client().request(get(`${url}/cut`)))).kind).toBe('bad-response');
  });

  it('stops an endless body at the cap', async () => {
    const url = await serveRaw((socket) => {
      socket.write('HTTP/1.1 200 OK\r\n\r\n');
      const chunk = 'x'.repeat(65_536);
      const more = () => {
        while (socket.writable && socket.write(chunk));
      };
      socket.on('drain', more);
      more();
    });
    expect((await failureOf(client().request(get(url)))).kind).toBe('too-large');
  });

  it.each([
    ['a byte order mark', Buffer.from('\uFEFFhi'), 'text/plain', 'hi'],
    ['latin1 that says so', Buffer.from([0xe9]), 'text/plain; charset=ISO-8859-1', 'é'],
    ['UTF-16 that says so', Buffer.from('hi', 'utf16le'), 'text/plain; charset=utf-16le', 'hi'],
  ])('reads %s', async (_, bytes, type, text) => {
    const { url } = await serve((response) => response.writeHead(200, { 'content-type': type }).end(bytes));
    expect((await client().request(get(url))).body).toBe(text);
  });

  it('refuses bytes that are not text', async () => {
    const { url } = await serve((response) => response.end(Buffer.from([0xff, 0xfe, 0x68, 0x00])));
    expect((await failureOf(client().request(get(url)))).message).toContain('not utf-8 text');
  });
});

describe('connections', () => {
  it('uses no more connections than it may, and keeps them', async () => {
    const { url, seen, sockets } = await serve((response) => setTimeout(() => json(response, {}), 5));
    const http = client({ maxConnections: 3 });
    await Promise.all(Array.from({ length: 30 }, () => http.request(get(url))));
    expect(seen).toHaveLength(30);
    expect(sockets.size).toBe(3);
  });

  it.each([
    'http://169.254.169.254/latest',
    'http://0xA9FEA9FE/',
    'http://2852039166/',
    'http://0251.0376.0251.0376/',
    'http://[::ffff:169.254.169.254]/',
    'http://[::ffff:a9fe:a9fe]/',
    'http://[fe80::1]/',
    'http://[fd00:ec2::254]/',
    'http://[64:ff9b::a9fe:a9fe]/',
    'http://100.100.100.200/',
  ])('never asks %s', async (url) => {
    expect(await failureOf(client().request(get(url)))).toMatchObject({ kind: 'refused', phase: 'not-sent', isTransient: false });
  });

  it('takes a password with a lone percent sign as it is', () => {
    expect(parseTarget('http://me:50%@a.example/')).toMatchObject({ auth: 'me:50%', endpoint: 'http://a.example/' });
  });

  it('sends the credentials of the URL and shows them nowhere', async () => {
    const { url, seen } = await serve((response) => response.writeHead(404).end());
    const target = parseTarget(url.replace('http://', 'http://me:p%40ss@'));
    const failure = await failureOf(client().request({ ...get(url), target }));
    expect(seen[0]?.headers.authorization).toBe(`Basic ${Buffer.from('me:p@ss').toString('base64')}`);
    expect(target.endpoint + failure.message).not.toContain('p@ss');
  });
});
