import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { describePeer, type RunningPeer, runSuite, type Slot, startPeer } from './support.ts';

const isJs = (peer: string) => peer === 'adk-js';
const kits = [
  {
    peer: 'adk-js',
    what: 'ADK for JavaScript',
    command: (port: number) => ['../node_modules/.bin/adk', 'api_server', '-p', `${port}`, '--host', '127.0.0.1', '--a2a', 'true', '.'],
    unknownApp: /^the agent answered with status 500: .*Agent 'cellar' not found/,
  },
  {
    peer: 'adk-python',
    what: 'ADK for Python',
    command: (port: number) => ['../venv/bin/adk', 'api_server', '--port', `${port}`, '--a2a', '--session_service_uri', 'memory://', '.'],
    unknownApp: /^the agent answered with status 404: .*Agent not found: 'cellar'/,
  },
];

const samples = [
  {
    id: 'order',
    state: { customer: 'Ann' },
    turns: [
      { input: 'hello', expected: 'Message 1.' },
      { input: 'order 7', expected: 'It is shipped.', toolCalls: [{ name: 'lookup_order', args: { id: '7' } }] },
      { input: 'and now?', expected: 'Message 3.' },
    ],
  },
  { id: 'unknown', input: 'order 500', expected: 'It is shipped.' },
  { id: 'raises', input: 'order 0', expected: 'It is unknown.' },
  { id: 'down', input: 'fail' },
];
const checkers = [
  { type: 'per-turn', checker: { type: 'equals', value: '{{expected}}' }, turns: 'expected' },
  { type: 'trajectory', match: 'in-order' },
];

const callOf = ({ trajectory }: Slot = { outcome: '' }) => trajectory?.turns.at(trajectory.turns.length === 3 ? 1 : 0)?.steps;
const lookup = (id: string, result: object, more = {}) => [
  { kind: 'toolCall', name: 'lookup_order', args: { id }, id: expect.any(String), result, ...more },
];

for (const { peer, what, command, unknownApp } of kits) {
  describePeer(peer, what, () => {
    let server: RunningPeer;
    beforeAll(async () => {
      server = await startPeer({ peer, command, health: '/list-apps' });
    });
    afterAll(() => server?.stop());

    const agent = (more = {}) => ({ agent: { type: 'adk', baseUrl: server.url, app: 'shop', ...more }, checkers });

    it.each([
      ['/run', {}],
      ['/run_sse', { stream: true }],
      ['/run_sse and a model that streams', { stream: true, tokens: true }],
    ])('is spoken with over %s', async (_, how) => {
      const { code, slots } = await runSuite(samples, agent(how));
      // Half of the slots have no answer, so there is no verdict.
      expect(code).toBe(3);
      const { order, unknown, raises, down } = slots;
      expect(order).toMatchObject({
        outcome: 'pass',
        trajectory: { usage: { inputTokens: 70, outputTokens: 11 }, finalState: { customer: 'Ann', lastOrder: '7' } },
      });
      expect(callOf(order)).toEqual(lookup('7', { status: 'shipped' }));
      expect(unknown?.outcome).toBe('fail');
      expect(callOf(unknown)).toEqual(lookup('500', { error: 'no such order' }, { isError: true }));
      if (isJs(peer)) {
        expect(raises?.outcome).toBe('pass');
        expect(callOf(raises)).toEqual(lookup('0', { error: "Error in tool 'lookup_order': no order 0" }, { isError: true }));
        expect(down?.error).toEqual({ kind: 'agent-error', message: 'the agent reports: UNKNOWN_ERROR: the model is down' });
      } else if ('stream' in how) {
        expect(raises?.error).toEqual({ kind: 'agent-error', message: 'the agent reports: ValueError: no order 0' });
        expect(down?.error).toEqual({ kind: 'agent-error', message: 'the agent reports: RuntimeError: the model is down' });
      } else {
        for (const slot of [raises, down]) expect(slot?.error).toMatchObject({ kind: 'http-status', status: 500 });
      }
    });

    // Both servers take any name for an app until it is run.
    it('has no answer of an app that is not there', async () => {
      const { code, slots } = await runSuite(samples.slice(0, 1), agent({ app: 'cellar' }));
      expect(code).toBe(3);
      expect(slots.order?.error?.message).toMatch(unknownApp);
    });

    it.each([false, true])('is spoken with over A2A, streamed: %s', async (stream) => {
      // The card of the kit for Python is a file, which knows no port.
      const place = isJs(peer) ? {} : { endpoint: '/a2a/shop' };
      const { code, slots } = await runSuite(samples, { agent: { type: 'a2a', url: `${server.url}/a2a/shop`, stream, ...place }, checkers });
      expect(code).toBe(3);
      const { order, unknown, raises, down } = slots;
      expect(order?.outcome).toBe('pass');
      expect(order?.trajectory?.turns.map(({ output }) => output)).toEqual(['Message 1.', 'It is shipped.', 'Message 3.']);
      expect(callOf(order)).toEqual(lookup('7', { status: 'shipped' }));
      expect(order?.trajectory?.turns[2]?.steps).toEqual([]);
      expect(callOf(unknown)).toEqual(lookup('500', { error: 'no such order' }, { isError: true }));
      if (isJs(peer)) expect(raises?.outcome).toBe('pass');
      else expect(raises?.error?.message).toBe('the agent reports: the task is failed: no order 0');
      expect(down?.error).toEqual({ kind: 'agent-error', message: 'the agent reports: the task is failed: the model is down' });
    });

    if (!isJs(peer)) return;
    it('is called worse when it no longer uses its tool', async () => {
      const config = { ...agent(), repeats: 2, policy: { mode: 'strict' } };
      const base = await runSuite(samples.slice(0, 1), config, { args: ['--output', 'base'] });
      expect(base.code, base.stderr).toBe(0);
      writeFileSync(join(server.folder, 'worse'), '');
      const { project } = base;
      const { code } = await runSuite(samples.slice(0, 1), { ...config, baseline: { path: 'base' } }, { project });
      expect(code).toBe(1);
      expect(project.assessment('.agent-regress/peer')).toMatchObject({
        verdict: { status: 'regressed' },
        samples: [{ id: 'order', class: 'regressed' }],
      });
    });
  });
}
