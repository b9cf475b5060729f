import { messageOf } from '../errors.ts';
import type { Json } from '../records/json.ts';
import { defineDataset } from './dataset.ts';
import { datasetError, readRow, requireObject } from './parts/problem.ts';
import { readLines } from './parts/text.ts';

/** One JSON object a line; blank lines are skipped. Streams. */
export const jsonl = defineDataset({
  type: 'jsonl',
  summary: 'one JSON object a line; streams, so any size will do',
  extensions: ['.jsonl', '.ndjson'],
  async *rows(source, file) {
    for await (const { text, line } of readLines(source, file)) {
      if (text.trim() === '') continue;
      yield readRow(() => requireObject(parseLine(text, file, line), file, line), line);
    }
  },
});

function parseLine(text: string, file: string, line: number): Json {
  try {
    return JSON.parse(text) as Json;
  } catch (error) {
    throw datasetError(file, line, `not JSON: ${messageOf(error)}`, 'write one complete JSON object per line, without line breaks inside it');
  }
}
