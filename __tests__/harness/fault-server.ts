import { createServer, type Server, type Socket } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import { goodAnswer, slotOf } from './fault-answers.ts';

/** One request as the server read it: the authority on what was really sent. */
export interface FaultCall {
  /** What is asked, such as `q7`: the first word of that form in the path or body. */
  slot: string;
  /** Calls of this slot so far, this one included. */
  index: number;
  /** Calls of all slots so far, this one included. */
  number: number;
  /** The connection that it came on, from 1. */
  connection: number;
  method: string;
  path: string;
  headers: Record<string, string>;
  body: string;
  /** The idempotency key. */
  key: string;
  /** `performance.now()` when it was complete. */
  atMs: number;
}

/** What a fault may do: it writes bytes, waits, breaks the connection, or nothing at all. */
export interface Wire {
  socket: Socket;
  call: FaultCall;
  /** The right answer to this call, as JSON or as the text of an event stream. */
  good: { body: string; stream: string };
  /** From now on a call of this slot, or of any slot in the same role, that comes within so many milliseconds is a problem of the test. */
  demandPause(ms: number, scope: 'slot' | 'host'): void;
  /** Runs again and again until the connection is gone. */
  every(ms: number, action: () => void): void;
}
export type Fault = (wire: Wire) => void;

export interface FaultServerOptions {
  /** What is done with a call; undefined: the right answer. */
  script?: (call: FaultCall) => Fault | undefined;
  /** Runs for each connection before a byte of it is read, with its number from 1; false: the connection is reset. */
  onConnection?: (number: number) => boolean;
  /** A key and certificate: TLS is spoken. */
  tls?: { key: string; cert: string };
  /** Default: any that is free. */
  port?: number;
}

/**
 * A server of raw sockets that plays an agent, a model behind an OpenAI-shaped API and GitHub's API, at once and by the paths that are
 * asked, and does wrong what a script says, per slot and per connection. What it saw is the oracle of fault tests: its call log says
 * what was sent how often, and `problems` says which call came earlier than a `Retry-After` allowed. `close` throws when there are any.
 */
export interface FaultServer {
  port: number;
  /** Origin, without a slash at its end. */
  origin: string;
  calls: FaultCall[];
  connections: number;
  problems: string[];
  options: FaultServerOptions;
  callsOf(slot: string): FaultCall[];
  /** Forgets all that was seen; the script stays. */
  reset(): void;
  /** New connections are refused from now on, and those that are open are broken. */
  stopListening(): void;
  close(): Promise<void>;
}

/** Agent, judge and GitHub are different hosts in the eyes of a client: what one of them asks for binds only its own calls. */
const roleOf = (path: string): string => path.split('/')[1] ?? '';

/**
 * So many calls of other slots may come before a pause that was demanded of all is heard, however slow the machine is: eight at once, for
 * each of the few turns in which a busy client reads the head and the body of that reply.
 */
const underway = 40;

export async function startFaultServer(options: FaultServerOptions = {}): Promise<FaultServer> {
  const open = new Set<Socket>();
  let pauses: { role: string; slot: string; isForAll: boolean; untilMs: number; early: number }[] = [];
  const onSocket = (socket: Socket) => {
    open.add(socket);
    socket.on('error', () => {});
    socket.on('close', () => open.delete(socket));
    faulty.connections += 1;
    const connection = faulty.connections;
    if (faulty.options.onConnection?.(connection) === false) return void socket.resetAndDestroy();
    readRequests(socket, (request) => {
      const call = logCall(request, connection);
      const wire: Wire = {
        socket,
        call,
        good: goodAnswer(call),
        demandPause: (ms, scope) => {
          pauses.push({ role: roleOf(call.path), slot: call.slot, isForAll: scope === 'host', untilMs: performance.now() + ms, early: 0 });
        },
        every(ms, action) {
          const timer = setInterval(action, ms);
          socket.once('close', () => clearInterval(timer));
        },
      };
      (faulty.options.script?.(call) ?? answerWell)(wire);
    });
  };

  function logCall(request: Omit<FaultCall, 'slot' | 'index' | 'number' | 'connection' | 'key' | 'atMs'>, connection: number): FaultCall {
    const atMs = performance.now();
    const slot = slotOf(request);
    const known = faulty.calls.filter((call) => call.slot === slot).length;
    const call = {
      ...request,
      slot,
      index: known + 1,
      number: faulty.calls.length + 1,
      connection,
      key: request.headers['idempotency-key'] ?? '',
      atMs,
    };
    faulty.calls.push(call);
    for (const pause of pauses) {
      // Timers may fire a millisecond early.
      if (pause.role !== roleOf(call.path) || atMs >= pause.untilMs - 2) continue;
      const isOwn = pause.slot === slot;
      if (!isOwn && pause.isForAll) pause.early += 1;
      if (isOwn || pause.early > underway) faulty.problems.push(`${slot} was asked ${Math.round(pause.untilMs - atMs)} ms before it was allowed`);
    }
    return call;
  }

  const server: Server = options.tls ? createTlsServer(options.tls, onSocket) : createServer(onSocket);
  server.on('tlsClientError', () => {});
  await new Promise<void>((resolve) => server.listen(options.port ?? 0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  const stop = () => {
    // First no more connections, then none that are open.
    const closed = new Promise<void>((resolve) => server.close(() => resolve()));
    for (const socket of open) socket.destroy();
    return closed;
  };
  const faulty: FaultServer = {
    port,
    origin: `${options.tls ? 'https' : 'http'}://127.0.0.1:${port}`,
    calls: [],
    connections: 0,
    problems: [],
    options,
    callsOf: (slot) => faulty.calls.filter((call) => call.slot === slot),
    reset() {
      pauses = [];
      Object.assign(faulty, { calls: [], problems: [], connections: 0 });
    },
    stopListening: () => void stop(),
    async close() {
      await stop();
      if (faulty.problems.length > 0) throw new Error(faulty.problems.join('\n'));
    },
  };
  return faulty;
}

function answerWell({ socket, good }: Wire): void {
  socket.write(`HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: ${Buffer.byteLength(good.body)}\r\n\r\n${good.body}`);
}

type ReadRequest = Pick<FaultCall, 'method' | 'path' | 'headers' | 'body'>;

/** Requests of one connection, one after the other; their bodies have a Content-Length or are chunked. */
function readRequests(socket: Socket, onRequest: (request: ReadRequest) => void): void {
  let text = '';
  socket.setNoDelay(true);
  socket.on('data', (bytes) => {
    // One character per byte: lengths are those of the wire.
    text += bytes.toString('latin1');
    for (;;) {
      const end = text.indexOf('\r\n\r\n');
      if (end < 0) return;
      const [first = '', ...lines] = text.slice(0, end).split('\r\n');
      const headers = Object.fromEntries(lines.map((line) => [line.split(':', 1)[0]?.toLowerCase() ?? '', line.slice(line.indexOf(':') + 1).trim()]));
      const body = bodyOf(headers, text.slice(end + 4));
      if (!body) return;
      text = text.slice(end + 4 + body.taken);
      const [method = '', path = ''] = first.split(' ');
      onRequest({ method, path, headers, body: Buffer.from(body.text, 'latin1').toString('utf8') });
    }
  });
}

/** Undefined: it is not there yet. `taken`: bytes of it, on the wire. */
function bodyOf(headers: Record<string, string>, rest: string): { text: string; taken: number } | undefined {
  if (headers['transfer-encoding'] !== 'chunked') {
    const length = Number(headers['content-length'] ?? 0);
    return rest.length < length ? undefined : { text: rest.slice(0, length), taken: length };
  }
  const end = /(?:^|\r\n)0\r\n\r\n/.exec(rest);
  if (!end) return undefined;
  const taken = end.index + end[0].length;
  let text = '';
  for (let at = 0; at < end.index; ) {
    const lineEnd = rest.indexOf('\r\n', at);
    const size = Number.parseInt(rest.slice(at, lineEnd), 16);
    text += rest.slice(lineEnd + 2, lineEnd + 2 + size);
    at = lineEnd + 2 + size + 2;
  }
  return { text, taken };
}
