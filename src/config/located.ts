import type { Problem } from '../errors.ts';
import type { Json, JsonObject } from '../records/json.ts';

/** Where a value was written: a place in a file, or the flag, input or variable that gave it. */
export type Place = { file: string; line: number; column: number } | { source: string; origin: 'environment' | 'flag' };

export interface LocatedScalar {
  kind: 'scalar';
  value: string | number | boolean | null;
  at: Place;
}
export interface LocatedList {
  kind: 'list';
  items: readonly Located[];
  at: Place;
}
export interface LocatedMap {
  kind: 'map';
  entries: ReadonlyMap<string, LocatedEntry>;
  at: Place;
}
/** A value of a mapping and where its key stands. */
export interface LocatedEntry {
  keyAt: Place;
  value: Located;
}

/** A JSON value of which every part knows where it was written. Never changed once made, so parts may be shared. */
export type Located = LocatedScalar | LocatedList | LocatedMap;

/** Keys and list indexes from the top. */
export type Path = readonly (string | number)[];

/** The JSON value without its places. */
export function plainOf(node: Located): Json {
  if (node.kind === 'scalar') return node.value;
  return node.kind === 'list' ? node.items.map(plainOf) : plainObjectOf(node);
}

/** The mapping without its places, as plain JSON. */
export function plainObjectOf(node: LocatedMap): JsonObject {
  return Object.fromEntries([...node.entries].map(([key, entry]) => [key, plainOf(entry.value)]));
}

/** A value that a flag or variable gave; every part has the same place. */
export function locatedFrom(value: Json, at: Place): Located {
  if (Array.isArray(value)) return { kind: 'list', items: value.map((item) => locatedFrom(item, at)), at };
  if (value === null || typeof value !== 'object') return { kind: 'scalar', value, at };
  const entries = Object.entries(value).map(([key, item]) => [key, { keyAt: at, value: locatedFrom(item, at) }] as const);
  return { kind: 'map', entries: new Map(entries), at };
}

/** The value under a key; undefined when there is none. */
export function childOf(node: Located | undefined, key: string | number): Located | undefined {
  if (node?.kind === 'map') return node.entries.get(String(key))?.value;
  if (node?.kind === 'list' && typeof key === 'number') return node.items[key];
  return undefined;
}

/** The value at a path of keys and indexes; undefined when the path leads nowhere. */
export function nodeAt(node: Located, path: Path): Located | undefined {
  return path.reduce<Located | undefined>(childOf, node);
}

/** The place of a path, or of the nearest thing around it that exists. With `isKey` the place of the key, for a key that should not be there. */
export function placeAt(root: Located, path: Path, isKey = false): Place {
  let node = root;
  for (const [index, key] of path.entries()) {
    const next = childOf(node, key);
    if (next === undefined) return node.at;
    if (isKey && index === path.length - 1 && node.kind === 'map') return node.entries.get(String(key))?.keyAt ?? node.at;
    node = next;
  }
  return node.at;
}

/** The places of all values at and below some paths that stand in files, by path; of a mapping's value where its key stands. */
export function filePlaces(root: Located, paths: readonly Path[]): Map<string, { file: string; line: number; column: number }> {
  const places = new Map<string, { file: string; line: number; column: number }>();
  const note = (node: Located, path: Path, at: Place): void => {
    if (!('source' in at)) places.set(formatPath(path), at);
    if (node.kind === 'list') for (const [index, item] of node.items.entries()) note(item, [...path, index], item.at);
    if (node.kind === 'map') for (const [key, { keyAt, value }] of node.entries) note(value, [...path, key], keyAt);
  };
  for (const path of paths) {
    const node = nodeAt(root, path);
    if (node) note(node, path, placeAt(root, path, true));
  }
  return places;
}

/** The mapping with one key set, or with the key taken out when `value` is absent. */
export function withKey(node: LocatedMap, key: string, value: Located | undefined): LocatedMap {
  const entries = new Map(node.entries);
  if (value === undefined) entries.delete(key);
  else entries.set(key, { keyAt: entries.get(key)?.keyAt ?? value.at, value });
  return { ...node, entries };
}

/** `checkers[0].value`; empty for the top. */
export function formatPath(path: Path): string {
  return path.map((key, index) => (typeof key === 'number' ? `[${key}]` : index === 0 ? key : `.${key}`)).join('');
}

/** A problem at a place. A value from a flag or variable is named by that, not by a field nobody wrote. */
export function problemAt(at: Place, path: Path, text: { message: string; remedy?: string | undefined }): Problem {
  const remedy = text.remedy === undefined ? {} : { remedy: text.remedy };
  if ('source' in at) return { field: at.source, message: text.message, ...remedy };
  const field = formatPath(path);
  return { file: at.file, line: at.line, column: at.column, ...(field === '' ? {} : { field }), message: text.message, ...remedy };
}
