import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type AgentServer, startAgentServer } from './agent-server.ts';

let agent: AgentServer;
beforeEach(async () => {
  agent = await startAgentServer();
});
afterEach(() => agent.close());

const ask = (question: string) => fetch(agent.url, { method: 'POST', body: JSON.stringify({ question }) });

describe('the scripted agent', () => {
  it('answers by question, with tool calls, and falls back to an echo', async () => {
    agent.behaviours.refund = { answer: 'done', toolCalls: [{ name: 'lookup_order', args: { id: 1 } }] };
    expect(await (await ask('refund')).json()).toMatchObject({ answer: 'done', trace: { tool_calls: [{ name: 'lookup_order', args: { id: 1 } }] } });
    expect(await (await ask('hello')).json()).toMatchObject({ answer: 'echo: hello', trace: { tool_calls: [] } });
  });

  it('fails the first calls as told, then answers', async () => {
    agent.behaviours.x = { statuses: [503, 429], headers: { 'retry-after': '1' } };
    const [first, second, third] = [await ask('x'), await ask('x'), await ask('x')];
    expect([first.status, second.status, third.status]).toEqual([503, 429, 200]);
    expect(second.headers.get('retry-after')).toBe('1');
  });

  it('passes a share of the calls, the same ones every time', async () => {
    agent.behaviours.x = { answer: 'yes', passRate: 0.6 };
    const run = async () =>
      Promise.all(Array.from({ length: 100 }, async () => ((await (await ask('x')).json()) as { answer: string }).answer === 'yes'));
    const first = await run();
    agent.reset();
    const second = await run();
    const count = (answers: boolean[]) => answers.filter(Boolean).length;
    expect(count(second)).toBe(count(first));
    expect(count(first)).toBeGreaterThan(45);
    expect(count(first)).toBeLessThan(75);
  });

  it('counts what is in flight and tells when requests have arrived', async () => {
    agent.fallback = { delayMs: 50 };
    const all = Promise.all([ask('a'), ask('b'), ask('c')]);
    await agent.arrived(3);
    expect(agent.inFlight).toBe(3);
    await all;
    expect(agent).toMatchObject({ maxInFlight: 3, requests: { length: 3 } });
  });
});
