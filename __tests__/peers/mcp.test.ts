import { join } from 'node:path';
import { expect, it } from 'vitest';
import { folderOf } from '../../scripts/peers/list.mjs';
import { type ChatBody, serveModel } from '../helpers/model-server.ts';
import { describePeer, runSuite, type Slot, startPeer } from './support.ts';

const server = (name: string, args: string[] = [], more = {}) => ({
  command: process.execPath,
  args: [join(folderOf('mcp'), 'node_modules/@modelcontextprotocol', `server-${name}`, 'dist/index.js'), ...args],
  ...more,
});
const servers = {
  everything: server('everything'),
  files: server('filesystem', [`\${workspace}`], { cwd: `\${workspace}` }),
  memory: server('memory', [], { env: { MEMORY_FILE_PATH: `\${workspace}/memory.jsonl` } }),
};

/** A sample's message is the list of the calls that the model makes, one in each reply; then it says the last result. */
function script({ messages }: ChatBody, n: number) {
  const plan = JSON.parse(messages.findLast(({ role }) => role === 'user')?.content ?? '[]') as [string, object][];
  const next = plan[n];
  return next ? { calls: [{ name: next[0], args: next[1], id: `call-${n}` }] } : (messages.at(-1)?.content ?? '').slice(0, 2000);
}
const message = (...calls: [string, object][]) => JSON.stringify(calls);

function callsOf({ trajectory }: Slot = { outcome: '' }) {
  return trajectory?.turns.flatMap(({ steps }) => steps).map(({ name, server: by, isError }) => `${by}: ${name}${isError ? ' failed' : ''}`);
}

const samples = [
  {
    id: 'files',
    turns: [
      { input: message(['files__write_file', { path: 'note.txt', content: 'shipped' }]) },
      { input: message(['files__read_text_file', { path: 'note.txt' }], ['files__read_text_file', { path: '/etc/hostname' }]) },
    ],
  },
  {
    id: 'memory',
    input: message(
      ['memory__create_entities', { entities: [{ name: 'Ann', entityType: 'customer', observations: ['waits for order 7'] }] }],
      ['memory__search_nodes', { query: 'order 7' }],
    ),
  },
  { id: 'forgets', input: message(['memory__search_nodes', { query: 'order 7' }]) },
  {
    id: 'everything',
    input: message(
      ['everything__get-sum', { a: 2, b: 3 }],
      ['everything__get-sum', { a: 'two' }],
      ['everything__get-structured-content', { location: 'Chicago' }],
      ['everything__nothing', {}],
      ['everything__echo', { message: 'over' }],
    ),
  },
];

const everythingCalls = [
  'everything: everything__get-sum',
  'everything: everything__get-sum failed',
  'everything: everything__get-structured-content',
  'undefined: everything__nothing failed',
  'everything: everything__echo',
];

describePeer('mcp', 'the MCP servers of the protocol itself', () => {
  it("are a model's tools, in a folder of their own for each slot", async () => {
    const { baseUrl, bodies } = await serveModel(script);
    const agent = { type: 'mcp', baseUrl, model: 'script', servers, shared: ['everything'], requireAll: true };
    const { code, stderr, slots } = await runSuite(samples, { agent, concurrency: 4, checkers: [{ type: 'length', min: 1 }] });
    expect(code, stderr).toBe(0);
    const offered = bodies[0]?.tools?.map((tool) => tool.function.name) ?? [];
    expect(offered).toEqual(expect.arrayContaining(['everything__echo', 'files__write_file', 'memory__create_entities']));
    expect(callsOf(slots.files)).toEqual(['files: files__write_file', 'files: files__read_text_file', 'files: files__read_text_file failed']);
    expect(slots.files?.trajectory).toMatchObject({
      turns: [{}, { output: expect.stringMatching(/^Access denied/), steps: [{ result: { content: 'shipped' } }, {}] }],
      finalState: { files: { 'note.txt': 'shipped' } },
    });
    expect(callsOf(slots.memory)).toEqual(['memory: memory__create_entities', 'memory: memory__search_nodes']);
    const found = { entities: [{ name: 'Ann' }] };
    expect(slots.memory?.trajectory?.turns[0]?.steps[1]).toMatchObject({ result: found });
    expect(slots.forgets?.trajectory?.turns[0]?.steps[0]).toMatchObject({ result: { entities: [], relations: [] } });
    expect(callsOf(slots.everything)).toEqual(everythingCalls);
    expect(slots.everything?.trajectory?.turns[0]).toMatchObject({
      output: 'Echo: over',
      steps: [{ result: 'The sum of 2 and 3 is 5.' }, {}, { result: { conditions: expect.any(String) } }, {}, {}],
    });
  });

  it('are reached over streamable HTTP, and one that is down is said and done without', async () => {
    const { baseUrl } = await serveModel(script);
    const entry = '../node_modules/@modelcontextprotocol/server-everything/dist/index.js';
    const running = await startPeer({
      peer: 'mcp',
      command: (port) => ['env', `PORT=${port}`, process.execPath, entry, 'streamableHttp'],
      health: '/mcp',
    });
    try {
      const down = { command: process.execPath, args: ['-e', 'process.exit(3)'] };
      const agent = { type: 'mcp', baseUrl, model: 'script', servers: { everything: { url: `${running.url}/mcp` }, down } };
      const { code, stderr, slots } = await runSuite(samples.slice(-1), { agent, checkers: [{ type: 'contains', value: 'Echo: over' }] });
      expect(code, stderr).toBe(0);
      expect(stderr).toContain('the MCP server "down" did not start: exited with code 3: the other servers are used without it');
      expect(slots.everything?.trajectory?.turns[0]?.steps[0]).toMatchObject({ kind: 'error', message: expect.stringContaining('"down"') });
      expect(callsOf(slots.everything)?.slice(1)).toEqual(everythingCalls);
    } finally {
      await running.stop();
    }
  });
});
