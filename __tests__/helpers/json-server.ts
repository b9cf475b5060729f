import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A request as the server saw it. */
export interface JsonSeen {
  path: string;
  headers: IncomingHttpHeaders;
  // biome-ignore lint/suspicious/noExplicitAny: a test looks at any body
  body: any;
  /** From 1. */
  number: number;
}

/** What it replies; status 0: nothing, ever. An object is sent as JSON, text as it is. */
export interface JsonReply {
  status?: number;
  body?: unknown;
  headers?: Record<string, string>;
}

export interface JsonServer {
  /** Without a slash at its end. */
  url: string;
  seen: JsonSeen[];
  reply: (seen: JsonSeen) => JsonReply;
  close(): Promise<void>;
}

/** An endpoint on the loopback interface that takes JSON. */
export async function startJsonServer(reply: JsonServer['reply']): Promise<JsonServer> {
  const http = createServer((message, response) => {
    const chunks: Buffer[] = [];
    message.on('data', (chunk: Buffer) => chunks.push(chunk));
    message.on('end', () => {
      const body: unknown = JSON.parse(Buffer.concat(chunks).toString('utf8'));
      const seen = { path: message.url ?? '', headers: message.headers, body, number: server.seen.length + 1 };
      server.seen.push(seen);
      const { status = 200, body: said = {}, headers = {} } = server.reply(seen);
      if (status === 0) return;
      response.writeHead(status, { 'content-type': 'application/json', ...headers });
      response.end(typeof said === 'string' ? said : JSON.stringify(said));
    });
  });
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  const server: JsonServer = {
    url: `http://127.0.0.1:${(http.address() as AddressInfo).port}`,
    seen: [],
    reply,
    async close() {
      http.closeAllConnections();
      await new Promise((resolve) => http.close(resolve));
    },
  };
  return server;
}
