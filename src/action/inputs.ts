import { type Problem, ToolError } from '../errors.ts';
import { defaultAcceptLabel } from '../github/acceptance-command.ts';
import type { CheckMode } from '../github/check-run.ts';
import { type CommentMode, commentModes } from '../github/comment.ts';
import type { Shard } from '../records/run-log.ts';
import { unknownNameRemedy } from '../registry.ts';
import { parseShard } from '../run/core/shards.ts';

/** One input of action.yml. */
export interface InputSpec<T> {
  description: string;
  /** As it stands in action.yml. Empty: the config decides. */
  default: string;
  /** Trimmed text, never empty unless the default is. @throws InputError */
  parse: (text: string) => T;
}

export type ActionMode = 'run' | 'publish' | 'merge' | 'accept';
/** `regressions`: an issue is kept while a suite is worse than it was. */
export type IssueMode = 'off' | 'regressions';
export type OnMissingSecrets = 'auto' | 'skip' | 'fail';
export type ResumeMode = 'auto' | 'off';
export type FailOn = 'regressed' | 'inconclusive' | 'no-baseline';

/** Every input, in the order of action.yml, which a test holds equal to this table. */
export const inputTable = {
  config: spec('agent-regress.yml', 'Config files, one per line; one file is one suite.', lines),
  agent: spec('', 'Of suites with several `agents`, only these, one name per line. Empty: all suites.', lines),
  mode: spec(
    'run',
    '`run` asks, checks, compares and reports; `publish` posts the report of a finished run (on workflow_run); `merge` joins shards; `accept` records that a regression is accepted (on issue_comment).',
    oneOf<ActionMode>('run', 'publish', 'merge', 'accept'),
  ),
  'github-token': spec(
    // biome-ignore lint/suspicious/noTemplateCurlyInString: an expression of the runner
    '${{ github.token }}',
    'Token for baselines (`actions: read`, `contents: read`), comments (`pull-requests: write`) and checks (`checks: write`).',
    token,
  ),
  baseline: spec(
    '',
    'What to compare with: `auto`, `none`, `release`, `run:ID`, `sha:SHA`, or paths of stored runs, one per line. Empty: as the config says.',
    lines,
  ),
  'require-baseline': spec('false', 'Fail when there is no baseline to compare with.', flag),
  'fail-on': spec(
    '',
    'What fails the step: any of `regressed`, `inconclusive`, `no-baseline`, with commas; or `never`. Empty: as the config says.',
    failOn,
  ),
  'on-missing-secrets': spec(
    'auto',
    'A suite whose variables have no value: `fail` is an error, `skip` reports it as not evaluated, `auto` skips for forks and Dependabot only.',
    oneOf<OnMissingSecrets>('auto', 'skip', 'fail'),
  ),
  comment: spec(
    'always',
    'When to comment on the pull request: `always`, `changes`, `regressions`, `failures` or `off`. A comment that exists is kept up to date.',
    oneOf<CommentMode>(...commentModes),
  ),
  issue: spec(
    'off',
    '`regressions` keeps one issue per suite on schedule, push and workflow_dispatch of the default branch: opened when it gets worse, closed when it recovers. Needs `issues: write`.',
    oneOf<IssueMode>('off', 'regressions'),
  ),
  check: spec(
    'create',
    "`create` makes a check run per suite, `job` writes to the job's own check, `off` makes none.",
    oneOf<CheckMode>('create', 'job', 'off'),
  ),
  'artifact-name': spec('agent-regress', 'Start of the name that runs are stored under; the suite is added.', artifactPrefix),
  'retention-days': spec('90', 'Days that a stored run is kept, 1 to 400; the repository may set a lower limit.', whole(1, 400)),
  resume: spec(
    'auto',
    '`auto` lets a re-run of a job that was cancelled, timed out or died go on from the answers that were there; `off` asks everything again.',
    oneOf<ResumeMode>('auto', 'off'),
  ),
  shard: spec('', 'Part of the samples to run, such as `2/8`.', optional(shard)),
  repeats: spec('', 'Answers per sample. Empty: as the config says.', optional(whole(1, 1000))),
  limit: spec('', 'At most so many samples.', optional(whole(1, 10_000_000))),
  concurrency: spec('', 'Calls at once. Empty: as the config says.', optional(whole(1, 1000))),
  'budget-usd': spec('', 'Stop when the calls have cost so many US dollars. Empty: as the config says.', optional(amount)),
  'working-directory': spec('.', 'Folder that paths start from and `.agent-regress/` is written to.', text),
  summary: spec('true', 'Write the report to the job summary.', flag),
  html: spec('true', 'Store the HTML report with the run.', flag),
  'accept-label': spec(defaultAcceptLabel, 'Label that accepts a regression, for `mode: accept` on pull_request_target.', text),
  'job-check-run-id': spec(
    // biome-ignore lint/suspicious/noTemplateCurlyInString: an expression of the runner
    '${{ job.check_run_id }}',
    'Filled in by the runner, for `check: job`. Leave it alone.',
    checkRunId,
  ),
} as const satisfies Record<string, InputSpec<unknown>>;

export type InputName = keyof typeof inputTable;
/** Every input with its value, by its name in action.yml. */
export type ActionInputs = { [K in InputName]: ReturnType<(typeof inputTable)[K]['parse']> };

/** Reads all inputs. @throws ToolError `inputs-invalid` that lists every problem at once. */
export function readInputs(read: (name: string) => string | undefined): ActionInputs {
  const problems: Problem[] = [];
  const values: Record<string, unknown> = {};
  for (const [name, { default: fallback, parse }] of Object.entries<InputSpec<unknown>>(inputTable)) {
    const given = read(name)?.trim() ?? '';
    try {
      values[name] = parse(given === '' ? fallback : given);
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      problems.push({ field: name, message: `input "${name}" is ${JSON.stringify(given.slice(0, 100))}: ${error.message}`, remedy: error.remedy });
    }
  }
  if (problems.length === 0) return values as ActionInputs;
  throw new ToolError({
    code: 'inputs-invalid',
    message: `${problems.length === 1 ? 'an input is' : `${problems.length} inputs are`} not right`,
    remedy: 'correct the `with:` block of the step',
    problems,
  });
}

class InputError extends Error {
  readonly remedy: string;

  constructor(message: string, remedy: string) {
    super(message);
    this.remedy = remedy;
  }
}

function spec<T>(fallback: string, description: string, parse: (text: string) => T): InputSpec<T> {
  return { default: fallback, description, parse };
}

function text(value: string): string {
  return value;
}

/** Outside of a runner nobody fills in the expression. */
function token(value: string): string {
  return value.startsWith('${{') ? '' : value;
}

function lines(value: string): string[] {
  return value
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '');
}

function flag(value: string): boolean {
  if (/^(true|yes|on|1)$/i.test(value)) return true;
  if (/^(false|no|off|0)$/i.test(value)) return false;
  throw new InputError('neither true nor false', 'write `true` or `false`');
}

function oneOf<T extends string>(...known: readonly T[]): (value: string) => T {
  return (value) => {
    const found = known.find((name) => name === value.toLowerCase());
    if (found !== undefined) return found;
    throw new InputError('not a known value', unknownNameRemedy(value, known));
  };
}

function whole(min: number, max: number): (value: string) => number {
  return (value) => {
    const number = /^\d+$/.test(value) ? Number(value) : Number.NaN;
    if (number >= min && number <= max) return number;
    throw new InputError('not such a number', `a whole number from ${min} to ${max}`);
  };
}

function amount(value: string): number {
  const number = /^\d+(\.\d+)?$/.test(value) ? Number(value) : Number.NaN;
  if (number > 0 && Number.isFinite(number)) return number;
  throw new InputError('not an amount', 'a number above 0, such as 2.50');
}

function optional<T>(parse: (value: string) => T): (value: string) => T | undefined {
  return (value) => (value === '' ? undefined : parse(value));
}

function failOn(value: string): FailOn[] | undefined {
  if (value === '') return undefined;
  if (/^(never|none|off)$/i.test(value)) return [];
  const name = oneOf<FailOn>('regressed', 'inconclusive', 'no-baseline');
  return value
    .split(/[\s,]+/)
    .filter((part) => part !== '')
    .map(name);
}

/** The characters that artifact names may have, less those that are awkward in a URL. */
function artifactPrefix(value: string): string {
  if (/^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/.test(value)) return value;
  throw new InputError('not an artifact name', 'letters, digits, ".", "_" and "-", at most 100');
}

function shard(value: string): Shard {
  const found = parseShard(value);
  if (found) return found;
  throw new InputError('not a shard', 'write i/n with i from 1 to n, such as 2/8');
}

/** Anything but digits means that this server does not fill it in. */
function checkRunId(value: string): number | undefined {
  return /^\d{1,15}$/.test(value) ? Number(value) : undefined;
}
