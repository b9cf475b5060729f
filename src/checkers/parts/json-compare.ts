import type { Json, JsonObject } from '../../records/json.ts';
import { maximumMatching } from './matching.ts';
import { quote } from './quote.ts';

export interface CompareOptions {
  mode: 'exact' | 'subset';
  unordered: boolean;
  /** Paths that do not count; `*` stands for any key or index. */
  ignore: readonly (readonly string[])[];
  tolerance: number;
}

export type JsonComparison = { kind: 'equal' } | { kind: 'different'; reason: string } | { kind: 'too-large' };

/** Values visited at most; lists in any order need one visit per pair of elements. */
const maxVisits = 5_000_000;

interface Walk extends CompareOptions {
  visits: number;
}

/** Compares two JSON values that are at most `maxJsonDepth` deep; says in words what differs first. */
export function compareJson(expected: Json, actual: Json, options: CompareOptions): JsonComparison {
  const walk: Walk = { ...options, visits: 0 };
  const difference = compareAt(expected, actual, [], walk);
  if (walk.visits > maxVisits) return { kind: 'too-large' };
  return difference === undefined ? { kind: 'equal' } : { kind: 'different', reason: difference };
}

/** What differs, in words; undefined when nothing does. */
function compareAt(expected: Json, actual: Json, path: readonly string[], walk: Walk): string | undefined {
  walk.visits++;
  if (walk.visits > maxVisits) return 'too large';
  if (Array.isArray(expected) && Array.isArray(actual)) return compareLists(expected, actual, path, walk);
  if (isObject(expected) && isObject(actual)) return compareObjects(expected, actual, path, walk);
  if (typeof expected === 'number' && typeof actual === 'number') {
    if (Math.abs(expected - actual) <= walk.tolerance) return undefined;
  } else if (expected === actual) return undefined;
  return `${at(path)} should be ${show(expected)} and is ${show(actual)}`;
}

function compareObjects(expected: JsonObject, actual: JsonObject, path: readonly string[], walk: Walk): string | undefined {
  for (const [key, value] of Object.entries(expected)) {
    const below = [...path, key];
    if (isIgnored(below, walk)) continue;
    if (!Object.hasOwn(actual, key)) return `${at(below)} is missing, it should be ${show(value)}`;
    const difference = compareAt(value, actual[key] as Json, below, walk);
    if (difference !== undefined) return difference;
  }
  if (walk.mode === 'subset') return undefined;
  const extra = Object.keys(actual).find((key) => !Object.hasOwn(expected, key) && !isIgnored([...path, key], walk));
  return extra === undefined ? undefined : `${at([...path, extra])} was not expected, and is ${show(actual[extra] as Json)}`;
}

function compareLists(expected: Json[], actual: Json[], path: readonly string[], walk: Walk): string | undefined {
  const isLengthWrong = walk.mode === 'exact' ? actual.length !== expected.length : actual.length < expected.length;
  if (isLengthWrong) return `${at(path)} has ${actual.length} elements, expected ${walk.mode === 'subset' ? 'at least ' : ''}${expected.length}`;
  // In a list in any order the index says nothing, so ignored paths see "*" in its place.
  if (walk.unordered) {
    const isMatch = (left: number, right: number): boolean =>
      walk.visits <= maxVisits && compareAt(expected[left] as Json, actual[right] as Json, [...path, '*'], walk) === undefined;
    const { missing } = maximumMatching({ left: expected.length, right: actual.length, isMatch });
    return missing === undefined ? undefined : `${at(path)} has no element for ${show(expected[missing] as Json)}`;
  }
  return walk.mode === 'exact' ? compareInStep(expected, actual, path, walk) : compareInOrder(expected, actual, path, walk);
}

function compareInStep(expected: Json[], actual: Json[], path: readonly string[], walk: Walk): string | undefined {
  for (const [index, value] of expected.entries()) {
    const below = [...path, String(index)];
    if (isIgnored(below, walk)) continue;
    const difference = compareAt(value, actual[index] as Json, below, walk);
    if (difference !== undefined) return difference;
  }
  return undefined;
}

/** Subset: the expected elements in their order, others between them. */
function compareInOrder(expected: Json[], actual: Json[], path: readonly string[], walk: Walk): string | undefined {
  let next = 0;
  let difference: string | undefined;
  for (const item of actual) {
    if (next === expected.length) break;
    const result = compareAt(expected[next] as Json, item, [...path, String(next)], walk);
    if (result === undefined) {
      next++;
      difference = undefined;
    } else difference ??= result;
  }
  return next === expected.length ? undefined : (difference ?? `${at(path)} has no element for ${show(expected[next] as Json)}`);
}

function isIgnored(path: readonly string[], { ignore }: CompareOptions): boolean {
  return ignore.some((pattern) => pattern.length === path.length && pattern.every((key, index) => key === '*' || key === path[index]));
}

function isObject(value: Json): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function at(path: readonly string[]): string {
  return path.length === 0 ? 'the value' : quote(`/${path.join('/')}`, 80);
}

function show(value: Json): string {
  return quote(JSON.stringify(value), 60);
}
