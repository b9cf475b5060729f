import type { Json } from '../records/json.ts';
import * as z from '../records/schema.ts';
import { importError, type Reading, readDocument } from './parts/agentbench/lines.ts';
import { readPairV01 } from './parts/agentbench/v01.ts';
import { isV02Line, type PairFiles, readPairV02 } from './parts/agentbench/v02.ts';
import { AgentbenchWriteOptions, writeV02 } from './parts/agentbench/write.ts';
import { defineResultFormat, type ImportedSlot, type ResultFiles } from './result-format.ts';

const fileNames = ['runs.jsonl', 'error.jsonl', 'overall.json', 'generation.jsonl', 'results.json', 'config.json'];

/** Output folders of AgentBench, v0.2 and v0.1, with any number of agents and tasks. */
export const agentbench = defineResultFormat<AgentbenchWriteOptions>({
  type: 'agentbench',
  summary: 'output folders of AgentBench: runs.jsonl, error.jsonl and overall.json of v0.2; generation.jsonl, runs.jsonl and results.json of v0.1',
  options: AgentbenchWriteOptions as z.ZodMiniType<AgentbenchWriteOptions>,
  recognises(paths) {
    const names = new Set(paths.map(nameOf));
    return (
      names.has('generation.jsonl') ||
      (names.has('runs.jsonl') && (names.has('overall.json') || names.has('results.json') || names.has('error.jsonl')))
    );
  },
  async read(files) {
    const reading: Reading = { problems: [], warnings: [] };
    const slots: ImportedSlot[] = [];
    const startedMs: number[] = [];
    const pairs = await pairsOf(reading, files);
    for (const pair of pairs) {
      const found = isV01(pair) ? { ...readPairV01(reading, pair), startedMs: [] } : readPairV02(reading, pair);
      slots.push(...found.slots);
      for (const time of found.startedMs) startedMs.push(time);
    }
    if (reading.problems.length > 0) throw importError(reading.problems);
    const first = startedMs.reduce((least, time) => Math.min(least, time), Number.POSITIVE_INFINITY);
    const [only, ...more] = pairs;
    const iso = isoOf(first);
    return {
      suite: only && more.length === 0 ? suiteNameOf(`${only.agent} ${only.task}`) : 'agentbench',
      ...(iso === undefined ? {} : { startedAt: iso }),
      slots: fromList(slots),
      warnings: reading.warnings,
    };
  },
  write: writeV02,
});

async function* fromList<T>(items: readonly T[]): AsyncGenerator<T> {
  yield* items;
}

function isoOf(timeMs: number): string | undefined {
  const date = new Date(timeMs);
  return Number.isNaN(date.getTime()) ? undefined : date.toISOString();
}

/** The folders that hold records, each with its agent and task: of config.json, else the last two steps of its path. */
async function pairsOf(reading: Reading, files: ResultFiles): Promise<PairFiles[]> {
  const folders = new Map<string, string[]>();
  for (const path of files.paths) {
    if (!fileNames.includes(nameOf(path))) continue;
    const folder = path.includes('/') ? path.slice(0, path.lastIndexOf('/')) : '';
    folders.set(folder, [...(folders.get(folder) ?? []), path]);
  }
  const pairs: PairFiles[] = [];
  for (const [folder, paths] of folders) {
    if (!paths.some((path) => /(^|\/)(runs|error|generation)\.jsonl$/.test(path))) continue;
    const texts = new Map<string, { path: string; text: string }>();
    for (const path of paths) texts.set(nameOf(path), { path, text: await files.read(path) });
    pairs.push(pairOf(reading, { root: files.root, folder, texts }));
  }
  return pairs;
}

const Named = z.looseObject({ parameters: z.optional(z.looseObject({ name: z.optional(z.union([z.string(), z.number()])) })) });
const V01Config = z.looseObject({ agent: z.optional(Named), task: z.optional(Named) });

function pairOf(reading: Reading, { root, folder, texts }: { root: string; folder: string; texts: PairFiles['files'] }): PairFiles {
  const config = texts.get('config.json');
  const named = config && readDocument(reading, { file: config.path, text: config.text, schema: V01Config });
  const steps = `${root.replaceAll('\\', '/')}/${folder}`.split('/').filter((step) => step !== '' && step !== '.' && !/\.jsonl?$/.test(step));
  const task = String(named?.task?.parameters?.name ?? steps.at(-1) ?? 'task');
  const agent = String(named?.agent?.parameters?.name ?? steps.at(-2) ?? 'agent');
  return { agent, task, prefix: folder === '' ? task : folder, files: texts };
}

/** Files that only v0.1 writes decide; else the first record. */
function isV01({ files }: PairFiles): boolean {
  if (files.has('generation.jsonl') || files.has('results.json')) return true;
  if (files.has('overall.json') || files.has('error.jsonl')) return false;
  const [first = ''] = (files.get('runs.jsonl')?.text ?? '')
    .replace(/^\uFEFF/, '')
    .trimStart()
    .split('\n', 1);
  try {
    const value = JSON.parse(first) as Json;
    return !isV02Line(value) && typeof value === 'object' && value !== null && 'target' in value;
  } catch {
    return false;
  }
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

function suiteNameOf(text: string): string {
  const name = text
    .replace(/[^\p{L}\p{N} ._-]+/gu, '-')
    .replace(/^[^\p{L}\p{N}]+/u, '')
    .slice(0, 100)
    .trim();
  return name === '' ? 'agentbench' : name;
}
