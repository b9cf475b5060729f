import { resolve } from 'node:path';
import { ToolError } from '../../errors.ts';
import { readHistories } from '../../pipeline/stored-history.ts';
import { unknownNameRemedy } from '../../registry.ts';
import { historyCsv, historyLists, historyMarkdown, historyTerminal } from '../../reporters/parts/history-list.ts';
import type { Arguments } from '../args.ts';
import { type CliHost, jsonText, shownPath, wantsColor } from '../host.ts';

const formats = ['terminal', 'markdown', 'json', 'csv'] as const;

/** The runs of each suite over time, from the folders of runs or their `history.jsonl`. Asks nothing, and is never red. */
export async function history(given: Arguments, host: CliHost): Promise<number> {
  const format = formatOf(given);
  const output = given.text('output');
  const named = [...given.operands, ...(output === undefined ? [] : [output])];
  const places = (named.length > 0 ? named : ['.agent-regress']).map((path) => resolve(host.cwd, path));
  const rows = await readHistories(places, (message) => host.stderr.write(`${message}\n`));
  if (rows.length === 0)
    throw new ToolError({
      code: 'history-empty',
      message: `there is no compared run in ${places.map((place) => shownPath(host, place)).join(', ')}`,
      remedy: 'run a suite first, or name its output folder: agent-regress history DIR',
    });
  const lists = historyLists(rows);
  if (format === 'json') host.stdout.write(jsonText(rows));
  else if (format === 'csv') host.stdout.write(historyCsv(lists));
  else if (format === 'markdown') host.stdout.write(historyMarkdown(lists));
  else
    host.stdout.write(historyTerminal(lists, { width: host.stdout.columns || 100, isColor: wantsColor(host, host.stdout, given.has('no-color')) }));
  return 0;
}

function formatOf(given: Arguments): (typeof formats)[number] {
  const wanted = given.text('format') ?? 'terminal';
  const found = formats.find((name) => name === wanted);
  if (found) return found;
  throw new ToolError({ code: 'usage', message: `history has no format "${wanted}"`, remedy: unknownNameRemedy(wanted, formats) });
}
