import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { adkTurn } from '../../src/agents/parts/adk-events.ts';
import type { Json } from '../../src/records/json.ts';
import { type AdkCall, adkEvent, startAdkServer } from '../helpers/adk-server.ts';
import { failureOf, json, makeRequest, makeSample, openAgent, serve } from './support.ts';

const text = (value: string, more: object = {}) => adkEvent({ content: { role: 'model', parts: [{ text: value }] }, ...more });
const call = (name: string, args: object, id?: string) => adkEvent({ content: { role: 'model', parts: [{ functionCall: { name, args, id } }] } });
const result = (name: string, response: unknown, id?: string) =>
  adkEvent({ content: { role: 'user', parts: [{ functionResponse: { id, name, response } }] } });
const usage = (promptTokenCount: number, candidatesTokenCount: number) => ({
  usageMetadata: { promptTokenCount, candidatesTokenCount, totalTokenCount: 9 },
});

/** Looks an order up, sets the state, and answers. */
function shopkeeper({ text: said, turn, state }: AdkCall) {
  return [
    adkEvent({
      content: { role: 'model', parts: [{ text: 'let me see' }, { functionCall: { name: 'find', args: { q: said }, id: 'c1' } }] },
      ...usage(10, 2),
    }),
    result('find', { found: 1 }, 'c1'),
    text('par', { partial: true, actions: { stateDelta: { lost: 1 } } }),
    text(`answer ${turn} for ${state.user ?? 'nobody'}`, {
      actions: { stateDelta: { last: said, 'temp:x': 1 } },
      finishReason: 'STOP',
      ...usage(20, 3),
    }),
  ];
}

describe('events of one invocation', () => {
  const { cases } = JSON.parse(readFileSync(new URL('../vectors/adk-events-to-turn.json', import.meta.url), 'utf8')) as {
    cases: { id: string; input: Json; expected: { final_text: string; tool_uses: { name: string; args: Json }[] } }[];
  };

  it.each(cases)('become a turn as in ADK: $id', ({ input, expected }) => {
    const { output, steps } = adkTurn(input);
    const calls = steps.flatMap((step) => (step.kind === 'toolCall' ? [{ name: step.name, args: step.args }] : []));
    expect({ final_text: output, tool_uses: calls }).toEqual(expected);
  });

  it('keep results with their calls, by id or by order, and mark failed ones', () => {
    const { steps } = adkTurn([
      call('a', { n: 1 }),
      call('a', { n: 2 }),
      call('b', {}, 'x'),
      result('b', { error: 'no' }, 'x'),
      result('a', 1),
      result('a', 2),
      text('ok'),
    ] as Json);
    expect(steps).toMatchObject([
      { name: 'a', args: { n: 1 }, result: 1 },
      { name: 'a', args: { n: 2 }, result: 2 },
      { name: 'b', id: 'x', result: { error: 'no' }, isError: true },
    ]);
  });

  it('leave thoughts out, and end at something long-running', () => {
    const thinking = adkEvent({ content: { parts: [{ text: 'hm', thought: true }, { text: 'yes' }] } });
    expect(adkTurn([thinking] as Json).output).toBe('yes');
    const started = adkEvent({
      content: { parts: [{ text: 'started' }, { functionCall: { name: 'ship', args: {}, id: 'l1' } }] },
      longRunningToolIds: ['l1'],
    });
    expect(adkTurn([started, result('ship', { status: 'pending' }, 'l1')] as Json)).toMatchObject({
      output: 'started',
      steps: [{ name: 'ship', result: { status: 'pending' } }],
    });
  });
});

describe.each([false, true])('adk, streamed: %s', (stream) => {
  it('speaks in a session and as a user of its own for each slot', async () => {
    const server = await startAdkServer(shopkeeper);
    const agent = await openAgent('adk', { baseUrl: `${server.url}/`, app: 'shop', stream, headers: { 'X-Key': 'k' } });
    const sample = makeSample({ state: { user: 'Ann' }, turns: [{ input: 'one' }, { input: { two: 2 } }] });
    const [trajectory] = await Promise.all([agent.ask(makeRequest({ sample })), agent.ask(makeRequest({ idempotencyKey: 'key-2' }))]);
    expect(trajectory.turns.map(({ output }) => output)).toEqual(['answer 1 for Ann', 'answer 2 for Ann']);
    expect(trajectory.turns[1]?.steps).toEqual([
      { kind: 'message', text: 'let me see', author: 'agent' },
      { kind: 'toolCall', name: 'find', args: { q: '{"two":2}' }, id: 'c1', result: { found: 1 } },
    ]);
    expect(trajectory).toMatchObject({
      usage: { inputTokens: 60, outputTokens: 10 },
      finalState: { user: 'Ann', 'app:shop': 'open', last: '{"two":2}' },
    });
    expect(trajectory.finalState).not.toHaveProperty('temp:x');
    expect(trajectory.finalState).not.toHaveProperty('lost');
    expect([...server.sessions.keys()].map((key) => key.split('/')[1]).sort()).toEqual(['key-1', 'key-2']);
    expect(server.seen.every(({ headers }) => headers['x-key'] === 'k')).toBe(true);
    const runs = server.seen.filter(({ url }) => url === (stream ? '/run_sse' : '/run'));
    expect(runs).toHaveLength(3);
    expect(JSON.parse(runs[0]?.body ?? '')).toHaveProperty('newMessage.role', 'user');
  });

  it('starts a new session when a slot is asked again', async () => {
    const server = await startAdkServer(shopkeeper);
    const agent = await openAgent('adk', { baseUrl: server.url, app: 'shop', stream });
    await agent.ask(makeRequest());
    expect((await agent.ask(makeRequest({ attempt: 2 }))).turns[0]?.output).toBe('answer 1 for nobody');
    expect(server.sessions.size).toBe(2);
  });

  it('calls an error inside a good reply an error of the agent, unless an answer followed', async () => {
    const failed = adkEvent({ errorCode: 'UNKNOWN_ERROR', errorMessage: 'model is down' });
    let events = [failed];
    const server = await startAdkServer(() => events);
    const agent = await openAgent('adk', { baseUrl: server.url, app: 'shop', stream });
    expect(await failureOf(agent.ask(makeRequest()))).toMatchObject({
      kind: 'agent-error',
      phase: 'answered',
      isTransient: false,
      message: 'the agent reports: UNKNOWN_ERROR: model is down',
    });
    events = [failed, text('all good')];
    expect((await agent.ask(makeRequest())).turns[0]).toMatchObject({
      output: 'all good',
      steps: [{ kind: 'error', message: 'UNKNOWN_ERROR: model is down' }],
    });
    events = [text('cut of', { errorCode: 'MAX_TOKENS' })];
    expect(await failureOf(agent.ask(makeRequest()))).toMatchObject({ kind: 'agent-error' });
    events = [{ error: 'Internal error' }];
    expect(await failureOf(agent.ask(makeRequest()))).toMatchObject({ kind: 'agent-error', message: 'the agent reports: Internal error' });
  });

  it('says what is wrong with an app that is not there and with replies that are no events', async () => {
    const server = await startAdkServer(() => [{ answer: 'x' }]);
    const missing = await openAgent('adk', { baseUrl: server.url, app: 'cellar', stream });
    expect(await failureOf(missing.ask(makeRequest()))).toMatchObject({ status: 404, message: expect.stringContaining('App not found: cellar') });
    const odd = await openAgent('adk', { baseUrl: server.url, app: 'shop', stream });
    expect(await failureOf(odd.ask(makeRequest()))).toMatchObject({ kind: 'bad-response', message: expect.stringContaining('{answer: string}') });
  });
});

describe('adk', () => {
  it('takes no session whose id leads elsewhere than into the body', async () => {
    const server = await serve((response, { url }) => json(response, url.includes('/sessions') ? { id: '../../admin' } : [text('x')]));
    const agent = await openAgent('adk', { baseUrl: `${server.url}/api?tenant=1`, app: 'a/../b' });
    expect((await agent.ask(makeRequest())).turns[0]?.output).toBe('x');
    expect(server.seen.map(({ url }) => url)).toEqual(['/api/apps/a%2F..%2Fb/users/key-1/sessions?tenant=1', '/api/run?tenant=1']);
  });

  it('keeps the turns before a failure from being called unsent', async () => {
    const server = await startAdkServer(({ turn }) => (turn === 1 ? [text('x')] : []));
    const agent = await openAgent('adk', { baseUrl: server.url, app: 'shop' });
    const sample = makeSample({ turns: [{ input: '1' }, { input: '2' }] });
    expect(await failureOf(agent.ask(makeRequest({ sample })))).toMatchObject({ phase: 'answered', message: 'turn 2: the agent gave no event' });
  });
});
