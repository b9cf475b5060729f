import type { ServerResponse } from 'node:http';
import { describe, expect, it } from 'vitest';
import { failureOf, json, makeRequest, makeSample, openAgent, type Seen, serve } from './support.ts';

const message = (text: string, id = 'm1') => ({ type: 'message', id, role: 'assistant', content: [{ type: 'output_text', text, annotations: [] }] });
const functionCall = (name: string, args: string, callId = 'c1') => ({ type: 'function_call', id: 'f1', call_id: callId, name, arguments: args });
const reasoning = { type: 'reasoning', id: 'r1', summary: [] };
const response = (output: object[], more: object = {}) => ({
  id: 'resp-1',
  object: 'response',
  status: 'completed',
  output,
  usage: { input_tokens: 5, output_tokens: 2, total_tokens: 7 },
  ...more,
});

async function open(answer: (reply: ServerResponse, seen: Seen, n: number) => void, options: object = {}) {
  const server = await serve(answer);
  const agent = await openAgent('openai-responses', { baseUrl: `${server.url}/v1`, apiKey: 'sk-test', model: 'm', ...options });
  return { agent, seen: server.seen, bodies: () => server.seen.map(({ body }) => JSON.parse(body) as Record<string, unknown>) };
}

function events(reply: ServerResponse, all: readonly Record<string, unknown>[]): void {
  reply.setHeader('content-type', 'text/event-stream');
  reply.end(all.map((event) => `event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`).join(''));
}

const tools = [{ name: 'look', parameters: { type: 'object', properties: {} }, result: { found: true } }];

describe('the Responses API', () => {
  it('sends the whole conversation, runs tools, and records texts, calls and usage', async () => {
    const outputs = [[reasoning, message('Let me look.'), functionCall('look', '{"q":1}')], [message('It is there.', 'm2')], [message('Bye.', 'm3')]];
    const { agent, seen, bodies } = await open((reply, _, n) => json(reply, response(outputs[n - 1] ?? [])), {
      system: 'be kind',
      temperature: 0,
      maxTokens: 9,
      tools,
    });
    const trajectory = await agent.ask(makeRequest({ sample: makeSample({ turns: [{ input: 'one' }, { input: 'two' }] }) }));
    expect(trajectory).toMatchObject({
      turns: [
        {
          output: 'It is there.',
          steps: [
            { kind: 'message', text: 'Let me look.' },
            { kind: 'toolCall', name: 'look', args: { q: 1 }, id: 'c1', result: { found: true } },
          ],
        },
        { output: 'Bye.', steps: [] },
      ],
      usage: { inputTokens: 15, outputTokens: 6 },
    });
    expect(trajectory.firstByteMs).toBeGreaterThan(0);
    expect(seen[0]).toMatchObject({ method: 'POST', url: '/v1/responses', headers: { authorization: 'Bearer sk-test', 'idempotency-key': 'key-1' } });
    expect(bodies()[0]).toEqual({
      model: 'm',
      instructions: 'be kind',
      temperature: 0,
      max_output_tokens: 9,
      tools: [{ type: 'function', name: 'look', parameters: { type: 'object', properties: {} }, strict: false }],
      input: [{ role: 'user', content: 'one' }],
      stream: false,
    });
    expect(bodies()[2]?.input).toEqual([
      { role: 'user', content: 'one' },
      ...(outputs[0] ?? []),
      { type: 'function_call_output', call_id: 'c1', output: '{"found":true}' },
      ...(outputs[1] ?? []),
      { role: 'user', content: 'two' },
    ]);
  });

  it('does not go on without the history that a response without an id leads to', async () => {
    const { agent, seen } = await open((reply) => json(reply, response([message('a')], { id: undefined })), { history: 'previous' });
    expect((await agent.ask(makeRequest())).turns[0]?.output).toBe('a');
    const failure = await failureOf(agent.ask(makeRequest({ sample: makeSample({ turns: [{ input: 'one' }, { input: 'two' }] }) })));
    expect(failure).toMatchObject({ kind: 'bad-response', phase: 'answered', message: expect.stringContaining('the id of every response') });
    expect(seen).toHaveLength(2);
  });

  it('sends only what is new after previous_response_id', async () => {
    const { agent, bodies } = await open(
      (reply, _, n) => json(reply, response([n === 1 ? functionCall('look', '{}') : message(`a${n}`)], { id: `resp-${n}` })),
      {
        history: 'previous',
        tools,
      },
    );
    await agent.ask(makeRequest({ sample: makeSample({ turns: [{ input: 'one' }, { input: 'two' }] }) }));
    expect(bodies().map(({ input, previous_response_id: previous }) => ({ input, previous }))).toEqual([
      { input: [{ role: 'user', content: 'one' }], previous: undefined },
      { input: [{ type: 'function_call_output', call_id: 'c1', output: '{"found":true}' }], previous: 'resp-1' },
      { input: [{ role: 'user', content: 'two' }], previous: 'resp-2' },
    ]);
  });

  it('asks for encrypted reasoning when nothing is stored', async () => {
    const { agent, bodies } = await open((reply) => json(reply, response([message('x')])), { store: false });
    await agent.ask(makeRequest());
    expect(bodies()[0]).toMatchObject({ store: false, include: ['reasoning.encrypted_content'] });
  });

  it('reads streams', async () => {
    const done = response([message('Hello'), functionCall('look', '{}')]);
    const { agent, bodies } = await open(
      (reply, _, n) =>
        events(reply, [
          { type: 'response.created', response: { ...done, status: 'in_progress', output: [] } },
          { type: 'response.output_text.delta', delta: 'Hel' },
          ...(n === 1 ? [] : [{ type: 'response.output_item.done', item: message('fin') }]),
          { type: 'response.completed', response: n === 1 ? done : { ...done, output: [] } },
        ]),
      { stream: true, tools },
    );
    expect(await agent.ask(makeRequest())).toMatchObject({
      turns: [{ output: 'fin', steps: [{ text: 'Hello' }, { name: 'look' }] }],
      usage: { inputTokens: 10 },
    });
    expect(bodies()[0]).toMatchObject({ stream: true });
  });

  it('records tools of the endpoint, refusals and replies that are cut', async () => {
    const outputs = [
      [
        { type: 'web_search_call', id: 'w', action: { type: 'search', query: 'x' } },
        { type: 'mcp_list_tools', tools: [] },
        { type: 'mcp_call', name: 'roll', arguments: '{"sides":6}', output: '4', server_label: 'dice' },
        message('4'),
      ],
      [{ type: 'message', content: [{ type: 'refusal', refusal: 'I will not.' }] }],
      [message('half an ans')],
    ];
    const { agent } = await open((reply, _, n) =>
      json(reply, response(outputs[n - 1] ?? [], n === 3 ? { status: 'incomplete', incomplete_details: { reason: 'max_output_tokens' } } : {})),
    );
    const { turns } = await agent.ask(makeRequest({ sample: makeSample({ turns: [{ input: '1' }, { input: '2' }, { input: '3' }] }) }));
    expect(turns).toMatchObject([
      {
        output: '4',
        steps: [
          { name: 'web_search', args: { query: 'x' } },
          { name: 'roll', args: { sides: 6 }, result: '4', server: 'dice' },
        ],
      },
      { output: 'I will not.', steps: [] },
      { output: 'half an ans', steps: [{ kind: 'error', message: 'the reply is incomplete: max_output_tokens' }] },
    ]);
  });

  it.each([
    [(reply: ServerResponse) => json(reply, null), {}, 'bad-response', 'no response of a model'],
    [(reply: ServerResponse) => json(reply, { object: 'response' }), {}, 'bad-response', 'output'],
    [(reply: ServerResponse) => json(reply, { choices: [] }), {}, 'bad-response', 'no response of a model'],
    [(reply: ServerResponse) => json(reply, response([{ type: 'function_call' }])), {}, 'bad-response', 'no response of a model'],
    [(reply: ServerResponse) => json(reply, response([reasoning])), {}, 'bad-response', 'no text and no tool call'],
    [
      (reply: ServerResponse) => json(reply, response([], { status: 'incomplete', incomplete_details: { reason: 'content_filter' } })),
      {},
      'bad-response',
      'content_filter',
    ],
    [
      (reply: ServerResponse) => json(reply, response([], { status: 'failed', error: { code: 'server_error', message: 'oh' } })),
      {},
      'agent-error',
      'server_error: oh',
    ],
    [
      (reply: ServerResponse) => json(reply, response([], { status: 'failed', error: { code: 'rate_limit_exceeded', message: 'slow' } })),
      {},
      'rate-limited',
      'slow',
    ],
    [(reply: ServerResponse) => events(reply, [{ type: 'error', code: 'x', message: 'overloaded' }]), { stream: true }, 'agent-error', 'overloaded'],
    [(reply: ServerResponse) => events(reply, [{ type: 'response.created' }]), { stream: true }, 'reset', 'ended before'],
    [(reply: ServerResponse) => reply.writeHead(401).end('{"error":{"message":"bad key"}}'), {}, 'http-status', 'status 401'],
    [(reply: ServerResponse) => reply.writeHead(307, { location: '/x' }).end(), {}, 'redirect', 'redirects'],
  ])('classifies failure %#', async (answer, options, kind, text) => {
    const { agent, seen } = await open(answer, options);
    const failure = await failureOf(agent.ask(makeRequest()));
    expect(failure).toMatchObject({ kind, message: expect.stringContaining(text) });
    expect(failure.message).not.toContain('sk-test');
    expect(seen).toHaveLength(1);
  });
});
