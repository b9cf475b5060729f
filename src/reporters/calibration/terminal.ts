import { clipColumns, columnsOf, padColumns, wrapColumns } from '../parts/columns.ts';
import { escapeTerminal, escapeWorkflowCommands } from '../parts/escape.ts';
import { plainPhrase } from '../parts/phrase.ts';
import type { CalibrationPage, CalibrationSection, CalibrationTable } from './page.ts';

/** The page for a terminal of 40 columns or more (default 80): the answer and what to do first, the evidence below. */
export function calibrationTerminal(page: CalibrationPage, { width = 80, isColor = false }: { width?: number; isColor?: boolean } = {}): string {
  const columns = Math.max(20, width);
  const paint = (text: string, code: string): string => (isColor ? `\u001b[${code}m${text}\u001b[0m` : text);
  const head = [
    ...wrapColumns(shown(page.headline), columns).map((line) => paint(line, '1')),
    ...page.summary.flatMap((sentence) => wrapColumns(shown(sentence), columns)),
  ];
  const blocks = page.sections.map((section) => ['', paint(shown(section.title), '1'), ...sectionLines(section, columns)]);
  return `${[...head, ...blocks.flat()].map((line) => escapeWorkflowCommands(line.trimEnd())).join('\n')}\n`;
}

function sectionLines({ lines, table, after = [] }: CalibrationSection, width: number): string[] {
  return [...bullets(lines, width), ...(table ? tableLines(table, width) : []), ...bullets(after, width)];
}

function bullets(phrases: readonly string[], width: number): string[] {
  return phrases.flatMap((phrase) => wrapColumns(shown(phrase), width - 4).map((line, index) => `${index === 0 ? '  - ' : '    '}${line}`));
}

/** Headings take as many lines as they need, so that columns stay as narrow as their numbers; a table too wide becomes one block per row. */
function tableLines({ columns, rows }: CalibrationTable, width: number): string[] {
  const cells = rows.map((row) =>
    row.map((cell, column) => (column === 0 ? clipColumns(shown(cell), Math.max(12, Math.floor(width * 0.4))) : shown(cell))),
  );
  const widths = columns.map((heading, column) =>
    Math.max(...heading.split(' ').map(columnsOf), ...cells.map((row) => columnsOf(row[column] ?? ''))),
  );
  const total = widths.reduce((sum, each) => sum + each + 2, 0);
  if (total > width) return stacked(columns, cells, width);
  const headings = columns.map((heading, column) => wrapColumns(heading, widths[column] ?? 0));
  const height = Math.max(...headings.map((lines) => lines.length));
  const line = (row: readonly string[]): string =>
    `  ${row.map((cell, column) => (column === 0 ? padColumns(cell, widths[0] ?? 0) : padLeft(cell, widths[column] ?? 0))).join('  ')}`;
  const top = Array.from({ length: height }, (_, index) => line(headings.map((lines) => lines[index - height + lines.length] ?? '')));
  return [...top, ...cells.map(line)];
}

function stacked(columns: readonly string[], cells: readonly (readonly string[])[], width: number): string[] {
  return cells.flatMap(([name = '', ...rest]) => [
    ...wrapColumns(`${columns[0] ?? ''} ${name}`, width - 2).map((line) => `  ${line}`),
    ...wrapColumns(rest.map((cell, index) => `${columns[index + 1] ?? ''} ${cell}`).join(', '), width - 4).map((line) => `    ${line}`),
  ]);
}

function padLeft(text: string, width: number): string {
  return ' '.repeat(Math.max(0, width - columnsOf(text))) + text;
}

function shown(phrase: string): string {
  return escapeTerminal(plainPhrase(phrase));
}
