// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the syntax of the config files
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { locatedFrom, plainOf } from '../../src/config/located.ts';
import { mergeLocated } from '../../src/config/merge.ts';
import { readConfigText } from '../../src/config/read-text.ts';
import type { Json } from '../../src/records/json.ts';
import { parse, valid } from './small-registries.ts';

const at = { file: 'f', line: 1, column: 1 };
const words = [
  'samples',
  'agent',
  'type',
  'http',
  'url',
  'checkers',
  'suites',
  'default',
  'overwrite',
  'extends',
  'import',
  'env',
  'policy',
  'baseline',
  'path',
  'judge',
  '__proto__',
  'constructor',
  '${env:X}',
  '<<',
  'null',
  '.nan',
  '*a',
  '&a',
  '!!x',
  '-',
  ':',
  '{',
  '}',
  '[',
  ']',
  ',',
  '\n',
  '  ',
  '"',
  "'",
  '|',
  '>',
  '#',
  '---',
  '%YAML 1.1',
  '\t',
  '\u0000',
  '\u2028',
];

/** A bug throws; everything a user can write gives suites or problems. */
async function check(text: string, file = 'a.yml') {
  const { suites, problems } = await parse(text, { file, env: { X: 'value-of-x' }, files: { 'a.yml': text } });
  expect(problems.length === 0 || suites.length >= 0).toBe(true);
  for (const problem of problems) {
    expect(problem.message).not.toBe('');
    expect(JSON.stringify(problem)).not.toContain('value-of-x');
  }
  expect(Object.keys(Object.prototype)).toEqual([]);
}

it('never breaks on text made of YAML pieces', async () => {
  const soup = fc.array(fc.constantFrom(...words), { maxLength: 60 }).map((parts) => parts.join(' '));
  await fc.assert(
    fc.asyncProperty(fc.oneof(soup, fc.string({ unit: 'binary', maxLength: 80 })), (text) => check(text)),
    { numRuns: 300 },
  );
});

it('never breaks on a valid file with a piece cut out or put in', async () => {
  const text = `${valid}policy: {margin: 0.1}\nbaseline: {path: [a]}\nsuites: {default: {repeats: 2}, a: {}}\njudge: {model: m, apiKey: "\${env:X}"}\n`;
  const edit = fc.tuple(fc.nat(text.length), fc.nat(10), fc.constantFrom('', ...words));
  const edited = fc
    .array(edit, { minLength: 1, maxLength: 4 })
    .map((edits) => edits.reduce((t, [i, n, w]) => t.slice(0, i) + w + t.slice(i + n), text));
  await fc.assert(
    fc.asyncProperty(edited, (changed) => check(changed)),
    { numRuns: 300 },
  );
});

it('never breaks on any JSON value at any key', async () => {
  const keys = ['samples', 'agent', 'checkers', 'suites', 'policy', 'baseline', 'judge', 'env', 'extends', 'import', 'repeats', 'deadlines'];
  const value = fc.oneof(
    fc.jsonValue({ maxDepth: 3 }),
    fc.dictionary(fc.constantFrom(...words, 'format', 'map', 'where'), fc.jsonValue({ maxDepth: 2 })),
  );
  await fc.assert(
    fc.asyncProperty(fc.dictionary(fc.constantFrom(...keys), value), (file) => check(JSON.stringify(file), 'a.json')),
    { numRuns: 300 },
  );
});

it('gives every JSON value back as it is', async () => {
  const poison = (json: string) => /__proto__|"constructor"|"prototype"|"<<"/.test(json);
  await fc.assert(
    fc.asyncProperty(fc.jsonValue({ maxDepth: 4 }), async (value) => {
      const json = JSON.stringify(value);
      fc.pre(!poison(json) && !/\d{16}|e[+]/.test(json));
      const { root, problems } = await readConfigText(json, 'a.json');
      expect(problems).toEqual([]);
      expect(plainOf(root)).toEqual(JSON.parse(json, (_, item) => (item === 0 ? 0 : item)));
    }),
    { numRuns: 300 },
  );
});

it('merges in any grouping with the same result', () => {
  const tree = fc.jsonValue({ maxDepth: 3 }).filter((value) => !JSON.stringify(value).includes('__proto__'));
  const merge = (a: Json, b: Json) => plainOf(mergeLocated(locatedFrom(a, at), locatedFrom(b, at)));
  fc.assert(
    fc.property(fc.dictionary(fc.constantFrom('a', 'b'), tree), fc.dictionary(fc.constantFrom('a', 'b'), tree), (a, b) => {
      expect(merge(a as Json, {})).toEqual(a);
      expect(merge({}, b as Json)).toEqual(b);
    }),
  );
});
