import { describe, expect, it } from 'vitest';
import { type GraphRun, startLanggraphServer } from '../helpers/langgraph-server.ts';
import { failureOf, json, makeRequest, makeSample, openAgent, serve } from './support.ts';

/** Calls a tool, gets its result, and answers with what it knows. */
function weather({ state: { messages = [], ...state }, config }: GraphRun) {
  const question = messages.at(-1)?.content;
  return {
    ...state,
    asked: messages.filter(({ type }) => type === 'human').length,
    config,
    messages: [
      ...messages,
      {
        type: 'ai',
        content: [{ type: 'text', text: 'looking' }],
        name: 'planner',
        tool_calls: [{ id: 'c1', name: 'find', args: { q: question } }],
        usage_metadata: { input_tokens: 5, output_tokens: 2 },
      },
      { type: 'tool', content: '{"deg": 7}', tool_call_id: 'c1', name: 'find', status: 'success' },
      { type: 'ai', content: `about ${question}`, tool_calls: [], usage_metadata: { input_tokens: 6, output_tokens: 3 } },
    ],
  };
}

describe.each([false, true])('langgraph, streamed: %s', (stream) => {
  const open = (url: string, more: object = {}) => openAgent('langgraph', { baseUrl: url, assistant: 'shop', stream, ...more });

  it('speaks in one thread per slot, and reads only what is new in each turn', async () => {
    const server = await startLanggraphServer(weather);
    const agent = await open(server.url, { config: { configurable: { model: 'small' } } });
    const sample = makeSample({ system: 'be kind', state: { user: 'Ann' }, turns: [{ input: 'rain' }, { input: 'snow\nhere' }] });
    const [trajectory] = await Promise.all([agent.ask(makeRequest({ sample })), agent.ask(makeRequest({ idempotencyKey: 'key-2' }))]);
    expect(trajectory.turns.map(({ output }) => output)).toEqual(['about rain', 'about snow\nhere']);
    expect(trajectory.turns[1]?.steps).toEqual([
      { kind: 'message', text: 'looking', author: 'planner' },
      { kind: 'toolCall', name: 'find', args: { q: 'snow\nhere' }, id: 'c1', result: { deg: 7 } },
    ]);
    expect(trajectory.usage).toEqual({ inputTokens: 22, outputTokens: 10 });
    expect(trajectory.finalState).toEqual({ user: 'Ann', asked: 2, config: { configurable: { model: 'small' } } });
    expect(server.threads.size).toBe(2);
    const inputs = server.seen.filter(({ url }) => url.startsWith('/threads/thread-1/')).map(({ body }) => JSON.parse(body).input);
    expect(inputs.find(({ messages }) => messages.length === 1)).toEqual({ messages: [{ role: 'user', content: 'snow\nhere' }] });
  });

  it('answers an interrupt with the next message of the user', async () => {
    const server = await startLanggraphServer(({ state, resume }) =>
      resume === undefined
        ? { ...state, __interrupt__: [{ value: 'Really refund?', resumable: true }] }
        : { ...state, messages: [...(state.messages ?? []), { type: 'ai', content: `you said ${resume}` }] },
    );
    const sample = makeSample({ turns: [{ input: 'refund' }, { input: 'yes' }] });
    const { turns } = await (await open(server.url)).ask(makeRequest({ sample }));
    expect(turns.map(({ output }) => output)).toEqual(['Really refund?', 'you said yes']);
  });

  it.each([
    ['as it is', 'boom'],
    ['as JSON in its message', '{"error":"ValueError","message":"boom"}'],
  ])('calls an error inside a good reply an error of the agent, written %s', async (_, message) => {
    const server = await startLanggraphServer(() => ({ __error__: { error: 'ValueError', message } }));
    expect(await failureOf((await open(server.url)).ask(makeRequest()))).toMatchObject({
      kind: 'agent-error',
      phase: 'answered',
      message: 'the agent reports: boom',
    });
  });

  it('takes an input and an output of another form', async () => {
    const server = await startLanggraphServer(({ state }) => ({ answer: { text: `re ${state.question}` } }));
    const agent = await open(server.url, { input: { question: '{{input}}' }, output: '/answer/text' });
    expect((await agent.ask(makeRequest())).turns[0]?.output).toBe('re hello');
    expect(await failureOf((await open(server.url)).ask(makeRequest()))).toMatchObject({
      kind: 'bad-response',
      message: expect.stringContaining('"output"'),
    });
    const wrong = await open(server.url, { input: { question: '{{row.nope}}' }, output: '/answer' });
    expect(await failureOf(wrong.ask(makeRequest()))).toMatchObject({ phase: 'not-sent', isTransient: false });
    await expect(open(server.url, { input: '{{expected}}' })).rejects.toThrow('agent.input uses {{expected}}');
  });

  it('says which assistant is not there', async () => {
    const server = await startLanggraphServer(weather);
    const agent = await openAgent('langgraph', { baseUrl: server.url, assistant: 'cellar', stream });
    expect(await failureOf(agent.ask(makeRequest()))).toMatchObject({ status: 404, message: expect.stringContaining('No such thread') });
  });
});

describe('langgraph', () => {
  it('marks a failed tool, and reads messages without ids and in the form of OpenAI', async () => {
    const messages = [
      { role: 'user', content: 'old' },
      { role: 'assistant', content: 'old answer' },
      { role: 'user', content: 'hello' },
      { role: 'assistant', content: null, tool_calls: [{ id: 'x', function: { name: 'f', arguments: '{"a":1}' } }] },
      { role: 'tool', content: 'Error: no', tool_call_id: 'x', status: 'error' },
      { role: 'assistant', content: 'sorry' },
    ];
    const server = await serve((response, { url }) => json(response, url === '/threads' ? { thread_id: 't' } : { messages }));
    const agent = await openAgent('langgraph', { baseUrl: server.url, assistant: 'a' });
    expect((await agent.ask(makeRequest())).turns).toEqual([
      { input: 'hello', output: 'sorry', steps: [{ kind: 'toolCall', name: 'f', args: { a: 1 }, id: 'x', result: 'Error: no', isError: true }] },
    ]);
  });

  it('follows no thread id to another place', async () => {
    const ids = ['..', 'a/../../admin'];
    const server = await serve((response, { url }) =>
      json(response, url === '/threads' ? { thread_id: ids.shift() } : { messages: [{ type: 'ai', content: 'x' }] }),
    );
    const agent = await openAgent('langgraph', { baseUrl: server.url, assistant: 'a' });
    expect(await failureOf(agent.ask(makeRequest()))).toMatchObject({ kind: 'bad-response' });
    await agent.ask(makeRequest());
    expect(server.seen.at(-1)?.url).toBe('/threads/a%2F..%2F..%2Fadmin/runs/wait');
  });
});

it('langgraph records the nodes that ran when asked, and asks for no updates otherwise', async () => {
  const server = await startLanggraphServer(weather, ['agent', 'tools', 'agent']);
  const ask = async (more: object) => {
    const agent = await openAgent('langgraph', { baseUrl: server.url, assistant: 'shop', ...more });
    return (await agent.ask(makeRequest({}))).turns[0];
  };
  expect(await ask({ nodes: true })).toMatchObject({ nodes: ['agent', 'tools', 'agent'], output: expect.stringContaining('about') });
  expect(await ask({ stream: true })).not.toHaveProperty('nodes');
  const modes = server.seen.map(({ body }) => JSON.parse(body).stream_mode).filter((mode) => mode !== undefined);
  expect(modes).toEqual([['values', 'updates'], ['values']]);
});
