import { Json } from '../../records/json.ts';
import * as z from '../../records/schema.ts';
import { type SampleStatus, sampleStatusOf } from './controller.ts';

const Index = z.union([z.int(), z.string()]);

export const HistoryEntry = z.looseObject({ role: z.enum(['user', 'agent']), content: z.string() });
export type HistoryEntry = z.infer<typeof HistoryEntry>;

const Status = z.pipe(
  z.string().check(z.refine((text) => sampleStatusOf(text) !== undefined, 'not a status of AgentBench, such as "completed"')),
  z.transform((text): SampleStatus => sampleStatusOf(text) ?? 'unknown'),
);

/** What a task says of a sample: `output` of a record. An absent status is `running`, as in the original. */
export const TaskOutput = z.looseObject({
  index: z.nullish(Index),
  status: z._default(Status, 'running'),
  result: z.optional(Json),
  history: z.nullish(z.array(HistoryEntry)),
});
export type TaskOutput = z.infer<typeof TaskOutput>;

/** A line of runs.jsonl or error.jsonl of v0.2. */
export const RunLine = z.looseObject({
  index: Index,
  error: z.nullish(z.string()),
  info: z.nullish(z.string()),
  output: z.nullish(TaskOutput),
  time: z.looseObject({ timestamp: z.optional(z.number()), str: z.optional(z.string()) }),
});
export type RunLine = z.infer<typeof RunLine>;

/** A line of generation.jsonl of v0.1, which is written sample by sample. */
export const GenerationLine = z.looseObject({
  index: z.int().check(z.minimum(0)),
  input: z.optional(Json),
  output: z.optional(Json),
  history: z.nullish(z.array(HistoryEntry)),
  exception_raised: z.nullish(z.boolean()),
});
export type GenerationLine = z.infer<typeof GenerationLine>;

/** A line of runs.jsonl of v0.1, which is written at the end. */
export const TargetLine = z.looseObject({
  index: z.int().check(z.minimum(0)),
  input: z.optional(Json),
  output: z.optional(Json),
  target: z.optional(Json),
});
export type TargetLine = z.infer<typeof TargetLine>;
