import type { Problem } from '../../errors.ts';
import { aggregate } from '../../systems/agentscope/aggregate.ts';
import { EvaluationMeta, isoTime, scopeTime, tasksOfFolder } from '../../systems/agentscope/folder.ts';
import type { ExportedFile, ExportedRun, ExportedSlot, ImportedRun, ImportedSlot, ResultFiles } from '../result-format.ts';
import { type FolderReader, readTask } from './agentscope-read.ts';
import { json, writeTask } from './agentscope-write.ts';
import { createProblemList } from './folder-problems.ts';

const metaPath = 'evaluation_meta.json';

/** The answers and scores of a result folder. @throws ToolError `import-invalid`, at the end of the slots too. */
export async function readFolder(files: ResultFiles): Promise<ImportedRun> {
  const problems = createProblemList();
  const warnings: string[] = [];
  const paths = new Set(files.paths);
  const { tasks, misplaced } = tasksOfFolder(files.paths);
  for (const path of misplaced) problems.add(misplacedProblem(path));
  if (tasks.length === 0 && misplaced.length === 0) problems.add(noTasks(files.root));
  const meta = paths.has(metaPath) ? problems.parse(await files.read(metaPath), metaPath, EvaluationMeta) : undefined;
  if (!paths.has(metaPath)) warnings.push('evaluation_meta.json is missing: how many tasks and repeats were planned is not known');
  const reader: FolderReader = { files, paths, metricPaths: metricPathsOf(files.paths), problems, warnings };
  const startedAt = isoTime(meta?.created_at);
  async function* slots(): AsyncIterable<ImportedSlot> {
    const origins = new Map<string, string>();
    const repeatsOf = new Map<string, number>();
    for (const task of tasks) {
      for await (const slot of readTask(reader, task)) {
        repeatsOf.set(slot.row.id, (repeatsOf.get(slot.row.id) ?? 0) + 1);
        const first = origins.get(slot.row.id) ?? task.folder;
        if (first !== task.folder) problems.add(twiceProblem(slot, first, task.folder));
        origins.set(slot.row.id, first);
        if (problems.count === 0) yield slot;
      }
    }
    problems.throwIfAny(files.root);
    warnings.push(...openSlots(meta, tasks.length, repeatsOf));
  }
  return { suite: suiteName(meta?.evaluation_name), ...(startedAt === undefined ? {} : { startedAt }), slots: slots(), warnings };
}

function metricPathsOf(paths: readonly string[]): Map<string, string[]> {
  const byRepeat = new Map<string, string[]>();
  for (const path of paths) {
    const match = /^(.+\/\d+)\/evaluation\/[^/]+\.json$/.exec(path);
    if (match?.[1] !== undefined) byRepeat.set(match[1], [...(byRepeat.get(match[1]) ?? []), path]);
  }
  return byRepeat;
}

function noTasks(root: string): Problem {
  const remedy = 'name the folder that the run wrote (result_dir, save_dir): it holds a folder of every task';
  return { file: root, message: 'no task with a solution.json was found', remedy };
}

function misplacedProblem(path: string): Problem {
  const folder = path.split('/').at(-2) ?? '';
  const remedy = 'the files lie at TASK/REPEAT/solution.json, task first, whatever the comment in AgentScope says; repeats are numbers from 0 to 999';
  return { file: path, message: `"${folder.slice(0, 80)}" is not the number of a repeat`, remedy };
}

function twiceProblem({ row, file }: ImportedSlot, first: string, second: string): Problem {
  const message = `the tasks "${first.slice(0, 80)}" and "${second.slice(0, 80)}" are both the sample "${row.id.slice(0, 80)}"`;
  const remedy = 'the SDK gives every task a new random id at each start: import the results of one start only, in a folder of their own';
  return { file, field: 'id', message, remedy };
}

/** What the results lack of what was planned. */
function openSlots(meta: EvaluationMeta | undefined, tasks: number, repeatsOf: ReadonlyMap<string, number>): string[] {
  if (!meta) return [];
  const planned = meta.benchmark?.total_tasks ?? tasks;
  let found = 0;
  for (const repeats of repeatsOf.values()) found += Math.min(repeats, meta.total_repeats);
  const missing = planned * meta.total_repeats - found;
  if (missing <= 0) return [];
  return [
    `${missing} of ${planned * meta.total_repeats} planned solutions (${planned} tasks, ${meta.total_repeats} repeats) are not there: the run was not finished`,
  ];
}

/** An evaluation may be called anything, a suite may not. */
function suiteName(name = ''): string {
  const plain = name.replace(/[^\p{L}\p{N} ._-]+/gu, '-').replace(/^[^\p{L}\p{N}]+/u, '');
  return plain.slice(0, 100).trimEnd() || 'agentscope';
}

/** The files of a result folder: the tasks first, what sums them up last. */
export async function* writeFolder(
  run: ExportedRun,
  { name = run.suite, description = '' }: { name?: string | undefined; description?: string | undefined },
): AsyncIterable<ExportedFile> {
  const folders = new Set<string>();
  const aggregated = [];
  let repeats = run.repeats;
  for await (const slots of bySample(run.slots())) {
    repeats = Math.max(repeats, ...slots.map(({ epoch }) => epoch));
    const task = await writeTask(run, slots, folders);
    aggregated.push(task.aggregated);
    yield* task.files;
  }
  const benchmark = { name: run.suite, description, total_tasks: aggregated.length };
  const meta = { evaluation_name: name, created_at: scopeTime(run.startedAt), total_repeats: repeats, benchmark, schema_version: 1 };
  yield json(metaPath, meta);
  yield json('evaluation_result.json', JSON.parse(JSON.stringify(aggregate(aggregated, repeats))));
}

/** Slots of one sample follow each other. */
async function* bySample(slots: AsyncIterable<ExportedSlot>): AsyncIterable<ExportedSlot[]> {
  let group: ExportedSlot[] = [];
  for await (const slot of slots) {
    if (group[0] && group[0].id !== slot.id) {
      yield group;
      group = [];
    }
    group.push(slot);
  }
  if (group.length > 0) yield group;
}
