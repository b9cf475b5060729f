import { escapeHtml, escapeScriptJson } from './parts/escape.ts';
import { fitRows, takeRows } from './parts/fit.ts';
import { count } from './parts/format.ts';
import { type PageData, pageData, type SampleDetail, sampleDetail } from './parts/html/data.ts';
import { scriptHash, styleHash } from './parts/html/hashes.ts';
import { pageScript } from './parts/html/script.ts';
import { pageStyle } from './parts/html/style.ts';
import { parsePhrase } from './parts/phrase.ts';
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
  render(view, { maxBytes = defaultMaxBytes }) {
    const data = pageData(view);
    const details = detailsOf(view);
    const total = view.groups.reduce((sum, group) => sum + group.rows.length, 0);
    const withDetails = (shown: number): string => page(view, cutData(data, details.slice(0, shown), total, details.length - shown));
    const withRows = (rows: number): string => page(view, cutData(data, [], rows, details.length, total - rows));
    return fitRows(details.length, maxBytes, withDetails) ?? fitRows(total, maxBytes, withRows) ?? barePage(view);
  },
});

interface PlacedDetail {
  group: number;
  row: number;
  detail: SampleDetail;
}

function detailsOf(view: ReportView): PlacedDetail[] {
  return view.groups.flatMap((group, groupIndex) =>
    group.rows.flatMap((row, rowIndex) => {
      const evidence = view.evidence.get(row.id);
      return evidence ? [{ group: groupIndex, row: rowIndex, detail: sampleDetail(evidence) }] : [];
    }),
  );
}

function cutData(data: PageData, details: readonly PlacedDetail[], rows: number, leftDetails: number, leftRows = 0): PageData {
  const byPlace = new Map(details.map(({ group, row, detail }) => [`${group}/${row}`, detail]));
  const groups = data.groups.map((group, groupIndex) => ({
    ...group,
    rows: group.rows.map((row, rowIndex) => {
      const detail = byPlace.get(`${groupIndex}/${rowIndex}`);
      return detail ? { ...row, detail } : row;
    }),
  }));
  const notes = [
    leftRows > 0 ? `${count(leftRows)} more samples are not shown.` : '',
    leftDetails > 0 ? `${count(leftDetails)} more transcripts are not shown.` : '',
  ].filter((note) => note !== '');
  return {
    ...data,
    groups: takeRows(groups, rows),
    note: notes.length > 0 ? `To keep this page small, ${notes.join(' ')} The run log has them.` : '',
  };
}

function page(view: ReportView, data: PageData): string {
  const policy = `default-src 'none'; style-src '${styleHash}'; script-src '${scriptHash}'; base-uri 'none'; form-action 'none'`;
  return [
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
    '<main id="report"></main>',
    '<noscript><p>The samples and transcripts of this page need JavaScript. The same numbers are in report.md.</p></noscript>',
    `<script type="application/json" id="data">${escapeScriptJson(JSON.stringify(data))}</script>`,
    `<script>${pageScript}</script>`,
    '</body>',
    '</html>',
    '',
  ].join('\n');
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
