import type { FetchLike } from '@modelcontextprotocol/sdk/shared/transport.js';
import { AgentFailure } from '../agents/agent.ts';
import type { HttpClient, HttpReply, HttpTarget } from './http.ts';

/**
 * The `fetch` of the SDK's streamable HTTP transport over our HTTP client: one target, no redirects, blocked addresses and limits as
 * everywhere. The stream of messages that belong to no call is not opened. `onBroken` gets what breaks a reply that had begun.
 */
export function createMcpFetch(http: HttpClient, target: HttpTarget, onBroken: (error: unknown) => void): FetchLike {
  return (_, init = {}) => {
    if (init.method === 'GET') return Promise.resolve(new Response(null, { status: 405 }));
    return new Promise((resolve, reject) => {
      const encoder = new TextEncoder();
      let stream: ReadableStreamDefaultController<Uint8Array> | undefined;
      let isWanted = true;
      const asked = http.request({
        target,
        method: init.method ?? 'POST',
        headers: Object.fromEntries(new Headers(init.headers)),
        ...(typeof init.body === 'string' ? { body: init.body } : {}),
        signal: init.signal ?? new AbortController().signal,
        onHead(head) {
          if (head.contentType !== 'text/event-stream' || bodiless.has(head.status)) return;
          const body = new ReadableStream<Uint8Array>({
            start(controller) {
              stream = controller;
            },
            cancel() {
              isWanted = false;
            },
          });
          resolve(new Response(body, headOf(head)));
        },
        onText(text) {
          if (isWanted) stream?.enqueue(encoder.encode(text));
          return isWanted;
        },
      });
      const ended = (reply: HttpReply) => {
        if (!stream) resolve(new Response(reply.body === '' || bodiless.has(reply.status) ? null : reply.body, headOf(reply)));
        else if (isWanted) stream.close();
      };
      const failed = (error: unknown) => {
        if (stream && isWanted) {
          stream.error(error);
          onBroken(error);
        } else if (error instanceof AgentFailure && error.status !== undefined && error.kind !== 'redirect') {
          resolve(new Response(error.message, { status: Math.min(error.status, highestStatus) }));
        } else reject(error);
      };
      asked.then(ended, failed);
    });
  };
}

/** What `Response` refuses, whatever a server sends: a body with these, and a status above that one. */
const bodiless: ReadonlySet<number> = new Set([204, 205]);
const highestStatus = 599;

function headOf({ status, headers, contentType }: Pick<HttpReply, 'status' | 'headers' | 'contentType'>): ResponseInit {
  const session = headers['mcp-session-id'];
  return { status, headers: { 'content-type': contentType, ...(typeof session === 'string' ? { 'mcp-session-id': session } : {}) } };
}
