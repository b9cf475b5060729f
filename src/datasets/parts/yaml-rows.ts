import { messageOf } from '../../errors.ts';
import type { Json } from '../../records/json.ts';
import type { DatasetRow } from '../dataset.ts';
import { datasetError, readRow, requireObject } from './problem.ts';

/** JSON is YAML with the core schema, so one parser gives both formats their line numbers. */
export async function* yamlRows(text: string, file: string): AsyncIterable<DatasetRow> {
  const { isMap, isSeq, LineCounter, parseDocument } = await import('yaml');
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, schema: 'core', uniqueKeys: true, prettyErrors: false });
  const [error] = document.errors;
  if (error) {
    const { line } = lines.linePos(error.pos[0]);
    throw datasetError(file, line, error.message, 'mend the syntax at that line');
  }
  const root = document.contents;
  const list = isMap(root) ? root.get('samples', true) : root;
  if (root === null) return;
  if (!isSeq(list)) {
    throw datasetError(file, 1, 'no list of samples found', 'write a list of objects, or {samples: [ … ]}');
  }
  for (const item of list.items) {
    const range = (item as { range?: [number, number, number] }).range;
    const line = range ? lines.linePos(range[0]).line : 1;
    const read = () => (item as { toJS(doc: unknown, options: { maxAliasCount: number }): Json }).toJS(document, { maxAliasCount: 100 });
    yield readRow(() => requireObject(resolved(read, file, line), file, line), line);
  }
}

/** Aliases are resolved only now: too many of them, or one without its anchor, are errors of that row. */
function resolved(read: () => Json, file: string, line: number): Json {
  try {
    return read();
  } catch (error) {
    throw datasetError(file, line, messageOf(error), 'write the values out instead of using aliases');
  }
}
