import { type AcceptanceLine, parseAcceptanceLine } from './acceptance-line.ts';
import type { AcceptanceRequest } from './acceptance-request.ts';
import { type OwnReport, splitNewest } from './own-reports.ts';
import { suiteSlug } from './suite-slug.ts';

/** What becomes of one report that a request is about. */
export type ReportDecision =
  | { kind: 'accept'; report: OwnReport; reason: string }
  /** By this very request or an earlier one. */
  | { kind: 'accepted'; report: OwnReport; record: Extract<AcceptanceLine, { kind: 'accepted' }>['record'] }
  /** Why not, and what to do, in words for the one who asked. */
  | { kind: 'refused'; suite: string; why: string };

/**
 * Which reports a request accepts: those that tell of a regression of exactly the head that the person saw, and that have
 * not changed since. Every command that accepts nothing is told.
 */
export function decideReports(request: AcceptanceRequest, own: readonly OwnReport[], headSha: string): ReportDecision[] {
  const reports = newestOfEach(own);
  const decided = new Set<string>();
  return request.commands.flatMap((command) => {
    const isMeant = (suite: string) => command.suite === undefined || suite === command.suite || suite === suiteSlug(command.suite);
    const meant = reports.filter(({ marker }) => isMeant(marker.suite) && !decided.has(marker.suite));
    for (const { marker } of meant) decided.add(marker.suite);
    if (meant.length === 0) return [nothingMeant(command.suite, reports)];
    const decisions = meant.map((report) => decideReport(report, { request, reason: command.reason, headSha }));
    // Without a suite's name, the ones that are fine need no acceptance, and are not worth a word beside one that has it.
    const telling = decisions.filter((decision) => decision.kind !== 'refused' || decision.why !== nothingToAccept);
    return command.suite === undefined && telling.length > 0 ? telling : decisions;
  });
}

/** Two runs at once may leave two reports of one suite for a moment. */
function newestOfEach(own: readonly OwnReport[]): OwnReport[] {
  return [...new Set(own.map(({ marker }) => marker.suite))].flatMap(
    (suite) => splitNewest(own.filter(({ marker }) => marker.suite === suite)).newest ?? [],
  );
}

function nothingMeant(suite: string | undefined, reports: readonly OwnReport[]): ReportDecision {
  if (suite === undefined || reports.length === 0) {
    return { kind: 'refused', suite: '', why: 'there is no report on this pull request yet; wait for it, read it, then accept' };
  }
  const known = reports.map(({ marker }) => marker.suite).join(', ');
  return { kind: 'refused', suite, why: `no report is about this suite; there are reports about ${known}` };
}

const nothingToAccept = 'its report shows no regression that could be accepted: it is fine, is not complete, or breaks a fixed demand of the policy';

function decideReport(report: OwnReport, asked: { request: AcceptanceRequest; reason: string; headSha: string }): ReportDecision {
  const { marker, comment } = report;
  const { request, reason, headSha } = asked;
  const refused = (why: string): ReportDecision => ({ kind: 'refused', suite: marker.suite, why });
  const line = parseAcceptanceLine(comment.body ?? '');
  if (marker.sha !== headSha || (request.headSha !== undefined && request.headSha !== headSha)) {
    return refused('a newer commit was pushed after this report: wait for the report of the new commit, then accept again');
  }
  if (line?.kind === 'accepted' && line.record.sha === headSha) return { kind: 'accepted', report, record: line.record };
  const changedAt = Date.parse(comment.updated_at ?? '');
  if (!(changedAt <= Date.parse(request.at))) return refused('its report was changed after you accepted: read it, then accept again');
  if (!line) return refused(nothingToAccept);
  if (reason === '') return refused('an acceptance needs a reason: /agent-regress accept REASON');
  return { kind: 'accept', report, reason };
}
