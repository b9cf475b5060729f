import { executeSuite } from '../../pipeline/execute.ts';
import { escapeTerminal } from '../../reporters/parts/escape.ts';
import type { Arguments } from '../args.ts';
import { showEstimates } from '../estimate.ts';
import { type CliHost, inertText, shownPath } from '../host.ts';
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
      const check = ['agent-regress', 'check', ...(config.checkWords ?? (await checkWords(given, path)))].map((word) => shellWord(word)).join(' ');
      host.stdout.write(inertText(`${execution.index.pending.size} answers in ${path}, not scored yet.${stopped}\n  ${check}\n`));
      return execution.exitCode;
    } finally {
      progress.end();
    }
  });
}

/** What scores the answers: for a project of another tool, its files and flags are needed again. */
async function checkWords(given: Arguments, path: string): Promise<readonly string[]> {
  const from = given.text('from');
  if (from === undefined) return [path];
  const { flagNames } = await import('../project.ts');
  return flagNames(from).has('results') ? ['--from', from, ...given.operands, '--results', path] : [path];
}

/** To be pasted into a shell, and harmless on a terminal. */
function shellWord(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${escapeTerminal(word).replaceAll("'", `'\\''`)}'`;
}
