import { noCheck, type SuiteCheck, startCheck } from '../github/suite-check.ts';
import type { RunContext } from './run-context.ts';

/** Opens the check before anything is asked; without permission the run goes on without one. */
export async function startSuiteCheck(context: RunContext, suite: string): Promise<SuiteCheck> {
  const { inputs, event } = context;
  const mode = inputs.check;
  if (mode === 'off') return noCheck({ kind: 'skipped', reason: 'check: off' });
  const readOnly = whyReadOnly(context);
  if (readOnly) return noCheck({ kind: 'skipped', reason: readOnly });
  const jobCheckId = inputs['job-check-run-id'];
  const run = { id: event.runId, attempt: event.runAttempt, headSha: event.headSha, url: context.runUrl };
  return startCheck(context, { mode, suite, run, ...(jobCheckId === undefined ? {} : { jobCheckId }) });
}

/** Why nothing may be written to GitHub; undefined when it may. */
export function whyReadOnly({ event, hasToken }: RunContext): string | undefined {
  if (event.pullRequest?.isFork) return 'the token of a pull request from a fork is read-only';
  return hasToken ? undefined : 'there is no token (input `github-token`)';
}
