import { Fingerprints } from './run-log.ts';
import * as z from './schema.ts';
import { ScoredScore, UnscoredScore } from './score.ts';

/** Raised only when an older reader would misread a newer file. */
export const judgementsSchemaVersion = 1;

/** First line of `judgements.jsonl`: whose answers were scored again, how often, and by which checkers. */
export const JudgementsHeader = z.looseObject({
  type: z.literal('judgements'),
  schemaVersion: z.int(),
  runId: z.string(),
  at: z.iso.datetime(),
  rejudge: z.described(z.int().check(z.minimum(1)), 'scores per answer and checker'),
  fingerprints: z.described(Fingerprints.shape.score.clone(), 'of these checkers, by name'),
});
export type JudgementsHeader = z.infer<typeof JudgementsHeader>;

const judgementFields = {
  type: z.literal('judgement'),
  sample: z.described(z.string(), 'sample id'),
  epoch: z.int().check(z.minimum(1)),
  checker: z.string(),
  n: z.described(z.int().check(z.minimum(1)), 'which of the scores of this answer, from 1'),
};

/** One score of a recorded answer, which decides nothing: it only shows how much the checker's word varies. */
export const JudgementRecord = z.discriminatedUnion('kind', [z.extend(ScoredScore, judgementFields), z.extend(UnscoredScore, judgementFields)]);
export type JudgementRecord = z.infer<typeof JudgementRecord>;
