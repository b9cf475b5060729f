import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A question for the user's next message, as the endpoint saw it. */
export interface UserSeen {
  body: { model: string; messages: { role: string; content: string }[]; temperature?: number; [name: string]: unknown };
  /** The rules of the user. */
  rules: string;
  /** The line between the two markers. */
  conversation: { you?: string; agent?: string; note?: string }[];
  headers: Record<string, string | string[] | undefined>;
  /** From 1. */
  number: number;
}

/** What it says, or a whole response; status 0: nothing, ever. */
export type UserReply = string | { status?: number; message?: object; finishReason?: string; headers?: Record<string, string> };

export interface UserServer {
  /** To be used as `user.baseUrl`. */
  url: string;
  seen: UserSeen[];
  reply: (seen: UserSeen) => UserReply;
  close(): Promise<void>;
}

/** An OpenAI-compatible endpoint on the loopback interface that plays the user. Every reply costs 0.01 dollars. */
export async function startUserServer(reply: UserServer['reply']): Promise<UserServer> {
  const server = createServer((message, response) => {
    const chunks: Buffer[] = [];
    message.on('data', (chunk: Buffer) => chunks.push(chunk));
    message.on('end', () => {
      const body = JSON.parse(Buffer.concat(chunks).toString('utf8')) as UserSeen['body'];
      const [, line = '{}'] = body.messages[1]?.content.split('\n') ?? [];
      const { conversation = [] } = JSON.parse(line) as { conversation?: UserSeen['conversation'] };
      const seen = { body, rules: body.messages[0]?.content ?? '', conversation, headers: message.headers, number: user.seen.length + 1 };
      user.seen.push(seen);
      const said = user.reply(seen);
      const { status = 200, message: own, finishReason = 'stop', headers } = typeof said === 'string' ? { message: { content: said } } : said;
      if (status === 0) return;
      const choices = [{ index: 0, finish_reason: finishReason, message: { role: 'assistant', ...own } }];
      const usage = { prompt_tokens: 50, completion_tokens: 5, cost: 0.01 };
      response.writeHead(status, { 'content-type': 'application/json', ...headers });
      response.end(
        JSON.stringify(status === 200 ? { id: 'c', object: 'chat.completion', choices, usage } : { error: { message: `told to answer ${status}` } }),
      );
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const user: UserServer = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    seen: [],
    reply,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  return user;
}
