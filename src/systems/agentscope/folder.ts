import { Json, JsonObject } from '../../records/json.ts';
import * as z from '../../records/schema.ts';
import { isDeviceName, withinBytes } from '../file-names.ts';
import { Block } from './blocks.ts';

/** `evaluation_meta.json`. */
export const EvaluationMeta = z.looseObject({
  evaluation_name: z.string(),
  created_at: z.optional(z.string()),
  total_repeats: z.int().check(z.minimum(1)),
  benchmark: z.optional(
    z.looseObject({ name: z.optional(z.string()), description: z.optional(z.nullable(z.string())), total_tasks: z.optional(z.int()) }),
  ),
  schema_version: z.optional(z.literal(1, 'only version 1 is known')),
});
export type EvaluationMeta = z.infer<typeof EvaluationMeta>;

/** A metric as a task declares it. */
export const MetricMeta = z.looseObject({
  name: z.string(),
  metric_type: z.optional(z.enum(['category', 'numerical'])),
  description: z.optional(z.nullable(z.string())),
  categories: z.optional(z.nullable(z.array(z.string()))),
});
export type MetricMeta = z.infer<typeof MetricMeta>;

/** `TASK/task_meta.json`. */
export const TaskMeta = z.looseObject({
  id: z.string().check(z.minLength(1)),
  input: Json,
  ground_truth: z.optional(Json),
  metrics: z.optional(z.array(MetricMeta)),
  tags: z.optional(z.nullable(z.record(z.string(), z.string()))),
  sample_id: z.described(z.optional(z.string().check(z.minLength(1))), 'of agent-regress, where it is no folder name'),
});
export type TaskMeta = z.infer<typeof TaskMeta>;

/** `TASK/REPEAT/solution.json`. */
export const Solution = z.looseObject({
  success: z.boolean(),
  output: z.optional(Json),
  trajectory: z.optional(z.nullable(z.array(Block))),
  meta: z.optional(z.nullable(JsonObject)),
});
export type Solution = z.infer<typeof Solution>;

const counts = z.optional(z.record(z.string(), z.number()));

/** `TASK/REPEAT/stats.json`. */
export const StatsFile = z.looseObject({
  llm: counts,
  agent: z.optional(z.number()),
  tool: counts,
  embedding: counts,
  chat_usage: z.optional(z.record(z.string(), z.looseObject({ input_tokens: z.optional(z.number()), output_tokens: z.optional(z.number()) }))),
});
export type StatsFile = z.infer<typeof StatsFile>;

/** `TASK/REPEAT/evaluation/METRIC.json`. */
export const MetricResult = z.looseObject({
  name: z.string(),
  result: z.union([z.number(), z.string(), z.boolean()], 'expected a number or a text'),
  created_at: z.optional(z.string()),
  message: z.optional(z.nullable(z.string())),
  metadata: z.optional(z.nullable(JsonObject)),
});
export type MetricResult = z.infer<typeof MetricResult>;

/** The repeats of one task, by where its files lie. */
export interface TaskFiles {
  /** Folder of the task; the task id. */
  folder: string;
  /** Repeat id, ascending by number. */
  repeats: readonly string[];
}

/**
 * The tasks of an AgentScope result folder: the task first, the repeat below it. A task id may hold `/`. In code unit order.
 * `misplaced`: solution files whose folder is no repeat number, such as those of the order that AgentScope's own comment describes.
 */
export function tasksOfFolder(paths: readonly string[]): { tasks: TaskFiles[]; misplaced: string[] } {
  const repeats = new Map<string, string[]>();
  const misplaced: string[] = [];
  for (const path of paths) {
    const parts = path.split('/');
    const name = parts.pop();
    if (name === 'task_meta.json' && parts.length > 0) repeats.set(parts.join('/'), repeats.get(parts.join('/')) ?? []);
    if (name !== 'solution.json') continue;
    const repeat = parts.pop() ?? '';
    if (!repeatPattern.test(repeat) || parts.length === 0) misplaced.push(path);
    else repeats.set(parts.join('/'), [...(repeats.get(parts.join('/')) ?? []), repeat]);
  }
  const tasks = [...repeats].map(([folder, found]) => ({ folder, repeats: found.sort((a, b) => Number(a) - Number(b)) }));
  return { tasks: tasks.sort((a, b) => (a.folder < b.folder ? -1 : 1)), misplaced };
}

/** Counted from 0, at most 1000 of them. */
const repeatPattern = /^(0|[1-9]\d{0,2})$/;

/** Whether these files look like a result folder of AgentScope. */
export function isResultFolder(paths: readonly string[]): boolean {
  return paths.includes('evaluation_meta.json') || paths.some((path) => /(^|\/)\d{1,3}\/solution\.json$/.test(path));
}

/** A name that is a folder of its own on every system, from a name that may be anything; the same name where it is one already. */
export function safeName(name: string): string {
  if (
    /^[\p{L}\p{N}][\p{L}\p{N}._ -]{0,99}$/u.test(name) &&
    !/[. ]$/.test(name) &&
    !isDeviceName(name) &&
    !ownName.test(name) &&
    withinBytes(name, 240) === name
  )
    return name;
  const plain = name.replace(/[^\p{L}\p{N}._-]+/gu, '-').replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu, '');
  const kept = withinBytes([...plain].slice(0, 60).join(''), 220) || 'task';
  return `${isDeviceName(kept) ? `task-${kept}` : kept}-${checksum(name)}`;
}

/** Of the files beside the folders of the tasks. */
const ownName = /^evaluation_(meta|result)(\.|$)/i;

/** FNV-1a, 64 bit, over UTF-16 units, http://www.isthe.com/chongo/tech/comp/fnv/ ; 16 hex digits. Not for secrets. */
export function checksum(text: string): string {
  let high = 0xcbf29ce4;
  let low = 0x84222325;
  for (let i = 0; i < text.length; i++) {
    low = (low ^ text.charCodeAt(i)) >>> 0;
    // times 0x100000001b3, in two halves of 32 bits
    const product = low * 0x1b3;
    high = (Math.imul(high, 0x1b3) + Math.floor(product / 2 ** 32) + (low << 8)) >>> 0;
    low = product >>> 0;
  }
  return high.toString(16).padStart(8, '0') + low.toString(16).padStart(8, '0');
}

/** AgentScope's time, `2026-01-01 00:00:00.000`, as ISO; read as UTC, since it names no zone. Undefined: no time. */
export function isoTime(text: string | undefined): string | undefined {
  const match = /^(\d{4}-\d{2}-\d{2})[ T](\d{2}:\d{2}:\d{2})(\.\d{1,3})?\d*$/.exec(text ?? '');
  const time = match ? Date.parse(`${match[1]}T${match[2]}${match[3] ?? ''}Z`) : Number.NaN;
  return Number.isNaN(time) ? undefined : new Date(time).toISOString();
}

/** ISO time as AgentScope writes it. */
export function scopeTime(iso: string): string {
  return iso.replace('T', ' ').replace(/(\.\d{1,3})?(Z|[+-]\d\d:\d\d)$/, (_, fraction: string | undefined) => (fraction ?? '.000').padEnd(4, '0'));
}
