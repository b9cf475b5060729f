import type { SuiteConfig } from '../../config/suite-config.ts';
import { evaluateSuite } from '../../pipeline/evaluate.ts';
import { executeSuite } from '../../pipeline/execute.ts';
import { shardSummary } from '../../pipeline/shard-summary.ts';
import type { Arguments } from '../args.ts';
import { showEstimates } from '../estimate.ts';
import { type CliHost, inertText, shownPath } from '../host.ts';
import {
  acceptanceFinderOf,
  baselineFinderOf,
  checkFormat,
  eachSuite,
  gitOf,
  outputDirOf,
  progressOf,
  showDetails,
  showEvaluation,
  suitesOf,
} from '../suites.ts';

/** Ask, check, compare, report. */
export async function run(given: Arguments, host: CliHost): Promise<number> {
  await checkFormat(given);
  const suites = await suitesOf(given, host);
  const findBaseline = baselineFinderOf(host);
  if (given.has('dry-run')) return showEstimates(suites, findBaseline, given, host);
  const git = gitOf(host);
  return eachSuite(suites, host, async (config) => {
    if (config.shard) return runShard(config, { given, host, suites: suites.length });
    const progress = progressOf(given, host, suites.length, config.suite);
    try {
      const evaluation = await evaluateSuite({
        config,
        outputDir: outputDirOf(given, host, config, suites.length),
        resume: config.resume ?? given.has('resume'),
        findBaseline,
        ...acceptanceFinderOf(given, host, progress.onEvent),
        ...(git ? { git } : {}),
        signal: host.signal,
        onEvent: progress.onEvent,
      });
      progress.end();
      await showEvaluation(evaluation, given, host);
      await showDetails(evaluation, config, given, host);
      if (!evaluation.assessment.verdict.complete && !given.has('quiet'))
        host.stderr.write('Go on where it stopped: the same command with --resume\n');
      return evaluation.exitCode;
    } finally {
      progress.end();
    }
  });
}

/** Ask and check one part of the samples; `merge` compares and reports them all. */
async function runShard(config: SuiteConfig, call: { given: Arguments; host: CliHost; suites: number }): Promise<number> {
  const { given, host, suites } = call;
  const progress = progressOf(given, host, suites, config.suite);
  const git = gitOf(host);
  try {
    const execution = await executeSuite({
      config,
      outputDir: outputDirOf(given, host, config, suites),
      resume: given.has('resume'),
      isScored: true,
      ...(git ? { git } : {}),
      signal: host.signal,
      onEvent: progress.onEvent,
    });
    progress.end();
    const shown = { ...execution, runLog: shownPath(host, execution.runLog) };
    host.stdout.write(inertText(`${shardSummary(shown)}\n  agent-regress merge SHARD…\n`));
    if (execution.stopReason !== undefined && !given.has('quiet')) host.stderr.write('Go on where it stopped: the same command with --resume\n');
    return execution.exitCode;
  } finally {
    progress.end();
  }
}
