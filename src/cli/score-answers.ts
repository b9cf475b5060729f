import type { ResultFiles, ResultFormat } from '../importers/result-format.ts';
import { checkRun } from '../pipeline/check.ts';
import type { ImportedLog } from '../pipeline/import-run.ts';
import { escapeTerminal } from '../reporters/parts/escape.ts';
import type { Arguments } from './args.ts';
import type { CliHost } from './host.ts';
import { baselineFinderOf, type CalledSuite, outputDirOf, progressOf, showDetails, showEvaluation } from './suites.ts';

/** Recorded answers of a suite. */
export interface Answers {
  /** Run folder or run log. */
  run: string;
  /** Of answers that another system recorded; absent: as the suite says. */
  repeats?: number;
}

/** Makes results of another system the answers of a suite, in its output folder, and says what was left out. */
export async function importAnswers(
  from: { files: ResultFiles; format: ResultFormat },
  config: CalledSuite,
  given: Arguments,
  host: CliHost,
): Promise<Answers & { imported: ImportedLog }> {
  const { importRun } = await import('../pipeline/import-run.ts');
  const outputDir = outputDirOf(given, host, config, 1);
  const imported = await importRun({ ...from, config, outputDir, signal: host.signal });
  tellWarnings(imported.warnings, host);
  return { run: outputDir, repeats: imported.repeats, imported };
}

/** What an import left out, or could not read, a line each. */
export function tellWarnings(warnings: readonly string[], host: CliHost): void {
  for (const warning of warnings) host.stderr.write(`warning: ${escapeTerminal(warning)}\n`);
}

/** Scores the answers, compares them with the baseline and shows the report. @returns the exit code. */
export async function scoreAnswers(
  { run, repeats }: Answers,
  config: CalledSuite,
  { given, host, rejudge }: { given: Arguments; host: CliHost; rejudge?: number | undefined },
): Promise<number> {
  const progress = progressOf(given, host, 1, config.suite);
  try {
    const evaluation = await checkRun({
      run,
      config: repeats === undefined ? config : { ...config, repeats },
      ...(rejudge === undefined ? {} : { rejudge }),
      findBaseline: baselineFinderOf(host),
      signal: host.signal,
      onEvent: progress.onEvent,
    });
    progress.end();
    await showEvaluation(evaluation, given, host);
    await showDetails(evaluation, config, given, host);
    return evaluation.exitCode;
  } finally {
    progress.end();
  }
}
