import { join, resolve } from 'node:path';
import { folderName } from '../../pipeline/output-folder.ts';
import { reportStored } from '../../pipeline/stored-report.ts';
import type { Arguments } from '../args.ts';
import type { CliHost } from '../host.ts';
import { checkFormat, progressOf, showEvaluation } from '../suites.ts';

/** Write the reports of finished runs and comparisons again. A report is never red by itself: the exit code is 0 when it was written. */
export async function report(given: Arguments, host: CliHost): Promise<number> {
  await checkFormat(given);
  const output = given.text('output');
  for (const run of given.operands) {
    const progress = progressOf(given, host, given.operands.length, run);
    const outputDir = output === undefined ? undefined : resolve(host.cwd, output, given.operands.length > 1 ? folderName(run) : '');
    const evaluation = await reportStored({
      run: resolve(host.cwd, run),
      ...(outputDir === undefined ? {} : { outputDir: join(outputDir) }),
      onEvent: progress.onEvent,
    });
    progress.end();
    await showEvaluation(evaluation, given, host);
  }
  return 0;
}
