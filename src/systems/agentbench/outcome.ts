import type { Read, SampleOutput, SampleReply, SampleStatus } from './controller.ts';

/** Errors of a sample, as the client of AgentBench 0.2 records them. */
export type SampleError = 'START_FAILED' | 'INTERACT_FAILED' | 'AGENT_FAILED' | 'NETWORK_ERROR' | 'NOT_AVAILABLE';

/** What came back from a call to the controller. `status`: of HTTP, not 200; `text`: of its body, or of the network's error. */
export type CallResult =
  | { kind: 'reply'; read: Read<SampleReply> }
  | { kind: 'status'; status: number; text: string }
  | { kind: 'network'; text: string };

/** Where a sample stands after a call. */
export type SampleStep =
  | { kind: 'ask'; reply: SampleReply }
  | { kind: 'finished'; output: SampleOutput }
  /** `isOpen`: the session is left at the controller, and is to be cancelled. `isTransient`: another session may go better. */
  | { kind: 'failed'; error: SampleError; info: string; isOpen: boolean; isTransient: boolean };

/** Busy, or about to be there again. A controller whose lock is held for too long answers 500. */
function isTransient(status: number): boolean {
  return status === 408 || status === 429 || (status >= 500 && status !== 501);
}

/** After start_sample. 406 is no fault of anyone: no worker is free. */
export function afterStart(result: CallResult): SampleStep {
  if (result.kind === 'reply') return afterReply(result.read, 'START_FAILED');
  if (result.kind === 'network') return { kind: 'failed', error: 'NETWORK_ERROR', info: result.text, isOpen: false, isTransient: true };
  const { status, text } = result;
  if (status === 406) return { kind: 'failed', error: 'NOT_AVAILABLE', info: text, isOpen: false, isTransient: true };
  const isWorkerGone = status === 400 && text.includes('Worker not responding');
  return { kind: 'failed', error: 'START_FAILED', info: text, isOpen: false, isTransient: isWorkerGone || isTransient(status) };
}

/** After interact. 400 is a session that is gone, 501 a task that raised. */
export function afterInteract(result: CallResult): SampleStep {
  if (result.kind === 'reply') return afterReply(result.read, 'INTERACT_FAILED');
  if (result.kind === 'network') return { kind: 'failed', error: 'NETWORK_ERROR', info: result.text, isOpen: true, isTransient: true };
  const { status, text } = result;
  return { kind: 'failed', error: 'INTERACT_FAILED', info: text, isOpen: true, isTransient: status === 400 || isTransient(status) };
}

function afterReply(read: Read<SampleReply>, error: SampleError): SampleStep {
  if (read.problem !== undefined)
    return { kind: 'failed', error, info: `a reply of the controller cannot be used: ${read.problem}`, isOpen: true, isTransient: false };
  const { output } = read.value;
  return output.status === 'running' ? { kind: 'ask', reply: read.value } : { kind: 'finished', output };
}

/** Kinds of errors in a run log that a task stands for; every other kind is the agent's. */
const kinds = {
  START_FAILED: 'task-start',
  INTERACT_FAILED: 'task-interact',
  NETWORK_ERROR: 'task-network',
  NOT_AVAILABLE: 'task-unavailable',
} as const;

/** The kind of error in a run log; what the agent itself failed with is told no closer. */
export function errorKindOf(error: SampleError): (typeof kinds)[keyof typeof kinds] | 'agent-error' {
  return error === 'AGENT_FAILED' ? 'agent-error' : kinds[error];
}

/** What AgentBench calls an error of a run log. */
export function errorCodeOf(kind: string): SampleError {
  const found = Object.entries(kinds).find(([, known]) => known === kind);
  return found ? (found[0] as SampleError) : 'AGENT_FAILED';
}

/**
 * What a status says of the agent: `completed` is a pass as far as the task tells, limits and invalid actions are fails, and where the
 * task itself broke nothing can be said.
 */
export function verdictOf(status: SampleStatus): 'pass' | 'fail' | 'error' {
  if (status === 'completed') return 'pass';
  return status === 'task error' || status === 'unknown' || status === 'running' ? 'error' : 'fail';
}

/** What the client of AgentBench 0.2 makes of one sample. */
export interface SampleRecordPlan {
  /** Which file gets its record; null: none, it is run again later. */
  file: 'runs.jsonl' | 'error.jsonl' | null;
  error: SampleError | null;
  /** How it ended; null: it did not. */
  status: SampleStatus | null;
  /** How often the agent was asked. */
  agentCalls: number;
  /** It goes back to the samples that are left, whatever is set for retries. */
  isRequeued: boolean;
  /** The session was cancelled at the controller. */
  isCancelled: boolean;
}

/** What an agent gave: an answer, nothing more as the conversation is too long for it, or an error. */
export type AgentMove = 'answer' | 'context-limit' | 'error';

/**
 * Plays one sample from what came back: the result of start_sample, what the agent did in each turn, and the result of each interact.
 * A list that is too short ends the sample as it stands then.
 */
export function recordOf(start: CallResult, agent: readonly AgentMove[], interacts: readonly CallResult[]): SampleRecordPlan {
  let step = afterStart(start);
  let agentCalls = 0;
  let isCancelled = false;
  while (step.kind === 'ask') {
    const move = agent[agentCalls] ?? 'answer';
    const result = interacts[agentCalls];
    agentCalls += 1;
    if (move === 'error') {
      isCancelled = true;
      step = { kind: 'failed', error: 'AGENT_FAILED', info: '', isOpen: false, isTransient: false };
    } else if (result) {
      step = afterInteract(result);
    } else break;
  }
  if (step.kind === 'failed') {
    isCancelled ||= step.isOpen && step.error !== 'NETWORK_ERROR';
    const isRequeued = step.error === 'NOT_AVAILABLE';
    return { file: isRequeued ? null : 'error.jsonl', error: step.error, status: null, agentCalls, isRequeued, isCancelled };
  }
  const status = step.kind === 'finished' ? step.output.status : step.reply.output.status;
  return { file: 'runs.jsonl', error: null, status, agentCalls, isRequeued: false, isCancelled };
}
