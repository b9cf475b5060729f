import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { WebSocketServer } from 'ws';
import { makeProject, runCli } from '../helpers/run-cli.ts';

const depths = [10, 5000, 100_000];
const nested = (depth: number) => '['.repeat(depth) + ']'.repeat(depth);

/** By the name of the agent: what it replies, with a value so deep somewhere inside. */
const bodies: Record<string, (deep: string, id: string) => string> = {
  output: (deep) => `{"answer": ${deep}}`,
  arguments: (deep) => `{"answer": "x", "calls": [{"name": "f", "args": {"a": ${deep}}}]}`,
  'arguments-text': (deep) => `{"answer": "x", "calls": [{"name": "f", "args": ${JSON.stringify(`{"a": ${deep}}`)}}]}`,
  usage: (deep) => `{"answer": "x", "usage": {"a": ${deep}}}`,
  state: (deep) => `{"answer": "x", "state": ${deep}}`,
  elsewhere: (deep) => `{"answer": "x", "other": ${deep}}`,
  stream: (deep) => `data: {"piece": "x", "other": ${deep}}\n\n`,
  chat: (deep) => `{"choices": [{"message": {"role": "assistant", "content": "x"}, "finish_reason": "stop"}], "other": ${deep}}`,
  responses: (deep) =>
    `{"output": [{"type": "message", "role": "assistant", "content": [{"type": "output_text", "text": "x"}]}], "status": "completed", "other": ${deep}}`,
  a2a: (deep, id) =>
    `{"jsonrpc": "2.0", "id": ${id}, "result": {"kind": "message", "messageId": "m", "role": "agent", "parts": [{"kind": "data", "data": {"a": ${deep}}}]}}`,
};
const a2aCard = {
  ...{ protocolVersion: '0.3.0', name: 'a', description: 'a', version: '1', url: '/a2a', preferredTransport: 'JSONRPC', skills: [] },
  ...{ capabilities: { streaming: false }, defaultInputModes: ['text'], defaultOutputModes: ['text'] },
};

const server = createServer(async (request, response) => {
  const [, name = ''] = (request.url ?? '').split('/');
  let asked = '';
  for await (const chunk of request) asked += String(chunk);
  const depth = Number(/depth (\d+)/.exec(asked)?.[1]);
  response.writeHead(200, { 'content-type': name === 'stream' ? 'text/event-stream' : 'application/json' });
  const { id } = asked === '' ? { id: undefined } : (JSON.parse(asked) as { id?: unknown });
  response.end(request.url?.includes('agent-card') ? JSON.stringify(a2aCard) : bodies[name]?.(nested(depth), JSON.stringify(id)));
});
const sockets = new WebSocketServer({ noServer: true });
server.on('upgrade', (request, socket, head) =>
  sockets.handleUpgrade(request, socket, head, (opened) =>
    opened.on('message', (data) => opened.send(`{"answer": "x", "other": ${nested(Number(/depth (\d+)/.exec(String(data))?.[1]))}}`)),
  ),
);
beforeAll(() => new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve)));
afterAll(() => {
  sockets.close();
  server.closeAllConnections();
  server.close();
});

const commandAgent = `
let text = '';
for await (const chunk of process.stdin) text += chunk;
const depth = Number(/depth (\\d+)/.exec(text)[1]);
process.stdout.write('{"output": "x", "finalState": ' + '['.repeat(depth) + ']'.repeat(depth) + '}');`;
const moduleAgent = `
export default ({ input }) => {
  const depth = Number(input.slice(6));
  return { output: 'x', finalState: JSON.parse('['.repeat(depth) + ']'.repeat(depth)) };
};`;

function agents(): Record<string, object> {
  const { port } = server.address() as AddressInfo;
  const url = (name: string) => `http://127.0.0.1:${port}/${name}`;
  const reply = { output: '/answer', toolCalls: '/calls', usage: '/usage', finalState: '/state' };
  const overHttp = ['output', 'arguments', 'arguments-text', 'usage', 'state', 'elsewhere'];
  const body = { q: '{{input}}' };
  return {
    ...Object.fromEntries(overHttp.map((name) => [name, { type: 'http', url: url(name), body, reply }])),
    stream: { type: 'http', url: url('stream'), body, stream: { output: '/piece' }, reply: {} },
    chat: { type: 'openai-chat', model: 'm', baseUrl: url('chat') },
    responses: { type: 'openai-responses', model: 'm', baseUrl: url('responses') },
    a2a: { type: 'a2a', url: url('a2a') },
    websocket: { type: 'websocket', url: url('socket').replace('http', 'ws'), message: body, reply: { output: '/answer' } },
    command: { type: 'command', command: [process.execPath, 'deep.mjs'] },
    module: { type: 'module', path: 'deep-module.mjs' },
  };
}

it('T08 gives a slot whose reply is nested too deep an error of its own, at every place and for every agent, and goes on', async () => {
  const project = makeProject({
    'samples.jsonl': depths.map((depth) => ({ id: `d${depth}`, input: `depth ${depth}` })),
    'deep.mjs': commandAgent,
    'deep-module.mjs': moduleAgent,
    'agent-regress.yml': JSON.stringify({
      ...{ suite: 'deep', samples: 'samples.jsonl', repeats: 1, concurrency: 3, maxRetries: 0, baseline: 'none' },
      ...{ agents: agents(), checkers: [{ type: 'length', min: 0 }] },
    }),
  });
  const { code, stderr } = await runCli(['run', '--quiet'], { cwd: project.folder });
  expect(code, stderr).toBe(3);
  expect(stderr).not.toContain('bug in');
  const found = Object.keys(agents()).map((name) => {
    const records = project.records(`.agent-regress/deep-${name}-`, 'response') as { sample: string; error?: { message: string } }[];
    return [name, ...depths.map((depth) => records.find(({ sample }) => sample === `d${depth}`)?.error?.message ?? 'answered')];
  });
  const tooDeep = expect.stringMatching(/nested deeper than 200 levels|Maximum call stack/);
  expect(found).toEqual(Object.keys(agents()).map((name) => [name, 'answered', tooDeep, tooDeep]));
  project.remove();
}, 60_000);
