import { resolve } from 'node:path';
import { compareRuns } from '../../pipeline/compare-runs.ts';
import type { Arguments } from '../args.ts';
import type { CliHost } from '../host.ts';
import { checkFormat, progressOf, showEvaluation, suitesOf } from '../suites.ts';

/** Compare finished runs; the last operand is the head. */
export async function compare(given: Arguments, host: CliHost): Promise<number> {
  await checkFormat(given);
  const [config] = given.list('config').length > 0 ? await suitesOf(given, host) : [];
  const paths = given.operands.map((path) => resolve(host.cwd, path));
  const head = paths.at(-1) ?? '';
  const progress = progressOf(given, host, 1, '');
  try {
    const outputDir = resolve(host.cwd, given.text('output') ?? '.agent-regress/comparison');
    const evaluation = await compareRuns({ base: paths.slice(0, -1), head, outputDir, ...(config ? { config } : {}), onEvent: progress.onEvent });
    progress.end();
    await showEvaluation(evaluation, given, host);
    return evaluation.exitCode;
  } finally {
    progress.end();
  }
}
