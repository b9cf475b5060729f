import { mkdtempSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { type AddressInfo, createServer as createRawServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { Agent, AgentPorts, AgentRequest } from '../../src/agents/agent.ts';
import { AgentFailure } from '../../src/agents/agent.ts';
import { agents } from '../../src/agents/registry.ts';
import type { Sample } from '../../src/records/sample.ts';
import { scripted } from '../../src/users/scripted.ts';

export function makeSample(fields: Partial<Sample> = {}): Sample {
  const input = fields.input ?? 'hello';
  return {
    id: 's1',
    input,
    tags: [],
    weight: 1,
    critical: false,
    turns: [{ input }],
    files: [],
    checkers: [],
    metadata: {},
    row: {},
    hash: 'h',
    scoreHash: 's',
    file: 'samples.jsonl',
    line: 1,
    ...fields,
  };
}

export function makeRequest(fields: Partial<AgentRequest> & { sample?: Sample } = {}): AgentRequest {
  const sample = fields.sample ?? makeSample();
  return { epoch: 1, attempt: 1, idempotencyKey: 'key-1', user: scripted.create(sample), signal: new AbortController().signal, ...fields, sample };
}

export function makePorts(fields: Partial<AgentPorts> = {}): AgentPorts {
  const deadlines = { connectMs: 2000, firstByteMs: 2000, idleMs: 2000 };
  return { baseDir: tempDir(), deadlines, concurrency: 4, maxReplyBytes: 100_000, warn: () => {}, ...fields };
}

export async function openAgent(type: string, options: unknown, ports: Partial<AgentPorts> = {}): Promise<Agent> {
  const definition = agents.get(type);
  const agent = await definition.open(definition.options.parse(options), makePorts(ports));
  onTestFinished(() => agent.close());
  return agent;
}

export async function failureOf(promise: Promise<unknown>): Promise<AgentFailure> {
  try {
    await promise;
  } catch (error) {
    if (error instanceof AgentFailure) return error;
    throw error;
  }
  throw new Error('no failure');
}

export function tempDir(files: Record<string, string> = {}): string {
  const dir = mkdtempSync(join(tmpdir(), 'agents-'));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(dir, name), text);
  return dir;
}

export interface Seen {
  method: string;
  url: string;
  headers: IncomingMessage['headers'];
  body: string;
}

/** A loopback server; gives its URL and what it was asked. */
export async function serve(
  answer: (response: ServerResponse, seen: Seen, n: number) => void,
): Promise<{ url: string; seen: Seen[]; sockets: Set<unknown> }> {
  const seen: Seen[] = [];
  const sockets = new Set<unknown>();
  const server = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8').on('data', (text) => {
      body += text;
    });
    request.on('end', () => {
      const entry = { method: request.method ?? '', url: request.url ?? '', headers: request.headers, body };
      seen.push(entry);
      answer(response, entry, seen.length);
    });
  });
  server.on('connection', (socket) => sockets.add(socket));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, seen, sockets };
}

/** A raw loopback server; `onRequest` runs when the first bytes of a request came. */
export async function serveRaw(onRequest: (socket: Socket, n: number) => void): Promise<string> {
  let n = 0;
  const open = new Set<Socket>();
  const server = createRawServer((socket) => {
    open.add(socket);
    socket.on('error', () => {});
    socket.on('data', () => onRequest(socket, ++n));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    for (const socket of open) socket.destroy();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

export function json(response: ServerResponse, value: unknown): void {
  response.setHeader('content-type', 'application/json');
  response.end(JSON.stringify(value));
}
