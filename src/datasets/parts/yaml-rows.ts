import type { Document, Node } from 'yaml';
import { messageOf } from '../../errors.ts';
import type { Json } from '../../records/json.ts';
import type { DatasetRow } from '../dataset.ts';
import { datasetError, maxRowLevels, readRow, requireObject } from './problem.ts';

/** JSON is YAML with the core schema, so one parser gives both formats their line numbers. */
export async function* yamlRows(text: string, file: string): AsyncIterable<DatasetRow> {
  const [yaml, { tooDeepLine }] = await Promise.all([import('yaml'), import('../../records/yaml-depth.ts')]);
  const deepLine = tooDeepLine(text, readableLevels);
  if (deepLine !== undefined) throw datasetError(file, deepLine, tooDeep, flatten);
  const lines = new yaml.LineCounter();
  // Keys that stand twice are looked for below: the package compares each with every other one.
  const document = yaml.parseDocument(text, { lineCounter: lines, schema: 'core', uniqueKeys: false, prettyErrors: false });
  const lineOf = (node: unknown) => {
    const range = (node as { range?: [number, number, number] } | null)?.range;
    return range ? lines.linePos(range[0]).line : 1;
  };
  const [error] = document.errors;
  if (error) {
    const { line } = lines.linePos(error.pos[0]);
    throw datasetError(file, line, error.message, 'mend the syntax at that line');
  }
  const root = document.contents;
  const list = yaml.isMap(root) ? root.get('samples', true) : root;
  if (root === null) return;
  if (!yaml.isSeq(list)) {
    throw datasetError(file, 1, 'no list of samples found', 'write a list of objects, or {samples: [ … ]}');
  }
  const look = makeLook(yaml);
  for (const item of list.items) {
    const line = lineOf(item);
    const { levels, twice } = look(item);
    const read = () => {
      if (twice) throw datasetError(file, lineOf(twice), 'the same key is written twice in one object', 'keep one of them');
      if (levels > readableLevels) throw datasetError(file, line, tooDeep, flatten);
      return requireObject(plainOf(item as Node, document, file, line), file, line);
    };
    yield readRow(read, line);
  }
}

/** Deeper text is not given to the YAML reader: above the levels of a row, as lists of rows may stand inside a mapping. */
const readableLevels = 250;
const tooDeep = `values are nested deeper than ${maxRowLevels} levels`;
const flatten = 'flatten them, or write them as JSON text';

/** Of what is looked at: its levels with those of what aliases name, and a key that stands in one mapping a second time. */
interface Looked {
  levels: number;
  twice: unknown;
}

/** Looks at every node once, in the order of the text. Written levels are few enough to follow. */
function makeLook({ isAlias, isMap, isScalar, isSeq }: typeof import('yaml')): (node: unknown) => Looked {
  const anchors = new Map<string, number>();
  const look = (node: unknown): Looked => {
    // An alias before or inside of what it names has none; reading it says so.
    if (isAlias(node)) return { levels: anchors.get(node.source) ?? 0, twice: undefined };
    let levels = 0;
    let twice: unknown;
    const below = (child: unknown) => {
      const looked = look(child);
      levels = Math.max(levels, looked.levels + 1);
      twice ??= looked.twice;
    };
    if (isSeq(node)) for (const item of node.items) below(item);
    if (isMap(node)) {
      const keys = new Set<unknown>();
      for (const { key, value } of node.items) {
        const name = isScalar(key) ? key.value : key;
        if (keys.has(name)) twice ??= key;
        keys.add(name);
        below(key);
        below(value);
      }
    }
    const { anchor } = (node ?? {}) as { anchor?: string };
    if (anchor !== undefined) anchors.set(anchor, levels);
    return { levels, twice };
  };
  return look;
}

/** Aliases are resolved only now: too many of them, or one without its anchor, are errors of that row. */
function plainOf(item: Node, document: Document, file: string, line: number): Json {
  try {
    return item.toJS(document, { maxAliasCount: 100 }) as Json;
  } catch (error) {
    throw datasetError(file, line, messageOf(error), 'write the values out instead of using aliases');
  }
}
