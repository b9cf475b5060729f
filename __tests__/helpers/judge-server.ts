import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A chat completions request as the judge saw it. */
export interface JudgeSeen {
  body: { model: string; messages: { role: string; content: string }[]; response_format?: unknown; temperature?: number };
  /** The material between the two marker lines. */
  material: { input: string; answer: string; reference?: string; conversation?: string };
  key: string | undefined;
  /** From 1. */
  number: number;
}

/** What it replies: a verdict's text, or a whole response; status 0: nothing, ever. */
export type JudgeReply = string | { status?: number; message?: object; body?: string; usage?: object; headers?: Record<string, string> };

export interface JudgeServer {
  /** To be used as `judge.baseUrl`. */
  url: string;
  seen: JudgeSeen[];
  /** Changing it changes the judge's mind. */
  reply: (seen: JudgeSeen) => JudgeReply;
  close(): Promise<void>;
}

/** The reply of a judge that follows its rules. */
export function verdict(score: number, reason = 'as the rubric says'): string {
  return JSON.stringify({ rubric1: { reason, score } });
}

/** An OpenAI-compatible endpoint on the loopback interface. */
export async function startJudgeServer(reply: JudgeServer['reply']): Promise<JudgeServer> {
  const server = createServer((message, response) => {
    const chunks: Buffer[] = [];
    message.on('data', (chunk: Buffer) => chunks.push(chunk));
    message.on('end', () => {
      const body = JSON.parse(Buffer.concat(chunks).toString('utf8')) as JudgeSeen['body'];
      const material = JSON.parse(body.messages[1]?.content.split('\n')[1] ?? '{}') as JudgeSeen['material'];
      const seen = { body, material, key: message.headers.authorization, number: judge.seen.length + 1 };
      judge.seen.push(seen);
      const said = judge.reply(seen);
      const { status = 200, message: own, body: raw, usage, headers } = typeof said === 'string' ? { message: { content: said } } : said;
      if (status === 0) return;
      const choices = [{ index: 0, finish_reason: 'stop', message: { role: 'assistant', ...own } }];
      response.writeHead(status, { 'content-type': 'application/json', ...headers });
      response.end(
        raw ??
          JSON.stringify(
            status === 200
              ? { id: 'c', object: 'chat.completion', choices, usage: usage ?? { prompt_tokens: 100, completion_tokens: 10, cost: 0.001 } }
              : { error: { message: `told to answer ${status}` } },
          ),
      );
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const judge: JudgeServer = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    seen: [],
    reply,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  return judge;
}
