import { resolve } from 'node:path';
import { ToolError } from '../../errors.ts';
import { checkRun } from '../../pipeline/check.ts';
import { escapeTerminal } from '../../reporters/parts/escape.ts';
import type { Arguments } from '../args.ts';
import { type CliHost, shownPath } from '../host.ts';
import { baselineFinderOf, type CalledSuite, checkFormat, outputDirOf, progressOf, showDetails, showEvaluation, suitesOf } from '../suites.ts';

/** Score, or score again, the answers of a run. */
export async function check(given: Arguments, host: CliHost): Promise<number> {
  await checkFormat(given);
  const rejudge = rejudgeOf(given);
  const [config, second] = await suitesOf(given, host);
  if (!config || second)
    throw new ToolError({
      code: 'usage',
      message: 'check scores one run with one suite',
      remedy: 'name the suite of the run with --config FILE, and its agent with --agent NAME',
    });
  const progress = progressOf(given, host, 1, config.suite);
  try {
    const { run, repeats } = await answersOf(config, given, host);
    const evaluation = await checkRun({
      run,
      config: repeats === undefined ? config : { ...config, repeats },
      ...(rejudge === undefined ? {} : { rejudge }),
      findBaseline: baselineFinderOf(host),
      signal: host.signal,
      onEvent: progress.onEvent,
    });
    progress.end();
    await showEvaluation(evaluation, given, host, config.format);
    await showDetails(evaluation, config, given, host);
    return evaluation.exitCode;
  } finally {
    progress.end();
  }
}

/** The run that is named, or what the other tool's project names as its results. */
async function answersOf(config: CalledSuite, given: Arguments, host: CliHost): Promise<{ run: string; repeats?: number }> {
  if (!config.results) {
    const [run] = given.operands;
    if (run === undefined) throw new ToolError({ code: 'usage', message: 'check takes the run to score', remedy: 'agent-regress check RUN' });
    return { run: resolve(host.cwd, run) };
  }
  if (config.results.type === 'run') return { run: config.results.path };
  const { importRun } = await import('../../pipeline/import-run.ts');
  const [{ openResultFiles }, { resultFormats }] = await Promise.all([import('../../io/result-files.ts'), import('../../importers/registry.ts')]);
  const { type, path } = config.results;
  const outputDir = outputDirOf(given, host, config, 1);
  const files = await openResultFiles(path, shownPath(host, path));
  const { warnings, repeats } = await importRun({ files, format: resultFormats.get(type), config, outputDir, signal: host.signal });
  for (const warning of warnings) host.stderr.write(`warning: ${escapeTerminal(warning)}\n`);
  return { run: outputDir, repeats };
}

/** @throws ToolError `usage` for anything but a whole number 2..20. */
function rejudgeOf(given: Arguments): number | undefined {
  const text = given.text('rejudge');
  if (text === undefined) return undefined;
  if (/^\d+$/.test(text) && Number(text) >= 2 && Number(text) <= 20) return Number(text);
  throw new ToolError({ code: 'usage', message: `--rejudge takes a whole number from 2 to 20, found ${text}`, remedy: 'write --rejudge 5' });
}
