import { renderAcceptable } from '../github/acceptance-line.ts';
import { uploadRunFolder } from '../github/artifact.ts';
import { type Annotation, annotationsOf, type CheckOutput, concludeCheck } from '../github/check-run.ts';
import { publishComment } from '../github/comment.ts';
import { failedResult, type PublishResult } from '../github/publish-result.ts';
import { artifactNameOf, suiteSlug } from '../github/suite-slug.ts';
import type { Evaluation } from '../pipeline/ports.ts';
import { toDisplay, toLine } from '../reporters/parts/escape.ts';
import { plainPhrase } from '../reporters/parts/phrase.ts';
import { isAcceptedRegression } from '../reporters/parts/sentences.ts';
import { makeReportView, type ReportView } from '../reporters/parts/view.ts';
import { reporters } from '../reporters/registry.ts';
import { commentFacts } from './comment-facts.ts';
import { seenReports } from './find-acceptance.ts';
import { unlessStopped } from './give-up.ts';
import type { SuiteOutcome } from './outputs.ts';
import { type RunContext, repositoryPath, sampleUrl } from './run-context.ts';
import { type SuiteCheck, whyReadOnly } from './suite-check.ts';

/** One evaluated suite that is to be shown. */
export interface SuiteReport {
  context: RunContext;
  evaluation: Evaluation;
  outputDir: string;
  check: SuiteCheck;
}

/** After the signal, for what hangs; a check run has a grace of its own. */
const graceMs = 500;

/** Shows one report everywhere it is wanted. Each target is tried alone; none changes the verdict. Never throws. */
export async function publishSuite(report: SuiteReport): Promise<SuiteOutcome['published']> {
  const { signal } = report.context;
  const artifact = await attempt(() => unlessStopped(signal, graceMs, storeRun(report)));
  const view = linkedView(report, artifact);
  const summary = await attempt(() => writeSummary(report, view));
  const { evaluation, context } = report;
  const stopped = stopOf(report);
  const conclusion = concludeCheck({ assessment: evaluation.assessment, exitCode: evaluation.exitCode, ...(stopped ? { stopped } : {}) });
  const check = await attempt(() => report.check.finish(conclusion, checkOutput(context, view)));
  const comment = await attempt(() => unlessStopped(signal, graceMs, writeComment(report, view, check)));
  const issue = await attempt(() => unlessStopped(signal, graceMs, keepIssue(report, view)));
  return { artifact, summary, check, comment, issue };
}

async function attempt(publish: () => Promise<PublishResult>): Promise<PublishResult> {
  try {
    return await publish();
  } catch (error) {
    return failedResult(error);
  }
}

function storeRun({ context, evaluation, outputDir }: SuiteReport): Promise<PublishResult> {
  const { inputs, host, event } = context;
  if (context.signal.aborted) return Promise.resolve({ kind: 'skipped', reason: 'the run was cancelled' });
  return uploadRunFolder({
    name: artifactNameOf(inputs['artifact-name'], evaluation.assessment.suite),
    folder: outputDir,
    except: inputs.html ? [] : ['report.html'],
    retentionDays: Math.min(inputs['retention-days'], Number(host.env.GITHUB_RETENTION_DAYS) || Number.POSITIVE_INFINITY),
    runAttempt: event.runAttempt,
    env: host.env,
    runUrl: context.runUrl,
  });
}

function linkedView({ context, evaluation }: SuiteReport, artifact: PublishResult): ReportView {
  const { assessment, view } = evaluation;
  const stored = artifact.kind === 'published' ? artifact.url : undefined;
  return makeReportView({
    assessment,
    evidence: [...view.evidence.values()],
    history: evaluation.history ?? [],
    links: {
      runUrl: context.runUrl,
      reportUrl: stored ?? context.runUrl,
      sampleUrl: (file, line) => sampleUrl(context, file, line),
      historyUrl: ({ runId }) => (/^\d+$/.test(runId) ? runUrlOf(context.event, runId) : undefined),
    },
  });
}

function runUrlOf({ serverUrl, owner, repo }: RunContext['event'], runId: string): string {
  return `${serverUrl}/${owner}/${repo}/actions/runs/${runId}`;
}

async function writeSummary({ context }: SuiteReport, view: ReportView): Promise<PublishResult> {
  if (!context.inputs.summary) return { kind: 'skipped', reason: 'summary: false' };
  const isWritten = await context.host.summarize((maxBytes) => reporters.get('markdown').render(view, { maxBytes }));
  return isWritten ? { kind: 'published' } : { kind: 'skipped', reason: 'this runner has no job summary' };
}

function checkOutput(context: RunContext, view: ReportView): CheckOutput {
  const isAccepted = isAcceptedRegression(view.assessment);
  return {
    title: checkTitle(view),
    render: (maxBytes) => reporters.get('markdown').render(view, { maxBytes }),
    annotations: annotationsOf(view.assessment.samples, (file) => repositoryPath(context, file)).map((annotation) =>
      asPlainText(annotation, isAccepted),
    ),
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

async function writeComment({ context, evaluation }: SuiteReport, view: ReportView, check: PublishResult): Promise<PublishResult> {
  const { event, inputs } = context;
  if (!event.pullRequest) return { kind: 'skipped', reason: `${event.name} has no pull request` };
  const readOnly = whyReadOnly(context);
  if (readOnly) return { kind: 'skipped', reason: readOnly };
  if (context.signal.aborted) return { kind: 'skipped', reason: 'the run was cancelled' };
  const { assessment, exitCode } = evaluation;
  const facts = commentFacts(context, check);
  const seen = seenReports(context, assessment.suite);
  return publishComment({
    client: context.writer(),
    pullNumber: event.pullRequest.number,
    marker: { suite: suiteSlug(assessment.suite), runId: event.runId, attempt: event.runAttempt, sha: event.headSha },
    mode: inputs.comment,
    verdict: { status: assessment.verdict.status, isFailure: exitCode !== 0 },
    isAcceptanceVoid: Boolean(assessment.voidAcceptance),
    ...facts,
    known: { ...facts.known, ...(seen ? { seen } : {}) },
    render: (maxBytes) => renderAcceptable(assessment, maxBytes, (room) => reporters.get('comment').render(view, { maxBytes: room })),
  });
}

async function keepIssue({ context, evaluation }: SuiteReport, view: ReportView): Promise<PublishResult> {
  if (context.inputs.issue === 'off') return { kind: 'skipped', reason: 'issue: off' };
  const { writeIssue } = await import('./nightly-issue.ts');
  return writeIssue(context, view, evaluation.history ?? []);
}

function stopOf({ context, evaluation }: SuiteReport): 'cancelled' | 'timed_out' | undefined {
  if (context.signal.aborted) return 'cancelled';
  return evaluation.assessment.run.stopReason === 'budget-minutes' ? 'timed_out' : undefined;
}
