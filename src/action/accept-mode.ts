import { ExitCode, ToolError } from '../errors.ts';
import { mayWrite, readPull } from '../github/acceptance.ts';
import { acceptCheck } from '../github/acceptance-check.ts';
import { writeAcceptance } from '../github/acceptance-comment.ts';
import { parseAcceptanceLine, renderAcceptanceLine, type StoredAcceptance } from '../github/acceptance-line.ts';
import { decideReports, type ReportDecision } from '../github/acceptance-reports.ts';
import { type AcceptanceRequest, readAcceptanceRequest } from '../github/acceptance-request.ts';
import { readPayload } from '../github/baseline-from-environment.ts';
import { listOwnReports, type OwnReport } from '../github/own-reports.ts';
import { failedResult, type PublishResult } from '../github/publish-result.ts';
import { markdownCode, markdownText } from '../reporters/parts/escape-markdown.ts';
import type { RunContext } from './run-context.ts';

/**
 * Records that somebody with write access accepts a regression, and turns its check grey. Checks nothing out, reads no
 * config, executes nothing: it runs from the default branch, on events that anybody can cause. What a stranger asks is
 * ignored, what a member asks in vain is an error of the job that says why.
 * @returns the exit code. @throws ToolError for another event.
 */
export async function acceptMode(context: RunContext): Promise<number> {
  const { host, inputs, event, reader } = context;
  const payload = await readPayload(host.env.GITHUB_EVENT_PATH);
  const request = readAcceptanceRequest({ name: event.name, payload, label: inputs['accept-label'] });
  host.setOutput('accepted', 'false');
  host.setOutput('exit-code', String(ExitCode.pass));
  if (typeof request === 'string') {
    host.info(`Nothing to accept: ${request}.`);
    return ExitCode.pass;
  }
  if (inputs['github-token'] === '') throw noToken();
  if (!(await mayWrite(reader, request.by))) {
    host.notice(`Not accepted: ${request.by} may not write to this repository.`);
    await react(context, request, '-1');
    return ExitCode.pass;
  }
  const { head } = await readPull(reader, request.pullNumber);
  const reports = await listOwnReports(reader, request.pullNumber);
  const outcomes: Outcome[] = [];
  for (const decision of decideReports(request, reports, head.sha)) outcomes.push(await carryOut(context, request, decision));
  return conclude(context, request, outcomes);
}

function noToken(): ToolError {
  return new ToolError({
    code: 'no-token',
    message: 'there is no token (input `github-token`)',
    remedy: 'leave the input out to use the token of the job',
  });
}

interface Outcome {
  suite: string;
  /** Absent: it is accepted. */
  problem?: string;
  comment?: PublishResult;
  check?: PublishResult;
}

async function carryOut(context: RunContext, request: AcceptanceRequest, decision: ReportDecision): Promise<Outcome> {
  if (decision.kind === 'refused') return { suite: decision.suite, problem: decision.why };
  const { report } = decision;
  const { suite } = report.marker;
  try {
    const record = decision.kind === 'accepted' ? decision.record : recordOf(request, decision);
    const note = noteOf(record);
    const comment = decision.kind === 'accepted' ? atReport(report, 'unchanged') : await writeComment(context, report, { record, note });
    if (comment.kind !== 'published') return { suite, comment, problem: comment.kind === 'skipped' ? comment.reason : comment.message };
    const client = context.writer();
    const check = await acceptCheck(client, { marker: report.marker, by: record.by, note }).catch(failedResult);
    const problem = check.kind === 'failed' ? `it is recorded, but its check stays red: ${check.message}. ${check.remedy}` : undefined;
    return { suite, comment, check, ...(problem === undefined ? {} : { problem }) };
  } catch (error) {
    const failed = failedResult(error);
    return { suite, problem: failed.kind === 'failed' ? `${failed.message}. ${failed.remedy}` : 'unknown' };
  }
}

function recordOf(
  { by, at, via, commentId, label }: AcceptanceRequest,
  { report, reason }: Extract<ReportDecision, { kind: 'accept' }>,
): StoredAcceptance {
  const asked = { ...(commentId === undefined ? {} : { commentId }), ...(label === undefined ? {} : { label }) };
  return { v: 1, by, reason, sha: report.marker.sha, at: new Date(at).toISOString(), via, ...asked };
}

/** One line of markdown. Nobody is called by it, and nothing in a reason is markup. */
function noteOf({ by, at, sha, reason }: StoredAcceptance): string {
  return `✅ **Accepted** by ${markdownCode(by)} on ${at.slice(0, 10)} for ${markdownCode(sha.slice(0, 7))}: ${markdownText(reason)}`;
}

function atReport({ comment }: OwnReport, note: string): PublishResult {
  return { kind: 'published', note, ...(comment.html_url === undefined ? {} : { url: comment.html_url }) };
}

async function writeComment(context: RunContext, report: OwnReport, text: { record: StoredAcceptance; note: string }): Promise<PublishResult> {
  const line = renderAcceptanceLine({ kind: 'accepted', record: text.record });
  // What cannot be read back would never be found again.
  if (parseAcceptanceLine(`\n${line}`)?.kind !== 'accepted') return { kind: 'skipped', reason: 'the acceptance cannot be recorded' };
  const isWritten = await writeAcceptance(context.writer(), report, { line, note: text.note });
  if (!isWritten) return { kind: 'skipped', reason: 'its report was changed just now: read it, then accept again' };
  return atReport(report, 'accepted');
}

async function conclude(context: RunContext, request: AcceptanceRequest, outcomes: readonly Outcome[]): Promise<number> {
  const { host, inputs } = context;
  const accepted = outcomes.filter(({ problem }) => problem === undefined);
  const refused = outcomes.filter(({ problem }) => problem !== undefined);
  for (const { suite, check } of accepted) {
    host.notice(`${suite}: accepted by ${request.by}.${check?.kind === 'skipped' ? ` No check was changed: ${check.reason}.` : ''}`);
  }
  for (const { suite, problem } of refused) host.error(`Not accepted${suite === '' ? '' : ` (${suite})`}: ${problem}.`);
  if (accepted.length > 0) await react(context, request, '+1');
  if (refused.length > 0) await react(context, request, 'confused');
  for (const { comment, check } of accepted) {
    if (comment?.kind === 'published' && comment.url !== undefined) host.setOutput('comment-url', comment.url);
    if (check?.kind === 'published' && check.url !== undefined) host.setOutput('check-url', check.url);
  }
  const exitCode = refused.length > 0 ? ExitCode.usage : ExitCode.pass;
  host.setOutput('accepted', String(accepted.length > 0 && refused.length === 0));
  host.setOutput('exit-code', String(exitCode));
  if (inputs.summary) await host.summarize(() => summaryOf(request, outcomes)).catch(() => false);
  return exitCode;
}

function summaryOf({ by }: AcceptanceRequest, outcomes: readonly Outcome[]): string {
  const lines = outcomes.map(({ suite, problem }) => {
    const name = suite === '' ? 'No suite' : markdownText(suite);
    return problem === undefined ? `- ✅ ${name}: accepted by ${markdownCode(by)}` : `- ⚠️ ${name}: not accepted: ${markdownText(problem)}`;
  });
  return `${lines.join('\n')}\n`;
}

/** The only answer that a comment gets: a reply would notify everybody. */
async function react(context: RunContext, { commentId }: AcceptanceRequest, content: '+1' | '-1' | 'confused'): Promise<void> {
  if (commentId === undefined) return;
  try {
    await context.writer().create(`issues/comments/${commentId}/reactions`, { content }, { needs: 'pull-requests: write' });
  } catch (error) {
    const failed = failedResult(error);
    if (failed.kind === 'failed') context.host.info(`No reaction: ${failed.message}. ${failed.remedy}`);
  }
}
