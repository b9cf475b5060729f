import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** The agent of the demo: a support bot behind HTTP on loopback. `broken` is the same bot after a careless prompt change. */
export interface DemoAgent {
  url: string;
  close(): Promise<void>;
}

interface Reply {
  answer: string;
  trace: { tool_calls: { name: string; args: Record<string, string>; result: string }[] };
  usage: { input_tokens: number; output_tokens: number };
}

/** Listens on a free port of 127.0.0.1 until closed. */
export async function startDemoAgent(version: 'good' | 'broken'): Promise<DemoAgent> {
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const { question, slot } = JSON.parse(Buffer.concat(chunks).toString('utf8')) as { question: string; slot: string };
      const chance = chanceOf(`${version} ${slot}`);
      setTimeout(() => response.setHeader('content-type', 'application/json').end(JSON.stringify(answer(question, version, chance))), 4 + chance * 8);
    });
  });
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}/chat`, close: () => close(server) };
}

function close(server: Server): Promise<void> {
  server.closeAllConnections();
  return new Promise((resolve) => server.close(() => resolve()));
}

function answer(question: string, version: 'good' | 'broken', chance: number): Reply {
  const order = /order (\w+)/i.exec(question)?.[1] ?? '';
  const [tool, text] = reply(question.toLowerCase(), order, version, chance);
  const calls = tool === '' ? [] : [{ name: tool, args: { order_id: order }, result: 'ok' }];
  return { answer: text, trace: { tool_calls: calls }, usage: { input_tokens: 40 + question.length, output_tokens: Math.ceil(text.length / 4) } };
}

/** Tool and answer. The broken version forgets refunds; both are unsure about holidays, as real agents are about something. */
function reply(question: string, order: string, version: 'good' | 'broken', chance: number): [string, string] {
  if (question.includes('money back')) {
    if (version === 'broken') return ['', 'I am sorry, I cannot help with refunds.'];
    return ['lookup_order', `Your refund for order ${order} is on its way: 3 to 5 days.`];
  }
  if (question.includes('where is')) return ['track_parcel', `Order ${order} is with the carrier and arrives tomorrow.`];
  if (question.includes('cancel')) return ['lookup_order', `Order ${order} is cancelled; nothing was charged.`];
  if (question.includes('holiday')) return ['', chance < 0.6 ? 'We are closed on public holidays.' : 'Our opening hours are nine to five.'];
  if (question.includes('password')) return ['', 'Use the reset link on the sign-in page.'];
  return ['', 'We are open from nine to five, Monday to Friday.'];
}

/** A number in 0..1 from a text, the same on every machine: FNV-1a over its characters. */
function chanceOf(text: string): number {
  let hash = 0x811c9dc5;
  for (const character of text) hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193) >>> 0;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b) >>> 0;
  return ((hash ^ (hash >>> 13)) >>> 0) / 2 ** 32;
}
