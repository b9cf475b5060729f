import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { AgentResponse, SampleIndex } from '../../src/systems/agentbench/controller.ts';
import type { HistoryItem } from '../../src/systems/agentbench/history.ts';

type Ended = { status: string; result?: unknown };
/** Tells the agent something, and waits for its answer. */
type Action = (...said: HistoryItem[]) => Promise<AgentResponse>;

export interface SmallTask {
  indices: SampleIndex[];
  capacity: number;
  play(index: SampleIndex, action: Action): Promise<Ended>;
  overall?(results: { status: string; result: unknown }[]): unknown;
}

// biome-ignore lint/suspicious/noExplicitAny: a test looks at any body
type Seen = { path: string; body: any };

/** In the place of the controller's own answer: a status and a body, nothing ever, or a connection that breaks. Undefined: its own. */
export type Fault = { status: number; body?: unknown } | 'silent' | 'break' | undefined;

export interface SmallController {
  /** With the prefix. */
  url: string;
  seen: Seen[];
  fault: (seen: Seen, number: number) => Fault;
  /** Sessions that are open. */
  open(): number;
  /** Most sessions that were open at once. */
  most(): number;
  /** Forgets all sessions, as a controller that was started anew. */
  restart(): void;
  count(path: string): number;
  close(): Promise<void>;
}

interface Session {
  index: SampleIndex;
  history: HistoryItem[];
  answer?: (response: AgentResponse) => void;
}

interface Body {
  name: string;
  index: SampleIndex;
  session_id: number;
  agent_response: AgentResponse;
  results: { status: string; result: unknown }[];
}

/** A controller of AgentBench 0.2 with its workers inside, on the loopback interface: the same paths, statuses and bodies. */
export async function startSmallController(tasks: Record<string, SmallTask>): Promise<SmallController> {
  const sessions = new Map<number, Session & { task: string }>();
  let nextId = 0;
  let most = 0;
  const busy = (task: string) => [...sessions.values()].filter((session) => session.task === task).length;

  /** Resolves when the sample says something to the agent, or has ended. */
  const turns = (id: number, session: Session, task: SmallTask) => {
    let tell: (reply: unknown) => void = () => {};
    const next = () =>
      new Promise((resolve) => {
        tell = resolve;
      });
    const reply = (output: object) => tell({ session_id: id, output: { index: null, status: 'running', result: null, ...output } });
    const action: Action = (...said) => {
      session.history.push(...said);
      return new Promise((resolve) => {
        session.answer = (response) => {
          session.history.push({ role: 'agent', content: response.content || response.status });
          resolve(response);
        };
        reply({ history: [...session.history] });
      });
    };
    const start = async () => {
      const ended = await task.play(session.index, action).catch((error: unknown) => ({ status: 'task error', result: String(error) }));
      sessions.delete(id);
      reply({ index: session.index, result: null, history: session.history, ...ended });
    };
    return { next, start };
  };
  const nexts = new Map<number, () => Promise<unknown>>();

  const routes: Record<string, (body: Body, query: URLSearchParams) => Promise<{ status: number; body: unknown }>> = {
    '/api/list_workers': async () => {
      const entries = Object.entries(tasks).map(([name, { indices, capacity }]) => {
        const worker = { id: 0, address: 'http://127.0.0.1:5001/api', capacity, current: busy(name), last_visit: 0, status: 0, locked: false };
        return [name, { indices, workers: { 0: worker, 1: { ...worker, id: 1, status: 1, capacity: 99 } } }];
      });
      return { status: 200, body: Object.fromEntries(entries) };
    },
    '/api/get_indices': async (_, query) => {
      const task = tasks[query.get('name') ?? ''];
      return task ? { status: 200, body: task.indices } : { status: 400, body: { detail: 'Error: Task does not exist' } };
    },
    '/api/start_sample': async ({ name, index }) => {
      const task = tasks[name];
      if (!task) return { status: 406, body: { detail: 'Error: Task does not exist' } };
      if (!task.indices.includes(index)) return { status: 400, body: { detail: 'Error: Index out of bounds' } };
      if (busy(name) >= task.capacity) return { status: 406, body: { detail: 'Error: No workers available' } };
      const id = nextId++;
      const session: Session & { task: string } = { task: name, index, history: [] };
      sessions.set(id, session);
      most = Math.max(most, sessions.size);
      const { next, start } = turns(id, session, task);
      nexts.set(id, next);
      const first = next();
      void start();
      return { status: 200, body: await first };
    },
    '/api/interact': async ({ session_id: id, agent_response }) => {
      const session = sessions.get(id);
      if (!session) return { status: 400, body: { detail: 'Error: Session does not exist' } };
      const reply = nexts.get(id)?.();
      session.answer?.(agent_response);
      const body = (await reply) as { output: { status: string } };
      if (body.output.status !== 'task error') return { status: 200, body };
      return { status: 501, body: { detail: `Error: Worker returned error\n${JSON.stringify({ detail: body })}` } };
    },
    '/api/cancel': async ({ session_id: id }) => {
      const session = sessions.get(id);
      if (!session) return { status: 400, body: { detail: 'Error: Session does not exist' } };
      sessions.delete(id);
      session.answer?.({ status: 'cancelled', content: null });
      return { status: 200, body: { session_id: id } };
    },
    '/api/calculate_overall': async ({ name, results }) => {
      const overall = tasks[name]?.overall;
      return overall ? { status: 200, body: overall(results) } : { status: 400, body: { detail: 'Error: No workers available' } };
    },
  };

  const answer = async (message: IncomingMessage, response: ServerResponse) => {
    const chunks: Buffer[] = [];
    for await (const chunk of message) chunks.push(chunk);
    const text = Buffer.concat(chunks).toString('utf8');
    const url = new URL(message.url ?? '', 'http://loopback');
    const seen = { path: url.pathname.replace('/api', ''), body: text === '' ? undefined : JSON.parse(text) };
    server.seen.push(seen);
    const fault = server.fault(seen, server.count(seen.path));
    if (fault === 'silent') return;
    if (fault === 'break') return void message.socket.destroy();
    const route = routes[url.pathname];
    const said = fault ?? (route ? await route(seen.body ?? {}, url.searchParams) : { status: 404, body: { detail: 'Not Found' } });
    response.writeHead(said.status, { 'content-type': 'application/json' });
    response.end(typeof said.body === 'string' ? said.body : JSON.stringify(said.body ?? {}));
  };
  const http = createServer((message, response) => void answer(message, response));
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  const server: SmallController = {
    url: `http://127.0.0.1:${(http.address() as AddressInfo).port}/api`,
    seen: [],
    fault: () => undefined,
    open: () => sessions.size,
    most: () => most,
    restart: () => sessions.clear(),
    count: (path) => server.seen.filter((seen) => seen.path === path).length,
    async close() {
      http.closeAllConnections();
      await new Promise((resolve) => http.close(resolve));
    },
  };
  return server;
}
