import type { WebSocket } from 'ws';
import { AgentFailure, type Deadlines } from '../agents/agent.ts';
import { abortFailure } from './failure.ts';
import { binaryMessage, closeFailure, type SocketPhase, socketFailure, tooLarge } from './socket-failure.ts';

export interface ExchangeLimits {
  deadlines: Deadlines;
  /** Bytes of all messages of one exchange, after decompression. */
  maxReplyBytes: number;
  /** Pause between our pings, milliseconds; an agent that answers none is gone. Absent: only the agent's are answered. */
  pingMs?: number | undefined;
}

export interface Exchange {
  /** What is said, in order; may be nothing. */
  outgoing: readonly string[];
  /** True for the message that ends the exchange; absent: nothing is waited for. */
  isLast?: ((text: string) => boolean) | undefined;
  /** The exchange ends when the agent closes the connection. */
  endsWithClose?: boolean;
  /** Before anything is asked: earlier messages count, and whatever goes wrong, nothing was sent. Default false: they belong to what was said earlier. */
  isOpening?: boolean;
  signal: AbortSignal;
}

export interface Exchanged {
  messages: string[];
  /** `performance.now()` of the first message. */
  firstByteAt: number;
}

/** One open connection, for one exchange at a time. */
export interface AgentSocket {
  /** @throws AgentFailure, and nothing else; the connection is then broken. */
  exchange(exchange: Exchange): Promise<Exchanged>;
  /** Says goodbye and waits for no answer. */
  close(): void;
}

/** How long the agent may take for its part of a goodbye. */
const goodbyeMs = 1000;
/** What a message costs beside its text: a stream of empty ones must end too. */
const messageBytes = 64;

/** What an exchange hears of its connection. */
interface Listener {
  onMessage(text: string): void;
  /** A ping or pong: the agent is alive. */
  onSign(): void;
  onEnd(end: End): void;
}

/** Why there is nothing more to hear. */
type End = { failure: (phase: SocketPhase) => AgentFailure; isGoodbye: boolean };

/** Speaks over a socket that is open; from now on nothing that it says is missed. `where` goes into messages. */
export function connectionOf(socket: WebSocket, options: ExchangeLimits, where: string): AgentSocket {
  const { maxReplyBytes: maxBytes } = options;
  const earlier: string[] = [];
  let earlierBytes = 0;
  let listener: Listener | undefined;
  let end: End | undefined;
  const finish = (reason: End) => {
    end ??= reason;
    listener?.onEnd(end);
  };
  socket.on('message', (data, isBinary) => {
    const bytes = Array.isArray(data) ? Buffer.concat(data) : Buffer.from(data as Buffer);
    if (isBinary) {
      finish({ failure: () => binaryMessage(bytes.length), isGoodbye: false });
      return socket.terminate();
    }
    if (listener) return listener.onMessage(bytes.toString('utf8'));
    earlierBytes += bytes.length + messageBytes;
    if (earlierBytes <= maxBytes) earlier.push(bytes.toString('utf8'));
  });
  socket.on('ping', () => listener?.onSign());
  socket.on('pong', () => listener?.onSign());
  socket.on('error', (error) => finish({ failure: (phase) => socketFailure(error, { phase, isOpen: true, where, maxBytes }), isGoodbye: false }));
  socket.on('close', (code, reason) => {
    const said = reason.toString('utf8');
    finish({ failure: (phase) => closeFailure(code, said, phase), isGoodbye: code === 1000 || code === 1001 || code === 1005 });
  });
  if (options.pingMs !== undefined) keepAlive(socket, options.pingMs, finish);
  return {
    exchange: (exchange) => {
      const known = exchange.isOpening ? [...earlier] : [];
      earlier.length = 0;
      earlierBytes = 0;
      const listen = (next: Listener | undefined) => {
        listener = next;
        if (next && end) next.onEnd(end);
      };
      return runExchange(socket, { ...exchange, known, listen }, options);
    },
    close() {
      socket.close(1000);
      setTimeout(() => socket.terminate(), goodbyeMs).unref();
    },
  };
}

function keepAlive(socket: WebSocket, pingMs: number, finish: (end: End) => void): void {
  let isAlive = true;
  socket.on('pong', () => {
    isAlive = true;
  });
  const timer = setInterval(() => {
    if (!isAlive) {
      finish({ failure: (phase) => new AgentFailure('timeout', `no answer to a ping within ${pingMs} ms`, { phase }), isGoodbye: false });
      return socket.terminate();
    }
    isAlive = false;
    socket.ping();
  }, pingMs);
  socket.once('close', () => clearInterval(timer));
}

function runExchange(
  socket: WebSocket,
  exchange: Exchange & { known: readonly string[]; listen: (listener: Listener | undefined) => void },
  { deadlines, maxReplyBytes }: ExchangeLimits,
): Promise<Exchanged> {
  const { outgoing, isLast, endsWithClose, isOpening, signal, known, listen } = exchange;
  return new Promise((resolve, reject) => {
    if (signal.aborted) throw abortFailure(signal, 'not-sent');
    const messages: string[] = [];
    let bytes = 0;
    let firstByteAt: number | undefined;
    let phase: SocketPhase = 'not-sent';
    let timer: NodeJS.Timeout | undefined;
    let isSettled = false;
    const settle = () => {
      isSettled = true;
      clearTimeout(timer);
      listen(undefined);
      signal.removeEventListener('abort', onAbort);
    };
    const fail = (failure: AgentFailure) => {
      settle();
      reject(failure);
      socket.terminate();
    };
    const done = () => {
      settle();
      resolve({ messages, firstByteAt: firstByteAt ?? performance.now() });
    };
    const limit = (ms: number, what: string) => {
      clearTimeout(timer);
      timer = setTimeout(() => fail(new AgentFailure('timeout', `${what} within ${ms} ms`, { phase })), ms);
    };
    const onAbort = () => fail(abortFailure(signal, phase));
    const onMessage = (text: string) => {
      if (isSettled) return;
      if (firstByteAt === undefined) limit(deadlines.idleMs, 'no more messages');
      else timer?.refresh();
      firstByteAt ??= performance.now();
      bytes += Buffer.byteLength(text) + messageBytes;
      if (bytes > maxReplyBytes) return fail(tooLarge(maxReplyBytes));
      messages.push(text);
      if (isLast?.(text)) done();
    };
    const onEnd = (end: End) => (endsWithClose && end.isGoodbye && phase === 'ambiguous' ? done() : fail(end.failure(phase)));
    const onSign = () => {
      if (firstByteAt !== undefined) timer?.refresh();
    };
    signal.addEventListener('abort', onAbort, { once: true });
    limit(deadlines.firstByteMs, 'no message');
    listen({ onMessage, onSign, onEnd });
    for (const text of known) onMessage(text);
    for (const text of isSettled ? [] : outgoing) {
      socket.send(text);
      if (!isOpening) phase = 'ambiguous';
    }
    if (!isLast && !endsWithClose && !isSettled) done();
  });
}
