/** What ADK says of a metric or of a case. */
export type EvalStatus = 'PASSED' | 'FAILED' | 'NOT_EVALUATED' | 'INFORMATIONAL';

/** The numbers by which result files name them. */
export const statusNumbers: Readonly<Record<EvalStatus, number>> = { PASSED: 1, FAILED: 2, NOT_EVALUATED: 3, INFORMATIONAL: 4 };

/** Passed when the score reaches the threshold; without a score it was not evaluated. */
export function statusOf(score: number | null, threshold: number): EvalStatus {
  if (score === null) return 'NOT_EVALUATED';
  return score >= threshold ? 'PASSED' : 'FAILED';
}

/**
 * The status of one case: failed when a metric failed, else passed when one passed. Metrics that were not evaluated or
 * only inform decide nothing, so a case with no other is not evaluated; a summary counts all but passed cases as failed.
 */
export function finalStatus(metrics: readonly EvalStatus[]): { finalEvalStatus: EvalStatus; countsAs: 'passed' | 'failed' } {
  const finalEvalStatus = metrics.includes('FAILED') ? 'FAILED' : metrics.includes('PASSED') ? 'PASSED' : 'NOT_EVALUATED';
  return { finalEvalStatus, countsAs: finalEvalStatus === 'PASSED' ? 'passed' : 'failed' };
}

/** The mean; null without a number. Nulls are left out. */
export function meanOf(values: readonly (number | null)[]): number | null {
  const known = values.filter((value) => value !== null);
  return known.length === 0 ? null : known.reduce((sum, value) => sum + value, 0) / known.length;
}

/** One metric of one case over several runs: the scores of all turns of all runs in one mean. */
export function poolRuns(threshold: number, runs: readonly (readonly (number | null)[])[]): { score: number | null; status: EvalStatus } {
  const score = meanOf(runs.flat());
  return { score, status: statusOf(score, threshold) };
}
