import { findAcceptance } from '../github/acceptance.ts';
import type { CheckOutput } from '../github/check-output.ts';
import { type CheckConclusion, concludeCheck } from '../github/check-run.ts';
import type { CommentMode } from '../github/comment.ts';
import type { JobSummary } from '../github/job-summary.ts';
import { failedResult, type PublishResult, resultOf } from '../github/publish-result.ts';
import type { ReportClients } from '../github/report-clients.ts';
import { checkAtOnce } from '../github/suite-check.ts';
import { suiteSlug } from '../github/suite-slug.ts';
import { runUrlOf } from '../github/web-url.ts';
import { unlessStopped } from '../io/unless-stopped.ts';
import type { Assessment } from '../records/assessment.ts';
import { reporters } from '../reporters/registry.ts';
import { withAcceptance, withoutAcceptance } from './accept.ts';
import type { ReportedRun } from './ports.ts';
import { checkOutput, commentReport, linkedView, type ReportPlace, withoutForeignUrl } from './report-on-github.ts';
import { commentUnevaluated, unevaluatedText, unevaluatedTitle } from './unevaluated.ts';

/** Where and how a suite is shown on the pull request or commit of a workflow event. */
export interface PublishRequest extends ReportPlace, ReportClients {
  /** Aborted by the first signal. */
  signal: AbortSignal;
  comment: CommentMode;
  check: 'create' | 'off';
  summarize: JobSummary;
  onNotice: (message: string) => void;
}

/** A finished run that is to be shown. */
export interface PublishRunRequest extends PublishRequest {
  evaluation: ReportedRun;
  /** The label that accepts a regression. */
  acceptLabel: string;
}

export type Published = Record<'summary' | 'check' | 'comment', PublishResult>;

/** After the signal, for a comment that hangs; a check run has a grace of its own. */
const graceMs = 500;

/** An earlier step of the same job may have commented since the event. */
const known = { hadNoComments: false };

/** Shows one finished run as job summary, check run and comment. Each is tried alone. Asks the agent nothing; never throws. */
export async function publishRun(request: PublishRunRequest): Promise<Published> {
  const { evaluation } = request;
  const assessment = await acceptedBy(request, evaluation.assessment);
  const view = linkedView(request, { ...evaluation, assessment });
  const { exitCode } = assessment.verdict;
  return publishEverywhere(request, {
    suite: assessment.suite,
    summary: (maxBytes) => reporters.get('markdown').render(view, { maxBytes }),
    conclusion: concludeCheck({ assessment, exitCode }),
    output: checkOutput(request, view),
    comment: (pullNumber, check) =>
      commentReport({ commenter: request, pullNumber, mode: request.comment, assessment, exitCode, view, check, known }),
  });
}

/** A suite of which there is nothing to show: a required check would wait for it, and an older verdict stay. Never throws. */
export function publishUnevaluated(request: PublishRequest, { suite, why }: { suite: string; why: string }): Promise<Published> {
  const text = unevaluatedText(suite, why);
  return publishEverywhere(request, {
    suite,
    summary: () => text,
    conclusion: 'failure',
    output: { title: unevaluatedTitle, render: () => text, annotations: [] },
    comment: (pullNumber, check) => commentUnevaluated(request, { suite, text, check, pullNumber, mode: request.comment, known }),
  });
}

/** What is shown of a suite, place by place. */
interface Shown {
  suite: string;
  summary: (maxBytes: number) => string;
  conclusion: CheckConclusion;
  output: CheckOutput;
  comment: (pullNumber: number, check: PublishResult) => Promise<PublishResult>;
}

async function publishEverywhere(request: PublishRequest, shown: Shown): Promise<Published> {
  const { event, signal, summarize } = request;
  const summary = await resultOf(async () => {
    const isWritten = await summarize(shown.summary);
    return isWritten ? { kind: 'published' } : { kind: 'skipped', reason: 'there is no GITHUB_STEP_SUMMARY' };
  });
  const check = await publishCheck(request, shown);
  const comment = await resultOf(async () => {
    if (request.comment === 'off') return { kind: 'skipped', reason: 'comment: off' };
    if (!event.pullRequest) return { kind: 'skipped', reason: `${event.name} has no pull request` };
    if (event.pullRequest.isFork) return readOnly;
    return unlessStopped(signal, graceMs, shown.comment(event.pullRequest.number, check));
  });
  return { summary, check, comment };
}

const readOnly: PublishResult = { kind: 'skipped', reason: 'the token of a pull request from a fork is read-only', isNotable: true };

async function publishCheck({ event, writer, signal, check }: PublishRequest, { suite, conclusion, output }: Shown): Promise<PublishResult> {
  if (check === 'off') return { kind: 'skipped', reason: 'check: off' };
  if (event.pullRequest?.isFork) return readOnly;
  const run = { id: event.runId, attempt: event.runAttempt, headSha: event.headSha, url: runUrlOf(event, event.runId) };
  return checkAtOnce({ writer, signal }, { suite, run }).finish(conclusion, output);
}

/** The assessment with who accepted it, which is read from the pull request and never from what is stored. */
async function acceptedBy(request: PublishRunRequest, stored: Assessment): Promise<Assessment> {
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
