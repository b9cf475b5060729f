import { executeSuite } from '../../pipeline/execute.ts';
import type { Arguments } from '../args.ts';
import { showEstimates } from '../estimate.ts';
import { type CliHost, shownPath } from '../host.ts';
import { baselineFinderOf, eachSuite, gitOf, outputDirOf, progressOf, suitesOf } from '../suites.ts';

/** Only ask. */
export async function execute(given: Arguments, host: CliHost): Promise<number> {
  const suites = await suitesOf(given, host);
  if (given.has('dry-run')) return showEstimates(suites, baselineFinderOf(host), given, host);
  const git = gitOf(host);
  return eachSuite(suites, host, async (config) => {
    const progress = progressOf(given, host, suites.length, config.suite);
    try {
      const execution = await executeSuite({
        config,
        outputDir: outputDirOf(given, host, config, suites.length),
        resume: config.resume ?? given.has('resume'),
        ...(git ? { git } : {}),
        signal: host.signal,
        onEvent: progress.onEvent,
      });
      progress.end();
      const path = shownPath(host, execution.runLog);
      const stopped = execution.stopReason === undefined ? '' : ` It stopped early (${execution.stopReason}): go on with --resume.`;
      host.stdout.write(`${execution.index.pending.size} answers in ${path}, not scored yet.${stopped}\n  agent-regress check ${path}\n`);
      return execution.exitCode;
    } finally {
      progress.end();
    }
  });
}
