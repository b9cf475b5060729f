import type { Client } from '@modelcontextprotocol/sdk/client/index.js';
import type { Transport } from '@modelcontextprotocol/sdk/shared/transport.js';
import { messageOf } from '../errors.ts';
import { JsonObject } from '../records/json.ts';
import * as z from '../records/schema.ts';
import { version } from '../version.ts';
import { abortFailure, excerptOf } from './failure.ts';
import { createHttpClient, parseTarget } from './http.ts';
import { createArgumentCheck } from './mcp-arguments.ts';
import { createMcpFetch } from './mcp-http.ts';
import { type McpResult, readToolResult, ToolResult } from './mcp-result.ts';
import { createStdioTransport } from './mcp-stdio.ts';
import type { ProcessOptions } from './process.ts';
import { withinTime } from './within-time.ts';

/** How one server is reached. */
export type McpServerSpec = { name: string } & (
  | ({ kind: 'stdio' } & ProcessOptions)
  | { kind: 'http'; url: string; headers: Record<string, string> }
);

/** Milliseconds, and sizes. */
export interface McpLimits {
  startMs: number;
  listMs: number;
  callMs: number;
  connectMs: number;
  maxMessageBytes: number;
  maxResultChars: number;
}

export interface McpTool {
  name: string;
  description?: string;
  /** JSON Schema of the arguments. */
  inputSchema: JsonObject;
}

/** A server that was started and has told its tools. */
export interface McpServer {
  readonly name: string;
  readonly tools: readonly McpTool[];
  /** Whatever goes wrong is a result with `isError`, arguments that do not fit the tool's schema among it. @throws AgentFailure when the signal is aborted. */
  call(tool: string, args: JsonObject, signal: AbortSignal): Promise<McpResult>;
  /** Whether it still answers, asked with the time limit of a start. One that is at work on a call is: many answer nothing else then, and a call has its own limit. */
  isHealthy(): Promise<boolean>;
  /** A child gets `graceMs` to end by itself, and again after SIGTERM. Never rejects. */
  close(graceMs: number): Promise<void>;
}

/** Why a server is not there. */
export class McpServerFailure extends Error {
  /** False when another try cannot help: there is no such program. */
  readonly isTransient: boolean;

  constructor(message: string, options: { isTransient: boolean; cause: unknown }) {
    super(message, { cause: options.cause });
    this.name = 'McpServerFailure';
    this.isTransient = options.isTransient;
  }
}

interface Connection {
  transport: Transport;
  /** How a child ended and what it wrote; undefined while it runs. */
  ending(): string | undefined;
  /** What it wrote to standard error. */
  said(): string;
  isMissing(): boolean;
  stop(graceMs: number): Promise<void>;
}

/** Starts a server, or a session with one, and reads its tools. @throws McpServerFailure, AgentFailure when the signal is aborted. */
export async function startMcpServer(spec: McpServerSpec, limits: McpLimits, signal: AbortSignal): Promise<McpServer> {
  const { Client } = await import('@modelcontextprotocol/sdk/client/index.js');
  if (signal.aborted) throw abortFailure(signal, 'not-sent');
  const connection = await connectionOf(spec, limits);
  // Results are not checked against output schemas here: a server's patterns need not run in linear time.
  const client = new Client({ name: 'agent-regress', version }, { jsonSchemaValidator: { getValidator: () => () => unchecked } });
  try {
    await client.connect(connection.transport, { timeout: limits.startMs, signal: AbortSignal.any([signal]) });
    const tools = await listTools(client, limits, signal);
    return openServer({ spec, limits, client, connection, tools });
  } catch (error) {
    await connection.stop(0);
    if (signal.aborted) throw abortFailure(signal, 'not-sent');
    const why = connection.ending() ?? [messageOf(error), ...(connection.said() === '' ? [] : [`it wrote: ${connection.said()}`])].join('; ');
    const message = `the MCP server "${spec.name}" did not start: ${isTimeout(error) ? `no answer in time (${why})` : why}`;
    throw new McpServerFailure(message, { isTransient: !connection.isMissing(), cause: error });
  }
}

const unchecked = { valid: false, data: undefined, errorMessage: 'not checked' } as const;

async function connectionOf(spec: McpServerSpec, limits: McpLimits): Promise<Connection> {
  if (spec.kind === 'stdio') {
    const stdio = createStdioTransport({ ...spec, maxMessageBytes: limits.maxMessageBytes });
    return { transport: stdio, ...stdio };
  }
  const { StreamableHTTPClientTransport } = await import('@modelcontextprotocol/sdk/client/streamableHttp.js');
  const { connectMs, callMs, maxMessageBytes } = limits;
  const deadlines = { connectMs, firstByteMs: callMs, idleMs: callMs };
  const http = createHttpClient({ maxConnections: 16, maxReplyBytes: maxMessageBytes, deadlines });
  const transport = new StreamableHTTPClientTransport(new URL(spec.url), {
    requestInit: { headers: spec.headers },
    // A reply that breaks would be waited for until its time limit.
    fetch: createMcpFetch(http, parseTarget(spec.url), () => void transport.close()),
  });
  const stop = async (graceMs: number) => {
    const ended = graceMs > 0 ? transport.terminateSession().catch(() => {}) : Promise.resolve();
    await Promise.race([ended, new Promise((resolve) => setTimeout(resolve, graceMs).unref())]);
    await transport.close();
    http.close();
  };
  // The SDK's own type of it lacks `undefined`, which our compiler tells apart.
  return { transport: transport as Transport, ending: () => undefined, said: () => '', isMissing: () => false, stop };
}

const Tools = z.looseObject({
  tools: z.array(z.looseObject({ name: z.string(), description: z.optional(z.string()), inputSchema: JsonObject })),
  nextCursor: z.optional(z.string()),
});
/** A server that pages for ever ends in its time limit, and here. */
const maxTools = 2000;

function listTools(client: Client, { listMs }: McpLimits, signal: AbortSignal): Promise<McpTool[]> {
  return withinTime({ signals: [signal], timeoutMs: listMs }, (limit) => listPages(client, listMs, limit));
}

async function listPages(client: Client, listMs: number, limit: AbortSignal): Promise<McpTool[]> {
  const tools: McpTool[] = [];
  let cursor: string | undefined;
  do {
    const params = cursor === undefined ? {} : { cursor };
    const page = await client.request({ method: 'tools/list', params }, Tools, { timeout: listMs, signal: limit });
    for (const { name, description, inputSchema } of page.tools)
      tools.push({ name, ...(description === undefined ? {} : { description }), inputSchema });
    cursor = page.nextCursor;
  } while (cursor !== undefined && tools.length < maxTools);
  return tools;
}

interface Opened {
  spec: McpServerSpec;
  limits: McpLimits;
  client: Client;
  connection: Connection;
  tools: McpTool[];
}

function openServer({ spec, limits, client, connection, tools }: Opened): McpServer {
  const checkArguments = createArgumentCheck(tools);
  let callsUnderWay = 0;
  return {
    name: spec.name,
    tools,
    async call(name, args, signal) {
      if (signal.aborted) throw abortFailure(signal, 'ambiguous');
      const problem = await checkArguments(name, args);
      if (problem !== undefined) return failed(`the arguments do not fit the tool: ${problem}`);
      callsUnderWay++;
      try {
        const params = { name, arguments: args };
        // A signal of its own: the SDK's listeners stay on it, and the slot's would gather them.
        const options = { timeout: limits.callMs, signal: AbortSignal.any([signal]) };
        return readToolResult(await client.request({ method: 'tools/call', params }, ToolResult, options), limits.maxResultChars);
      } catch (error) {
        if (signal.aborted) throw abortFailure(signal, 'ambiguous');
        const ending = connection.ending();
        const why = isTimeout(error) ? `no result within ${limits.callMs} ms` : excerptOf(messageOf(error), 1000);
        return failed(ending === undefined ? why : `the server ${ending}`);
      } finally {
        callsUnderWay--;
      }
    },
    isHealthy: async () => {
      if (callsUnderWay > 0) return true;
      return client.ping({ timeout: limits.startMs }).then(
        () => true,
        () => callsUnderWay > 0 && connection.ending() === undefined,
      );
    },
    close: (graceMs) => connection.stop(graceMs).catch(() => {}),
  };
}

function failed(text: string): McpResult {
  return { result: text, text, isError: true };
}

/** -32001 of the SDK; a server's own error with that number says nothing else of use. */
function isTimeout(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === -32_001;
}
