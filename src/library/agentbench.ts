// What AgentBench means by its files and its protocol, as functions without a network.

import { plainOf } from '../config/located.ts';
import type { Problem } from '../errors.ts';
import { loadV02 } from '../projects/parts/agentbench/load.ts';
import { loadV01, type V01Assignment } from '../projects/parts/agentbench/v01.ts';
import type { Json } from '../records/json.ts';

export { type Assignments, type ConfigFault, expandAssignments, type Instance, timestampsOf } from '../systems/agentbench/assignments.ts';
export {
  type AgentResponse,
  readFreeSlots,
  readIndices,
  readSampleReply,
  type SampleIndex,
  type SampleOutput,
  type SampleReply,
  type SampleStatus,
  sampleStatuses,
  sampleStatusOf,
} from '../systems/agentbench/controller.ts';
export { exactMatch } from '../systems/agentbench/em.ts';
export { countSegments, type HistoryItem, windowHistory, windowSegments } from '../systems/agentbench/history.ts';
export { historyOf, turnsOf, valueOfResult } from '../systems/agentbench/history-turns.ts';
export { type HttpVerdict, httpTries, isContextLimit, judgeReply, waitAfterTryMs } from '../systems/agentbench/http-reply.ts';
export { type AgentMove, type CallResult, recordOf, type SampleError, type SampleRecordPlan, verdictOf } from '../systems/agentbench/outcome.ts';
export { type Overall, overallOf, type Validation } from '../systems/agentbench/overall.ts';
export { compilePrompter, type Prompter, type PrompterConfig, prompterNames } from '../systems/agentbench/prompter.ts';
export { remainingIndices } from '../systems/agentbench/resume.ts';
export { formatResponse } from '../systems/agentbench/return-format.ts';
export { type Capacity, startableSamples } from '../systems/agentbench/schedule.ts';

/** Reads a file by its path, with `/`. */
export type ReadText = (path: string) => Promise<string>;

/**
 * A v0.2 config with `import`, `default` and `overwrite` resolved, or what is wrong with file, line and field.
 * @param read gets paths relative to the folder that `file` is relative to.
 */
export async function loadConfig(file: string, read: ReadText): Promise<{ config?: Json; problems: Problem[] }> {
  const { root, problems } = await loadV02(file, read);
  return problems.length > 0 ? { problems } : { config: plainOf(root), problems };
}

/** The assignments of a v0.1 file, with everything that they name read, or what is wrong with file, line and field. */
export async function loadAssignments(
  file: string,
  read: ReadText,
  now: Date,
): Promise<{ assignments: Omit<V01Assignment, 'agentNode' | 'taskNode'>[]; problems: Problem[]; warnings: string[] }> {
  const { assignments, problems, warnings } = await loadV01(file, read, now);
  return { assignments: problems.length > 0 ? [] : assignments.map(({ agentNode: _, taskNode: __, ...rest }) => rest), problems, warnings };
}
