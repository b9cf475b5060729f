import { gzipSync } from 'node:zlib';
import type { Fault, Wire } from './fault-server.ts';

/** How often a call that always fails so is made: `never-again`, `once-more` (it may have been served), or as often as `maxRetries` allows. */
export type Retries = 'never-again' | 'once-more' | 'as-allowed';

/** One way of a server to do wrong, or to do right in an odd way. */
export interface FaultKind {
  name: string;
  /** The fault of docs/reliability.md that it belongs to. */
  item: string;
  send: Fault;
  /** Kinds of the error that the slot gets; absent: the reply is a right one, however it came. */
  errors?: readonly string[];
  retries: Retries;
}

const json = 'Content-Type: application/json\r\n';
const sse = 'Content-Type: text/event-stream\r\n';
const lengthOf = (text: string | Buffer) => `Content-Length: ${Buffer.byteLength(text)}\r\n`;
const chunk = (bytes: Buffer | string) => `${Buffer.byteLength(bytes).toString(16)}\r\n${bytes}\r\n`;
const half = (text: string) => text.slice(0, Math.ceil(text.length / 2));

/** A head and what comes after it, in one write. */
const reply = ({ socket }: Wire, headers: string, body: string | Buffer = '', status = '200 OK') => {
  socket.write(Buffer.concat([Buffer.from(`HTTP/1.1 ${status}\r\n${headers}\r\n`), Buffer.from(body)]));
};
const wholeJson = (wire: Wire, body: string | Buffer, extra = '') => reply(wire, json + extra + lengthOf(body), body);
const wholeStream = (wire: Wire, body: string | Buffer) => reply(wire, sse + lengthOf(body), body);
const kind = (item: string, name: string, errors: readonly string[], retries: Retries, send: Fault): FaultKind => ({
  item,
  name,
  errors,
  retries,
  send,
});
const fine = (item: string, name: string, send: Fault): FaultKind => ({ item, name, retries: 'never-again', send });
/** Writes for as long as the other side reads. */
function pour({ socket }: Wire, piece: string | Buffer): void {
  const more = () => {
    while (socket.writable && socket.write(piece));
  };
  socket.on('drain', more);
  more();
}

const cut = ['reset'];
const late = ['timeout'];
const bad = ['bad-response'];

/** A status with an excuse. */
function status(code: number, retries: Retries, headers = '', item = 'F08'): FaultKind {
  const errors = [code === 429 ? 'rate-limited' : 'http-status'];
  const extra = headers === '' ? '' : ` and ${headers.trim()}`;
  return kind(item, `status ${code}${extra}`, errors, retries, (wire) =>
    reply(wire, `${json + headers}${lengthOf('{"error":"no"}')}`, '{"error":"no"}', `${code} No`),
  );
}

/** A 429 or 503 that asks for a pause of so many milliseconds, and holds the client to it. `body` writes what comes after the head. */
function limited(
  name: string,
  headers: (nowMs: number) => string,
  ms: number,
  options: { code?: number; scope?: 'slot' | 'host'; body?: (wire: Wire) => void } = {},
): FaultKind {
  const { code = 429, scope = code === 429 ? 'host' : 'slot', body = ({ socket }) => void socket.write('Content-Length: 0\r\n\r\n') } = options;
  return kind(code === 429 ? 'F10' : 'F08', `${code} ${name}`, [code === 429 ? 'rate-limited' : 'http-status'], 'as-allowed', (wire) => {
    wire.demandPause(ms, scope);
    wire.socket.write(`HTTP/1.1 ${code} Wait\r\n${headers(Date.now())}`);
    body(wire);
  });
}
const httpDate = (ms: number) => new Date(ms).toUTCString();
const hourMs = 3_600_000;
/** A date of whole seconds, and one 1 s later, by a clock that is wrong by so much. */
const skewed = (offMs: number) => (nowMs: number) => `Date: ${httpDate(nowMs + offMs)}\r\nRetry-After: ${httpDate(nowMs + offMs + 1000)}\r\n`;

/** F05 to F07: the connection breaks, or says nothing more. */
const broken: FaultKind[] = [
  kind('F05', 'reset before the reply', cut, 'once-more', ({ socket }) => socket.resetAndDestroy()),
  kind('F05', 'reset inside the head', cut, 'once-more', ({ socket }) => {
    socket.write('HTTP/1.1 200 OK\r\nContent-Ty', () => socket.resetAndDestroy());
  }),
  kind('F05', 'reset after the head', cut, 'once-more', ({ socket, good }) => {
    socket.write(`HTTP/1.1 200 OK\r\n${json}${lengthOf(good.body)}\r\n`, () => socket.resetAndDestroy());
  }),
  kind('F05', 'reset inside the body', cut, 'once-more', ({ socket, good }) => {
    socket.write(`HTTP/1.1 200 OK\r\n${json}${lengthOf(good.body)}\r\n${half(good.body)}`, () => socket.resetAndDestroy());
  }),
  kind('F05', 'closed without a reply', cut, 'once-more', ({ socket }) => socket.end()),
  kind('F06', 'silence', late, 'once-more', () => {}),
  kind('F06', 'silence inside the head', late, 'once-more', ({ socket }) => void socket.write('HTTP/1.1 200 OK\r\nContent-')),
  kind('F06', 'silence after the head', late, 'once-more', (wire) => reply(wire, `${json}Content-Length: 99\r\n`)),
  kind('F06', 'silence inside the body', late, 'once-more', (wire) => reply(wire, json + lengthOf(wire.good.body), half(wire.good.body))),
  kind('F06', 'silence inside a chunk', late, 'once-more', (wire) =>
    reply(wire, `${json}Transfer-Encoding: chunked\r\n`, chunk(wire.good.body).slice(0, -9)),
  ),
  kind('F06', 'half-closed inside the body', cut, 'once-more', ({ socket, good }) => {
    socket.end(`HTTP/1.1 200 OK\r\n${json}${lengthOf(good.body)}\r\n${half(good.body)}`);
  }),
  kind('F07', 'a body that dribbles', late, 'once-more', (wire) => {
    reply(wire, json + lengthOf(wire.good.body));
    let at = 0;
    wire.every(100, () => wire.socket.write(wire.good.body[at++] ?? ''));
  }),
  kind('F07', 'a head that dribbles', late, 'once-more', (wire) => {
    wire.socket.write('HTTP/1.1 200 OK\r\nx-a: ');
    wire.every(100, () => wire.socket.write('a'));
  }),
  kind('F07', 'endless 102 Processing', late, 'once-more', (wire) => wire.every(50, () => wire.socket.write('HTTP/1.1 102 Processing\r\n\r\n'))),
];

/** F08 to F11. */
const statuses: FaultKind[] = [
  status(500, 'once-more'),
  ...[502, 503, 504, 408, 425, 529].map((code) => status(code, 'as-allowed')),
  ...[400, 404, 405, 409, 413, 422, 451, 501].map((code) => status(code, 'never-again', '', 'F11')),
  kind('F08', 'status 500 with a body that never comes', ['http-status'], 'once-more', (wire) => reply(wire, 'Content-Length: 9\r\n', '', '500 No')),
  kind('F11', 'status 404 with an endless body', ['http-status'], 'never-again', (wire) => {
    reply(wire, 'Content-Type: text/html\r\n', '', '404 No');
    pour(wire, '<p>'.repeat(20_000));
  }),
  kind('F11', 'status 422 with a body that dribbles', ['http-status'], 'never-again', (wire) => {
    reply(wire, 'Content-Length: 9999\r\n', '', '422 No');
    wire.every(100, () => wire.socket.write('n'));
  }),
  limited('Retry-After: 1', () => 'Retry-After: 1\r\n', 1000),
  limited('Retry-After: 1', () => 'Retry-After: 1\r\n', 1000, { code: 503 }),
  limited('Retry-After as a date', skewed(0), 1000),
  limited('Retry-After as a date, a clock an hour ahead', skewed(hourMs), 1000),
  limited('Retry-After as a date, a clock an hour behind', skewed(-hourMs), 1000),
  limited('Retry-After in the past', (nowMs) => `Date: ${httpDate(nowMs)}\r\nRetry-After: ${httpDate(nowMs - 60_000)}\r\n`, 0),
  limited('Retry-After: soon 2099', () => 'Retry-After: soon 2099\r\n', 0),
  limited('Retry-After: -5', () => 'Retry-After: -5\r\n', 0),
  limited('no Retry-After', () => '', 0),
  limited('Retry-After: 1, and a body that never comes', () => 'Retry-After: 1\r\n', 1000, {
    // Until it is given up, the others know nothing of it.
    scope: 'slot',
    body: ({ socket }) => void socket.write('Content-Length: 20\r\n\r\nslow'),
  }),
  limited('Retry-After: 1, and a cut body', () => 'Retry-After: 1\r\n', 1000, { body: ({ socket }) => socket.end('Content-Length: 20\r\n\r\ncut') }),
];

const noAnswer = (name: string, body: string | Buffer, type = 'application/json', item = 'F12') =>
  kind(item, name, bad, 'never-again', (wire) => reply(wire, `Content-Type: ${type}\r\n${lengthOf(body)}`, body));

/** F12 and F13: a reply that came, and is none. */
const replies: FaultKind[] = [
  noAnswer('JSON that is cut', '{"answer": "echo: q'),
  noAnswer('JSON with a comment', '{"answer": "echo" /* q */}'),
  noAnswer('two JSON values', '{"answer": "a"}{"answer": "b"}'),
  noAnswer('an empty body', ''),
  noAnswer('white space', ' \r\n '),
  kind('F12', 'status 204', bad, 'never-again', (wire) => reply(wire, '', '', '204 No Content')),
  noAnswer('UTF-16 that does not say so', Buffer.from('\ufeff{"answer": "x"}', 'utf16le')),
  noAnswer('an HTML error page', '<!DOCTYPE html><title>Down</title><p>{"answer": "x"}', 'text/html'),
  noAnswer('an image', Buffer.from('89504e470d0a1a0a', 'hex'), 'image/png'),
  noAnswer('invalid UTF-8', Buffer.from('7b22616e73776572223a22ff227d', 'hex')),
  noAnswer('another charset than it says', '{"answer": "é"}', 'application/json; charset=utf-99'),
  noAnswer('JSON without the answer', '{"text": "hello"}'),
  noAnswer('deep JSON', `{"answer": ${'['.repeat(5000)}${']'.repeat(5000)}}`),
  kind('F12', 'an unknown content-encoding', bad, 'never-again', (wire) => wholeJson(wire, wire.good.body, 'Content-Encoding: rot13\r\n')),
  kind('F13', 'a Content-Length that is too long', cut, 'once-more', ({ socket, good }) => {
    socket.end(`HTTP/1.1 200 OK\r\n${json}Content-Length: ${good.body.length + 9}\r\n\r\n${good.body}`);
  }),
  kind('F13', 'a Content-Length that is too short', bad, 'never-again', ({ socket, good }) => {
    socket.write(`HTTP/1.1 200 OK\r\n${json}Content-Length: ${good.body.length - 9}\r\n\r\n${good.body}`);
  }),
  kind('F13', 'two Content-Lengths', bad, 'never-again', (wire) =>
    reply(wire, `${json}Content-Length: 5\r\n${lengthOf(wire.good.body)}`, wire.good.body),
  ),
  kind('F13', 'a length beside chunks', bad, 'never-again', (wire) =>
    reply(wire, `${json}Content-Length: 5\r\nTransfer-Encoding: chunked\r\n`, `${chunk(wire.good.body)}0\r\n\r\n`),
  ),
  kind('F13', 'chunks without an end', cut, 'once-more', ({ socket, good }) => {
    socket.end(`HTTP/1.1 200 OK\r\n${json}Transfer-Encoding: chunked\r\n\r\n${chunk(good.body)}`);
  }),
  kind('F13', 'a chunk size that is none', bad, 'never-again', (wire) =>
    reply(wire, `${json}Transfer-Encoding: chunked\r\n`, `zz\r\n${wire.good.body}`),
  ),
  kind('F13', 'gzip that is cut', bad, 'never-again', (wire) =>
    wholeJson(wire, gzipSync(wire.good.body).subarray(0, -9), 'Content-Encoding: gzip\r\n'),
  ),
  kind('F13', 'gzip that is none', bad, 'never-again', (wire) => wholeJson(wire, wire.good.body, 'Content-Encoding: gzip\r\n')),
  kind('F13', 'no HTTP at all', bad, 'never-again', ({ socket }) => void socket.write('SSH-2.0-OpenSSH_9.6\r\n\r\n')),
];

/** F14: event streams. */
const streams: FaultKind[] = [
  kind('F14', 'a stream that ends inside an event', cut, 'once-more', (wire) => wholeStream(wire, wire.good.stream.slice(0, 30))),
  kind('F14', 'a stream without its end mark', cut, 'once-more', (wire) => wholeStream(wire, wire.good.stream.replace('data: [DONE]\n\n', ''))),
  kind('F14', 'a stream that is broken off', cut, 'once-more', ({ socket, good }) => {
    socket.end(`HTTP/1.1 200 OK\r\n${sse}Transfer-Encoding: chunked\r\n\r\n${chunk(good.stream.slice(0, 40))}`);
  }),
  kind('F14', 'an error event', ['agent-error'], 'never-again', (wire) =>
    wholeStream(wire, `event: error\ndata: {"message":"no"}\n\n${wire.good.stream}`),
  ),
  kind('F14', 'a stream that falls silent', late, 'once-more', (wire) => reply(wire, sse, wire.good.stream.slice(0, 40))),
];

/** F15 and T20: more than anybody wants. The client's limit is below 1 MB. */
const floods: FaultKind[] = [
  kind('F15', 'a gzip bomb', ['too-large'], 'never-again', (wire) => wholeJson(wire, bomb, 'Content-Encoding: gzip\r\n')),
  kind('F15', 'an endless body', ['too-large'], 'never-again', (wire) => {
    reply(wire, json);
    pour(wire, 'x'.repeat(65_536));
  }),
  kind('F15', 'an endless stream', ['too-large'], 'never-again', (wire) => {
    reply(wire, sse);
    pour(wire, ': nothing\n'.repeat(5000));
  }),
  kind('F15', '10,000 headers', bad, 'never-again', (wire) => reply(wire, 'x-a: b\r\n'.repeat(10_000))),
  kind('F15', 'a giant header', bad, 'never-again', (wire) => reply(wire, `x-a: ${'b'.repeat(1_000_000)}\r\n`)),
  kind('F15', 'an endless chunk extension', bad, 'never-again', (wire) => {
    reply(wire, `${json}Transfer-Encoding: chunked\r\n`, '1;');
    pour(wire, 'e'.repeat(20_000));
  }),
];
/** 8 MB of zeros, as 8 KB. */
const bomb = gzipSync(Buffer.alloc(8_000_000));

/** T18: none of them is followed. */
export const redirects = (location: string): FaultKind[] =>
  [300, 301, 302, 303, 304, 307, 308].map((code) =>
    kind('T18', `status ${code}`, ['redirect'], 'never-again', (wire) =>
      reply(wire, `Location: ${location}\r\nContent-Length: 0\r\n`, '', `${code} Moved`),
    ),
  );

/** Right answers that come in an odd way. */
const oddities: FaultKind[] = [
  fine('F12', 'a byte order mark', (wire) => wholeJson(wire, `\ufeff${wire.good.body}`)),
  fine('F12', 'JSON that is called text', (wire) => reply(wire, `Content-Type: text/plain\r\n${lengthOf(wire.good.body)}`, wire.good.body)),
  fine('F13', 'chunks of one byte', (wire) =>
    reply(wire, `${json}Transfer-Encoding: chunked\r\n`, `${[...wire.good.body].map((one) => chunk(one)).join('')}0\r\nx-trailer: 1\r\n\r\n`),
  ),
  fine('F13', 'gzip', (wire) => wholeJson(wire, gzipSync(wire.good.body), 'Content-Encoding: gzip\r\n')),
  fine('F13', 'HTTP/1.0 that ends by closing', ({ socket, good }) => socket.end(`HTTP/1.0 200 OK\r\n${json}\r\n${good.body}`)),
  fine('F06', '103 Early Hints first', (wire) => {
    wire.socket.write('HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n');
    wholeJson(wire, wire.good.body);
  }),
  ...['\r', '\r\n'].map((end) =>
    fine('F14', `a stream whose lines end with ${JSON.stringify(end)}`, (wire) => wholeStream(wire, wire.good.stream.replaceAll('\n', end))),
  ),
  fine('F14', 'a stream of lines that end with CR and is not closed', (wire) => reply(wire, sse, wire.good.stream.replaceAll('\n', '\r'))),
];

/** Everything that a server can do to one call over JSON or an event stream. */
export const faultKinds: readonly FaultKind[] = [...broken, ...statuses, ...replies, ...streams, ...floods, ...redirects('/elsewhere'), ...oddities];
