import { HistoryRow, historyKey, maxHistoryRows } from '../records/history.ts';

/** Characters of one line; ours have about 400. */
const maxLine = 4000;
/** A clock that is wrong by more than this makes a row of the future. Milliseconds. */
const tolerance = 24 * 3_600_000;

/** What a stored history holds, and in words what was left out of it. */
export interface ReadHistory {
  /** Oldest first. */
  rows: HistoryRow[];
  notes: string[];
}

/**
 * The rows of a `history.jsonl`, of one suite where it is named. A line that is not such a row, of the future or too long
 * is left out and counted in a note: a history is an extra and never fails a run. `now` in milliseconds since 1970.
 */
export function readHistory(text: string, of: { source: string; now: number; suite?: string }): ReadHistory {
  const rows: HistoryRow[] = [];
  let refused = 0;
  // From the end: the newest lines are the ones that count, whatever is in front of them.
  for (const line of text.split('\n').slice(-10 * maxHistoryRows)) {
    if (line.trim() === '') continue;
    const row = line.length > maxLine ? undefined : rowOf(line);
    if (!row || Date.parse(row.at) > of.now + tolerance) refused += 1;
    else if (of.suite === undefined || row.suite === of.suite) rows.push(row);
  }
  const notes =
    refused > 0
      ? [`${refused} ${refused === 1 ? 'line' : 'lines'} of the history of ${of.source} cannot be read and ${refused === 1 ? 'is' : 'are'} left out`]
      : [];
  return { rows: joinHistory([rows]), notes };
}

/**
 * All rows of several histories, oldest first, each attempt of a run once, the newest 90. Of two rows for the same
 * attempt the one of the later list stays, so put what is known best last.
 */
export function joinHistory(lists: readonly (readonly HistoryRow[])[]): HistoryRow[] {
  const byKey = new Map<string, HistoryRow>();
  for (const row of lists.flat()) byKey.set(historyKey(row), row);
  return [...byKey.values()].sort(byTime).slice(-maxHistoryRows);
}

/** The file's text. */
export function historyText(rows: readonly HistoryRow[]): string {
  return rows.map((row) => `${JSON.stringify(row)}\n`).join('');
}

function rowOf(line: string): HistoryRow | undefined {
  try {
    return HistoryRow.safeParse(JSON.parse(line)).data;
  } catch {
    return undefined;
  }
}

function byTime(a: HistoryRow, b: HistoryRow): number {
  const [first, second] = [Date.parse(a.at), Date.parse(b.at)];
  return first - second || (historyKey(a) < historyKey(b) ? -1 : 1);
}
