import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { compilePointer } from '../../src/agents/parts/pointer.ts';
import { readConfigText } from '../../src/config/read-text.ts';
import { datasets } from '../../src/datasets/registry.ts';
import { selectSamples } from '../../src/datasets/select.ts';
import { shortDigest } from '../../src/io/hash.ts';
import type { Json, JsonObject } from '../../src/records/json.ts';
import { compileTemplate } from '../../src/template.ts';

const poison = ['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty', 'valueOf', '__defineGetter__'] as const;
const prototypes = [Object.prototype, Array.prototype, Function.prototype, String.prototype, Number.prototype];
const shapes = () =>
  prototypes.map((prototype) =>
    JSON.stringify(Object.entries(Object.getOwnPropertyDescriptors(prototype)).map(([key, { value }]) => [key, typeof value])),
  );
let before: string[];
beforeAll(() => {
  before = shapes();
});
afterAll(() => expect(shapes()).toEqual(before));

async function load(type: string, text: string) {
  async function* open() {
    yield text;
  }
  const selected = await selectSamples([{ file: `f.${type}`, format: datasets.get(type), open }], { offset: 0, digest: shortDigest, callNames: [] });
  const samples = [];
  for await (const sample of selected.stream()) samples.push(sample);
  return samples;
}

describe('T07 names of a prototype are names like any other', () => {
  it.each(poison)('%s as a column, a key of a row, an id and a tag', async (name) => {
    const texts = {
      csv: `id,input,tags,${name}\n${name},x,${name},v\n`,
      jsonl: `{"id": "${name}", "input": "x", "tags": ["${name}"], "${name}": "v"}\n`,
      json: `[{"id": "${name}", "input": "x", "tags": ["${name}"], "${name}": "v"}]`,
      yaml: `- {id: ${name}, input: x, tags: [${name}], ${name}: v}\n`,
    };
    for (const [type, text] of Object.entries(texts)) {
      const [sample] = await load(type, text);
      expect(sample, type).toMatchObject({ id: name, input: 'x', tags: [name] });
      const row: JsonObject = sample?.row ?? {};
      expect([type, Object.hasOwn(row, name), Object.getOwnPropertyDescriptor(row, name)?.value]).toEqual([type, true, 'v']);
      expect(Object.getPrototypeOf(row), type).toBe(Object.prototype);
      expect(compileTemplate(`{{row.${name}}}`)({ row })).toBe('v');
    }
  });

  it.each(poison)('%s is found by no template, pointer or config where nobody wrote it', async (name) => {
    for (const path of [name, `${name}.polluted`, `a.${name}`, `${name}.${name}`])
      expect(() => compileTemplate(`{{${path}}}`)({ a: {} })).toThrow(/there is no/);
    expect(compilePointer(`/${name}`)({ a: 1 })).toBeUndefined();
    expect(compilePointer(`/a/${name}/x`)({ a: [] })).toBeUndefined();
    if (['__proto__', 'constructor', 'prototype'].includes(name))
      for (const file of ['a.yml', 'a.json']) expect((await readConfigText(`{"a": {"${name}": {"polluted": 1}}}`, file)).problems).toHaveLength(1);
  });

  it('in any place of any row, which then reads as with a harmless name', async () => {
    const value = fc.jsonValue({ maxDepth: 2 }) as fc.Arbitrary<Json>;
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...poison), value, value, async (name, held, deep) => {
        const textWith = (key: string) => `{"input": "x", "${key}": ${JSON.stringify(held)}, "other": {"${key}": ${JSON.stringify(deep)}}}\n`;
        const rows = await Promise.all([name, 'harmless'].map(async (key) => (await load('jsonl', textWith(key)))[0]?.row as JsonObject));
        const [poisoned, plain] = rows.map((row, index) => JSON.stringify(row).replaceAll(`"${index === 0 ? name : 'harmless'}":`, '"K":'));
        expect(poisoned).toBe(plain);
        expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
      }),
      { numRuns: 100, seed: 3 },
    );
  });
});
