// Checking: what a check list says of an answer, what a checker result means, and what a folder of them sums up to.
export { type CheckMaterial, CheckProblem, checkTypes, runCheck } from '../systems/benchkit/checks.ts';
export type { EnvironmentFile } from '../systems/benchkit/entities.ts';
export { resultRecord } from '../systems/benchkit/result-record.ts';
export { type CheckAttempts, checkWithRetries, isRetryable } from '../systems/benchkit/retry.ts';
export { standardize } from '../systems/benchkit/standardize.ts';
export { type Summary, type SummaryCase, summarize } from '../systems/benchkit/summary.ts';
export { type Conclusion, type ItemResult, overallFromItems, scoreOfResult, type Verdict, verdictOf } from '../systems/benchkit/verdict.ts';
