import { agentscope } from '../importers/agentscope.ts';
import type { ExportedRun, ExportedSlot, ImportedSlot } from '../importers/result-format.ts';

export {
  type AggregatedTask,
  aggregate,
  type EvaluationResult,
  type MetricAggregate,
  type RepeatAggregate,
  type Stats,
} from '../systems/agentscope/aggregate.ts';
export { type Block, blocksFromTrajectory, inputOfTask, stepsFromBlocks, textOfOutput } from '../systems/agentscope/blocks.ts';
export type { EvaluationMeta, MetricResult, Solution, TaskMeta } from '../systems/agentscope/folder.ts';
export type { ExportedSlot, ImportedSlot };

/** A result folder as it was read. */
export interface ReadResults {
  suite: string;
  /** ISO. */
  startedAt?: string;
  slots: ImportedSlot[];
  /** What was left out and why. */
  warnings: readonly string[];
}

/**
 * The answers and scores of an AgentScope result folder, given as texts by path below the folder (`task-1/0/solution.json`).
 * @throws ToolError `import-invalid` with every problem.
 */
export async function readResults(files: Readonly<Record<string, string>>): Promise<ReadResults> {
  const paths = Object.keys(files).sort();
  const run = await agentscope.read({ root: 'the result folder', paths, read: async (path) => files[path] ?? '' });
  const slots: ImportedSlot[] = [];
  for await (const slot of run.slots) slots.push(slot);
  return { suite: run.suite, ...(run.startedAt === undefined ? {} : { startedAt: run.startedAt }), slots, warnings: run.warnings };
}

/** What a result folder is written from; the slots of one sample follow each other. */
export type WrittenRun = Pick<ExportedRun, 'suite' | 'startedAt' | 'repeats'> & {
  slots: readonly ExportedSlot[];
  /** Texts by path that lie in the target: statistics among them are kept. */
  existing?: Readonly<Record<string, string>>;
  description?: string;
};

/** The texts of an AgentScope result folder by path. */
export async function writeResults({ slots, existing = {}, description = '', ...run }: WrittenRun): Promise<Record<string, string>> {
  async function* each(): AsyncIterable<ExportedSlot> {
    yield* slots;
  }
  const exported: ExportedRun = { ...run, runId: '', slots: each, existing: async (path) => existing[path] };
  const files = new Map<string, string>();
  for await (const { path, text } of agentscope.write(exported, { description })) {
    if (text !== undefined) files.set(path, text);
  }
  return Object.fromEntries(files);
}
