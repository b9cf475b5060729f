import { uploadRunFolder } from '../github/artifact.ts';
import { concludeCheck } from '../github/check-run.ts';
import { type PublishResult, resultOf } from '../github/publish-result.ts';
import type { SuiteCheck } from '../github/suite-check.ts';
import { artifactNameOf } from '../github/suite-slug.ts';
import { unlessStopped } from '../io/unless-stopped.ts';
import type { Evaluation } from '../pipeline/ports.ts';
import { checkOutput, commentReport, linkedView } from '../pipeline/report-on-github.ts';
import type { ReportView } from '../reporters/parts/view.ts';
import { reporters } from '../reporters/registry.ts';
import { seenReports } from './find-acceptance.ts';
import type { SuiteOutcome } from './outputs.ts';
import type { RunContext } from './run-context.ts';
import { whyReadOnly } from './suite-check.ts';

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
  const artifact = await resultOf(() => unlessStopped(signal, graceMs, storeRun(report)));
  const { context, evaluation } = report;
  const view = linkedView(context, evaluation, artifact.kind === 'published' ? artifact.url : undefined);
  const summary = await resultOf(() => writeSummary(report, view));
  const conclusion = concludeCheck({ assessment: evaluation.assessment, exitCode: evaluation.exitCode, isCancelled: signal.aborted });
  const check = await resultOf(() => report.check.finish(conclusion, checkOutput(context, view)));
  const comment = await resultOf(() => unlessStopped(signal, graceMs, writeComment(report, view, check)));
  const issue = await resultOf(() => unlessStopped(signal, graceMs, keepIssue(report, view)));
  return { artifact, summary, check, comment, issue };
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

async function writeSummary({ context }: SuiteReport, view: ReportView): Promise<PublishResult> {
  if (!context.inputs.summary) return { kind: 'skipped', reason: 'summary: false' };
  const isWritten = await context.host.summarize((maxBytes) => reporters.get('markdown').render(view, { maxBytes }));
  return isWritten ? { kind: 'published' } : { kind: 'skipped', reason: 'this runner has no job summary' };
}

async function writeComment({ context, evaluation }: SuiteReport, view: ReportView, check: PublishResult): Promise<PublishResult> {
  const { event, inputs } = context;
  if (!event.pullRequest) return { kind: 'skipped', reason: `${event.name} has no pull request` };
  const readOnly = whyReadOnly(context);
  if (readOnly) return { kind: 'skipped', reason: readOnly };
  if (context.signal.aborted) return { kind: 'skipped', reason: 'the run was cancelled' };
  const { assessment, exitCode } = evaluation;
  const seen = seenReports(context, assessment.suite);
  const about = { commenter: context, pullNumber: event.pullRequest.number, mode: inputs.comment, assessment, exitCode, view, check };
  return commentReport({ ...about, ...(seen ? { known: { seen } } : {}) });
}

async function keepIssue({ context, evaluation }: SuiteReport, view: ReportView): Promise<PublishResult> {
  if (context.inputs.issue === 'off') return { kind: 'skipped', reason: 'issue: off' };
  const { writeIssue } = await import('./nightly-issue.ts');
  return writeIssue(context, view, evaluation.history ?? []);
}
