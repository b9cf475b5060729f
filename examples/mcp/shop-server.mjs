// An MCP server over standard input and output, without any package: JSON-RPC, one message a line. Its data is in the folder it is given.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const file = join(process.argv[2], 'stock.json');
const load = () => JSON.parse(readFileSync(file, 'utf8'));
const save = (stock) => writeFileSync(file, JSON.stringify(stock));
const schema = (properties) => ({ type: 'object', properties, required: Object.keys(properties) });

const tools = {
  stock: {
    description: 'How many of an item are there',
    inputSchema: schema({ item: { type: 'string' } }),
    run: ({ item }) => `${load()[item] ?? 0}`,
  },
  reserve: {
    description: 'Takes some of an item out of the stock',
    inputSchema: schema({ item: { type: 'string' }, count: { type: 'integer', minimum: 1 } }),
    run({ item, count }) {
      const stock = load();
      if ((stock[item] ?? 0) < count) throw new Error(`there are only ${stock[item] ?? 0}`);
      save({ ...stock, [item]: stock[item] - count });
      return 'reserved';
    },
  },
  clear: { description: 'Throws all stock away', inputSchema: schema({}), run: () => save({}) ?? 'gone' },
};

const methods = {
  initialize: ({ protocolVersion }) => ({ protocolVersion, capabilities: { tools: {} }, serverInfo: { name: 'shop', version: '1.0.0' } }),
  ping: () => ({}),
  'tools/list': () => ({ tools: Object.entries(tools).map(([name, { description, inputSchema }]) => ({ name, description, inputSchema })) }),
  'tools/call'({ name, arguments: args }) {
    try {
      return { content: [{ type: 'text', text: tools[name].run(args ?? {}) }] };
    } catch (error) {
      return { content: [{ type: 'text', text: error.message }], isError: true };
    }
  },
};

for await (const line of createInterface({ input: process.stdin })) {
  const { id, method, params = {} } = JSON.parse(line);
  if (id === undefined) continue; // a notification
  const answer = methods[method] ? { result: methods[method](params) } : { error: { code: -32601, message: `no method ${method}` } };
  process.stdout.write(`${JSON.stringify({ jsonrpc: '2.0', id, ...answer })}\n`);
}
