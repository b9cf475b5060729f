import { ToolError } from '../../errors.ts';
import type { JsonObject } from '../../records/json.ts';
import { dataIdIn } from '../../systems/benchkit/completed.ts';
import type { ProjectFiles } from '../project.ts';

/** What the samples file of a scenario holds, as far as a config needs to know; lines that are no sample are told by the dataset. */
export interface ScenarioSamples {
  path: string;
  /** In the order of the file. */
  ids: string[];
  /** A sample needs a model that plays its user. */
  isSimulated: boolean;
  text: string;
}

/** @param named as the flag says. @throws ToolError `project-not-found` when there is none. */
export async function readSamples(files: ProjectFiles, scenario: string, named: string | undefined): Promise<ScenarioSamples> {
  const path = named ?? (await usualSamples(files, scenario));
  if (path === undefined || (await files.kind(path)) !== 'file') throw noSamples(path, scenario);
  const content = await files.read(path);
  if (content.trim() === '') throw emptySamples(path);
  const lines = content.split('\n').flatMap((line) => parseLine(line));
  return {
    path,
    ids: lines.flatMap(({ data_id: id }) => (typeof id === 'string' || typeof id === 'number' ? [String(id)] : [])),
    isSimulated: lines.some(({ user_simulator_prompt: prompt }) => typeof prompt === 'string' && prompt !== ''),
    text: content,
  };
}

/** Where the evaluator looks. */
async function usualSamples(files: ProjectFiles, scenario: string): Promise<string | undefined> {
  const folders = ['samples', 'samples_for_open_benchmark'].map((name) => below(scenario, name));
  for (const folder of folders) if ((await files.kind(`${folder}/eval.jsonl`)) === 'file') return `${folder}/eval.jsonl`;
  for (const folder of folders) {
    const [first] = (await files.kind(folder)) === 'folder' ? await files.glob('*.jsonl', folder) : [];
    if (first !== undefined) return first;
  }
  return undefined;
}

/** Ids of the samples that have a result in a folder, or a check in a folder of cases. A file that cannot be read has none. */
export async function idsIn(files: ProjectFiles, folder: string, pattern = '*.json'): Promise<string[]> {
  if ((await files.kind(folder)) !== 'folder') return [];
  const ids = new Set<string>();
  for (const path of await files.glob(pattern, folder)) {
    const text = await files.read(path).catch(() => '');
    const id = dataIdIn(text);
    if (id !== undefined) ids.add(String(id));
  }
  return [...ids];
}

/** Ids of the samples that failed before the agent was asked, which only the report of a results folder knows. */
export async function lostIn(files: ProjectFiles, folder: string): Promise<string[]> {
  const report = `${folder}/execution_report.json`;
  if ((await files.kind(report)) !== 'file') return [];
  const [{ results = [] } = {}] = parseLine(await files.read(report).catch(() => ''));
  return (Array.isArray(results) ? results : []).flatMap((entry) => {
    if (typeof entry !== 'object' || entry === null || Array.isArray(entry)) return [];
    const { status, data_id: id } = entry;
    return status === 'error' && (typeof id === 'string' || typeof id === 'number') ? [String(id)] : [];
  });
}

/** The samples of an earlier run log of ours, and those that the agent answered. */
export async function answersIn(files: ProjectFiles, runLog: string): Promise<{ listed: string[]; answered: string[] }> {
  if ((await files.kind(runLog)) !== 'file') return { listed: [], answered: [] };
  const records = (await files.read(runLog)).split('\n').flatMap((line) => parseLine(line));
  const idOf = ({ sample }: JsonObject) => (typeof sample === 'string' ? [sample] : []);
  return {
    listed: records.filter(({ type }) => type === 'sample').flatMap(idOf),
    answered: records.filter(({ type, trajectory }) => type === 'response' && trajectory !== undefined).flatMap(idOf),
  };
}

/** A path below a folder; the working folder itself is `.`. */
export function below(folder: string, path: string): string {
  return folder === '.' ? path : `${folder.replace(/\/+$/, '')}/${path}`;
}

function parseLine(line: string): JsonObject[] {
  if (line.trim() === '') return [];
  try {
    const value: unknown = JSON.parse(line.replace(/^\uFEFF/, ''));
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? [value as JsonObject] : [];
  } catch {
    return [];
  }
}

function emptySamples(file: string): ToolError {
  const message = 'the file has no sample';
  const remedy = 'write one sample a line: {"data_id": "…", "query": "…", "system": "…", …}';
  return new ToolError({ code: 'project-invalid', message: `${file}: ${message}`, remedy, problems: [{ file, message, remedy }] });
}

function noSamples(path: string | undefined, scenario: string): ToolError {
  const message = path === undefined ? `the scenario ${scenario} has no samples/*.jsonl` : `there is no samples file ${path}`;
  const remedy = 'name it with --samples FILE; paths start from the working folder';
  return new ToolError({ code: 'project-not-found', message, remedy, problems: [{ field: '--samples', message, remedy }] });
}
