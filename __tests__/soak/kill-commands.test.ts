import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { readRunIndex } from '../../src/io/run-log-file.ts';
import { brokenFiles, essence } from '../harness/faulted-run.ts';
import { createRandom, soakSeed } from '../harness/random.ts';
import { isFull, size, soakRow } from '../harness/soak.ts';
import { type AgentServer, startAgentServer } from '../helpers/agent-server.ts';
import { type CliResult, makeProject, type Project, runCli } from '../helpers/run-cli.ts';

/*
 * Commands that make something of runs that are there, and ask nobody: they die at any named operation, what they read stays as it
 * was, what they wrote is whole or says that it is not, and the same command again gives what an undisturbed one gives.
 */

interface Command {
  name: string;
  args: readonly string[];
  out: string;
  /** What is to be the same in the end. */
  outcome(out: string): unknown;
  /** Deaths of the share; 0: it is left out of it. */
  share: number;
}

const commands: readonly Command[] = [
  { name: 'merge', args: ['merge', 'shard-1', 'shard-2', '-o', 'out', '-b', 'base', '-q'], out: 'out', outcome: mergedOutcome, share: 2 },
  {
    name: 'merge over an older one',
    args: ['merge', 'shard-1', 'shard-2', '-o', 'old', '-b', 'base', '-q'],
    out: 'old',
    outcome: mergedOutcome,
    share: 0,
  },
  { name: 'import', args: ['import', 'results', '-o', 'taken', '-q'], out: 'taken', outcome: importedOutcome, share: 0 },
  { name: 'export', args: ['export', 'base', '--to', 'agentscope', '-o', 'given', '-q'], out: 'given', outcome: filesIn, share: 0 },
];

let agent: AgentServer;
let project: Project;
beforeAll(async () => {
  agent = await startAgentServer();
  project = makeProject({
    'samples.jsonl': Array.from({ length: 6 }, (_, i) => ({ id: `s${i}`, input: `q${i}`, expected: `q${i}` })),
    'agent-regress.json': {
      suite: 'bot',
      samples: 'samples.jsonl',
      agent: { type: 'http', url: agent.url, body: { question: '{{input}}', slot: '{{slot}}' }, reply: { output: '/answer' } },
      repeats: 2,
      checkers: [{ type: 'contains', value: '{{expected}}' }],
    },
  });
  for (const args of [
    ['run', '-o', 'base', '-b', 'none', '-q'],
    ['run', '-o', 'shard-1', '--shard', '1/2', '-q'],
    ['run', '-o', 'shard-2', '--shard', '2/2', '-q'],
    ...(isFull
      ? [
          ['merge', 'shard-1', 'shard-2', '-o', 'old', '-b', 'base', '-q'],
          ['export', 'base', '--to', 'agentscope', '-o', 'results', '-q'],
        ]
      : []),
  ])
    expect(await runCli(args, { cwd: project.folder })).toMatchObject({ code: 0 });
}, 120_000);
afterAll(async () => {
  project.remove();
  await agent.close();
});

function mergedOutcome(out: string): unknown {
  return { ...(essence(out) as object), records: importedOutcome(out) };
}

/** All records without what changes with the time; a sample's own come in one order. */
function importedOutcome(out: string): string[] {
  const lines = readFileSync(join(out, 'run.jsonl'), 'utf8').split('\n').filter(Boolean);
  const volatile = { runId: '', startedAt: '', at: '', durationMs: 0, crc: '' };
  return lines.map((line) => JSON.stringify({ ...(JSON.parse(line) as object), ...volatile })).sort();
}

/** Without what a process that died left half written, under a name that nobody looks for. */
function filesIn(folder: string): [string, string][] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !/^\..*\.tmp$|\.lock/.test(entry.name))
    .map((entry): [string, string] => [
      join(entry.parentPath, entry.name).slice(folder.length),
      readFileSync(join(entry.parentPath, entry.name), 'utf8'),
    ])
    .sort();
}

async function inCopy<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'agent-regress-killed-'));
  try {
    cpSync(project.folder, folder, { recursive: true });
    return await work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

interface Reference {
  points: string[];
  outcome: unknown;
}

function referenceOf({ args, out, outcome }: Command): Promise<Reference> {
  return inCopy(async (folder) => {
    const list = `${folder}.names`;
    const { code, stderr } = await runCli(args, { cwd: folder, operations: { list, roots: [folder] } });
    expect({ code, stderr: code === 0 ? '' : stderr }).toEqual({ code: 0, stderr: '' });
    const names = readFileSync(list, 'utf8')
      .split('\n')
      .flatMap((line) => line.split(' ').slice(1));
    rmSync(list);
    const writing = names.filter((name) => !/^(stat|read|readdir|close|print):/.test(name));
    const points = writing.flatMap((name) => ['before', ...(/^write:/.test(name) ? ['during'] : []), 'after'].map((phase) => `${phase}:${name}`));
    return { points, outcome: outcome(join(folder, out)) };
  });
}

const inputs = ['shard-1', 'shard-2', 'base', 'results'];
const contentOf = (folder: string) => inputs.map((name) => filesIn(join(folder, name)));

async function killAt(at: string, command: Command, reference: Reference): Promise<{ isKilled: boolean; broken: string[] }> {
  return inCopy(async (folder) => {
    const { args, out, outcome } = command;
    const before = contentOf(folder);
    const asked = agent.requests.length;
    const broken: string[] = [];
    const first = await runCli(args, { cwd: folder, operations: { kill: [{ at }], roots: [folder] } });
    if (!isDeepStrictEqual(contentOf(folder), before)) broken.push('what it read has changed');
    broken.push(...(await halves(join(folder, out), command, reference)));
    const again: CliResult = await runCli(args, { cwd: folder });
    if (again.code !== 0) broken.push(`the second time it ended with ${again.code}: ${again.stderr.slice(0, 400)}`);
    else if (!isDeepStrictEqual(outcome(join(folder, out)), reference.outcome)) broken.push('the second time gives another result');
    if (!isDeepStrictEqual(contentOf(folder), before)) broken.push('what it read has changed the second time');
    if (agent.requests.length > asked) broken.push('it asked the agent');
    return { isKilled: first.code === 137, broken: broken.map((text) => `${command.name}, killed ${at}: ${text}`) };
  });
}

/** What lies there after the death: result files are whole, and a run log that is not says so. */
async function halves(out: string, { name }: Command, reference: Reference): Promise<string[]> {
  const broken = brokenFiles(out).filter((text) => !/^(run\.jsonl|\.)/.test(text));
  const log = join(out, 'run.jsonl');
  if (!existsSync(log) || readFileSync(log).length === 0) return broken;
  const index = await readRunIndex(log).catch((error: unknown) => String(error));
  if (typeof index === 'string') return /has no records|is empty|no complete line/.test(index) ? broken : [...broken, index];
  if (index.end && importedOutcome(out).length !== recordsOf(reference.outcome).length) broken.push('a run log with an end lacks records');
  if (name.startsWith('merge') && existsSync(join(out, 'assessment.json')) && !isDeepStrictEqual(essence(out), withoutRecords(reference.outcome)))
    broken.push('an assessment that is there is another one');
  return broken;
}

const recordsOf = (outcome: unknown) => (Array.isArray(outcome) ? outcome : (outcome as { records: unknown[] }).records);
function withoutRecords(outcome: unknown): unknown {
  const { records: _, ...rest } = outcome as { records: unknown };
  return rest;
}

it('F23 F32 leaves shards, results and runs as they were when a merge, an import or an export dies, and does the whole of it the next time', async () => {
  const random = createRandom(soakSeed(3));
  const broken: string[] = [];
  let killed = 0;
  let tried = 0;
  for (const command of commands.filter(({ share }) => isFull || share > 0)) {
    const reference = await referenceOf(command);
    const shuffled = reference.points.map((at) => ({ at, order: random.next() })).sort((a, b) => a.order - b.order);
    for (const { at } of shuffled.slice(0, size(command.share, 24))) {
      const result = await killAt(at, command, reference);
      tried += 1;
      killed += Number(result.isKilled);
      broken.push(...result.broken);
    }
  }
  soakRow({
    goal: 'G1',
    what: 'kill -9 of merge, import and export',
    wanted: 'what they read untouched, what they wrote whole or incomplete by its own word, the same result the next time',
    measured: `${killed} deaths at ${tried} operations, ${broken.length} broken promises`,
    isMet: broken.length === 0 && killed >= tried * 0.75,
  });
  expect(broken).toEqual([]);
  expect(killed).toBeGreaterThanOrEqual(tried * 0.75);
});
