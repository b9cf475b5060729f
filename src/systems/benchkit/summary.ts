/** What `summary.json` counts of one case. */
export interface SummaryCase {
  overall_result?: unknown;
  /** `error`: the agent gave no answer; anything else counts as executed. */
  execution_status?: unknown;
}

/** The block `summary` of `summary.json`. Rates are 0..1. */
export interface Summary {
  total: number;
  execution_stage: { execution_error: number; valid_execution: number; valid_execution_rate: number };
  check_stage: { check_success: number; check_partial: number; check_failure: number; check_error: number; task_completion_rate: number };
}

/**
 * Counts the cases. `task_completion_rate` is Success / (Success + Partial + Failure) of those whose execution did not fail, so that errors
 * of checkers are outside of it; 0 where nothing is left. No cases give zeros.
 */
export function summarize(cases: readonly SummaryCase[]): Summary {
  const executed = cases.filter(({ execution_status }) => execution_status !== 'error');
  const count = (word: string) => executed.filter(({ overall_result }) => overall_result === word).length;
  const [success, partial, failure] = [count('Success'), count('Partial'), count('Failure')];
  return {
    total: cases.length,
    execution_stage: {
      execution_error: cases.length - executed.length,
      valid_execution: executed.length,
      valid_execution_rate: share(executed.length, cases.length),
    },
    check_stage: {
      check_success: success,
      check_partial: partial,
      check_failure: failure,
      check_error: count('Error'),
      task_completion_rate: share(success, success + partial + failure),
    },
  };
}

function share(part: number, whole: number): number {
  return whole === 0 ? 0 : part / whole;
}
