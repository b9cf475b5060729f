import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { SuiteConfig } from '../../config/suite-config.ts';
import { type Problem, ToolError } from '../../errors.ts';
import { type CalibrationOutcome, type CalibrationWish, calibrateLive, calibrateRuns } from '../../pipeline/calibrate.ts';
import { estimateSuite } from '../../pipeline/dry-run.ts';
import { folderName } from '../../pipeline/output-folder.ts';
import type { BaselineFinder } from '../../pipeline/ports.ts';
import { calibrationMarkdown } from '../../reporters/calibration/markdown.ts';
import { calibrationTerminal } from '../../reporters/calibration/terminal.ts';
import { type Arguments, commands, type FlagName } from '../args.ts';
import { estimateText } from '../estimate.ts';
import { type CliHost, jsonText, shownPath, wantsColor } from '../host.ts';
import { baselineFinderOf, eachSuite, gitOf, outputDirOf, progressOf, suitesOf } from '../suites.ts';

const formats = ['terminal', 'json', 'markdown'] as const;
/** Of no use where nothing is asked. */
const offlineFlags: readonly FlagName[] = ['config', 'output', 'format', 'power', 'drop'];
const mostRuns = 50;

interface Wish extends CalibrationWish {
  format: (typeof formats)[number];
  runCount: number;
}

/** What the suite can tell: from runs that exist, or from runs of the suite against itself. */
export async function calibrate(given: Arguments, host: CliHost): Promise<number> {
  const wish = wishOf(given, host);
  if (given.operands.length > 0) return fromRuns(given, host, wish);
  const suites = await suitesOf(given, host);
  if (given.has('dry-run')) return showCosts(suites, given, host, wish);
  return eachSuite(suites, host, (config) => live({ config, suites: suites.length, given, host, wish }));
}

async function fromRuns(given: Arguments, host: CliHost, wish: Wish): Promise<number> {
  const [config, second] = given.list('config').length > 0 ? await suitesOf(given, host) : [];
  if (second)
    throw new ToolError({
      code: 'usage',
      message: 'calibrate takes one suite with RUN…',
      remedy: 'name the config of these runs, or leave --config out',
    });
  const output = given.text('output');
  const outcome = await calibrateRuns({
    ...wish,
    runs: given.operands.map((path) => resolve(host.cwd, path)),
    ...(config ? { config } : {}),
    outputDirOf: (suite) => resolve(host.cwd, output ?? `.agent-regress/${folderName(suite)}`),
  });
  show(outcome, given, host, wish);
  return outcome.exitCode;
}

async function live(call: { config: SuiteConfig; suites: number; given: Arguments; host: CliHost; wish: Wish }): Promise<number> {
  const { config, suites, given, host, wish } = call;
  const git = gitOf(host);
  // Each run counts from nothing: its progress has its own name and its own clock.
  const progress = Array.from({ length: wish.runCount }, (_, i) =>
    progressOf(given, host, 2, `${suites > 1 ? `${config.suite}, ` : ''}run ${i + 1} of ${wish.runCount}`),
  );
  try {
    const outcome = await calibrateLive({
      ...wish,
      config,
      outputDir: outputDirOf(given, host, config, suites),
      resume: given.has('resume'),
      ...(git ? { git } : {}),
      signal: host.signal,
      onEvent(event, run) {
        if (event.kind === 'started') for (const other of progress.slice(0, run - 1)) other.end();
        // That a calibration has no baseline is not worth a line.
        if (event.kind !== 'baseline') progress[run - 1]?.onEvent(event);
      },
    });
    for (const each of progress) each.end();
    show(outcome, given, host, wish);
    return outcome.exitCode;
  } finally {
    for (const each of progress) each.end();
  }
}

/** Prints what a live calibration would ask; asks nothing. */
async function showCosts(suites: readonly SuiteConfig[], given: Arguments, host: CliHost, { format, runCount }: Wish): Promise<number> {
  const search = baselineFinderOf(host);
  return eachSuite(suites, host, async (config) => {
    const folder = outputDirOf(given, host, config, suites.length);
    const earlier = [join(folder, 'calibrate', 'run-1', 'run.jsonl'), join(folder, 'run.jsonl')].filter((path) => existsSync(path));
    const findBaseline: BaselineFinder = async (wanted) => {
      const found = await search(wanted);
      return found.runLogs.length > 0 ? found : { ...found, runLogs: earlier };
    };
    // Runs against themselves ask no second agent.
    const alone = config.baseline.kind === 'agent' ? { baseline: { kind: 'none' as const } } : {};
    const one = await estimateSuite({ ...config, ...alone, policy: { ...config.policy, confirm: false, topUp: false } }, findBaseline);
    const all = {
      ...one,
      calls: one.calls * runCount,
      maxCalls: Math.min(config.budget.calls ?? Number.POSITIVE_INFINITY, one.maxCalls * runCount),
      inputTokens: one.inputTokens * runCount,
      ...(one.outputTokens === undefined ? {} : { outputTokens: one.outputTokens * runCount }),
      ...(one.costUsd === undefined ? {} : { costUsd: one.costUsd * runCount }),
      ...(one.seconds === undefined ? {} : { seconds: one.seconds * runCount }),
    };
    host.stdout.write(format === 'json' ? jsonText({ ...all, runs: runCount }) : estimateText(all, runCount));
    return 0;
  });
}

function show(outcome: CalibrationOutcome, given: Arguments, host: CliHost, { format }: Wish): void {
  const { calibration, page, files } = outcome;
  const isColor = wantsColor(host, host.stdout, given.has('no-color'));
  if (format === 'json') host.stdout.write(jsonText(calibration));
  else if (format === 'markdown') host.stdout.write(calibrationMarkdown(page));
  else host.stdout.write(calibrationTerminal(page, { width: host.stdout.columns || 100, isColor }));
  if (!given.has('quiet')) host.stderr.write(`  ${shownPath(host, files.markdown)}\n  ${shownPath(host, files.json)}\n`);
}

/** @throws ToolError `usage` with every flag that is wrong. */
function wishOf(given: Arguments, host: CliHost): Wish {
  const problems: Problem[] = [];
  const format = formats.find((name) => name === (given.text('format') ?? 'terminal'));
  if (!format)
    problems.push({ field: '--format', message: `calibrate has no format "${given.text('format')}"`, remedy: `one of ${formats.join(', ')}` });
  const power = fraction(given, 'power', 0.8, problems);
  const drop = fraction(given, 'drop', 0.05, problems);
  const text = given.text('runs') ?? '2';
  const runCount = Number(text);
  if (!Number.isInteger(runCount) || runCount < 1 || runCount > mostRuns)
    problems.push({
      field: '--runs',
      message: `--runs ${text} is not a whole number from 1 to ${mostRuns}`,
      remedy: '--runs 3 shows movement between runs too',
    });
  if (given.operands.length > 0) problems.push(...liveFlagProblems(given));
  if (problems.length > 0 || !format)
    throw new ToolError({
      code: 'usage',
      message: 'agent-regress calibrate: the command line is not right',
      remedy: 'agent-regress calibrate --help',
      problems,
    });
  return { format, power, drop, runCount, nameOf: (path) => shownPath(host, path) };
}

function fraction(given: Arguments, flag: 'power' | 'drop', fallback: number, problems: Problem[]): number {
  const text = given.text(flag);
  if (text === undefined) return fallback;
  const value = Number(text);
  if (value > 0 && value < 1) return value;
  const percent = Number(text.replace(/\s*%$/, ''));
  const meant = percent >= 1 && percent < 100 ? `${percent} % is --${flag} ${percent / 100}` : `such as --${flag} ${fallback}`;
  problems.push({ field: `--${flag}`, message: `--${flag} ${text} is not a number between 0 and 1`, remedy: meant });
  return fallback;
}

/** With runs that exist nothing is asked: a flag that says how to ask is a misunderstanding. */
function liveFlagProblems(given: Arguments): Problem[] {
  return commands.calibrate.flags
    .filter((flag) => !offlineFlags.includes(flag) && (given.text(flag) !== undefined || given.has(flag) || given.list(flag).length > 0))
    .map((flag) => ({
      field: `--${flag}`,
      message: `--${flag} is for asking the agent; with RUN… nothing is asked`,
      remedy: `leave --${flag} out, or leave RUN… out to run the suite`,
    }));
}
