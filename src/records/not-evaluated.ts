import * as z from './schema.ts';

export const notEvaluatedSchemaVersion = 1;

/** File of a suite that asked nothing. Never a run log: it cannot be compared with, re-scored or taken for a pass. */
export const notEvaluatedFile = 'not-evaluated.json';

/** What a workflow run stores of a suite that it left out, because environment variables have no value, so that the publishing run can say so. */
export const NotEvaluated = z.looseObject({
  schemaVersion: z.int(),
  suite: z.string().check(z.minLength(1), z.maxLength(200)),
  variables: z.described(z.array(z.string().check(z.maxLength(200))).check(z.maxLength(100)), 'names of the variables that have no value'),
});
export type NotEvaluated = z.infer<typeof NotEvaluated>;
