import * as z from '../records/schema.ts';
import { agentloopFields, optional, text } from '../systems/agentloop/entry.ts';

/** Samples from a dataset of AgentLoop. */
export const AgentloopSamplesEntry = z
  .strictObject({
    ...agentloopFields,
    dataset: z.described(text.clone(), 'name of the dataset'),
    query: optional(text.clone(), 'a statement that is asked once, as it is; all its rows are taken, and maxRows does not count'),
    maxRows: optional(z.int().check(z.minimum(1), z.maximum(1_000_000)), 'rows at most, where there is no query; 1..1000000; default 1000'),
    groundTruthField: optional(
      z.string().check(z.regex(/^[\p{L}\p{N}_$][^{}\r\n]*$/u, 'expected the name of a column')),
      'column that holds the expected output; default: none',
    ),
  })
  .check(
    z.refine(({ workspace, agentSpace }) => (workspace == null) !== (agentSpace == null), 'expected exactly one of "workspace" and "agentSpace"'),
    z.refine(({ region, endpoint }) => region != null || endpoint != null, 'expected "region", such as cn-hangzhou'),
  );
export type AgentloopSamplesEntry = z.infer<typeof AgentloopSamplesEntry>;
