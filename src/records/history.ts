import { type Assessment, VerdictStatus } from './assessment.ts';
import * as z from './schema.ts';

/** Rows that a history keeps, the newest ones. */
export const maxHistoryRows = 90;

const rate = z.number().check(z.minimum(0), z.maximum(1));
const amount = z.number().check(z.minimum(0), z.maximum(1e12));
const whole = z.int().check(z.minimum(0), z.maximum(1e9));

/**
 * One run of a suite in `history.jsonl`, newest last. Keys that are not listed here are not kept: a row travels from run
 * to run, and must not carry what nobody reads.
 */
export const HistoryRow = z.object({
  runId: z.described(z.string().check(z.regex(/^[\w.:-]{1,100}$/)), 'of the workflow run, or of the run log outside of a workflow'),
  attempt: z.described(z.int().check(z.minimum(1), z.maximum(1e6)), 'of the workflow run; 1 outside of one'),
  at: z.described(z.iso.datetime(), 'start of the run'),
  suite: z.string().check(z.maxLength(500)),
  event: z.described(z.string().check(z.regex(/^[a-z_]{1,40}$/)), 'push, schedule, workflow_dispatch, merge_group, pull_request, local'),
  sha: z.described(z.optional(z.string().check(z.regex(/^[0-9a-f]{7,64}$/))), 'of the code under test'),
  verdict: VerdictStatus,
  complete: z.described(z.boolean(), 'false: the run stopped before its end'),
  passRate: z.described(z.optional(rate.clone()), 'absent when nothing has a verdict'),
  interval: z.described(z.optional(z.tuple([rate, rate])), '95 % interval of the pass rate'),
  baselineRate: z.described(z.optional(rate.clone()), 'of its baseline, on the samples that were compared'),
  samples: z.described(whole.clone(), 'of this run'),
  n: z.described(whole.clone(), 'slots that passed or failed'),
  regressed: z.described(z.optional(whole.clone()), 'samples that got worse'),
  costUsd: z.optional(amount),
  latencyMs: z.described(z.optional(amount.clone()), 'median of the answered slots'),
  accepted: z.described(z.optional(z.boolean()), 'a person with write access accepted the regression'),
});
export type HistoryRow = z.infer<typeof HistoryRow>;

/** Who ran it: the part of a row that the assessment does not know. */
export interface HistoryOrigin {
  runId: string;
  attempt: number;
  /** Name of the workflow event; `local` outside of a workflow. */
  event: string;
  sha?: string;
}

/** A row that two histories may both have: one attempt of one run of a suite. */
export function historyKey({ runId, attempt, suite }: Pick<HistoryRow, 'runId' | 'attempt' | 'suite'>): string {
  return `${runId}/${attempt}/${suite}`;
}

/** The row of one run; undefined when its identity or its numbers are not fit for one, as with a damaged assessment. */
export function historyRowOf(assessment: Assessment, origin?: HistoryOrigin): HistoryRow | undefined {
  const { verdict, run, outcomes, counts, cost, passRateInterval: interval } = assessment;
  const sha = origin?.sha ?? run.sha;
  const passRate = assessment.passRate ?? assessment.suiteEffect?.rate;
  const isAccepted = assessment.acceptance !== undefined && assessment.acceptance !== null;
  const row: Record<string, unknown> = {
    runId: origin?.runId ?? run.runId,
    attempt: origin?.attempt ?? 1,
    at: run.startedAt,
    suite: assessment.suite,
    event: origin?.event ?? 'local',
    ...(sha === undefined ? {} : { sha }),
    verdict: verdict.status,
    complete: verdict.complete,
    ...(passRate === undefined ? {} : { passRate }),
    ...(interval === undefined ? {} : { interval }),
    ...(assessment.suiteEffect ? { baselineRate: assessment.suiteEffect.baselineRate } : {}),
    samples: assessment.samples.length - (counts.removed ?? 0),
    n: (outcomes.pass ?? 0) + (outcomes.fail ?? 0),
    ...(counts.regressed ? { regressed: counts.regressed } : {}),
    ...(cost.costUsd === undefined ? {} : { costUsd: cost.costUsd }),
    ...(run.latencyMs === undefined ? {} : { latencyMs: run.latencyMs }),
    ...(isAccepted ? { accepted: true } : {}),
  };
  return HistoryRow.safeParse(row).data;
}

/** What lies between the last good and the first bad run. */
export type Suspects =
  /** Nothing: it was the same commit. */
  | { kind: 'same' }
  | { kind: 'range'; from: string; to: string; total: number; isRewritten: boolean; commits: SuspectCommit[] }
  | { kind: 'unknown'; why: string };

export interface SuspectCommit {
  sha: string;
  /** First line of the message: hostile text. */
  title: string;
  /** Login or name: hostile text. */
  author: string;
}
