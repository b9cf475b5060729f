// What AgentBench means by its files and its protocol, as functions without a network.

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
