import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Reply } from './handler.ts';

export interface Incoming {
  method: string;
  url: URL;
  headers: IncomingMessage['headers'];
  authorization: string | undefined;
  bytes: Buffer;
  /** `undefined` when there is no body or it is not JSON. */
  json: unknown;
}

/** What a listener answers; `isDropped`: close the connection instead, `isCut`: in the middle, `isLost`: never answer. */
export type Outgoing = Reply & { bytes?: Buffer; isDropped?: boolean; isCut?: boolean; isLost?: boolean };

/** Serves on a free port of the loopback interface. */
export async function listen(answer: (request: Incoming) => Outgoing | Promise<Outgoing>): Promise<{ origin: string; close: () => Promise<void> }> {
  const server: Server = createServer((message, response) => {
    read(message)
      .then(answer)
      .then(
        (outgoing) => send(response, outgoing),
        (error: unknown) => send(response, { status: 599, body: { message: `the stand-in broke: ${error instanceof Error ? error.stack : error}` } }),
      )
      .catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function read(message: IncomingMessage): Promise<Incoming> {
  const chunks: Buffer[] = [];
  for await (const chunk of message) chunks.push(chunk as Buffer);
  const bytes = Buffer.concat(chunks);
  const isJson = (message.headers['content-type'] ?? '').includes('json') && bytes.length > 0;
  const { method = 'GET', headers } = message;
  const url = new URL(message.url ?? '/', `http://${headers.host}`);
  return { method, url, headers, authorization: headers.authorization, bytes, json: isJson ? JSON.parse(bytes.toString('utf8')) : undefined };
}

function send(response: ServerResponse, outgoing: Outgoing): void {
  if (outgoing.isDropped) {
    response.destroy();
    return;
  }
  if (outgoing.isLost) return;
  const { status, body, bytes, headers = {} } = outgoing;
  const content = bytes ?? (body === undefined ? Buffer.alloc(0) : Buffer.from(JSON.stringify(body)));
  const type = bytes === undefined && body !== undefined ? { 'content-type': 'application/json; charset=utf-8' } : {};
  response.writeHead(status, { ...type, 'content-length': content.length, ...headers });
  if (!outgoing.isCut) response.end(content);
  else response.write(content.subarray(0, content.length / 2), () => response.destroy());
}
