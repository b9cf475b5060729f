import { escapeXml } from './parts/escape.ts';
import { fitPieces, takeRows } from './parts/fit.ts';
import { plainPhrase } from './parts/phrase.ts';
import { inPieces } from './parts/pieces.ts';
import { groupSize, rowsOf, type SampleGroup, type SampleRow } from './parts/rows.ts';
import { acceptanceSentence, isAcceptedRegression } from './parts/sentences.ts';
import type { ReportView } from './parts/view.ts';
import { defineReporter } from './reporter.ts';

/**
 * JUnit XML: one testcase per sample, a failure is a regressed sample, an error one without usable answers; removed
 * samples are skipped, and so are regressed ones that somebody accepted. The first testcase is the verdict itself, so that a drop without a named sample, a partial run or
 * a run without a baseline under a policy that wants one is never all green. Rows that do not fit are left out and counted.
 */
export const junit = defineReporter({
  type: 'junit',
  summary: 'JUnit XML: a failed testcase per regressed sample, and one for the verdict',
  fileName: 'junit.xml',
  render(view, { maxBytes }) {
    const total = groupSize(view.groups);
    const render = (shown: number): Iterable<string> => document(view, takeRows(view.groups, shown), total - shown);
    const fitted = maxBytes === undefined ? render(total) : fitPieces(total, maxBytes, render);
    return [...(fitted ?? document({ ...view, summary: [] }, [], total))].join('');
  },
  pieces: (view) => inPieces(document(view, view.groups, 0)),
});

function* document(view: ReportView, groups: readonly SampleGroup[], left: number): Generator<string> {
  const { verdict } = view.assessment;
  const verdictFails = verdict.exitCode === 1;
  const verdictErrs = !verdictFails && (verdict.exitCode !== 0 || view.isPartial);
  const accepted = isAcceptedRegression(view.assessment) ? acceptanceSentence(view.assessment) : undefined;
  const regressed = groupSize(groups, 'regressed');
  const failures = (accepted === undefined ? regressed : 0) + Number(verdictFails);
  const errors = groupSize(groups, 'errored') + Number(verdictErrs);
  const skipped = groupSize(groups, 'removed') + (accepted === undefined ? 0 : regressed);
  const counts = `tests="${groupSize(groups) + 1}" failures="${failures}" errors="${errors}" skipped="${skipped}"`;
  const name = escapeXml(view.suite);
  yield linesOf([
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="agent-regress" ${counts}>`,
    `  <testsuite name="${name}" ${counts}>`,
    '    <properties>',
    property('verdict', verdict.status),
    property('run', view.isPartial ? 'partial' : 'complete'),
    property('baseline', plainPhrase(view.baseline)),
    ...(accepted === undefined ? [] : [property('accepted', plainPhrase(accepted))]),
    ...(left > 0 ? [property('samplesNotShown', String(left))] : []),
    '    </properties>',
    ...verdictCase(view, name, verdictFails ? 'failure' : verdictErrs ? 'error' : undefined),
  ]);
  for (const row of rowsOf(groups)) yield linesOf(sampleCase(row, name, accepted));
  yield linesOf(['  </testsuite>', '</testsuites>']);
}

function linesOf(lines: readonly string[]): string {
  return `${lines.join('\n')}\n`;
}

function property(name: string, value: string): string {
  return `      <property name="${name}" value="${escapeXml(value)}"/>`;
}

function verdictCase(view: ReportView, suite: string, element: 'failure' | 'error' | undefined): string[] {
  const headline = escapeXml(plainPhrase(view.headline));
  const said = escapeXml(view.summary.map(plainPhrase).join(' '));
  const opening = `    <testcase classname="${suite}" name="verdict">`;
  const inner = element === undefined ? `<system-out>${headline} ${said}</system-out>` : `<${element} message="${headline}">${said}</${element}>`;
  return [opening, `      ${inner}`, '    </testcase>'];
}

function sampleCase(row: SampleRow, suite: string, accepted: string | undefined): string[] {
  const where = `${row.file === undefined ? '' : ` file="${escapeXml(row.file)}"`}${row.line === undefined ? '' : ` line="${row.line}"`}`;
  const opening = `    <testcase classname="${suite}" name="${escapeXml(row.id)}"${where}`;
  const passes = `baseline ${row.baseline}, now ${row.now}`;
  const told = escapeXml([passes, ...row.changes.map(plainPhrase)].join('; '));
  const inner: Partial<Record<SampleRow['class'], string>> = {
    regressed:
      accepted === undefined
        ? `<failure type="regressed" message="${escapeXml(`regressed: ${passes}`)}">${told}</failure>`
        : `<skipped message="${escapeXml(`regressed: ${passes}. ${plainPhrase(accepted)}`)}"/>`,
    errored: `<error type="errored" message="${escapeXml(`errored: ${passes}`)}">${told}</error>`,
    removed: '<skipped message="in the baseline only"/>',
  };
  const body = inner[row.class] ?? (row.class === 'stable-pass' ? undefined : `<system-out>${row.class}: ${told}</system-out>`);
  return body === undefined ? [`${opening}/>`] : [`${opening}>`, `      ${body}`, '    </testcase>'];
}
