import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

/** What the agent does when it is asked one question. */
export interface AgentBehaviour {
  /** Default: `echo: <question>`. */
  answer?: string;
  toolCalls?: { name: string; args?: Record<string, unknown>; result?: unknown }[];
  /** Share of the calls, 0..1, that get the answer above; the others get `wrongAnswer`. Default 1. */
  passRate?: number;
  /** Default `I cannot help with that.`, without tool calls. */
  wrongAnswer?: string;
  /** Milliseconds before the reply. */
  delayMs?: number;
  /** Statuses of the first calls for this question, in order; 0 closes the connection. After the list: 200. */
  statuses?: readonly number[];
  /** Headers of replies that are not 200, such as `retry-after`. */
  headers?: Record<string, string>;
  /** The raw body instead of the JSON reply. */
  raw?: string;
}

export interface AgentRequestSeen {
  question: string;
  /** How many calls for this question came before, from 0. */
  index: number;
  body: unknown;
  headers: IncomingMessage['headers'];
  path: string;
  atMs: number;
}

export interface AgentServer {
  /** Takes `POST {"question": …}` and answers `{"answer", "trace": {"tool_calls"}, "usage"}`. */
  url: string;
  /** In order of arrival. */
  requests: AgentRequestSeen[];
  /** At this moment, and the most at once. */
  inFlight: number;
  maxInFlight: number;
  /** Connections that were opened. */
  connections: number;
  /** By question; a question that is not listed gets `fallback`. Changing it is how a test makes the agent worse. */
  behaviours: Record<string, AgentBehaviour>;
  fallback: AgentBehaviour;
  /** Forgets counts and requests, not behaviours. */
  reset(): void;
  /** Fulfilled when so many requests have arrived since the start or the last reset. */
  arrived(count: number): Promise<void>;
  close(): Promise<void>;
}

export interface AgentServerOptions {
  behaviours?: Record<string, AgentBehaviour>;
  fallback?: AgentBehaviour;
  /** Of the pass probabilities. Default 1. */
  seed?: number;
  /** Default: any that is free. */
  port?: number;
}

/** An agent on the loopback interface that does as it is told. */
export async function startAgentServer(options: AgentServerOptions = {}): Promise<AgentServer> {
  const { seed = 1 } = options;
  const counts = new Map<string, number>();
  let waiting: { count: number; done: () => void }[] = [];
  const server = createServer((message, response) => {
    void handle(message, response).catch(() => response.destroy());
  });
  server.on('connection', () => {
    agent.connections += 1;
  });

  async function handle(message: IncomingMessage, response: ServerResponse): Promise<void> {
    agent.inFlight += 1;
    agent.maxInFlight = Math.max(agent.maxInFlight, agent.inFlight);
    response.on('close', () => {
      agent.inFlight -= 1;
    });
    const body = await readJson(message);
    const question = questionOf(body);
    const index = counts.get(question) ?? 0;
    counts.set(question, index + 1);
    agent.requests.push({ question, index, body, headers: message.headers, path: message.url ?? '/', atMs: Date.now() });
    for (const { count, done } of waiting) if (agent.requests.length >= count) done();
    waiting = waiting.filter(({ count }) => agent.requests.length < count);
    const behaviour = agent.behaviours[question] ?? agent.fallback;
    if (behaviour.delayMs !== undefined) await sleep(behaviour.delayMs);
    reply(response, behaviour, {
      question,
      isRight: chance(`${seed}/${question}/${index}`) < (behaviour.passRate ?? 1),
      status: behaviour.statuses?.[index] ?? 200,
    });
  }

  await new Promise<void>((resolve) => server.listen(options.port ?? 0, '127.0.0.1', resolve));
  const agent: AgentServer = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/ask`,
    requests: [],
    inFlight: 0,
    maxInFlight: 0,
    connections: 0,
    behaviours: options.behaviours ?? {},
    fallback: options.fallback ?? {},
    reset() {
      counts.clear();
      Object.assign(agent, { requests: [], maxInFlight: agent.inFlight, connections: 0 });
    },
    arrived: (count) =>
      agent.requests.length >= count
        ? Promise.resolve()
        : new Promise((resolve) => {
            waiting.push({ count, done: resolve });
          }),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  return agent;
}

function reply(response: ServerResponse, behaviour: AgentBehaviour, call: { question: string; isRight: boolean; status: number }): void {
  if (response.destroyed) return;
  if (call.status === 0) {
    response.destroy();
    return;
  }
  if (call.status !== 200) {
    response.writeHead(call.status, { 'content-type': 'application/json', ...behaviour.headers });
    response.end(JSON.stringify({ error: `told to answer ${call.status}` }));
    return;
  }
  const { answer = `echo: ${call.question}`, toolCalls = [], wrongAnswer = 'I cannot help with that.' } = behaviour;
  const tool_calls = call.isRight ? toolCalls : [];
  const text = call.isRight ? answer : wrongAnswer;
  const usage = { inputTokens: call.question.length, outputTokens: text.length };
  response.writeHead(200, { 'content-type': 'application/json' });
  response.end(behaviour.raw ?? JSON.stringify({ answer: text, trace: { tool_calls }, usage }));
}

async function readJson(message: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  for await (const chunk of message) chunks.push(chunk as Buffer);
  const text = Buffer.concat(chunks).toString('utf8');
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function questionOf(body: unknown): string {
  const { question, input } = (body ?? {}) as { question?: unknown; input?: unknown };
  const value = question ?? input ?? body;
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** 0 ≤ x < 1, the same for the same key: FNV-1a, then one round of mixing. */
function chance(key: string): number {
  let hash = 2_166_136_261;
  for (let index = 0; index < key.length; index++) hash = Math.imul(hash ^ key.charCodeAt(index), 16_777_619);
  hash = Math.imul(hash ^ (hash >>> 16), 2_246_822_507);
  hash = Math.imul(hash ^ (hash >>> 13), 3_266_489_909);
  return ((hash ^ (hash >>> 16)) >>> 0) / 4_294_967_296;
}
