// An MCP server over standard input and output, without any package: JSON-RPC, one message a line. Its data are *.jsonl files in its folder.
import { appendFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const folder = process.argv[2];
const load = (name) => {
  const file = join(folder, `${name}.jsonl`);
  return existsSync(file)
    ? readFileSync(file, 'utf8')
        .split('\n')
        .filter(Boolean)
        .map((line) => JSON.parse(line))
    : [];
};
const save = (name, rows) => writeFileSync(join(folder, `${name}.jsonl`), rows.map((row) => `${JSON.stringify(row)}\n`).join(''));
const text = { type: 'string' };
const schema = (properties) => ({ type: 'object', properties, required: Object.keys(properties) });
const orderOf = (id) => {
  const order = load('orders').find(({ order_id }) => order_id === id);
  if (!order) throw new Error(`there is no order ${id}`);
  return order;
};

const tools = {
  get_order: { description: 'Looks an order up', inputSchema: schema({ order_id: text }), run: ({ order_id }) => orderOf(order_id) },
  close_lock: {
    description: 'Closes the lock from afar and ends the ride',
    inputSchema: schema({ order_id: text }),
    run({ order_id }) {
      orderOf(order_id);
      save(
        'orders',
        load('orders').map((order) => (order.order_id === order_id ? { ...order, status: 'ended' } : order)),
      );
      return { closed: true };
    },
  },
  create_ticket: {
    description: 'Asks the workshop to look at a bike',
    inputSchema: schema({ bike_id: text, problem: text }),
    run({ bike_id, problem }) {
      const ticket = { maintenance_ticket_id: `t${load('maintenance_tickets').length + 1}`, bike_id, problem, status: 'open' };
      appendFileSync(join(folder, 'maintenance_tickets.jsonl'), `${JSON.stringify(ticket)}\n`);
      return ticket;
    },
  },
  issue_coupon: { description: 'Gives the user money', inputSchema: schema({ user_id: text }), run: ({ user_id }) => ({ coupon: user_id }) },
};

const methods = {
  initialize: ({ protocolVersion }) => ({ protocolVersion, capabilities: { tools: {} }, serverInfo: { name: 'bikeshare', version: '1.0.0' } }),
  ping: () => ({}),
  'tools/list': () => ({ tools: Object.entries(tools).map(([name, { description, inputSchema }]) => ({ name, description, inputSchema })) }),
  'tools/call'({ name, arguments: args }) {
    try {
      return { content: [{ type: 'text', text: JSON.stringify(tools[name].run(args ?? {})) }] };
    } catch (error) {
      return { content: [{ type: 'text', text: error.message }], isError: true };
    }
  },
};

createInterface({ input: process.stdin }).on('line', (line) => {
  const { id, method, params } = JSON.parse(line);
  if (id === undefined) return;
  const result = methods[method]?.(params ?? {});
  const answer = result === undefined ? { error: { code: -32601, message: `no method ${method}` } } : { result };
  process.stdout.write(`${JSON.stringify({ jsonrpc: '2.0', id, ...answer })}\n`);
});
