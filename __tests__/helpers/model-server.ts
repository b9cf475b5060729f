import type { ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { json, type Seen, serve } from '../agents/support.ts';

/** What the scripted model does in one reply: says a text, or calls tools. */
export type Scripted = string | { text?: string; calls: { name: string; args: unknown; id?: string }[] };

export interface ChatBody {
  model: string;
  messages: { role: string; content: string; tool_call_id?: string; tool_calls?: { id: string; function: { name: string; arguments: string } }[] }[];
  tools?: { type: string; function: { name: string; description?: string; parameters: object } }[];
}

/** A chat completions endpoint; its replies follow a script, by the number of replies since the last user message, or are made from the request. */
export async function serveModel(
  script: readonly Scripted[] | ((body: ChatBody, n: number) => Scripted),
): Promise<{ baseUrl: string; bodies: ChatBody[]; seen: Seen[]; stop(): void }> {
  const bodies: ChatBody[] = [];
  const { url, seen, sockets } = await serve((response, { body }) => {
    const parsed = JSON.parse(body) as ChatBody;
    bodies.push(parsed);
    const sinceUser = parsed.messages.length - 1 - parsed.messages.findLastIndex(({ role }) => role === 'user');
    const replies = parsed.messages.slice(-sinceUser || parsed.messages.length).filter(({ role }) => role === 'assistant').length;
    const next = typeof script === 'function' ? script(parsed, replies) : (script[replies] ?? 'done');
    send(response, next);
  });
  return {
    baseUrl: `${url}/v1`,
    bodies,
    seen,
    stop() {
      for (const socket of sockets) (socket as Socket).destroy();
    },
  };
}

function send(response: ServerResponse, next: Scripted): void {
  const { text, calls } = typeof next === 'string' ? { text: next, calls: [] } : next;
  const toolCalls = calls.map(({ name, args, id }, index) => ({
    id: id ?? `call-${index}`,
    type: 'function',
    function: { name, arguments: typeof args === 'string' ? args : JSON.stringify(args) },
  }));
  json(response, {
    id: 'c',
    object: 'chat.completion',
    choices: [
      {
        index: 0,
        finish_reason: calls.length > 0 ? 'tool_calls' : 'stop',
        message: { role: 'assistant', content: text ?? null, ...(calls.length > 0 ? { tool_calls: toolCalls } : {}) },
      },
    ],
    usage: { prompt_tokens: 10, completion_tokens: 2 },
  });
}
