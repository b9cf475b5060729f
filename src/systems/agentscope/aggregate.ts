/** What the agent of one task and repeat took, as AgentScope counts it. */
export interface Stats {
  /** Calls by model. */
  llm: Record<string, number>;
  /** Replies of agents. */
  agent: number;
  /** Calls by tool. */
  tool: Record<string, number>;
  /** Calls by model. */
  embedding: Record<string, number>;
  /** By model. */
  chat_usage: Record<string, { input_tokens: number; output_tokens: number }>;
}

export type MetricType = 'numerical' | 'category';

/** One task with what its metrics said in each repeat. */
export interface AggregatedTask {
  id: string;
  metrics: readonly { name: string; type: MetricType }[];
  /** By repeat id (`"0"`, `"1"`, …) and metric; what is missing was not finished. */
  results: Readonly<Record<string, Readonly<Record<string, number | string>>>>;
  /** By repeat id; what is missing counts as nothing. */
  stats?: Readonly<Record<string, Partial<Stats>>>;
}

export interface MetricAggregate {
  type: MetricType;
  involved_tasks: number;
  completed_tasks: number;
  incomplete_tasks: number;
  /** Numerical: mean over the involved tasks, max and min over the finished ones; null: none is finished. Category: shares of the involved. */
  aggregation: Record<string, number> | null;
  /** Numerical: value by task. Category: tasks by category. */
  distribution: Record<string, number | string[]>;
}

export interface RepeatAggregate {
  completed_tasks: number;
  incomplete_tasks: number;
  metrics: Record<string, MetricAggregate>;
  completed_ids: string[];
  incomplete_ids: string[];
  stats: Stats;
}

/** The content of `evaluation_result.json`. */
export interface EvaluationResult {
  total_tasks: number;
  total_repeats: number;
  total_stats: Stats;
  repeats: Record<string, RepeatAggregate>;
  schema_version: 1;
}

/**
 * AgentScope's aggregation. The numerical mean divides by the involved tasks, so that a missing result counts as 0; a task of which
 * some metrics are missing is in both lists. Where AgentScope stops with an error, a numerical metric of which nothing is finished,
 * the aggregation is null.
 */
export function aggregate(tasks: readonly AggregatedTask[], repeats: number): EvaluationResult {
  const total = emptyStats();
  const byRepeat: Record<string, RepeatAggregate> = {};
  for (let index = 0; index < repeats; index++) {
    const repeat = aggregateRepeat(tasks, String(index));
    byRepeat[String(index)] = repeat;
    addStats(total, repeat.stats);
  }
  return { total_tasks: tasks.length, total_repeats: repeats, total_stats: total, repeats: byRepeat, schema_version: 1 };
}

/** Nothing was counted. */
export function emptyStats(): Stats {
  return { llm: {}, agent: 0, tool: {}, embedding: {}, chat_usage: {} };
}

function aggregateRepeat(tasks: readonly AggregatedTask[], repeatId: string): RepeatAggregate {
  const metrics = new Map<string, { aggregate: MetricAggregate; values: number[]; found: Map<string, number | string[]> }>();
  const completed = new Set<string>();
  const incomplete = new Set<string>();
  const stats = emptyStats();
  for (const { id, metrics: declared, results, stats: counted } of tasks) {
    addStats(stats, own(counted, repeatId) ?? {});
    for (const { name, type } of declared) {
      let metric = metrics.get(name);
      if (!metric) {
        const aggregated: MetricAggregate = { type, involved_tasks: 0, completed_tasks: 0, incomplete_tasks: 0, aggregation: {}, distribution: {} };
        metric = { aggregate: aggregated, values: [], found: new Map() };
        metrics.set(name, metric);
      }
      metric.aggregate.involved_tasks += 1;
      const value = own(own(results, repeatId), name);
      if (value === undefined) {
        incomplete.add(id);
        metric.aggregate.incomplete_tasks += 1;
        continue;
      }
      completed.add(id);
      metric.aggregate.completed_tasks += 1;
      record(metric, id, value);
    }
  }
  return {
    completed_tasks: completed.size,
    incomplete_tasks: incomplete.size,
    metrics: Object.fromEntries([...metrics].map(([name, metric]) => [name, finish(metric)])),
    completed_ids: [...completed],
    incomplete_ids: [...incomplete],
    stats,
  };
}

function record(
  { aggregate: { type }, values, found }: { aggregate: MetricAggregate; values: number[]; found: Map<string, number | string[]> },
  id: string,
  value: number | string,
): void {
  if (type === 'category') {
    const ids = found.get(String(value));
    if (Array.isArray(ids)) ids.push(id);
    else found.set(String(value), [id]);
    return;
  }
  const number = Number(value);
  values.push(number);
  found.set(id, number);
}

function finish({
  aggregate: metric,
  values,
  found,
}: {
  aggregate: MetricAggregate;
  values: number[];
  found: Map<string, number | string[]>;
}): MetricAggregate {
  const involved = metric.involved_tasks;
  const distribution = Object.fromEntries(found);
  if (metric.type === 'category') {
    const shares = [...found].map(([category, ids]) => [category, (Array.isArray(ids) ? ids.length : 0) / involved]);
    return { ...metric, aggregation: Object.fromEntries(shares), distribution };
  }
  if (values.length === 0) return { ...metric, aggregation: null, distribution };
  let sum = 0;
  let max = Number.NEGATIVE_INFINITY;
  let min = Number.POSITIVE_INFINITY;
  for (const value of values) {
    sum += value;
    max = Math.max(max, value);
    min = Math.min(min, value);
  }
  return { ...metric, aggregation: { mean: sum / involved, max, min }, distribution };
}

function addStats(total: Stats, more: Partial<Stats>): void {
  for (const key of ['llm', 'tool', 'embedding'] as const) {
    const counts = new Map(Object.entries(total[key]));
    for (const [name, count] of Object.entries(more[key] ?? {})) counts.set(name, (counts.get(name) ?? 0) + count);
    total[key] = Object.fromEntries(counts);
  }
  total.agent += more.agent ?? 0;
  const usage = new Map(Object.entries(total.chat_usage));
  for (const [model, { input_tokens: input = 0, output_tokens: output = 0 }] of Object.entries(more.chat_usage ?? {})) {
    const before = usage.get(model);
    usage.set(model, { input_tokens: (before?.input_tokens ?? 0) + input, output_tokens: (before?.output_tokens ?? 0) + output });
  }
  total.chat_usage = Object.fromEntries(usage);
}

/** A member of its own: names come from datasets. */
function own<T>(object: Readonly<Record<string, T>> | undefined, key: string): T | undefined {
  return object !== undefined && Object.hasOwn(object, key) ? object[key] : undefined;
}
