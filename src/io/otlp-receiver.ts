import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createGunzip } from 'node:zlib';
import type { SpanSource } from '../agents/parts/traced-agent.ts';
import { ExitCode, messageOf, ToolError } from '../errors.ts';
import type { Json } from '../records/json.ts';
import { createSpanStore, type SpanStore } from './span-store.ts';

export interface ReceiverOptions {
  /** On 127.0.0.1; 0: any that is free. */
  port: number;
  /** Characters kept of one trace. */
  maxChars: number;
}

/** Of one request, after decompression. */
const maxBodyBytes = 32 * 1024 * 1024;
/** Of all requests at once. */
const maxPendingBytes = 128 * 1024 * 1024;
const maxConnections = 256;
const requestTimeoutMs = 30_000;

/**
 * An OTLP/HTTP endpoint for traces in JSON, on loopback only. Metrics and logs are taken and dropped, so that no exporter complains.
 * @throws ToolError `traces-port-taken`.
 */
export async function openOtlpReceiver({ port, maxChars }: ReceiverOptions): Promise<SpanSource & { port: number }> {
  const store = createSpanStore({ maxChars });
  const pending = { bytes: 0 };
  const server = createServer({ requestTimeout: requestTimeoutMs, headersTimeout: requestTimeoutMs }, (request, response) => {
    receive(request, response, { store, pending });
  });
  server.maxConnections = maxConnections;
  await listen(server, port);
  const address = server.address();
  const actual = typeof address === 'object' && address !== null ? address.port : port;
  return {
    expect: store.expect,
    get strangers() {
      return store.strangers;
    },
    place: `http://127.0.0.1:${actual}/v1/traces`,
    port: actual,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error) => {
      const message = `port ${port} cannot be opened for traces (${messageOf(error)})`;
      const remedy = 'stop what listens there, or give traces.listen another port and tell it to the agent';
      const problems = [{ field: 'traces.listen', message, remedy }];
      reject(new ToolError({ code: 'traces-port-taken', message, remedy, problems, exitCode: ExitCode.usage, cause: error }));
    });
    server.listen(port, '127.0.0.1', () => resolve());
  });
}

interface Receiving {
  store: SpanStore;
  pending: { bytes: number };
}

const jsonOnly =
  'only application/json is understood: set OTEL_EXPORTER_OTLP_PROTOCOL=http/json, or use the JSON exporter of the language or a collector in between';
const paths = new Set(['/v1/traces', '/v1/metrics', '/v1/logs']);

function receive(request: IncomingMessage, response: ServerResponse, receiving: Receiving): void {
  const [path = ''] = (request.url ?? '').split('?', 1);
  const type = request.headers['content-type']?.split(';', 1)[0]?.trim().toLowerCase() ?? '';
  const encoding = request.headers['content-encoding']?.trim().toLowerCase() ?? 'identity';
  if (!paths.has(path)) refuse(request, response, 404, 'traces are sent to /v1/traces');
  else if (request.method !== 'POST') refuse(request, response, 405, 'traces are sent by POST');
  else if (path !== '/v1/traces') drop(request, response, type);
  else if (type !== 'application/json') refuse(request, response, 415, `the content type is ${type.slice(0, 60) || 'missing'}; ${jsonOnly}`);
  else if (encoding !== 'identity' && encoding !== 'gzip') refuse(request, response, 415, 'only gzip and plain bodies are understood');
  else readBody(request, response, encoding === 'gzip', receiving);
}

/** An empty protobuf message is a valid answer, and so is an empty object. */
function drop(request: IncomingMessage, response: ServerResponse, type: string): void {
  request.resume();
  request.once('end', () => response.writeHead(200, { 'content-type': type }).end(type === 'application/json' ? '{}' : ''));
}

/** As OTLP asks: a Status with a message. */
function refuse(request: IncomingMessage, response: ServerResponse, status: number, message: string): void {
  const headers = { 'content-type': 'application/json', connection: 'close', ...(status === 503 ? { 'retry-after': '1' } : {}) };
  response.writeHead(status, headers).end(JSON.stringify({ message }));
  request.unpipe();
  request.resume();
}

function readBody(request: IncomingMessage, response: ServerResponse, isGzip: boolean, { store, pending }: Receiving): void {
  const chunks: Buffer[] = [];
  let bytes = 0;
  let isOver = false;
  const source = isGzip ? request.pipe(createGunzip()) : request;
  const finish = (action: () => void) => {
    if (isOver) return;
    isOver = true;
    pending.bytes -= bytes;
    action();
  };
  const stop = (status: number, message: string) =>
    finish(() => {
      if (source !== request) source.destroy();
      refuse(request, response, status, message);
    });
  source.on('data', (chunk: Buffer) => {
    if (isOver) return;
    bytes += chunk.length;
    pending.bytes += chunk.length;
    chunks.push(chunk);
    if (bytes > maxBodyBytes) stop(413, `a request may have ${maxBodyBytes} bytes`);
    else if (pending.bytes > maxPendingBytes) stop(503, 'too many requests at once');
  });
  source.on('error', (error) => stop(400, `the body cannot be read (${messageOf(error)})`));
  request.on('close', () => {
    // A whole body may still be on its way through the decompression.
    if (!request.complete) finish(() => source.destroy());
  });
  source.on('end', () => {
    const body = Buffer.concat(chunks).toString('utf8');
    finish(() => {
      const value = jsonOf(body);
      if (value === undefined || !store.add(value)) return void refuse(request, response, 400, 'the body is no ExportTraceServiceRequest in JSON');
      response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
    });
  });
}

function jsonOf(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}
