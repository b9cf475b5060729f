import { historyCsv, historyLists, historyMarkdown, historyTerminal } from '../../src/reporters/parts/history-list.ts';
import type { ReportView } from '../../src/reporters/parts/view.ts';
import { reporters } from '../../src/reporters/registry.ts';
import { forgedView, hostileView } from './hostile-view.ts';
import { type MarkdownReading, readMarkdown } from './markdown-sink.ts';
import { csvCells, csvFaults, terminalFaults, unseenFaults, xmlStructure } from './text-sinks.ts';

/*
 * Renders a report in which one text stands everywhere, reads it as the program reads it that shows it, and says what differs from
 * the report of the text "x": the structure must not depend on the text. HTML is read in a browser; see html-sink.ts.
 */

/** The sinks that this process can read. A check run's summary is rendered as the job's is, into less room. */
export const textSinks = ['comment', 'check', 'summary', 'csv', 'terminal', 'junit', 'json'] as const;
export type TextSink = (typeof textSinks)[number];

/** GitHub takes so many bytes of a check run's summary. */
const maxCheckBytes = 65_535;

/** What is wrong with one sink's report of a text in every place; nothing is right. */
export function sinkFaults(sink: TextSink, text: string): string[] {
  const rendered = renderSink(sink, hostileView(text));
  switch (sink) {
    case 'comment':
    case 'check':
    case 'summary':
      return markdownFaults(rendered, plainReading(sink));
    case 'csv':
      return csvFaults(rendered, csvCells(plainOf(sink))[0]?.length ?? 0).concat(
        csvCells(rendered).length === csvCells(plainOf(sink)).length ? [] : ['other rows'],
      );
    case 'terminal':
      return terminalFaults(rendered, { colours: true });
    case 'junit':
      return sameOr(() => xmlStructure(rendered), xmlStructure(plainOf(sink))).concat(unseenFaults(rendered));
    case 'json':
      return terminalFaults(rendered).concat(
        JSON.stringify(JSON.parse(rendered)) === JSON.stringify(hostileView(text).assessment) ? [] : ['another value'],
      );
  }
}

/** The same of the sentences of an assessment that a stranger wrote: what they quote may be code, everything else stays words. */
export function forgedFaults(sink: TextSink, text: string): string[] {
  const rendered = renderSink(sink, forgedView(text));
  if (sink === 'terminal') return terminalFaults(rendered, { colours: true });
  if (sink === 'junit') return sameOr(() => xmlStructure(rendered), undefined).concat(unseenFaults(rendered));
  if (sink === 'csv') return csvFaults(rendered, csvCells(rendered)[0]?.length ?? 0);
  return sink === 'json' ? terminalFaults(rendered) : inertFaults(readMarkdown(rendered));
}

/** What is wrong with markdown of a text beside that of another: another structure, something live, another address. */
export function markdownFaults(text: string, wanted: MarkdownReading): string[] {
  const found = readMarkdown(text);
  const isSame = found.structure === wanted.structure;
  return [...(isSame ? [] : [`another structure: ${firstDifference(found.structure, wanted.structure)}`]), ...inertFaults(found)];
}

/** What a text must not do wherever it stands. */
export function inertFaults({ live, urls, comments }: MarkdownReading, server = 'https://github.com/acme/bot/'): string[] {
  const foreign = urls.filter((url) => !url.startsWith(server) && !url.startsWith('#'));
  return [...live.map((found) => `live: ${found}`), ...foreign.map((url) => `an address: ${url}`), ...comments.map((found) => `a comment: ${found}`)];
}

/** A report as its sink gets it, the terminal's with colours. */
export function renderSink(sink: TextSink, view: ReportView, maxBytes?: number): string {
  const room = maxBytes === undefined ? {} : { maxBytes };
  if (sink === 'check') return reporters.get('markdown').render(view, { maxBytes: maxCheckBytes });
  if (sink === 'terminal') return reporters.get('terminal').render(view, { width: 100, isColor: true, ...room });
  return reporters.get(sink === 'summary' ? 'markdown' : sink).render(view, room);
}

/** What is wrong with the lists of `agent-regress history` for a suite of this name. */
export function historyFaults(rows: Parameters<typeof historyLists>[0]): string[] {
  const lists = historyLists(rows);
  const columns = csvCells(historyCsv(lists))[0]?.length ?? 0;
  return [
    ...inertFaults(readMarkdown(historyMarkdown(lists))),
    ...terminalFaults(historyTerminal(lists, { isColor: true }), { colours: true }),
    ...csvFaults(historyCsv(lists), columns),
  ];
}

const plain = new Map<TextSink, string>();

function plainOf(sink: TextSink): string {
  const known = plain.get(sink) ?? renderSink(sink, hostileView('x'));
  plain.set(sink, known);
  return known;
}

const readings = new Map<TextSink, MarkdownReading>();

function plainReading(sink: TextSink): MarkdownReading {
  const known = readings.get(sink) ?? readMarkdown(plainOf(sink));
  readings.set(sink, known);
  return known;
}

function sameOr(read: () => string, wanted: string | undefined): string[] {
  try {
    const found = read();
    return wanted === undefined || found === wanted ? [] : [`another structure: ${firstDifference(found, wanted)}`];
  } catch (error) {
    return [String(error)];
  }
}

function firstDifference(found: string, wanted: string): string {
  let at = 0;
  while (at < found.length && found[at] === wanted[at]) at++;
  return `${found.slice(Math.max(0, at - 60), at + 80)} instead of ${wanted.slice(Math.max(0, at - 10), at + 60)}`;
}
