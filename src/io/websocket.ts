import type { LookupFunction } from 'node:net';
import type { ClientOptions, WebSocket } from 'ws';
import { AgentFailure } from '../agents/agent.ts';
import { messageOf, ToolError } from '../errors.ts';
import { type AddressGuard, blockedAddressCode, createAddressGuard } from './address.ts';
import { abortFailure } from './failure.ts';
import { type HttpTarget, parseTarget } from './http.ts';
import { receiveReply } from './http-receive.ts';
import { type AgentSocket, connectionOf, type ExchangeLimits } from './socket-exchange.ts';
import { socketFailure } from './socket-failure.ts';

export interface SocketOptions extends ExchangeLimits {
  /** Subprotocols that are offered, the favourite first. */
  protocols: readonly string[];
  /** Whether compressed messages are offered. */
  isCompressed: boolean;
  guard?: AddressGuard;
}

export interface SocketRequest {
  target: HttpTarget;
  /** Replaces the path and query of the target. */
  path?: string | undefined;
  headers: Record<string, string>;
  /** The total deadline. */
  signal: AbortSignal;
}

export interface SocketClient {
  /** @throws AgentFailure, and nothing else, when no web socket could be opened. Redirects are not followed. */
  connect(request: SocketRequest): Promise<AgentSocket>;
  /** Breaks what is open. */
  close(): void;
}

/** @throws ToolError `agent-url-invalid` for anything but an absolute ws or wss URL. */
export function parseSocketTarget(url: string): HttpTarget {
  if (!/^wss?:\/\//i.test(url)) {
    throw new ToolError({
      code: 'agent-url-invalid',
      message: 'the agent URL is not an absolute ws or wss URL',
      remedy: 'write it like "wss://agent.example/chat"',
    });
  }
  const target = parseTarget(url.replace(/^ws/i, 'http'));
  return { ...target, endpoint: target.endpoint.replace(/^http/, 'ws') };
}

/** Opens web sockets; proxies are not used. The package is loaded with the first one. */
export function createSocketClient(options: SocketOptions): SocketClient {
  const { guard = createAddressGuard() } = options;
  const open = new Set<WebSocket>();
  return {
    async connect(request) {
      const { target, signal } = request;
      if (signal.aborted) throw abortFailure(signal, 'not-sent');
      if (guard.isBlocked(target.host)) throw blockedFailure(target.host);
      return openSocket(request, options, guard, (socket) => {
        open.add(socket);
        socket.once('close', () => open.delete(socket));
        return connectionOf(socket, options, target.endpoint);
      });
    },
    close() {
      for (const socket of open) socket.terminate();
    },
  };
}

/** `attach` is called in the very moment in which the socket opens: the first message may have come with that. */
async function openSocket<T>(request: SocketRequest, options: SocketOptions, guard: AddressGuard, attach: (socket: WebSocket) => T): Promise<T> {
  const { WebSocket } = await import('ws');
  const { target, headers, path = target.path, signal } = request;
  const { deadlines, maxReplyBytes, protocols, isCompressed } = options;
  return new Promise((resolve, reject) => {
    let timer: NodeJS.Timeout | undefined;
    let socket: WebSocket | undefined;
    let isSettled = false;
    const settle = () => {
      isSettled = true;
      clearTimeout(timer);
      signal.removeEventListener('abort', onAbort);
    };
    const fail = (failure: AgentFailure) => {
      if (isSettled) return;
      settle();
      reject(failure);
      socket?.terminate();
    };
    const limit = (ms: number, what: string) => {
      clearTimeout(timer);
      if (!isSettled) timer = setTimeout(() => fail(new AgentFailure('timeout', `${what} within ${ms} ms`, { phase: 'not-sent' })), ms);
    };
    const onAbort = () => fail(abortFailure(signal, 'not-sent'));
    signal.addEventListener('abort', onAbort, { once: true });
    limit(deadlines.connectMs, 'no connection');
    const wanted: ClientOptions & { lookup: LookupFunction } = {
      headers,
      maxPayload: maxReplyBytes,
      perMessageDeflate: isCompressed,
      lookup: guard.lookup,
      finishRequest(outgoing) {
        const onConnected = () => limit(deadlines.firstByteMs, 'no answer to the opening of a web socket');
        outgoing.once('socket', (raw) => raw.once(target.isSecure ? 'secureConnect' : 'connect', onConnected));
        outgoing.end();
      },
    };
    try {
      socket = new WebSocket(addressOf(target, path), [...protocols], wanted);
    } catch (error) {
      return fail(new AgentFailure('agent-error', `the request cannot be built: ${messageOf(error)}`, { phase: 'not-sent', isTransient: false }));
    }
    const opened = socket;
    opened.on('error', (error) => fail(openingFailure(error, target.endpoint, maxReplyBytes)));
    opened.once('unexpected-response', (_, incoming) => {
      limit(deadlines.idleMs, 'no more data');
      const done = () => fail(notUpgraded(incoming.statusCode));
      receiveReply(incoming, { onText: undefined, maxBytes: maxReplyBytes, onData: () => timer?.refresh(), fail, done });
    });
    opened.once('open', () => {
      if (isSettled) return;
      settle();
      resolve(attach(opened));
    });
  });
}

/** Credentials go into the address, where the package looks for them. */
function addressOf({ isSecure, host, port, auth }: HttpTarget, path: string): string {
  const [user = '', ...password] = auth?.split(':') ?? [];
  const credentials = auth === undefined ? '' : `${encodeURIComponent(user)}:${encodeURIComponent(password.join(':'))}@`;
  return `${isSecure ? 'wss' : 'ws'}://${credentials}${host.includes(':') ? `[${host}]` : host}:${port}${path}`;
}

function openingFailure(error: Error, where: string, maxBytes: number): AgentFailure {
  if ('code' in error && error.code === blockedAddressCode) return blockedFailure(error.message);
  return socketFailure(error, { phase: 'not-sent', isOpen: false, where, maxBytes });
}

function blockedFailure(host: string): AgentFailure {
  const message = `${host}: link-local and cloud metadata addresses are never asked`;
  return new AgentFailure('refused', message, { phase: 'not-sent', isTransient: false });
}

function notUpgraded(status = 0): AgentFailure {
  return new AgentFailure('bad-response', `the agent answered with status ${status} instead of opening a web socket`, { phase: 'answered' });
}
