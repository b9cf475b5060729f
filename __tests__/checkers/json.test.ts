import { describe, expect, it } from 'vitest';
import { jsonMatch } from '../../src/checkers/json-match.ts';
import { jsonSchema } from '../../src/checkers/json-schema.ts';
import { ToolError } from '../../src/errors.ts';
import type { Json } from '../../src/records/json.ts';
import { cpuMs } from '../helpers/cpu.ts';
import { check, checkOutput, makeTrajectory, noPorts } from './build.ts';

const deep = `${'['.repeat(5_000)}${']'.repeat(5_000)}`;

describe('json-schema', () => {
  const schema = { type: 'object', required: ['id'], properties: { id: { type: 'string', pattern: '^A' } }, additionalProperties: false };

  it.each([
    ['{"id": "A1"}', true],
    ['```json\n{"id": "A1"}\n```', true],
    ['{"id": "B1"}', false],
    ['{"id": "A1", "x": 1}', false],
    ['{"id": 5}', false],
    ['sure: {"id": "A1"}', false],
    ['', false],
    [deep, false],
  ])('validates %.40s: %s', async (output, pass) => {
    expect(await checkOutput(jsonSchema, { schema }, output)).toMatchObject({ kind: 'scored', pass });
  });

  it('says where and why it is not valid', async () => {
    expect((await checkOutput(jsonSchema, { schema }, '{"id": 5}')).reason).toBe('the JSON is not valid: "/id" must be string');
    expect((await checkOutput(jsonSchema, { schema }, '{"id": "A", "x": 5}')).reason).toContain('"x"');
  });

  it('keeps two patterns of one schema apart', async () => {
    const both = { properties: { a: { pattern: '^a$' }, b: { pattern: '^b$' } } };
    expect(await checkOutput(jsonSchema, { schema: both }, '{"a": "a", "b": "b"}')).toMatchObject({ pass: true });
    expect(await checkOutput(jsonSchema, { schema: both }, '{"a": "a", "b": "a"}')).toMatchObject({ pass: false });
  });

  it('knows formats and the 2020-12 dialect', async () => {
    const modern = { $schema: 'https://json-schema.org/draft/2020-12/schema', prefixItems: [{ format: 'date' }], items: false };
    expect(await checkOutput(jsonSchema, { schema: modern }, '["2026-01-31"]')).toMatchObject({ pass: true });
    expect(await checkOutput(jsonSchema, { schema: modern }, '["soon"]')).toMatchObject({ pass: false });
    expect(await checkOutput(jsonSchema, { schema: modern }, '["2026-01-31", 1]')).toMatchObject({ pass: false });
  });

  it.each([
    [{ type: 'objekt' }],
    [{ properties: { a: { pattern: '(?=x)' } } }],
    [{ $ref: 'https://example.com/other.json' }],
    [{ $schema: 'https://example.com/unknown' }],
  ])('refuses a schema that cannot work: %j', async (bad) => {
    await expect(jsonSchema.create(jsonSchema.options.parse({ schema: bad }), noPorts)).rejects.toThrow(ToolError);
  });

  it('reads a schema file through its port', async () => {
    const ports = { ...noPorts, readText: (path: string) => (path === 'a.json' ? '\ufeff{"type": "array"}' : 'nonsense') };
    expect(await check(jsonSchema, { path: 'a.json' }, { trajectory: makeTrajectory('[]'), ports })).toMatchObject({ pass: true });
    await expect(check(jsonSchema, { path: 'b.json' }, { trajectory: makeTrajectory('[]'), ports })).rejects.toThrow(/does not hold a JSON Schema/);
    await expect(check(jsonSchema, { path: 'a.json' }, { trajectory: makeTrajectory('[]') })).rejects.toThrow(/cannot be read here/);
  });

  it('is not stalled by patterns and formats on hostile text', async () => {
    const started = cpuMs();
    const evil = [
      'a'.repeat(100_000),
      `${'a.'.repeat(50_000)}!`,
      '1'.repeat(100_000),
      'a-'.repeat(50_000),
      `a@${'a.'.repeat(50_000)}`,
      `/${'%'.repeat(50_000)}`,
    ];
    for (const format of ['email', 'uri', 'hostname', 'date-time', 'ipv6', 'uri-template', 'regex', 'duration', 'json-pointer']) {
      for (const text of evil) await checkOutput(jsonSchema, { schema: { format } }, JSON.stringify(text));
    }
    for (const pattern of ['(a+)+$', '^(a|a)*$', '(a*)*b']) await checkOutput(jsonSchema, { schema: { pattern } }, JSON.stringify(evil[0]));
    expect(cpuMs() - started).toBeLessThan(6_000);
  });
});

describe('json-match', () => {
  it.each<[Json, string, Record<string, unknown>, boolean]>([
    [{ a: 1, b: 2 }, '{"b": 2, "a": 1}', {}, true],
    [{ a: 1 }, '{"a": 1, "b": 2}', {}, false],
    [{ a: 1 }, '{"a": 1, "b": 2}', { mode: 'subset' }, true],
    [{ a: { b: [1, 3] } }, '{"a": {"b": [1, 2, 3], "c": 0}}', { mode: 'subset' }, true],
    [{ a: { b: [3, 1] } }, '{"a": {"b": [1, 2, 3], "c": 0}}', { mode: 'subset' }, false],
    [{ a: { b: [3, 1] } }, '{"a": {"b": [1, 2, 3], "c": 0}}', { mode: 'subset', unordered: true }, true],
    [[1, 2, 2], '[2, 1, 2]', { unordered: true }, true],
    [[1, 2, 2], '[2, 1, 1]', { unordered: true }, false],
    [[1, 2], '[2, 1]', {}, false],
    [{ a: 1.001 }, '{"a": 1}', { tolerance: 0.01 }, true],
    [{ items: [{ id: 1, n: 'x' }] }, '{"items": [{"id": 9, "n": "x"}]}', { ignore: ['/items/*/id'] }, true],
    [{ items: [{ id: 1, n: 'x' }] }, '{"items": [{"id": 9, "n": "x"}]}', { ignore: ['$.items[*].id'] }, true],
    [{ items: [{ id: 1, n: 'x' }] }, '{"items": [{"n": "x"}], "at": 5}', { ignore: ['items.*.id', 'at'] }, true],
    [
      { items: [{ n: 'x' }, { n: 'y' }] },
      '{"items": [{"id": 1, "n": "y"}, {"id": 2, "n": "x"}]}',
      { ignore: ['/items/*/id'], unordered: true },
      true,
    ],
    ['{"a": 1}', '{ "a": 1 }', {}, true],
    ['plain', '"plain"', {}, true],
    [{ a: 1 }, 'not json', {}, false],
    [{ a: 1 }, '```\n{"a": 1}\n```', {}, true],
    [{ a: 1 }, '```\n{"a": 1}\n```', { allowFence: false }, false],
    [{ a: null }, '{}', {}, false],
    [{}, '{"__proto__": 1}', {}, false],
    [{ a: '1' }, '{"a": 1}', {}, false],
  ])('%j against %s with %j: %s', async (expected, output, options, pass) => {
    expect(await checkOutput(jsonMatch, options, output, expected)).toMatchObject({ kind: 'scored', pass });
  });

  it('says what differs first', async () => {
    expect((await checkOutput(jsonMatch, {}, '{"a": {"b": [1, 5]}}', { a: { b: [1, 2] } })).reason).toBe('"/a/b/1" should be "2" and is "5"');
    expect((await checkOutput(jsonMatch, {}, '{}', { a: 1 })).reason).toContain('"/a" is missing');
  });

  it('refuses, and does not crash on, JSON that is nested too deep', async () => {
    expect(await checkOutput(jsonMatch, {}, deep, { a: 1 })).toMatchObject({ pass: false, reason: expect.stringContaining('200 levels') });
  });

  it('gives up on huge lists in any order instead of stalling', async () => {
    const list = Array.from({ length: 20_000 }, (_, index) => index);
    const started = cpuMs();
    const reversed = JSON.stringify(list.slice().reverse());
    expect(await checkOutput(jsonMatch, { unordered: true }, reversed, list)).toMatchObject({ pass: true });
    expect(await checkOutput(jsonMatch, { unordered: true, tolerance: 0.1 }, reversed, list)).toMatchObject({ kind: 'unscored' });
    const thousand = list.slice(0, 900);
    const shifted = JSON.stringify(thousand.map((item) => item + 0.05).reverse());
    expect(await checkOutput(jsonMatch, { unordered: true, tolerance: 0.1 }, shifted, thousand)).toMatchObject({ pass: true });
    expect(cpuMs() - started).toBeLessThan(5_000);
  });
});
