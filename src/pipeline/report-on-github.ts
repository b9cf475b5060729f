import { renderAcceptable } from '../github/acceptance-line.ts';
import { type Annotation, annotationsOf, type CheckOutput } from '../github/check-output.ts';
import { type CommentMode, type KnownFacts, publishComment } from '../github/comment.ts';
import { type Commenter, commentFacts } from '../github/comment-facts.ts';
import type { GitHubEvent } from '../github/event.ts';
import type { PublishResult } from '../github/publish-result.ts';
import { suiteSlug } from '../github/suite-slug.ts';
import { runUrlOf } from '../github/web-url.ts';
import type { Assessment } from '../records/assessment.ts';
import { toDisplay, toLine } from '../reporters/parts/escape.ts';
import { plainPhrase } from '../reporters/parts/phrase.ts';
import { isAcceptedRegression } from '../reporters/parts/sentences.ts';
import { makeReportView, type ReportView } from '../reporters/parts/view.ts';
import { reporters } from '../reporters/registry.ts';
import type { Evaluation } from './ports.ts';
import { type Checkout, repositoryPaths } from './repository-path.ts';

/** Where a report is shown, and what its links lead to. */
export interface ReportPlace extends Checkout {
  event: GitHubEvent;
}

/** The report of an evaluation with its links. `reportUrl`: where the whole report is stored; absent: the workflow run. */
export function linkedView(place: ReportPlace, evaluation: Pick<Evaluation, 'assessment' | 'view' | 'history'>, reportUrl?: string): ReportView {
  const { assessment, view, history = [] } = evaluation;
  const runUrl = runUrlOf(place.event, place.event.runId);
  const pathOf = repositoryPaths(place);
  return makeReportView({
    assessment,
    evidence: [...view.evidence.values()],
    history,
    links: {
      runUrl,
      reportUrl: reportUrl ?? runUrl,
      sampleUrl: (file, line) => {
        const inside = pathOf(file);
        return inside === undefined ? undefined : sampleUrl(place.event, inside, line);
      },
      historyUrl: ({ runId }) => (/^\d+$/.test(runId) ? runUrlOf(place.event, runId) : undefined),
    },
  });
}

/** The only address in a stored report is that of its baseline run; what a stranger wrote there must not become a link. */
export function withoutForeignUrl(
  event: Pick<GitHubEvent, 'serverUrl' | 'owner' | 'repo'>,
  { url, ...baseline }: Assessment['baseline'],
): Assessment['baseline'] {
  const runs = `${event.serverUrl}/${event.owner}/${event.repo}/actions/runs/`;
  const isRun = url?.startsWith(runs) && /^\d+$/.test(url.slice(runs.length));
  return isRun ? { ...baseline, url } : baseline;
}

/** What the check run of a suite shows. */
export function checkOutput(place: ReportPlace, view: ReportView): CheckOutput {
  const isAccepted = isAcceptedRegression(view.assessment);
  return {
    title: checkTitle(view),
    render: (maxBytes) => reporters.get('markdown').render(view, { maxBytes }),
    annotations: annotationsOf(view.assessment.samples, repositoryPaths(place)).map((annotation) => asPlainText(annotation, isAccepted)),
  };
}

/** The one line that the list of checks shows: the answer, then the numbers, so that what a narrow screen cuts is the rest. */
export function checkTitle(view: ReportView): string {
  return toLine(plainPhrase([view.headline, ...view.summary.slice(0, 2)].join(' '))) || view.suite;
}

/** Annotations are shown as they are, without markdown; what was accepted is no failure. */
function asPlainText(annotation: Annotation, isAccepted: boolean): Annotation {
  const level = isAccepted && annotation.level === 'failure' ? 'warning' : annotation.level;
  return { ...annotation, level, title: toLine(annotation.title), message: toDisplay(plainPhrase(annotation.message)) };
}

/** A report that is to be commented on the pull request of the event. */
export interface ReportComment {
  commenter: Commenter;
  pullNumber: number;
  mode: CommentMode;
  assessment: Assessment;
  exitCode: number;
  view: ReportView;
  /** What became of the check of the same suite. */
  check: PublishResult;
  known?: KnownFacts;
}

/** Leaves the one comment of the suite. @throws PublishError */
export function commentReport({ commenter, pullNumber, mode, assessment, exitCode, view, check, known }: ReportComment): Promise<PublishResult> {
  const { event, writer } = commenter;
  const facts = commentFacts(commenter, check);
  return publishComment({
    client: writer(),
    pullNumber,
    marker: { suite: suiteSlug(assessment.suite), runId: event.runId, attempt: event.runAttempt, sha: event.headSha },
    mode,
    verdict: { status: assessment.verdict.status, isFailure: exitCode !== 0 },
    isAcceptanceVoid: Boolean(assessment.voidAcceptance),
    ...facts,
    known: { ...facts.known, ...known },
    render: (maxBytes) => renderAcceptable(assessment, maxBytes, (room) => reporters.get('comment').render(view, { maxBytes: room })),
  });
}

/** The line of a sample as the pull request has it. `inside`: its file, as the repository names it. */
function sampleUrl({ serverUrl, owner, repo, headSha }: GitHubEvent, inside: string, line: number): string {
  return `${serverUrl}/${owner}/${repo}/blob/${headSha}/${inside.split('/').map(encodeURIComponent).join('/')}#L${line}`;
}
