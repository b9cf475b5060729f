import { resolve } from 'node:path';
import { ToolError } from '../../errors.ts';
import { checkRun } from '../../pipeline/check.ts';
import type { Arguments } from '../args.ts';
import type { CliHost } from '../host.ts';
import { baselineFinderOf, checkFormat, progressOf, showEvaluation, suitesOf } from '../suites.ts';

/** Score, or score again, the answers of a run. */
export async function check(given: Arguments, host: CliHost): Promise<number> {
  checkFormat(given);
  const [config, second] = await suitesOf(given, host);
  if (!config || second)
    throw new ToolError({ code: 'usage', message: 'check scores one run with one suite', remedy: 'name the suite of the run with --config FILE' });
  const progress = progressOf(given, host, 1, config.suite);
  try {
    const run = resolve(host.cwd, given.operands[0] ?? '');
    const evaluation = await checkRun({ run, config, findBaseline: baselineFinderOf(host), signal: host.signal, onEvent: progress.onEvent });
    progress.end();
    showEvaluation(evaluation, given, host);
    return evaluation.exitCode;
  } finally {
    progress.end();
  }
}
