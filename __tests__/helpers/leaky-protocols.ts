import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { WebSocketServer } from 'ws';
import { leakTo, readBody, type Told } from './leaky-server.ts';

/** What each protocol shows besides the bodies of errors; the words are the places of `Told`. */
export const protocolPlaces = {
  adk: ['text', 'author', 'call', 'result', 'error', 'state'],
  graph: ['text', 'call', 'result', 'error', 'state', 'node'],
  a2a: ['text', 'failed', 'artifact', 'error', 'history'],
  traced: ['span', 'long span', 'tool', 'args', 'result', 'event', 'resource', 'fault', 'answer', 'status', 'cut', 'reported'],
  socket: ['text', 'reported', 'close', 'call', 'junk'],
  chat: ['text', 'refusal', 'reason', 'call', 'error'],
  user: ['text', 'refusal', 'long refusal', 'reason', 'error'],
} as const;
/** Ways of the body of an error, of every server. */
export const errorPlaces = ['status', 'cut', 'header', 'location', 'retry', 'junk', 'shape', 'stream', 'reported'] as const;

/** Agents and services of every protocol, which show what they were told to show for the case in their request: `case-N` is the Nth. */
export interface LeakyProtocols {
  /** Of the agents below it: `/adk`, `/graph`, `/a2a`, `/traced`, `/chat`; services `/user`, `/judge`, `/webhook`, `/api`, `/token`. */
  url: string;
  socketUrl: string;
  /** All that was sent to services which must not get a secret: by path, without headers. */
  received: [string, string][];
  /** Where spans go. */
  spanUrl: string;
  close(): Promise<void>;
}

type Case = Told & { n: number };
type Way = (response: ServerResponse, told: Case, body: string, headers: IncomingHttpHeaders) => void | Promise<void>;

const send = (response: ServerResponse, value: unknown, status = 200) =>
  void response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value));
const before = (pad: number) => 'x '.repeat(Number(pad));

/** On the loopback interface. `token`: told to whoever asks for one. */
export async function startLeakyProtocols(cases: readonly Told[], token: string): Promise<LeakyProtocols> {
  let refused = 0;
  const sockets = new WebSocketServer({ noServer: true });
  const caseOf = (text: string): Case | undefined => {
    const n = Number(/case-(\d+)/.exec(text)?.[1] ?? Number.NaN);
    const told = cases[n];
    return told && { ...told, n };
  };
  const server = createServer((message, response) => {
    void readBody(message).then(async (body) => {
      const { url: path = '', headers } = message;
      const [, kind = '', rest = ''] = /^\/(\w+)(.*)$/s.exec(path) ?? [];
      if (!trusted.has(kind)) leaky.received.push([path, path + body]);
      const start = starts[`${kind} ${rest.split('/').at(-1)}`];
      if (start) return send(response, start(`http://${headers.host}/${kind}`));
      if (kind === 'token') return send(response, { access_token: token, token_type: 'Bearer', note: cases[0]?.leak });
      if (kind === 'tools') return driveTool(response, body);
      const told = caseOf(body) ?? (kind === 'untoken' ? cases.map((one, n) => ({ ...one, n }))[refused++ % cases.length] : undefined);
      if (!told) return void response.writeHead(404).end();
      if (told.place === 'header' || !(own[kind]?.has(told.place) ?? false)) return leakTo(response, told);
      await ways(leaky)[kind]?.(response, told, body, headers);
    });
  });
  server.on('upgrade', (request, socket, head) => {
    socket.on('error', () => {});
    const told = cases[refused++ % cases.length];
    if (request.url === '/refused') return void socket.end(`HTTP/1.1 403 ${told?.leak.replace(/[^\x20-\x7e]/g, '?')}\r\n\r\n${told?.leak}`);
    sockets.handleUpgrade(request, socket, head, (client) => {
      client.on('error', () => {});
      client.on('message', (data) => {
        const { place, leak } = caseOf(String(data)) ?? { place: '', leak: '' };
        const closed = (text: string) =>
          Buffer.from(text)
            .subarray(0, 120)
            .toString('utf8')
            .replace(/\ufffd$/, '');
        if (place === 'close') client.close(4000, closed(leak));
        else if (place === 'junk') client.send(`{"${leak}`);
        else if (place === 'reported') client.send(JSON.stringify({ error: leak }));
        else if (place === 'call') client.send(JSON.stringify({ answer: 'x', calls: [{ name: leak, args: { [leak]: leak }, result: leak }] }));
        else client.send(JSON.stringify({ answer: leak }));
      });
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const leaky: LeakyProtocols = {
    url: `http://127.0.0.1:${port}`,
    socketUrl: `ws://127.0.0.1:${port}`,
    received: [],
    spanUrl: '',
    close: () =>
      new Promise((resolve) => {
        for (const client of sockets.clients) client.terminate();
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  return leaky;
}

/** The agent's own model hears what its tools say, and a client proves itself to whoever gives out tokens. */
const trusted = new Set(['tools', 'token', 'untoken']);

const own: Record<string, ReadonlySet<string>> = Object.fromEntries(
  Object.entries({ ...protocolPlaces, judge: [], webhook: [] }).map(([kind, places]) => [kind, new Set<string>(places)]),
);

/** What goes before a question. */
const starts: Record<string, (url: string) => unknown> = {
  'adk sessions': () => ({ id: 's', appName: 'shop', userId: 'u', state: {}, events: [], lastUpdateTime: 1 }),
  'graph threads': () => ({ thread_id: 't', status: 'idle', values: null }),
  'a2a agent-card.json': (url) => ({ name: 'shop', capabilities: {}, url: `${url}/rpc`, preferredTransport: 'JSONRPC', protocolVersion: '0.3.0' }),
};

const completion = (message: object, reason = 'stop') => ({
  id: 'c',
  object: 'chat.completion',
  choices: [{ index: 0, finish_reason: reason, message: { role: 'assistant', content: null, ...message } }],
});

/** A model that calls the tool of the case once, then says what it heard. */
function driveTool(response: ServerResponse, body: string): void {
  const { messages = [], tools = [] } = JSON.parse(body) as {
    messages?: { role: string; content: string }[];
    tools?: { function: { name: string } }[];
  };
  const heard = messages.at(-1);
  if (heard?.role === 'tool') return void send(response, completion({ content: `heard ${heard.content}` }));
  const n = Number(/case-(\d+)/.exec(body)?.[1]);
  const name = tools.find((tool) => tool.function.name.endsWith('show'))?.function.name ?? 'none';
  const call = (id: string, tool: string) => ({ id, type: 'function', function: { name: tool, arguments: JSON.stringify({ n }) } });
  const others = tools.filter((tool) => tool.function.name !== name).map((tool) => call('d', tool.function.name));
  send(response, completion({ tool_calls: [call('c', name), ...(n % 5 === 0 ? others : [])] }, 'tool_calls'));
}

function modelSays(response: ServerResponse, { place, leak, pad }: Case): void {
  const call = [{ id: leak, type: 'function', function: { name: leak, arguments: JSON.stringify({ q: leak }) } }];
  if (place === 'refusal') send(response, completion({ refusal: `${leak} is refused` }));
  else if (place === 'long refusal') send(response, completion({ refusal: `${'x'.repeat(300 - (Number(pad) % 30))}${leak} is refused` }));
  else if (place === 'reason') send(response, completion({ content: 'x' }, leak));
  else if (place === 'call') send(response, completion({ tool_calls: call }, 'tool_calls'));
  else if (place === 'error') send(response, { error: { message: `bad ${before(pad)}${leak}`, code: leak, type: leak } }, 400);
  else send(response, completion({ content: leak }));
}

const ways = (leaky: LeakyProtocols): Record<string, Way> => ({
  adk(response, { place, leak, pad }) {
    const event = (parts: object[], more: object = {}) => ({ author: 'agent', id: 'e', content: { role: 'model', parts }, actions: {}, ...more });
    const call = { functionCall: { id: leak, name: leak, args: { [leak]: leak } } };
    send(response, [
      ...(place === 'call' ? [event([call])] : []),
      ...(place === 'result' ? [event([call, { functionResponse: { id: leak, name: leak, response: { [leak]: leak } } }])] : []),
      ...(place === 'error' ? [event([], { errorCode: leak, errorMessage: `${before(pad)}${leak} ${'and '.repeat(300)}` })] : []),
      event([{ text: place === 'text' ? leak : 'x' }], {
        ...(place === 'author' ? { author: leak } : {}),
        ...(place === 'state' ? { actions: { stateDelta: { [leak]: leak } } } : {}),
      }),
    ]);
  },
  graph(response, { place, leak, pad }) {
    if (place === 'error') return send(response, { __error__: { error: leak, message: `${before(pad)}${leak}` } });
    const call = { type: 'ai', id: 'm1', content: '', tool_calls: [{ id: leak, name: leak, args: { [leak]: leak } }] };
    const messages = [
      { type: 'human', id: 'm0', content: 'x' },
      ...(place === 'call' || place === 'result' ? [call] : []),
      ...(place === 'result' ? [{ type: 'tool', id: 'm2', name: leak, tool_call_id: leak, content: leak }] : []),
      { type: 'ai', id: 'm3', content: place === 'text' ? leak : 'x' },
    ];
    const state = { messages, ...(place === 'state' ? { [leak]: leak, __interrupt__: [{ value: leak }] } : {}) };
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    const emit = (event: string, data: unknown) => response.write(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
    if (place === 'node') emit('updates', { [`${'n'.repeat(200 - (Number(pad) % 30))}${leak}`]: {} });
    emit('values', state);
    response.end();
  },
  a2a(response, { place, leak, pad }, body) {
    const { id } = JSON.parse(body) as { id: unknown };
    const message = (text: string) => ({ kind: 'message', messageId: leak, role: 'agent', parts: [{ kind: 'text', text }] });
    if (place === 'error') return send(response, { jsonrpc: '2.0', id, error: { code: -32_000, message: `${before(pad)}${leak}`, data: [leak] } });
    if (place === 'text') return send(response, { jsonrpc: '2.0', id, result: message(leak) });
    const state = place === 'failed' ? 'failed' : 'completed';
    const status = { state, message: message(place === 'failed' ? `${before(pad)}${leak} ${'and '.repeat(300)}` : 'x') };
    const artifacts = [
      {
        artifactId: leak,
        name: leak,
        parts: [{ kind: 'text', text: 'x' }, ...(place === 'artifact' ? [{ kind: 'data', data: { [leak]: leak } }] : [])],
      },
    ];
    send(response, { jsonrpc: '2.0', id, result: { kind: 'task', id: leak, contextId: leak, status, artifacts, history: [message(leak)] } });
  },
  async traced(response, { place, leak, pad }, _, { traceparent = '' }) {
    const [, traceId, parentSpanId] = String(traceparent).split('-');
    const text = (key: string, stringValue: string) => ({ key, value: { stringValue } });
    const at = (wanted: string, otherwise: string) => (place === wanted ? leak : otherwise);
    const long = `${'n'.repeat(200 - (Number(pad) % 30))}${leak}`;
    const times = { startTimeUnixNano: '1000000', endTimeUnixNano: '2000000' };
    const spans = [
      { traceId, spanId: '00000000000000a1', parentSpanId, name: place === 'long span' ? long : at('span', 'work'), ...times },
      {
        ...{
          traceId,
          spanId: '00000000000000a2',
          parentSpanId: '00000000000000a1',
          name: place === 'long span' ? long : at('span', 'tool'),
          ...times,
        },
        status: place === 'fault' ? { code: 2, message: leak } : {},
        events: [{ name: at('event', 'e'), attributes: [text(at('event', 'k'), leak)] }],
        attributes: [
          text('gen_ai.operation.name', 'execute_tool'),
          text('gen_ai.tool.call.arguments', JSON.stringify({ q: at('args', 'x'), [at('args', 'k')]: 1 })),
          ...(place === 'tool' ? [text('gen_ai.tool.name', leak), text('gen_ai.tool.call.id', leak)] : []),
          ...(place === 'result' ? [text('gen_ai.tool.call.result', leak)] : []),
          text(leak, leak),
        ],
      },
    ];
    const resource = { attributes: [text('service.name', at('resource', 's')), text('key', leak)] };
    const exported = { resourceSpans: [{ resource, scopeSpans: [{ scope: { name: leak }, spans }] }] };
    await fetch(leaky.spanUrl, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(exported) });
    if (['answer', 'status', 'cut', 'reported'].includes(place)) leakTo(response, { place, leak, pad });
    else send(response, { answer: 'x' });
  },
  chat: (response, told) => modelSays(response, told),
  user: (response, told) => modelSays(response, told),
});
