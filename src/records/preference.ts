import * as z from './schema.ts';
import { JudgeUsage } from './score.ts';

/** Raised only when an older reader would misread a newer file. */
export const preferencesSchemaVersion = 1;

/** First line of `preferences.jsonl`: whose answers were compared. */
export const PreferencesHeader = z.looseObject({
  type: z.literal('preferences'),
  schemaVersion: z.int(),
  runId: z.described(z.string(), 'of the run beside which the file lies'),
  at: z.iso.datetime(),
});
export type PreferencesHeader = z.infer<typeof PreferencesHeader>;

const fields = {
  type: z.literal('preference'),
  sample: z.described(z.string(), 'sample id'),
  epoch: z.described(z.int().check(z.minimum(1)), 'of the answer of this run'),
  baselineRun: z.described(z.string(), 'id of the run that the other answer is of'),
  baselineEpoch: z.int().check(z.minimum(1)),
  fingerprint: z.described(z.string(), 'of judge, rubric, votes and prompt, and of what the sample expects'),
  settings: z.described(z.string(), 'of what was asked of every sample alike: judge, rubric as it was written, votes and prompt'),
  reason: z.string(),
  judge: z.described(z.optional(JudgeUsage), 'what asking took; absent: the two answers are the same text'),
};

/** What the judge says of one answer beside one of the baseline's, both orders together. */
export const PreferenceRecord = z.discriminatedUnion('kind', [
  z.looseObject({ ...fields, kind: z.literal('scored'), preferred: z.enum(['current', 'tie', 'baseline']) }),
  z.looseObject({ ...fields, kind: z.literal('unscored') }),
]);
export type PreferenceRecord = z.infer<typeof PreferenceRecord>;
