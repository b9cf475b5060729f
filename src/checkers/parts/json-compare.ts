import { canonicalJson, isJsonObject, type Json, type JsonObject } from '../../records/json.ts';
import { maximumMatching } from './matching.ts';
import { quote } from './quote.ts';

export interface CompareOptions {
  mode: 'exact' | 'subset';
  unordered: boolean;
  /** Paths that do not count; `*` stands for any key or index. */
  ignore: readonly (readonly string[])[];
  tolerance: number;
  /** Whether they are equal is all that is wanted: no words for what differs. */
  isQuiet?: boolean;
}

export type JsonComparison = { kind: 'equal' } | { kind: 'different'; reason: string } | { kind: 'too-large' };

/** Values visited at most, and pairs of elements of two lists that are compared in any order. */
const maxVisits = 5_000_000;
const maxPairs = 1_000_000;

interface Walk extends CompareOptions {
  visits: number;
  isTooLarge: boolean;
  /** Above 0 the words for a difference are not wanted, and are expensive. */
  quiet: number;
}

/** Compares two JSON values that are at most `maxJsonDepth` deep; says in words what differs first. */
export function compareJson(expected: Json, actual: Json, options: CompareOptions): JsonComparison {
  const walk: Walk = { ...options, visits: 0, isTooLarge: false, quiet: options.isQuiet ? 1 : 0 };
  const difference = compareAt(expected, actual, [], walk);
  if (walk.isTooLarge) return { kind: 'too-large' };
  return difference === undefined ? { kind: 'equal' } : { kind: 'different', reason: difference };
}

/** What differs, in words; undefined when nothing does. */
function compareAt(expected: Json, actual: Json, path: readonly string[], walk: Walk): string | undefined {
  walk.visits++;
  if (walk.visits > maxVisits) walk.isTooLarge = true;
  if (walk.isTooLarge) return 'too large';
  if (Array.isArray(expected) && Array.isArray(actual)) return compareLists(expected, actual, path, walk);
  if (isJsonObject(expected) && isJsonObject(actual)) return compareObjects(expected, actual, path, walk);
  if (typeof expected === 'number' && typeof actual === 'number') {
    if (Math.abs(expected - actual) <= walk.tolerance) return undefined;
  } else if (expected === actual) return undefined;
  return say(walk, () => `${at(path)} should be ${show(expected)} and is ${show(actual)}`);
}

function compareObjects(expected: JsonObject, actual: JsonObject, path: readonly string[], walk: Walk): string | undefined {
  for (const [key, value] of Object.entries(expected)) {
    const below = [...path, key];
    if (isIgnored(below, walk)) continue;
    if (!Object.hasOwn(actual, key)) return say(walk, () => `${at(below)} is missing, it should be ${show(value)}`);
    const difference = compareAt(value, actual[key] as Json, below, walk);
    if (difference !== undefined) return difference;
  }
  if (walk.mode === 'subset') return undefined;
  const extra = Object.keys(actual).find((key) => !Object.hasOwn(expected, key) && !isIgnored([...path, key], walk));
  return extra === undefined ? undefined : say(walk, () => `${at([...path, extra])} was not expected, and is ${show(actual[extra] as Json)}`);
}

function compareLists(expected: Json[], actual: Json[], path: readonly string[], walk: Walk): string | undefined {
  const isLengthWrong = walk.mode === 'exact' ? actual.length !== expected.length : actual.length < expected.length;
  if (isLengthWrong)
    return walk.quiet > 0
      ? 'different'
      : `${at(path)} has ${actual.length} elements, expected ${walk.mode === 'subset' ? 'at least ' : ''}${expected.length}`;
  if (walk.unordered) return compareInAnyOrder(expected, actual, path, walk);
  return walk.mode === 'exact' ? compareInStep(expected, actual, path, walk) : compareInOrder(expected, actual, path, walk);
}

/** The index says nothing here, so ignored paths see `*` in its place. */
function compareInAnyOrder(expected: Json[], actual: Json[], path: readonly string[], walk: Walk): string | undefined {
  const [wanted, said] = walk.mode === 'exact' && walk.tolerance === 0 ? withoutShared(expected, actual, walk) : [expected, actual];
  if (wanted.length * said.length > maxPairs) walk.isTooLarge = true;
  if (walk.isTooLarge) return 'too large';
  const isMatch = (left: number, right: number): boolean =>
    !walk.isTooLarge && compareAt(wanted[left] as Json, said[right] as Json, [...path, '*'], walk) === undefined;
  walk.quiet++;
  const { missing } = maximumMatching({ left: wanted.length, right: said.length, isMatch });
  walk.quiet--;
  return missing === undefined ? undefined : say(walk, () => `${at(path)} has no element for ${show(wanted[missing] as Json)}`);
}

/** Without the elements that are literally the same: where equality is transitive, taking those first loses nothing. */
function withoutShared(expected: Json[], actual: Json[], walk: Walk): [Json[], Json[]] {
  const counts = new Map<string, number>();
  const keyOf = (item: Json): string => {
    const key = canonicalJson(item);
    walk.visits += 1 + key.length / 16;
    return key;
  };
  for (const item of expected) {
    const key = keyOf(item);
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  const said = actual.filter((item) => {
    const key = keyOf(item);
    const count = counts.get(key) ?? 0;
    if (count > 0) counts.set(key, count - 1);
    return count === 0;
  });
  const wanted = expected.filter((item) => {
    const key = keyOf(item);
    const count = counts.get(key) ?? 0;
    if (count > 0) counts.set(key, count - 1);
    return count > 0;
  });
  return [wanted, said];
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
    const isNamed = difference !== undefined;
    if (isNamed) walk.quiet++;
    const result = compareAt(expected[next] as Json, item, [...path, String(next)], walk);
    if (isNamed) walk.quiet--;
    if (result === undefined) {
      next++;
      difference = undefined;
    } else difference ??= result;
  }
  return next === expected.length ? undefined : (difference ?? say(walk, () => `${at(path)} has no element for ${show(expected[next] as Json)}`));
}

function say(walk: Walk, words: () => string): string {
  return walk.quiet > 0 ? 'different' : words();
}

function isIgnored(path: readonly string[], { ignore }: CompareOptions): boolean {
  return ignore.some((pattern) => pattern.length === path.length && pattern.every((key, index) => key === '*' || key === path[index]));
}

function at(path: readonly string[]): string {
  return path.length === 0 ? 'the value' : quote(`/${path.join('/')}`, 80);
}

function show(value: Json): string {
  return quote(JSON.stringify(value), 60);
}
