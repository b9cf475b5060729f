import { resolve } from 'node:path';
import { ToolError } from '../../errors.ts';
import { checkRun } from '../../pipeline/check.ts';
import type { Arguments } from '../args.ts';
import type { CliHost } from '../host.ts';
import { baselineFinderOf, checkFormat, progressOf, showEvaluation, suitesOf } from '../suites.ts';

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
    const run = resolve(host.cwd, given.operands[0] ?? '');
    const evaluation = await checkRun({
      run,
      config,
      ...(rejudge === undefined ? {} : { rejudge }),
      findBaseline: baselineFinderOf(host),
      signal: host.signal,
      onEvent: progress.onEvent,
    });
    progress.end();
    await showEvaluation(evaluation, given, host, config.format);
    return evaluation.exitCode;
  } finally {
    progress.end();
  }
}

/** @throws ToolError `usage` for anything but a whole number 2..20. */
function rejudgeOf(given: Arguments): number | undefined {
  const text = given.text('rejudge');
  if (text === undefined) return undefined;
  if (/^\d+$/.test(text) && Number(text) >= 2 && Number(text) <= 20) return Number(text);
  throw new ToolError({ code: 'usage', message: `--rejudge takes a whole number from 2 to 20, found ${text}`, remedy: 'write --rejudge 5' });
}
