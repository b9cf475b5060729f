import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { otherPlaces, redirectPlaces } from '../harness/addresses.ts';
import { rightAnswer } from '../harness/fault-answers.ts';
import { type FaultCall, type FaultServer, startFaultServer } from '../harness/fault-server.ts';
import { makeProject, type Project, runCli } from '../helpers/run-cli.ts';

const key = 'redirect-canary-51c3a90e';
const headers = { 'x-api-key': key };
let own: FaultServer;
let other: FaultServer;
let project: Project;
beforeAll(async () => {
  own = await startFaultServer();
  other = await startFaultServer();
});
afterAll(async () => {
  await own.close();
  await other.close();
});
afterEach(() => {
  own.options.script = () => undefined;
  own.reset();
  other.reset();
  project.remove();
});

const place = (server: FaultServer) => `127.0.0.1:${server.port}`;
const codes = [301, 302, 303, 307, 308];
const places = () => redirectPlaces(place(own), place(other));

/** Answers with a redirect, the next one of all codes and places each time. */
function redirectAll(where: RegExp): void {
  let n = 0;
  own.options.script = ({ path }) => {
    if (!where.test(path)) return undefined;
    const code = codes[n % codes.length];
    const location = places()[n % places().length];
    n += 1;
    return ({ socket }) => void socket.write(`HTTP/1.1 ${code} Moved\r\nLocation: ${location}\r\nContent-Length: 0\r\n\r\n`);
  };
}

const slots = 17;
const samples = Array.from({ length: slots }, (_, i) => ({ id: `s${i}`, input: `q${i}`, expected: rightAnswer(`q${i}`) }));

async function run(config: Record<string, unknown>, files: Record<string, unknown> = {}) {
  project = makeProject({
    'samples.jsonl': samples,
    'recorded.jsonl': samples.map(({ id, expected }) => ({ id, output: `I say ${expected}` })),
    'agent-regress.json': {
      ...{ suite: 'r', samples: 'samples.jsonl', repeats: 1, concurrency: 4, maxRetries: 0, timeoutMs: 10_000, baseline: 'none' },
      ...{ checkers: [{ type: 'equals', value: '{{expected}}' }], ...config },
    },
    ...files,
  });
  return runCli(['run', '-q', '-o', 'out'], { cwd: project.folder, env: { KEY: key } });
}
const outcomesOf = () => project.assessment('out').outcomes;
// biome-ignore lint/suspicious/noTemplateCurlyInString: the tool fills it
const secret = '${env:KEY}';
const secretHeaders = { 'x-api-key': secret };

describe('T18 a redirect is followed by nothing that sends a key', { timeout: 60_000 }, () => {
  /** Agents by what is redirected of them. */
  const agents: Record<string, [agent: (origin: string) => object, where: RegExp]> = {
    http: [(url) => ({ type: 'http', url: `${url}/ask`, headers: secretHeaders, reply: { output: '/answer' } }), /^\/ask/],
    'the token endpoint of http': [
      (url) => ({
        type: 'http',
        url: `${url}/ask`,
        reply: { output: '/answer' },
        oauth: { tokenUrl: `${url}/token`, clientId: 'c', clientSecret: secret },
      }),
      /^\/token/,
    ],
    'the result of http': [
      (url) => ({
        ...{ type: 'http', url: `${url}/poll`, headers: secretHeaders, body: { question: '{{input}}' }, reply: { output: '/answer' } },
        poll: { location: '/place', status: '/state', until: ['done'], intervalMs: 5 },
      }),
      /^\/jobs/,
    ],
    'openai-chat': [(url) => ({ type: 'openai-chat', baseUrl: `${url}/v1`, model: 'm', apiKey: secret }), /^\/v1/],
    'openai-responses': [(url) => ({ type: 'openai-responses', baseUrl: `${url}/v1`, model: 'm', apiKey: secret }), /^\/v1/],
    a2a: [(url) => ({ type: 'a2a', url: `${url}/a2a`, headers: secretHeaders }), /^\/a2a\/rpc/],
    'the card of a2a': [(url) => ({ type: 'a2a', url: `${url}/a2a`, headers: secretHeaders }), /well-known/],
    langgraph: [(url) => ({ type: 'langgraph', baseUrl: `${url}/langgraph`, assistant: 'a', headers: secretHeaders }), /runs/],
    adk: [(url) => ({ type: 'adk', baseUrl: `${url}/adk`, app: 'a', headers: secretHeaders }), /run$/],
    'agentbench-http': [
      (url) => ({ type: 'agentbench-http', url: `${url}/ask`, headers: secretHeaders, returnFormat: '{response[answer]}' }),
      /^\/ask/,
    ],
    websocket: [(url) => ({ type: 'websocket', url: `${url.replace('http', 'ws')}/chat`, headers: secretHeaders }), /^\/chat/],
    'the tools of mcp': [
      (url) => ({
        ...{ type: 'mcp', baseUrl: `${url}/v1`, model: 'm', apiKey: secret, requireAll: true },
        servers: { tools: { url: `${url}/mcp`, headers: secretHeaders } },
      }),
      /^\/mcp/,
    ],
  };

  it.each(Object.keys(agents))('of an agent: %s', async (name) => {
    const [agent, where] = agents[name] ?? [() => ({}), /./];
    redirectAll(where);
    const { code } = await run({ agent: agent(own.origin) });
    expect(code).toBe(3);
    const asked = own.calls.filter(({ path }) => where.test(path));
    expect(asked.length).toBeGreaterThan(0);
    if (!name.startsWith('the tools')) expect(JSON.stringify(asked)).toContain(key);
    expectNothingElse();
    expect(outcomesOf()).toMatchObject({ pass: 0, fail: 0 });
  });

  it('of a checker: judge, embeddings, webhook', async () => {
    redirectAll(/./);
    const { code } = await run({
      agent: { type: 'replay', path: 'recorded.jsonl' },
      judge: { model: 'm', baseUrl: `${own.origin}/judge`, apiKey: secret },
      embeddings: { model: 'm', baseUrl: `${own.origin}/v1`, apiKey: secret },
      checkers: [
        { type: 'judge', rubric: 'Polite.' },
        { type: 'embedding-similarity' },
        { type: 'webhook', url: `${own.origin}/check`, headers: secretHeaders },
      ],
    });
    expect(code).toBe(3);
    for (const path of [/^\/judge/, /^\/v1\/embeddings/, /^\/check/]) {
      const asked = own.calls.filter((call) => path.test(call.path));
      expect(asked.length, String(path)).toBeGreaterThan(0);
      expect(JSON.stringify(asked)).toContain(key);
    }
    expectNothingElse();
    expect(outcomesOf()).toMatchObject({ unscored: slots, pass: 0, fail: 0 });
  });

  it('of the model that plays the user, and of a task controller', async () => {
    redirectAll(/^\/user|^\/task/);
    const agent = { type: 'http', url: `${own.origin}/ask`, body: { question: '{{input}}' }, reply: { output: '/answer' } };
    const scenarios = samples.map(({ id }) => ({ id, scenario: { opening: 'q1', plan: 'ask', stop: 'STOP', maxTurns: 3 } }));
    await run({ agent, user: { model: 'u', baseUrl: `${own.origin}/user`, apiKey: secret, headers: secretHeaders } }, { 'samples.jsonl': scenarios });
    expect(own.calls.some(({ path }) => path.startsWith('/user'))).toBe(true);
    expectNothingElse();
    project.remove();
    await run({ agent, samples: { controller: true }, user: { type: 'controller', url: `${own.origin}/task`, task: 't', headers: secretHeaders } });
    expect(own.calls.some(({ path }) => path.startsWith('/task'))).toBe(true);
    expectNothingElse();
  });
});

/** The other server heard nothing, not even a connection, and the own one was not asked at the places it named. */
function expectNothingElse(): void {
  expect({ calls: other.calls, connections: other.connections }).toEqual({ calls: [], connections: 0 });
  expect(own.calls.filter(({ path }) => path.includes('stolen'))).toEqual([]);
}

describe('T19 nothing that is data decides where a request goes:', { timeout: 60_000 }, () => {
  const agent = (changes: object = {}) => ({
    ...{ type: 'http', url: `${own.origin}/ask`, headers, body: { question: '{{input}}' }, reply: { output: '/answer' }, ...changes },
  });
  const json = (value: unknown) => {
    const body = JSON.stringify(value);
    return ({ socket }: { socket: { write(text: string): unknown } }) =>
      void socket.write(`HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
  };
  const hosts = (calls: readonly FaultCall[]) => [...new Set(calls.map((call) => call.headers.host))];

  it('not a sample that is part of the path, the query or a header', async () => {
    const rows = otherPlaces(place(other)).map((input, i) => ({ id: `s${i}`, input }));
    const config = {
      agent: agent({ url: `${own.origin}/{{input}}/x?to={{input}}`, headers: { ...headers, 'x-echo': '{{input}}' } }),
      checkers: [{ type: 'length', min: 1 }],
    };
    await run(config, { 'samples.jsonl': rows });
    expect(own.calls.length).toBeGreaterThan(10);
    expect(hosts(own.calls)).toEqual([place(own)]);
    expect(own.calls.every(({ path }) => /^\/[^/]/.test(path))).toBe(true);
    expectNothingElse();
  });

  it('not the place that a reply gives for its result', async () => {
    let n = 0;
    own.options.script = ({ path }) => (path.startsWith('/poll') ? json({ state: 'busy', place: otherPlaces(place(other))[n++ % 20] }) : undefined);
    await run({
      agent: agent({ url: `${own.origin}/poll`, poll: { location: '/place', status: '/state', until: ['done'], intervalMs: 5, maxMs: 200 } }),
    });
    expect(n).toBeGreaterThan(0);
    expect(hosts(own.calls)).toEqual([place(own)]);
    expectNothingElse();
  });

  it('not the card of an agent, nor the id of a thread', async () => {
    let n = 0;
    const url = () => otherPlaces(place(other))[n++ % 20];
    const card = () => ({
      protocolVersion: '0.3.0',
      url: url(),
      preferredTransport: 'JSONRPC',
      capabilities: {},
      additionalInterfaces: [{ url: url(), transport: 'JSONRPC' }],
    });
    own.options.script = ({ path }) =>
      path.includes('well-known') ? json(card()) : path.endsWith('/threads') ? json({ thread_id: `../..//${url()}` }) : undefined;
    await run({ agent: { type: 'a2a', url: `${own.origin}/a2a`, headers } });
    expectNothingElse();
    project.remove();
    await run({ agent: { type: 'langgraph', baseUrl: `${own.origin}/langgraph`, assistant: 'a', headers } });
    expect(hosts(own.calls)).toEqual([place(own)]);
    expect(own.calls.every(({ path }) => !path.includes('/../'))).toBe(true);
    expectNothingElse();
  });

  it('not a run log that is resumed, nor one that is a baseline', async () => {
    const elsewhere = agent({ url: `${other.origin}/ask` });
    expect((await run({ agent: elsewhere, budget: { calls: 5 } })).code).toBe(3);
    const config = JSON.parse(project.read('agent-regress.json')) as object;
    const here = (args: string[]) => runCli(['run', '-q', ...args], { cwd: project.folder });
    project.write('agent-regress.json', { ...config, budget: {} });
    expect((await here(['-o', 'whole'])).code).toBe(0);
    expect(other.calls).toHaveLength(5 + slots);
    other.reset();
    project.write('agent-regress.json', { ...config, budget: {}, agent: agent() });
    expect((await here(['-o', 'out', '--resume'])).code).toBe(2);
    expect(own.calls).toEqual([]);
    await here(['-o', 'next', '--baseline', 'whole']);
    expect(own.calls).toHaveLength(slots);
    expectNothingElse();
  });
});
