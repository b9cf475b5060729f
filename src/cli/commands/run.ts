import { evaluateSuite } from '../../pipeline/evaluate.ts';
import type { Arguments } from '../args.ts';
import { showEstimates } from '../estimate.ts';
import type { CliHost } from '../host.ts';
import { baselineFinderOf, checkFormat, eachSuite, gitOf, outputDirOf, progressOf, showEvaluation, suitesOf } from '../suites.ts';

/** Ask, check, compare, report. */
export async function run(given: Arguments, host: CliHost): Promise<number> {
  await checkFormat(given);
  const suites = await suitesOf(given, host);
  const findBaseline = baselineFinderOf(host);
  if (given.has('dry-run')) return showEstimates(suites, findBaseline, given, host);
  const git = gitOf(host);
  return eachSuite(suites, host, async (config) => {
    const progress = progressOf(given, host, suites.length, config.suite);
    try {
      const evaluation = await evaluateSuite({
        config,
        outputDir: outputDirOf(given, host, config, suites.length),
        resume: given.has('resume'),
        findBaseline,
        ...(git ? { git } : {}),
        signal: host.signal,
        onEvent: progress.onEvent,
      });
      progress.end();
      await showEvaluation(evaluation, given, host);
      if (!evaluation.assessment.verdict.complete && !given.has('quiet'))
        host.stderr.write('Go on where it stopped: the same command with --resume\n');
      return evaluation.exitCode;
    } finally {
      progress.end();
    }
  });
}
