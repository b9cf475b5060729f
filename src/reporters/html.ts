import { escapeHtml, escapeScriptJson } from './parts/escape.ts';
import { fitPieces, takeRows } from './parts/fit.ts';
import { count } from './parts/format.ts';
import { type PageFrame, pageFrame, pageRow, type SampleDetail, sampleDetail } from './parts/html/data.ts';
import { scriptHash, styleHash } from './parts/html/hashes.ts';
import { historySection } from './parts/html/history-chart.ts';
import { pageScript } from './parts/html/script.ts';
import { pageStyle } from './parts/html/style.ts';
import { parsePhrase } from './parts/phrase.ts';
import { inPieces } from './parts/pieces.ts';
import { groupSize, rowsOf, type SampleGroup } from './parts/rows.ts';
import type { ReportView } from './parts/view.ts';
import { defineReporter } from './reporter.ts';

/** Bytes of a page that browsers and artifact viewers open without trouble. */
const defaultMaxBytes = 8_000_000;

/**
 * One self-contained page: no network, no script but ours, agent text only as text. Over `maxBytes` (default 8 MB) it
 * first leaves out transcripts of the least telling samples, then samples, and says how many; the smallest page is the
 * headline and its sentences without style.
 */
export const html = defineReporter({
  type: 'html',
  summary: 'one self-contained page with search, filters and side-by-side transcripts',
  fileName: 'report.html',
  render: (view, { maxBytes = defaultMaxBytes }) => [...piecesOf(view, maxBytes)].join(''),
  pieces: (view) => piecesOf(view, defaultMaxBytes),
});

function piecesOf(view: ReportView, maxBytes: number): Iterable<string> {
  const frame = pageFrame(view);
  const details = detailsOf(view);
  const total = groupSize(view.groups);
  const withDetails = (shown: number): Iterable<string> => {
    const note = noteOf(0, details.length - shown);
    return page(view, { frame: { ...frame, note }, groups: view.groups, details: new Map(details.slice(0, shown)) });
  };
  const withRows = (rows: number): Iterable<string> => {
    const note = noteOf(total - rows, details.length);
    return page(view, { frame: { ...frame, note }, groups: takeRows(view.groups, rows), details: new Map() });
  };
  return fitPieces(details.length, maxBytes, withDetails) ?? fitPieces(total, maxBytes, withRows) ?? [barePage(view)];
}

/** By sample id, in the order of the rows. */
function detailsOf(view: ReportView): [string, SampleDetail][] {
  const found: [string, SampleDetail][] = [];
  for (const { id } of view.evidence.size === 0 ? [] : rowsOf(view.groups)) {
    const evidence = view.evidence.get(id);
    if (evidence) found.push([id, sampleDetail(evidence)]);
    if (found.length === view.evidence.size) break;
  }
  return found;
}

function noteOf(leftRows: number, leftDetails: number): string {
  const notes = [
    leftRows > 0 ? `${count(leftRows)} more samples are not shown.` : '',
    leftDetails > 0 ? `${count(leftDetails)} more transcripts are not shown.` : '',
  ].filter((note) => note !== '');
  return notes.length > 0 ? `To keep this page small, ${notes.join(' ')} The run log has them.` : '';
}

interface PageContent {
  frame: PageFrame;
  groups: readonly SampleGroup[];
  details: ReadonlyMap<string, SampleDetail>;
}

function* page(view: ReportView, content: PageContent): Generator<string> {
  const policy = `default-src 'none'; style-src '${styleHash}'; script-src '${scriptHash}'; base-uri 'none'; form-action 'none'`;
  yield [
    '<!doctype html>',
    `<html lang="en" class="tone-${view.tone}">`,
    '<head>',
    '<meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="${policy}">`,
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    '<meta name="color-scheme" content="light dark">',
    `<title>${escapeHtml(view.headline)}</title>`,
    `<style>${pageStyle}</style>`,
    '</head>',
    '<body>',
    ...header(view),
    ...historySection(view.history),
    '<main id="report"></main>',
    '<noscript><p>The samples and transcripts of this page need JavaScript. The same numbers are in report.md.</p></noscript>',
    '<script type="application/json" id="data">',
  ].join('\n');
  for (const piece of inPieces(pageJson(content))) yield escapeScriptJson(piece);
  yield ['</script>', `<script>${pageScript}</script>`, '</body>', '</html>', ''].join('\n');
}

/** `{"groups":[…]` and the rest of the frame: one object, as the script reads it. */
function* pageJson({ frame, groups, details }: PageContent): Generator<string> {
  for (const [index, group] of groups.entries()) {
    const head = { class: group.class, title: group.title, meaning: group.meaning };
    yield `${index === 0 ? '{"groups":[' : ','}${JSON.stringify(head).slice(0, -1)},"rows":[`;
    let separator = '';
    for (const row of group.rows) {
      const detail = details.get(row.id);
      yield separator + JSON.stringify(detail ? { ...pageRow(row), detail } : pageRow(row));
      separator = ',';
    }
    yield ']}';
  }
  yield `${groups.length === 0 ? '{"groups":[' : ''}],${JSON.stringify(frame).slice(1)}`;
}

function header(view: ReportView): string[] {
  const partial = view.isPartial ? ['<p class="partial">Partial run</p>'] : [];
  const sentences = view.summary.map((sentence) => `<span>${phraseHtml(sentence)}</span>`).join(' ');
  return ['<header>', ...partial, `<h1>${escapeHtml(view.headline)}</h1>`, `<p class="summary">${sentences}</p>`, '</header>'];
}

function phraseHtml(phrase: string): string {
  return parsePhrase(phrase)
    .map(({ kind, text }) => (kind === 'code' ? `<code>${escapeHtml(text)}</code>` : escapeHtml(text)))
    .join('');
}

function barePage(view: ReportView): string {
  return ['<!doctype html>', '<meta charset="utf-8">', `<title>${escapeHtml(view.headline)}</title>`, ...header(view), ''].join('\n');
}
