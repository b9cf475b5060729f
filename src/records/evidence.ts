import { Json } from './json.ts';
import { AgentErrorRecord, Outcome } from './run-log.ts';
import { Input } from './sample.ts';
import * as z from './schema.ts';
import { Score } from './score.ts';
import { Trajectory } from './trajectory.ts';

/** All that was recorded of one slot, for the few samples that a report shows. */
export const SlotEvidence = z.looseObject({
  epoch: z.int().check(z.minimum(1)),
  outcome: Outcome,
  startedAt: z.described(z.optional(z.string()), 'when it was asked first, ISO; only where times were asked for'),
  traceId: z.described(z.optional(z.string()), 'the W3C trace of the answer, as the run log has it'),
  trajectory: z.optional(Trajectory),
  error: z.optional(AgentErrorRecord),
  scores: z.array(z.looseObject({ checker: z.string(), score: Score })),
});
export interface SlotEvidence {
  epoch: number;
  outcome: Outcome;
  startedAt?: string;
  traceId?: string;
  trajectory?: Trajectory;
  error?: AgentErrorRecord;
  scores: { checker: string; score: Score }[];
}

/** Both sides of one sample, a line of `evidence.jsonl`. */
export const SampleEvidence = z.looseObject({
  id: z.string(),
  input: z.optional(Input),
  expected: z.optional(Json),
  baseline: z.array(SlotEvidence),
  current: z.array(SlotEvidence),
});
export interface SampleEvidence {
  id: string;
  input?: Input;
  expected?: Json;
  baseline: SlotEvidence[];
  current: SlotEvidence[];
}
