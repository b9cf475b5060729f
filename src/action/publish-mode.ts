import { ExitCode, ToolError } from '../errors.ts';
import { renderAcceptable } from '../github/acceptance-line.ts';
import { concludeCheck } from '../github/check-run.ts';
import { byteLength } from '../github/clamp.ts';
import { publishComment } from '../github/comment.ts';
import { commentFacts } from '../github/comment-facts.ts';
import type { TriggeringRun } from '../github/event.ts';
import { failedResult, type PublishResult } from '../github/publish-result.ts';
import { whyCheckIsTaken } from '../github/rival-check.ts';
import { listRunArtifacts, type StoredArtifact } from '../github/stored-runs.ts';
import { checkAtOnce, checkNameOf, type SuiteCheck } from '../github/suite-check.ts';
import { notEvaluatedPrefixOf, suiteSlug } from '../github/suite-slug.ts';
import { runUrlOf } from '../github/web-url.ts';
import { unlessStopped } from '../io/unless-stopped.ts';
import { withAcceptance, withoutAcceptance } from '../pipeline/accept.ts';
import { checkTitle } from '../pipeline/report-on-github.ts';
import type { Assessment } from '../records/assessment.ts';
import type { NotEvaluated } from '../records/not-evaluated.ts';
import * as z from '../records/schema.ts';
import { makeReportView } from '../reporters/parts/view.ts';
import { reporters } from '../reporters/registry.ts';
import { acceptanceFinder } from './find-acceptance.ts';
import { commentNotEvaluated, describeNotEvaluated, finishNotEvaluated } from './not-evaluated.ts';
import type { RunContext } from './run-context.ts';
import { readNotEvaluated, readStoredReport } from './stored-report.ts';

/** After the signal, for a comment that hangs; a check run has a grace of its own. */
const graceMs = 500;
/** Suites of one run that are posted. */
const maxStored = 20;

/** Check and comment of one suite, or of everything that was not evaluated, with what to call it in the log. */
interface Posted {
  about: string;
  results: Partial<Record<'check' | 'comment' | 'report', PublishResult>>;
}

/**
 * Posts what a finished run has stored: for pull requests from forks, whose own run may not write. Executes nothing
 * of it; its text is data, its report is rendered anew, and only the event says which commit and run it is about.
 * @returns the exit code: of the posting, not of the verdict. @throws ToolError
 */
export async function publishMode(context: RunContext): Promise<number> {
  const { host, event } = context;
  const run = event.triggeringRun;
  if (!run) {
    throw new ToolError({
      code: 'event-refused',
      message: `mode "publish" works on workflow_run, not on ${event.name}`,
      remedy: 'start the workflow with `on: workflow_run`; see docs/github.md',
    });
  }
  if (run.conclusion !== undefined && unfinished.has(run.conclusion)) {
    host.notice(`Nothing to publish: run ${run.id} ended as ${run.conclusion}.`);
    return ExitCode.pass;
  }
  const { reports, notEvaluated } = await findStored(context, run);
  const target: Target = { run, pullNumbers: await findPullRequests(context, run) };
  const posted: Posted[] = [];
  for (const artifact of reports) posted.push(await publishStored(context, target, artifact));
  for (const artifact of notEvaluated) posted.push(await publishNotEvaluated(context, target, artifact));
  let worst: number = ExitCode.pass;
  for (const { about, results } of posted) {
    for (const [name, result] of Object.entries(results)) {
      if (result.kind === 'failed') {
        host.warning(`${about}: ${name}: ${result.message}. ${result.remedy}`);
        worst = ExitCode.incomplete;
      } else if (result.kind === 'skipped') {
        const tell = result.isNotable ? host.notice : host.info;
        tell(`${about}: no ${name}: ${result.reason}`);
      } else if (result.url !== undefined) host.setOutput(`${name}-url`, result.url);
    }
  }
  return worst;
}

/** Conclusions of a run that was never to have a report. */
const unfinished: ReadonlySet<string> = new Set(['cancelled', 'skipped', 'action_required', 'stale']);

/** Which run is told of, and the pull requests that it may be about. */
interface Target {
  run: TriggeringRun;
  pullNumbers: readonly number[];
}

/** The newest artifact of every name that is ours. @throws ToolError `nothing-stored`; PublishError */
async function findStored({ reader, inputs, host }: RunContext, run: TriggeringRun): Promise<Record<'reports' | 'notEvaluated', StoredArtifact[]>> {
  const prefix = `${inputs['artifact-name']}-`;
  const newest = newestByName((await listRunArtifacts(reader, run.id)).filter(({ expired }) => !expired));
  const reports = newest.filter(({ name }) => name.startsWith(prefix));
  const notEvaluated = newest.filter(({ name }) => name.startsWith(notEvaluatedPrefixOf(inputs['artifact-name'])));
  const count = reports.length + notEvaluated.length;
  if (count === 0) {
    throw new ToolError({
      code: 'nothing-stored',
      message: `run ${run.id} has stored no artifact "${prefix}…"`,
      remedy: 'see the log of that run; `artifact-name` must be the same in both workflows',
      exitCode: ExitCode.incomplete,
    });
  }
  if (count > maxStored) host.warning(`run ${run.id} has stored ${count} suites; at most ${maxStored} of a kind are posted`);
  return { reports: reports.slice(0, maxStored), notEvaluated: notEvaluated.slice(0, maxStored) };
}

function newestByName(artifacts: readonly StoredArtifact[]): StoredArtifact[] {
  const seen = new Set<string>();
  return artifacts.filter(({ name }) => !seen.has(name) && seen.add(name));
}

const Pull = z.looseObject({
  number: z.int(),
  state: z.string(),
  head: z.looseObject({ sha: z.string(), repo: z.nullish(z.looseObject({ full_name: z.string() })) }),
});

/** Which run is told of, and on which pull request, or why on none. */
interface Chosen {
  run: TriggeringRun;
  pull: number | PublishResult;
}

/** The open pull requests of this repository whose head is the trusted commit of the trusted repository: one branch may go into several. */
async function findPullRequests({ reader }: RunContext, run: TriggeringRun): Promise<number[]> {
  const owner = run.headRepository?.split('/')[0];
  if (owner === undefined || run.headBranch === '') return [];
  const query = { state: 'open', head: `${owner}:${run.headBranch}` };
  const listed = await reader.list('pulls', query, { needs: 'pull-requests: read', maxPages: 3 });
  const matching = listed
    .flatMap((entry) => Pull.safeParse(entry).data ?? [])
    .filter((pull) => {
      const isSameRepository = pull.head.repo?.full_name.toLowerCase() === run.headRepository?.toLowerCase();
      return pull.state === 'open' && pull.head.sha === run.headSha && isSameRepository;
    });
  return matching.map(({ number }) => number);
}

/** Of several, the one that the run says it was for: what it has stored chooses among those that are its own, and never adds one. */
function choosePullRequest({ run, pullNumbers }: Target, storedRef?: string): number | PublishResult {
  const [first] = pullNumbers;
  if (first === undefined) return { kind: 'skipped', reason: `no open pull request has ${run.headSha.slice(0, 7)} as its head` };
  if (pullNumbers.length === 1) return first;
  const named = Number(/^refs\/pull\/(\d{1,10})\/merge$/.exec(storedRef ?? '')?.[1]);
  if (pullNumbers.includes(named)) return named;
  const listed = pullNumbers.map((number) => `#${number}`).join(', ');
  const reason = `${listed} all have ${run.headSha.slice(0, 7)} as their head, and the run does not say which it was for`;
  return { kind: 'skipped', reason, isNotable: true };
}

async function publishStored(context: RunContext, target: Target, artifact: StoredArtifact): Promise<Posted> {
  let assessment: Assessment;
  let pull: number | PublishResult;
  try {
    const stored = await readStoredReport(context, artifact);
    pull = choosePullRequest(target, stored.ref);
    assessment = await withOwnAcceptance(context, { run: target.run, pull }, stored.assessment);
  } catch (error) {
    return { about: artifact.name, results: { report: failedResult(error) } };
  }
  const runUrl = runUrlOf(context.event, target.run.id);
  const view = makeReportView({ assessment, evidence: [], links: { runUrl, reportUrl: `${runUrl}/artifacts/${artifact.id}` } });
  const origin = originNote(context, target.run, runUrl);
  const render = (type: 'markdown' | 'comment') => (maxBytes: number) =>
    origin + reporters.get(type).render(view, { maxBytes: maxBytes - byteLength(origin) });
  if (context.inputs.summary) await context.host.summarize(render('markdown')).catch(() => false);
  const conclusion = concludeCheck({ assessment, exitCode: assessment.verdict.exitCode });
  const output = { title: checkTitle(view), render: render('markdown'), annotations: [] };
  const check = await withCheck(context, target, { suite: assessment.suite, finish: (open) => open.finish(conclusion, output) });
  const comment = await publishStoredComment(context, { run: target.run, pull }, assessment, render('comment'));
  return { about: artifact.name, results: { check, comment } };
}

/** Who accepted it is read from the pull request, never from what the run has stored. */
async function withOwnAcceptance(context: RunContext, { run, pull }: Chosen, stored: Assessment): Promise<Assessment> {
  const assessment = withoutAcceptance(stored);
  if (typeof pull !== 'number') return assessment;
  const find = acceptanceFinder(context, assessment.suite, { pullNumber: pull, headSha: run.headSha });
  return withAcceptance(assessment, await find(assessment));
}

/** What a reader must know of numbers that this repository did not measure. */
function originNote(context: RunContext, run: TriggeringRun, runUrl: string): string {
  if (!isForeign(context, run)) return '';
  return `_From a fork: measured by [a run](${runUrl}) that the author of this change controls. Read the numbers as their claim._\n\n`;
}

/** Of a fork, also of one that was deleted. */
function isForeign({ event }: RunContext, run: TriggeringRun): boolean {
  return run.headRepository?.toLowerCase() !== `${event.owner}/${event.repo}`.toLowerCase();
}

async function publishNotEvaluated(context: RunContext, target: Target, artifact: StoredArtifact): Promise<Posted> {
  const { run } = target;
  const pull = choosePullRequest(target);
  let left: NotEvaluated;
  try {
    left = await readNotEvaluated(context, artifact);
  } catch (error) {
    return { about: artifact.name, results: { report: failedResult(error) } };
  }
  const { suite } = left;
  const cause = isForeign(context, run) ? 'fork' : run.headBranch.startsWith('dependabot/') ? 'dependabot' : 'unset';
  const report = describeNotEvaluated(left, { cause, pullNumber: typeof pull === 'number' ? pull : undefined });
  if (context.inputs.summary) await context.host.summarize(() => report.text).catch(() => false);
  const check = await withCheck(context, target, { suite, finish: (open) => finishNotEvaluated(open, report) });
  const comment = typeof pull === 'number' ? await commentNotEvaluated(context, { suite, run, pullNumber: pull, report }) : pull;
  return { about: artifact.name, results: { check, comment } };
}

async function withCheck(
  context: RunContext,
  { run }: Target,
  { suite, finish }: { suite: string; finish: (check: SuiteCheck) => Promise<PublishResult> },
): Promise<PublishResult> {
  if (context.inputs.check === 'off') return { kind: 'skipped', reason: 'check: off' };
  if (isForeign(context, run)) {
    const place = { name: checkNameOf(suite), headSha: run.headSha, runId: run.id };
    try {
      const reason = await whyCheckIsTaken(context.reader, place);
      if (reason !== undefined) return { kind: 'skipped', reason, isNotable: true };
    } catch (error) {
      return failedResult(error);
    }
  }
  return finish(checkAtOnce(context, { suite, run: { ...run, url: runUrlOf(context.event, run.id) } }));
}

async function publishStoredComment(
  context: RunContext,
  { run, pull }: Chosen,
  assessment: Assessment,
  render: (maxBytes: number) => string,
): Promise<PublishResult> {
  if (typeof pull !== 'number') return pull;
  const { status, exitCode } = assessment.verdict;
  const publishing = publishComment({
    client: context.writer(),
    pullNumber: pull,
    marker: { suite: suiteSlug(assessment.suite), runId: run.id, attempt: run.attempt, sha: run.headSha },
    mode: context.inputs.comment,
    verdict: { status, isFailure: exitCode !== 0 },
    isAcceptanceVoid: Boolean(assessment.voidAcceptance),
    ...commentFacts(context),
    render: (maxBytes) => renderAcceptable(assessment, maxBytes, render),
  });
  return unlessStopped(context.signal, graceMs, publishing).catch(failedResult);
}
