import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { readRunIndex } from '../../src/io/run-log-file.ts';
import { type AgentServer, startAgentServer } from '../helpers/agent-server.ts';
import { type CliOptions, makeProject, type Project, runCli } from '../helpers/run-cli.ts';

const sampleCount = 40;
const config = (changes: Record<string, unknown> = {}) => ({
  suite: 'bot',
  samples: 'samples.jsonl',
  agent: { type: 'http', url: agent.url, body: { question: '{{input}}', slot: '{{slot}}' }, reply: { output: '/answer', usage: '/usage' } },
  repeats: 1,
  concurrency: 4,
  checkers: [{ type: 'contains', value: '{{expected}}' }],
  baseline: 'none',
  ...changes,
});

let agent: AgentServer;
let project: Project;
beforeAll(async () => {
  agent = await startAgentServer();
});
afterAll(() => agent.close());
beforeEach(() => {
  agent.reset();
  agent.behaviours = {};
  agent.fallback = { answer: 'yes '.repeat(2000) };
  const samples = Array.from({ length: sampleCount }, (_, i) => ({ id: `s${i}`, input: `q${i}`, expected: 'yes' }));
  project = makeProject({ 'agent-regress.json': config(), 'samples.jsonl': samples });
});
afterEach(() => project.remove());

const run = (args: string[], options: Partial<CliOptions> = {}) => runCli(args, { cwd: project.folder, ...options });

/** A mount in a namespace of its own needs a system that lets one; a limit on the size of a file does not. */
const canMount = spawnSync('unshare', ['-rm', 'bash', '-c', 'mount -t tmpfs -o size=64k tmpfs /mnt'], { stdio: 'ignore' }).status === 0;
const fullDisk = canMount
  ? [
      'unshare -rm bash -c \'cp -r out was; mount -t tmpfs -o size=256k tmpfs out; cp -r was/. out; "$@"; code=$?; mkdir after; cp -r out/. after; exit $code\' bash "$@"',
      'after',
    ]
  : ['ulimit -f 160; exec "$@"', 'out'];

describe('a disk that fails', { timeout: 60_000 }, () => {
  test('F22 a full disk stops the calls, keeps the files that were there, and exits with 3; a resume goes on', async () => {
    await run(['run', '-o', 'out', '-q', '--limit', '2']);
    const report = project.read('out/report.html');
    agent.reset();
    const [shell = '', after = ''] = fullDisk;
    const { code, stderr } = await run(['run', '-o', 'out', '-q'], { shell });
    expect(code, stderr).toBe(3);
    expect(stderr).toMatch(/could not be written.*(ENOSPC|EFBIG)/s);
    expect(agent.requests.length).toBeLessThan(sampleCount);
    expect(project.read(join(after, 'report.html'))).toBe(report);
    for (const name of readdirSync(join(project.folder, after))) if (name.endsWith('.json')) JSON.parse(project.read(join(after, name)));
    const { samples } = await readRunIndex(join(project.folder, after, 'run.jsonl'));
    const done = [...samples.values()].filter(({ slots }) => slots.length > 0).map(({ id }) => `${id}#1`);
    agent.reset();
    const resumed = await run(['run', '-o', after, '-q', '--resume']);
    expect(resumed.code, resumed.stderr).toBe(0);
    expect(agent.requests.map(({ body }) => (body as { slot: string }).slot).filter((slot) => done.includes(slot))).toEqual([]);
    expect(project.assessment(after).outcomes.pass).toBe(sampleCount);
  });

  test('F22 a folder that is read-only and too many open files are told, with exit 3 or 2 and without a call lost', async () => {
    mkdirSync(join(project.folder, 'shut'));
    chmodSync(join(project.folder, 'shut'), 0o500);
    // Root may write everywhere: there a mount says no.
    const isRoot = process.getuid?.() === 0;
    const shell =
      isRoot && canMount ? 'unshare -rm bash -c \'mount --bind shut shut; mount -o remount,bind,ro shut; exec "$@"\' bash "$@"' : 'exec "$@"';
    const shut = await run(['run', '-o', isRoot && !canMount ? 'samples.jsonl' : 'shut', '-q'], { shell });
    expect([2, 3], shut.stderr).toContain(shut.code);
    expect(shut.stderr).toMatch(/cannot be written|could not be written/);
    expect(agent.requests).toEqual([]);
    chmodSync(join(project.folder, 'shut'), 0o700);
    const starved = await run(['run', '-o', 'out'], { shell: 'ulimit -n 24; exec "$@"' });
    expect(starved.stderr).not.toMatch(/bug in agent-regress|\n\s+at /);
    if (starved.code === 0) expect(project.assessment('out').outcomes.pass).toBe(sampleCount);
    else expect([2, 3]).toContain(starved.code);
  });
});

describe('a clock that jumps', { timeout: 60_000 }, () => {
  test('F26 a day ahead and back changes no duration, no limit and no order', async () => {
    agent.fallback = { answer: 'yes', delayMs: 5 };
    project.write('agent-regress.json', config({ timeoutMs: 20_000, budget: { minutes: 10 }, baseline: { path: 'base' } }));
    const preloads = [new URL('../harness/clock-jumps.mjs', import.meta.url).href];
    await run(['run', '-o', 'base', '-q', '-b', 'none'], { preloads });
    const { code, stderr } = await run(['run', '-o', 'out', '-q'], { preloads });
    expect(code, stderr).toBe(0);
    const { outcomes, samples, run: about } = project.assessment('out');
    expect(outcomes).toMatchObject({ pass: sampleCount, error: 0 });
    expect(samples.map(({ id }) => id).sort()).toEqual(Array.from({ length: sampleCount }, (_, i) => `s${i}`).sort());
    const [end] = project.records('out', 'end') as { durationMs: number }[];
    expect(end?.durationMs).toBeGreaterThan(0);
    expect(end?.durationMs).toBeLessThan(60_000);
    expect(about.durationMs ?? 0).toBeLessThan(60_000);
    for (const { trajectory } of project.records('out', 'response') as { trajectory: { latencyMs: number } }[]) {
      expect(trajectory.latencyMs).toBeGreaterThan(0);
      expect(trajectory.latencyMs).toBeLessThan(60_000);
    }
  });
});

describe('what costs money', { timeout: 60_000 }, () => {
  test.each([
    ['a dataset a thousand times as large', { budget: { calls: 25 } }, {}, 25],
    ['an agent that always wants another try', { budget: { calls: 30 }, maxRetries: 5 }, { statuses: Array.from({ length: 200 }, () => 503) }, 30],
    ['an agent whose every answer is dear', { budget: { costUsd: 0.1 } }, { raw: JSON.stringify({ answer: 'yes', usage: { costUsd: 0.01 } }) }, 14],
    [
      'an agent whose every answer is long',
      { budget: { tokens: 1000 } },
      { raw: JSON.stringify({ answer: 'yes', usage: { inputTokens: 20, outputTokens: 80 } }) },
      14,
    ],
  ] as const)('T35 %s stops at its cap, which was told before the first call, and the verdict is incomplete', async (_, changes, behaviour, most) => {
    agent.fallback = { ...behaviour };
    project.write('agent-regress.json', config(changes));
    project.write(
      'samples.jsonl',
      Array.from({ length: 1000 }, (_, i) => ({ id: `s${i}`, input: `q${i}`, expected: 'yes' })),
    );
    const { code, stderr } = await run(['run', '-o', 'out']);
    expect(code, stderr).toBe(3);
    expect(agent.requests.length).toBeLessThanOrEqual(most);
    expect(project.assessment('out').verdict).toMatchObject({ complete: false, exitCode: 3 });
    expect(stderr.split('\n')[0] + stderr).toMatch(/1,?000 slots, at most (\d+ calls|\$0\.1|1,?000 tokens)/);
  });
});

describe('two processes and one folder', { timeout: 60_000 }, () => {
  test('F30 of several starters one runs, and the others exit with 2 and touch nothing', async () => {
    agent.fallback = { answer: 'yes', delayMs: 150 };
    const results = await Promise.all(Array.from({ length: 5 }, () => run(['run', '-o', 'out', '-q'])));
    const codes = results.map(({ code }) => code).sort();
    // A machine that starts them one after the other lets each of them run: a second only begins when the first is through.
    const ran = codes.filter((code) => code === 0).length;
    expect(codes).toEqual([...Array.from({ length: ran }, () => 0), ...Array.from({ length: 5 - ran }, () => 2)]);
    expect(ran).toBeGreaterThan(0);
    expect(agent.requests).toHaveLength(ran * sampleCount);
    expect(project.assessment('out').outcomes).toMatchObject({ pass: sampleCount });
    for (const { code, stderr } of results) if (code === 2) expect(stderr).toMatch(/being written by another process/);
    expect(existsSync(join(project.folder, 'out/run.jsonl.lock'))).toBe(false);
  });
});

describe('names of samples', { timeout: 60_000 }, () => {
  test('F28 ids that are used twice, empty, huge or spelt in two ways are told before the first call', async () => {
    const cases: [unknown[], RegExp][] = [
      [
        [
          { id: 'a', input: 'x' },
          { id: 'a', input: 'y' },
        ],
        /id "a" was used before/,
      ],
      [[{ id: '', input: 'x' }], /samples\.jsonl:1.*id/s],
      [[{ id: 'x'.repeat(257), input: 'x' }], /samples\.jsonl:1.*id/s],
      [
        [
          { id: 'caf\u00e9', input: 'x' },
          { id: 'cafe\u0301', input: 'y' },
        ],
        /was used before at samples\.jsonl:1/,
      ],
    ];
    for (const [rows, expected] of cases) {
      project.write('samples.jsonl', rows);
      const { code, stderr } = await run(['run', '-o', 'out']);
      expect([code, stderr]).toEqual([2, expect.stringMatching(expected)]);
    }
    expect(agent.requests).toEqual([]);
  });

  test('F28 a dataset that changed since the run was started is not resumed', async () => {
    agent.fallback = { answer: 'yes', delayMs: 20 };
    await run(['run', '-o', 'out', '-q'], { onStart: (child) => void agent.arrived(5).then(() => child.kill('SIGKILL')) });
    renameSync(join(project.folder, 'samples.jsonl'), join(project.folder, 'old.jsonl'));
    project.write('samples.jsonl', readFileSync(join(project.folder, 'old.jsonl'), 'utf8').replace('"q7"', '"q7 changed"'));
    agent.reset();
    const { code, stderr } = await run(['run', '-o', 'out', '--resume']);
    expect([code, stderr]).toEqual([2, expect.stringMatching(/cannot be resumed.*samples/s)]);
    expect(agent.requests).toEqual([]);
  });
});
