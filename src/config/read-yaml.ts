import type { Node, Pair } from 'yaml';
import { isAlias, isMap, isScalar, isSeq, type LineCounter } from 'yaml';
import { messageOf, type Problem } from '../errors.ts';
import { readYamlText } from '../records/yaml-text.ts';
import { type Located, type LocatedEntry, type Path, type Place, problemAt } from './located.ts';
import { isExactNumber, maxDepth, maxValues, poisonKeys } from './value-limits.ts';

const maxSyntaxProblems = 10;
/** A file that is wrong all over is told of enough. */
const maxProblems = 100;
/** Deeper text is not given to the YAML reader. */
const readableLevels = 250;
const deepText = { message: `the file is nested deeper than ${maxDepth} levels`, remedy: 'flatten it; no field of a config is that deep' };

/** Scalars and marks between them: more take seconds to read, and are more than the values that a config may hold. */
const maxMarks = 250_000;
const maxLines = 100_000;
const crowdedText = {
  message: `the file holds more than ${maxLines} lines, or ${maxMarks} words and marks`,
  remedy: 'keep samples in their own files and name them in "samples"',
};

/** As `readConfigText`, for any text of at most its length. */
export function readYaml(text: string, file: string): { root: Located; problems: Problem[] } {
  const start: Place = { file, line: 1, column: 1 };
  const nothing = nullAt(start);
  const told = (problems: Problem[]) => ({ root: nothing, problems });
  try {
    const read = readYamlText(text.replace(/^\uFEFF/, ''), { levels: readableLevels, marks: maxMarks, lines: maxLines, stringKeys: true });
    const { refusal } = read;
    if (refusal) return told([problemAt({ file, line: refusal.line, column: 1 }, [], refusal.kind === 'deep' ? deepText : crowdedText)]);
    const { document, lines } = read;
    const reader: Reader = { file, lines, problems: [], anchors: new Map(), size: 0 };
    for (const issue of [...document.errors, ...document.warnings].slice(0, maxSyntaxProblems)) {
      report(reader, placeOf(reader, issue.pos[0]), [], { message: syntaxMessage(issue.code, issue.message), remedy: syntaxRemedy(issue.code) });
    }
    if (reader.problems.length === 0 && file.toLowerCase().endsWith('.json')) checkJson(text, reader);
    const root = reader.problems.length === 0 && document.contents ? convert(reader, document.contents, []) : nothing;
    return { root, problems: reader.problems };
  } catch (error) {
    return told([
      problemAt(start, [], { message: `cannot be read as ${file.toLowerCase().endsWith('.json') ? 'JSON' : 'YAML'}: ${messageOf(error)}` }),
    ]);
  }
}

function syntaxMessage(code: string, message: string): string {
  if (code === 'MULTIPLE_DOCS') return 'a second document begins here';
  if (code === 'NON_STRING_KEY') return 'a key must be text';
  if (code === 'TAG_RESOLVE_FAILED') return 'YAML tags ("!name") are not accepted';
  return message.split('\n')[0] ?? message;
}

function syntaxRemedy(code: string): string | undefined {
  if (code === 'TAG_RESOLVE_FAILED') return 'put text that starts with "!" in quotes';
  if (code === 'MULTIPLE_DOCS') return 'one file is one document: remove the "---" or "..." line';
  if (code === 'TAB_AS_INDENT') return 'indent with spaces';
  return undefined;
}

/** YAML reads more than JSON does, such as a trailing comma; another JSON reader would not. */
function checkJson(text: string, reader: Reader): void {
  try {
    JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (error) {
    const position = /position (\d+)/.exec(messageOf(error))?.[1];
    report(reader, placeOf(reader, Number(position ?? 0)), [], {
      message: 'not valid JSON',
      remedy: 'JSON has no comments, no single quotes and no comma before a bracket',
    });
  }
}

interface Reader {
  file: string;
  lines: LineCounter;
  problems: Problem[];
  anchors: Map<string, { node: Located; size: number }>;
  /** Values so far, those that aliases repeat included. */
  size: number;
  isRefused?: boolean;
}

function report(reader: Reader, at: Place, path: Path, text: { message: string; remedy?: string | undefined }): void {
  if (reader.problems.length < maxProblems) reader.problems.push(problemAt(at, path, text));
}

function placeOf(reader: Reader, offset: number): Place {
  const { line, col } = reader.lines.linePos(offset);
  return { file: reader.file, line: Math.max(1, line), column: Math.max(1, col) };
}

/** Told once: whatever else stands in the file is too much as well. */
function refuse(reader: Reader, at: Place, text: { message: string; remedy?: string }): Located {
  if (!reader.isRefused) report(reader, at, [], text);
  reader.isRefused = true;
  return nullAt(at);
}

/** An alias shares the value it names, so nothing is copied. */
function convert(reader: Reader, node: Node, path: Path): Located {
  const at = placeOf(reader, node.range?.[0] ?? 0);
  const before = reader.size;
  reader.size += 1;
  if (reader.size > maxValues) return refuse(reader, at, { message: `the file holds more than ${maxValues} values, written or through aliases` });
  if (path.length > maxDepth) return refuse(reader, at, deepText);
  if (isAlias(node)) {
    const anchor = reader.anchors.get(node.source);
    if (!anchor) report(reader, at, path, { message: `the alias "*${node.source}" stands before or inside what it names` });
    reader.size += anchor?.size ?? 0;
    return anchor?.node ?? nullAt(at);
  }
  // Those that the package knows, such as !!set, would change what is written; the others are problems of its own.
  if (node.tag) report(reader, at, path, { message: syntaxMessage('TAG_RESOLVE_FAILED', ''), remedy: syntaxRemedy('TAG_RESOLVE_FAILED') });
  const located = node.tag ? nullAt(at) : convertContent(reader, node, path, at);
  if (node.anchor) reader.anchors.set(node.anchor, { node: located, size: reader.size - before });
  return located;
}

function convertContent(reader: Reader, node: Node, path: Path, at: Place): Located {
  if (isMap<Node, Node | null>(node)) return convertMap(reader, node.items, path, at);
  if (isSeq<Node | null>(node)) {
    return { kind: 'list', items: node.items.map((item, index) => (item ? convert(reader, item, [...path, index]) : nullAt(at))), at };
  }
  return isScalar(node) ? convertScalar(reader, node.value, path, at) : nullAt(at);
}

function convertMap(reader: Reader, pairs: readonly Pair<Node, Node | null>[], path: Path, at: Place): Located {
  const entries = new Map<string, LocatedEntry>();
  for (const pair of pairs) {
    const keyAt = placeOf(reader, pair.key.range?.[0] ?? 0);
    const key = isScalar(pair.key) ? pair.key.value : undefined;
    if (typeof key !== 'string') report(reader, keyAt, path, { message: 'a key must be text' });
    else if (key === '<<') {
      const remedy = 'use an alias for the whole value, or "extends"';
      report(reader, keyAt, [...path, key], { message: 'merge keys ("<<") are not accepted', remedy });
    } else if (poisonKeys.includes(key)) {
      report(reader, keyAt, [...path, key], { message: `the key "${key}" is not accepted`, remedy: 'use another name' });
    } else if (entries.has(key)) {
      report(reader, keyAt, [...path, key], { message: 'the same key is written twice in one mapping', remedy: 'keep one of them' });
    } else {
      entries.set(key, { keyAt, value: pair.value ? convert(reader, pair.value, [...path, key]) : nullAt(keyAt) });
    }
  }
  return { kind: 'map', entries, at };
}

function convertScalar(reader: Reader, value: unknown, path: Path, at: Place): Located {
  if (value === null || value === undefined) return nullAt(at);
  if (typeof value === 'string' || typeof value === 'boolean') return { kind: 'scalar', value, at };
  if (typeof value === 'number' && isExactNumber(value)) return { kind: 'scalar', value: value === 0 ? 0 : value, at };
  report(reader, at, path, { message: 'the number cannot be kept exactly', remedy: 'put it in quotes if it is text' });
  return nullAt(at);
}

function nullAt(at: Place): Located {
  return { kind: 'scalar', value: null, at };
}
