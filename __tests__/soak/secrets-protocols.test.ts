import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import secrets from '../fixtures/hostile/secrets.json' with { type: 'json' };
import { type Canary, encodings, findCanaries, writtenBelow } from '../harness/canary.ts';
import { isFull, size, soakRow } from '../harness/soak.ts';
import { startSmallController } from '../helpers/agentbench-controller.ts';
import { accessKeyId, accessKeySecret, startAgentloopServer } from '../helpers/agentloop-server.ts';
import { freePort } from '../helpers/free-port.ts';
import { errorPlaces, protocolPlaces, startLeakyProtocols } from '../helpers/leaky-protocols.ts';
import type { Told } from '../helpers/leaky-server.ts';
import { makeProject, type Project, runCli } from '../helpers/run-cli.ts';

const everyNth = size(211, 13);
/** Their server is never reached, which ends the run. */
const neverAsked = new Set(['untoken', 'refused', 'crash']);
const token = 'tok-canary/Zq8+41bd7f==';
const env = (name: string) => `\${env:${name}}`;
const isHeaderSafe = ({ value }: Canary) => /^[\x20-\x7e]+$/.test(value) && value.trim() === value;
const canaries = secrets.filter(isHeaderSafe);
const variables = {
  ...Object.fromEntries(canaries.map(({ name, value }) => [`KEY_${name}`, value])),
  LOG_ID: accessKeyId,
  LOG_SECRET: accessKeySecret,
};
const keys = canaries.map(({ name }) => `KEY_${name}`);
const all = [...canaries, { name: 'TOKEN', value: token }];

interface Case extends Told {
  n: number;
  kind: string;
}

/** Every secret in every encoding at every place of a protocol; in the share, a part of them, and each place at least once. */
function casesOf(kind: string, places: readonly string[], shown: readonly Canary[]): Omit<Case, 'n'>[] {
  const names = Object.keys(encodings);
  const seen = new Set<string>();
  const isFirstAt = (place: string): boolean => !seen.has(place) && Boolean(seen.add(place));
  const pairs = shown.flatMap((canary, i) =>
    names.flatMap((encoding, j) => places.map((place, k) => ({ canary, encoding, place, n: i * 7 + j * 3 + k }))),
  );
  return pairs
    .filter(({ place }, index) => index % everyNth === 0 || isFirstAt(place))
    .map(({ canary, encoding, place, n }) => ({ kind, place, leak: encodings[encoding]?.(canary.value) ?? '', pad: 40 + (n % 60) }));
}

const mcpPlaces = ['result', 'structured', 'long', 'failed', 'error', 'stderr'];
const taskPlaces = ['says', 'result', 'error', 'status'];
const servicePlaces = ['answer', 'status', 'cut', 'junk', 'reported'];

function everyCase(): Case[] {
  const { adk, graph, a2a, traced, socket, chat, user } = protocolPlaces;
  const agents = { adk, graph, a2a, chat, user };
  return [
    ...Object.entries(agents).flatMap(([kind, places]) => casesOf(kind, [...places, ...errorPlaces], canaries)),
    ...casesOf('traced', traced, all),
    ...casesOf('socket', socket, canaries),
    ...casesOf('mcp', mcpPlaces, canaries),
    ...casesOf('judge', servicePlaces, canaries),
    ...casesOf('task', taskPlaces, canaries),
    ...onceFound,
  ].map((one, n) => ({ ...one, n }));
}

/** What a sweep has found: never left to chance again. */
const plain = canaries.find(({ name }) => name === 'PLAIN')?.value ?? '';
const onceFound: Omit<Case, 'n'>[] = [
  ...['traced', 'graph'].map((kind) => ({ kind, place: kind === 'traced' ? 'long span' : 'node', leak: plain, pad: 45 })),
  { kind: 'user', place: 'long refusal', leak: plain, pad: 45 },
  { kind: 'chat', place: 'reason', leak: `${'n'.repeat(85)}${plain}`, pad: 0 },
  { kind: 'mcp', place: 'long', leak: plain, pad: 45 },
  ...['answer', 'result', 'span', 'status'].map((place) => ({ kind: 'traced', place, leak: Buffer.from(token).toString('base64'), pad: 0 })),
];

const headers = Object.fromEntries(keys.map((name) => [`x-${name.toLowerCase().replaceAll('_', '-')}`, env(name)]));
const moduleAgent = { type: 'module', path: 'agent.mjs', env: Object.fromEntries(keys.map((name) => [name, env(name)])) };
const contains = { type: 'contains', value: 'hello' };

interface Places {
  url: string;
  socketUrl: string;
  taskUrl: string;
  logUrl: string;
  spanPort: number;
}

/** One suite for each protocol, by name. */
function suitesFor({ url, socketUrl, taskUrl, logUrl, spanPort }: Places): Record<string, Record<string, unknown>> {
  const key = env('KEY_PLAIN');
  const model = { model: 'm', apiKey: key };
  const reply = { output: '/answer', error: '/error' };
  const server = { command: process.execPath, args: [fileURLToPath(new URL('../fixtures/hostile/leaky-mcp.mjs', import.meta.url)), 'cases.json'] };
  const mcp = { type: 'mcp', baseUrl: `${url}/tools`, ...model, variables: Object.fromEntries(keys.map((name) => [name, env(name)])) };
  const serverEnv = Object.fromEntries(keys.map((name) => [name, `\${${name}}`]));
  const oauth = { tokenUrl: `${url}/token`, clientId: 'me', clientSecret: env('KEY_OPENAI') };
  const traced = { type: 'http', url: `${url}/traced`, headers, body: { q: '{{input}}' }, reply };
  const judging = { baseUrl: `${url}/judge/v1`, ...model };
  return {
    adk: { agent: { type: 'adk', baseUrl: `${url}/adk`, app: 'shop', headers } },
    graph: { agent: { type: 'langgraph', baseUrl: `${url}/graph`, assistant: 'a', nodes: true, headers } },
    a2a: { agent: { type: 'a2a', url: `${url}/a2a`, headers } },
    traced: { agent: { ...traced, oauth }, traces: { listen: spanPort, quietMs: 0, waitMs: 200, required: false } },
    untoken: { agent: { ...traced, oauth: { ...oauth, tokenUrl: `${url}/untoken` } } },
    socket: { agent: { type: 'websocket', url: `${socketUrl}/chat`, headers, reply: { output: '/answer', error: '/error', toolCalls: '/calls' } } },
    refused: { agent: { type: 'websocket', url: `${socketUrl}/refused`, headers } },
    chat: { agent: { type: 'openai-chat', baseUrl: `${url}/chat/v1`, ...model, headers } },
    user: { agent: moduleAgent, user: { baseUrl: `${url}/user/v1`, ...model } },
    mcp: { agent: { ...mcp, servers: { leaky: { ...server, env: serverEnv } }, maxResultChars: 300 }, exports: exportsTo(logUrl) },
    crash: { agent: { ...mcp, servers: { leaky: { ...server, args: [...server.args, 'crash'], env: serverEnv } } } },
    judge: {
      agent: moduleAgent,
      judge: judging,
      checkers: [contains, { type: 'judge', rubric: 'Fine?', required: false }, { type: 'webhook', url: `${url}/webhook`, headers, required: false }],
    },
    task: { agent: moduleAgent, user: { type: 'controller', url: taskUrl, task: 'show' } },
  };
}

const keyFields = { accessKeyId: env('LOG_ID'), accessKeySecret: env('LOG_SECRET') };
const exportsTo = (logEndpoint: string) => [
  ...['adk', 'agentbench', 'agentscope', 'benchkit'].map((type) => ({ type, path: `exported-${type}` })),
  { type: 'agentloop', path: 'exported-agentloop', logEndpoint, endpoint: logEndpoint, workspace: 'ws', dataset: 'd', project: 'p', ...keyFields },
];

/** The samples of one suite: a suite without cases of its own takes the first few of all. */
function samplesOf(kind: string, cases: readonly Case[]): object[] {
  const own = cases.filter((one) => one.kind === kind);
  return (own.length > 0 ? own : cases.slice(0, 6)).map(({ n }) => {
    const id = `s${n}`;
    if (kind === 'user') return { id, scenario: { plan: `case-${n}`, maxTurns: 2 } };
    return { id, input: `case-${n}`, ...(kind === 'task' ? { metadata: { index: n } } : {}) };
  });
}

const agentModule = `export default async ({ input }) => ({ output: 'heard ' + JSON.stringify(input) });`;

async function startTask(cases: readonly Case[]) {
  const task = await startSmallController({
    show: {
      indices: cases.map(({ n }) => n),
      capacity: 10,
      async play(index, action) {
        const { place = '', leak = '' } = cases[Number(index)] ?? {};
        await action({ role: 'user', content: place === 'says' ? leak : 'hello' });
        if (place === 'error') throw new Error(leak);
        return { status: 'completed', result: place === 'result' ? { [leak]: leak } : 1 };
      },
    },
  });
  task.fault = ({ path, body }) => {
    const told = cases[Number(body?.index ?? -1)];
    return path === '/start_sample' && told?.place === 'status'
      ? { status: 400, body: { detail: `${'x '.repeat(told.pad)}${told.leak} and so on` } }
      : undefined;
  };
  return task;
}

/** Results of another system that hold the secrets: an export, with what each answer says changed. */
function plantInResults(project: Project, cases: readonly Case[]): void {
  for (const entry of readdirSync(join(project.folder, 'exported-agentscope'), { recursive: true, withFileTypes: true })) {
    if (entry.name !== 'solution.json') continue;
    const path = join(entry.parentPath, entry.name);
    const [, n = '0'] = /s(\d+)/.exec(entry.parentPath) ?? [];
    const leak = cases[Number(n)]?.leak ?? '';
    writeFileSync(
      path,
      JSON.stringify({ ...(JSON.parse(readFileSync(path, 'utf8')) as object), success: true, output: leak, meta: { [leak]: leak } }),
    );
  }
}

it('T16 no secret gets into any file, stream or third request through a protocol: traces, MCP servers, users, tasks, A2A, ADK, LangGraph, sockets, tokens, judges, imports, exports', async () => {
  const cases = everyCase();
  const leaky = await startLeakyProtocols(cases, token);
  const task = await startTask(cases);
  const log = await startAgentloopServer({});
  const spanPort = await freePort();
  leaky.spanUrl = `http://127.0.0.1:${spanPort}/v1/traces`;
  const suites = suitesFor({ ...leaky, taskUrl: task.url, logUrl: log.url, spanPort });
  const project = makeProject({ 'agent.mjs': agentModule, 'cases.json': JSON.stringify(cases) });
  const common = { repeats: 1, timeoutMs: 5000, maxRetries: 0, concurrency: 4, baseline: 'none', checkers: [contains] };
  for (const [kind, suite] of Object.entries(suites)) {
    project.write(`${kind}.jsonl`, samplesOf(kind, cases));
    project.write(`${kind}.json`, { suite: kind, samples: `${kind}.jsonl`, ...common, ...suite });
  }
  const own = new Set(['cases.json', ...readdirSync(project.folder)]);
  const said: [string, string][] = [];
  const call = async (...args: string[]) => {
    const { code, stdout, stderr } = await runCli(args, { cwd: project.folder, env: variables });
    said.push([`stdout of ${args[0]}`, stdout], [`stderr of ${args[0]}`, stderr]);
    expect([0, 1, 3], `${args.join(' ')}: ${stderr}`).toContain(code);
  };
  try {
    await call('run', '--verbose', ...Object.keys(suites).flatMap((kind) => ['-c', `${kind}.json`]));
    plantInResults(project, cases);
    await call('import', 'exported-agentscope', '-c', 'mcp.json', '-o', 'imported');
    for (const kind of isFull ? Object.keys(suites) : [])
      await call('export', `.agent-regress/${kind}`, '--to', 'agentscope', '-c', `${kind}.json`, '-o', `again-${kind}`);
    await call('history', '.agent-regress');
    const answered = Object.keys(suites).map((kind) => [kind, project.records(`.agent-regress/${kind}`, 'response').length]);
    expect(answered.filter(([kind = '', count]) => count === 0 && !neverAsked.has(String(kind)))).toEqual([]);
    const sent = [
      ...leaky.received,
      ...task.seen.map(({ path, body }): [string, string] => [`task ${path}`, JSON.stringify(body ?? null)]),
      ...log.logs.map(({ contents }): [string, string] => ['agentloop', JSON.stringify(contents)]),
    ];
    const isPlanted = (path: string) => own.has(path) || /^exported-agentscope\/.*solution\.json$/.test(path);
    const leaks = findCanaries(all, [...said, ...sent, ...writtenBelow(project.folder, isPlanted)]);
    soakRow({
      goal: 'G6',
      what: 'secrets shown through protocols, in files, streams and requests to others',
      wanted: '0 canary bytes',
      measured: `${cases.length} leaks tried in ${Object.keys(suites).length} suites, ${leaks.length} found`,
      isMet: leaks.length === 0,
    });
    expect(leaks.slice(0, 20), `${leaks.length} leaks`).toEqual([]);
  } finally {
    await Promise.all([leaky.close(), task.close(), log.close()]);
    project.remove();
  }
});
