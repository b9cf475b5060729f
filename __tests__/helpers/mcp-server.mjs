// An MCP server of the tests, over standard input and output; `--http` listens on a free port and prints it.
import { spawn } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { Server } from '@modelcontextprotocol/sdk/server/index.js';
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';
import { CallToolRequestSchema, ListToolsRequestSchema } from '@modelcontextprotocol/sdk/types.js';

const folder = process.argv[2] ?? '.';
const object = (properties, required = Object.keys(properties)) => ({ type: 'object', properties, required });
const text = { type: 'string' };
const tools = {
  add: {
    schema: object({ a: { type: 'number' }, b: { type: 'number' } }),
    run: ({ a, b }) => ({ structuredContent: { sum: a + b }, say: String(a + b) }),
  },
  write: {
    schema: object({ path: text, text }),
    run({ path, text: content }) {
      writeFileSync(join(folder, path), content);
      return { say: 'written' };
    },
  },
  read: { schema: object({ path: text }), run: ({ path }) => ({ say: readFileSync(join(folder, path), 'utf8') }) },
  fail: { schema: object({}), run: () => ({ say: 'it does not work today', isError: true }) },
  crash: { schema: object({}), run: () => process.exit(7) },
  hang: { schema: object({}), run: () => new Promise(() => {}) },
  // As a tool that is no asynchronous function: nothing else is answered meanwhile.
  block: {
    schema: object({}),
    run() {
      writeFileSync(join(folder, 'blocked'), '');
      while (!existsSync(join(folder, 'go'))) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 20);
      return { say: 'went on' };
    },
  },
  big: { schema: object({ size: { type: 'number' } }), run: ({ size }) => ({ say: 'x'.repeat(size) }) },
  environment: { schema: object({}), run: () => ({ say: JSON.stringify({ ...process.env, cwd: process.cwd(), pid: process.pid }) }) },
  'odd name!': { schema: object({}), run: () => ({ say: 'odd' }) },
  child: {
    schema: object({}),
    run: () => ({ say: String(spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' }).pid) }),
  },
};

function createToolServer() {
  const server = new Server({ name: 'tests', version: '1' }, { capabilities: { tools: {} } });
  server.setRequestHandler(ListToolsRequestSchema, () => ({
    tools: Object.entries(tools).map(([name, { schema }]) => ({ name, description: `does ${name}`, inputSchema: schema })),
  }));
  server.setRequestHandler(CallToolRequestSchema, async ({ params }) => {
    const { say, ...rest } = await tools[params.name].run(params.arguments ?? {});
    return { content: [{ type: 'text', text: say }], ...rest };
  });
  return server;
}

if (process.argv.includes('--http')) {
  const sessions = new Map();
  const listener = createServer(async (request, response) => {
    if (request.headers['x-key'] !== undefined && request.headers['x-key'] !== 'key-0123456789')
      return response.writeHead(401).end('{"error":"bad key"}');
    let transport = sessions.get(request.headers['mcp-session-id']);
    if (!transport) {
      transport = new StreamableHTTPServerTransport({
        sessionIdGenerator: () => crypto.randomUUID(),
        enableJsonResponse: process.argv.includes('--json'),
        onsessioninitialized: (id) => sessions.set(id, transport),
      });
      await createToolServer().connect(transport);
    }
    await transport.handleRequest(request, response);
    if (request.method === 'DELETE') console.log('session ended');
  });
  listener.listen(0, '127.0.0.1', () => console.log(`http://127.0.0.1:${listener.address().port}/mcp`));
} else {
  console.error('the test server is up');
  await createToolServer().connect(new StdioServerTransport());
}
