import { resolve } from 'node:path';
import { ToolError } from '../../errors.ts';
import { resultFormats } from '../../importers/registry.ts';
import { resolveRunLog } from '../../io/run-log-file.ts';
import { exportRun } from '../../pipeline/export-run.ts';
import { openSuite } from '../../pipeline/open-suite.ts';
import type { Json, JsonObject } from '../../records/json.ts';
import type { Arguments } from '../args.ts';
import { type CliHost, inertText, shownPath } from '../host.ts';
import { oneSuiteOf } from '../suites.ts';

/** Write a run as another system's result files. A config adds what a run log does not hold, such as the rows of the dataset. */
export async function exportResults(given: Arguments, host: CliHost): Promise<number> {
  const type = given.text('to');
  const output = given.text('output');
  if (type === undefined || output === undefined) {
    const message = `export needs ${type === undefined ? '--to' : '--output'}`;
    throw new ToolError({ code: 'usage', message, remedy: `agent-regress export RUN --to ${type ?? resultFormats.types.join('|')} --output DIR` });
  }
  const format = resultFormats.get(type);
  const parsed = format.options.safeParse(optionsOf(given.list('option')));
  if (!parsed.success) {
    const problems = parsed.error.issues.map(({ path, message }) => ({ field: `--option ${path.join('.')}`, message }));
    throw new ToolError({ code: 'usage', message: `the options of ${type} are not right`, remedy: 'write --option name=value', problems });
  }
  const runLog = await resolveRunLog(resolve(host.cwd, given.operands[0] ?? ''));
  const config = given.list('config').length > 0 ? await oneSuiteOf(given, host, 'a run belongs to one suite') : undefined;
  const suite = config ? await openSuite(config, host.signal) : undefined;
  try {
    const target = resolve(host.cwd, output);
    const known = suite && config ? { samples: suite.samples, secrets: config.secrets } : {};
    const files = await exportRun({ runLog, format, options: parsed.data, target, ...known });
    host.stdout.write(inertText(`${files} file${files === 1 ? '' : 's'} of ${type} in ${shownPath(host, target)}\n`));
    if (type === 'agentloop') {
      const { uploadFrom } = await import('../../pipeline/upload-from.ts');
      const { uploadText } = await import('../../pipeline/upload-experiment.ts');
      const uploaded = await uploadFrom({
        runLog,
        options: parsed.data,
        config,
        samples: suite?.samples,
        env: host.env,
        cwd: host.cwd,
        signal: host.signal,
      });
      host.stdout.write(inertText(`${uploadText(uploaded)}\n`));
    }
    return 0;
  } finally {
    await suite?.close();
  }
}

/** `name=value`; a value that is JSON is read as such. */
function optionsOf(words: readonly string[]): JsonObject {
  return Object.fromEntries(
    words.map((word) => {
      const at = word.indexOf('=');
      if (at < 1) throw new ToolError({ code: 'usage', message: `--option takes name=value, found ${word}`, remedy: 'write --option name=value' });
      return [word.slice(0, at), optionValue(word.slice(at + 1))];
    }),
  );
}

function optionValue(text: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return text;
  }
}
