import { messageOf } from '../errors.ts';
import { defineDataset } from './dataset.ts';
import { datasetError } from './parts/problem.ts';
import { readAll } from './parts/text.ts';

/** RFC 4180 with a header row; comma, semicolon or tab, whichever the header uses most. Every cell is text; an empty cell is absent. */
export const csv = defineDataset({
  type: 'csv',
  summary: 'a header row, then one sample a row; comma, semicolon or tab',
  extensions: ['.csv', '.tsv'],
  async *rows(source, file) {
    const text = await readAll(source, file);
    let names: readonly string[] | undefined;
    let countedTwice = 0;
    for (const { record, info } of await parseRecords(text, file)) {
      // The parser counts a CRLF inside quotes as two lines, and `info.lines` is the last line of a record.
      const breaks = breaksIn(record);
      countedTwice += breaks.twice;
      const line = info.lines - countedTwice - breaks.all;
      if (!names) {
        names = uniqueColumns(record, file, line);
        continue;
      }
      const cells: [string, string][] = [];
      for (const [index, cell] of record.entries()) if (cell !== '') cells.push([names[index] ?? '', cell]);
      if (cells.length > 0) yield { row: Object.fromEntries(cells), line };
    }
  },
});

interface ParsedRecord {
  record: string[];
  info: { lines: number };
}

/** All records, the header too: as objects they would take several times as long, and lose a column `__proto__`. */
async function parseRecords(text: string, file: string): Promise<ParsedRecord[]> {
  const { CsvError, parse } = await import('csv-parse/sync');
  const { head, lineBreak } = upToHeader(text);
  const delimiter = mostUsed(head, [',', ';', '\t']);
  // Where it has to find the kind of line break itself, it makes three buffers for every character of the header.
  const options = { delimiter, record_delimiter: lineBreak, info: true, skip_empty_lines: true, trim: false } as const;
  // Its types do not know what `info` makes of a record.
  const readAs = (of: string) => parse(of, options) as unknown as ParsedRecord[];
  try {
    // A header that is wrong is told before whatever is wrong below it.
    for (const { record, info } of readAs(head)) uniqueColumns(record, file, info.lines - breaksIn(record).twice - breaksIn(record).all);
    return readAs(text);
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const line = typeof error.lines === 'number' ? error.lines : 1;
    throw datasetError(
      file,
      line,
      `not CSV: ${messageOf(error)}`,
      'quote cells that hold the separator, quotes or line breaks; every row needs as many cells as the header',
    );
  }
}

/** The text until the end of its first line that is not empty, of those that end outside of quotes, and which line break it has first. */
function upToHeader(text: string): { head: string; lineBreak: string } {
  let isQuoted = false;
  let start = 0;
  let lineBreak: string | undefined;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 0x22) isQuoted = !isQuoted;
    if (isQuoted || (code !== 0x0a && code !== 0x0d)) continue;
    lineBreak ??= code === 0x0a ? '\n' : text[at + 1] === '\n' ? '\r\n' : '\r';
    if (at > start) return { head: text.slice(0, at), lineBreak };
    start = at + 1;
  }
  return { head: text, lineBreak: lineBreak ?? '\n' };
}

function uniqueColumns(names: readonly string[], file: string, line: number): string[] {
  const trimmed = names.map((name) => name.trim());
  const seen = new Set<string>();
  const twice = trimmed.find((name) => seen.size === seen.add(name).size);
  if (twice !== undefined) throw datasetError(file, line, `the column "${twice}" appears twice`, 'give every column its own name');
  return trimmed;
}

/** Line breaks inside the cells of a record; `twice`: those of two characters. */
function breaksIn(record: readonly string[]): { all: number; twice: number } {
  const found = { all: 0, twice: 0 };
  for (const cell of record) {
    if (!cell.includes('\n') && !cell.includes('\r')) continue;
    for (const [lineBreak] of cell.matchAll(/\r\n|\n|\r/g)) {
      found.all += 1;
      if (lineBreak.length === 2) found.twice += 1;
    }
  }
  return found;
}

function mostUsed(header: string, separators: string[]): string {
  const count = (separator: string) => header.split(separator).length;
  return separators.reduce((best, next) => (count(next) > count(best) ? next : best));
}
