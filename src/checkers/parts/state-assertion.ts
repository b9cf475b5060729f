import { Json, type JsonObject } from '../../records/json.ts';
import * as z from '../../records/schema.ts';
import { compileTemplate } from '../../template.ts';
import { compareJson } from './json-compare.ts';
import { isTooDeep } from './json-value.ts';
import { fill, safeTextOf } from './pairs.ts';
import { loadPatternCompiler } from './pattern.ts';
import { parsePath, valuesAt } from './pointer.ts';
import { quote } from './quote.ts';

const Range = z.strictObject({
  min: z.optional(z.int().check(z.minimum(0))),
  max: z.optional(z.int().check(z.minimum(0))),
});
const kinds = ['equals', 'subset', 'contains', 'matches', 'exists', 'length', 'grew'] as const;

export const StateAssertion = z
  .strictObject({
    path: z.described(
      z.string(),
      'JSON pointer or dotted path into the state; * stands for any key, and one value there is then enough; "" is the whole state',
    ),
    equals: z.described(z.optional(Json), 'template of the value there'),
    subset: z.described(z.optional(Json), 'template of a part of the value: other keys and list elements are allowed'),
    contains: z.described(
      z.optional(Json),
      'template of what a list holds, or a mapping as one of its values: an element of which it is a subset; or of a text inside text',
    ),
    matches: z.described(z.optional(z.string().check(z.minLength(1))), 'RE2 pattern found in the value as text'),
    exists: z.described(z.optional(z.boolean()), 'true: something is there, null too; false: nothing is there'),
    length: z.described(
      z.optional(z.union([z.int().check(z.minimum(0)), Range.clone()])),
      'number of list elements, keys or characters; a number or {min, max}',
    ),
    grew: z.described(z.optional(z.union([z.int(), Range.clone()])), 'by how many list elements or keys more than before; a number or {min, max}'),
    tolerance: z.described(z.optional(z.number().check(z.minimum(0))), 'allowed difference of numbers, for equals, subset and contains'),
    unordered: z.described(z.optional(z.boolean()), 'the order of lists does not count'),
    ignore: z.described(z.optional(z.array(z.string().check(z.minLength(1)))), 'paths below that do not count, such as /updatedAt'),
  })
  .check(
    z.refine((assertion) => kinds.filter((kind) => assertion[kind] !== undefined).length === 1, {
      message: `give exactly one of ${kinds.join(', ')}`,
    }),
  );
export type StateAssertion = z.infer<typeof StateAssertion>;

/** `holds` is undefined when it could not be said. */
export interface AssertionResult {
  holds: boolean | undefined;
  reason: string;
}

export type CompiledAssertion = (of: { state: Json; before: Json | undefined; scope: JsonObject }) => AssertionResult;

/** @throws ToolError for a pattern that cannot be used */
export async function compileAssertion(assertion: StateAssertion, field: string): Promise<CompiledAssertion> {
  const keys = parsePath(assertion.path);
  const where = assertion.path === '' ? 'the state' : quote(assertion.path, 80);
  const { exists, matches, length, grew } = assertion;
  if (exists !== undefined) {
    return ({ state }) => {
      const isThere = valuesAt(state, keys).length > 0;
      return { holds: isThere === exists, reason: `${where} is ${isThere ? '' : 'not '}there${isThere === exists ? '' : ', as it should not be'}` };
    };
  }
  if (matches !== undefined) {
    const pattern = (await loadPatternCompiler())(matches, { field: `${field}.matches` });
    return ({ state }) =>
      firstOf(valuesAt(state, keys), where, (value) =>
        pattern.test(safeTextOf(value)) ? undefined : `does not match /${quote(matches, 80).slice(1, -1)}/`,
      );
  }
  if (length !== undefined) {
    return ({ state }) =>
      firstOf(valuesAt(state, keys), where, (value) =>
        hasSize(value) ? outside(sizeOf(value), length, 'elements') : 'is neither list, mapping nor text',
      );
  }
  if (grew !== undefined) {
    return ({ state, before }) => {
      if (before === undefined) return { holds: undefined, reason: 'the sample has no state that this one could be compared with' };
      const [now, then] = [total(valuesAt(state, keys)), total(valuesAt(before, keys))];
      const problem = outside(now - then, grew, 'elements more than before');
      return { holds: problem === undefined, reason: `${where} ${problem ?? `went from ${then} to ${now}`}` };
    };
  }
  return compileComparison(assertion, keys, where);
}

function compileComparison(assertion: StateAssertion, keys: string[], where: string): CompiledAssertion {
  const kind = assertion.equals !== undefined ? 'equals' : assertion.subset !== undefined ? 'subset' : 'contains';
  const source = assertion[kind] ?? null;
  const template = compileTemplate(source);
  const options = {
    mode: kind === 'equals' ? ('exact' as const) : ('subset' as const),
    unordered: assertion.unordered ?? false,
    ignore: (assertion.ignore ?? []).map(parsePath),
    tolerance: assertion.tolerance ?? 0,
  };
  return ({ state, scope }) => {
    const wanted = fill(template, scope, source);
    if (!wanted.isFilled) return { holds: undefined, reason: wanted.reason };
    if (isTooDeep(wanted.value)) return { holds: undefined, reason: 'the expected value is nested too deep' };
    const compare = (value: Json): string | undefined => {
      const result = compareJson(wanted.value, value, options);
      if (result.kind === 'equal') return undefined;
      return result.kind === 'too-large' ? 'is too large to be compared' : `differs: ${result.reason}`;
    };
    if (kind !== 'contains') return firstOf(valuesAt(state, keys), where, compare);
    return firstOf(valuesAt(state, keys), where, (value) => {
      if (typeof value === 'string')
        return value.includes(safeTextOf(wanted.value)) ? undefined : `does not contain ${quote(safeTextOf(wanted.value))}`;
      if (value === null || typeof value !== 'object') return 'is neither list nor text';
      const isThere = Object.values(value).some((item) => compareJson(wanted.value, item, { ...options, isQuiet: true }).kind === 'equal');
      return isThere ? undefined : `has no element with ${quote(safeTextOf(wanted.value))}`;
    });
  };
}

/** One value at the path is enough; else what is wrong with the first. */
function firstOf(values: readonly Json[], where: string, problemOf: (value: Json) => string | undefined): AssertionResult {
  let problem: string | undefined;
  for (const value of values) {
    const found = problemOf(value);
    if (found === undefined) return { holds: true, reason: `${where} is as expected` };
    problem ??= found;
  }
  return { holds: false, reason: `${where} ${problem ?? 'is not there'}` };
}

function hasSize(value: Json): boolean {
  return typeof value === 'string' || (value !== null && typeof value === 'object');
}

function sizeOf(value: Json): number {
  if (typeof value === 'string') return [...value].length;
  return value !== null && typeof value === 'object' ? Object.keys(value).length : 0;
}

function total(values: readonly Json[]): number {
  return values.reduce<number>((sum, value) => sum + sizeOf(value), 0);
}

function outside(size: number, wanted: number | { min?: number | undefined; max?: number | undefined }, what: string): string | undefined {
  const { min, max } = typeof wanted === 'number' ? { min: wanted, max: wanted } : wanted;
  if (min !== undefined && size < min) return `has ${size} ${what}, expected ${min === max ? '' : 'at least '}${min}`;
  if (max !== undefined && size > max) return `has ${size} ${what}, expected ${min === max ? '' : 'at most '}${max}`;
  return undefined;
}
