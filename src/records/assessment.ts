import { Acceptance, VoidAcceptance } from './acceptance.ts';
import { Outcome } from './run-log.ts';
import * as z from './schema.ts';
import { JudgeUsage } from './score.ts';

export { assessmentSchemaVersion } from './schema-versions.ts';

/** A change in percentage points is a fraction here: −0.072 is −7.2 pp. Rates and p-values are 0..1. */
const rate = z.number().check(z.minimum(0), z.maximum(1));
const interval = z.described(z.tuple([z.number(), z.number()]), '95 % interval, low and high');

export const VerdictStatus = z.enum(['regressed', 'improved', 'no-change', 'inconclusive', 'no-baseline']);
export type VerdictStatus = z.infer<typeof VerdictStatus>;

export const SampleClass = z.enum(['regressed', 'suspect', 'fixed', 'flaky', 'stable-pass', 'stable-fail', 'errored', 'new', 'removed', 'waived']);
export type SampleClass = z.infer<typeof SampleClass>;

export const Effect = z.enum(['regressed', 'improved', 'unchanged', 'inconclusive', 'too-few-samples']);
export type Effect = z.infer<typeof Effect>;

export const BaselineKind = z.enum(['path', 'agent', 'exact', 'ancestor', 'base-tip', 'default-tip', 'none']);
export type BaselineKind = z.infer<typeof BaselineKind>;

export const BaselineAbsence = z.enum([
  'off',
  'first-run',
  'expired',
  'no-release',
  'incompatible',
  'no-permission',
  'unreachable',
  'unreadable',
  'unfinished',
  'untrusted',
  'not-found',
]);
export type BaselineAbsence = z.infer<typeof BaselineAbsence>;

export const BaselineInfo = z.looseObject({
  kind: BaselineKind,
  absence: z.described(z.optional(BaselineAbsence), 'why there is none, in one word'),
  reason: z.described(z.optional(z.string()), 'why there is none, or why this one'),
  isUnreadable: z.described(z.optional(z.boolean()), 'there may be one, but it could not be asked for'),
  agent: z.described(z.optional(z.string()), 'endpoint or type of the second agent that was asked in the same run'),
  sha: z.described(z.optional(z.string()), 'of the newest run'),
  ref: z.optional(z.string()),
  distance: z.described(z.optional(z.int().check(z.minimum(0))), 'commits between it and the target'),
  release: z.described(z.optional(z.string()), 'tag of the release that was compared with'),
  event: z.described(z.optional(z.string()), 'what started the newest run, such as push or schedule'),
  isOtherBranch: z.described(z.optional(z.boolean()), 'not of the branch that the pull request goes into'),
  isSameCommit: z.described(z.optional(z.boolean()), 'the newest run is of the very commit that runs now: a change is not one of the code'),
  match: z.described(
    z.optional(z.enum(['exact', 're-scored', 'partial'])),
    'same samples and checkers; the same answers under other checkers, scored again; or other samples too, so that only the shared ones are compared',
  ),
  runs: z.int().check(z.minimum(0)),
  ageHours: z.optional(z.number().check(z.minimum(0))),
  expiresInHours: z.described(z.optional(z.number().check(z.minimum(0))), 'only when that is soon'),
  url: z.optional(z.string()),
  notes: z.described(z.optional(z.array(z.string())), 'fingerprint differences, re-scoring, runs left out and why'),
});
export type BaselineInfo = z.infer<typeof BaselineInfo>;

export const SampleAssessment = z.looseObject({
  id: z.string(),
  class: SampleClass,
  baseline: z.optional(z.looseObject({ passes: z.int(), repeats: z.int() })),
  current: z.described(z.optional(z.looseObject({ passes: z.int(), repeats: z.int() })), 'confirmation re-runs included'),
  p: z.described(z.optional(rate), 'one-sided Fisher p on all repeats; only of samples that were asked again, or of all when re-runs are off'),
  adjusted: z.described(z.optional(rate), 'discrete Benjamini–Hochberg; only of samples that were screened'),
  scores: z.described(z.record(z.string(), z.looseObject({ baseline: z.optional(rate), current: z.optional(rate) })), 'mean value by checker'),
  file: z.optional(z.string()),
  line: z.optional(z.int().check(z.minimum(1))),
  critical: z.optional(z.boolean()),
  changes: z.described(z.optional(z.array(z.string())), 'what changed, in words'),
});
export type SampleAssessment = z.infer<typeof SampleAssessment>;

const PassK = z.looseObject({
  passAtK: z.described(rate.clone(), 'chance that at least one of k repeats passes, unbiased, mean over the samples'),
  passHatK: z.described(rate.clone(), 'chance that all of k repeats pass'),
  samples: z.described(z.int(), 'with at least k repeats that have a verdict'),
});
export const PassKAssessment = z.looseObject({ k: z.int(), baseline: z.optional(PassK), current: z.optional(PassK) });
export type PassKAssessment = z.infer<typeof PassKAssessment>;

export const WaiverAssessment = z.looseObject({
  sample: z.described(z.string(), 'id'),
  reason: z.string(),
  until: z.described(z.string(), 'last day on which it holds, 2026-12-31'),
  isLapsed: z.described(z.boolean(), 'true: it waives nothing any more'),
});
export type WaiverAssessment = z.infer<typeof WaiverAssessment>;

export const CheckerAssessment = z.looseObject({
  name: z.string(),
  required: z.optional(z.boolean()),
  baseline: z.optional(z.looseObject({ mean: rate, n: z.int() })),
  current: z.optional(z.looseObject({ mean: rate, n: z.int() })),
  change: z.optional(z.number()),
  interval: z.optional(interval),
  p: z.optional(rate),
  effect: Effect,
});
export type CheckerAssessment = z.infer<typeof CheckerAssessment>;

export const MetricAssessment = z.looseObject({
  name: z.string(),
  baseline: z.described(z.optional(z.number()), 'geometric mean over the samples'),
  current: z.optional(z.number()),
  ratio: z.described(z.optional(z.number()), 'current / baseline; above 1 is more'),
  interval: z.optional(interval),
  effect: Effect,
});
export type MetricAssessment = z.infer<typeof MetricAssessment>;

export const SliceAssessment = z.looseObject({
  name: z.string(),
  samples: z.int(),
  baselineRate: z.optional(rate),
  rate: z.optional(rate),
  change: z.optional(z.number()),
  p: z.optional(rate),
  effect: Effect,
});
export type SliceAssessment = z.infer<typeof SliceAssessment>;

/** What scoring every answer several times showed of a checker that may change its mind, such as a judge model. */
export const JudgeNoise = z.looseObject({
  checker: z.string(),
  judgements: z.described(z.int().check(z.minimum(0)), 'scores that were given, of all answers'),
  answers: z.described(z.int().check(z.minimum(0)), 'answers with at least one score'),
  unscored: z.described(z.optional(z.int()), 'judgements that gave no score; absent: none'),
  varianceShare: z.described(
    z.optional(rate),
    "share of the variance between the scores of one sample's repeats that is the judge's own; absent: nothing varies, or one repeat only",
  ),
  splitAnswers: z.described(z.int().check(z.minimum(0)), 'answers that some judgements pass and some fail'),
  splitSamples: z.described(z.int().check(z.minimum(0)), 'samples with such an answer'),
  straddling: z.described(
    z.array(
      z.looseObject({
        sample: z.described(z.string(), 'id'),
        epoch: z.optional(z.int().check(z.minimum(1))),
        passes: z.int().check(z.minimum(0)),
        judgements: z.int().check(z.minimum(1)),
        values: z.optional(z.array(rate)),
      }),
    ),
    'the split answers, the most divided first; at most 50',
  ),
  usage: z.described(z.optional(JudgeUsage), 'what these judgements took'),
});
export type JudgeNoise = z.infer<typeof JudgeNoise>;

/** What a judge says of today's answers beside the baseline's, each pair shown in both orders; an answer by itself is not scored by it. */
export const PreferenceAssessment = z.looseObject({
  samples: z.described(z.int().check(z.minimum(0)), 'with at least one pair that was compared'),
  wins: z.described(z.int().check(z.minimum(0)), "answers that are preferred to the baseline's"),
  ties: z.described(z.int().check(z.minimum(0)), 'as good, or preferred in one order only'),
  losses: z.described(z.int().check(z.minimum(0)), "answers to which the baseline's is preferred"),
  unscored: z.described(z.optional(z.int()), 'pairs of which the judge said nothing that counts; absent: none'),
  unasked: z.described(z.optional(z.int()), 'pairs that the judge was not asked about; absent: none'),
  share: z.described(z.optional(rate), 'mean over the samples of 1 per win, 0.5 per tie and 0 per loss; 0.5 when nothing changed'),
  interval: z.optional(interval.clone()),
  p: z.described(z.optional(rate), 'that it is so low by chance: exact sign-flip test over the samples'),
  effect: Effect,
  reason: z.described(z.optional(z.string()), 'why nothing was compared'),
  worst: z.described(
    z.optional(
      z.array(
        z.looseObject({ sample: z.described(z.string(), 'id'), wins: z.int(), ties: z.int(), losses: z.int(), reason: z.optional(z.string()) }),
      ),
    ),
    'samples that lose, the clearest first; at most 20',
  ),
  usage: z.described(z.optional(JudgeUsage), 'what these comparisons took; in the sums of the cost too'),
});
export type PreferenceAssessment = z.infer<typeof PreferenceAssessment>;

/** The one verdict object that feeds every output. */
export const Assessment = z.looseObject({
  schemaVersion: z.int(),
  suite: z.string(),
  verdict: z.looseObject({
    status: VerdictStatus,
    reasons: z.described(z.array(z.string()), 'in words, the deciding one first'),
    exitCode: z.int(),
    acceptedExitCode: z.described(z.optional(z.int()), 'what it becomes when the regression is accepted; only where a regression decides it'),
    minimalDetectableDrop: z.described(z.optional(rate), 'true drop of the pass rate found in 80 % of the runs'),
    excludedDrop: z.described(z.optional(z.number()), 'drops above this are excluded with 95 % confidence'),
    complete: z.described(z.boolean(), 'false: a partial run, never a pass'),
    gates: z.described(z.optional(z.looseObject({})), 'how this was decided, with the numbers'),
  }),
  run: z.looseObject({
    runId: z.optional(z.string()),
    sha: z.optional(z.string()),
    startedAt: z.optional(z.string()),
    durationMs: z.optional(z.number()),
    importedFrom: z.described(z.optional(z.string()), 'the system that recorded the answers; absent: this tool asked'),
    agent: z.optional(z.string()),
    repeats: z.optional(z.int()),
    latencyMs: z.described(z.optional(z.number().check(z.minimum(0))), 'median of the answered slots'),
    stopReason: z.optional(z.string()),
  }),
  baseline: BaselineInfo,
  acceptance: z.described(z.optional(Acceptance), 'absent: nobody accepted this, or it is void'),
  voidAcceptance: z.optional(VoidAcceptance),
  suiteEffect: z.described(
    z.optional(
      z.looseObject({
        baselineRate: rate,
        rate,
        rateInterval: z.optional(interval),
        change: z.number(),
        interval,
        pWorse: rate,
        pBetter: rate,
      }),
    ),
    'absent when nothing could be compared',
  ),
  passRate: z.described(z.optional(rate), 'of this run alone; absent when no slot has an outcome'),
  passRateInterval: z.described(z.optional(interval.clone()), '95 % interval of the pass rate of this run alone'),
  score: z.described(
    z.optional(z.looseObject({ baseline: z.optional(rate), current: z.optional(rate) })),
    'mean weighted by sample and checker; absent when every weight is 1 and every score 0 or 1',
  ),
  passK: z.described(z.optional(z.array(PassKAssessment)), 'pass@k and pass^k for k = 2 to the planned repeats; absent with one repeat'),
  checkers: z.array(CheckerAssessment),
  metrics: z.array(MetricAssessment),
  slices: z.array(SliceAssessment),
  counts: z.partialRecord(SampleClass, z.int()),
  waivers: z.described(z.optional(z.array(WaiverAssessment)), 'absent when there are none'),
  outcomes: z.described(z.record(Outcome, z.int()), 'slots of this run by outcome'),
  judgeNoise: z.described(z.optional(z.array(JudgeNoise)), 'only after `check RUN --rejudge K`; decides nothing'),
  preference: z.described(z.optional(PreferenceAssessment), 'only where the suite asks for it (`judge.preference`)'),
  samples: z.array(SampleAssessment),
  cost: z.looseObject({
    agentCalls: z.described(z.int(), 'of the agent under test'),
    baselineAgentCalls: z.described(z.optional(z.int()), 'of the second agent; its tokens and its cost are in the sums'),
    judgeCalls: z.int(),
    userCalls: z.described(z.optional(z.int()), 'of the model that plays the user; its tokens and its cost are in the sums; absent: none was asked'),
    inputTokens: z.optional(z.number()),
    outputTokens: z.optional(z.number()),
    costUsd: z.optional(z.number()),
  }),
});
export type Assessment = z.infer<typeof Assessment>;
