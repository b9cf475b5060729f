import { clipColumns, columnsOf, padColumns, wrapColumns } from './parts/columns.ts';
import { escapeTerminal, escapeWorkflowCommands } from './parts/escape.ts';
import { clipBytes, fitRows, takeRows } from './parts/fit.ts';
import { count } from './parts/format.ts';
import { plainPhrase } from './parts/phrase.ts';
import { groupSize, type SampleGroup, type SampleRow } from './parts/rows.ts';
import type { Tone } from './parts/sentences.ts';
import type { ReportTable } from './parts/tables.ts';
import type { ReportView } from './parts/view.ts';
import { defineReporter } from './reporter.ts';

/** Rows of one class; the files have them all. */
const shownRows = 20;
const listed = new Set<string>(['regressed', 'suspect', 'errored', 'fixed', 'flaky', 'new', 'waived', 'removed']);
const detailed = new Set<string>(['regressed', 'suspect', 'errored', 'fixed']);

/** For a person at a terminal: 40 columns or more (default 80), colours only where allowed. Over `maxBytes` rows are left out and counted. */
export const terminal = defineReporter({
  type: 'terminal',
  summary: 'for reading at a terminal, with colours where they are shown',
  render(view, { width = 80, isColor = false, maxBytes }) {
    const page: Page = { width: Math.max(20, width), paint: painter(isColor) };
    const groups = view.groups.filter((group) => listed.has(group.class));
    const total = groupSize(groups);
    const render = (rows: number): string => text(view, page, takeRows(groups, rows), total - rows);
    if (maxBytes === undefined) return render(total);
    return fitRows(total, maxBytes, render) ?? clipBytes(`${escapeWorkflowCommands(escapeTerminal(view.headline))}\n`, maxBytes);
  },
});

type Style = Tone | 'bold' | 'dim';

interface Page {
  width: number;
  paint: (text: string, style: Style) => string;
}

const codes: Record<Style, string> = { bad: '31', warn: '33', good: '32', neutral: '36', bold: '1', dim: '2' };

function painter(isColor: boolean): Page['paint'] {
  return (text, style) => (isColor && text !== '' ? `\u001b[${codes[style]}m${text}\u001b[0m` : text);
}

function text(view: ReportView, page: Page, groups: readonly SampleGroup[], left: number): string {
  const blocks = [
    headLines(view, page),
    ...groups.map((group) => groupLines(group, page)),
    left > 0 ? [`… ${count(left)} more samples are not shown.`] : [],
    ...view.tables.map((table) => tableLines(table, page)),
    footLines(view, page),
  ];
  const lines = blocks.filter((block) => block.length > 0).flatMap((block, index) => (index === 0 ? block : ['', ...block]));
  return `${lines.map((line) => escapeWorkflowCommands(line.trimEnd())).join('\n')}\n`;
}

function headLines(view: ReportView, page: Page): string[] {
  const headline = wrapColumns(shown(view.headline), page.width).map((line) => page.paint(page.paint(line, view.tone), 'bold'));
  return [...headline, ...wrapColumns(view.summary.map(shown).join(' '), page.width)];
}

function footLines(view: ReportView, page: Page): string[] {
  const links = [view.links.reportUrl, view.links.runUrl].flatMap((url) => (url === undefined ? [] : [`Report: ${escapeTerminal(url)}`])).slice(0, 1);
  const history = view.history ? [`${view.history.sentence} ${view.history.sparkline}`] : [];
  return [...history, view.baseline, view.effort]
    .flatMap((sentence) => wrapColumns(shown(sentence), page.width))
    .concat(links)
    .map((line) => page.paint(line, 'dim'));
}

/** Only a name list for the classes that ask for no action. */
function groupLines(group: SampleGroup, page: Page): string[] {
  const tone = group.class === 'regressed' ? 'bad' : group.class === 'fixed' ? 'good' : 'warn';
  const title = page.paint(`${group.title} (${count(group.rows.length)})`, detailed.has(group.class) ? tone : 'dim');
  if (!detailed.has(group.class)) return [title, ...nameLines(group, page)];
  const rows = [...group.rows.slice(0, shownRows)];
  const left = group.rows.length - rows.length;
  const widths = rowWidths(rows, page.width);
  return [title, ...rows.flatMap((row) => rowLines(row, page, widths)), ...(left > 0 ? [`  … ${count(left)} more`] : [])];
}

function nameLines(group: SampleGroup, page: Page): string[] {
  const rows = [...group.rows.slice(0, shownRows)];
  const left = group.rows.length - rows.length;
  const names = rows.map((row) => clipColumns(escapeTerminal(row.id), page.width - 2)).join(', ');
  return wrapColumns(left > 0 ? `${names}, … ${count(left)} more` : names, page.width - 2).map((line) => `  ${line}`);
}

interface RowWidths {
  id: number;
  passes: number;
}

function rowWidths(rows: readonly SampleRow[], width: number): RowWidths {
  const widest = (texts: string[]): number => Math.max(0, ...texts.map(columnsOf));
  return {
    id: Math.min(widest(rows.map(idText)), Math.floor(width * 0.4)),
    passes: widest(rows.map(passesText)),
  };
}

/** On one line where there is room for the words, else the words below, indented. */
function rowLines(row: SampleRow, page: Page, widths: RowWidths): string[] {
  const left = `  ${padColumns(clipColumns(idText(row), widths.id), widths.id)}  ${padColumns(passesText(row), widths.passes)}`;
  const told = row.changes.map(shown).join('; ');
  const column = columnsOf(left) + 2;
  const isBeside = page.width - column >= 36;
  const lines = wrapColumns(told, page.width - (isBeside ? column : 4));
  if (!isBeside) return [left, ...lines.map((line) => `    ${line}`)];
  return [`${left}  ${lines[0] ?? ''}`, ...lines.slice(1).map((line) => ' '.repeat(column) + line)];
}

function idText(row: SampleRow): string {
  return escapeTerminal(row.id) + (row.isCritical ? ' (critical)' : '');
}

function passesText(row: SampleRow): string {
  return `${row.baseline} → ${row.now}`;
}

/** As a table where it fits, else one block per row. */
function tableLines(table: ReportTable, page: Page): string[] {
  const cells = [table.columns, ...table.rows.map((row) => row.cells.map(shown))];
  const widths = table.columns.map((_, column) => Math.max(...cells.map((row) => columnsOf(row[column] ?? ''))));
  const total = widths.reduce((sum, width) => sum + width + 2, 0);
  const style = (index: number): Style | undefined => {
    const tone = table.rows[index]?.tone;
    return tone === 'bad' || tone === 'good' ? tone : undefined;
  };
  const painted = (line: string, index: number): string => {
    const tone = style(index);
    return tone ? page.paint(line, tone) : line;
  };
  const title = page.paint(table.title, 'dim');
  if (total <= page.width) {
    const lines = cells.map((row) => `  ${row.map((cell, column) => padColumns(cell, widths[column] ?? 0)).join('  ')}`);
    return [title, page.paint(lines[0] ?? '', 'dim'), ...lines.slice(1).map(painted)];
  }
  return [title, ...table.rows.flatMap((row, index) => stackedRow(table.columns, row.cells.map(shown), page).map((line) => painted(line, index)))];
}

function stackedRow(columns: readonly string[], cells: readonly string[], page: Page): string[] {
  const [name = '', ...rest] = cells;
  const facts = rest.map((cell, index) => `${columns[index + 1] ?? ''} ${cell}`).filter((fact) => !fact.endsWith(' —'));
  return [
    ...wrapColumns(name, page.width - 2).map((line) => `  ${line}`),
    ...wrapColumns(facts.join(', '), page.width - 4).map((line) => `    ${line}`),
  ];
}

function shown(phrase: string): string {
  return escapeTerminal(plainPhrase(phrase));
}
