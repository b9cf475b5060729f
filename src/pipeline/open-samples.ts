import { existsSync, statSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import type { AgentloopDataset, SuiteConfig } from '../config/suite-config.ts';
import type { DatasetFormat } from '../datasets/dataset.ts';
import { datasets } from '../datasets/registry.ts';
import { type DatasetSource, type SelectedSamples, selectSamples } from '../datasets/select.ts';
import { ToolError } from '../errors.ts';
import { readChunks } from '../io/files.ts';
import { shortDigest } from '../io/hash.ts';
import type { JsonObject } from '../records/json.ts';

/**
 * Finds the dataset files of a suite, unless `given` holds its samples, checks every row and selects.
 * @param signal of the command: a dataset of a service is fetched once for it.
 * @throws ToolError `agentloop-failed`, `dataset-not-found`, `dataset-invalid`, `dataset-empty`, `unknown-dataset`.
 */
export async function openSamples(
  config: SuiteConfig,
  callNames: readonly string[],
  { given, signal = new AbortController().signal }: { given?: DatasetSource | undefined; signal?: AbortSignal } = {},
): Promise<SelectedSamples> {
  const { agentloop } = config.samples;
  const sources = given ? [given] : agentloop ? [await serviceSource(agentloop, signal)] : await fileSources(config);
  const { where, offset, limit, seed } = config.samples;
  const map = agentloop && !given ? serviceMap(config.samples.map, agentloop) : config.samples.map;
  return selectSamples(sources, {
    offset,
    digest: shortDigest,
    callNames,
    ...(map ? { map } : {}),
    ...(where ? { where } : {}),
    ...(limit === undefined ? {} : { limit }),
    ...(seed === undefined ? {} : { seed }),
    ...(config.shard ? { shard: config.shard } : {}),
    ...(config.controller ? { isPlayed: true } : {}),
  });
}

/** The rows are fetched before the first is read, and kept: every reading sees the same ones. */
async function serviceSource(dataset: AgentloopDataset, signal: AbortSignal): Promise<DatasetSource> {
  const { fetchDatasetLines } = await import('../io/agentloop-dataset.ts');
  const lines = await fetchDatasetLines(dataset, signal);
  async function* open(): AsyncIterable<string> {
    yield* lines;
  }
  return { file: `agentloop:${dataset.space}/${dataset.dataset}`, format: datasets.get('jsonl'), open };
}

/** Unless the config maps them, the whole row is what is asked, and the column of the ground truth what is expected. */
function serviceMap(map: JsonObject | undefined, { groundTruthField }: AgentloopDataset): JsonObject {
  return { input: '{{row}}', ...(groundTruthField === undefined ? {} : { expected: `{{row.${groundTruthField}}}` }), ...map };
}

async function fileSources(config: SuiteConfig): Promise<DatasetSource[]> {
  const root = workspaceRoot(config.baseDir);
  return (await findFiles(config)).map((path) => {
    const file = relative(root, path).split(sep).join('/');
    return { file, format: formatOf(path, config.samples.format), open: () => readChunks(path) };
  });
}

/** The folder that recorded file names start from: the repository, where there is one, so that they are the same on every machine. */
export function workspaceRoot(from: string): string {
  for (let folder = resolve(from); ; folder = dirname(folder)) {
    if (existsSync(join(folder, '.git'))) return folder;
    if (dirname(folder) === folder) return resolve(from);
  }
}

async function findFiles(config: SuiteConfig): Promise<string[]> {
  const found: string[] = [];
  for (const pattern of config.samples.paths) {
    const plain = resolve(config.baseDir, pattern);
    const files = existsSync(plain) && statSync(plain).isFile() ? [plain] : await globFiles(pattern, config.baseDir);
    if (files.length === 0) throw notFound(pattern, config);
    found.push(...files.filter((file) => !found.includes(file)));
  }
  return found;
}

async function globFiles(pattern: string, cwd: string): Promise<string[]> {
  const folder = resolve(cwd, pattern);
  const isFolder = existsSync(folder) && statSync(folder).isDirectory();
  const endings = datasets.entries.flatMap((format) => format.extensions).map((ending) => ending.slice(1));
  const { glob } = await import('tinyglobby');
  const files = await glob(isFolder ? `**/*.{${endings.join(',')}}` : pattern, {
    cwd: isFolder ? folder : cwd,
    absolute: true,
    dot: false,
    expandDirectories: false,
  });
  return files.map((file) => resolve(file)).sort();
}

function notFound(pattern: string, config: SuiteConfig): ToolError {
  const problem = {
    file: config.file,
    field: 'samples',
    message: `no dataset file matches "${pattern}"`,
    remedy: `paths start from the folder of the config file, ${config.baseDir}`,
  };
  return new ToolError({
    code: 'dataset-not-found',
    message: `${config.file}: samples: ${problem.message}`,
    remedy: problem.remedy,
    problems: [problem],
  });
}

function formatOf(path: string, format: string | undefined): DatasetFormat {
  if (format !== undefined) return datasets.get(format);
  const found = datasets.entries.find((entry) => entry.extensions.some((ending) => path.toLowerCase().endsWith(ending)));
  if (found) return found;
  throw new ToolError({
    code: 'unknown-dataset',
    message: `${path}: the file ending tells no format`,
    remedy: `name it: samples: {path: …, format: …}. Known: ${datasets.types.join(', ')}`,
  });
}
