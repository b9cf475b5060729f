// npm run bench: start-up, overhead per slot against a bare node:http loop, efficiency and memory of the built dist.
// Every comparison runs its two sides in turn, pair by pair, and prints the median of the ratios: machines drift, ratios hold.
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const cli = join(root, 'dist/cli/index.js');
const folder = mkdtempSync(join(tmpdir(), 'agent-regress-bench-'));
const pairs = Number(process.env.BENCH_PAIRS ?? 5);
const node = process.env.BENCH_NODE ?? process.execPath;
const isQuick = process.argv.includes('--quick');
const goals = [];

/** Wall milliseconds and peak MiB of one process, by the operating system's own accounting where /usr/bin/time is there. */
function measure(args, env = {}) {
  const start = process.hrtime.bigint();
  const result = spawnSync(node, ['--require', join(root, 'bench/peak-memory.cjs'), ...args], {
    cwd: folder,
    env: { ...process.env, ...env, NO_COLOR: '1' },
    encoding: 'utf8',
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const wallMs = Number(process.hrtime.bigint() - start) / 1e6;
  const peakMib = Number(/peak-memory-kib=(\d+)/.exec(result.stderr)?.[1] ?? Number.NaN) / 1024;
  if (result.status !== 0) throw new Error(`${args.join(' ')} exited with ${result.status}:\n${result.stderr.slice(-2000)}`);
  return { wallMs, peakMib };
}

const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
const show = (value, digits = 2) => value.toFixed(digits);

function goal(name, value, limit, unit, better = 'at most') {
  const met = better === 'at most' ? value <= limit : value >= limit;
  goals.push({ name, met });
  process.stdout.write(`  ${met ? 'ok  ' : 'MISS'} ${name}: ${show(value)} ${unit} (goal: ${better} ${limit})\n`);
}

/** What the machine itself allows, for a goal in seconds or shares. */
function beside(text) {
  process.stdout.write(`       ${text}\n`);
}

/** Medians of the two sides and of the ratio, pair by pair, after one warm-up of each. */
function inTurn(ours, other, count = pairs) {
  ours();
  other();
  const runs = Array.from({ length: count }, () => [ours(), other()]);
  return {
    ours: median(runs.map(([a]) => a.wallMs)),
    other: median(runs.map(([, b]) => b.wallMs)),
    ratio: median(runs.map(([a, b]) => a.wallMs / b.wallMs)),
    difference: median(runs.map(([a, b]) => a.wallMs - b.wallMs)),
    peakMib: median(runs.map(([a]) => a.peakMib)),
  };
}

async function withServer(delayMs, job) {
  const server = spawn(process.execPath, [join(root, 'bench/stub-server.mjs'), String(delayMs)], { stdio: ['ignore', 'pipe', 'inherit'] });
  try {
    const port = await new Promise((resolve) => server.stdout.once('data', (chunk) => resolve(Number(chunk))));
    return await job(`http://127.0.0.1:${port}/`);
  } finally {
    server.kill();
  }
}

function writeSuite(name, samples, url, concurrency) {
  const rows = Array.from({ length: samples }, (_, i) => `${JSON.stringify({ id: `s${i}`, input: `question number ${i}`, expected: '42' })}\n`);
  writeFileSync(join(folder, `${name}.jsonl`), rows.join(''));
  const config = {
    suite: name,
    samples: `${name}.jsonl`,
    agent: { type: 'http', url, body: { input: '{{input}}' }, reply: { output: '/answer' } },
    repeats: 1,
    concurrency,
    checkers: [{ type: 'contains', value: '{{expected}}' }],
    baseline: 'none',
  };
  writeFileSync(join(folder, `${name}.json`), JSON.stringify(config));
  return {
    run: () => measure([cli, 'run', '--config', `${name}.json`, '--quiet', '--output', `out-${name}`]),
    floor: () => measure([join(root, 'bench/floor.mjs'), url, `${name}.jsonl`, `floor-${name}.jsonl`, String(concurrency)]),
  };
}

async function startUp() {
  process.stdout.write('Start-up\n');
  writeFileSync(join(folder, 'empty.mjs'), '');
  const version = inTurn(
    () => measure([cli, '--version']),
    () => measure([join(folder, 'empty.mjs')]),
    pairs * 3,
  );
  goal('--version over bare node', version.difference, 30, 'ms');
  goal('entry chunk', statSync(cli).size / 1000, 150, 'kB');
}

async function overhead() {
  await withServer(0, async (url) => {
    process.stdout.write('Instant endpoint, concurrency 20\n');
    const one = writeSuite('one', 1, url, 20);
    const single = inTurn(one.run, one.floor);
    goal('1 sample end to end', single.ours / 1000, 0.2, 's');
    beside(`the bare loop takes ${show(single.other / 1000)} s`);
    const thousand = writeSuite('thousand', 1000, url, 20);
    const many = inTurn(thousand.run, thousand.floor);
    goal('1,000 slots, ratio to the bare loop', many.ratio, 2.2, `x (${show(many.ours / 1000)} s against ${show(many.other / 1000)} s)`);
    await fetch(url);
    thousand.run();
    const seen = await (await fetch(url)).json();
    goal('requests for 1,000 slots', seen.requests, 1000, 'requests');
    goal('connections', seen.connections, 21, 'connections');
  });
}

async function efficiency() {
  process.stdout.write('Efficiency, concurrency 20\n');
  for (const [samples, delayMs, share] of [
    [1000, 50, 0.9],
    [400, 500, 0.97],
  ]) {
    await withServer(delayMs, async (url) => {
      const suite = writeSuite(`delay-${delayMs}`, samples, url, 20);
      const { ours, other } = inTurn(suite.run, suite.floor, Math.min(pairs, 3));
      const ideal = (samples / 20) * delayMs;
      goal(`${samples} slots at ${delayMs} ms`, (100 * ideal) / ours, share * 100, '% of the ideal', 'at least');
      beside(`the bare loop reaches ${show((100 * ideal) / other)} %`);
      await fetch(url);
      suite.run();
      const { mostInFlight } = await (await fetch(url)).json();
      goal('most in flight', mostInFlight, 20, 'requests');
    });
  }
}

/** Not against another side: the same work has no bare form. */
function scoring() {
  process.stdout.write('Scoring, 1,000 trajectories and 20 deterministic checkers\n');
  const runs = Array.from({ length: Math.min(pairs, 3) }, () => {
    const { stdout, stderr, status } = spawnSync(node, [join(root, 'bench/checkers.mjs')], { encoding: 'utf8' });
    if (status !== 0) throw new Error(`bench/checkers.mjs exited with ${status}; it needs lib/, from npm run build:\n${stderr.slice(-2000)}`);
    return JSON.parse(stdout);
  });
  goal('processor time', median(runs.map(({ cpuSeconds }) => cpuSeconds)), 1, 's');
  beside(`by the clock ${show(median(runs.map(({ wallSeconds }) => wallSeconds)))} s`);
}

async function scale() {
  await withServer(0, async (url) => {
    process.stdout.write('Memory and growth, concurrency 20\n');
    const small = writeSuite('thousand', 1000, url, 20).run();
    process.stdout.write(`       1,000 slots: peak ${show(small.peakMib, 0)} MiB\n`);
    const medium = writeSuite('ten-thousand', 10_000, url, 20).run();
    const large = writeSuite('fifty-thousand', 50_000, url, 20).run();
    const is20 = spawnSync(node, ['--version'], { encoding: 'utf8' }).stdout.startsWith('v20');
    goal('50,000 slots, peak', large.peakMib, is20 ? 120 : 160, 'MiB');
    goal(
      '50,000 against 10,000 slots, time',
      large.wallMs / medium.wallMs,
      5.5,
      `x (${show(large.wallMs / 1000)} s against ${show(medium.wallMs / 1000)} s)`,
    );
  });
}

try {
  process.stdout.write(`node ${spawnSync(node, ['--version'], { encoding: 'utf8' }).stdout.trim()}, median of ${pairs} pairs\n`);
  await startUp();
  await overhead();
  scoring();
  if (!isQuick) {
    await efficiency();
    await scale();
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
const missed = goals.filter(({ met }) => !met);
process.stdout.write(missed.length === 0 ? 'every goal met\n' : `missed: ${missed.map(({ name }) => name).join('; ')}\n`);
