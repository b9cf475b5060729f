import { json, type Seen, serve } from '../agents/support.ts';

type State = Record<string, unknown> & { messages?: Record<string, unknown>[] };

export interface GraphRun {
  /** The state of the thread with the new input in it. */
  state: State;
  /** Given when an interrupted run goes on. */
  resume: unknown;
  config: unknown;
}

/** What a LangGraph server does: threads in memory, `/runs/wait` and `/runs/stream`, whose JSON is spread over many data lines. */
export async function startLanggraphServer(
  run: (call: GraphRun) => State,
  nodes: string[] = [],
): Promise<{ url: string; seen: Seen[]; threads: Map<string, State> }> {
  const threads = new Map<string, State>();
  let messages = 0;
  const server = await serve((response, { url, body }) => {
    if (url === '/threads') {
      const id = `thread-${threads.size + 1}`;
      threads.set(id, {});
      return json(response, { thread_id: id, status: 'idle', values: null });
    }
    const [, id = '', mode] = /^\/threads\/([^/]+)\/runs\/(wait|stream)$/.exec(url) ?? [];
    const thread = threads.get(id);
    const { assistant_id: assistant, input, command, config, stream_mode: modes = [] } = JSON.parse(body);
    if (!thread || assistant !== 'shop') return void response.writeHead(404).end('{"error": "No such thread or assistant"}');
    const added = (input?.messages ?? []).map(({ role, ...message }: { role: string }) => ({ ...message, type: role === 'user' ? 'human' : role }));
    const state = run({ state: { ...thread, ...input, messages: [...(thread.messages ?? []), ...added] }, resume: command?.resume, config });
    for (const message of state.messages ?? []) message.id ??= `m${++messages}`;
    const { __interrupt__: _, __error__: error, ...kept } = state;
    threads.set(id, kept);
    if (mode === 'wait') return json(response, error ? { __error__: error } : state);
    response.setHeader('content-type', 'text/event-stream');
    const send = (event: string, data: unknown) => {
      response.write(`event: ${event}\r\n${JSON.stringify(data, null, 2).replace(/^/gm, 'data: ').replaceAll('\n', '\r\n')}\r\nid: 1\r\n\r\n`);
    };
    send('metadata', { run_id: 'r1', attempt: 1 });
    send('values', { messages: added });
    response.write(': heartbeat\r\n\r\n');
    if (modes.includes('updates')) for (const node of nodes) send('updates', { [node]: { messages: added } });
    if (error) send('error', error);
    else send('values', state);
    response.end('event: end\r\ndata: null\r\n\r\n');
  });
  return { ...server, threads };
}
