import { shortened } from '../../errors.ts';
import type { JsonObject } from '../../records/json.ts';
import { sampleKeys } from '../../records/sample.ts';
import type { Score } from '../../records/score.ts';
import { scored, unscored } from '../../records/score.ts';
import type { Trajectory } from '../../records/trajectory.ts';
import { isRandomId, rowId } from '../../systems/agentloop/rows.ts';
import { inputOfTask, stepsFromBlocks, textOfOutput } from '../../systems/agentscope/blocks.ts';
import { type MetricMeta, MetricResult, Solution, StatsFile, type TaskFiles, TaskMeta } from '../../systems/agentscope/folder.ts';
import type { ImportedSlot, NamedScore, ResultFiles } from '../result-format.ts';
import type { ProblemList } from './folder-problems.ts';

export interface FolderReader {
  files: ResultFiles;
  /** Of `files`, for look-ups. */
  paths: ReadonlySet<string>;
  /** Files of metrics by their folder, `TASK/REPEAT`. */
  metricPaths: ReadonlyMap<string, readonly string[]>;
  problems: ProblemList;
  warnings: string[];
}

/** The slots of one task, by repeat. What is wrong goes to the problems; a repeat without a solution is a warning. */
export async function* readTask(reader: FolderReader, { folder, repeats }: TaskFiles): AsyncIterable<ImportedSlot> {
  const { files, paths, problems, warnings } = reader;
  const metaPath = `${folder}/task_meta.json`;
  if (!paths.has(metaPath)) {
    const remedy = 'it holds what was asked; copy it from the folder that the run wrote';
    problems.add({ file: metaPath, message: 'the file is missing beside the solutions of this task', remedy });
    return;
  }
  const meta = problems.parse(await files.read(metaPath), metaPath, TaskMeta);
  if (!meta) return;
  if (meta.sample_id === undefined && meta.id !== folder) {
    const remedy = 'AgentScope names the folder of a task by its id: give both the same name';
    problems.add({
      file: metaPath,
      line: 1,
      field: 'id',
      message: `the task "${shortened(meta.id, maxShown)}" lies in the folder "${shortened(folder, maxShown)}"`,
      remedy,
    });
    return;
  }
  for (const repeat of repeats) {
    const path = `${folder}/${repeat}/solution.json`;
    const text = await files.read(path);
    if (text.trim() === '') {
      warnings.push(`${path} is empty: this repeat was not finished, and is left out`);
      continue;
    }
    const solution = problems.parse(text, path, Solution);
    const scores = await readScores(reader, { folder, repeat, meta });
    const usage = await readUsage(reader, `${folder}/${repeat}/stats.json`);
    if (solution && scores && usage) yield slotOf({ solution, meta, usage, scores, repeat, path, warnings });
  }
}

async function readScores(
  { files, metricPaths, problems }: FolderReader,
  { folder, repeat, meta }: { folder: string; repeat: string; meta: TaskMeta },
): Promise<NamedScore[] | undefined> {
  const declared = new Map((meta.metrics ?? []).map((metric) => [metric.name, metric]));
  const scores: NamedScore[] = [];
  const before = problems.count;
  const found = new Set<string>();
  for (const path of metricPaths.get(`${folder}/${repeat}`) ?? []) {
    const text = await files.read(path);
    if (text.trim() === '') continue; // not finished, as AgentScope sees it
    const result = problems.parse(text, path, MetricResult);
    if (!result) continue;
    found.add(result.name);
    scores.push({ checker: checkerName(result), score: scoreOf(result, declared.get(result.name)) });
  }
  for (const { name } of meta.metrics ?? []) {
    if (!found.has(name)) scores.push({ checker: name, score: unscored('the metric was not computed: it has no file') });
  }
  return problems.count === before ? scores : undefined;
}

/** Where a checker's name is no file name, an export of ours keeps it beside the result. */
function checkerName({ name, metadata }: MetricResult): string {
  const own = metadata?.checker;
  return (typeof own === 'string' && own !== '' ? own : name).slice(0, 100);
}

const passWords = new Set(['pass', 'passed', 'true', 'yes', 'correct', 'success', 'successful', 'good', 'valid', '1']);
const failWords = new Set(['fail', 'failed', 'false', 'no', 'incorrect', 'wrong', 'failure', 'bad', 'invalid', '0']);

/** A number 0..1 passes when it is 1; a category when it is a word for it. Other values have no place on our scale. */
function scoreOf({ result, message }: MetricResult, declared: MetricMeta | undefined): Score {
  const reason = shortened(message ?? '', 300) || `AgentScope recorded ${shortened(String(result), maxShown)}`;
  if (typeof result === 'boolean') return scored(result ? 1 : 0, reason);
  if (typeof result === 'number' && declared?.metric_type !== 'category') {
    if (result >= 0 && result <= 1) return scored(result, reason);
    return unscored(`the value ${result} is not between 0 and 1: check it with a checker of yours`);
  }
  const word = String(result).trim().toLowerCase();
  if (passWords.has(word)) return scored(1, reason);
  if (failWords.has(word)) return scored(0, reason);
  return unscored(`the category "${shortened(String(result), maxShown)}" says neither pass nor fail`);
}

/** Empty where nothing was counted. */
async function readUsage({ files, paths, problems }: FolderReader, path: string): Promise<{ usage?: Trajectory['usage'] } | undefined> {
  const text = paths.has(path) ? await files.read(path) : '';
  if (text.trim() === '') return {};
  const stats = problems.parse(text, path, StatsFile);
  if (!stats) return undefined;
  let inputTokens = 0;
  let outputTokens = 0;
  for (const used of Object.values(stats.chat_usage ?? {})) {
    inputTokens += used.input_tokens ?? 0;
    outputTokens += used.output_tokens ?? 0;
  }
  return inputTokens > 0 || outputTokens > 0 ? { usage: { inputTokens, outputTokens } } : {};
}

interface SlotParts {
  solution: Solution;
  meta: TaskMeta;
  usage: { usage?: Trajectory['usage'] };
  scores: readonly NamedScore[];
  repeat: string;
  path: string;
  warnings: string[];
}

function slotOf({ solution, meta, usage, scores, repeat, path, warnings }: SlotParts): ImportedSlot {
  const shared = { row: rowOf(meta), epoch: Number(repeat) + 1, file: path, line: 1 };
  const details = solution.meta ?? {};
  const latencyMs = typeof details.latency_ms === 'number' && details.latency_ms >= 0 ? { latencyMs: details.latency_ms } : {};
  if (!solution.success) return { ...shared, scores: [], error: errorOf(solution) };
  const output = textOfOutput(solution.output);
  const { steps, unread } = stepsFromBlocks(solution.trajectory ?? [], output);
  if (unread > 0) warnings.push(`${path}: ${unread} blocks of the trajectory are neither text nor tool calls, and are left out`);
  return { ...shared, scores, trajectory: { turns: [{ input: inputOfTask(meta.input), output, steps }], ...usage, ...latencyMs } };
}

function errorOf({ output, meta }: Solution): NonNullable<ImportedSlot['error']> {
  const text = (key: string) => (typeof meta?.[key] === 'string' && meta[key] !== '' ? (meta[key] as string) : undefined);
  const message = text('error_message') ?? text('error') ?? text('error_repr') ?? (textOfOutput(output) || 'the solution reports no success');
  const status = meta?.status_code;
  return {
    kind: text('error_type') ?? 'agent-error',
    message: shortened(message, 2000),
    ...(typeof status === 'number' && Number.isInteger(status) ? { status } : {}),
  };
}

/** The native row of a task. A random task id, as the AgentLoop SDK makes one at every start, gives way to that of its row. */
function rowOf({ id, sample_id: own, input, ground_truth: truth, tags }: TaskMeta): ImportedSlot['row'] {
  const isRow = input !== null && typeof input === 'object' && !Array.isArray(input);
  const expected: JsonObject = truth === undefined || truth === null || truth === '' ? {} : { expected: truth };
  const words = Object.entries(tags ?? {}).map(([key, value]) => (value === '' ? key : `${key}:${value}`));
  // A column that is called like a field of ours is none: `checkers` of a dataset must not run anything.
  const columns = isRow ? Object.entries(input).filter(([key]) => !sampleKeys.includes(key)) : [];
  const sampleId = own ?? (isRow && isRandomId(id) ? rowId(input) : id);
  return {
    ...Object.fromEntries(columns),
    ...(words.length > 0 ? { tags: words } : {}),
    ...expected,
    input: inputOfTask(input) as JsonObject,
    id: sampleId.slice(0, 256),
  };
}

/** Of a name or category, in a message. */
const maxShown = 80;
