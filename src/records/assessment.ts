import { z } from 'zod';
import { Outcome } from './run-log.ts';

export const assessmentSchemaVersion = 1;

/** A change in percentage points is a fraction here: −0.072 is −7.2 pp. Rates and p-values are 0..1. */
const rate = z.number().min(0).max(1);
const interval = z.tuple([z.number(), z.number()]).describe('95 % interval, low and high');

export const VerdictStatus = z.enum(['regressed', 'improved', 'no-change', 'inconclusive', 'no-baseline']);
export type VerdictStatus = z.infer<typeof VerdictStatus>;

export const SampleClass = z.enum(['regressed', 'suspect', 'fixed', 'flaky', 'stable-pass', 'stable-fail', 'errored', 'new', 'removed']);
export type SampleClass = z.infer<typeof SampleClass>;

export const Effect = z.enum(['regressed', 'improved', 'unchanged', 'inconclusive', 'too-few-samples']);
export type Effect = z.infer<typeof Effect>;

export const BaselineKind = z.enum(['path', 'exact', 'ancestor', 'base-tip', 'default-tip', 'none']);
export type BaselineKind = z.infer<typeof BaselineKind>;

export const BaselineInfo = z.looseObject({
  kind: BaselineKind,
  reason: z.string().optional().describe('why there is none, or why this one'),
  isUnreadable: z.boolean().optional().describe('there may be one, but it could not be asked for'),
  sha: z.string().optional().describe('of the newest run'),
  ref: z.string().optional(),
  distance: z.int().min(0).optional().describe('commits between it and the target'),
  runs: z.int().min(0),
  ageHours: z.number().min(0).optional(),
  url: z.string().optional(),
  notes: z.array(z.string()).optional().describe('fingerprint differences, re-scoring, runs left out and why'),
});
export type BaselineInfo = z.infer<typeof BaselineInfo>;

export const SampleAssessment = z.looseObject({
  id: z.string(),
  class: SampleClass,
  baseline: z.looseObject({ passes: z.int(), repeats: z.int() }).optional(),
  current: z.looseObject({ passes: z.int(), repeats: z.int() }).optional().describe('confirmation re-runs included'),
  p: rate.optional().describe('one-sided Fisher p on all repeats; only of samples that were asked again, or of all when re-runs are off'),
  adjusted: rate.optional().describe('discrete Benjamini–Hochberg; only of samples that were screened'),
  scores: z.record(z.string(), z.looseObject({ baseline: rate.optional(), current: rate.optional() })).describe('mean value by checker'),
  file: z.string().optional(),
  line: z.int().min(1).optional(),
  critical: z.boolean().optional(),
  changes: z.array(z.string()).optional().describe('what changed, in words'),
});
export type SampleAssessment = z.infer<typeof SampleAssessment>;

export const CheckerAssessment = z.looseObject({
  name: z.string(),
  required: z.boolean().optional(),
  baseline: z.looseObject({ mean: rate, n: z.int() }).optional(),
  current: z.looseObject({ mean: rate, n: z.int() }).optional(),
  change: z.number().optional(),
  interval: interval.optional(),
  p: rate.optional(),
  effect: Effect,
});
export type CheckerAssessment = z.infer<typeof CheckerAssessment>;

export const MetricAssessment = z.looseObject({
  name: z.string(),
  baseline: z.number().optional().describe('geometric mean over the samples'),
  current: z.number().optional(),
  ratio: z.number().optional().describe('current / baseline; above 1 is more'),
  interval: interval.optional(),
  effect: Effect,
});
export type MetricAssessment = z.infer<typeof MetricAssessment>;

export const SliceAssessment = z.looseObject({
  name: z.string(),
  samples: z.int(),
  baselineRate: rate.optional(),
  rate: rate.optional(),
  change: z.number().optional(),
  p: rate.optional(),
  effect: Effect,
});
export type SliceAssessment = z.infer<typeof SliceAssessment>;

/** The one verdict object that feeds every output. */
export const Assessment = z.looseObject({
  schemaVersion: z.int(),
  suite: z.string(),
  verdict: z.looseObject({
    status: VerdictStatus,
    reasons: z.array(z.string()).describe('in words, the deciding one first'),
    exitCode: z.int(),
    minimalDetectableDrop: rate.optional().describe('true drop of the pass rate found in 80 % of the runs'),
    excludedDrop: z.number().optional().describe('drops above this are excluded with 95 % confidence'),
    complete: z.boolean().describe('false: a partial run, never a pass'),
    gates: z.looseObject({}).optional().describe('how this was decided, with the numbers'),
  }),
  run: z.looseObject({
    runId: z.string().optional(),
    sha: z.string().optional(),
    startedAt: z.string().optional(),
    durationMs: z.number().optional(),
    agent: z.string().optional(),
    repeats: z.int().optional(),
    stopReason: z.string().optional(),
  }),
  baseline: BaselineInfo,
  suiteEffect: z
    .looseObject({
      baselineRate: rate,
      rate,
      rateInterval: interval.optional(),
      change: z.number(),
      interval,
      pWorse: rate,
      pBetter: rate,
    })
    .optional()
    .describe('absent when nothing could be compared'),
  passRate: rate.optional().describe('of this run alone; absent when no slot has an outcome'),
  score: z
    .looseObject({ baseline: rate.optional(), current: rate.optional() })
    .optional()
    .describe('mean weighted by sample and checker; absent when every weight is 1 and every score 0 or 1'),
  checkers: z.array(CheckerAssessment),
  metrics: z.array(MetricAssessment),
  slices: z.array(SliceAssessment),
  counts: z.record(SampleClass, z.int()),
  outcomes: z.record(Outcome, z.int()).describe('slots of this run by outcome'),
  samples: z.array(SampleAssessment),
  cost: z.looseObject({
    agentCalls: z.int(),
    judgeCalls: z.int(),
    inputTokens: z.number().optional(),
    outputTokens: z.number().optional(),
    costUsd: z.number().optional(),
  }),
});
export type Assessment = z.infer<typeof Assessment>;
