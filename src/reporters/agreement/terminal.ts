import type { JudgeAgreement } from '../../records/agreement.ts';
import { clipColumns, columnsOf, padColumns, wrapColumns } from '../parts/columns.ts';
import { escapeTerminal } from '../parts/escape.ts';
import { cost, count, counted, percent } from '../parts/format.ts';

/** Answers of each kind that are listed; JSON has them all. */
const shownAnswers = 20;
/** Categories beyond these do not fit beside each other. */
const shownCategories = 12;

/** For a person at a terminal. */
export function agreementText(agreement: JudgeAgreement, width = 100): string {
  const blocks = [headLines(agreement), tableLines(agreement), disagreementLines(agreement), unscoredLines(agreement), footLines(agreement)];
  const lines = blocks.filter((block) => block.length > 0).flatMap((block, index) => (index === 0 ? block : ['', ...block]));
  return `${lines.flatMap((line) => wrapped(line, Math.max(40, width))).join('\n')}\n`;
}

/** What follows a line that is too long stands further in; the columns of the table, which fit, are left alone. */
function wrapped(line: string, width: number): string[] {
  if (columnsOf(line) <= width) return [line];
  const indent = line.length - line.trimStart().length;
  return wrapColumns(line.trimStart(), width - indent - 2).map((part, index) => ' '.repeat(indent + (index > 0 ? 2 : 0)) + part);
}

function headLines(agreement: JudgeAgreement): string[] {
  const { checker, labels, scored, agreement: rate, agreementInterval = [0, 1], kappa, weightedKappa, atThreshold, kind } = agreement;
  const first = `${escapeTerminal(checker)} judged ${count(scored)} of ${counted(labels, 'labelled answer')}.`;
  if (rate === undefined) return [first];
  const [low, high] = agreementInterval;
  return [
    first,
    `Judge and people agree on ${percent(rate)} (95 % interval ${percent(low)} … ${percent(high)}).`,
    kappaText(kind === 'verdict' ? 'Kappa' : 'Kappa of the same category', kappa),
    ...(kind === 'verdict' ? [] : [kappaText('Weighted kappa (quadratic)', weightedKappa)]),
    ...(atThreshold
      ? [`Pass and fail at ${agreement.threshold}: they agree on ${percent(atThreshold.agreement)}; ${kappaText('kappa', atThreshold.kappa)}`]
      : []),
  ];
}

function kappaText(name: string, kappa: JudgeAgreement['kappa']): string {
  if (!kappa) return `${name} cannot be told: both always say the same.`;
  const { value, standardError, interval } = kappa;
  const around = interval
    ? `95 % interval ${interval[0].toFixed(2)} … ${interval[1].toFixed(2)}, standard error ${standardError.toFixed(3)}`
    : value > 1 - 1e-9
      ? 'no interval: all agree'
      : value > -1e-9
        ? 'no interval: one of the two always says the same'
        : 'no interval: they never agree';
  return `${name} ${value.toFixed(2)} (${around}); 0 is chance, 1 is full agreement.`;
}

function tableLines({ categories, table, scored }: JudgeAgreement): string[] {
  if (scored === 0) return [];
  if (categories.length > shownCategories) return [`The table of ${count(categories.length)} values is in --format json.`];
  const names = categories.map((name) => clipColumns(escapeTerminal(name), 24));
  const label = Math.max('people \\ judge'.length, ...names.map(columnsOf));
  const widths = names.map((name, column) => Math.max(columnsOf(name), ...table.map((row) => count(row[column] ?? 0).length)));
  const line = (left: string, cells: string[]) => [padColumns(left, label), ...cells.map((cell, i) => cell.padStart(widths[i] ?? 0))].join('  ');
  return [line('people \\ judge', names), ...table.map((row, index) => line(names[index] ?? '', row.map(count)))];
}

function disagreementLines({ disagreements }: JudgeAgreement): string[] {
  if (disagreements.length === 0) return [];
  const shown = disagreements.slice(0, shownAnswers).map(({ id, line, label, judge, reason }) => {
    return `  ${escapeTerminal(id)} (line ${line}): people ${escapeTerminal(label)}, judge ${escapeTerminal(judge)}; ${escapeTerminal(reason)}`;
  });
  return [`They disagree on ${counted(disagreements.length, 'answer')}:`, ...shown, ...moreLine(disagreements.length)];
}

function unscoredLines({ unscored, unasked }: JudgeAgreement): string[] {
  const shown = unscored.slice(0, shownAnswers).map(({ id, line, reason }) => `  ${escapeTerminal(id)} (line ${line}): ${escapeTerminal(reason)}`);
  const lines = unscored.length > 0 ? [`Without a score: ${counted(unscored.length, 'answer')}; the same command asks again.`, ...shown] : [];
  const left = unasked > 0 ? [`Not asked: ${counted(unasked, 'answer')}; the same command goes on.`] : [];
  return [...lines, ...moreLine(unscored.length), ...left];
}

function moreLine(total: number): string[] {
  return total > shownAnswers ? [`  … ${count(total - shownAnswers)} more in --format json`] : [];
}

function footLines({ usage }: JudgeAgreement): string[] {
  if (!usage) return [];
  return [`${counted(usage.calls, 'judge call')}${usage.costUsd === undefined ? '' : `, ${cost(usage.costUsd)}`}`];
}
