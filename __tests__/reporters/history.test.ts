import { parse } from 'csv-parse/sync';
import { describe, expect, it } from 'vitest';
import type { HistoryRow } from '../../src/records/history.ts';
import { markdown } from '../../src/reporters/markdown.ts';
import { historyLine, historyView, sparkline } from '../../src/reporters/parts/history.ts';
import { historyCsv, historyLists, historyMarkdown, historyTerminal } from '../../src/reporters/parts/history-list.ts';
import { makeReportView } from '../../src/reporters/parts/view.ts';
import { terminal } from '../../src/reporters/terminal.ts';
import { anAssessment } from '../helpers/assessment.ts';
import { anUnmeasuredRow, aRow, nights } from '../helpers/history.ts';
import { hostileTexts } from '../helpers/hostile.ts';

const rates = (...values: number[]): HistoryRow[] => values.map((passRate, index) => aRow(index + 1, { passRate }));

describe('the sentence about the trend', () => {
  it.each([
    [
      'the range of the earlier runs and the rate now',
      rates(0.91, 0.94, 0.92, 0.842),
      'Pass rate over the last 3 runs: 91.0 % … 94.0 %, now 84.2 %.',
    ],
    ['one number for runs that are equal', rates(1, 1, 0.9), 'Pass rate over the last 2 runs: 100.0 %, now 90.0 %.'],
    ['the one run before', rates(0.9, 0.8), 'Pass rate of the run before: 90.0 %, now 80.0 %.'],
    ['that nothing was measured before', [anUnmeasuredRow(1), aRow(2)], 'No earlier run has a pass rate; now 92.0 %.'],
    ['that nothing was measured now', [aRow(1), anUnmeasuredRow(2)], 'Pass rate of the run before: 92.0 %, this run has none.'],
    [
      'the last thirty only',
      [...rates(0.1), ...nights(Array.from({ length: 35 }, () => 'no-change'))].map((row, i) => ({ ...row, runId: `${i}` })),
      'Pass rate over the last 30 runs: 92.0 %, now 92.0 %.',
    ],
  ])('tells %s', (_, rows, sentence) => {
    expect(historyView(rows)?.sentence).toBe(sentence);
  });

  it('speaks of the run that the report is about, not of those after it', () => {
    const rows = rates(0.9, 0.8, 0.7);
    const view = historyView(rows, { startedAt: rows[1]!.at });
    expect(view?.sentence).toBe('Pass rate of the run before: 90.0 %, now 80.0 %.');
    expect(view?.lines.map(({ isNow }) => isNow)).toEqual([false, true, false]);
  });

  it('leaves runs that did not finish out', () => {
    expect(historyView([aRow(1), aRow(2, { complete: false, passRate: 0.1 }), aRow(3)])?.sentence).toContain('the run before: 92.0 %');
  });

  it('is missing where there is no earlier run', () => {
    expect(historyView([aRow(1)])).toBeUndefined();
  });
});

describe('the spark line', () => {
  it('has one character per rate, from low to high', () => {
    expect(sparkline(rates(0, 0.5, 1))).toBe('▁▅█');
    expect(sparkline([aRow(1, { passRate: 0 }), anUnmeasuredRow(2), aRow(3, { passRate: 1 })])).toBe('▁█');
  });

  it('makes no mountain of noise', () => {
    expect(sparkline(rates(0.92, 0.93, 0.92))).toBe('▇█▇');
    expect(sparkline(rates(1, 1))).toBe('██');
    expect(sparkline(rates(0, 0))).toBe('▁▁');
    expect(sparkline([])).toBe('');
  });
});

describe('reports with a history', () => {
  const view = makeReportView({
    assessment: anAssessment(),
    evidence: [],
    history: nights(['no-change', 'regressed', 'improved']),
    links: { historyUrl: ({ runId }) => `https://github.com/acme/bot/actions/runs/${runId}` },
  });

  it('show one line and a folded table in the job summary, and only the line at a terminal', () => {
    const page = markdown.render(view, {});
    expect(page).toContain('**History.** Pass rate over the last 2 runs: 70.0 % … 92.0 %, now 92.0 %. `█▁█`');
    expect(page).toContain('<summary>3 runs</summary>');
    expect(page).toMatch(/\| \[2026-01-02 03:17\]\(https:\/\/github\.com\/acme\/bot\/actions\/runs\/2\) +\| schedule \|/);
    expect(terminal.render(view, {})).toContain('now 92.0 %. █▁█');
  });

  it('do not mention one where there is none', () => {
    const plain = makeReportView({ assessment: anAssessment(), evidence: [] });
    expect(markdown.render(plain, {})).not.toContain('History');
  });
});

describe('the list of runs', () => {
  const rows = [...nights(['no-baseline', 'regressed']), anUnmeasuredRow(3, { complete: false }), aRow(1, { suite: 'other' })];

  it('has a part per suite, newest run first', () => {
    const text = historyTerminal(historyLists(rows), { width: 120 });
    expect(text.split('\n')).toEqual([
      'support-bot',
      expect.stringContaining('this run has none'),
      '█▁',
      expect.stringMatching(/start \(UTC\) +event/),
      expect.stringMatching(/2026-01-03 03:17 .* incomplete/),
      expect.stringMatching(/2026-01-02 03:17 .* 70\.0 % .* worse/),
      expect.stringMatching(/2026-01-01 03:17 .* 92\.0 % .* no baseline/),
      '',
      'other',
      expect.stringContaining('start (UTC)'),
      expect.stringContaining('2026-01-01'),
      '',
    ]);
  });

  it.each([50, 60, 80])('fits %i columns and keeps the verdict', (width) => {
    const lines = historyTerminal(historyLists(rows), { width }).split('\n');
    expect(Math.max(...lines.map((line) => [...line].length))).toBeLessThanOrEqual(width);
    expect(lines.some((line) => line.includes('2026-01-02') && /worse$/.test(line))).toBe(true);
  });

  it('is a table for a spreadsheet, one line per run', () => {
    const [head, ...lines] = historyCsv(historyLists(rows)).trimEnd().split('\r\n');
    expect(head).toBe('suite,runId,attempt,at,event,sha,verdict,complete,passRate,low,high,samples,n,costUsd,latencyMs');
    expect(lines).toHaveLength(4);
    expect(lines[1]).toMatch(/^support-bot,2,1,2026-01-02T03:17:00\.000Z,schedule,a+2,regressed,true,0\.7,,,40,120,,$/);
  });

  it('makes nothing of hostile suite names', () => {
    const hostile = hostileTexts.map((suite, index) => aRow(index + 1, { suite: suite.slice(0, 400) }));
    const lists = historyLists(hostile);
    expect(historyMarkdown(lists)).not.toMatch(/<script|<img|<!--/i);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: what must not be there
    expect(historyTerminal(lists)).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f]/);
    const records = parse(historyCsv(lists), { columns: true }) as Record<string, string>[];
    const names = records.map(({ suite = '' }) => suite);
    expect(names).toHaveLength(hostile.length);
    expect(names.filter((name) => /^[=+@\t\r-]/.test(name))).toEqual([]);
  });

  it('says what became of each run in words', () => {
    const words = (overrides: Partial<HistoryRow>) => historyLine(aRow(1, overrides)).cells.at(-1);
    expect(words({ verdict: 'inconclusive' })).toBe('not decided');
    expect(words({ verdict: 'regressed', accepted: true })).toBe('worse, accepted');
    expect(words({ verdict: 'no-change', complete: false })).toBe('incomplete');
  });
});
