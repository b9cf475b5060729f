import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { messageOf } from '../../src/errors.ts';
import { resultFormats } from '../../src/importers/registry.ts';
import { readRunIndex } from '../../src/io/run-log-file.ts';
import { evaluateSuite } from '../../src/pipeline/evaluate.ts';
import { exportRun } from '../../src/pipeline/export-run.ts';
import { loadSuites } from '../../src/pipeline/load-suites.ts';
import { outsideCanary, tryCommand } from '../harness/input-trial.ts';
import { createRandom, type Random, soakSeed } from '../harness/random.ts';
import { size, soakRow } from '../harness/soak.ts';
import { mutateText } from '../harness/text-mutations.ts';

const examples = fileURLToPath(new URL('../../examples/', import.meta.url));
let root: string;
let folder: string;

/** A folder of another system, and the command that reads it; files of `only` are changed. */
interface Seed {
  name: string;
  words: readonly ['import' | 'init' | 'validate', ...string[]];
  only: RegExp;
}
const seeds: Seed[] = [
  ...['adk', 'agentbench', 'agentscope', 'agentloop', 'benchkit'].map(
    (type): Seed => ({ name: `exported-${type}`, words: ['import', 'results', '--from', type, '--output', 'out'], only: /\.jsonl?$/ }),
  ),
  { name: 'agentbench-v01', words: ['import', 'results', '--output', 'out'], only: /\.jsonl?$/ },
  { name: 'agentbench-v02', words: ['import', 'results', '--from', 'agentbench', '--output', 'out'], only: /\.jsonl?$/ },
  { name: 'from-adk', words: ['validate', '--from', 'adk', 'dice', 'dice/rolls.evalset.json'], only: /\.json$/ },
  { name: 'from-adk', words: ['init', '--from', 'adk', 'dice', 'dice/rolls.evalset.json', '--yes'], only: /\.json$/ },
  {
    name: 'from-agentbench',
    words: ['validate', '--from', 'agentbench', '--task', 'configs/tasks/sums.yaml', '--agent', 'configs/agents/service.yaml'],
    only: /\.(yaml|jsonl)$/,
  },
  { name: 'from-agentbench', words: ['init', '--from', 'agentbench', '--assignment', 'configs/assignment.yaml', '--yes'], only: /\.(yaml|jsonl)$/ },
  {
    name: 'from-benchkit',
    words: ['validate', '--from', 'benchkit', '--scenario', '.', '--model', 'm', '--base-url', 'http://127.0.0.1:1/v1', '--api-key', 'key-of-a-test'],
    only: /\.jsonl?$/,
  },
  { name: 'from-benchkit', words: ['init', '--from', 'benchkit', '--scenario', '.', '--yes'], only: /\.jsonl?$/ },
  { name: 'agentloop', words: ['init', '--from', 'agentloop', 'demo.py', '--yes', '--local-only'], only: /\.(py|json)$/ },
];
const v01 = {
  'config.json': { agent: { parameters: { name: 'A' } }, task: { parameters: { name: 'sums' } } },
  'generation.jsonl': [0, 1].map((index) => ({
    index,
    input: `q${index}`,
    output: 'hi',
    history: [
      { role: 'user', content: 'q' },
      { role: 'agent', content: 'a' },
    ],
  })),
  'runs.jsonl': [0, 1].map((index) => ({ index, input: `q${index}`, output: 'hi', target: 'ho' })),
  'results.json': { EM: 0.5 },
};
/** The task failed after the agent had answered. */
const v02 = ['completed', 'TASK_ERROR'].map((status, index) => ({
  index,
  error: null,
  info: null,
  output: {
    index,
    status,
    result: { result: true },
    history: [
      { role: 'user', content: 'q' },
      { role: 'agent', content: 'a' },
    ],
  },
  time: { timestamp: 1_700_000_000_000, str: '2023-11-14 22:13:20' },
}));
const demo = `from agentloop import run\nasync def main():\n    await run(workspace="ws", dataset="ds", region_id="cn-hangzhou",\n        max_rows=10, n_repeat=2, experiment_config={"agent_name": "x"})\n`;

const write = (path: string, content: unknown) => {
  mkdirSync(dirname(path), { recursive: true });
  const text = Array.isArray(content)
    ? content.map((line) => `${JSON.stringify(line)}\n`).join('')
    : typeof content === 'string'
      ? content
      : JSON.stringify(content, null, 1);
  writeFileSync(path, text);
};

beforeAll(async () => {
  root = realpathSync(mkdtempSync(join(tmpdir(), 'mutated-results-')));
  folder = join(root, 'inside');
  for (const name of ['secret.json', 'secret.jsonl']) write(join(root, 'outside', name), `{"${outsideCanary}": "${outsideCanary}"}\n`);
  const made = join(root, 'made');
  const calls = [{ name: 'look', args: { at: 1 }, result: { found: true } }];
  write(
    join(made, 's.jsonl'),
    ['a/1', 'b'].map((id) => ({ id, input: `q ${id}`, expected: 'yes' })),
  );
  write(
    join(made, 'r.jsonl'),
    ['a/1', 'b'].map((id) => ({ id, output: 'yes', toolCalls: calls, latencyMs: 5 })),
  );
  write(join(made, 'c.json'), {
    suite: 'shop',
    samples: 's.jsonl',
    agent: { type: 'replay', path: 'r.jsonl' },
    repeats: 1,
    checkers: [{ type: 'contains', value: 'yes' }],
    baseline: 'none',
  });
  const [config] = await loadSuites({ configPaths: ['c.json'], overrides: [], env: {}, cwd: made });
  if (!config) throw new Error('no suite');
  const findBaseline = async () => ({ info: { kind: 'none' as const, reason: 'x' }, runLogs: [] });
  const { runLog } = await evaluateSuite({
    config,
    outputDir: join(made, 'out'),
    resume: false,
    findBaseline: findBaseline as never,
    signal: new AbortController().signal,
    onEvent: () => {},
  });
  for (const format of resultFormats.entries) {
    const target = join(root, 'seeds', `exported-${format.type}`, 'results');
    await exportRun({ runLog, format, options: format.options.parse(format.type === 'benchkit' ? { phase: 'execution' } : {}), target });
  }
  for (const [name, content] of Object.entries(v01)) write(join(root, 'seeds/agentbench-v01/results', name), content);
  write(join(root, 'seeds/agentbench-v02/results/chat/os/runs.jsonl'), v02);
  for (const name of ['from-adk', 'from-agentbench', 'from-benchkit']) cpSync(join(examples, name), join(root, 'seeds', name), { recursive: true });
  const task = join(root, 'seeds/from-agentbench/configs/tasks/sums.yaml');
  writeFileSync(task, readFileSync(task, 'utf8').replaceAll('examples/from-agentbench/', ''));
  write(
    join(root, 'seeds/from-agentbench/configs/assignment.yaml'),
    'assignments:\n- agent: configs/agents/service.yaml\n  task: configs/tasks/sums.yaml\n',
  );
  write(join(root, 'seeds/agentloop/demo.py'), demo);
});
afterAll(() => rmSync(root, { recursive: true }));

/** Changes one file, or what stands in its place. @returns what was done. */
function mutate(seed: Seed, random: Random): string {
  rmSync(folder, { recursive: true, force: true });
  cpSync(join(root, 'seeds', seed.name), folder, { recursive: true });
  const files = (readdirSync(folder, { recursive: true }) as string[]).filter((path) => seed.only.test(path)).sort();
  const name = random.pick(files);
  const path = join(folder, name);
  if (random.below(12) > 0) {
    const { kind, bytes } = mutateText(name, readFileSync(path), random);
    writeFileSync(path, bytes);
    return `${kind} in ${name}`;
  }
  const kind = random.pick(['removed', 'a folder', 'a link elsewhere', 'a link to itself', 'empty']);
  rmSync(path);
  if (kind === 'a folder') mkdirSync(path);
  if (kind === 'a link elsewhere') symlinkSync(join(root, 'outside', name.endsWith('.jsonl') ? 'secret.jsonl' : 'secret.json'), path);
  if (kind === 'a link to itself') symlinkSync(path, path);
  if (kind === 'empty') writeFileSync(path, '');
  return `${name} is ${kind}`;
}

async function trySeed({ words }: Seed): Promise<{ ending: string; wrong: string[]; text: string }> {
  const [command] = words;
  const outside = command === 'import' ? { outside: join(root, 'outside') } : {};
  const trial = await tryCommand(words, { cwd: folder, limitMs: 3500, ...outside });
  const wrong = [...trial.wrong];
  if (trial.ending === 'done' && command === 'import') {
    // Whatever was taken over, our own reader must take too.
    const samples = await readRunIndex(join(folder, 'out/run.jsonl')).then((index) => index.samples.size, messageOf);
    if (samples === 0 || typeof samples === 'string') wrong.push(`a run log without samples: ${samples}`);
    if (readFileSync(join(folder, 'out/run.jsonl'), 'utf8').includes(outsideCanary)) wrong.push('the run log holds what is outside');
  }
  const strays = readdirSync(root).filter((name) => !['inside', 'outside', 'made', 'seeds'].includes(name));
  if (strays.length > 0 || readdirSync(join(root, 'outside')).length !== 2) wrong.push(`written outside: ${strays.join(', ')}`);
  return { ending: trial.ending, wrong, text: trial.text };
}

it('are valid before it', async () => {
  for (const seed of seeds) {
    rmSync(folder, { recursive: true, force: true });
    cpSync(join(root, 'seeds', seed.name), folder, { recursive: true });
    expect({ seed: seed.words, ...(await trySeed(seed)) }).toMatchObject({ ending: 'done', wrong: [], text: expect.not.stringContaining('error:') });
  }
});

it('T07 T08 results and projects of other systems that something happened to are taken over or refused with file and reason', async () => {
  const count = size(24, 3000);
  const first = soakSeed(1);
  const findings: string[] = [];
  const counts: Record<string, number> = { done: 0, refused: 0, uncaught: 0 };
  for (let number = first; number < first + count; number++) {
    const random = createRandom(number);
    const seed = seeds[number % seeds.length] as Seed;
    const kind = mutate(seed, random);
    const { ending, wrong } = await trySeed(seed);
    counts[ending] = (counts[ending] ?? 0) + 1;
    for (const what of wrong) findings.push(`${number} ${seed.words.slice(0, 3).join(' ')}, ${kind}: ${what}`);
  }
  soakRow({
    goal: 'G4',
    what: 'mutated results through import, projects through init and validate',
    wanted: '≥ 3000; 0 unknown errors, 0 above 3.5 s, 0 without a place, 0 read or written elsewhere',
    measured: `${count}: ${counts.done} taken over, ${counts.refused} refused; ${findings.length} findings`,
    isMet: findings.length === 0,
  });
  expect(findings.slice(0, 12)).toEqual([]);
  expect(Math.min(counts.done ?? 0, counts.refused ?? 0)).toBeGreaterThan(count / 10);
});
