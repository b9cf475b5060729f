import { json, type Seen, serve } from '../agents/support.ts';

export interface A2aCall {
  method: string;
  params: { id?: string; message?: { parts: Record<string, unknown>[]; contextId?: string; taskId?: string } };
  /** Of calls of all kinds, from 1. */
  n: number;
}

/** An agent that speaks A2A over JSON-RPC at `/rpc`; a list of results is streamed. `url` in the card: its own, unless another is given. */
export async function startA2aServer(
  version: '0.3' | '1.0' | 'both',
  answer: (call: A2aCall) => unknown,
  card: Record<string, unknown> = {},
): Promise<{ url: string; seen: Seen[]; calls: () => { method: string; params: A2aCall['params'] }[] }> {
  let n = 0;
  const server = await serve((response, { url, body, headers }) => {
    const rpc = `http://${headers.host}/rpc`;
    const old = { url: rpc, preferredTransport: 'JSONRPC', protocolVersion: '0.3.0' };
    const current = {
      supportedInterfaces: [
        { url: `${rpc}/rest`, protocolBinding: 'HTTP+JSON', protocolVersion: '1.0' },
        { url: rpc, protocolBinding: 'JSONRPC', protocolVersion: '1.0' },
      ],
    };
    if (url === '/.well-known/agent-card.json')
      return json(response, {
        name: 'shop',
        capabilities: { streaming: true },
        ...(version === '1.0' ? {} : old),
        ...(version === '0.3' ? {} : current),
        ...card,
      });
    if (url !== '/rpc') return void response.writeHead(404).end();
    const { id, method, params } = JSON.parse(body);
    const answered = answer({ method, params, n: ++n });
    if (!Array.isArray(answered)) return json(response, { jsonrpc: '2.0', id, ...(answered as object) });
    response.setHeader('content-type', 'text/event-stream');
    for (const result of answered) response.write(`data: ${JSON.stringify({ jsonrpc: '2.0', id, result })}\n\n`);
    response.end();
  });
  const calls = () => server.seen.filter(({ url }) => url === '/rpc').map(({ body }) => JSON.parse(body));
  return { ...server, calls };
}
