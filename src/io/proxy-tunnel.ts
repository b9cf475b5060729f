import { request as httpRequest } from 'node:http';
import type { AgentOptions, Agent as HttpsAgent } from 'node:https';
import type { LookupFunction } from 'node:net';
import type { Duplex } from 'node:stream';

/** A proxy that opens a tunnel to a secure host. */
export interface HttpTunnel {
  readonly host: string;
  readonly port: number;
  /** The way to the proxy itself is secure. */
  readonly isSecure: boolean;
  /** Sent with CONNECT, such as the credentials of the proxy. */
  readonly headers: Readonly<Record<string, string>>;
}

/** How long a proxy may take to open a tunnel. */
const openMs = 20_000;

/** An agent for secure requests whose connections go through the tunnel; TLS is spoken with the host behind it. */
export function createTunnelAgent(tunnel: HttpTunnel, options: AgentOptions & { lookup: LookupFunction }): HttpsAgent {
  const https = process.getBuiltinModule('node:https');
  const tls = process.getBuiltinModule('node:tls');
  const agent = new https.Agent(options);
  agent.createConnection = (wanted, callback) => {
    const { host, port } = wanted;
    openTunnel(tunnel, { to: `${host?.includes(':') ? `[${host}]` : host}:${port}`, lookup: options.lookup }, (error, stream) => {
      if (error || !stream) callback?.(error ?? new Error('the proxy gave no connection'), undefined as never);
      else callback?.(null, tls.connect({ servername: host ?? '', ...wanted, socket: stream, host: undefined, port: undefined } as never));
    });
    return undefined;
  };
  return agent;
}

function openTunnel(
  { host, port, isSecure, headers }: HttpTunnel,
  { to, lookup }: { to: string; lookup: LookupFunction },
  done: (error: Error | undefined, stream?: Duplex) => void,
): void {
  const send = isSecure ? process.getBuiltinModule('node:https').request : httpRequest;
  const connect = send({ host, port, lookup, method: 'CONNECT', path: to, headers: { host: to, ...headers }, agent: false, timeout: openMs });
  connect.once('connect', (response, socket) => {
    if (response.statusCode === 200) return done(undefined, socket);
    socket.destroy();
    done(new Error(`the proxy ${host}:${port} answered CONNECT with status ${response.statusCode}`));
  });
  connect.once('response', (response) => {
    response.resume();
    done(new Error(`the proxy ${host}:${port} answered CONNECT with status ${response.statusCode}`));
  });
  connect.once('timeout', () => connect.destroy(new Error(`the proxy ${host}:${port} opened no tunnel within ${openMs / 1000} s`)));
  connect.once('error', (error) => done(error));
  connect.end();
}
