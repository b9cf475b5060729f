import type { DatasetRow } from '../dataset.ts';
import { datasetError, maxRowLevels, readRow, requireObject } from './problem.ts';

/** The items of a YAML list of samples, or of the one under `samples`, each with its line. `isJson`: as many marks as it likes. */
export async function* yamlRows(text: string, file: string, isJson: boolean): AsyncIterable<DatasetRow> {
  if (text.length > maxYamlLength)
    throw datasetError(file, 1, 'the file has more than 16 million characters', 'write it as JSON Lines, which may have any size');
  const [yaml, { readYamlText }, { makeYamlValues }] = await Promise.all([
    import('yaml'),
    import('../../records/yaml-text.ts'),
    import('./yaml-values.ts'),
  ]);
  const limits = isJson
    ? { marks: text.length, lines: text.length + 1 }
    : { marks: Math.max(300_000, text.length / 2), lines: Math.max(100_000, text.length / 3) };
  const read = readYamlText(text, { levels: readableLevels, ...limits });
  if (read.refusal) {
    const { kind, line } = read.refusal;
    if (kind === 'deep') throw datasetError(file, line, tooDeep, flatten);
    throw datasetError(file, line, 'there are more lines, or words and marks, than samples of this size have', 'write it as JSON Lines');
  }
  const { document, lines } = read;
  const lineOf = (node: unknown) => {
    const range = (node as { range?: [number, number, number] } | null)?.range;
    return range ? lines.linePos(range[0]).line : 1;
  };
  const [error] = document.errors;
  if (error) {
    const { line } = lines.linePos(error.pos[0]);
    throw datasetError(file, Math.max(1, line), error.message, 'mend the syntax at that line');
  }
  const root = document.contents;
  const [named, again] = yaml.isMap(root) ? root.items.filter(({ key }) => yaml.isScalar(key) && key.value === 'samples') : [];
  if (again) throw datasetError(file, lineOf(again.key), 'the key "samples" is written twice', 'keep one list of samples');
  const list = yaml.isMap(root) ? named?.value : root;
  if (root === null) return;
  if (!yaml.isSeq(list)) {
    throw datasetError(file, 1, 'no list of samples found', 'write a list of objects, or {samples: [ … ]}');
  }
  const readNode = makeYamlValues(yaml);
  // What stands above the list may be named in it.
  if (yaml.isMap(root))
    for (const { value } of root.items.slice(
      0,
      root.items.findIndex((pair) => pair.value === list),
    ))
      readNode(value);
  for (const item of list.items) {
    const line = lineOf(item);
    const { value, levels, fault } = readNode(item);
    const readValue = () => {
      if (fault) throw datasetError(file, lineOf(fault.node), fault.message, fault.remedy);
      if (levels > readableLevels) throw datasetError(file, line, tooDeep, flatten);
      return requireObject(value, file, line);
    };
    yield readRow(readValue, line);
  }
}

/** A million characters take one to two seconds and about 70 MB. */
export const maxYamlLength = 16 * 1024 * 1024;
/** Deeper text is not given to the YAML reader: above the levels of a row, as lists of rows may stand inside a mapping. */
const readableLevels = 250;
const tooDeep = `values are nested deeper than ${maxRowLevels} levels`;
const flatten = 'flatten them, or write them as JSON text';
