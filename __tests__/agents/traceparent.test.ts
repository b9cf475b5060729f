import { describe, expect, it } from 'vitest';
import { json, makeRequest, makeSample, openAgent, serve } from './support.ts';

const traceId = '0af7651916cd43dd8448eb211c80319c';
const headerOfTurn = (turn: number) => `00-${traceId}-0af7651916cd000${turn}-01`;

/** Every agent that asks over HTTP, with a server that answers two user messages. */
const cases: Record<string, (url: string) => { options: object; answer: (url: string, n: number) => unknown }> = {
  http: (url) => ({ options: { url, reply: { output: '/a' } }, answer: () => ({ a: 'x' }) }),
  'openai-chat': (url) => ({ options: { baseUrl: url, model: 'm' }, answer: () => ({ choices: [{ message: { content: 'x' } }] }) }),
  adk: (url) => ({
    options: { baseUrl: url, app: 'a' },
    answer: (path) => (path.endsWith('/sessions') ? { id: 's' } : [{ author: 'a', content: { parts: [{ text: 'x' }] } }]),
  }),
  langgraph: (url) => ({
    options: { baseUrl: url, assistant: 'a' },
    answer: (path, n) => (path === '/threads' ? { thread_id: 't' } : { messages: [{ type: 'ai', content: 'x', id: `m${n}` }] }),
  }),
  a2a: (url) => ({
    options: { url, endpoint: '/rpc', version: '0.3' },
    answer: () => ({ jsonrpc: '2.0', result: { kind: 'message', role: 'agent', messageId: 'm', parts: [{ kind: 'text', text: 'x' }] } }),
  }),
};

describe.each(Object.keys(cases))('agent %s', (type) => {
  const open = async (extra: object = {}) => {
    const server = await serve((response, { url }, n) => json(response, cases[type]?.(server.url).answer(url, n)));
    const agent = await openAgent(type, { ...cases[type]?.(server.url).options, ...extra });
    return { agent, seen: () => server.seen.map(({ headers }) => headers.traceparent) };
  };
  const sample = makeSample({ turns: [{ input: 'one' }, { input: 'two' }] });

  it('tells the agent of the trace, with a span of its own for every turn', async () => {
    const { agent, seen } = await open();
    await agent.ask(makeRequest({ sample, traceId }));
    expect(agent.isTraced).toBe(true);
    expect(new Set(seen())).toEqual(new Set([headerOfTurn(1), headerOfTurn(2)]));
    for (const header of seen()) expect(header).toMatch(/^00-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-01$/);
  });

  it('sends a traceparent of the config instead, and none when the request has no trace', async () => {
    const own = `00-${'a'.repeat(32)}-${'b'.repeat(16)}-00`;
    const { agent, seen } = await open({ headers: { TraceParent: own } });
    await agent.ask(makeRequest({ sample, traceId }));
    expect(agent.isTraced).toBe(false);
    expect(new Set(seen())).toEqual(new Set([own]));
    const untraced = await open();
    await untraced.agent.ask(makeRequest({ sample }));
    expect(new Set(untraced.seen())).toEqual(new Set([undefined]));
  });
});

describe('agents that run a program', () => {
  const program = 'let t="";process.stdin.on("data",d=>t+=d).on("end",()=>console.log(JSON.parse(t).traceparent+" "+process.env.TRACEPARENT))';

  it('are told in the request, and a command in the variable TRACEPARENT too', async () => {
    const agent = await openAgent('command', { command: [process.execPath, '-e', program] });
    const { turns } = await agent.ask(makeRequest({ traceId }));
    expect(turns[0]?.output).toBe(`${headerOfTurn(1)} ${headerOfTurn(1)}`);
    const untraced = await agent.ask(makeRequest());
    expect(untraced.turns[0]?.output).toBe('undefined undefined');
    const own = await openAgent('command', { command: [process.execPath, '-e', program], env: { TRACEPARENT: 'mine' } });
    expect((await own.ask(makeRequest({ traceId }))).turns[0]?.output).toBe(`${headerOfTurn(1)} mine`);
  });
});
