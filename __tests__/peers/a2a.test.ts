import { afterAll, beforeAll, expect, it } from 'vitest';
import { describePeer, type RunningPeer, runSuite, startPeer } from './support.ts';

const samples = [
  { id: 'task', turns: [{ input: 'hello' }, { input: 'again' }] },
  { id: 'message', input: 'message' },
  { id: 'question', turns: [{ input: 'ask' }, { input: 'red' }] },
  { id: 'late', input: 'late' },
  { id: 'down', input: 'fail' },
];

describePeer('a2a', 'a server on the A2A SDK', () => {
  let server: RunningPeer;
  beforeAll(async () => {
    const command = (port: number) => [process.execPath, 'server.mjs', `${port}`];
    server = await startPeer({ peer: 'a2a', command, health: '/.well-known/agent-card.json' });
  });
  afterAll(() => server?.stop());

  it.each([
    ['0.3', false],
    ['0.3', true],
    ['1.0', false],
    ['1.0', true],
  ] as const)('speaks %s, streamed: %s: tasks, messages, questions, late answers, failures', async (version, stream) => {
    const agent = { type: 'a2a', url: server.url, version, stream, intervalMs: 100 };
    const checkers = [{ type: 'contains', value: 'said', required: false }];
    const { code, slots } = await runSuite(samples, { agent, checkers });
    expect(code).toBe(3);
    const outputs = Object.fromEntries(Object.entries(slots).map(([id, slot]) => [id, slot.trajectory?.turns.map(({ output }) => output)]));
    expect(outputs).toEqual({
      task: ['1: you said hello', '2: you said again'],
      message: ['1: only a message'],
      question: ['1: which one?', '2: you said red'],
      late: ['1: at last'],
      down: undefined,
    });
    expect(slots.down?.error).toEqual({ kind: 'agent-error', message: 'the agent reports: the task is failed: the model is down' });
    const steps = slots.task?.trajectory?.turns.map((turn) => turn.steps);
    const looking = { kind: 'message', text: 'looking' };
    expect(steps).toEqual([[looking], [looking]]);
  });

  it('chooses 1.0 by the card, and says what an agent that is not there answers', async () => {
    const { code, stderr } = await runSuite(samples.slice(0, 1), {
      agent: { type: 'a2a', url: server.url },
      checkers: [{ type: 'contains', value: 'said' }],
    });
    expect({ code, stderr: code === 0 ? '' : stderr }).toEqual({ code: 0, stderr: '' });
    const { slots } = await runSuite(samples.slice(0, 1), {
      agent: { type: 'a2a', url: `${server.url}/nobody` },
      checkers: [{ type: 'contains', value: 'said' }],
    });
    expect(slots.task?.error).toMatchObject({ kind: 'http-status', status: 404 });
  });
});
