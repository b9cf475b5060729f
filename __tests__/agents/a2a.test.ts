import { describe, expect, it } from 'vitest';
import { type A2aCall, startA2aServer } from '../helpers/a2a-server.ts';
import { failureOf, makeRequest, makeSample, openAgent, serve } from './support.ts';

/** What differs between the versions. */
const versions = {
  '0.3': {
    send: 'message/send',
    stream: 'message/stream',
    get: 'tasks/get',
    state: (name: string) => name,
    message: (fields: object) => ({ result: { kind: 'message', ...fields } }),
    task: (fields: object) => ({ result: { kind: 'task', ...fields } }),
    status: (fields: object) => ({ kind: 'status-update', final: false, ...fields }),
    artifact: (fields: object) => ({ kind: 'artifact-update', ...fields }),
  },
  '1.0': {
    send: 'SendMessage',
    stream: 'SendStreamingMessage',
    get: 'GetTask',
    state: (name: string) => `TASK_STATE_${name.toUpperCase().replace('-', '_')}`,
    message: (fields: object) => ({ result: { message: fields } }),
    task: (fields: object) => ({ result: { task: fields } }),
    status: (fields: object) => ({ statusUpdate: fields }),
    artifact: (fields: object) => ({ artifactUpdate: fields }),
  },
};

describe.each(['0.3', '1.0'] as const)('a2a %s', (version) => {
  const wire = versions[version];
  const open = (url: string, more: object = {}) => openAgent('a2a', { url, intervalMs: 5, ...more });
  const asked = ({ params }: A2aCall) => params.message?.parts[0];

  it('takes a plain message, and keeps the context for the next turns', async () => {
    const server = await startA2aServer(version, (call) =>
      wire.message({ messageId: `a${call.n}`, contextId: 'ctx', role: 'agent', parts: [{ text: `re ${JSON.stringify(asked(call))}` }] }),
    );
    const sample = makeSample({ turns: [{ input: 'one' }, { input: { two: 2 } }] });
    const { turns } = await (await open(server.url)).ask(makeRequest({ sample }));
    const [text, data] =
      version === '0.3' ? ['{"kind":"text","text":"one"}', '{"kind":"data","data":{"two":2}}'] : ['{"text":"one"}', '{"data":{"two":2}}'];
    expect(turns.map(({ output }) => output)).toEqual([`re ${text}`, `re ${data}`]);
    const [first, second] = server.calls();
    expect(first).toMatchObject({ method: wire.send, params: { message: { messageId: 'key-1', role: version === '0.3' ? 'user' : 'ROLE_USER' } } });
    expect(first?.params.message).not.toHaveProperty('contextId');
    expect(second?.params.message).toMatchObject({ contextId: 'ctx', messageId: 'key-1-t2' });
    expect(second?.params.message).not.toHaveProperty('taskId');
    expect(server.seen[1]?.headers['a2a-version']).toBe(version === '1.0' ? '1.0' : undefined);
    expect(server.seen.filter(({ url }) => url.includes('well-known'))).toHaveLength(1);
  });

  it('asks for a task until it is over, and reads artifacts, data and tool calls', async () => {
    const tool = (type: string, data: object) => ({ data, metadata: { adk_type: type } });
    const working = {
      id: 't1',
      contextId: 'ctx',
      status: { state: wire.state('working'), message: { messageId: 'w', role: 'agent', parts: [{ text: 'on it' }] } },
    };
    const done = {
      ...working,
      status: { state: wire.state('completed') },
      artifacts: [
        {
          artifactId: 'a',
          parts: [
            tool('function_call', { name: 'find', args: { q: 1 }, id: 'c' }),
            tool('function_response', { name: 'find', id: 'c', response: { ok: 1 } }),
          ],
        },
        { artifactId: 'b', name: 'answer', parts: [{ text: 'all' }, { data: { total: 3 } }, { text: 'good' }] },
      ],
    };
    const server = await startA2aServer(version, ({ method, n }) => (method === wire.send ? wire.task(working) : { result: n < 4 ? working : done }));
    const { turns } = await (await open(server.url)).ask(makeRequest());
    expect(server.calls().map(({ method }) => method)).toEqual([wire.send, wire.get, wire.get, wire.get]);
    expect(server.calls()[2]?.params).toEqual({ id: 't1' });
    expect(turns[0]).toEqual({
      input: 'hello',
      output: 'all\ngood',
      steps: [
        { kind: 'message', text: 'on it' },
        { kind: 'toolCall', name: 'find', args: { q: 1 }, id: 'c', result: { ok: 1 } },
        { kind: 'message', text: '{"total":3}', author: 'answer' },
      ],
    });
  });

  it('takes an answer that the history repeats once, and marks tools of ADK that failed', async () => {
    const tool = (type: string, data: object) => ({ role: 'agent', messageId: type, parts: [{ data, metadata: { adk_type: type } }] });
    const history = [
      { role: 'user', parts: [{ text: 'hello' }] },
      tool('function_call', { name: 'find', args: {}, id: 'c' }),
      tool('function_response', { name: 'find', id: 'c', response: { error: 'none' } }),
      { role: 'agent', messageId: 'last', parts: [{ text: 'It is lost.' }] },
    ];
    const artifacts = [{ artifactId: 'a', parts: [{ text: 'It is lost.' }] }];
    const server = await startA2aServer(version, () => wire.task({ id: 't1', status: { state: wire.state('completed') }, history, artifacts }));
    const { turns } = await (await open(server.url)).ask(makeRequest());
    const call = { kind: 'toolCall', name: 'find', args: {}, id: 'c', result: { error: 'none' }, isError: true };
    expect(turns[0]).toEqual({ input: 'hello', output: 'It is lost.', steps: [call] });
  });

  it.each([
    ['pieces of one text', ['It ', 'is', ' lost.'], 'It is lost.'],
    ['texts of their own', ['It is lost.', 'Really.'], 'It is lost.\nReally.'],
  ])('gives the parts of an artifact that are %s as that', async (_, texts, output) => {
    const artifacts = [{ artifactId: 'a', parts: texts.map((text) => ({ text })) }];
    const server = await startA2aServer(version, () => wire.task({ id: 't1', status: { state: wire.state('completed') }, artifacts }));
    expect((await (await open(server.url)).ask(makeRequest())).turns[0]).toMatchObject({ output, steps: [] });
  });

  it('joins what is streamed, and asks for the task when the stream ends early', async () => {
    const ids = { taskId: 't1', contextId: 'ctx' };
    const piece = (text: string, append: boolean) => wire.artifact({ ...ids, append, artifact: { artifactId: 'a', parts: [{ text }] } });
    const end = wire.status({ ...ids, status: { state: wire.state('completed') } });
    let events: unknown[] = [
      wire.task({ id: 't1', contextId: 'ctx', status: { state: wire.state('submitted') } }).result,
      piece('Hel', false),
      piece('lo', true),
      end,
    ];
    const whole = { id: 't1', status: { state: wire.state('completed') }, artifacts: [{ artifactId: 'a', parts: [{ text: 'from get' }] }] };
    const server = await startA2aServer(version, ({ method }) => (method === wire.stream ? events : { result: whole }));
    const agent = await open(server.url, { stream: true });
    expect((await agent.ask(makeRequest())).turns[0]).toMatchObject({ output: 'Hello', steps: [] });
    events = events.slice(0, 2);
    expect((await agent.ask(makeRequest())).turns[0]?.output).toBe('from get');
  });

  it('answers a question of the agent in the same task', async () => {
    const status = (state: string, text: string) => ({ state: wire.state(state), message: { role: 'agent', parts: [{ text }] } });
    const server = await startA2aServer(version, ({ n }) =>
      wire.task({ id: 't1', contextId: 'ctx', status: n === 1 ? status('input-required', 'Which one?') : status('completed', 'Done.') }),
    );
    const sample = makeSample({ turns: [{ input: 'a' }, { input: 'b' }, { input: 'c' }] });
    const { turns } = await (await open(server.url)).ask(makeRequest({ sample }));
    expect(turns.map(({ output }) => output)).toEqual(['Which one?', 'Done.', 'Done.']);
    expect(server.calls().map(({ params }) => params.message?.taskId)).toEqual([undefined, 't1', undefined]);
  });

  it.each(['failed', 'rejected', 'canceled', 'auth-required'])('calls a task that is %s an error of the agent', async (state) => {
    const status = { state: wire.state(state), message: { parts: [{ text: 'no way' }] } };
    const server = await startA2aServer(version, () => wire.task({ id: 't1', status }));
    expect(await failureOf((await open(server.url)).ask(makeRequest()))).toMatchObject({
      kind: 'agent-error',
      phase: 'answered',
      message: `the agent reports: the task is ${state}: no way`,
    });
  });

  it.each([
    [{ error: { code: -32603, message: 'boom' } }, 'agent-error', 'the agent reports: boom'],
    [{ result: { answer: 'x' } }, 'bad-response', '{answer: string}'],
    [{ result: { id: 't', kind: 'task', status: {} } }, 'bad-response', 'a status'],
    [{ result: { id: 't', kind: 'task', status: { state: 'completed' } } }, 'bad-response', 'without text or data'],
    [{ result: { kind: 'task', status: { state: 'working' } } }, 'bad-response', 'neither'],
  ])('explains %j', async (response, kind, message) => {
    const server = await startA2aServer(version, () => response);
    expect(await failureOf((await open(server.url)).ask(makeRequest()))).toMatchObject({ kind, message: expect.stringContaining(message) });
  });

  it('stops when the slot is aborted while a task is worked on', async () => {
    const server = await startA2aServer(version, () => wire.task({ id: 't1', status: { state: wire.state('working') } }));
    const controller = new AbortController();
    setTimeout(() => controller.abort(), 100);
    expect(await failureOf((await open(server.url, { intervalMs: 60_000 })).ask(makeRequest({ signal: controller.signal })))).toMatchObject({
      kind: 'aborted',
      phase: 'ambiguous',
    });
  });
});

describe('the agent card', () => {
  const hi = () => ({ result: { kind: 'message', parts: [{ text: 'hi' }] } });

  it('lets 1.0 win where both are offered, unless a version is named', async () => {
    const server = await startA2aServer('both', hi);
    await (await openAgent('a2a', { url: server.url })).ask(makeRequest());
    await (await openAgent('a2a', { url: server.url, version: '0.3' })).ask(makeRequest());
    expect(server.calls().map(({ method }) => method)).toEqual(['SendMessage', 'message/send']);
  });

  it('chooses no other host; the config may name the path', async () => {
    const other = await serve((response) => response.end());
    const server = await startA2aServer('0.3', hi, { url: `${other.url}/rpc?key=abc` });
    const failure = await failureOf((await openAgent('a2a', { url: server.url })).ask(makeRequest()));
    expect(failure).toMatchObject({ kind: 'redirect', isTransient: false, message: expect.stringContaining('agent.endpoint') });
    expect(failure.message).not.toContain('abc');
    expect((await (await openAgent('a2a', { url: server.url, endpoint: '/rpc' })).ask(makeRequest())).turns[0]?.output).toBe('hi');
    expect(other.seen).toEqual([]);
  });

  it('is not read when the config says all, and is read again after a failure', async () => {
    const server = await startA2aServer('0.3', hi, { capabilities: {} });
    await (await openAgent('a2a', { url: server.url, endpoint: '/rpc', version: '0.3' })).ask(makeRequest());
    expect(server.seen.map(({ url }) => url)).toEqual(['/rpc']);
    const missing = await openAgent('a2a', { url: server.url, card: '/nowhere.json' });
    for (const _ of [1, 2]) expect(await failureOf(missing.ask(makeRequest()))).toMatchObject({ status: 404 });
    expect(server.seen.filter(({ url }) => url === '/nowhere.json')).toHaveLength(2);
    const streaming = await openAgent('a2a', { url: server.url, stream: true });
    await streaming.ask(makeRequest());
    expect(server.calls().at(-1)?.method).toBe('message/send');
  });

  it('says what is offered where JSON-RPC is not', async () => {
    const server = await startA2aServer('0.3', hi, { preferredTransport: 'GRPC' });
    expect(await failureOf((await openAgent('a2a', { url: server.url })).ask(makeRequest()))).toMatchObject({
      message: expect.stringContaining('GRPC 0.3'),
    });
  });
});
