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
    let countedTwice = 0;
    const { names, records } = await parseRecords(text, file);
    for (const { record, info } of records) {
      const cells = Object.values(record).flatMap((cell, index) => (cell === '' ? [] : [[names[index] ?? '', cell] as const]));
      // The parser counts a CRLF inside quotes as two lines, and `info.lines` is the last line of a record.
      countedTwice += matchesIn(record, /\r\n/g);
      const line = info.lines - countedTwice - matchesIn(record, /\r\n|\n|\r/g);
      if (cells.length > 0) yield { row: Object.fromEntries(cells), line };
    }
  },
});

interface ParsedRecord {
  record: Record<string, string>;
  info: { lines: number };
}

async function parseRecords(text: string, file: string): Promise<{ names: readonly string[]; records: ParsedRecord[] }> {
  const { CsvError, parse } = await import('csv-parse/sync');
  const header = text.slice(0, text.search(/[\r\n]|$/));
  let names: readonly string[] = [];
  try {
    const records = parse<ParsedRecord>(text, {
      // Named by their place meanwhile, as an object with a column `__proto__` would lose it.
      columns: (found: string[]) => {
        names = uniqueColumns(found, file);
        return names.map((_, index) => `c${index}`);
      },
      delimiter: mostUsed(header, [',', ';', '\t']),
      info: true,
      skip_empty_lines: true,
      trim: false,
    });
    return { names, records };
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

function uniqueColumns(names: string[], file: string): string[] {
  const trimmed = names.map((name) => name.trim());
  const seen = new Set<string>();
  const twice = trimmed.find((name) => seen.size === seen.add(name).size);
  if (twice !== undefined) throw datasetError(file, 1, `the column "${twice}" appears twice`, 'give every column its own name');
  return trimmed;
}

function matchesIn(record: Record<string, string>, pattern: RegExp): number {
  return Object.values(record).reduce((sum, cell) => sum + (cell.match(pattern)?.length ?? 0), 0);
}

function mostUsed(header: string, separators: string[]): string {
  const count = (separator: string) => header.split(separator).length;
  return separators.reduce((best, next) => (count(next) > count(best) ? next : best));
}
