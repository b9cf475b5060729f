import type { Json } from './json.ts';
import type { AgentErrorRecord, Outcome } from './run-log.ts';
import type { Input } from './sample.ts';
import type { Score } from './score.ts';
import type { Trajectory } from './trajectory.ts';

/** All that was recorded of one slot, for the few samples that a report shows. */
export interface SlotEvidence {
  epoch: number;
  outcome: Outcome;
  /** When it was asked first, ISO; only where times were asked for. */
  startedAt?: string;
  /** The W3C trace of the answer, as the run log has it. */
  traceId?: string;
  trajectory?: Trajectory;
  error?: AgentErrorRecord;
  scores: { checker: string; score: Score }[];
}

/** Both sides of one sample. */
export interface SampleEvidence {
  id: string;
  input?: Input;
  expected?: Json;
  baseline: SlotEvidence[];
  current: SlotEvidence[];
}
