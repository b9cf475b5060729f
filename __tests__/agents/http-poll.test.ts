import { describe, expect, it } from 'vitest';
import type { Json } from '../../src/records/json.ts';
import { failureOf, json, makeRequest, makeSample, openAgent, serve } from './support.ts';

type Answer = Parameters<typeof serve>[0];

async function pollAgent(answer: Answer, poll: Record<string, Json> = {}, options: Record<string, Json> = {}) {
  const server = await serve(answer);
  const agent = await openAgent('http', { url: `${server.url}/runs?v=1`, poll: { intervalMs: 5, ...poll }, reply: { output: '/a' }, ...options });
  return { agent, ...server };
}

function accepted(response: Parameters<Answer>[0], location: string): void {
  response.writeHead(202, { location, 'content-type': 'application/json' }).end('{"id":"r1"}');
}

describe('results that come later', () => {
  it('asks the Location of a 202 until the status is another', async () => {
    const headers = { 'x-key': 'k-{{id}}' };
    const { agent, seen } = await pollAgent(
      (response, _, n) => (n < 4 ? accepted(response, '/jobs/7?x=1') : json(response, { a: 'done' })),
      {},
      { headers },
    );
    const trajectory = await agent.ask(makeRequest());
    expect(trajectory.turns[0]?.output).toBe('done');
    expect(trajectory.latencyMs).toBeGreaterThan(10);
    expect(seen.map(({ method, url }) => `${method} ${url}`)).toEqual(['POST /runs?v=1', ...Array(3).fill('GET /jobs/7?x=1')]);
    expect(seen[3]?.headers).toMatchObject({ 'x-key': 'k-s1' });
    expect(seen[3]?.headers).not.toHaveProperty('idempotency-key');
    expect(seen[3]?.body).toBe('');
  });

  it('waits for a value of the status, at an address or an id that the reply gives', async () => {
    const states = ['queued', 'running', 'succeeded'];
    const answer: Answer = (response, _, n) => json(response, { id: 'a/b', links: { self: 'status' }, state: states[n - 1], a: `${n}` });
    const poll = { status: '/state', until: ['succeeded'] };
    const byAddress = await pollAgent(answer, { ...poll, location: '/links/self' });
    expect((await byAddress.agent.ask(makeRequest())).turns[0]?.output).toBe('3');
    expect(byAddress.seen[2]?.url).toBe('/status');
    const byId = await pollAgent(answer, { ...poll, location: '/id', path: '/v2/jobs/{{location}}/status' });
    expect((await byId.agent.ask(makeRequest())).turns[0]?.output).toBe('3');
    expect(byId.seen[2]?.url).toBe('/v2/jobs/a%2Fb/status');
  });

  it('asks nothing more when the first reply is the result', async () => {
    const { agent, seen } = await pollAgent((response) => json(response, { a: 'now' }));
    expect((await agent.ask(makeRequest())).turns[0]?.output).toBe('now');
    expect(seen).toHaveLength(1);
  });

  it('waits as long as Retry-After says', async () => {
    const { agent } = await pollAgent((response, _, n) => {
      if (n > 1) return json(response, { a: 'x' });
      response.setHeader('retry-after', '0.2');
      accepted(response, '/j');
    });
    expect((await agent.ask(makeRequest())).latencyMs).toBeGreaterThan(190);
  });

  it('never asks another host, and says where it was sent', async () => {
    const other = await serve((response) => json(response, { a: 'stolen' }));
    for (const place of [`${other.url}/j?token=abc`, `//${new URL(other.url).host}/j`, 'file:///etc/passwd', 'https://127.0.0.1/j']) {
      const { agent, seen } = await pollAgent((response) => accepted(response, place));
      const failure = await failureOf(agent.ask(makeRequest()));
      expect(failure).toMatchObject({ kind: 'redirect', phase: 'answered', isTransient: false, message: expect.stringContaining('only the host') });
      expect(failure.message).not.toContain('abc');
      expect(seen).toHaveLength(1);
    }
    expect(other.seen).toEqual([]);
  });

  it.each<[string, Answer, Record<string, Json>, object]>([
    ['no address', (response) => void response.writeHead(202).end(), {}, { kind: 'bad-response', message: expect.stringContaining('no Location') }],
    ['no id', (response) => json(response, { state: 'q' }), { status: '/state', until: ['x'], location: '/id' }, { kind: 'bad-response' }],
    [
      'an id that leads elsewhere',
      (response) => json(response, { state: 'q', id: '..' }),
      { status: '/state', until: ['x'], location: '/id', path: '/j/{{location}}' },
      { kind: 'bad-response' },
    ],
    [
      'no status',
      (response) => json(response, { id: 1 }),
      { status: '/state', until: ['x'] },
      { kind: 'bad-response', message: expect.stringContaining('/state') },
    ],
    [
      'a status of failure',
      (response) => json(response, { state: 'failed', why: 'boom' }),
      { status: '/state', until: ['x'] },
      { kind: 'agent-error', phase: 'answered', message: expect.stringMatching(/"failed".*boom/) },
    ],
    [
      'no end',
      (response) => accepted(response, '/j'),
      { maxMs: 40 },
      { kind: 'timeout', phase: 'ambiguous', message: expect.stringContaining('poll.maxMs') },
    ],
    [
      'a redirect',
      (response, _, n) => (n === 1 ? accepted(response, '/j') : void response.writeHead(302, { location: '/x' }).end()),
      {},
      { kind: 'redirect' },
    ],
    [
      'a cut connection, again and again',
      (response, _, n) => (n === 1 ? accepted(response, '/j') : void response.destroy()),
      {},
      { phase: 'ambiguous', isTransient: false, message: expect.stringContaining('the request was taken') },
    ],
  ])('fails with %s', async (_, answer, poll, expected) => {
    const { agent } = await pollAgent(answer, poll);
    expect(await failureOf(agent.ask(makeRequest()))).toMatchObject(expected);
  });

  it('survives a few questions that fail on the way', async () => {
    const { agent } = await pollAgent((response, _, n) => {
      if (n === 1) accepted(response, '/j');
      else if (n < 4) response.writeHead(503).end();
      else if (n === 4) response.destroy();
      else json(response, { a: 'x' });
    });
    expect((await agent.ask(makeRequest())).turns[0]?.output).toBe('x');
  });

  it('stops when the slot is aborted between two questions', async () => {
    const { agent, seen } = await pollAgent((response) => accepted(response, '/j'), { intervalMs: 60_000 });
    const controller = new AbortController();
    setTimeout(() => controller.abort(), 100);
    const startedAt = performance.now();
    const failure = await failureOf(agent.ask(makeRequest({ signal: controller.signal })));
    expect(failure).toMatchObject({ kind: 'aborted', phase: 'ambiguous' });
    expect(performance.now() - startedAt).toBeLessThan(1000);
    expect(seen).toHaveLength(1);
  });

  it('carries the session of a result to the next turn', async () => {
    const { agent, seen } = await pollAgent(
      (response, { method }) => (method === 'POST' ? accepted(response, '/j') : json(response, { a: 'x', s: 'sid' })),
      {},
      { body: '{{session}}', reply: { output: '/a', session: '/s' } },
    );
    await agent.ask(makeRequest({ sample: makeSample({ turns: [{ input: '1' }, { input: '2' }] }) }));
    expect(seen.filter(({ method }) => method === 'POST').map(({ body }) => body)).toEqual(['null', '"sid"']);
  });
});
