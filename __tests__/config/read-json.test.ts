import fc from 'fast-check';
import { expect, it } from 'vitest';
import { readPlainJson } from '../../src/config/read-json.ts';
import { readConfigText } from '../../src/config/read-text.ts';
import { readYaml } from '../../src/config/read-yaml.ts';

const broken = fc.constantFrom('[[{"__proto__": 1}]]', '{"a": 12345678901234567890}', '{"a": {"<<": 1}}', '{"constructor": 1}', '[1e999]');
const written = fc
  .tuple(fc.jsonValue({ maxDepth: 4 }), fc.constantFrom(0, 1, 4), fc.constantFrom('\n', '\r\n'))
  .map(([value, indent, lineBreak]) => JSON.stringify(value, undefined, indent).replaceAll('\n', lineBreak));

it('reads JSON to the same values at the same places as the YAML reader', () => {
  fc.assert(
    fc.property(written, (text) => {
      const json = readPlainJson(text, 'a.json');
      const { root, problems } = readYaml(text, 'a.json');
      if (json) expect({ root: json, problems: [] }).toEqual({ root, problems });
      else expect(problems).not.toEqual([]);
    }),
    { numRuns: 500 },
  );
});

it('leaves what is wrong to the reader that can tell', async () => {
  const texts = ['', '{"a": 1,}', '{"a": 1, "a": 2}', '[01]', 'a: 1', `${'['.repeat(70)}${']'.repeat(70)}`, `{"${'k'.repeat(1100)}": 1}`];
  for (const text of [...texts, ...fc.sample(broken, 20)]) {
    expect(readPlainJson(text, 'a.json')).toBeUndefined();
    expect(await readConfigText(text, 'a.json')).toEqual(readYaml(text, 'a.json'));
  }
});

it('gives lines and columns of keys and values', () => {
  const root = readPlainJson('{\r\n  "a": [ {"b" : "x\\"]"},\n-0 ] }\n', 'a.json');
  const at = (line: number, column: number) => ({ file: 'a.json', line, column });
  const inner = {
    kind: 'map',
    entries: new Map([['b', { keyAt: at(2, 11), value: { kind: 'scalar', value: 'x"]', at: at(2, 17) } }]]),
    at: at(2, 10),
  };
  const list = { kind: 'list', items: [inner, { kind: 'scalar', value: 0, at: at(3, 1) }], at: at(2, 8) };
  expect(root).toEqual({ kind: 'map', entries: new Map([['a', { keyAt: at(2, 3), value: list }]]), at: at(1, 1) });
});

it('takes a byte order mark for no part of the text', async () => {
  const { root, problems } = await readConfigText('\ufeff{"a": 1}', 'a.JSON');
  expect(problems).toEqual([]);
  expect(root.at).toEqual({ file: 'a.JSON', line: 1, column: 1 });
});
