import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { SuiteConfig } from '../../src/config/suite-config.ts';
import { ToolError } from '../../src/errors.ts';
import { readEvidence, readRunIndex, readRunLog } from '../../src/io/run-log-file.ts';
import { checkRun } from '../../src/pipeline/check.ts';
import { compareRuns } from '../../src/pipeline/compare-runs.ts';
import { evaluateSuite } from '../../src/pipeline/evaluate.ts';
import { executeSuite } from '../../src/pipeline/execute.ts';
import { findLocalBaseline } from '../../src/pipeline/find-baseline.ts';
import { loadSuites } from '../../src/pipeline/load-suites.ts';
import { mergeShards } from '../../src/pipeline/merge-shards.ts';
import { reportStored } from '../../src/pipeline/stored-report.ts';
import type { RunIndex } from '../../src/records/run-index.ts';
import { type MutatedJournal, mutateJournal, mutationKinds, recordsOf } from '../harness/journal-mutations.ts';
import { createRandom, soakSeed } from '../harness/random.ts';
import { size, soakRow } from '../harness/soak.ts';
import { cpuMs } from '../helpers/cpu.ts';
import { makeProject, type Project } from '../helpers/run-cli.ts';

const ids = Array.from({ length: 5 }, (_, i) => `s${i + 1}`);
const repeats = 2;
/** Milliseconds of processor time that no journal may take. */
const slowMs = 2000;

let project: Project;
let config: SuiteConfig;
beforeAll(async () => {
  project = makeProject({
    'samples.jsonl': ids.map((id) => ({ id, input: `question ${id}`, expected: 'yes', tags: ['a'] })),
    'recorded.jsonl': ids.map((id) => ({
      id,
      output: id === 's5' ? 'no' : 'yes größe 🎲',
      usage: { inputTokens: 3, outputTokens: 5, costUsd: 0.01 },
    })),
    'agent-regress.json': {
      suite: 'bot',
      samples: 'samples.jsonl',
      agent: { type: 'replay', path: 'recorded.jsonl' },
      repeats,
      checkers: [
        { type: 'contains', value: '{{expected}}' },
        { type: 'equals', value: 'yes', required: false },
      ],
      policy: { confirm: false },
    },
  });
  const [loaded] = await loadSuites({ configPaths: [], overrides: [], env: {}, cwd: project.folder });
  if (!loaded) throw new Error('no suite');
  config = loaded;
  await evaluate(at('base'), false);
  await evaluate(at('head'), false, 'base');
  for (const index of [1, 2]) {
    const shard = { ...config, shard: { index, count: 2 } };
    await executeSuite({ ...common, config: shard, outputDir: at(`shard-${index}`), resume: false, isScored: true });
  }
});
afterAll(() => project.remove());

const common = { signal: new AbortController().signal, onEvent: () => {} };
const at = (...names: string[]): string => join(project.folder, ...names);

const evaluate = (outputDir: string, resume: boolean, base?: string) =>
  evaluateSuite({
    ...common,
    config: base === undefined ? config : { ...config, baseline: { kind: 'path', paths: [base] } },
    outputDir,
    resume,
    findBaseline: (wanted) => findLocalBaseline(wanted, project.folder),
  });

interface Read {
  exitCode: number;
  passes?: number;
}

/** Every way in which a run log is read; `log`: the folder with the changed one. */
const readers: Record<string, { of: 'head' | 'base' | 'shard-1'; read(folder: string): Promise<Read> }> = {
  resume: { of: 'head', read: async (folder) => of(await evaluate(folder, true, 'base')) },
  'the newer side of compare': {
    of: 'head',
    read: async (folder) => of(await compareRuns({ base: [at('base')], head: folder, outputDir: at('out'), onEvent: () => {} })),
  },
  'the baseline of compare': {
    of: 'base',
    read: async (folder) => of(await compareRuns({ base: [folder], head: at('head'), outputDir: at('out'), onEvent: () => {}, config })),
  },
  'the baseline of a run': { of: 'base', read: async (folder) => of(await evaluate(at('out'), false, folder)) },
  check: {
    of: 'head',
    read: async (folder) =>
      of(await checkRun({ ...common, run: folder, config, findBaseline: (wanted) => findLocalBaseline(wanted, project.folder) })),
  },
  merge: {
    of: 'shard-1',
    async read(folder) {
      const shards = [await readRunIndex(join(folder, 'run.jsonl')), await readRunIndex(at('shard-2', 'run.jsonl'))];
      return of(
        await mergeShards({ ...common, config, outputDir: at('out'), shards, findBaseline: (wanted) => findLocalBaseline(wanted, project.folder) }),
      );
    },
  },
  report: { of: 'head', read: async (folder) => of(await reportStored({ run: folder, outputDir: at('out'), onEvent: () => {} })) },
};

function of({ exitCode, assessment }: { exitCode: number; assessment: { outcomes: Record<string, number> } }): Read {
  return { exitCode, passes: assessment.outcomes.pass ?? 0 };
}

interface Finding {
  seed: number;
  kind: string;
  reader: string;
  what: string;
}

/** One journal through one reader. @returns what is wrong, in words. */
async function tryJournal(journal: MutatedJournal, reader: string): Promise<string[]> {
  const { of: source, read } = readers[reader] ?? readers.resume!;
  const folder = at('changed');
  for (const name of ['changed', 'out']) rmSync(at(name), { recursive: true, force: true });
  mkdirSync(folder);
  const path = join(folder, 'run.jsonl');
  writeFileSync(path, journal.bytes);
  const wrong: string[] = [];
  const started = cpuMs();
  let index: RunIndex | undefined;
  await known(wrong, 'index', async () => {
    index = await readRunIndex(path);
  });
  await known(wrong, 'records', async () => {
    for await (const _ of readRunLog(path));
  });
  await known(wrong, 'evidence', async () => void (await readEvidence(path, new Set(ids))));
  if (index) wrong.push(...inventedPasses(index, journal, recordsOf(readFileSync(at(source, 'run.jsonl')))));
  let result: Read | undefined;
  await known(wrong, reader, async () => {
    result = await read(folder);
  });
  const passes = 2 * (ids.length - 1);
  if (result?.exitCode === 0 && reader !== 'report' && (result.passes ?? 0) > passes) wrong.push(`${result.passes} passes, ${passes} at most can be`);
  if (cpuMs() - started > slowMs) wrong.push(`slow: ${Math.round(cpuMs() - started)} ms`);
  return wrong;
}

async function known(wrong: string[], what: string, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof ToolError))
      wrong.push(`${what}: ${error instanceof Error ? (error.stack ?? error.message).slice(0, 500) : String(error)}`);
  }
}

/** Passes of the index without an answer and a passing score of the required checker in the file; or, where nothing was sealed anew, in the sound one. */
function inventedPasses(index: RunIndex, journal: MutatedJournal, sound: readonly Record<string, unknown>[]): string[] {
  const records = journal.isSealed ? recordsOf(journal.bytes) : sound;
  const has = (wanted: Record<string, unknown>) => records.some((record) => Object.entries(wanted).every(([key, value]) => record[key] === value));
  return [...index.samples.values()].flatMap(({ id: sample, slots }) =>
    slots
      .filter(({ outcome }) => outcome === 'pass')
      .flatMap(({ epoch }) => {
        const isAnswered = records.some(
          (record) => record.type === 'response' && record.sample === sample && record.epoch === epoch && record.trajectory,
        );
        const isScored = has({ type: 'score', sample, epoch, checker: 'contains', pass: true });
        return isAnswered && isScored ? [] : [`a pass that was not recorded: ${sample} #${epoch} (answer ${isAnswered}, score ${isScored})`];
      }),
  );
}

describe('run logs that something happened to', () => {
  test('G4 10,000 of them end in a known error or a true result, through everything that reads one', async () => {
    const count = size(150, 10_000);
    const first = soakSeed(1);
    const findings: Finding[] = [];
    const names = Object.keys(readers);
    for (let number = 0; number < count; number++) {
      const seed = first + number;
      const random = createRandom(seed);
      const reader = names[number % names.length] ?? 'resume';
      const journal = mutateJournal(readFileSync(at(readers[reader]?.of ?? 'head', 'run.jsonl')), random);
      for (const what of await tryJournal(journal, reader)) findings.push({ seed, kind: journal.kind, reader, what });
    }
    soakRow({
      goal: 'G4',
      what: 'mutated run logs through resume, baseline, check, compare, merge and report',
      wanted: `${count} logs; 0 uncaught, 0 over 2 s, 0 passes that were not recorded`,
      measured: `${count} logs; ${findings.length} findings`,
      isMet: findings.length === 0,
    });
    expect(findings.slice(0, 12)).toEqual([]);
  });

  test.each(mutationKinds)('%s: at least once each', async (kind) => {
    const random = createRandom(soakSeed(7));
    const journal = mutateJournal(readFileSync(at('head', 'run.jsonl')), random, kind);
    expect(await tryJournal(journal, 'the newer side of compare')).toEqual([]);
  });
});
