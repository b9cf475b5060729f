import { resolve } from 'node:path';
import { ExitCode, type Problem, ToolError } from '../../errors.ts';
import { measureAgreement } from '../../pipeline/judge-agreement.ts';
import { agreementText } from '../../reporters/agreement/terminal.ts';
import type { Arguments } from '../args.ts';
import { type CliHost, inertText, jsonText } from '../host.ts';
import { oneSuiteOf, outputDirOf } from '../suites.ts';

const formats = ['terminal', 'json'] as const;

/** Asks the judge about answers that people have labelled, and tells how far the two agree. */
export async function judgeAgreement(given: Arguments, host: CliHost): Promise<number> {
  const { format, minKappa } = wishOf(given);
  const config = await oneSuiteOf(given, host, 'judge-agreement takes one suite');
  const file = given.operands[0] ?? '';
  const name = given.text('checker');
  const { agreement, exitCode } = await measureAgreement({
    config,
    labels: { path: resolve(host.cwd, file), file },
    ...(name === undefined ? {} : { checker: name }),
    outputDir: outputDirOf(given, host, config, 1),
    signal: host.signal,
    onNote: (message) => {
      if (!given.has('quiet')) host.stderr.write(`${message}\n`);
    },
  });
  host.stdout.write(format === 'json' ? jsonText(agreement) : inertText(agreementText(agreement, host.stdout.columns || 100)));
  const kappa = (agreement.weightedKappa ?? agreement.kappa)?.value;
  if (exitCode !== ExitCode.pass || minKappa === undefined) return exitCode;
  if (kappa === undefined) return ExitCode.incomplete;
  return kappa < minKappa ? ExitCode.regression : ExitCode.pass;
}

/** @throws ToolError `usage` with every flag that is wrong. */
function wishOf(given: Arguments): { format: (typeof formats)[number]; minKappa?: number } {
  const problems: Problem[] = [];
  const format = formats.find((name) => name === (given.text('format') ?? 'terminal'));
  if (!format) problems.push({ field: '--format', message: `there is no format "${given.text('format')}"`, remedy: `one of ${formats.join(', ')}` });
  const text = given.text('min-kappa');
  const minKappa = text === undefined ? undefined : Number(text);
  if (minKappa !== undefined && !(minKappa >= 0 && minKappa <= 1))
    problems.push({ field: '--min-kappa', message: `--min-kappa ${text} is not a number from 0 to 1`, remedy: 'such as --min-kappa 0.6' });
  if (problems.length > 0 || !format)
    throw new ToolError({
      code: 'usage',
      message: 'agent-regress judge-agreement: the command line is not right',
      remedy: 'agent-regress judge-agreement --help',
      problems,
    });
  return { format, ...(minKappa === undefined ? {} : { minKappa }) };
}
