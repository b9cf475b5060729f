import { type AcceptanceSubject, findAcceptance } from '../github/acceptance.ts';
import type { SeenReports } from '../github/comment.ts';
import type { OwnReport } from '../github/own-reports.ts';
import { failedResult } from '../github/publish-result.ts';
import { suiteSlug } from '../github/suite-slug.ts';
import type { AcceptanceFinder } from '../pipeline/ports.ts';
import type { RunContext } from './run-context.ts';

const seen = new WeakMap<RunContext['host'], Map<string, SeenReports>>();

/** The report comments of a suite as the look-up of its acceptance has read them; undefined: nothing was looked up. */
export function seenReports({ host }: RunContext, suite: string): SeenReports | undefined {
  return seen.get(host)?.get(suite);
}

/** Who accepted what a suite shows, on this event or on the pull request that is named. Never throws: what cannot be asked is not accepted. */
export function acceptanceFinder(context: RunContext, suite: string, subject?: AcceptanceSubject): AcceptanceFinder {
  const { host, inputs, event, reader, signal, hasToken } = context;
  return async (assessment) => {
    if (!hasToken || signal.aborted) return undefined;
    // What can be accepted is a report, and there was none.
    if (!subject && event.pullRequest?.hadNoComments) return undefined;
    try {
      const about = { suite: suiteSlug(suite), acceptLabel: inputs['accept-label'], assessment };
      const onReports = (reports: OwnReport[]) => void seen.set(host, new Map(seen.get(host)).set(suite, { reports, at: performance.now() }));
      return await findAcceptance({ client: reader, event, onReports, ...about, ...(subject ? { subject } : {}) });
    } catch (error) {
      const failed = failedResult(error);
      // Said where somebody may wait for it; a nightly run without the permission is the rule.
      const tell = event.kind === 'schedule' ? host.info : host.notice;
      if (failed.kind === 'failed') tell(`${suite}: no acceptance was looked for: ${failed.message}. ${failed.remedy}`);
      return undefined;
    }
  };
}
