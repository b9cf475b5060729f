import { afterAll, beforeAll, expect, it } from 'vitest';
import { describePeer, type RunningPeer, runSuite, startPeer } from './support.ts';

const samples = [
  {
    id: 'order',
    state: { customer: 'Ann' },
    turns: [
      { input: 'hello', expected: 'Message 1 of Ann.' },
      { input: 'order 7', expected: 'It is shipped.', toolCalls: [{ name: 'lookup_order', args: { id: '7' } }] },
      { input: 'and now?', expected: 'Message 3 of Ann.' },
    ],
  },
  { id: 'raises', input: 'order 0' },
  { id: 'down', input: 'fail' },
];

describePeer('langgraph', 'a LangGraph server', () => {
  let server: RunningPeer;
  beforeAll(async () => {
    const command = (port: number) => ['../node_modules/.bin/langgraphjs', 'dev', '--no-browser', '-p', `${port}`, '-h', '127.0.0.1'];
    server = await startPeer({ peer: 'langgraph', command, health: '/ok', env: { LANGSMITH_TRACING: 'false', LANGGRAPH_CLI_NO_ANALYTICS: '1' } });
  });
  afterAll(() => server?.stop());

  it.each([false, true])('keeps the thread of a slot, streamed: %s', async (stream) => {
    const agent = { type: 'langgraph', baseUrl: server.url, assistant: 'shop', stream, nodes: stream };
    const checkers = [{ type: 'per-turn', checker: { type: 'equals', value: '{{expected}}' }, turns: 'expected' }, { type: 'trajectory' }];
    const { code, slots } = await runSuite(samples, { agent, checkers });
    expect(code).toBe(3);
    const { order, raises, down } = slots;
    expect(order).toMatchObject({ outcome: 'pass', trajectory: { usage: { inputTokens: 70, outputTokens: 11 }, finalState: { customer: 'Ann' } } });
    const call = { kind: 'toolCall', name: 'lookup_order', args: { id: '7' }, id: expect.any(String), result: { status: 'shipped' } };
    expect(order?.trajectory?.turns[1]?.steps).toEqual([{ kind: 'message', text: 'Let me see.' }, call]);
    expect(order?.trajectory?.turns[2]?.steps).toEqual([]);
    expect(order?.trajectory?.turns[1]?.nodes).toEqual(stream ? ['model', 'tools', 'model'] : undefined);
    expect(raises?.trajectory?.turns[0]).toMatchObject({
      output: 'It failed.',
      steps: [{}, { isError: true, result: expect.stringContaining('no order 0') }],
    });
    expect(down?.error).toEqual({ kind: 'agent-error', message: 'the agent reports: the model is down' });
  });

  it('answers a question of the graph', async () => {
    const agent = { type: 'langgraph', baseUrl: server.url, assistant: 'pick' };
    const turns = [{ input: 'I want one' }, { input: 'red' }];
    const { slots } = await runSuite([{ id: 'pick', turns }], { agent, checkers: [{ type: 'contains', value: 'red' }] });
    expect(slots.pick).toMatchObject({ outcome: 'pass', trajectory: { turns: [{ output: 'Which one?' }, { output: 'You picked red.' }] } });
  });

  it('reads the state of a graph without messages, and has no answer of one that is not there', async () => {
    const agent = { type: 'langgraph', baseUrl: server.url, input: { question: '{{input}}' }, output: '/answer/letters' };
    const checkers = [{ type: 'equals', value: '5' }];
    const one = [{ id: 'count', input: 'hello' }];
    expect((await runSuite(one, { agent: { ...agent, assistant: 'count' }, checkers })).slots.count).toMatchObject({ outcome: 'pass' });
    const { code, slots } = await runSuite(one, { agent: { ...agent, assistant: 'cellar' }, checkers });
    expect(code).toBe(3);
    expect(slots.count?.error).toMatchObject({ status: 404 });
  });
});
