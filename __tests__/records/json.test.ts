import { runInNewContext } from 'node:vm';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { json as jsonOfTheLibrary } from 'zod/mini';
import { canonicalJson, isDeeper, Json, jsonFault } from '../../src/records/json.ts';
import * as z from '../../src/records/schema.ts';

const field = z.object({ expected: z.optional(Json) });

function problemOf(expected: unknown): string {
  const parsed = z.safeParse(field, { expected });
  return parsed.success ? 'none' : parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; ');
}

describe('the schema of a JSON value', () => {
  it('accepts, refuses and reads what the schema of the library does', () => {
    const library = jsonOfTheLibrary();
    fc.assert(
      fc.property(fc.anything({ withNullPrototype: true, withDate: true, withMap: true, withBigInt: true, withSparseArray: true }), (value) => {
        const [own, theirs] = [z.safeParse(Json, value), z.safeParse(library, value)];
        expect(own.success).toBe(theirs.success);
        if (own.success && theirs.success) expect(canonicalJson(own.data)).toBe(canonicalJson(theirs.data));
      }),
      { numRuns: 2000 },
    );
  });

  it('says where the first part is that no JSON text can hold, and what it is', () => {
    expect(problemOf(Number.NaN)).toBe('expected: expected a JSON value, found the number NaN');
    expect(problemOf({ a: [1, { b: -Infinity }], c: Number.NaN })).toBe('expected.a.1.b: expected a JSON value, found the number -Infinity');
    expect(problemOf({ a: 1n })).toBe('expected.a: expected a JSON value, found a bigint');
    expect(problemOf([new Date(0)])).toBe('expected.0: expected a JSON value, found an object of a class');
    expect(problemOf({ a: undefined })).toBe('expected.a: it is missing: expected a JSON value');
    expect(problemOf(undefined)).toBe('none');
  });

  it('leaves out keys that would set a prototype, at any level', () => {
    const hostile: unknown = JSON.parse('{"__proto__": {"polluted": 1}, "a": [{"__proto__": {"polluted": 1}, "b": 2}]}');
    const { expected } = z.safeParse(field, { expected: hostile }).data as { expected: { a: [object] } };
    expect(JSON.stringify(expected)).toBe('{"a":[{"b":2}]}');
    for (const item of [expected, expected.a[0]]) expect('polluted' in item).toBe(false);
  });

  it('takes values of another context of the engine', () => {
    expect(problemOf(runInNewContext('({ a: [{}] })'))).toBe('none');
  });
});

describe('the walks over JSON values', () => {
  it('find what is too deep or infinite wherever it is', () => {
    expect(isDeeper({ a: [{}] }, 3)).toBe(false);
    expect(isDeeper({ a: [{}] }, 2)).toBe(true);
    expect(isDeeper([], 0)).toBe(true);
    expect(isDeeper('text', 0)).toBe(false);
    expect(jsonFault({ a: [1, { b: JSON.parse('1e999') as Json }] }, 3)).toBe('infinite');
    expect(jsonFault({ a: [1, { b: null }] }, 3)).toBeUndefined();
    expect(jsonFault({ a: [1, { b: null }] }, 2)).toBe('deep');
    expect(jsonFault([[[]], JSON.parse('1e999') as Json], 2)).toBe('deep');
    expect(jsonFault([JSON.parse('1e999') as Json, [[]]], 2)).toBe('infinite');
    expect(isDeeper(JSON.parse('1e999') as Json, 0)).toBe(false);
  });
});
