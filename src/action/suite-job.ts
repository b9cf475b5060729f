import type { SuiteConfig } from '../config/suite-config.ts';
import { ExitCode, messageOf, ToolError } from '../errors.ts';
import { findBaselineForSuite } from '../github/baseline-from-environment.ts';
import { failedResult, type PublishResult } from '../github/publish-result.ts';
import type { SuiteCheck } from '../github/suite-check.ts';
import { artifactNameOf, suiteSlug } from '../github/suite-slug.ts';
import { readGit } from '../io/git.ts';
import { withoutMachineErrors } from '../io/machine-error.ts';
import { unlessStopped } from '../io/unless-stopped.ts';
import { findLocalBaseline } from '../pipeline/find-baseline.ts';
import type { EvaluateRequest, FoundBaseline, PipelineEvent } from '../pipeline/ports.ts';
import { commentUnevaluated, unevaluatedText, unevaluatedTitle } from '../pipeline/unevaluated.ts';
import { createRedactor } from '../run/core/redact.ts';
import { earlierLogs } from './earlier-logs.ts';
import { acceptanceFinder } from './find-acceptance.ts';
import { reportError } from './host.ts';
import type { SuiteOutcome } from './outputs.ts';
import type { RunContext } from './run-context.ts';
import { whyReadOnly } from './suite-check.ts';

/** After the signal, for a comment that hangs. */
const graceMs = 500;

/** What every way of getting a suite's answers is given: its config, the commit, where baselines are searched, who is told. */
export function suiteRequest(context: RunContext, config: SuiteConfig, outputDir: string): Omit<EvaluateRequest, 'resume'> {
  const { event, signal, workspace, cwd, reader } = context;
  const remote = (wanted: SuiteConfig): Promise<FoundBaseline> => {
    const artifactName = artifactNameOf(context.inputs['artifact-name'], wanted.suite);
    return findBaselineForSuite({ client: reader, event, config: wanted, artifactName, tmpRoot: context.host.env.RUNNER_TEMP ?? '' });
  };
  return {
    config,
    outputDir,
    findBaseline: (wanted) => findLocalBaseline(wanted, cwd, remote),
    findAcceptance: acceptanceFinder(context, config.suite),
    git: { sha: readGit(workspace)?.sha ?? event.sha, ...(event.ref === undefined ? {} : { ref: event.ref }) },
    origin: { runId: String(event.runId), attempt: event.runAttempt, event: event.name, sha: event.headSha },
    workflow: {
      repository: `${event.owner}/${event.repo}`,
      runId: String(event.runId),
      attempt: event.runAttempt,
      job: context.host.env.GITHUB_JOB ?? '',
    },
    earlier: () => earlierLogs(context, config, outputDir),
    signal,
    onEvent: createTeller(context, config.suite),
  };
}

/** A suite that has thrown. `check` is absent of a shard, which opens none and comments on nothing: the merge does. */
export interface SuiteFailure {
  config: SuiteConfig;
  check?: SuiteCheck;
  error: unknown;
}

/** Says in log, check, summary and comment why a suite could not be evaluated. Never throws. */
export async function failSuite(context: RunContext, failure: SuiteFailure): Promise<SuiteOutcome> {
  const { host, signal } = context;
  const { config, check } = failure;
  const error = withoutMachineErrors(failure.error);
  const { suite } = config;
  // The runner hides secrets in the log and the summary only, and only as they are: the text also goes into the check run.
  const { text: hide } = createRedactor(config.secrets);
  const isKnown = error instanceof ToolError;
  if (isKnown) reportError(host, error, hide);
  else host.error(hide(`${suite}: a bug in agent-regress: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`));
  const why = hide([messageOf(error), ...(isKnown ? [error.remedy, ...problemLines(error)] : [])].filter(Boolean).join('\n'));
  const text = unevaluatedText(suite, why);
  const conclusion = signal.aborted ? 'cancelled' : 'failure';
  const checked = await check?.finish(conclusion, { title: unevaluatedTitle, render: () => text, annotations: [] });
  const isSummed = context.inputs.summary && (await host.summarize(() => text).catch(() => false));
  const summary = isSummed ? ({ kind: 'published' } as const) : ({ kind: 'skipped', reason: 'no job summary' } as const);
  const published = { summary, ...(checked ? { check: checked, comment: await commentOn(context, { suite, text, check: checked }) } : {}) };
  return { suite, published, exitCode: isKnown ? error.exitCode : ExitCode.internal };
}

/** A check run and a comment have room for so many; the log has all of them. */
const shownProblems = 20;

function problemLines({ problems }: ToolError): string[] {
  const lines = problems.slice(0, shownProblems).map(({ file, line, field, message, remedy }) => {
    const place = [file && `${file}${line === undefined ? '' : `:${line}`}`, field].filter(Boolean).join(' ');
    return [place, message, remedy].filter(Boolean).join(': ');
  });
  const left = problems.length - shownProblems;
  return left > 0 ? [...lines, `and ${left} more, in the log`] : lines;
}

async function commentOn(context: RunContext, failed: { suite: string; text: string; check: PublishResult }): Promise<PublishResult> {
  const { event, signal } = context;
  const { suite, text, check } = failed;
  if (!event.pullRequest) return { kind: 'skipped', reason: `${event.name} has no pull request` };
  if (signal.aborted) return { kind: 'skipped', reason: 'the run was cancelled' };
  const readOnly = whyReadOnly(context);
  if (readOnly) return { kind: 'skipped', reason: readOnly };
  try {
    const about = { suite, text, check, pullNumber: event.pullRequest.number, mode: context.inputs.comment };
    const publishing = commentUnevaluated(context, about);
    return await unlessStopped(signal, graceMs, publishing);
  } catch (error) {
    return failedResult(error);
  }
}

function createTeller({ host }: RunContext, suite: string): (event: PipelineEvent) => void {
  let told = -1;
  return (event) => {
    switch (event.kind) {
      case 'started':
        return host.info(
          `${suite}: ${event.samples} samples × ${event.repeats}${(event.agents ?? 1) > 1 ? `, ${event.agents} agents` : ''}, ${event.slots} slots${Object.keys(event.caps ?? {}).length > 0 ? `, budget ${JSON.stringify(event.caps)}` : ''}`,
        );
      case 'continued':
        return host.notice(`${suite}: continued attempt ${event.attempt}: ${event.resumed} of ${event.slots} slots were there`);
      case 'baseline':
        return host[event.info.isUnreadable ? 'warning' : 'info'](
          `${suite}: baseline: ${event.info.kind}${(event.info.reason ?? event.info.agent) ? ` (${event.info.reason ?? event.info.agent})` : ''}`,
        );
      case 'rescored':
        return host.info(`${suite}: ${event.slots} baseline slots scored again: ${event.reason}`);
      case 'topping-up':
        return host.info(`${suite}: the result is grey; asking every sample as often again, ${event.slots} slots`);
      case 'confirming':
        return host.info(`${suite}: asking ${event.samples} suspicious samples again, ${event.slots} slots`);
      case 'notice':
        return event.level === 'warning' ? host.warning(`${suite}: ${event.message}`) : host.info(`${suite}: ${event.message}`);
      case 'progress': {
        const tenth = Math.floor((10 * event.done) / Math.max(1, event.total));
        if (tenth === told) return undefined;
        told = tenth;
        return host.info(`${suite}: ${event.done}/${event.total} done, ${event.fail} failed, ${event.error} errors`);
      }
    }
  };
}
