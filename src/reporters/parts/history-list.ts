import { markdownTable } from 'markdown-table';
import type { HistoryRow } from '../../records/history.ts';
import { clipColumns, columnsOf, padColumns, wrapColumns } from './columns.ts';
import { escapeCsv, escapeTerminal, escapeWorkflowCommands } from './escape.ts';
import { markdownLink, markdownPhrase, markdownText } from './escape-markdown.ts';
import { type HistoryLine, type HistoryView, historyColumns, historyLine, historyView } from './history.ts';
import { plainPhrase } from './phrase.ts';

/** One suite over time. */
export interface HistoryList {
  suite: string;
  /** Oldest first. */
  lines: readonly HistoryLine[];
  /** Absent when there is a single run. */
  view?: HistoryView;
}

/** Rows of any suites, oldest first, as a list per suite, in the order in which the suites appear. */
export function historyLists(rows: readonly HistoryRow[]): HistoryList[] {
  const bySuite = new Map<string, HistoryRow[]>();
  for (const row of rows) bySuite.set(row.suite, [...(bySuite.get(row.suite) ?? []), row]);
  return [...bySuite].map(([suite, own]) => {
    const view = historyView(own);
    return { suite, lines: view?.lines ?? own.map((row) => historyLine(row)), ...(view ? { view } : {}) };
  });
}

/** Runs as a table for GitHub, newest first, the start linked to the workflow run where its address is known. */
export function historyTable(lines: readonly HistoryLine[]): string {
  const rows = [...lines]
    .reverse()
    .map(({ cells: [when = '', ...rest], url }) => [markdownLink(markdownText(when), url), ...rest.map(markdownPhrase)]);
  const align = historyColumns.map((_, index) => (index < 3 || index === historyColumns.length - 1 ? 'l' : 'r'));
  return markdownTable([[...historyColumns], ...rows], { align, alignDelimiters: false });
}

/** All suites as a markdown page. */
export function historyMarkdown(lists: readonly HistoryList[]): string {
  const blocks = lists.flatMap((list) => [
    `# ${markdownText(list.suite)}`,
    ...(list.view ? [`${markdownPhrase(list.view.sentence)} \`${list.view.sparkline}\``] : []),
    historyTable(list.lines),
  ]);
  return `${blocks.join('\n\n')}\n`;
}

/** All suites for a terminal of at least 50 columns: the sentence, the spark line, then one line per run, newest first. */
export function historyTerminal(lists: readonly HistoryList[], { width = 80, isColor = false }: { width?: number; isColor?: boolean } = {}): string {
  const columns = Math.max(50, width);
  const paint = (text: string, code: string): string => (isColor && text !== '' ? `\u001b[${code}m${text}\u001b[0m` : text);
  const blocks = lists.map((list) => {
    const head = [paint(escapeTerminal(list.suite), '1'), ...(list.view ? wrapColumns(plainPhrase(list.view.sentence), columns) : [])];
    const spark = list.view ? [list.view.sparkline] : [];
    return [...head, ...spark, ...tableLines([...list.lines].reverse(), columns, paint)];
  });
  const text = blocks.flatMap((lines, index) => (index === 0 ? lines : ['', ...lines]));
  return `${text.map((line) => escapeWorkflowCommands(line.trimEnd())).join('\n')}\n`;
}

/** All rows of all suites as one RFC 4180 table, oldest first; numbers as they are stored. */
export function historyCsv(lists: readonly HistoryList[]): string {
  const names = [
    'suite',
    'runId',
    'attempt',
    'at',
    'event',
    'sha',
    'verdict',
    'complete',
    'passRate',
    'low',
    'high',
    'samples',
    'n',
    'costUsd',
    'latencyMs',
  ];
  const lines = lists.flatMap((list) =>
    list.lines.map(({ row }) => {
      const [low, high] = row.interval ?? [];
      const { suite, runId, attempt, at, event, sha, verdict, complete, passRate, samples, n, costUsd, latencyMs } = row;
      return [suite, runId, attempt, at, event, sha, verdict, complete, passRate, low, high, samples, n, costUsd, latencyMs]
        .map((value) => escapeCsv(String(value ?? '')))
        .join(',');
    }),
  );
  return `${[names.join(','), ...lines].join('\r\n')}\r\n`;
}

/** Columns give way from the right of the numbers until the line fits; the verdict always stays. */
const dispensable = [7, 6, 5, 4, 1, 2];

function tableLines(lines: readonly HistoryLine[], width: number, paint: (text: string, code: string) => string): string[] {
  const cells = [[...historyColumns], ...lines.map((line) => line.cells.map((cell) => escapeTerminal(plainPhrase(cell))))];
  let shown = historyColumns.map((_, index) => index);
  const widthOf = (column: number): number => Math.max(...cells.map((row) => columnsOf(row[column] ?? '')));
  for (const column of dispensable) {
    if (shown.reduce((sum, index) => sum + widthOf(index) + 2, 0) <= width) break;
    shown = shown.filter((index) => index !== column);
  }
  const texts = cells.map((row) => clipColumns(`  ${shown.map((index) => padColumns(row[index] ?? '', widthOf(index))).join('  ')}`, width));
  return texts.map((text, index) => {
    const tone = lines[index - 1]?.tone;
    return index === 0 ? paint(text, '2') : tone === 'bad' ? paint(text, '31') : tone === 'good' ? paint(text, '32') : text;
  });
}
