import { messageOf, type Problem } from '../errors.ts';
import { formatPath, type Located, type LocatedEntry, type LocatedMap, type Path, type Place, problemAt, withKey } from './located.ts';
import { mergeLocated } from './merge.ts';
import { readConfigText } from './read-text.ts';

/** A config file that was read. */
export interface ConfigSource {
  /** The same for every way of naming one file, such as its real path: two reads with one id inside each other are a cycle. */
  id: string;
  /** For messages. */
  file: string;
  text: string;
}

/** Reads a file that another one names. @throws Error whose message says why it cannot be read. */
export type ReadSource = (reference: string, from: ConfigSource) => Promise<ConfigSource>;

/** Which words of inheritance mean something in the mapping at a path; elsewhere they are ordinary keys. `files`: all of them, none, or these. */
export type WordsAt = (path: Path) => { files: boolean | readonly string[]; children: boolean };

/** Keys that name files to build on, in the order in which they are applied. */
export const fileWords: readonly string[] = ['extends', 'from', 'import'];
/** Keys that are merged under or over each child of their mapping. */
export const childWords: readonly string[] = ['default', 'overwrite'];

const maxFiles = 100;
/** Values of all files that are read, and of the merged result, at most: lists grow with every file that is joined. */
const maxMergedValues = 200_000;

/**
 * One file with everything that it builds on. The order, which is that of AgentBench (v0.2 src/configs.py, and v0.1
 * for `from`):
 * 1. In any mapping `extends`, `from` and `import` name one file or a list of files, relative to the file that names
 *    them. Each is read and fully resolved first, its own `default` and `overwrite` included; they are merged in
 *    order, and the mapping's own keys are merged over them (`mergeLocated`). Deeper mappings likewise.
 * 2. Then, from the inside out, each child of a mapping with `overwrite` gets that merged over it, and each child of a
 *    mapping with `default` is merged over that. A child that is not a mapping replaces the default; null stays null.
 * The words are gone from the result. Cycles, missing files and wrong values are problems, all collected.
 */
export async function resolveInheritance(
  entry: ConfigSource,
  options: {
    read: ReadSource;
    wordsAt: WordsAt;
    /** False: a file word without a value is a problem; default: it takes back an inherited one. */
    takesNull?: boolean;
  },
): Promise<{ root: Located; problems: Problem[] }> {
  const resolver: Resolver = { ...options, problems: [], files: 0, values: 0, parsed: new Map() };
  const root = await resolveFile(resolver, { source: entry, path: [], stack: [] });
  if (resolver.problems.length === 0 && countUpTo(root, maxMergedValues) >= maxMergedValues) {
    resolver.problems.push(problemAt(root.at, [], { message: `the files merge to more than ${maxMergedValues} values` }));
  }
  return { root, problems: resolver.problems };
}

interface Resolver {
  read: ReadSource;
  wordsAt: WordsAt;
  takesNull?: boolean;
  problems: Problem[];
  files: number;
  /** Values of all files so far, a file that is named twice counted twice. */
  values: number;
  /** By the id of the file. */
  parsed: Map<string, Located>;
}

interface Reading {
  source: ConfigSource;
  /** Where in the whole the file's top lands. */
  path: Path;
  /** Ids of the files that led here. */
  stack: readonly string[];
}

async function resolveFile(resolver: Resolver, reading: Reading): Promise<Located> {
  const root = await parseOnce(resolver, reading.source);
  const imported = await resolveFileWords(resolver, root, { ...reading, stack: [...reading.stack, reading.source.id] });
  return applyChildWords(resolver, imported, reading.path);
}

/** Values are shared, and a problem of a file is told once however often it is named. */
async function parseOnce(resolver: Resolver, source: ConfigSource): Promise<Located> {
  const known = resolver.parsed.get(source.id);
  if (known) return known;
  const { root, problems } = await readConfigText(source.text, source.file);
  resolver.problems.push(...problems);
  resolver.parsed.set(source.id, root);
  return root;
}

async function resolveFileWords(resolver: Resolver, node: Located, reading: Reading): Promise<Located> {
  if (node.kind === 'scalar') return node;
  if (node.kind === 'list') {
    const items: Located[] = [];
    for (const [index, item] of node.items.entries()) {
      items.push(await resolveFileWords(resolver, item, { ...reading, path: [...reading.path, index] }));
    }
    return { ...node, items };
  }
  const words = wordsOf(resolver.wordsAt(reading.path).files);
  const entries = new Map<string, LocatedEntry>();
  for (const [key, entry] of node.entries) {
    if (words.includes(key)) continue;
    entries.set(key, { ...entry, value: await resolveFileWords(resolver, entry.value, { ...reading, path: [...reading.path, key] }) });
  }
  let base: Located | undefined;
  for (const word of words) {
    for (const reference of referencesOf(resolver, node.entries.get(word)?.value, [...reading.path, word])) {
      const loaded = await loadReference(resolver, reference, reading);
      if (loaded) base = base ? mergeLocated(base, loaded) : loaded;
    }
  }
  const own: LocatedMap = { ...node, entries };
  return base ? mergeLocated(base, own) : own;
}

function wordsOf(files: boolean | readonly string[]): readonly string[] {
  return typeof files === 'boolean' ? (files ? fileWords : []) : files;
}

function referencesOf(resolver: Resolver, node: Located | undefined, path: Path): { name: string; at: Place; path: Path }[] {
  if (node === undefined || (resolver.takesNull !== false && node.kind === 'scalar' && node.value === null)) return [];
  const items = node.kind === 'list' ? node.items : [node];
  return items.flatMap((item) => {
    if (item.kind === 'scalar' && typeof item.value === 'string' && item.value.trim() !== '') return [{ name: item.value, at: item.at, path }];
    resolver.problems.push(problemAt(item.at, path, { message: `expected the path of a config file, found ${kindOf(item)}` }));
    return [];
  });
}

function kindOf(node: Located): string {
  if (node.kind !== 'scalar') return `a ${node.kind === 'map' ? 'mapping' : 'list'}`;
  return node.value === null ? 'nothing' : typeof node.value === 'string' ? 'empty text' : `a ${typeof node.value}`;
}

async function loadReference(
  resolver: Resolver,
  reference: { name: string; at: Place; path: Path },
  reading: Reading,
): Promise<LocatedMap | undefined> {
  const fail = (message: string, remedy?: string): undefined => {
    resolver.problems.push(problemAt(reference.at, reference.path, { message, remedy }));
    return undefined;
  };
  resolver.files += 1;
  if (resolver.files > maxFiles) return fail(`more than ${maxFiles} files are read`, 'build on fewer files');
  let source: ConfigSource;
  try {
    source = await resolver.read(reference.name, reading.source);
  } catch (error) {
    return fail(`"${reference.name}" cannot be read: ${messageOf(error)}`, 'the path starts from the folder of the file that names it');
  }
  if (reading.stack.includes(source.id)) return fail(`"${reference.name}" builds on itself`, 'take one link out of the circle');
  resolver.values += countUpTo(await parseOnce(resolver, source), maxMergedValues);
  if (resolver.values >= maxMergedValues) return fail(`the files hold more than ${maxMergedValues} values`, 'build on smaller files');
  const located = await resolveFile(resolver, { ...reading, source });
  if (located.kind === 'map') return located;
  return fail(`"${reference.name}" does not hold a mapping`, `it is merged into ${formatPath(reading.path) || 'the top level'}, which is one`);
}

function applyChildWords(resolver: Resolver, node: Located, path: Path): Located {
  if (node.kind === 'scalar') return node;
  if (node.kind === 'list') return { ...node, items: node.items.map((item, index) => applyChildWords(resolver, item, [...path, index])) };
  let rest = node;
  const words: Record<string, Located | undefined> = {};
  if (resolver.wordsAt(path).children) {
    for (const word of childWords) {
      const value = node.entries.get(word)?.value;
      if (value) words[word] = applyChildWords(resolver, value, [...path, word]);
      rest = withKey(rest, word, undefined);
    }
  }
  const entries = new Map<string, LocatedEntry>();
  for (const [key, entry] of rest.entries) {
    let value = applyChildWords(resolver, entry.value, [...path, key]);
    if (words.overwrite) value = mergeLocated(value, words.overwrite);
    if (words.default) value = mergeLocated(words.default, value);
    entries.set(key, { ...entry, value });
  }
  return { ...rest, entries };
}

function countUpTo(node: Located, limit: number): number {
  let count = 1;
  const children = node.kind === 'list' ? node.items : node.kind === 'map' ? [...node.entries.values()].map((entry) => entry.value) : [];
  for (const child of children) {
    if (count >= limit) break;
    count += countUpTo(child, limit - count);
  }
  return count;
}
