import type { VerdictStatus } from '../../src/records/assessment.ts';
import type { HistoryRow } from '../../src/records/history.ts';

/** The nightly run of the n-th day of the year 2026, from 1, at the usual level. */
export function aRow(day: number, overrides: Partial<HistoryRow> = {}): HistoryRow {
  const at = new Date(Date.UTC(2026, 0, day, 3, 17)).toISOString();
  return {
    ...{ runId: String(day), attempt: 1, at, suite: 'support-bot', event: 'schedule', sha: day.toString(16).padStart(40, 'a') },
    ...{ verdict: 'no-change', complete: true, passRate: 0.92, samples: 40, n: 120 },
    ...overrides,
  };
}

/** The same of a run in which nothing has a verdict. */
export function anUnmeasuredRow(day: number, overrides: Partial<HistoryRow> = {}): HistoryRow {
  const { passRate: _, ...row } = aRow(day, { verdict: 'inconclusive', n: 0, ...overrides });
  return row;
}

/** One night after the other; a rate goes down where the verdict is `regressed` and up where it is `improved`. */
export function nights(verdicts: readonly VerdictStatus[]): HistoryRow[] {
  let passRate = 0.92;
  return verdicts.map((verdict, index) => {
    passRate = verdict === 'regressed' ? 0.7 : verdict === 'improved' ? 0.92 : passRate;
    return aRow(index + 1, { verdict, passRate });
  });
}
