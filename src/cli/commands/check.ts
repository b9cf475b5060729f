import { resolve } from 'node:path';
import { ToolError } from '../../errors.ts';
import type { Arguments } from '../args.ts';
import { type CliHost, shownPath } from '../host.ts';
import { type Answers, importAnswers, scoreAnswers } from '../score-answers.ts';
import { type CalledSuite, checkFormat, oneSuiteOf } from '../suites.ts';

/** Score, or score again, the answers of a run. */
export async function check(given: Arguments, host: CliHost): Promise<number> {
  await checkFormat(given);
  const rejudge = rejudgeOf(given);
  const config = await oneSuiteOf(given, host, 'check scores one run with one suite');
  return scoreAnswers(await answersOf(config, given, host), config, { given, host, rejudge });
}

/** The run that is named, or what the other tool's project names as its results. */
async function answersOf(config: CalledSuite, given: Arguments, host: CliHost): Promise<Answers> {
  if (!config.results) {
    const [run] = given.operands;
    if (run === undefined) throw new ToolError({ code: 'usage', message: 'check takes the run to score', remedy: 'agent-regress check RUN' });
    return { run: resolve(host.cwd, run) };
  }
  const { type, path } = config.results;
  if (type === 'run') return { run: path };
  const [{ openResultFiles }, { resultFormats }] = await Promise.all([import('../../io/result-files.ts'), import('../../importers/registry.ts')]);
  const files = await openResultFiles(path, shownPath(host, path));
  return importAnswers({ files, format: resultFormats.get(type) }, config, given, host);
}

/** @throws ToolError `usage` for anything but a whole number 2..20. */
function rejudgeOf(given: Arguments): number | undefined {
  const text = given.text('rejudge');
  if (text === undefined) return undefined;
  if (/^\d+$/.test(text) && Number(text) >= 2 && Number(text) <= 20) return Number(text);
  throw new ToolError({ code: 'usage', message: `--rejudge takes a whole number from 2 to 20, found ${text}`, remedy: 'write --rejudge 5' });
}
