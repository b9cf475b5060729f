import { escapeCsv } from './parts/escape.ts';
import { fitRows } from './parts/fit.ts';
import { count } from './parts/format.ts';
import { plainPhrase } from './parts/phrase.ts';
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
    const rows = sampleRows(view);
    const header = headerOf(view);
    const render = (shown: number): string => {
      const left = rows.length - shown;
      const note = left > 0 ? [lineOf([`(${count(left)} more not shown)`, ...header.slice(1).map(() => '')])] : [];
      return [lineOf(header), ...rows.slice(0, shown), ...note].join('');
    };
    return maxBytes === undefined ? render(rows.length) : (fitRows(rows.length, maxBytes, render) ?? '');
  },
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

function headerOf(view: ReportView): string[] {
  return [...fixedColumns, ...checkerNames(view).flatMap((name) => [`${name} baseline`, `${name} now`])];
}

function lineOf(fields: readonly string[]): string {
  return `${fields.map(escapeCsv).join(',')}\r\n`;
}

function sampleRows(view: ReportView): string[] {
  const { verdict, samples } = view.assessment;
  const byId = new Map(samples.map((sample) => [sample.id, sample]));
  const names = checkerNames(view);
  return view.groups.flatMap((group) =>
    group.rows.map((row) => {
      const sample = byId.get(row.id);
      const scores = names.flatMap((name) => {
        const score = sample && Object.hasOwn(sample.scores, name) ? sample.scores[name] : undefined;
        return [plain(score?.baseline), plain(score?.current)];
      });
      const counts = [
        sample?.baseline?.passes,
        sample?.baseline?.repeats,
        sample?.current?.passes,
        sample?.current?.repeats,
        sample?.p,
        sample?.adjusted,
      ];
      const where = [row.file ?? '', plain(row.line)];
      const told = row.changes.map(plainPhrase).join('; ');
      return lineOf([
        row.id,
        row.class,
        row.isCritical ? 'yes' : '',
        ...counts.map(plain),
        told,
        ...where,
        verdict.status,
        view.isPartial ? 'partial' : 'complete',
        ...scores,
      ]);
    }),
  );
}

function checkerNames(view: ReportView): string[] {
  return [...new Set(view.assessment.samples.flatMap((sample) => Object.keys(sample.scores)))].sort();
}

function plain(value: number | undefined): string {
  return value === undefined ? '' : String(value + 0);
}
