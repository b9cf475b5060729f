import { Json } from './json.ts';
import * as z from './schema.ts';
import { JudgeUsage, ScoredScore, UnscoredScore } from './score.ts';
import { Trajectory } from './trajectory.ts';

/** Raised only when an older reader would misread a newer file. */
export const agreementSchemaVersion = 1;

/** What a line of a labels file says beside the fields of a sample. */
export const LabelledAnswer = z.looseObject({
  id: z.optional(z.string()),
  output: z.optional(Json),
  trajectory: z.described(z.optional(Trajectory), 'instead of the output: all that the agent did'),
  label: z.described(z.union([z.string(), z.number(), z.boolean()]), 'pass or fail, a number 0..1, or one of the choices of the judge'),
  rubric: z.described(z.optional(z.string()), 'of this line; absent: that of the checker'),
});
export type LabelledAnswer = z.infer<typeof LabelledAnswer>;

/** First line of `judge-agreement.jsonl`. */
export const AgreementHeader = z.looseObject({ type: z.literal('judge-agreement'), schemaVersion: z.int(), at: z.iso.datetime() });
export type AgreementHeader = z.infer<typeof AgreementHeader>;

const judgedFields = {
  type: z.literal('judged-label'),
  answer: z.described(z.string(), 'digest of the line without its label'),
  fingerprint: z.described(z.string(), 'of the checker'),
};

/** What the judge said of one line of the labels. */
export const JudgedLabel = z.discriminatedUnion('kind', [z.extend(ScoredScore, judgedFields), z.extend(UnscoredScore, judgedFields)]);
export type JudgedLabel = z.infer<typeof JudgedLabel>;

const rate = z.number().check(z.minimum(0), z.maximum(1));
const interval = z.described(z.tuple([z.number(), z.number()]), '95 % interval, low and high');
const Kappa = z.looseObject({ value: z.number(), standardError: z.number(), interval: z.optional(interval) });
const Agreeing = {
  agreement: z.described(rate.clone(), 'share of the answers that both put into the same category'),
  agreementInterval: z.described(interval.clone(), '95 % interval (Wilson)'),
  kappa: z.described(z.optional(Kappa), "Cohen's; absent: judge or people always say the same, so that chance alone would make them agree"),
};

/** How far a judge agrees with people. */
export const JudgeAgreement = z.looseObject({
  schemaVersion: z.int(),
  suite: z.string(),
  checker: z.string(),
  labels: z.described(z.int(), 'answers with a label'),
  scored: z.described(z.int(), 'of these, with a score of the judge'),
  unscored: z.array(z.looseObject({ id: z.string(), line: z.int(), reason: z.string() })),
  unasked: z.described(z.int(), 'the command was stopped, or the budget is used up'),
  kind: z.described(z.enum(['verdict', 'choice', 'number']), 'what the labels are'),
  threshold: z.described(rate.clone(), 'from which on a number passes'),
  ...z.looseObject(Agreeing).shape,
  agreement: z.optional(Agreeing.agreement),
  agreementInterval: z.optional(Agreeing.agreementInterval),
  weightedKappa: z.described(z.optional(Kappa), 'with quadratic weights, where the categories are worth numbers'),
  atThreshold: z.described(z.optional(z.looseObject(Agreeing)), 'of pass and fail, where the labels are more than that'),
  categories: z.array(z.string()),
  table: z.described(z.array(z.array(z.int())), 'answers by label of the people (rows) and of the judge (columns)'),
  disagreements: z.array(z.looseObject({ id: z.string(), line: z.int(), label: z.string(), judge: z.string(), value: rate, reason: z.string() })),
  usage: z.optional(JudgeUsage),
});
export type JudgeAgreement = z.infer<typeof JudgeAgreement>;
