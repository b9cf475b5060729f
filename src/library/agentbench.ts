// What AgentBench means by its files and its protocol, as functions without a network.
export {
  type AgentResponse,
  readFreeSlots,
  readIndices,
  readSampleReply,
  type SampleIndex,
  type SampleOutput,
  type SampleReply,
  type SampleStatus,
  sampleStatusOf,
} from '../systems/agentbench/controller.ts';
export { countSegments, type HistoryItem, windowHistory, windowSegments } from '../systems/agentbench/history.ts';
export { type AgentMove, type CallResult, recordOf, type SampleError, type SampleRecordPlan, verdictOf } from '../systems/agentbench/outcome.ts';
export { type Capacity, startableSamples } from '../systems/agentbench/schedule.ts';
