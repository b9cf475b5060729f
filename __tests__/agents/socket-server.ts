import type { IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';
import { type ServerOptions, type WebSocket, WebSocketServer } from 'ws';

export interface SocketServer {
  url: string;
  /** What was said, by connection. */
  said: string[][];
  headers: IncomingMessage['headers'][];
  server: WebSocketServer;
}

/** A web socket server on loopback. `onMessage` answers each text; `n` counts the connections from 1. */
export async function serveSocket(
  onMessage: (socket: WebSocket, text: string, n: number) => void,
  options: ServerOptions & { onOpen?: (socket: WebSocket) => void } = {},
): Promise<SocketServer> {
  const { onOpen, ...rest } = options;
  const server = new WebSocketServer({ host: '127.0.0.1', port: 0, ...rest });
  const said: string[][] = [];
  const headers: IncomingMessage['headers'][] = [];
  server.on('connection', (socket, request) => {
    const texts: string[] = [];
    const n = said.push(texts);
    headers.push(request.headers);
    socket.on('error', () => {});
    socket.on('message', (data) => {
      texts.push(String(data));
      onMessage(socket, String(data), n);
    });
    onOpen?.(socket);
  });
  await new Promise<void>((resolve) => server.once('listening', () => resolve()));
  onTestFinished(() => {
    for (const socket of server.clients) socket.terminate();
    server.close();
  });
  return { url: `ws://127.0.0.1:${(server.address() as AddressInfo).port}/chat`, said, headers, server };
}

/** Sends JSON. */
export function say(socket: WebSocket, ...messages: unknown[]): void {
  for (const message of messages) socket.send(JSON.stringify(message));
}
