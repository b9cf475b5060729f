import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

const orders = ['A17', 'B04', 'C33', 'D58', 'E21', 'F90', 'G12', 'H47'];

/** What each group of questions expects. */
const groups: { tag: string; question: (order: string) => string; expected: string; tool?: string }[] = [
  { tag: 'refund', question: (order) => `I want my money back for order ${order}`, expected: 'refund', tool: 'lookup_order' },
  { tag: 'shipping', question: (order) => `Where is order ${order}?`, expected: 'carrier', tool: 'track_parcel' },
  { tag: 'cancel', question: (order) => `Please cancel order ${order}`, expected: 'cancelled', tool: 'lookup_order' },
  { tag: 'account', question: (order) => `I forgot the password of the account with order ${order}`, expected: 'reset link' },
  { tag: 'hours', question: (order) => `When are you open? It is about order ${order}`, expected: 'nine to five' },
];

/** Writes the config and the samples of the demo into a folder, as files that a reader can open and change. @returns the config's path. */
export async function writeDemoProject(folder: string): Promise<string> {
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'samples.jsonl'), demoSamples());
  const path = join(folder, 'agent-regress.yml');
  await writeFile(path, demoConfig);
  return path;
}

function demoSamples(): string {
  const rows = groups.flatMap(({ tag, question, expected, tool }) =>
    orders.map((order, index) => ({
      id: `${tag}-${index + 1}`,
      input: question(order),
      expected,
      tags: [tag],
      ...(tool === undefined ? {} : { toolCalls: [{ name: tool, args: { order_id: order } }] }),
    })),
  );
  const unsure = [1, 2].map((number) => ({
    id: `holiday-${number}`,
    input: `Are you open on a holiday? (${number})`,
    expected: 'closed',
    tags: ['hours'],
  }));
  return [...rows, ...unsure].map((row) => `${JSON.stringify(row)}\n`).join('');
}

const demoConfig = `# The demo's suite. The URL is that of the demo agent, which runs only while the demo does.
suite: support-bot
samples: samples.jsonl
agent:
  type: http
  url: \${env:DEMO_AGENT_URL}
  body: {question: "{{input}}", slot: "{{slot}}"}
  reply: {output: /answer, toolCalls: /trace/tool_calls, usage: /usage}
repeats: 3
concurrency: 8
checkers:
  - {type: contains, value: "{{expected}}", ignoreCase: true}
  - {type: trajectory, match: in-order}
policy:
  slices: [tags]
`;
