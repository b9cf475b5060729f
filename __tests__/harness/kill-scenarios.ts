import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { AgentBehaviour } from '../helpers/agent-server.ts';

/** One command; after its process was killed, `resume` is what its user types. */
export interface Step {
  args: readonly string[];
  resume: readonly string[];
  /** A program of the project in place of the command line. */
  program?: string;
}

/** A project and the commands that take it to its result. */
export interface Scenario {
  name: string;
  /** Slots under way at once, of all agents. */
  concurrency: number;
  files(urls: { agent: string; judge: string }): Record<string, unknown>;
  /** Runs that are there before; they are not killed. */
  prepare?: readonly (readonly string[])[];
  /** What the agent says once the preparations are over. */
  behaviours?: Record<string, AgentBehaviour>;
  steps: readonly Step[];
  /** Run logs whose records are counted, below the project. */
  logs: readonly string[];
  /** Whether the journal before is one that must stay, byte by byte, under one of two names. */
  keeps?: boolean;
}

const concurrency = 3;
const agentOf = (url: string) => ({
  type: 'http',
  url,
  body: { question: '{{input}}', slot: '{{slot}}' },
  reply: { output: '/answer', usage: '/usage' },
});
const contains = { type: 'contains', value: '{{expected}}' };
const samplesOf = (count: number) => Array.from({ length: count }, (_, i) => ({ id: `s${i}`, input: `q${i}`, expected: `q${i}` }));
const run = (...more: string[]): Step => ({ args: ['run', '-o', 'out', '-q', ...more], resume: ['run', '-o', 'out', '-q', ...more, '--resume'] });

type Urls = Parameters<Scenario['files']>[0];
const filesOf = (count: number, changes: (urls: Urls) => Record<string, unknown>) => (urls: Urls) => ({
  'agent-regress.json': {
    suite: 'bot',
    samples: 'samples.jsonl',
    agent: agentOf(urls.agent),
    repeats: 1,
    concurrency,
    maxRetries: 0,
    baseline: 'none',
    checkers: [contains],
    ...changes(urls),
  },
  'samples.jsonl': samplesOf(count),
});
const judgeOf = ({ judge }: Urls) => ({ model: 'm', baseUrl: judge, apiKey: 'sk-nothing-secret' });

/** What is killed: every kind of record, file, request and child that a run has is in at least one of them. */
export const scenarios: readonly Scenario[] = [
  { name: 'a plain run', concurrency, files: filesOf(8, () => ({})), steps: [run()], logs: ['out'] },
  {
    name: 'a judged run',
    concurrency,
    files: filesOf(6, (urls) => ({ checkers: [contains, { type: 'judge', rubric: 'Polite.' }], judge: judgeOf(urls) })),
    steps: [run()],
    logs: ['out'],
  },
  {
    name: 'a run with a module checker',
    concurrency,
    files: (urls) => ({
      ...filesOf(6, () => ({ checkers: [{ type: 'module', path: 'checker.mjs' }] }))(urls),
      'checker.mjs': 'export default ({ output, sample }) => output.includes(sample.expected);',
    }),
    steps: [run()],
    logs: ['out'],
  },
  {
    name: 'conversations',
    concurrency,
    files: (urls) => ({
      ...filesOf(5, () => ({ checkers: [{ type: 'contains', value: 'bye' }] }))(urls),
      'samples.jsonl': Array.from({ length: 5 }, (_, i) => ({
        id: `s${i}`,
        turns: ['hello', 'again', 'bye'].map((word) => ({ input: `${word} ${i}` })),
      })),
    }),
    steps: [run()],
    logs: ['out'],
  },
  {
    name: 'a comparison with confirmations',
    concurrency,
    files: filesOf(6, () => ({ repeats: 2, policy: { mode: 'strict' } })),
    prepare: [['run', '-o', 'base', '-q']],
    behaviours: { q0: { answer: 'no' }, q1: { answer: 'no' } },
    steps: [run('-b', 'base')],
    logs: ['out'],
  },
  {
    name: 'a comparison that is topped up',
    concurrency,
    files: filesOf(6, () => ({ repeats: 2, policy: { topUp: true } })),
    prepare: [['run', '-o', 'base', '-q']],
    behaviours: { q0: { answer: 'no' }, q1: { answer: 'no' } },
    steps: [run('-b', 'base')],
    logs: ['out'],
  },
  {
    name: 'two agents in one run',
    concurrency: 4,
    files: filesOf(4, (urls) => ({ repeats: 2, concurrency: 4, baseline: { agent: agentOf(`${urls.agent}?second`) } })),
    steps: [run()],
    logs: ['out', 'out/baseline-agent'],
  },
  {
    name: 'a run into the folder of an earlier one',
    concurrency,
    files: filesOf(5, () => ({})),
    prepare: [['run', '-o', 'out', '-q']],
    steps: [run()],
    logs: ['out'],
    keeps: true,
  },
  {
    name: 'execute and check',
    concurrency,
    files: filesOf(6, (urls) => ({ checkers: [contains, { type: 'judge', rubric: 'Polite.' }], judge: judgeOf(urls) })),
    steps: [
      { args: ['execute', '-o', 'out', '-q'], resume: ['execute', '-o', 'out', '-q', '--resume'] },
      { args: ['check', 'out', '-q'], resume: ['check', 'out', '-q'] },
    ],
    logs: ['out'],
  },
  {
    name: 'a check with other checkers',
    concurrency,
    files: (urls) => {
      const files = filesOf(5, () => ({ checkers: [{ type: 'contains', value: 'nobody says this' }] }))(urls);
      return { ...files, 'other.json': { ...files['agent-regress.json'], checkers: [contains] } };
    },
    prepare: [['run', '-o', 'out', '-q']],
    steps: [{ args: ['check', 'out', '-q', '-c', 'other.json'], resume: ['check', 'out', '-q', '-c', 'other.json'] }],
    logs: ['out'],
    keeps: true,
  },
  {
    name: 'the library',
    concurrency,
    files: (urls) => ({
      ...filesOf(6, () => ({}))(urls),
      'suite.mjs': `import { evaluate } from ${JSON.stringify(libraryUrl())};
const result = await evaluate('agent-regress.json', { outputDir: 'out', resume: process.argv.includes('--resume') });
process.exitCode = result.exitCode;`,
    }),
    steps: [{ args: [], resume: ['--resume'], program: 'suite.mjs' }],
    logs: ['out'],
  },
];

/** Of the build under test, or the one that is committed. */
function libraryUrl(): string {
  const built = join(process.env.AGENT_REGRESS_DIST ?? '', 'library', 'index.js');
  return process.env.AGENT_REGRESS_DIST && existsSync(built)
    ? pathToFileURL(built).href
    : new URL('../../dist/library/index.js', import.meta.url).href;
}
