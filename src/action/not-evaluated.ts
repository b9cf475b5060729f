import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { UnreadySuite } from '../config/build-suite.ts';
import { ExitCode } from '../errors.ts';
import { uploadRunFolder } from '../github/artifact.ts';
import { publishComment } from '../github/comment.ts';
import { commentFacts } from '../github/comment-facts.ts';
import type { GitHubEvent } from '../github/event.ts';
import { failedResult, type PublishResult } from '../github/publish-result.ts';
import type { SuiteCheck } from '../github/suite-check.ts';
import { notEvaluatedNameOf, suiteSlug } from '../github/suite-slug.ts';
import { unlessStopped } from '../io/unless-stopped.ts';
import { type NotEvaluated, notEvaluatedFile, notEvaluatedSchemaVersion } from '../records/not-evaluated.ts';
import { clip, toLine } from '../reporters/parts/escape.ts';
import { markdownCode, markdownText } from '../reporters/parts/escape-markdown.ts';
import type { SuiteOutcome } from './outputs.ts';
import type { RunContext } from './run-context.ts';
import { startSuiteCheck, whyReadOnly } from './suite-check.ts';

/** Why a run lacks its secrets, which decides what helps. */
export type SecretsCause = 'fork' | 'dependabot' | 'unset';

/** After the signal, for what hangs; a check run has a grace of its own. */
const graceMs = 500;
/** Names of variables that a text lists. */
const maxNames = 5;

/** Whether suites whose variables have no value are left out; otherwise they are an error of the config. */
export function isSkipping({ inputs, event }: Pick<RunContext, 'inputs' | 'event'>): boolean {
  const wanted = inputs['on-missing-secrets'];
  return wanted === 'auto' ? causeOf(event) !== 'unset' : wanted === 'skip';
}

/** GitHub gives no secrets to pull requests from forks, and to Dependabot only those that were stored for it. */
export function causeOf({ pullRequest, isDependabot }: Pick<GitHubEvent, 'pullRequest' | 'isDependabot'>): SecretsCause {
  if (pullRequest?.isFork) return 'fork';
  return isDependabot ? 'dependabot' : 'unset';
}

/** Says everywhere that one suite was not evaluated: log, job summary, a neutral check, the comment. Never throws. */
export async function skipSuite(context: RunContext, { suite, variables }: UnreadySuite): Promise<SuiteOutcome> {
  const { event, host, inputs } = context;
  const report = describeNotEvaluated({ suite, variables }, { cause: causeOf(event), pullNumber: event.pullRequest?.number });
  host.notice(`${suite}: ${report.title}. ${plainRemedy[causeOf(event)]}`);
  const isSummed = inputs.summary && (await host.summarize(() => report.text).catch(() => false));
  const summary: PublishResult = isSummed ? { kind: 'published' } : { kind: 'skipped', reason: 'no job summary' };
  const check = await finishNotEvaluated(await startSuiteCheck(context, suite), report);
  const comment = await writeComment(context, suite, report);
  const artifact = await storeNotEvaluated(context, { suite, variables });
  return { suite, notEvaluated: { variables }, published: { artifact, summary, check, comment }, exitCode: ExitCode.pass };
}

/** Leaves word for the publishing run, under a name that no stored run has. Never throws. */
async function storeNotEvaluated(context: RunContext, left: Pick<NotEvaluated, 'suite' | 'variables'>): Promise<PublishResult> {
  const { host, inputs, event, runUrl } = context;
  const record: NotEvaluated = { schemaVersion: notEvaluatedSchemaVersion, suite: left.suite, variables: left.variables.slice(0, 100) };
  try {
    const folder = await mkdtemp(join(host.env.RUNNER_TEMP || tmpdir(), 'agent-regress-'));
    await writeFile(join(folder, notEvaluatedFile), `${JSON.stringify(record, undefined, 2)}\n`);
    const name = notEvaluatedNameOf(inputs['artifact-name'], left.suite);
    const storing = uploadRunFolder({ name, folder, retentionDays: 7, runAttempt: event.runAttempt, env: host.env, runUrl });
    return await unlessStopped(context.signal, graceMs, storing);
  } catch (error) {
    return failedResult(error);
  }
}

/** What is shown of a suite that was not evaluated. */
export interface NotEvaluatedReport {
  /** One line of plain text. */
  title: string;
  /** Markdown. */
  text: string;
}

/** The words for it: what happened, why, and who can do what about it. The names are data. */
export function describeNotEvaluated(
  { suite, variables }: Pick<NotEvaluated, 'suite' | 'variables'>,
  { cause, pullNumber }: { cause: SecretsCause; pullNumber?: number | undefined },
): NotEvaluatedReport {
  const shown = variables.slice(0, maxNames).map((name) => clip(name, 60));
  const more = variables.length > shown.length ? ` and ${variables.length - shown.length} more` : '';
  const verb = variables.length === 1 ? 'has' : 'have';
  const names = shown.map(markdownCode).join(', ') + more;
  const text = [
    `> [!NOTE]\n> **${markdownText(suite)} was not evaluated.** Nothing was asked, so nothing is known about this change: it neither passed nor failed.`,
    `${variables.length === 1 ? 'The variable' : 'The variables'} ${names} ${verb} no value. ${reasons[cause]}`,
    remedies[cause](pullNumber),
  ];
  return { title: `Not evaluated: ${shown.map(toLine).join(', ')}${more} ${verb} no value`, text: `${text.join('\n\n')}\n` };
}

const reasons: Record<SecretsCause, string> = {
  fork: 'GitHub gives no secrets to pull requests from forks.',
  dependabot: 'GitHub gives the runs of Dependabot only the secrets that are stored for Dependabot, to a re-run by a person too.',
  unset: 'The workflow does not set them, or the secrets behind them do not exist here.',
};

const remedies: Record<SecretsCause, (number: number | 'NUMBER' | undefined) => string> = {
  fork: (number = 'NUMBER') =>
    [
      'A maintainer who has read the change can run it with the secrets of this repository, from a branch of it:',
      ...['', `    gh pr checkout ${number}`, `    git push origin HEAD:evaluate-${number}`, ''],
      'and open a pull request from that branch.',
    ].join('\n'),
  dependabot: () => 'Add them under **Settings → Secrets and variables → Dependabot**, then re-run the job.',
  unset: () => 'Set them with `env:` on the step, from secrets or variables of the repository.',
};

const plainRemedy: Record<SecretsCause, string> = {
  fork: 'GitHub gives no secrets to pull requests from forks; see the job summary for how a maintainer can run it.',
  dependabot: 'Add them under Settings, Secrets and variables, Dependabot.',
  unset: 'Set them with env: on the step.',
};

/** Closes the check as neutral: neither a pass nor a failure. Never throws. */
export function finishNotEvaluated(check: SuiteCheck, { title, text }: NotEvaluatedReport): Promise<PublishResult> {
  return check.finish('neutral', { title, render: () => text, annotations: [] });
}

async function writeComment(context: RunContext, suite: string, report: NotEvaluatedReport): Promise<PublishResult> {
  const { event } = context;
  if (!event.pullRequest) return { kind: 'skipped', reason: `${event.name} has no pull request` };
  const readOnly = whyReadOnly(context);
  if (readOnly) return { kind: 'skipped', reason: readOnly };
  const run = { id: event.runId, attempt: event.runAttempt, headSha: event.headSha };
  return commentNotEvaluated(context, { suite, run, pullNumber: event.pullRequest.number, report });
}

/** Brings the comment of the suite up to date, so that an older verdict does not stand for this commit. Never throws. */
export async function commentNotEvaluated(
  context: RunContext,
  about: { suite: string; run: { id: number; attempt: number; headSha: string }; pullNumber: number; report: NotEvaluatedReport },
): Promise<PublishResult> {
  const { suite, run, pullNumber, report } = about;
  const publishing = publishComment({
    client: context.writer(),
    pullNumber,
    marker: { suite: suiteSlug(suite), runId: run.id, attempt: run.attempt, sha: run.headSha },
    mode: context.inputs.comment,
    verdict: { status: 'no-baseline', isFailure: false },
    ...commentFacts(context),
    render: () => report.text,
  });
  return unlessStopped(context.signal, graceMs, publishing).catch(failedResult);
}
