import type { BaselineInfo } from '../records/assessment.ts';
import type { Policy } from '../records/policy.ts';
import type { RunIndex } from '../records/run-index.ts';

/** One run, the baseline runs it is compared with (newest first), and how to judge. */
export interface ComparisonInput {
  current: RunIndex;
  pool: readonly RunIndex[];
  baseline: BaselineInfo;
  policy: Policy;
  /** The suite has its answers compared with the baseline's by a judge: one test more in gate C, where the policy gates checkers. */
  hasPreference?: boolean;
}
