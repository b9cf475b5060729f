import * as z from './schema.ts';

export const notEvaluatedSchemaVersion = 1;

/** File of a run that asked nothing. Never a run log: it cannot be compared with, re-scored or taken for a pass. */
export const notEvaluatedFile = 'not-evaluated.json';

/** A suite that was left out because environment variables have no value. */
export const NotEvaluatedSuite = z.looseObject({
  suite: z.string().check(z.minLength(1), z.maxLength(200)),
  variables: z.described(z.array(z.string().check(z.maxLength(200))).check(z.maxLength(100)), 'names of the variables that have no value'),
});
export type NotEvaluatedSuite = z.infer<typeof NotEvaluatedSuite>;

/** What a workflow run stores of suites that it did not evaluate, so that the publishing run can say so. */
export const NotEvaluated = z.looseObject({
  schemaVersion: z.int(),
  suites: z.array(NotEvaluatedSuite).check(z.minLength(1), z.maxLength(20)),
});
export type NotEvaluated = z.infer<typeof NotEvaluated>;
