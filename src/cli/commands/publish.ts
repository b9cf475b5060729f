import { resolve } from 'node:path';
import { ExitCode, messageOf, type Problem, ToolError } from '../../errors.ts';
import { defaultAcceptLabel } from '../../github/acceptance-command.ts';
import { readEventFromEnvironment } from '../../github/baseline-from-environment.ts';
import { commentModes } from '../../github/comment.ts';
import { assertMayRun, type GitHubEvent } from '../../github/event.ts';
import { createJobSummary } from '../../github/job-summary.ts';
import { createReportClients } from '../../github/report-clients.ts';
import type { ReportedRun } from '../../pipeline/ports.ts';
import { type Published, type PublishRequest, publishRun, publishUnevaluated } from '../../pipeline/publish-run.ts';
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
  const { runs, unread, worst } = await readRuns(given, host, event);
  const onNotice = (message: string) => void host.stderr.write(inertText(`${message}\n`));
  const end = new AbortController();
  const { acceptLabel, ...shown } = modes;
  const place: PublishRequest = {
    ...shown,
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
  };
  try {
    const codes: number[] = [worst];
    if (unread) codes.push(tell(unread.suite, await publishUnevaluated(place, unread), host));
    for (const evaluation of runs) {
      codes.push(tell(evaluation.assessment.suite, await publishRun({ ...place, acceptLabel, evaluation }), host));
      if (host.signal.aborted) break;
    }
    return Math.max(...codes);
  } finally {
    end.abort();
  }
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
  [
    'GITHUB_TOKEN',
    'give it to the step with env: {GITHUB_TOKEN: ${{ github.token }}}, and the job the permissions checks: write, pull-requests: write and, for the baseline of run, actions: read',
  ],
  ['GITHUB_REPOSITORY', 'GitHub sets it in every step'],
  ['GITHUB_EVENT_NAME', 'GitHub sets it in every step'],
];

/** What was named: runs to show, or the suite of one that there is none of, with why. */
interface ReadRuns {
  runs: ReportedRun[];
  unread?: { suite: string; why: string };
  worst: number;
}

/**
 * One of several that cannot be read or is of another commit is told and holds no other up.
 * @throws ToolError `usage` for two runs of one suite, and for a run of another suite than `--suite`
 */
async function readRuns(given: Arguments, host: CliHost, event: GitHubEvent): Promise<ReadRuns> {
  const { operands } = given;
  const suite = given.text('suite');
  if (suite !== undefined && operands.length > 1)
    throw new ToolError({ code: 'usage', message: '--suite says whose run the one folder is to hold', remedy: 'call publish once for each suite' });
  const found: ReadRuns = { runs: [], worst: ExitCode.pass };
  for (const path of operands) {
    try {
      const run = await readRun(path, { given, host, event });
      checkSuite(run.assessment.suite, { path, suite, known: found.runs });
      found.runs.push(run);
    } catch (error) {
      const isHeldUp = suite === undefined && operands.length === 1;
      if (!(error instanceof ToolError) || error.code === 'usage' || isHeldUp) throw error;
      host.stderr.write(`${inertText(path)}: ${errorText(error)}`);
      found.worst = Math.max(found.worst, error.exitCode);
      if (suite !== undefined) found.unread = { suite, why: [messageOf(error), error.remedy].join('\n') };
    }
  }
  return found;
}

function checkSuite(found: string, { path, suite, known }: { path: string; suite: string | undefined; known: readonly ReportedRun[] }): void {
  const usage = (message: string, remedy: string) => new ToolError({ code: 'usage', message, remedy });
  if (suite !== undefined && suite !== found) throw usage(`${path} is a run of the suite "${found}", not of "${suite}"`, `--suite ${found}`);
  if (known.some(({ assessment }) => assessment.suite === found))
    throw usage(
      `${path} is a second run of the suite "${found}", which has one comment and one check`,
      'name one of them; shards are joined with: agent-regress merge SHARD…',
    );
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
