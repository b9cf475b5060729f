import type { Json, JsonObject } from '../../records/json.ts';
import type { Trajectory } from '../../records/trajectory.ts';
import { isRandomId } from '../../systems/agentloop/rows.ts';
import type { AggregatedTask, Stats } from '../../systems/agentscope/aggregate.ts';
import { emptyStats } from '../../systems/agentscope/aggregate.ts';
import { StatsFile, safeName, scopeTime } from '../../systems/agentscope/folder.ts';
import { solutionOf } from '../../systems/agentscope/solution.ts';
import type { ExportedFile, ExportedRun, ExportedSlot } from '../result-format.ts';

/** The files of one task and what the aggregation needs of it. */
export interface WrittenTask {
  files: ExportedFile[];
  aggregated: AggregatedTask;
}

/** The files of one task of AgentScope from all slots of one sample; `folders` are the names that others took. */
export async function writeTask(run: ExportedRun, slots: readonly ExportedSlot[], folders: Set<string>): Promise<WrittenTask> {
  const sampleId = slots[0]?.id ?? '';
  const folder = freeName(sampleId, folders);
  const metrics = metricsOf(slots);
  const files: ExportedFile[] = [json(`${folder}/task_meta.json`, taskMeta(folder, sampleId, { slots, metrics }))];
  const results: Record<string, Record<string, number>> = {};
  const stats: Record<string, Partial<Stats>> = {};
  for (const slot of slots) {
    if (slot.outcome === 'skipped') continue;
    const repeat = String(slot.epoch - 1);
    const below = `${folder}/${repeat}`;
    const createdAt = scopeTime(slot.startedAt ?? run.startedAt);
    files.push(json(`${below}/solution.json`, solutionOf(slot)));
    const existing = await run.existing(`${below}/stats.json`);
    stats[repeat] = existing === undefined ? statsOf(slot.trajectory) : readStats(existing);
    if (existing === undefined) files.push(json(`${below}/stats.json`, stats[repeat] as JsonObject));
    const log = printedBy(slot.trajectory);
    if (log !== '') files.push({ path: `${below}/logging.txt`, text: log });
    const values: Record<string, number> = {};
    for (const { checker, score } of slot.scores) {
      const name = metrics.get(checker);
      if (score.kind !== 'scored' || name === undefined) continue;
      values[name] = score.value;
      const metadata = name === checker ? null : { checker };
      const result = { name, result: score.value, created_at: createdAt, message: score.reason, metadata };
      files.push(json(`${below}/evaluation/${name}.json`, result));
    }
    results[repeat] = values;
  }
  const declared = [...metrics.values()].map((name) => ({ name, type: 'numerical' as const }));
  return { files, aggregated: { id: folder, metrics: declared, results, stats } };
}

/** JSON as AgentScope writes it: indented by four, other letters as they are. */
export function json(path: string, value: Json): ExportedFile {
  return { path, text: JSON.stringify(value, null, 4) };
}

/** Names that differ in nothing but case are one folder on some systems. */
function freeName(wanted: string, taken: Set<string>): string {
  const name = safeName(wanted);
  for (let n = 1; ; n++) {
    const candidate = n === 1 ? name : `${name}-${n}`;
    if (taken.has(candidate.toLowerCase())) continue;
    taken.add(candidate.toLowerCase());
    return candidate;
  }
}

/** File names by checker. A checker that has nothing to say of this sample is no metric of the task. */
function metricsOf(slots: readonly ExportedSlot[]): Map<string, string> {
  const names = new Map<string, string>();
  const taken = new Set<string>();
  for (const { scores } of slots) {
    for (const { checker, score } of scores) {
      if (names.has(checker) || (score.kind === 'unscored' && score.isApplicable === false)) continue;
      names.set(checker, freeName(checker, taken));
    }
  }
  return names;
}

function taskMeta(
  folder: string,
  sampleId: string,
  { slots, metrics }: { slots: readonly ExportedSlot[]; metrics: ReadonlyMap<string, string> },
): JsonObject {
  const sample = slots.find((slot) => slot.sample)?.sample;
  const input = slots.find(({ trajectory }) => trajectory)?.trajectory?.turns[0]?.input;
  return {
    id: folder,
    input: sample ? sample.row : ((input ?? '') as Json),
    ground_truth: sample?.expected ?? '',
    metrics: [...metrics].map(([checker, name]) => ({
      name,
      metric_type: 'numerical',
      description: checker === name ? null : checker,
      categories: null,
    })),
    tags: tagsOf(sample?.tags ?? []),
    ...(folder === sampleId && !isRandomId(folder) ? {} : { sample_id: sampleId }),
  };
}

/** AgentScope's tags are pairs. */
function tagsOf(tags: readonly string[]): { [key: string]: Json } | null {
  if (tags.length === 0) return null;
  return Object.fromEntries(
    tags.map((tag) => {
      const colon = tag.indexOf(':');
      return colon > 0 ? [tag.slice(0, colon), tag.slice(colon + 1)] : [tag, ''];
    }),
  );
}

function statsOf(trajectory: Trajectory | undefined): Stats {
  const stats = { ...emptyStats(), agent: trajectory?.turns.length ?? 0 };
  const tools = new Map<string, number>();
  for (const step of trajectory?.turns.flatMap(({ steps }) => steps) ?? []) {
    if (step.kind === 'toolCall') tools.set(step.name, (tools.get(step.name) ?? 0) + 1);
  }
  const { inputTokens, outputTokens } = trajectory?.usage ?? {};
  const isCounted = inputTokens !== undefined || outputTokens !== undefined;
  const usage: Stats['chat_usage'] = isCounted ? { agent: { input_tokens: inputTokens ?? 0, output_tokens: outputTokens ?? 0 } } : {};
  return { ...stats, tool: Object.fromEntries(tools), chat_usage: usage };
}

/** Statistics that lie in the target are never overwritten; those that nobody can read count as nothing. */
function readStats(text: string): Partial<Stats> {
  try {
    const parsed = StatsFile.safeParse(JSON.parse(text));
    return parsed.success ? (parsed.data as Partial<Stats>) : {};
  } catch {
    return {};
  }
}

function printedBy(trajectory: Trajectory | undefined): string {
  const steps = trajectory?.turns.flatMap((turn) => turn.steps) ?? [];
  return steps.flatMap((step) => (step.kind === 'message' ? [`${step.author ?? 'agent'}: ${step.text}\n`] : [])).join('');
}
