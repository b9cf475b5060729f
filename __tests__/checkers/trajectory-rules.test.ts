import { describe, expect, it } from 'vitest';
import { trajectory } from '../../src/checkers/trajectory.ts';
import type { Json } from '../../src/records/json.ts';
import { check, turnsWithCalls, withCalls } from './build.ts';

type Call = { name: string; args?: Json };
const one = (expected: Call[], actual: Call[], options: Record<string, unknown> = {}) =>
  check(trajectory, options, { sample: { turns: turnsWithCalls(expected) }, trajectory: withCalls(actual) });
const calls = (text: string) => (text === '' ? [] : text.split(' ').map((name) => ({ name })));

describe('trajectory as sets of calls', () => {
  it.each([
    ['unordered', 'a b', 'b a', 1],
    ['unordered', 'a b', 'b a c', 0],
    ['unordered', 'a b', 'a', 0],
    ['unordered', 'a a', 'a', 0],
    ['unordered', '', '', 1],
    ['subset', 'a b', 'b', 1],
    ['subset', 'a b', '', 1],
    ['subset', 'a', 'a a', 0],
    ['f1', 'a b', 'a', 2 / 3],
    ['f1', 'a b', 'a b c', 0.8],
    ['f1', 'a', 'b', 0],
    ['f1', '', '', 1],
  ])('%s: expected "%s", made "%s" gives %d', async (match, expected, made, value) => {
    const score = await one(calls(expected), calls(made), { match });
    expect(score).toMatchObject({ kind: 'scored', pass: value === 1 });
    expect(score.kind === 'scored' && score.value).toBeCloseTo(value, 12);
  });
});

describe('trajectory, rules for arguments', () => {
  const wanted = [{ name: 'buy', args: { items: [{ id: 1, price: 9.99, sku: 'A1' }], page: 1 } }];
  const made = (item: Record<string, Json>, more: Record<string, Json> = {}) => [
    { name: 'buy', args: { items: [{ id: 77, price: 9.985, sku: 'A1', ...item }], ...more } },
  ];

  it('reach into arguments by a JSON pointer', async () => {
    const fields = { '/items/*/id': 'ignore', '/items/*/price': { tolerance: 0.01 }, '/items/0/sku': { regex: '^A\\d$' }, page: { default: 1 } };
    expect(await one(wanted, made({}), { fields })).toMatchObject({ pass: true });
    expect(await one(wanted, made({ sku: 'A2' }, { page: 1 }), { fields })).toMatchObject({ pass: true });
    for (const wrong of [
      made({ price: 9.9 }),
      made({ sku: 'B1' }),
      made({ extra: 1 }),
      made({}, { page: 2 }),
      [{ name: 'buy', args: { items: [] } }],
    ]) {
      expect(await one(wanted, wrong, { fields }), JSON.stringify(wrong)).toMatchObject({ pass: false });
    }
  });

  it('take a JSON Schema', async () => {
    const fields = { when: { schema: { type: 'string', format: 'date' } } };
    const expected = [{ name: 'book', args: { when: 'any' } }];
    expect(await one(expected, [{ name: 'book', args: { when: '2026-02-01' } }], { fields })).toMatchObject({ pass: true });
    expect(await one(expected, [{ name: 'book', args: { when: 'soon' } }], { fields })).toMatchObject({ pass: false });
    await expect(one(expected, [], { fields: { when: { schema: { type: 'nothing' } } } })).rejects.toMatchObject({
      problems: [{ field: 'fields.when.schema' }],
    });
  });

  it('may allow arguments to be left out', async () => {
    const expected = [{ name: 'a', args: { x: 1, y: 2 } }];
    expect(await one(expected, [{ name: 'a', args: { x: 1 } }], { args: 'superset' })).toMatchObject({ pass: true });
    expect(await one(expected, [{ name: 'a', args: { x: 1, z: 3 } }], { args: 'superset' })).toMatchObject({ pass: false });
  });

  it('may differ from tool to tool', async () => {
    const expected = [
      { name: 'a', args: { x: 1 } },
      { name: 'b', args: { x: 1 } },
    ];
    const tools = { a: { args: 'ignore' }, b: { fields: { x: { tolerance: 1 } } } };
    expect(
      await one(
        expected,
        [
          { name: 'a', args: { z: 5 } },
          { name: 'b', args: { x: 2 } },
        ],
        { tools },
      ),
    ).toMatchObject({ pass: true });
    expect(
      await one(
        expected,
        [
          { name: 'a', args: { z: 5 } },
          { name: 'b', args: { x: 3 } },
        ],
        { tools },
      ),
    ).toMatchObject({ pass: false });
    await expect(one(expected, [], { tools: { a: { fields: { x: { regex: '(' } } } } })).rejects.toMatchObject({
      problems: [{ field: 'tools.a.fields.x.regex' }],
    });
  });

  it('keep keys of prototypes ordinary', async () => {
    const args = JSON.parse('{"__proto__": {"id": 1}, "constructor": 2}') as Json;
    expect(await one([{ name: 'a', args }], [{ name: 'a', args }], { fields: { '/__proto__/id': 'ignore', constructor: 'present' } })).toMatchObject({
      pass: true,
    });
    expect({}).not.toHaveProperty('id');
  });
});
