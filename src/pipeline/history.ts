import { dirname, join } from 'node:path';
import { joinHistory, readHistory } from '../compare/history.ts';
import { messageOf } from '../errors.ts';
import { readText } from '../io/files.ts';
import { isThere } from '../io/is-there.ts';
import type { Assessment } from '../records/assessment.ts';
import { type HistoryOrigin, type HistoryRow, historyRowOf } from '../records/history.ts';

/** In every output folder, beside `run.jsonl`. */
export const historyFile = 'history.jsonl';

/** Of a file; 90 rows have about 40 KB. */
const maxBytes = 4_000_000;

/**
 * The history as it is after a run: what the baseline knew, what its output folder holds, and the run itself. In a workflow, where
 * `origin` says which run this is, the folder counts for nothing: it may be of a pull request that ran on this machine.
 * Empty, so that none is written, when the file in the folder is there and cannot be read.
 */
export async function historyWith(input: {
  assessment: Assessment;
  outputDir: string;
  /** What came with the baseline. */
  known?: readonly HistoryRow[] | undefined;
  origin?: HistoryOrigin | undefined;
  onNote: (message: string) => void;
}): Promise<HistoryRow[]> {
  const { assessment, outputDir, known = [], origin, onNote } = input;
  let isUnreadable = false;
  const onUnreadable = () => {
    isUnreadable = true;
  };
  const stored = origin ? [] : await storedHistory(outputDir, { suite: assessment.suite, onNote, onUnreadable });
  // What is there stays there: a file of this run alone must not take its place.
  if (isUnreadable) return [];
  const earlier = joinHistory([known, stored]);
  // A run that is scored or compared again, perhaps on another machine, stays the run that it was.
  const same = earlier.find(({ at }) => at === assessment.run.startedAt);
  const own = historyRowOf(assessment, origin ?? same);
  const isAccepted = origin === undefined && same?.accepted === true && !assessment.voidAcceptance;
  return joinHistory([earlier, own ? [isAccepted ? { ...own, accepted: true } : own] : []]);
}

/** The rows of `history.jsonl` in a folder; none where there is no such file. What cannot be read is told and left out. */
export async function storedHistory(
  folder: string,
  of: { suite?: string; onNote: (message: string) => void; onUnreadable?: () => void },
  name = historyFile,
): Promise<HistoryRow[]> {
  const path = join(folder, name);
  try {
    if (!isThere(path)) return [];
    const text = await readText(path, maxBytes);
    const { rows, notes } = readHistory(text, { source: path, now: Date.now(), ...(of.suite === undefined ? {} : { suite: of.suite }) });
    notes.forEach(of.onNote);
    return rows;
  } catch (error) {
    of.onNote(`the history is left out: ${messageOf(error)}`);
    of.onUnreadable?.();
    return [];
  }
}

/** What lies beside baseline run logs that were named. */
export async function historyBeside(runLogs: readonly string[], of: { suite: string; onNote: (message: string) => void }): Promise<HistoryRow[]> {
  const folders = [...new Set(runLogs.map((path) => dirname(path)))];
  return joinHistory(await Promise.all(folders.map((folder) => storedHistory(folder, of))));
}
