import { resolve } from 'node:path';
import { ExitCode, type Problem, ToolError } from '../../errors.ts';
import { defaultAcceptLabel } from '../../github/acceptance-command.ts';
import { readEventFromEnvironment } from '../../github/baseline-from-environment.ts';
import { commentModes } from '../../github/comment.ts';
import { assertMayRun, type GitHubEvent } from '../../github/event.ts';
import { createJobSummary } from '../../github/job-summary.ts';
import { createReportClients } from '../../github/report-clients.ts';
import type { ReportedRun } from '../../pipeline/ports.ts';
import { type Published, type PublishRequest, publishRun } from '../../pipeline/publish-run.ts';
import { showStored } from '../../pipeline/stored-report.ts';
import type { Arguments, FlagName } from '../args.ts';
import { type CliHost, errorText, inertText } from '../host.ts';
import { progressOf } from '../suites.ts';

/**
 * Shows finished runs where the action would: for steps of a workflow that call the command line. @returns the exit code of the posting,
 * not of the verdict. @throws ToolError
 */
export async function publish(given: Arguments, host: CliHost): Promise<number> {
  const modes = {
    comment: oneOf(given, 'comment', commentModes),
    check: oneOf(given, 'check', ['create', 'off'] as const),
    acceptLabel: given.text('accept-label') ?? defaultAcceptLabel,
  };
  const { token, event } = await openWorkflow(host.env);
  const { runs, worst: unread } = await readRuns(given, host, event);
  const onNotice = (message: string) => void host.stderr.write(inertText(`${message}\n`));
  const end = new AbortController();
  const place = {
    event,
    workspace: resolve(host.env.GITHUB_WORKSPACE || host.cwd),
    cwd: host.cwd,
    signal: host.signal,
    summarize: createJobSummary(host.env.GITHUB_STEP_SUMMARY),
    onNotice,
    ...createReportClients({
      token,
      apiUrl: event.apiUrl,
      owner: event.owner,
      repo: event.repo,
      counter: { requests: 0 },
      onNotice,
      signal: host.signal,
      end: end.signal,
    }),
  } satisfies Partial<PublishRequest>;
  let worst = unread;
  try {
    for (const evaluation of runs) {
      const published = await publishRun({ ...place, ...modes, evaluation });
      worst = Math.max(worst, tell(evaluation.assessment.suite, published, host));
      if (host.signal.aborted) break;
    }
  } finally {
    end.abort();
  }
  return worst;
}

/** @throws ToolError `not-in-workflow` that names all that is missing; `event-refused`; `event-invalid` */
async function openWorkflow(env: CliHost['env']): Promise<{ token: string; event: GitHubEvent }> {
  const problems = needed.flatMap(([name, remedy]): Problem[] => (env[name] ? [] : [{ field: name, message: `${name} is not set`, remedy }]));
  if (problems.length > 0)
    throw new ToolError({
      code: 'not-in-workflow',
      message: 'publish posts to GitHub from a step of a workflow, and this is none',
      remedy: 'to read a report here: agent-regress report RUN',
      problems,
    });
  assertMayRun(env.GITHUB_EVENT_NAME ?? '', 'publish');
  return { token: env.GITHUB_TOKEN ?? '', event: await readEventFromEnvironment(env) };
}

const needed: readonly (readonly [string, string])[] = [
  // biome-ignore lint/suspicious/noTemplateCurlyInString: an expression of the runner
  ['GITHUB_TOKEN', 'give it to the step with env: {GITHUB_TOKEN: ${{ github.token }}}, and the job the permissions checks and pull-requests: write'],
  ['GITHUB_REPOSITORY', 'GitHub sets it in every step'],
  ['GITHUB_EVENT_NAME', 'GitHub sets it in every step'],
];

/** One of several that cannot be read or is of another commit is told and holds no other up. @throws ToolError `usage` for two runs of one suite */
async function readRuns(given: Arguments, host: CliHost, event: GitHubEvent): Promise<{ runs: ReportedRun[]; worst: number }> {
  const runs = new Map<string, ReportedRun>();
  let worst: number = ExitCode.pass;
  for (const path of given.operands) {
    const run = await readRun(path, { given, host, event }).catch((error: unknown) => {
      if (!(error instanceof ToolError) || given.operands.length === 1) throw error;
      host.stderr.write(`${inertText(path)}: ${errorText(error)}`);
      worst = Math.max(worst, error.exitCode);
      return undefined;
    });
    if (!run) continue;
    const { suite } = run.assessment;
    if (runs.has(suite))
      throw new ToolError({
        code: 'usage',
        message: `${path} is a second run of the suite "${suite}", which has one comment and one check`,
        remedy: 'name one of them; shards are joined with: agent-regress merge SHARD…',
      });
    runs.set(suite, run);
  }
  return { runs: [...runs.values()], worst };
}

/** @throws ToolError `run-of-other-commit`; those of `showStored` */
async function readRun(path: string, { given, host, event }: { given: Arguments; host: CliHost; event: GitHubEvent }): Promise<ReportedRun> {
  const progress = progressOf(given, host, given.operands.length, path);
  const run = await showStored({ run: resolve(host.cwd, path), onEvent: progress.onEvent });
  progress.end();
  const { sha } = run.assessment.run;
  if (sha !== undefined && sha !== event.sha && sha !== event.headSha)
    throw new ToolError({
      code: 'run-of-other-commit',
      message: `${path} was measured on ${sha.slice(0, 7)}, and this workflow is about ${event.headSha.slice(0, 7)}`,
      remedy: 'publish a run in a workflow run of its commit; a step that checks out another ref measures that one',
    });
  return run;
}

/** Where each part is to be seen, or why not. @returns 3 when one could not be posted */
function tell(suite: string, published: Published, host: CliHost): number {
  let code: number = ExitCode.pass;
  for (const [name, result] of Object.entries(published)) {
    if (result.kind === 'failed') {
      host.stderr.write(inertText(`${suite}: ${name}: ${result.message}\n  → ${result.remedy}\n`));
      code = ExitCode.incomplete;
    } else if (result.kind === 'skipped') host.stderr.write(inertText(`${suite}: no ${name}: ${result.reason}\n`));
    else host.stdout.write(inertText(`${suite}: ${name}${result.url === undefined ? '' : ` ${result.url}`}\n`));
  }
  return code;
}

/** A word of a flag; absent: the first of those that there are. @throws ToolError `usage` */
function oneOf<T extends string>(given: Arguments, name: FlagName, words: readonly [T, ...T[]]): T {
  const text = given.text(name) ?? words[0];
  const found = words.find((word) => word === text);
  if (found !== undefined) return found;
  throw new ToolError({ code: 'usage', message: `--${name} is ${JSON.stringify(text)}`, remedy: `one of ${words.join(', ')}` });
}
