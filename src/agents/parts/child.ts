import { abortFailure } from '../../io/failure.ts';
import type { WorkerFailure } from '../../io/worker-pool.ts';
import type { Json, JsonObject } from '../../records/json.ts';
import type { Input } from '../../records/sample.ts';
import * as z from '../../records/schema.ts';
import type { Trajectory } from '../../records/trajectory.ts';
import { AgentFailure, type AgentRequest } from '../agent.ts';
import { inputsOf, sessionOf } from './converse.ts';
import { toTrajectory } from './reply.ts';
import { traceHeaders } from './traceparent.ts';

export const EnvOptions = z.described(
  z._default(z.record(z.string().check(z.regex(/^[A-Za-z_]\w*$/, 'not a variable name')), z.string()), {}),
  'variables that the process gets beside PATH, HOME, LANG and the temporary folder',
);

/** Keys of a native row that say what a good answer is, or what the user is up to. */
const answerKeys: readonly string[] = ['expected', 'toolCalls', 'turns', 'checkers', 'scenario'];

/** What a process or a function of the user is told of a slot: never the expected answers. */
export function slotPayload(request: AgentRequest): JsonObject {
  const { sample, epoch, attempt } = request;
  const { id, system, state, metadata, tags, files } = sample;
  const row = Object.fromEntries(Object.entries(sample.row).filter(([key]) => !answerKeys.includes(key)));
  const inputs = inputsOf(sample) as Json[];
  return {
    input: inputs[0] ?? '',
    turns: inputs.map((input) => ({ input })),
    system: system ?? null,
    state: state ?? {},
    sample: { id, metadata, row, tags, files },
    epoch,
    attempt,
    slot: sessionOf(request),
    ...traceHeaders(request),
  };
}

/** Turns the answer of a process into a trajectory; without a latency of its own it gets the time since `startedAt`. */
export function answeredTrajectory(value: Json, { inputs, startedAt }: { inputs: readonly Input[]; startedAt: number }): Trajectory {
  const latencyMs = performance.now() - startedAt;
  const trajectory = toTrajectory(value, inputs);
  return trajectory.latencyMs === undefined ? { ...trajectory, latencyMs } : trajectory;
}

/** A worker's failure as the failure of a slot. */
export function workerFailure(error: WorkerFailure, signal: AbortSignal, who: string): AgentFailure {
  const phase = error.isSent ? 'ambiguous' : 'not-sent';
  if (signal.aborted) return abortFailure(signal, phase);
  if (error.kind === 'aborted' || error.kind === 'closed') return new AgentFailure('aborted', 'the run was stopped', { phase, isTransient: false });
  if (error.kind === 'too-large') return new AgentFailure('too-large', `${who} ${error.message}`, { phase: 'answered' });
  return new AgentFailure('process', `${who} ${error.message}`, { phase, isTransient: false, cause: error });
}
