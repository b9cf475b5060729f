import { Agent as HttpAgent, request as httpRequest, type IncomingHttpHeaders, type IncomingMessage, type RequestOptions } from 'node:http';
import type { Agent as HttpsAgent } from 'node:https';
import { AgentFailure, type Deadlines } from '../agents/agent.ts';
import { messageOf, ToolError } from '../errors.ts';
import { type AddressGuard, blockedAddressCode, createAddressGuard } from './address.ts';
import { abortFailure, networkFailure } from './failure.ts';
import { mediaTypeOf } from './http-body.ts';
import { receiveReply } from './http-receive.ts';
import { createTunnelAgent, type HttpTunnel } from './proxy-tunnel.ts';

/** Where requests go, parsed once. */
export interface HttpTarget {
  /** Scheme, host and path, without credentials or query: safe to show. */
  readonly endpoint: string;
  readonly isSecure: boolean;
  readonly host: string;
  readonly port: number;
  /** Path and query as sent. */
  readonly path: string;
  /** `user:password` of the URL. */
  readonly auth?: string;
  /** Of a secure host: the proxy on the way. */
  readonly tunnel?: HttpTunnel;
}

export interface HttpRequest {
  target: HttpTarget;
  /** Replaces the path and query of the target. */
  path?: string;
  method: string;
  headers: Record<string, string>;
  body?: string | Uint8Array;
  /** The total deadline. */
  signal: AbortSignal;
  /** Gets the head of a good reply before its body. */
  onHead?: (head: Pick<HttpReply, 'status' | 'headers' | 'contentType'>) => void;
  /** True: a reply is given whole whatever its status, redirects excepted. */
  takesAnyStatus?: boolean;
  /** For `text/event-stream`: gets the text as it comes and says whether more is wanted; the reply's body is then empty. */
  onText?: (text: string) => boolean;
}

export interface HttpReply {
  /** 200..299, or any other where the request takes it. */
  status: number;
  headers: IncomingHttpHeaders;
  /** Media type in lower case, without parameters. */
  contentType: string;
  body: string;
  /** Milliseconds from the call to the first byte of the body. */
  firstByteMs: number;
}

export interface HttpClientOptions {
  /** Connections at once per host; more requests wait. */
  maxConnections: number;
  /** Bytes of one body, after decompression. */
  maxReplyBytes: number;
  deadlines: Deadlines;
  guard?: AddressGuard;
}

export interface HttpClient {
  /**
   * One request, one try. Redirects are not followed.
   * @throws AgentFailure, and nothing else, for anything but a complete reply with a status of 200..299, or with any that the request takes.
   */
  request(request: HttpRequest): Promise<HttpReply>;
  /** Closes the idle connections and breaks the busy ones. */
  close(): void;
}

/** Idle connections are dropped before servers do it: 2 s is the shortest common keep-alive limit (gunicorn). */
const idleConnectionMs = 1500;
/** How long a finished event stream may take to end its connection so that it can be used again. */
const drainMs = 200;

/** @throws ToolError `agent-url-invalid` for anything but an absolute http or https URL. */
export function parseTarget(url: string): HttpTarget {
  const parsed = URL.canParse(url) ? new URL(url) : undefined;
  if (!parsed || (parsed.protocol !== 'http:' && parsed.protocol !== 'https:')) {
    throw new ToolError({
      code: 'agent-url-invalid',
      message: 'the agent URL is not an absolute http or https URL',
      remedy: 'write it like "https://agent.example/chat"',
    });
  }
  const isSecure = parsed.protocol === 'https:';
  const auth = decoded(parsed.username) + (parsed.password ? `:${decoded(parsed.password)}` : '');
  return {
    endpoint: parsed.origin + parsed.pathname,
    isSecure,
    host: parsed.hostname.replace(/^\[|\]$/g, ''),
    port: parsed.port === '' ? (isSecure ? 443 : 80) : Number(parsed.port),
    path: parsed.pathname + parsed.search,
    ...(auth ? { auth } : {}),
  };
}

/** A percent sign that encodes nothing stands for itself. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** A keep-alive client over node:http and node:https; only the proxies that a target names are used. */
export function createHttpClient(options: HttpClientOptions): HttpClient {
  const { maxConnections, guard = createAddressGuard() } = options;
  const agentOptions = {
    keepAlive: true,
    maxSockets: maxConnections,
    maxFreeSockets: maxConnections,
    timeout: idleConnectionMs,
    lookup: guard.lookup,
  };
  const allowedHosts = new Set<string>();
  let plain: HttpAgent | undefined;
  let secure: HttpsAgent | undefined;
  const tunnelled = new Map<HttpTunnel, HttpsAgent>();
  const agentOf = ({ isSecure, tunnel }: HttpTarget): HttpAgent => {
    if (!isSecure) {
      plain ??= new HttpAgent(agentOptions);
      return plain;
    }
    if (!tunnel) {
      secure ??= new (https().Agent)(agentOptions);
      return secure;
    }
    const agent = tunnelled.get(tunnel) ?? createTunnelAgent(tunnel, agentOptions);
    tunnelled.set(tunnel, agent);
    return agent;
  };
  return {
    request(request) {
      const { target } = request;
      for (const host of target.tunnel ? [target.host, target.tunnel.host] : [target.host]) {
        if (allowedHosts.has(host)) continue;
        if (guard.isBlocked(host)) return Promise.reject(blockedFailure(host));
        allowedHosts.add(host);
      }
      return exchange(request, options, agentOf(target));
    },
    close() {
      for (const agent of [plain, secure, ...tunnelled.values()]) agent?.destroy();
    },
  };
}

function exchange(request: HttpRequest, limits: HttpClientOptions, agent: HttpAgent | undefined): Promise<HttpReply> {
  return new Promise((resolve, reject) => {
    const { target, signal, body } = request;
    const { deadlines } = limits;
    if (signal.aborted) throw abortFailure(signal, 'not-sent');
    const startedAt = performance.now();
    const outgoing = openRequest(request, agent);
    let isSent = false;
    let isSettled = false;
    let timer: NodeJS.Timeout | undefined;
    const phase = () => (isSent ? 'ambiguous' : 'not-sent');
    const limit = (ms: number, what: string) => {
      clearTimeout(timer);
      timer = setTimeout(() => fail(new AgentFailure('timeout', `${what} within ${ms} ms`, { phase: phase() })), ms);
    };
    const settle = () => {
      isSettled = true;
      clearTimeout(timer);
      signal.removeEventListener('abort', onAbort);
    };
    const fail = (failure: AgentFailure) => {
      if (isSettled) return;
      settle();
      outgoing.destroy();
      reject(failure);
    };
    const onAbort = () => fail(abortFailure(signal, phase()));
    signal.addEventListener('abort', onAbort, { once: true });
    outgoing.on('error', (error) => fail(requestFailure(error, outgoing.reusedSocket && !isAnswered(outgoing), phase(), target)));
    outgoing.on('socket', (socket) => {
      if (isSettled) return;
      const onSent = () => {
        isSent = true;
        if (!isSettled) limit(deadlines.firstByteMs, 'no reply');
      };
      if (outgoing.reusedSocket) return onSent();
      limit(deadlines.connectMs, 'no connection');
      socket.once(target.isSecure ? 'secureConnect' : 'connect', onSent);
    });
    outgoing.on('response', (incoming) => {
      limit(deadlines.idleMs, 'no more data');
      const { headers, statusCode: status = 0 } = incoming;
      if (status >= 200 && status <= 299) request.onHead?.({ status, headers, contentType: mediaTypeOf(headers['content-type']) });
      receiveReply(incoming, {
        onText: request.onText,
        takesAnyStatus: request.takesAnyStatus === true,
        maxBytes: limits.maxReplyBytes,
        onData: () => timer?.refresh(),
        fail,
        done: (text, firstByteAt) => {
          if (isSettled) return;
          settle();
          if (!incoming.complete) drain(incoming);
          resolve({ status, headers, contentType: mediaTypeOf(headers['content-type']), body: text, firstByteMs: firstByteAt - startedAt });
        },
      });
    });
    outgoing.end(body);
  });
}

type OutgoingRequest = ReturnType<typeof httpRequest>;

/** Loaded with the first request that needs it: on Node 24 it takes a tenth of the start of a short command. */
function https(): typeof import('node:https') {
  return process.getBuiltinModule('node:https');
}

/** A header that cannot be sent makes node throw at once; that is the config's or the sample's fault. */
function openRequest(request: HttpRequest, agent: HttpAgent | undefined): OutgoingRequest {
  const { target, path, method, headers } = request;
  const options: RequestOptions = { host: target.host, port: target.port, path: path ?? target.path, method, headers, agent };
  if (target.auth !== undefined) options.auth = target.auth;
  try {
    return target.isSecure ? https().request(options) : httpRequest(options);
  } catch (error) {
    throw new AgentFailure('agent-error', `the request cannot be built: ${messageOf(error)}`, { phase: 'not-sent', isTransient: false });
  }
}

function isAnswered(outgoing: OutgoingRequest): boolean {
  return 'res' in outgoing && outgoing.res !== null;
}

/** EPIPE on a kept connection: the kernel took no byte, so the request cannot have been read. A reset may have come later. */
function requestFailure(error: Error, isReused: boolean, phase: 'not-sent' | 'ambiguous', target: HttpTarget): AgentFailure {
  const code = 'code' in error ? error.code : undefined;
  if (code === blockedAddressCode) return blockedFailure(error.message);
  return networkFailure(error, isReused && code === 'EPIPE' ? 'not-sent' : phase, target.endpoint);
}

function blockedFailure(host: string): AgentFailure {
  const message = `${host}: link-local and cloud metadata addresses are never asked`;
  return new AgentFailure('refused', message, { phase: 'not-sent', isTransient: false });
}

function drain(incoming: IncomingMessage): void {
  const timer = setTimeout(() => incoming.destroy(), drainMs);
  incoming.once('close', () => clearTimeout(timer));
}
