import { describe, expect, it } from 'vitest';
import { resultFormats } from '../../src/importers/registry.ts';
import type { ExportedRun, ExportedSlot } from '../../src/importers/result-format.ts';
import { temporaryPath } from '../../src/io/files.ts';
import { folderName } from '../../src/pipeline/output-folder.ts';
import { makeSample } from '../agents/support.ts';

/** Names that a dataset may hold, and that some system takes for something else or not at all. */
const names = [
  ...[
    'CON',
    'nul',
    'aux.txt',
    'COM1.json',
    'lpt9',
    'prn.',
    'x.',
    'x ',
    ' x',
    '...',
    '..',
    '.',
    '~',
    '-rf',
    'a:b',
    'a:b:c',
    'a|b',
    'a*?b',
    '<x>',
    '"x"',
  ],
  ...[
    'a/b',
    'a\\b',
    '/etc/passwd',
    '../../x',
    '..\\..\\x',
    'C:\\x',
    '\\\\host\\share',
    'a//b',
    'a/./b',
    'a/../b',
    'a\0b',
    'a\nb',
    '\u202egpj.exe',
    '\ud800',
  ],
  ...[
    'A',
    'a',
    'é'.repeat(250),
    '漢'.repeat(100),
    '𝒳'.repeat(70),
    '漢'.repeat(250),
    '😀'.repeat(120),
    'x'.repeat(256),
    `${'y/'.repeat(120)}z`,
    'execution_report',
    'evaluation_result',
  ],
];
const reserved = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i;

/** What is wrong with a step of a path, on any system. */
function faultOf(step: string): string | undefined {
  if (step === '' || step === '.' || step === '..') return 'no name';
  if (/[\\:*?"<>|\p{Cc}\p{Cs}]/u.test(step)) return 'a sign that Windows does not take';
  if (/[. ]$/.test(step)) return 'an end that Windows drops';
  if (reserved.test(step)) return 'a device of Windows';
  return Buffer.byteLength(step) > 255 ? 'longer than a file system takes' : undefined;
}

function runOf(suite: string, ids: readonly string[]): ExportedRun {
  const slots = ids.map((id): ExportedSlot => {
    const row = { id, eval_set_id: id, task: id, category: id };
    const trajectory = { turns: [{ input: 'q', output: 'x', steps: [] }] };
    return { id, epoch: 1, outcome: 'pass', trajectory, scores: [], sample: makeSample({ id, row, metadata: row, tags: [id] }) };
  });
  return {
    suite,
    runId: '0b5d7a4e-0000-4000-8000-000000000000',
    startedAt: '2026-01-01T00:00:00.000Z',
    repeats: 1,
    async *slots() {
      yield* slots;
    },
    existing: async () => undefined,
  };
}

async function pathsOf(type: string, run: ExportedRun): Promise<string[]> {
  const format = resultFormats.get(type);
  const paths: string[] = [];
  for await (const { path, text } of format.write(run, format.options.parse({}) as never)) if (text !== undefined) paths.push(path);
  return paths;
}

describe('T26 names of a dataset become names of files that every system takes', () => {
  it.each(resultFormats.types.filter((type) => type !== 'agentloop'))('in an export to %s', async (type) => {
    const paths = await pathsOf(type, runOf('bot', names));
    const faults = paths.flatMap((path) =>
      path
        .split('/')
        .flatMap((step) => faultOf(step) ?? [])
        .map((fault) => `${fault}: ${JSON.stringify(path)}`),
    );
    expect(faults).toEqual([]);
    // BenchKit itself finds a result by the id as it is written.
    const told = type === 'benchkit' ? paths : paths.map((path) => path.toLowerCase());
    expect(new Set(told).size).toBe(paths.length);
    expect(paths.length).toBeGreaterThan(0);
  });

  it.each(resultFormats.types.filter((type) => type !== 'agentloop'))('of a suite in an export to %s', async (type) => {
    for (const suite of ['con', 'Aux.x', 'x.', 'x ', '漢'.repeat(100), 'x'.repeat(100)]) {
      const paths = await pathsOf(type, runOf(suite, ['a']));
      expect(paths.flatMap((path) => path.split('/').flatMap((step) => faultOf(step) ?? []))).toEqual([]);
    }
  });

  it('for the folder of a suite, each its own', () => {
    const suites = [...names, '漢'.repeat(99), '漢'.repeat(100), 'é'.repeat(251)];
    expect(suites.flatMap((suite) => faultOf(folderName(suite)) ?? [])).toEqual([]);
    expect(new Set(['漢'.repeat(99), '漢'.repeat(100), '漢'.repeat(98)].map(folderName)).size).toBe(3);
    for (const name of ['bot', 'support-bot 2', 'v1.2_x', 'Übung']) expect(folderName(name)).toBe(name.replaceAll(' ', '-'));
  });

  it('for the file that stands in for one until it is whole', () => {
    for (const name of ['漢'.repeat(85), 'x'.repeat(255)]) expect(faultOf(temporaryPath(`/out/${name}`).slice('/out/'.length))).toBeUndefined();
  });
});
