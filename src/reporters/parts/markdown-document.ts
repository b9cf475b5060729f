import { markdownTable } from 'markdown-table';
import { toLine } from './escape.ts';
import { markdownCode, markdownLink, markdownPhrase, markdownText } from './escape-markdown.ts';
import { clipBytes, fitRows } from './fit.ts';
import { count, utf8Bytes } from './format.ts';
import { historyTable } from './history-list.ts';
import { markdownTranscripts } from './markdown-transcript.ts';
import type { SampleGroup, SampleRow } from './rows.ts';
import type { Tone } from './sentences.ts';
import type { ReportTable } from './tables.ts';
import type { ReportView } from './view.ts';

/** `comment`: at most one screen before folding. `summary`: a page of its own, with transcripts of the worst samples. */
export type MarkdownVariant = 'comment' | 'summary';

const alerts: Record<Tone, string> = { bad: 'CAUTION', warn: 'WARNING', good: 'TIP', neutral: 'NOTE' };
/** Rows of the first table: with the alert and the footer about one screen. */
const openRows: Record<MarkdownVariant, number> = { comment: 8, summary: 30 };
const foldedRows = 200;
/** Classes that a reader would act on; the others are told by their number. */
const telling = new Set<string>(['regressed', 'suspect', 'errored', 'fixed', 'flaky', 'new', 'waived', 'removed']);

/**
 * The view as GitHub-flavoured markdown. Over `maxBytes` it gives up detail in steps: everything, then the regressed
 * samples only, then fewer of their rows, then the headline with its link, and last the bare headline. Never cut inside
 * a row; what is missing is counted.
 */
export function markdownDocument(view: ReportView, variant: MarkdownVariant, maxBytes = Number.POSITIVE_INFINITY): string {
  const full = fullDocument(view, variant);
  if (utf8Bytes(full) <= maxBytes) return full;
  const main = mainGroup(view);
  const short =
    main && fitRows(main.rows.length, maxBytes, (rows) => joined([alert(view), cutNote(view), ...sampleTable(main, rows), ...footer(view)]));
  const headline = joined([alert(view), cutNote(view)]);
  const plain = `${markdownText(view.headline)}\n`;
  return short ?? [headline, joined([alert(view, 1)]), plain].find((text) => utf8Bytes(text) <= maxBytes) ?? lastResort(view, maxBytes);
}

function fullDocument(view: ReportView, variant: MarkdownVariant): string {
  const main = mainGroup(view);
  const rows = openRows[variant];
  const folds = [
    ...view.groups.filter((group) => telling.has(group.class)).flatMap((group) => groupFold(group, group === main ? rows : 0)),
    ...view.tables.map(tableFold),
    ...(variant === 'summary' ? markdownTranscripts(view, main) : []),
    ...decisionFold(view),
  ];
  const history = variant === 'summary' ? historyBlocks(view) : [];
  return joined([alert(view), ...(main ? sampleTable(main, rows) : []), ...history, ...folds, ...footer(view)]);
}

const foldedRuns = 10;

/** The trend in one line; the last runs folded. */
function historyBlocks({ history }: ReportView): string[] {
  if (!history) return [];
  const shown = history.lines.slice(-foldedRuns);
  const title =
    shown.length < history.lines.length ? `The last ${count(shown.length)} of ${count(history.lines.length)} runs` : `${count(shown.length)} runs`;
  return [`**History.** ${markdownPhrase(history.sentence)} \`${history.sparkline}\``, joinedFold(title, [historyTable(shown)])];
}

/** The group whose rows are shown open: what got worse, else what could be, else what got better. */
function mainGroup(view: ReportView): SampleGroup | undefined {
  const find = (name: string): SampleGroup | undefined => view.groups.find((group) => group.class === name);
  return find('regressed') ?? find('suspect') ?? find('errored') ?? find('fixed');
}

function alert(view: ReportView, sentences = view.summary.length): string {
  const shown = view.summary.slice(0, sentences).map(markdownPhrase).join(' ');
  return `> [!${alerts[view.tone]}]\n> **${markdownText(view.headline)}** ${shown}`.trimEnd();
}

function cutNote(view: ReportView): string {
  return markdownLink('Cut to fit; the full report has the rest.', view.links.reportUrl ?? view.links.runUrl);
}

function sampleTable(group: SampleGroup, rows: number): string[] {
  if (rows === 0) return [`${count(group.rows.length)} more ${group.title.toLowerCase()} samples are not shown.`];
  const left = group.rows.length - rows;
  const note = left > 0 ? [`…and ${count(left)} more ${group.title.toLowerCase()}.`] : [];
  return [...(group.class === 'regressed' ? [] : [`**${group.title}.** ${group.meaning}`]), rowTable(group.rows.slice(0, rows)), ...note];
}

function rowTable(rows: Iterable<SampleRow>): string {
  const cells = [...rows].map((row) => [sampleCell(row), row.baseline, row.now, row.changes.map(markdownPhrase).join('; ')]);
  return table([['sample', 'baseline', 'now', 'what changed'], ...cells], ['l', 'r', 'r', 'l']);
}

function sampleCell(row: SampleRow): string {
  return markdownLink(markdownCode(row.id), row.url) + (row.isCritical ? ' (critical)' : '');
}

/** The rows of a group that are not open already, folded. */
function groupFold(group: SampleGroup, open: number): string[] {
  const rows = group.rows.slice(open);
  if (rows.length === 0) return [];
  const more = open > 0 ? 'more ' : '';
  const left = rows.length - foldedRows;
  const note = left > 0 ? [`…and ${count(left)} more.`] : [];
  const title = open > 0 ? group.title.toLowerCase() : group.title;
  return fold(`${open > 0 ? `${count(rows.length)} ${more}${title}` : `${title} (${count(rows.length)})`}`, [
    group.meaning,
    rowTable(rows.slice(0, foldedRows)),
    ...note,
  ]);
}

function tableFold(entry: ReportTable): string {
  const rows = entry.rows.map((row) => row.cells.map(markdownPhrase));
  const worse = entry.rows.filter((row) => row.tone === 'bad').length;
  const alignment = entry.columns.map((_, index) => (index === 0 || index === entry.columns.length - 1 ? 'l' : 'r'));
  return joinedFold(`${entry.title}${worse > 0 ? ` (${count(worse)} worse)` : ''}`, [table([entry.columns, ...rows], alignment)]);
}

function decisionFold(view: ReportView): string[] {
  const facts = view.provenance.map(({ label, value }) => `${label} ${markdownPhrase(value)}`).join(' · ');
  const paragraphs = [...view.decision.map((paragraph) => `- ${markdownPhrase(paragraph)}`)].join('\n');
  return paragraphs === '' && facts === '' ? [] : [joinedFold('How this was decided', [paragraphs, facts])];
}

function footer(view: ReportView): string[] {
  const links = [markdownLink('full report', view.links.reportUrl), markdownLink('run', view.links.runUrl)].filter((link) => link.startsWith('['));
  const baseline = markdownPhrase(view.baseline).replace(/\.$/, '');
  const effort = markdownPhrase(view.effort).replace(/\.$/, '');
  const facts = [view.links.baselineUrl === undefined ? baseline : baselineLinked(baseline, view.links.baselineUrl), effort];
  return [[...facts, ...links].join(' · ')];
}

function baselineLinked(sentence: string, url: string): string {
  return sentence.replace(/^Baseline/, () => markdownLink('Baseline', url));
}

function fold(title: string, blocks: readonly string[]): string[] {
  return [joinedFold(title, blocks)];
}

/** The blank line after the summary is what makes GitHub read the rest as markdown. */
function joinedFold(title: string, blocks: readonly string[]): string {
  return ['<details>', `<summary>${title}</summary>`, '', blocks.filter((block) => block !== '').join('\n\n'), '', '</details>'].join('\n');
}

function table(rows: readonly (readonly string[])[], align: readonly string[]): string {
  return markdownTable(rows, { align, alignDelimiters: false, padding: true });
}

function joined(blocks: readonly string[]): string {
  return `${blocks.filter((block) => block !== '').join('\n\n')}\n`;
}

function lastResort(view: ReportView, maxBytes: number): string {
  return clipBytes(toLine(view.headline).replace(/[^\p{L}\p{N} .,:()-]/gu, '-'), maxBytes);
}
