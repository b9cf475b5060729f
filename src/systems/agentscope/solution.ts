import type { JsonObject } from '../../records/json.ts';
import type { AgentErrorRecord } from '../../records/run-log.ts';
import type { Trajectory } from '../../records/trajectory.ts';
import { blocksFromTrajectory } from './blocks.ts';

/** AgentScope's `SolutionOutput`. */
export type SolutionFile = JsonObject & { success: boolean; output: string; trajectory: JsonObject[]; meta: JsonObject | null };

/** What a slot of a run came to. */
export interface AnsweredSlot {
  trajectory?: Trajectory;
  error?: AgentErrorRecord;
}

/** The content of `solution.json`; a slot without an answer is one without success. */
export function solutionOf({ trajectory, error }: AnsweredSlot): SolutionFile {
  if (!trajectory) {
    const { kind, message, status } = error ?? { kind: 'agent-error', message: 'there is no answer' };
    const meta = { error_type: kind, error_message: message, ...(status === undefined ? {} : { status_code: status }) };
    return { success: false, output: '', trajectory: [], meta };
  }
  const traceId = trajectory.turns.at(-1)?.traceId;
  const known = {
    ...(trajectory.latencyMs === undefined ? {} : { latency_ms: trajectory.latencyMs }),
    ...(traceId === undefined ? {} : { traceId }),
  };
  const meta = Object.keys(known).length === 0 ? null : known;
  return { success: true, output: trajectory.turns.at(-1)?.output ?? '', trajectory: blocksFromTrajectory(trajectory), meta };
}
