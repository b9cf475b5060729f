import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ExitCode, ToolError } from '../errors.ts';
import { concludeCheck } from '../github/check-run.ts';
import { publishComment } from '../github/comment.ts';
import type { TriggeringRun } from '../github/event.ts';
import { failedResult, type PublishResult } from '../github/publish-result.ts';
import { listRunArtifacts, openArtifact, type StoredArtifact } from '../github/stored-runs.ts';
import { artifactNameOf, suiteSlug } from '../github/suite-slug.ts';
import { readRunIndex } from '../io/run-log-file.ts';
import { Assessment, assessmentSchemaVersion } from '../records/assessment.ts';
import * as z from '../records/schema.ts';
import { makeReportView } from '../reporters/parts/view.ts';
import { reporters } from '../reporters/registry.ts';
import { unlessStopped } from './give-up.ts';
import { checkTitle } from './publish-suite.ts';
import type { RunContext } from './run-context.ts';
import { startCheck } from './suite-check.ts';

/** After the signal, for a comment that hangs; a check run has a grace of its own. */
const graceMs = 500;

/**
 * Posts what a finished run has stored: for pull requests from forks, whose own run may not write. Executes nothing
 * of it; its text is data, its report is rendered anew, and only the event says which commit and run it is about.
 * @returns the exit code: of the posting, not of the verdict. @throws ToolError
 */
export async function publishMode(context: RunContext): Promise<number> {
  const { host, event, reader, inputs } = context;
  const run = event.triggeringRun;
  if (!run) {
    throw new ToolError({
      code: 'event-refused',
      message: `mode "publish" works on workflow_run, not on ${event.name}`,
      remedy: 'start the workflow with `on: workflow_run`; see docs/github.md',
    });
  }
  if (run.conclusion === 'cancelled' || run.conclusion === 'skipped') {
    host.notice(`Nothing to publish: run ${run.id} was ${run.conclusion}.`);
    return ExitCode.pass;
  }
  const prefix = `${inputs['artifact-name']}-`;
  const stored = newestByName((await listRunArtifacts(reader, run.id)).filter(({ name, expired }) => name.startsWith(prefix) && !expired));
  if (stored.length === 0) {
    throw new ToolError({
      code: 'nothing-stored',
      message: `run ${run.id} has stored no artifact "${prefix}…"`,
      remedy: 'see the log of that run; `artifact-name` must be the same in both workflows',
      exitCode: ExitCode.incomplete,
    });
  }
  const pullNumber = await findPullRequest(context, run);
  let worst: number = ExitCode.pass;
  for (const artifact of stored) {
    for (const [target, result] of Object.entries(await publishStored(context, { run, artifact, pullNumber }))) {
      if (result.kind === 'failed') {
        host.warning(`${artifact.name}: ${target}: ${result.message}. ${result.remedy}`);
        worst = ExitCode.incomplete;
      } else if (result.kind === 'skipped') host.info(`${artifact.name}: no ${target}: ${result.reason}`);
      else if (result.url !== undefined) host.setOutput(`${target}-url`, result.url);
    }
  }
  return worst;
}

const Pull = z.looseObject({
  number: z.int(),
  state: z.string(),
  head: z.looseObject({ sha: z.string(), repo: z.nullish(z.looseObject({ full_name: z.string() })) }),
});

/** An open pull request of this repository whose head is the trusted commit of the trusted repository, or none. */
async function findPullRequest({ reader }: RunContext, run: TriggeringRun): Promise<number | undefined> {
  const owner = run.headRepository?.split('/')[0];
  if (owner === undefined || run.headBranch === '') return undefined;
  const query = { state: 'open', head: `${owner}:${run.headBranch}` };
  const listed = await reader.list('pulls', query, { needs: 'pull-requests: read', maxPages: 3 });
  const matching = listed
    .flatMap((entry) => Pull.safeParse(entry).data ?? [])
    .filter((pull) => {
      const isSameRepository = pull.head.repo?.full_name.toLowerCase() === run.headRepository?.toLowerCase();
      return pull.state === 'open' && pull.head.sha === run.headSha && isSameRepository;
    });
  return matching.map(({ number }) => number).sort((a, b) => a - b)[0];
}

interface StoredReport {
  run: TriggeringRun;
  artifact: StoredArtifact;
  pullNumber: number | undefined;
}

async function publishStored(context: RunContext, stored: StoredReport): Promise<Record<'check' | 'comment', PublishResult>> {
  let assessment: Assessment;
  try {
    assessment = await readStored(context, stored.artifact);
  } catch (error) {
    const failed = failedResult(error);
    return { check: failed, comment: failed };
  }
  const { event } = context;
  const runUrl = `${event.serverUrl}/${event.owner}/${event.repo}/actions/runs/${stored.run.id}`;
  const view = makeReportView({ assessment, evidence: [], links: { runUrl, reportUrl: `${runUrl}/artifacts/${stored.artifact.id}` } });
  const summary = (maxBytes: number) => reporters.get('markdown').render(view, { maxBytes });
  if (context.inputs.summary) await context.host.summarize(summary).catch(() => false);
  const title = checkTitle(view);
  const check = await publishCheck(context, { ...stored, assessment, runUrl, title, render: summary });
  const comment = await publishStoredComment(context, stored, assessment, (maxBytes) => reporters.get('comment').render(view, { maxBytes }));
  return { check, comment };
}

/** @throws ToolError for anything that is not a whole report of this very artifact. */
async function readStored(context: RunContext, artifact: StoredArtifact): Promise<Assessment> {
  const { host, reader, inputs } = context;
  const folder = await mkdtemp(join(host.env.RUNNER_TEMP || tmpdir(), 'agent-regress-'));
  const runLog = join(folder, 'run.jsonl');
  const { texts, files } = await openArtifact(reader, artifact, { texts: ['assessment.json'], files: { 'run.jsonl': runLog } });
  const refuse = (message: string) =>
    new ToolError({
      code: 'report-refused',
      message: `artifact "${artifact.name}": ${message}`,
      remedy: 'see the log of the run that stored it',
      exitCode: ExitCode.incomplete,
    });
  const text = texts.get('assessment.json');
  if (text === undefined || !files.has('run.jsonl')) throw refuse('assessment.json or run.jsonl is missing');
  const parsed = Assessment.safeParse(parseJson(text));
  if (!parsed.success) throw refuse(`assessment.json: ${parsed.error.issues[0]?.path.join('.') ?? ''} ${parsed.error.issues[0]?.message ?? ''}`);
  if (parsed.data.schemaVersion > assessmentSchemaVersion) throw refuse('it was written by a newer version of agent-regress');
  const { suite } = parsed.data;
  if (artifactNameOf(inputs['artifact-name'], suite) !== artifact.name) throw refuse('it is about another suite than its name says');
  const index = await readRunIndex(runLog);
  if (index.header?.suite !== suite) throw refuse('its run log is of another suite');
  const complete = parsed.data.verdict.complete && index.end !== undefined;
  return { ...parsed.data, verdict: { ...parsed.data.verdict, complete }, baseline: withoutForeignUrl(context, parsed.data.baseline) };
}

/** The only address in a stored report is that of its baseline run; what a fork wrote there must not become a link. */
function withoutForeignUrl({ event }: RunContext, { url, ...baseline }: Assessment['baseline']): Assessment['baseline'] {
  const runs = `${event.serverUrl}/${event.owner}/${event.repo}/actions/runs/`;
  const isRun = url?.startsWith(runs) && /^\d+$/.test(url.slice(runs.length));
  return isRun ? { ...baseline, url } : baseline;
}

async function publishCheck(
  context: RunContext,
  report: StoredReport & { assessment: Assessment; runUrl: string; title: string; render: (maxBytes: number) => string },
): Promise<PublishResult> {
  const { inputs } = context;
  if (inputs.check === 'off') return { kind: 'skipped', reason: 'check: off' };
  const { assessment, run, runUrl, title, render } = report;
  const check = await startCheck(context, { mode: 'create', suite: assessment.suite, run: { ...run, url: runUrl } });
  const conclusion = concludeCheck({ assessment, exitCode: assessment.verdict.exitCode });
  return check.finish(conclusion, { title, render, annotations: [] });
}

async function publishStoredComment(
  context: RunContext,
  { run, pullNumber }: StoredReport,
  assessment: Assessment,
  render: (maxBytes: number) => string,
): Promise<PublishResult> {
  if (pullNumber === undefined) return { kind: 'skipped', reason: `no open pull request has ${run.headSha.slice(0, 7)} as its head` };
  const { status, exitCode } = assessment.verdict;
  const publishing = publishComment({
    client: context.writer(),
    pullNumber,
    marker: { suite: suiteSlug(assessment.suite), runId: run.id, attempt: run.attempt, sha: run.headSha },
    mode: context.inputs.comment,
    verdict: { status, isFailure: exitCode !== 0 },
    render,
  });
  return unlessStopped(context.signal, graceMs, publishing).catch(failedResult);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function newestByName(artifacts: readonly StoredArtifact[]): StoredArtifact[] {
  const seen = new Set<string>();
  return artifacts.filter(({ name }) => !seen.has(name) && seen.add(name)).slice(0, 20);
}
