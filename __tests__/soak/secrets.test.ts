import { afterAll, beforeAll, expect, it } from 'vitest';
import secrets from '../fixtures/hostile/secrets.json' with { type: 'json' };
import { type Canary, encodings, findCanaries, writtenBelow } from '../harness/canary.ts';
import { size, soakRow } from '../harness/soak.ts';
import { type JsonServer, startLeakyServer } from '../helpers/leaky-server.ts';
import { makeProject, runCli } from '../helpers/run-cli.ts';

/** Ways in which an answer of one's own code shows a text; each must exist in `agent.mjs` below. */
const ownPlaces = [
  'answer',
  'arg',
  'key',
  'tool',
  'result',
  'message',
  'error',
  'state',
  'throw',
  'cut',
  'finish',
  'input',
  'stderr',
  'turns',
] as const;
/** Ways in which a server shows one; each must exist in the leaky server. */
const serverPlaces = ['answer', 'status', 'cut', 'header', 'location', 'retry', 'junk', 'stream', 'shape', 'reported'] as const;

const agentModule = `
import { writeSync } from 'node:fs';
export default async ({ sample, input }) => {
  const { place, leak } = sample.metadata;
  switch (place) {
    case 'answer': return 'your key is ' + leak + '!';
    case 'arg': return { output: 'x', toolCalls: [{ name: 'send', args: { deep: [{ text: leak }] } }] };
    case 'key': return { output: 'x', toolCalls: [{ name: 'send', args: { [leak]: 1 } }] };
    case 'tool': return { output: 'x', toolCalls: [{ name: leak, args: {} }] };
    case 'result': return { output: 'x', toolCalls: [{ name: 'send', args: {}, result: { list: [leak] } }] };
    case 'message': return { output: 'x', steps: [{ kind: 'message', text: leak, author: leak }] };
    case 'error': return { output: 'x', steps: [{ kind: 'error', message: leak }] };
    case 'state': return { output: 'x', finalState: { [leak]: leak } };
    case 'throw': throw new Error('bad key ' + leak);
    case 'cut': throw new Error('x '.repeat(sample.metadata.pad) + leak + ' and more '.repeat(300));
    case 'finish': return { output: 'x', finishReason: leak, usage: { inputTokens: 1, model: leak } };
    case 'turns': return { turns: [{ output: leak.slice(0, 3) }, { output: leak }].slice(-1) };
    case 'stderr':
      for (const part of leak.match(/[^]{1,3}/g) ?? []) process.stderr.write(part);
      await new Promise((resolve) => setTimeout(resolve, 20));
      process.exit(3);
    default: return String(input);
  }
};`;
const checkerModule = `
export const reason = ({ sample }) => ({ value: 0.5, pass: false, reason: 'says ' + sample.metadata.leak });
export const thrown = ({ sample }) => { throw new Error('y'.repeat(sample.metadata.pad * 2) + ' ' + sample.metadata.leak); };
`;
const script = `
const { sample } = JSON.parse(require('node:fs').readFileSync(process.env.AGENT_REGRESS_INPUT));
for (const part of sample.metadata.leak.match(/[^]{1,5}/g) ?? []) process.stderr.write(part);
process.exitCode = 3;`;

const env = (name: string) => `\${env:${name}}`;
const isHeaderSafe = ({ value }: Canary) => /^[\x20-\x7e]+$/.test(value) && value.trim() === value;
const everyNth = size(20, 2);

let server: JsonServer;
beforeAll(async () => {
  server = await startLeakyServer();
});
afterAll(async () => {
  await server.close();
});

/** Every secret in every encoding, and the place at which it comes back; in the share, a part of them. */
function casesOf(places: readonly string[], canaries: readonly Canary[]) {
  const names = Object.keys(encodings);
  const pairs = canaries.flatMap((canary, i) =>
    names.flatMap((encoding, j) => places.map((place, k) => ({ canary, encoding, place, n: i * 7 + j * 3 + k }))),
  );
  return pairs
    .filter(({ n }, index) => (index + n) % (everyNth * 3) === 0)
    .map(({ canary, encoding, place, n }, index) => ({
      id: `s${index}`,
      input: 'hello',
      expected: 'hello',
      metadata: { place, leak: encodings[encoding]?.(canary.value) ?? '', pad: 40 + (n % 60) },
    }));
}

/** Runs the suite, then against itself, and every other way to write of it; gives every place that a secret is found in. */
async function leaksOf(config: Record<string, unknown>, rows: readonly unknown[], variables: Record<string, string>): Promise<string[]> {
  const project = makeProject({ 'samples.jsonl': rows, 'agent.mjs': agentModule, 'checks.mjs': checkerModule, 'check.cjs': script });
  project.write('agent-regress.json', config);
  const own = new Set(['samples.jsonl', 'agent.mjs', 'checks.mjs', 'check.cjs', 'agent-regress.json']);
  const said: [string, string][] = [];
  const call = async (...args: string[]) => {
    const { code, stdout, stderr } = await runCli(args, { cwd: project.folder, env: variables });
    said.push([`stdout of ${args.join(' ')}`, stdout], [`stderr of ${args.join(' ')}`, stderr]);
    expect([0, 1, 3], stderr).toContain(code);
  };
  try {
    await call('run', '-o', 'first', '--verbose', '--format', 'markdown');
    await call('run', '-o', 'second', '--baseline', 'first', '--verbose');
    for (const format of ['adk', 'agentbench', 'agentscope', 'benchkit'])
      await call('export', 'second', '--to', format, '-o', `exported-${format}`).catch(() => {});
    const canaries = Object.entries(variables)
      .map(([name, value]) => ({ name, value }))
      .filter(({ name }) => name.startsWith('KEY_'));
    return findCanaries(canaries, [...said, ...writtenBelow(project.folder, (path) => own.has(path))]);
  } finally {
    project.remove();
  }
}

function report(what: string, rows: readonly unknown[], leaks: readonly string[]): void {
  soakRow({
    goal: 'G6',
    what,
    wanted: '0 canary bytes in any produced file',
    measured: `${rows.length} leaks tried, ${leaks.length} found`,
    isMet: leaks.length === 0,
  });
  expect(leaks.slice(0, 20), `${leaks.length} leaks`).toEqual([]);
}

it('T16 no secret that code of ours shows gets into any file or stream: 25 secrets, 15 encodings, every place of an answer, errors, stacks and checkers', async () => {
  expect(secrets).toHaveLength(25);
  const variables = Object.fromEntries(secrets.map(({ name, value }) => [`KEY_${name}`, value]));
  const rows = casesOf(ownPlaces, secrets);
  const config = {
    suite: 'bot',
    samples: 'samples.jsonl',
    agent: { type: 'module', path: 'agent.mjs', env: Object.fromEntries(Object.keys(variables).map((name) => [name, env(name)])) },
    repeats: 1,
    maxRetries: 0,
    concurrency: 3,
    checkers: [
      { type: 'contains', value: 'hello' },
      { type: 'module', name: 'reason', path: 'checks.mjs', export: 'reason', required: false },
      { type: 'module', name: 'thrown', path: 'checks.mjs', export: 'thrown', required: false },
      ...(size(0, 1) === 1 ? [{ type: 'script', command: [process.execPath, 'check.cjs'], required: false }] : []),
    ],
  };
  const leaks = await leaksOf(config, rows, variables);
  report('secrets shown by agents and checkers of ours, in files and streams', rows, leaks);
});

it('T16 no secret that a server shows gets into any file or stream: bodies, statuses, headers, redirects, streams in pieces, judges', async () => {
  const usable = secrets.filter(isHeaderSafe);
  const variables = Object.fromEntries(usable.map(({ name, value }) => [`KEY_${name}`, value]));
  const rows = casesOf(serverPlaces, usable);
  const config = {
    suite: 'bot',
    samples: 'samples.jsonl',
    agent: {
      type: 'http',
      url: server.url,
      headers: Object.fromEntries(Object.keys(variables).map((name) => [`x-${name.toLowerCase().replaceAll('_', '-')}`, env(name)])),
      body: { place: '{{metadata.place}}', leak: '{{metadata.leak}}', pad: '{{metadata.pad}}' },
      reply: { output: '/answer', error: '/error' },
    },
    repeats: 1,
    maxRetries: 0,
    concurrency: 3,
    checkers: [
      { type: 'contains', value: 'hello' },
      { type: 'judge', rubric: 'Is it fine? {{metadata.leak}}', required: false },
    ],
    judge: { model: 'm', baseUrl: server.judgeUrl, apiKey: env('KEY_PLAIN') },
  };
  const leaks = await leaksOf(config, rows, variables);
  report('secrets shown by servers, in files and streams', rows, leaks);
});
