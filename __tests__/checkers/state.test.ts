import { describe, expect, it } from 'vitest';
import { state } from '../../src/checkers/state.ts';
import type { Json, JsonObject } from '../../src/records/json.ts';
import { check, makeTrajectory, readVector } from './build.ts';

const finalState = {
  orders: { A1: { status: 'refunded', total: 12.5, at: '2026-01-02' }, B2: { status: 'open', total: 1, at: 'x' } },
  tickets: [
    { id: 1, user: 'ann', open: true, tags: ['a', 'b'] },
    { id: 2, user: 'bob', open: false, tags: [] },
  ],
  note: null,
  text: 'hello world',
};
const run = (assertion: Record<string, unknown>, sample: Record<string, unknown> = {}, actual: Json = finalState) =>
  check(state, { assertions: [assertion] }, { sample, trajectory: { ...makeTrajectory('x'), finalState: actual } });

describe('state', () => {
  it.each([
    [{ path: '/orders/A1/status', equals: 'refunded' }, true],
    [{ path: 'orders.A1.status', equals: 'open' }, false],
    [{ path: '/orders/*/status', equals: 'open' }, true],
    [{ path: '/orders/A1/total', equals: 12.49, tolerance: 0.01 }, true],
    [{ path: '/orders/A1/total', equals: 12.4, tolerance: 0.01 }, false],
    [{ path: '/orders/A1', subset: { status: 'refunded' } }, true],
    [{ path: '/orders/A1', equals: { status: 'refunded', total: 12.5 }, ignore: ['/at'] }, true],
    [{ path: '/orders/A1', equals: { status: 'refunded', total: 12.5 } }, false],
    [{ path: '/tickets', contains: { user: 'ann', open: true } }, true],
    [{ path: '/tickets', contains: { user: 'ann', open: false } }, false],
    [{ path: '/orders', contains: { status: 'open' } }, true],
    [{ path: '/text', contains: 'world' }, true],
    [{ path: '/orders/A1/at', matches: '^\\d{4}-' }, true],
    [{ path: '/orders/B2/at', matches: '^\\d{4}-' }, false],
    [{ path: '/note', exists: true }, true],
    [{ path: '/note', equals: null }, true],
    [{ path: '/nothing', exists: false }, true],
    [{ path: '/nothing', exists: true }, false],
    [{ path: '/nothing', equals: 1 }, false],
    [{ path: '/tickets', length: 2 }, true],
    [{ path: '/tickets', length: { min: 3 } }, false],
    [{ path: '/orders/A1/total', length: { max: 3 } }, false],
    [{ path: '/note', length: 0 }, false],
    [{ path: '/text', length: 11 }, true],
    [{ path: '/tickets/0/tags', equals: ['b', 'a'], unordered: true }, true],
    [{ path: '/tickets/0/tags', equals: ['b', 'a'] }, false],
    [{ path: '', subset: { text: 'hello world' } }, true],
  ])('%j: %s', async (assertion, pass) => {
    expect(await run(assertion)).toMatchObject({ kind: 'scored', pass, value: pass ? 1 : 0 });
  });

  it('says that a number has no length', async () => {
    expect(await run({ path: '/orders/A1/total', length: 0 })).toMatchObject({
      reason: expect.stringContaining('is neither list, mapping nor text'),
    });
  });

  it('compares with the state before', async () => {
    const before = { state: { tickets: [{ id: 1 }] } };
    expect(await run({ path: '/tickets', grew: 1 }, before)).toMatchObject({ pass: true });
    expect(await run({ path: '/tickets', grew: { min: 2 } }, before)).toMatchObject({ pass: false });
    expect(await run({ path: '/tickets', grew: 0 })).toMatchObject({ kind: 'unscored' });
  });

  it('fills templates from the sample', async () => {
    expect(await run({ path: '/tickets', contains: { user: '{{row.user}}' } }, { row: { user: 'bob' } })).toMatchObject({ pass: true });
    expect(await run({ path: '/text', equals: '{{row.none}}' })).toMatchObject({ kind: 'unscored', reason: expect.stringContaining('row.none') });
  });

  it('reads a state that is JSON text, and any other template', async () => {
    expect(await run({ path: '/a', equals: 1 }, {}, '{"a": 1}')).toMatchObject({ pass: true });
    const options = { assertions: [{ path: '/answer', equals: 42 }], actual: '{{output}}' };
    expect(await check(state, options, { trajectory: makeTrajectory('{"answer": 42}') })).toMatchObject({ pass: true });
  });

  it('gives the share that holds, is unscored without a state, and fails whatever else could not be said', async () => {
    const slot = { trajectory: { ...makeTrajectory('x'), finalState } };
    const assertions = [
      { path: '/text', exists: true },
      { path: '/none', exists: true },
    ];
    expect(await check(state, { assertions }, slot)).toMatchObject({ value: 0.5, pass: false, reason: expect.stringContaining('"/none"') });
    expect(await check(state, { assertions: [...assertions, { path: '', equals: '{{row.x}}' }] }, slot)).toMatchObject({
      kind: 'scored',
      pass: false,
    });
    expect(await check(state, { assertions }, { trajectory: makeTrajectory('x') })).toMatchObject({
      kind: 'unscored',
      reason: expect.stringContaining('did not report'),
    });
  });

  it('wants one kind of assertion each, and patterns that work', async () => {
    for (const bad of [{ path: '/a' }, { path: '/a', equals: 1, exists: true }, { equals: 1 }]) {
      expect(state.options.safeParse({ assertions: [bad] }).success).toBe(false);
    }
    await expect(run({ path: '/a', matches: '(' })).rejects.toMatchObject({ problems: [{ field: 'assertions[0].matches' }] });
  });
});

interface BenchCase {
  id: string;
  input: { check_type: string; params: { entity_type: string; target_id: string; attribute_key: string; expected_value: Json; min_count: number } };
  expected: string;
}

describe('state, for the entity checks of BenchKit', () => {
  const vector = readVector<BenchCase>('benchkit-checkers') as { cases: BenchCase[]; environment?: unknown };
  const { id_fields, before, after } = vector.environment as {
    id_fields: Record<string, string>;
    before: { path: string; content: string }[];
    after: { path: string; content: string }[];
  };
  const tables = (files: typeof after): JsonObject =>
    Object.fromEntries(
      files.map(({ path, content }) => [
        path.replace('.jsonl', ''),
        content
          .trim()
          .split('\n')
          .map((line) => JSON.parse(line) as Json),
      ]),
    );
  const cases = vector.cases.filter(({ input }) => ['entity_attribute_equals', 'create_operation_verified'].includes(input.check_type));

  it.each(cases)('says the same of $id', async ({ input: { check_type, params }, expected }) => {
    const { entity_type, target_id, attribute_key, expected_value, min_count } = params;
    const assertion =
      check_type === 'entity_attribute_equals'
        ? { path: `/${entity_type}`, contains: { [id_fields[entity_type] as string]: target_id, [attribute_key]: expected_value } }
        : { path: `/${entity_type}`, grew: { min: min_count } };
    expect(await run(assertion, { state: tables(before) }, tables(after))).toMatchObject({ pass: expected === '合格' });
  });
});
