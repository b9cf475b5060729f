import type { ServerResponse } from 'node:http';
import { json, type Seen, serve } from '../agents/support.ts';

type Event = Record<string, unknown>;

export interface AdkCall {
  text: string;
  state: Record<string, unknown>;
  /** From 1, in its session. */
  turn: number;
}

/** One event as ADK writes it. */
export function adkEvent(fields: Event): Event {
  const actions = { stateDelta: {}, artifactDelta: {}, requestedAuthConfigs: {} };
  return { invocationId: 'e-1', author: 'agent', id: 'ev-1', timestamp: 1_767_225_600_000, longRunningToolIds: [], actions, ...fields };
}

/** What `adk api_server` does: sessions in memory, `/run`, `/run_sse`. It knows the app `shop` and camelCase keys only. */
export async function startAdkServer(answer: (call: AdkCall) => Event[]): Promise<{ url: string; seen: Seen[]; sessions: Map<string, AdkCall> }> {
  const sessions = new Map<string, AdkCall>();
  const server = await serve((response, { url, body }) => {
    const [, app, user] = /^\/apps\/([^/]+)\/users\/([^/]+)\/sessions$/.exec(url) ?? [];
    const said = JSON.parse(body);
    if (app !== undefined && user !== undefined) {
      if (app !== 'shop') return fail(response, 404, `App not found: ${app}`);
      const id = `session-${sessions.size + 1}`;
      const state = { ...said.state, 'app:shop': 'open' };
      sessions.set(`${app}/${decodeURIComponent(user)}/${id}`, { text: '', state, turn: 0 });
      return json(response, { id, appName: app, userId: decodeURIComponent(user), state, events: [], lastUpdateTime: 1 });
    }
    const session = sessions.get(`${said.appName}/${said.userId}/${said.sessionId}`);
    if (!session) return fail(response, 404, `Session not found: ${said.sessionId}`);
    session.turn += 1;
    session.text = said.newMessage.parts.map(({ text }: { text: string }) => text).join('');
    const events = answer(session);
    if (url === '/run') return json(response, events);
    if (url !== '/run_sse') return fail(response, 404, 'Not Found');
    response.setHeader('content-type', 'text/event-stream');
    for (const event of events) response.write(`data: ${JSON.stringify(event)}\n\n`);
    response.end();
  });
  return { ...server, sessions };
}

function fail(response: ServerResponse, status: number, error: string): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify({ error }));
}
