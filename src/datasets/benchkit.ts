import { messageOf } from '../errors.ts';
import type { Json, JsonObject } from '../records/json.ts';
import type { sampleRow } from '../systems/benchkit/sample.ts';
import { defineDataset } from './dataset.ts';
import { datasetError, readRow, requireObject } from './parts/problem.ts';
import { readLines } from './parts/text.ts';

/** One sample of spec 4.0 a line. Only where a config names it: its files end in .jsonl as others do. */
export const benchkit = defineDataset({
  type: 'benchkit',
  summary: 'samples of BenchKit, one JSON object a line: data_id, query, system, servers, environment, check_list, user_simulator_prompt',
  extensions: [],
  async *rows(source, file) {
    // Most suites never read one: every start of the program would pay for it.
    const { sampleRow } = await import('../systems/benchkit/sample.ts');
    let isFirst = true;
    for await (const { text, line } of readLines(source, file)) {
      if (text.trim() === '') continue;
      if (isFirst) refuseOtherShape(text.trim(), file, line);
      isFirst = false;
      yield { ...readRow(() => nativeRow(sampleRow(requireObject(parseLine(text, file, line), file, line)), file, line), line), isForeign: true };
    }
  },
});

function nativeRow(made: ReturnType<typeof sampleRow>, file: string, line: number): JsonObject {
  if ('row' in made) return made.row;
  const { field, message, remedy } = made.problem;
  throw datasetError(file, line, message, remedy, field);
}

/** Told once, not for every line. */
function refuseOtherShape(first: string, file: string, line: number): void {
  const remedy = 'write one complete sample per line: {"data_id": "…", "query": "…", "system": "…", …}';
  if (first.startsWith('[')) throw datasetError(file, line, 'the file is a JSON list, and one sample a line is expected', remedy);
  if (first === '{') throw datasetError(file, line, 'a sample goes over several lines, and one sample a line is expected', remedy);
}

function parseLine(text: string, file: string, line: number): Json {
  try {
    return JSON.parse(text) as Json;
  } catch (error) {
    throw datasetError(file, line, `not JSON: ${messageOf(error)}`, 'write one complete sample per line, without line breaks inside it');
  }
}
