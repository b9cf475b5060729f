import * as z from '../../records/schema.ts';
import { type SampleIndex, type SampleStatus, sampleStatuses } from './controller.ts';

/** Which samples of an agent and task are still to be asked. */
export interface Remaining {
  /** There is an overall.json: nothing of the pair is asked again. */
  isSkipped: boolean;
  remaining: SampleIndex[];
  /** In the order of the records. */
  completed: SampleIndex[];
  /** Finished, but not among the indices of the task. */
  unknown: SampleIndex[];
}

/**
 * What a line must have to count: a `time`, an index that is not null, and an output that the original would accept, whose
 * status, where given, is one of its own spelling. Whatever that status is, the sample is done; an error beside it changes nothing.
 */
const DoneLine = z.looseObject({
  index: z.union([z.number(), z.string()]),
  error: z.nullish(z.union([z.string(), z.number()])),
  info: z.nullish(z.union([z.string(), z.number()])),
  output: z.looseObject({
    index: z.nullish(z.union([z.number(), z.string()])),
    status: z.optional(z.string().check(z.refine((text) => sampleStatuses.includes(text as SampleStatus)))),
    history: z.nullish(z.array(z.looseObject({ role: z.enum(['user', 'agent']), content: z.union([z.string(), z.number()]) }))),
  }),
});

/** The rule of AgentBench v0.2 for an output folder that exists; error.jsonl is never read. */
export function remainingIndices(given: {
  indices: readonly SampleIndex[];
  /** Lines of runs.jsonl; what cannot be read does not count. */
  lines: readonly string[];
  hasOverall: boolean;
}): Remaining {
  if (given.hasOverall) return { isSkipped: true, remaining: [], completed: [], unknown: [] };
  const remaining = [...given.indices];
  const completed: SampleIndex[] = [];
  const unknown: SampleIndex[] = [];
  for (const line of given.lines) {
    const index = doneIndex(line);
    if (index === undefined) continue;
    const place = remaining.indexOf(index);
    if (place === -1) unknown.push(index);
    else {
      remaining.splice(place, 1);
      completed.push(index);
    }
  }
  return { isSkipped: false, remaining, completed, unknown };
}

function doneIndex(line: string): SampleIndex | undefined {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return undefined;
  }
  const parsed = DoneLine.safeParse(value);
  return parsed.success && typeof value === 'object' && value !== null && Object.hasOwn(value, 'time') ? parsed.data.index : undefined;
}
