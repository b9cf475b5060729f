import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** An agent and a judge that show what they are told to show, each at a place of its own. */
export interface JsonServer {
  url: string;
  /** To be used as `judge.baseUrl`. */
  judgeUrl: string;
  close(): Promise<void>;
}

/** What is to be shown, where, and after how many words. */
export interface Told {
  place: string;
  leak: string;
  pad: number;
}

/** On the loopback interface. */
export async function startLeakyServer(): Promise<JsonServer> {
  let verdicts = 0;
  const server = createServer((message, response) => {
    void readBody(message).then((body) => {
      if (!message.url?.startsWith('/v1')) return leakTo(response, JSON.parse(body) as Told);
      const said = /says (.*)/s.exec(JSON.stringify(JSON.parse(body)))?.[1] ?? body;
      verdicts += 1;
      judge(response, said.slice(0, 2000), verdicts % 3);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url: `${origin}/ask`,
    judgeUrl: `${origin}/v1`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** By turns a verdict, an error, and something that is no verdict: each with what the judge was asked. */
function judge(response: ServerResponse, said: string, turn: number): void {
  const content = turn === 0 ? JSON.stringify({ rubric1: { reason: said, score: 0.5 } }) : said;
  response.writeHead(turn === 1 ? 400 : 200, { 'content-type': 'application/json' });
  const choices = [{ index: 0, finish_reason: 'stop', message: { role: 'assistant', content } }];
  response.end(JSON.stringify(turn === 1 ? { error: { message: said } } : { id: 'c', object: 'chat.completion', choices }));
}

/** Shows a text in one of the ways in which a server shows what it was sent. */
export function leakTo(response: ServerResponse, { place, leak, pad }: Told): void {
  const json = { 'content-type': 'application/json' };
  const inHeader = leak.replace(/[^\x20-\x7e]/g, '?');
  const ways: Record<string, () => void> = {
    answer: () => response.writeHead(200, json).end(JSON.stringify({ answer: `hello, your key is ${leak}` })),
    status: () => response.writeHead(401, json).end(JSON.stringify({ error: `no such key: ${leak}` })),
    cut: () => response.writeHead(400, { 'content-type': 'text/plain' }).end(`${'x '.repeat(Number(pad))}${leak} and so on${' and on'.repeat(300)}`),
    header: () => response.writeHead(200, { 'content-type': `text/${inHeader}`, 'x-key': inHeader, 'content-encoding': inHeader }).end(leak),
    location: () => response.writeHead(302, { location: `/${encodeURI(inHeader)}?key=${encodeURIComponent(leak)}` }).end(leak),
    retry: () => response.writeHead(400, { ...json, 'retry-after': inHeader }).end(leak),
    junk: () => response.writeHead(200, json).end(`<html><title>${leak}</title>`),
    shape: () => response.writeHead(200, json).end(JSON.stringify({ [leak]: leak })),
    reported: () => response.writeHead(200, json).end(JSON.stringify({ error: { message: leak } })),
    stream() {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      const pieces = leak.match(/[\s\S]{1,4}/gu) ?? [];
      for (const piece of pieces) response.write(`data: ${JSON.stringify({ answer: piece })}\n\n`);
      response.end('data: [DONE]\n\n');
    },
  };
  (ways[place] ?? ways.status)?.();
}

/** All that was sent, as text. */
export async function readBody(message: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of message) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}
