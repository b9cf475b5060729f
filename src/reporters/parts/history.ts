import type { HistoryRow } from '../../records/history.ts';
import { cost, count, duration, percent } from './format.ts';

/** Runs that the sentence and the spark line speak of. */
const toldRuns = 30;

/** What became of a run, in the words of every report. */
export type HistoryMark = 'worse' | 'better' | 'same' | 'open' | 'none' | 'accepted' | 'partial';

export interface HistoryLine {
  row: HistoryRow;
  mark: HistoryMark;
  /** Start, UTC: `2026-01-05 09:30`. */
  when: string;
  /** Cells of the table, phrases, in the order of `historyColumns`. */
  cells: string[];
  tone: 'bad' | 'good' | 'plain';
  /** Of the workflow run, where one is known. */
  url?: string;
  /** The run that the report is about. */
  isNow: boolean;
}

/** The runs of one suite over time, decided once for every output. */
export interface HistoryView {
  /** Oldest first, at least two. */
  lines: HistoryLine[];
  /** `Pass rate over the last 30 runs: 91.0 % … 94.0 %, now 84.2 %.` */
  sentence: string;
  /** One block character per run with a pass rate, oldest first. */
  sparkline: string;
}

export const historyColumns = ['start (UTC)', 'event', 'commit', 'pass rate', '95 % interval', 'n', 'latency (median)', 'cost', 'verdict'] as const;

export const markWords: Record<HistoryMark, string> = {
  worse: 'worse',
  better: 'better',
  same: 'no change',
  open: 'not decided',
  none: 'no baseline',
  accepted: 'worse, accepted',
  partial: 'incomplete',
};

/**
 * The view of a history, oldest row first; undefined when there is no earlier run to show. `startedAt` names the run that the
 * report is about; absent or unknown: the newest.
 */
export function historyView(
  rows: readonly HistoryRow[],
  options: { startedAt?: string | undefined; urlOf?: ((row: HistoryRow) => string | undefined) | undefined } = {},
): HistoryView | undefined {
  if (rows.length < 2) return undefined;
  const known = rows.findLastIndex(({ at }) => at === options.startedAt);
  const now = known === -1 ? rows.length - 1 : known;
  const lines = rows.map((row, index) => historyLine(row, { isNow: index === now, url: options.urlOf?.(row) }));
  const earlier = rows.slice(0, now).filter(isTold).slice(-toldRuns);
  const current = rows[now];
  return { lines, sentence: sentenceOf(earlier, current), sparkline: sparkline([...earlier, ...(current ? [current] : [])]) };
}

/** Low to high over what was seen, never less than ten percentage points, so that noise does not look like a mountain. Empty for no rate. */
export function sparkline(rows: readonly HistoryRow[]): string {
  const rates = rows.flatMap(({ passRate }) => (passRate === undefined ? [] : [passRate]));
  if (rates.length === 0) return '';
  const high = Math.max(...rates);
  const low = Math.min(...rates, Math.max(0, high - 0.1));
  const blocks = '▁▂▃▄▅▆▇█';
  return rates.map((rate) => blocks[Math.round(((rate - low) / (high - low || 1)) * (blocks.length - 1))] ?? '').join('');
}

/** One run as every table shows it. */
export function historyLine(row: HistoryRow, { isNow = false, url }: { isNow?: boolean; url?: string | undefined } = {}): HistoryLine {
  const mark = markOf(row);
  const when = row.at.slice(0, 16).replace('T', ' ');
  const cells = [
    when,
    row.event.replaceAll('_', ' '),
    row.sha === undefined ? '—' : `\`${row.sha.slice(0, 7)}\``,
    row.passRate === undefined ? '—' : percent(row.passRate),
    row.interval === undefined ? '—' : `${percent(row.interval[0]).replace(' %', '')} … ${percent(row.interval[1])}`,
    count(row.n),
    row.latencyMs === undefined ? '—' : duration(row.latencyMs),
    row.costUsd === undefined ? '—' : cost(row.costUsd),
    `${markWords[mark]}${isNow ? ' (now)' : ''}`,
  ];
  const tone = mark === 'worse' ? 'bad' : mark === 'better' ? 'good' : 'plain';
  return { row, mark, when, cells, tone, isNow, ...(url === undefined ? {} : { url }) };
}

/** What a row came to. */
export function markOf({ complete, verdict, accepted }: Pick<HistoryRow, 'complete' | 'verdict' | 'accepted'>): HistoryMark {
  if (accepted) return 'accepted';
  if (verdict === 'regressed') return 'worse';
  if (!complete) return 'partial';
  return ({ improved: 'better', 'no-change': 'same', inconclusive: 'open', 'no-baseline': 'none' } as const)[verdict];
}

/** Complete and with a rate: what the sentence may speak of. */
function isTold({ complete, passRate }: HistoryRow): boolean {
  return complete && passRate !== undefined;
}

function sentenceOf(earlier: readonly HistoryRow[], current: HistoryRow | undefined): string {
  const rates = earlier.flatMap(({ passRate }) => passRate ?? []);
  const now = current?.passRate === undefined ? 'this run has none' : `now ${percent(current.passRate)}`;
  if (rates.length === 0) return `No earlier run has a pass rate; ${now}.`;
  const [low, high] = [percent(Math.min(...rates)), percent(Math.max(...rates))];
  const before = low === high ? low : `${low} … ${high}`;
  return rates.length === 1
    ? `Pass rate of the run before: ${before}, ${now}.`
    : `Pass rate over the last ${count(rates.length)} runs: ${before}, ${now}.`;
}
