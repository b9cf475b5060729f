import { resolve } from 'node:path';
import { ToolError } from '../../errors.ts';
import { resultFormats } from '../../importers/registry.ts';
import type { ResultFiles, ResultFormat } from '../../importers/result-format.ts';
import { openResultFiles } from '../../io/result-files.ts';
import { type ImportedLog, importRun } from '../../pipeline/import-run.ts';
import { folderName } from '../../pipeline/output-folder.ts';
import type { Arguments } from '../args.ts';
import { type CliHost, inertText, shownPath } from '../host.ts';
import { importAnswers, scoreAnswers, tellWarnings } from '../score-answers.ts';
import { checkFormat, oneSuiteOf } from '../suites.ts';

/** Take over what another system recorded: as a run log of its own, or as answers of a suite, which are then scored and compared. */
export async function importResults(given: Arguments, host: CliHost): Promise<number> {
  await checkFormat(given);
  const shown = given.operands[0] ?? '';
  const files = await openResultFiles(resolve(host.cwd, shown), shown);
  const format = formatOf(given.text('from'), files);
  if (given.list('config').length > 0) return importInto(given, host, { files, format });
  const fallback = resolve(host.cwd, '.agent-regress', folderName(`${format.type}-import`));
  const outputDir = given.text('output') === undefined ? fallback : resolve(host.cwd, given.text('output') ?? '');
  const imported = await importRun({ files, format, outputDir, signal: host.signal });
  tellWarnings(imported.warnings, host);
  tell(imported, host);
  const next = imported.isScored
    ? `agent-regress compare BASE ${shownPath(host, outputDir)}`
    : 'agent-regress import … --config FILE (the results hold no scores)';
  host.stdout.write(inertText(`  ${next}\n`));
  return 0;
}

async function importInto(given: Arguments, host: CliHost, from: { files: ResultFiles; format: ResultFormat }): Promise<number> {
  const config = await oneSuiteOf(given, host, 'results are imported into one suite');
  const { imported, ...answers } = await importAnswers(from, config, given, host);
  tell(imported, host);
  return scoreAnswers(answers, config, { given, host });
}

function formatOf(type: string | undefined, files: ResultFiles): ResultFormat {
  if (type !== undefined) return resultFormats.get(type);
  const found = resultFormats.entries.filter((format) => format.recognises(files.paths));
  const [only] = found;
  if (only && found.length === 1) return only;
  const message =
    found.length === 0
      ? `${files.root} looks like no results that are known`
      : `${files.root} may be results of ${found.map((format) => format.type).join(' or ')}`;
  throw new ToolError({ code: 'usage', message, remedy: `name the system with --from: ${resultFormats.types.join(', ')}` });
}

function tell({ runLog, slots, samples }: ImportedLog, host: CliHost): void {
  host.stderr.write(
    `imported ${slots} answer${slots === 1 ? '' : 's'} to ${samples} sample${samples === 1 ? '' : 's'}: ${shownPath(host, runLog)}\n`,
  );
}
