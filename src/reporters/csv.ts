import { escapeCsv } from './parts/escape.ts';
import { fitPieces, takeRows } from './parts/fit.ts';
import { count } from './parts/format.ts';
import { plainPhrase } from './parts/phrase.ts';
import { inPieces } from './parts/pieces.ts';
import { groupSize, rowsOf, type SampleRow } from './parts/rows.ts';
import type { ReportView } from './parts/view.ts';
import { defineReporter } from './reporter.ts';

/**
 * One row per sample after RFC 4180, worst class first, numbers as 0..1 with a decimal point. Rows that do not fit into
 * `maxBytes` are left out and counted in a last row. For spreadsheets: text that could be a formula gets an apostrophe.
 */
export const csv = defineReporter({
  type: 'csv',
  summary: 'one row per sample, for spreadsheets',
  fileName: 'results.csv',
  render(view, { maxBytes }) {
    const total = groupSize(view.groups);
    const render = (shown: number): Iterable<string> => linesOf(view, shown, total - shown);
    return [...(maxBytes === undefined ? render(total) : (fitPieces(total, maxBytes, render) ?? []))].join('');
  },
  pieces: (view) => inPieces(linesOf(view, groupSize(view.groups), 0)),
});

const fixedColumns = [
  'sample',
  'class',
  'critical',
  'baselinePasses',
  'baselineRepeats',
  'passes',
  'repeats',
  'p',
  'adjusted',
  'changes',
  'file',
  'line',
  'verdict',
  'run',
];

function* linesOf(view: ReportView, shown: number, left: number): Generator<string> {
  const names = checkerNames(view);
  const header = [...fixedColumns, ...names.flatMap((name) => [`${name} baseline`, `${name} now`])];
  yield lineOf(header);
  for (const row of rowsOf(takeRows(view.groups, shown))) yield sampleLine(row, names, view);
  if (left > 0) yield lineOf([`(${count(left)} more not shown)`, ...header.slice(1).map(() => '')]);
}

function lineOf(fields: readonly string[]): string {
  return `${fields.map(escapeCsv).join(',')}\r\n`;
}

function sampleLine(row: SampleRow, names: readonly string[], view: ReportView): string {
  const { baseline, current, p, adjusted, scores } = row.sample;
  const means = names.flatMap((name) => {
    const score = Object.hasOwn(scores, name) ? scores[name] : undefined;
    return [plain(score?.baseline), plain(score?.current)];
  });
  return lineOf([
    row.id,
    row.class,
    row.isCritical ? 'yes' : '',
    ...[baseline?.passes, baseline?.repeats, current?.passes, current?.repeats, p, adjusted].map(plain),
    row.changes.map(plainPhrase).join('; '),
    row.file ?? '',
    plain(row.line),
    view.assessment.verdict.status,
    view.isPartial ? 'partial' : 'complete',
    ...means,
  ]);
}

function checkerNames(view: ReportView): string[] {
  const names = new Set<string>();
  for (const { scores } of view.assessment.samples) for (const name of Object.keys(scores)) names.add(name);
  return [...names].sort();
}

function plain(value: number | undefined): string {
  return value === undefined ? '' : String(value + 0);
}
