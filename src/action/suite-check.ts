import { type CheckConclusion, type CheckOutput, completeCheck, type OpenCheck, openCheck } from '../github/check-run.ts';
import { failedResult, type PublishResult } from '../github/publish-result.ts';
import { suiteSlug } from '../github/suite-slug.ts';
import type { RunContext } from './run-context.ts';

/** The check run of one suite from its first second to its conclusion. Neither call throws. */
export interface SuiteCheck {
  finish(conclusion: CheckConclusion, output?: CheckOutput): Promise<PublishResult>;
}

/** Ids of checks that are open, for the step that runs after a hard kill. */
export const openChecksState = 'open-checks';
const openIds = new Set<number>();

/** Opens the check before anything is asked; without permission the run goes on without one. */
export async function startSuiteCheck(context: RunContext, suite: string): Promise<SuiteCheck> {
  const { inputs, event } = context;
  const mode = inputs.check;
  if (mode === 'off') return noCheck({ kind: 'skipped', reason: 'check: off' });
  const readOnly = whyReadOnly(context);
  if (readOnly) return noCheck({ kind: 'skipped', reason: readOnly });
  try {
    const jobCheckId = inputs['job-check-run-id'];
    const check = await openCheck({
      client: context.writer(),
      mode,
      name: `agent-regress / ${suite}`.slice(0, 120),
      headSha: event.headSha,
      externalId: `${event.runId}-${event.runAttempt}-${suiteSlug(suite)}`,
      detailsUrl: context.runUrl,
      ...(jobCheckId === undefined ? {} : { jobCheckId }),
    });
    remember(context, check, true);
    return { finish: (conclusion, output) => finishCheck(context, check, conclusion, output) };
  } catch (error) {
    return noCheck(failedResult(error));
  }
}

/** Why nothing may be written to GitHub; undefined when it may. */
export function whyReadOnly({ event, hasToken }: RunContext): string | undefined {
  if (event.pullRequest?.isFork) return 'the token of a pull request from a fork is read-only';
  if (event.isDependabot) return 'the token of a Dependabot run is read-only';
  return hasToken ? undefined : 'there is no token (input `github-token`)';
}

function noCheck(result: PublishResult): SuiteCheck {
  return { finish: async () => result };
}

async function finishCheck(context: RunContext, check: OpenCheck, conclusion: CheckConclusion, output?: CheckOutput): Promise<PublishResult> {
  const published: PublishResult = { kind: 'published', ...(check.url === undefined ? {} : { url: check.url }) };
  const complete = (what?: CheckOutput) =>
    completeCheck({ client: context.writer(), check, conclusion, ...(what === undefined ? {} : { output: what }) });
  try {
    await complete(output);
    remember(context, check, false);
    return published;
  } catch (error) {
    if (output === undefined || context.signal.aborted) return failedResult(error);
    // A refused text must not leave the check running.
    return complete().then(
      () => failedResult(error),
      () => failedResult(error),
    );
  }
}

function remember({ host }: RunContext, check: OpenCheck, isOpen: boolean): void {
  if (!check.isOwn) return;
  if (isOpen) openIds.add(check.id);
  else openIds.delete(check.id);
  host.saveState(openChecksState, [...openIds].join(','));
}
