import type { HistoryRow } from '../records/history.ts';

/** Good runs whose level a recovery must reach. */
const levelRuns = 5;

/** A drop that has not been made good: what an alarm is about. */
export interface Incident {
  /** Oldest first; the first one was judged regressed. */
  bad: HistoryRow[];
  /** The last run before it; absent when the history does not go back so far. */
  lastGood?: HistoryRow;
  /** Mean pass rate before it and since; absent when nothing is known. */
  level: { good?: number; lowestGood?: number; bad?: number };
}

/** How the newest incident of a history stands: open, or ended by the last row, or long over. */
export type HistoryState =
  | { kind: 'good' }
  | { kind: 'bad'; incident: Incident }
  | { kind: 'recovered'; incident: Incident; how: 'back' | 'accepted' };

/**
 * Reads the rows, oldest first, as alarms and recoveries. A baseline run that was judged worse starts a new baseline, so
 * the night after it compares with the bad level and finds no change: only a run that is judged better than that, or
 * reaches the lowest of the last five good runs, and comes nearer to the good level than to the bad one, ends the alarm.
 * An accepted regression ends it too. Runs that are not complete, or without a pass rate, say nothing.
 */
export function historyState(rows: readonly HistoryRow[]): HistoryState {
  let good: HistoryRow[] = [];
  let state: HistoryState = { kind: 'good' };
  for (const row of rows) {
    if (!row.complete || row.passRate === undefined) continue;
    if (state.kind !== 'bad') {
      const isWorse = row.verdict === 'regressed' && row.accepted !== true;
      const begun: HistoryState = isWorse ? { kind: 'bad', incident: begin(good, row) } : { kind: 'good' };
      if (!isWorse) good = row.accepted === true ? [row] : [...good, row];
      state = begun;
    } else {
      const { incident } = state as { incident: Incident };
      const how = row.accepted === true ? 'accepted' : isBack(row, incident) ? 'back' : undefined;
      if (how === undefined) state = { kind: 'bad', incident: goOn(incident, row) };
      else {
        good = how === 'accepted' ? [row] : [...good, row];
        state = { kind: 'recovered', incident, how };
      }
    }
  }
  return state;
}

/** Whether a run is back at the level from before: see `historyState`. False for a run without a pass rate. */
export function isBack(row: HistoryRow, { level }: Pick<Incident, 'level'>): boolean {
  const { passRate: rate } = row;
  if (rate === undefined || row.verdict === 'regressed' || row.verdict === 'no-baseline') return false;
  if (level.good === undefined || level.bad === undefined) return row.verdict === 'improved';
  const isNearer = rate >= (level.good + level.bad) / 2;
  return isNearer && (row.verdict === 'improved' || rate >= (level.lowestGood ?? level.good));
}

function begin(good: readonly HistoryRow[], row: HistoryRow): Incident {
  const lastGood = good.at(-1);
  const seen = good.slice(-levelRuns).flatMap(({ passRate }) => passRate ?? []);
  const rates = seen.length > 0 ? seen : [row.baselineRate ?? []].flat();
  const known = rates.length > 0 ? { good: mean(rates), lowestGood: Math.min(...rates) } : {};
  return { bad: [row], ...(lastGood ? { lastGood } : {}), level: { ...known, ...badLevel([row]) } };
}

function goOn(incident: Incident, row: HistoryRow): Incident {
  const bad = [...incident.bad, row];
  return { ...incident, bad, level: { ...incident.level, ...badLevel(bad) } };
}

function badLevel(rows: readonly HistoryRow[]): { bad?: number } {
  const rates = rows.flatMap(({ passRate }) => passRate ?? []);
  return rates.length > 0 ? { bad: mean(rates) } : {};
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
