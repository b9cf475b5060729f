import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Override } from '../config/overrides.ts';
import type { SuiteConfig } from '../config/suite-config.ts';
import { ExitCode, ToolError } from '../errors.ts';
import { defaultAcceptLabel } from '../github/acceptance-command.ts';
import { withoutMachineErrors } from '../io/machine-error.ts';
import { findAcceptanceFrom, findBaselineFrom, gitFrom } from '../pipeline/environment.ts';
import { loadSuites } from '../pipeline/load-suites.ts';
import { folderName, shardFolder } from '../pipeline/output-folder.ts';
import type { AcceptanceFinder, BaselineFinder, Evaluation, PipelineEvent, ReportedRun } from '../pipeline/ports.ts';
import type { Shard } from '../records/run-log.ts';
import { parseShard } from '../run/core/shards.ts';
import type { Arguments, FlagName } from './args.ts';
import { type CliHost, errorText, inertText, shownPath, wantsColor } from './host.ts';
import { createProgress, type Progress } from './progress.ts';

/** Flag → config path. */
const overrideFlags: readonly [FlagName, string][] = [
  ['repeats', 'repeats'],
  ['concurrency', 'concurrency'],
  ['limit', 'samples.limit'],
  ['offset', 'samples.offset'],
  ['timeout-ms', 'timeoutMs'],
  ['max-retries', 'maxRetries'],
  ['fail-on', 'policy.failOn'],
  ['model', 'agent.model'],
  ['base-url', 'agent.baseUrl'],
  ['api-key', 'agent.apiKey'],
  ['temperature', 'agent.temperature'],
  ['judge-model', 'judge.model'],
  ['judge-base-url', 'judge.baseUrl'],
  ['judge-api-key', 'judge.apiKey'],
  ['user-model', 'user.model'],
  ['user-base-url', 'user.baseUrl'],
  ['user-api-key', 'user.apiKey'],
];

/** A suite of this call. */
export interface CalledSuite extends SuiteConfig {
  /** Of another tool's project: absolute folder of run log and reports. */
  outputDir?: string;
  /** Of another tool's project: its `--output` is not ours. */
  hasOwnOutput?: boolean;
  /** Of another tool's project: whether its run log is gone on with; absent: as `--resume` says. */
  resume?: boolean;
  /** Of another tool's project: where `check` finds the answers. */
  results?: { type: string; path: string };
  /** Of another tool's project: the words after `agent-regress check` that judge what `execute` leaves. */
  checkWords?: readonly string[];
  /** Of another tool's project: whose detailed results are shown after the report. */
  details?: 'adk';
}

/** The suites of this call, with the flags over the file and the environment. @throws ToolError with every problem of every file. */
export async function suitesOf(given: Arguments, host: CliHost): Promise<CalledSuite[]> {
  // The --from of import names a format of results, whose suite has a config of its own.
  const isProject = given.text('from') !== undefined && given.command !== 'import';
  const project = isProject ? await openProject(given, host) : undefined;
  const overrides: Override[] = overrideFlags.flatMap(([flag, path]): Override[] => {
    const value = project?.flags.has(flag) ? undefined : given.text(flag);
    return value === undefined ? [] : [{ path, value, origin: 'flag', source: `--${flag}` }];
  });
  const baseline = given.list('baseline');
  if (baseline.length > 0) overrides.push({ path: 'baseline', value: baselineValue(baseline), origin: 'flag', source: '--baseline' });
  const sources = project ? { configPaths: [], inline: project.configs } : { configPaths: given.list('config') };
  const agents = project?.flags.has('agent') ? [] : given.list('agent');
  const suites = await loadSuites({ ...sources, agents, overrides, env: host.env, cwd: host.cwd });
  const where = filterOf(given.list('filter'));
  const shard = shardOf(given);
  return suites.map((suite) => ({
    ...suite,
    ...project?.extrasOf(suite.file),
    ...(where ? { samples: { ...suite.samples, where: { ...suite.samples.where, ...where } } } : {}),
    ...(shard ? { shard } : {}),
  }));
}

async function openProject(given: Arguments, host: CliHost) {
  const { convertedProject, flagNames, inlineConfigs, tellNotes } = await import('./project.ts');
  const type = given.text('from') ?? '';
  const converted = await convertedProject(given, host);
  tellNotes(converted, host);
  const configs = inlineConfigs(converted, type, host.cwd);
  const flags = flagNames(type);
  const extrasOf = (file: string): Partial<CalledSuite> => {
    const { output, results, resume, checkWords } = configs.find((config) => config.file === file)?.suite ?? {};
    return {
      ...(output === undefined || (given.text('output') !== undefined && !flags.has('output')) ? {} : { outputDir: resolve(host.cwd, output) }),
      hasOwnOutput: flags.has('output'),
      ...(resume === undefined ? {} : { resume }),
      ...(checkWords === undefined ? {} : { checkWords }),
      ...(results ? { results: { ...results, path: resolve(host.cwd, converted.folder, results.path) } } : {}),
      ...(converted.details === undefined ? {} : { details: converted.details }),
    };
  };
  return { configs, flags, extrasOf };
}

/** @throws ToolError `usage` for anything but a part such as 2/8. */
function shardOf(given: Arguments): Shard | undefined {
  const text = given.text('shard');
  const shard = text === undefined ? undefined : parseShard(text);
  if (text === undefined || shard) return shard;
  throw new ToolError({ code: 'usage', message: `--shard takes a part such as 2/8, found ${text}`, remedy: 'write --shard I/N with I from 1 to N' });
}

/** The one suite of this call. `what`: why there can only be one, such as "a run belongs to one suite". @throws ToolError as suitesOf, and `usage`. */
export async function oneSuiteOf(given: Arguments, host: CliHost, what: string): Promise<CalledSuite> {
  const [suite, second] = await suitesOf(given, host);
  if (suite && !second) return suite;
  throw new ToolError({ code: 'usage', message: what, remedy: 'name its config with --config FILE, and its agent with --agent NAME' });
}

/** `auto`, `none`, `release`, `run:123` and `sha:abc` are words; everything else is paths. */
function baselineValue(values: string[]): string | string[] {
  const [only] = values;
  return values.length === 1 && only !== undefined && /^(auto|none|release|run:.*|sha:.*)$/.test(only) ? only : values;
}

function filterOf(filters: readonly string[]): SuiteConfig['samples']['where'] {
  if (filters.length === 0) return undefined;
  const exact = (prefix: string) => filters.filter((filter) => filter.startsWith(prefix)).map((filter) => filter.slice(prefix.length));
  const [tags, ids] = [exact('tag:'), exact('id:')];
  const any = filters.filter((filter) => !/^(tag|id):/.test(filter));
  return { ...(tags.length > 0 ? { tags } : {}), ...(ids.length > 0 ? { ids } : {}), ...(any.length > 0 ? { any } : {}) };
}

/**
 * Absolute output folder of one suite: `--output`, with a folder per suite when there are several, else `.agent-regress/<suite>`,
 * in which each shard has a folder of its own.
 */
export function outputDirOf(given: Arguments, host: CliHost, suite: CalledSuite, suites: number): string {
  if (suite.outputDir !== undefined) return suite.outputDir;
  const output = suite.hasOwnOutput ? undefined : given.text('output');
  if (output === undefined) return resolve(host.cwd, '.agent-regress', folderName(suite.suite), suite.shard ? shardFolder(suite.shard) : '.');
  return suites > 1 ? resolve(host.cwd, output, folderName(suite.suite)) : resolve(host.cwd, output);
}

/** Where this call looks for baselines. */
export function baselineFinderOf(host: CliHost): BaselineFinder {
  return findBaselineFrom(host.env, host.cwd);
}

/** How this call learns who accepted a regression, if it can. */
export function acceptanceFinderOf(given: Arguments, host: CliHost, onEvent: (event: PipelineEvent) => void): { findAcceptance?: AcceptanceFinder } {
  const acceptLabel = given.text('accept-label') ?? defaultAcceptLabel;
  const findAcceptance = findAcceptanceFrom(host.env, { acceptLabel, signal: host.signal, onEvent });
  return findAcceptance ? { findAcceptance } : {};
}

/** sha and ref of the checkout, for the run log. */
export function gitOf(host: CliHost): { sha?: string; ref?: string } | undefined {
  return gitFrom(host.env, host.cwd);
}

/** Progress on standard error as the flags want it; lines name the suite when there are several. */
export function progressOf(given: Arguments, host: CliHost, suites: number, suite: string): Progress {
  return createProgress(host.stderr, { isQuiet: given.has('quiet'), isVerbose: given.has('verbose'), ...(suites > 1 ? { prefix: suite } : {}) });
}

/** Checked before anything is asked: a misspelt format must not cost a run. */
export async function checkFormat(given: Arguments): Promise<void> {
  const format = given.text('format');
  if (format !== undefined) (await loadReporters()).get(format);
}

/** Large, and of no use before the end of a run. */
async function loadReporters() {
  return (await import('../reporters/registry.ts')).reporters;
}

/** Prints the report in the chosen format, and where the files are. */
export async function showEvaluation(evaluation: ReportedRun, given: Arguments, host: CliHost): Promise<void> {
  const format = given.text('format') ?? 'terminal';
  const isColor = wantsColor(host, host.stdout, given.has('no-color'));
  const reporter = (await loadReporters()).get(format);
  host.stdout.write(reporter.render(evaluation.view, { width: host.stdout.columns || 100, isColor }));
  if (given.has('quiet')) return;
  const shown = [evaluation.files.html, evaluation.files.markdown, evaluation.files.json, evaluation.runLog].filter(
    (path) => path !== undefined && existsSync(path),
  );
  host.stderr.write(`${shown.map((path) => `  ${shownPath(host, path as string)}`).join('\n')}\n`);
}

/** Every case of a finished run as the other tool prints it, where its project asks for that. */
export async function showDetails({ runLog }: Evaluation, config: CalledSuite, given: Arguments, host: CliHost): Promise<void> {
  if (config.details === undefined || given.text('format') !== undefined) return;
  const { adkDetails } = await import('../pipeline/adk-details.ts');
  for (const text of await adkDetails(runLog, config)) host.stdout.write(inertText(text));
}

/** The order in which exit codes of several suites outweigh each other. */
const severity: readonly number[] = [ExitCode.pass, ExitCode.incomplete, ExitCode.regression, ExitCode.usage, ExitCode.internal];

/** Runs one job per suite, one after another; a suite that cannot run does not take the others with it. @returns the worst exit code. */
export async function eachSuite<S extends SuiteConfig>(suites: readonly S[], host: CliHost, job: (suite: S) => Promise<number>): Promise<number> {
  let worst: number = ExitCode.pass;
  for (const suite of suites) {
    let code: number;
    try {
      code = await job(suite);
    } catch (thrown) {
      const error = withoutMachineErrors(thrown);
      if (!(error instanceof ToolError) || suites.length === 1) throw error;
      host.stderr.write(`${suite.suite}: ${errorText(error)}`);
      code = error.exitCode;
    }
    if (severity.indexOf(code) > severity.indexOf(worst)) worst = code;
    if (host.signal.aborted) break;
  }
  return worst;
}
