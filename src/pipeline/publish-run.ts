import { findAcceptance } from '../github/acceptance.ts';
import { concludeCheck } from '../github/check-run.ts';
import type { CommentMode } from '../github/comment.ts';
import type { JobSummary } from '../github/job-summary.ts';
import { failedResult, type PublishResult, resultOf } from '../github/publish-result.ts';
import type { ReportClients } from '../github/report-clients.ts';
import { startCheck } from '../github/suite-check.ts';
import { suiteSlug } from '../github/suite-slug.ts';
import { runUrlOf } from '../github/web-url.ts';
import { unlessStopped } from '../io/unless-stopped.ts';
import type { Assessment } from '../records/assessment.ts';
import type { ReportView } from '../reporters/parts/view.ts';
import { reporters } from '../reporters/registry.ts';
import { withAcceptance, withoutAcceptance } from './accept.ts';
import type { ReportedRun } from './ports.ts';
import { checkOutput, commentReport, linkedView, type ReportPlace, withoutForeignUrl } from './report-on-github.ts';

/** A finished run that is to be shown on the pull request or commit of a workflow event. */
export interface PublishRequest extends ReportPlace, ReportClients {
  evaluation: ReportedRun;
  /** Aborted by the first signal. */
  signal: AbortSignal;
  comment: CommentMode;
  check: 'create' | 'off';
  /** The label that accepts a regression. */
  acceptLabel: string;
  summarize: JobSummary;
  onNotice: (message: string) => void;
}

export type Published = Record<'summary' | 'check' | 'comment', PublishResult>;

/** After the signal, for a comment that hangs; a check run has a grace of its own. */
const graceMs = 500;

/** Shows one finished run as job summary, check run and comment. Each is tried alone. Asks the agent nothing; never throws. */
export async function publishRun(request: PublishRequest): Promise<Published> {
  const { evaluation, signal, summarize } = request;
  const assessment = await acceptedBy(request, evaluation.assessment);
  const view = linkedView(request, { ...evaluation, assessment });
  const summary = await resultOf(async () => {
    const isWritten = await summarize((maxBytes) => reporters.get('markdown').render(view, { maxBytes }));
    return isWritten ? { kind: 'published' } : { kind: 'skipped', reason: 'there is no GITHUB_STEP_SUMMARY' };
  });
  const check = await resultOf(() => publishCheck(request, assessment, view));
  const comment = await resultOf(() => unlessStopped(signal, graceMs, publishComment(request, { assessment, view, check })));
  return { summary, check, comment };
}

const readOnly: PublishResult = { kind: 'skipped', reason: 'the token of a pull request from a fork is read-only', isNotable: true };

/** The assessment with who accepted it, which is read from the pull request and never from what is stored. */
async function acceptedBy(request: PublishRequest, stored: Assessment): Promise<Assessment> {
  const { reader, event, acceptLabel, onNotice } = request;
  const own = withoutAcceptance(stored);
  const assessment = { ...own, baseline: withoutForeignUrl(event, own.baseline) };
  if (event.pullRequest?.isFork) return assessment;
  try {
    const suite = suiteSlug(assessment.suite);
    return withAcceptance(assessment, await findAcceptance({ client: reader, event, suite, assessment, acceptLabel }));
  } catch (error) {
    // What cannot be asked is not accepted.
    const failed = failedResult(error);
    if (failed.kind === 'failed') onNotice(`no acceptance was looked for: ${failed.message}. ${failed.remedy}`);
    return assessment;
  }
}

async function publishCheck(request: PublishRequest, assessment: Assessment, view: ReportView): Promise<PublishResult> {
  const { event, writer, signal } = request;
  if (request.check === 'off') return { kind: 'skipped', reason: 'check: off' };
  if (event.pullRequest?.isFork) return readOnly;
  const run = { id: event.runId, attempt: event.runAttempt, headSha: event.headSha, url: runUrlOf(event, event.runId) };
  // No step of ours runs after the job, so that nothing is noted for one.
  const keeper = { writer, signal, host: { saveState: () => {} } };
  const check = await startCheck(keeper, { mode: 'create', suite: assessment.suite, run });
  return check.finish(concludeCheck({ assessment, exitCode: assessment.verdict.exitCode }), checkOutput(request, view));
}

async function publishComment(
  request: PublishRequest,
  { assessment, view, check }: { assessment: Assessment; view: ReportView; check: PublishResult },
): Promise<PublishResult> {
  const { event, comment: mode } = request;
  if (mode === 'off') return { kind: 'skipped', reason: 'comment: off' };
  if (!event.pullRequest) return { kind: 'skipped', reason: `${event.name} has no pull request` };
  if (event.pullRequest.isFork) return readOnly;
  const { exitCode } = assessment.verdict;
  // An earlier step of the same job may have commented since the event.
  const known = { hadNoComments: false };
  return commentReport({ commenter: request, pullNumber: event.pullRequest.number, mode, assessment, exitCode, view, check, known });
}
