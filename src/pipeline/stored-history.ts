import { readdir, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { joinHistory } from '../compare/history.ts';
import { ToolError } from '../errors.ts';
import { isThere } from '../io/is-there.ts';
import { type HistoryRow, historyRowOf } from '../records/history.ts';
import { storedHistory } from './history.ts';
import { readAssessment } from './stored-report.ts';

/**
 * The rows of output folders, suite by suite, of folders that hold such folders, and of `history.jsonl` files. A folder without one is told by its
 * assessment; one that has neither is passed over. @throws ToolError `run-not-found` for a path that does not exist.
 */
export async function readHistories(paths: readonly string[], onNote: (message: string) => void): Promise<HistoryRow[]> {
  const lists: HistoryRow[][] = [];
  for (const path of paths) {
    const found = await stat(path).catch(() => undefined);
    if (!found) throw new ToolError({ code: 'run-not-found', message: `${path} does not exist`, remedy: 'name an output folder or a history.jsonl' });
    if (found.isFile()) lists.push(await storedHistory(dirname(path), { onNote }, basename(path)));
    else lists.push(...(await Promise.all((await withSubfolders(path)).map((folder) => historyOfFolder(folder, onNote)))));
  }
  const rows = lists.flat();
  const suites = [...new Set(rows.map(({ suite }) => suite))].sort();
  return suites.flatMap((suite) => joinHistory([rows.filter((row) => row.suite === suite)]));
}

async function withSubfolders(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  return [folder, ...entries.filter((entry) => entry.isDirectory()).map(({ name }) => join(folder, name))];
}

async function historyOfFolder(folder: string, onNote: (message: string) => void): Promise<HistoryRow[]> {
  const stored = await storedHistory(folder, { onNote });
  const path = join(folder, 'assessment.json');
  if (!isThere(path)) return stored;
  const assessment = await readAssessment(path);
  const own = stored.some(({ at }) => at === assessment.run.startedAt) ? undefined : historyRowOf(assessment);
  return own ? [...stored, own] : stored;
}
