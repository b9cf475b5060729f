import { describe, expect, it } from 'vitest';
import { parse, problemLines, valid } from './small-registries.ts';

const remedyOf = async (text: string) => (await parse(text)).problems[0]?.remedy;
const without = (line: string) => valid.replace(new RegExp(`^${line}:.*\\n`, 'm'), '');

describe('problems of a config file', () => {
  it('are listed all at once, each at its place', async () => {
    const text = `samples: {paht: a.jsonl, format: jsonlines}
agent: {type: htpp, url: x}
repeats: three
concurency: 4
timeoutMs: 0
checkers:
  - {type: contain, value: x}
  - {type: contains, value: 5, weight: -1}
  - {type: trajectory, match: inorder}
policy: {failOn: [regresed]}
baseline: atuo
`;
    expect((await problemLines(text)).sort()).toEqual(
      [
        '1:10 samples.path: "path" is missing',
        '1:11 samples.paht: unknown key "paht"',
        '1:34 samples.format: unknown format "jsonlines"',
        '2:15 agent.type: unknown agent "htpp"',
        '3:10 repeats: expected a number, found text',
        '4:1 concurency: unknown key "concurency"',
        '5:12 timeoutMs: expected a number of at least 1, found 0',
        '7:12 checkers[0].type: unknown checker "contain"',
        '8:29 checkers[1].value: expected text, found a whole number',
        '8:40 checkers[1].weight: expected a number above 0, found -1',
        '9:31 checkers[2].match: expected "exact", "in-order" or "any-order", found "inorder"',
        '10:19 policy.failOn[0]: expected "regressed", "inconclusive" or "no-baseline", found "regresed"',
        '11:11 baseline: expected "auto", "none" or "release", found "atuo"',
      ].sort(),
    );
  });

  it.each([
    ['an unknown key', `${valid}repeat: 2`, /did you mean "repeats"/],
    ['an unknown checker', valid.replace('type: contains', 'type: contian'), /did you mean "contains"/],
    ['a mistyped choice', `${valid}onAmbiguous: retr`, /did you mean "retry"/],
    ['a number as text', valid.replace('value: x', 'value: 1'), /quotes/],
    ['text as a number', `${valid}repeats: "2"`, /without quotes/],
    ['a policy key at the top', `${valid}margin: 0.1`, /under "policy"/],
    ['a suite key under agent', valid.replace('path: r.jsonl', 'path: r.jsonl, repeats: 2'), /top level/],
    ['an unknown sample field', valid.replace('a.jsonl', '{path: a, map: {inputs: "{{q}}"}}'), /did you mean "input"/],
    ['default at the top', `${valid}default: {repeats: 2}`, /inside "suites", "agents" and "checkers"/],
    ['no checkers', without('checkers'), /contains/],
    ['an empty list of checkers', `${without('checkers')}checkers: []`, /contains/],
  ])('say what to do about %s', async (_, text, remedy) => {
    expect(await remedyOf(text)).toMatch(remedy);
  });

  it.each([
    ['no judge settings', '', '1:1 judge.model: the checker "judge" asks a judge model, and none is named'],
    ['no model', 'judge: {baseUrl: "http://x/v1"}', '4:8 judge.model'],
    ['no key for the usual endpoint', 'judge: {model: m}', "4:8 judge.apiKey: OpenAI's endpoint wants a key, and there is none"],
  ])('say once what a judge checker lacks: %s', async (_, judge, line) => {
    const entry = '{type: judge, rubric: x, threshold: 0.7}';
    const two = valid.replace('{type: contains, value: x}', `${entry}, ${entry.replace('judge', 'judge, name: b')}`);
    const lines = await problemLines(`${two}${judge}\n`);
    expect(lines).toContainEqual(expect.stringContaining(line));
    expect(lines.filter((text) => text.includes('asks a judge') || text.includes('wants a key')).length).toBeLessThanOrEqual(1);
    expect(await problemLines(`${two}judge: {model: m, baseUrl: "http://x/v1"}\n`)).toEqual([]);
  });

  it('say of an unknown key what its own mapping may hold', async () => {
    expect(await remedyOf(`${valid}deadlines: {zzz: 1}`)).toMatch(/^Known: connectMs, firstByteMs, idleMs, extends, from, import$/);
    expect(await remedyOf(`${valid}zzzzz: 1`)).toMatch(/suites, agents$/);
  });

  it('point into the file where the value was written', async () => {
    const { problems } = await parse(`extends: base.yml\n${without('checkers')}`, {
      files: { 'base.yml': '\nrepeats: 0\ncheckers:\n  - {type: x}\n' },
    });
    expect(problems.map(({ file, line, field }) => [file, line, field])).toEqual([
      ['base.yml', 2, 'repeats'],
      ['base.yml', 4, 'checkers[0].type'],
    ]);
  });

  it('are told once when several suites share them', async () => {
    expect(await problemLines(`${valid}repeats: 0\nsuites: {a: {}, b: {}}`)).toEqual(['4:10 repeats: expected a number of at least 1, found 0']);
  });

  it.each([
    ['a duplicate key', 'a: 1\na: 2', 'the same key is written twice in one mapping'],
    ['a tag', 'a: !!js/function x', 'YAML tags ("!name") are not accepted'],
    ['a merge key', 'a: &a {b: 1}\nc: {<<: *a}', 'merge keys ("<<") are not accepted'],
    ['a prototype key', '{"__proto__": {"x": 1}}', 'the key "__proto__" is not accepted'],
    ['two documents', 'a: 1\n---\nb: 2', /second document/],
    ['a number that is not one', 'a: .nan', 'the number cannot be kept exactly'],
    ['a long number', 'a: 12345678901234567890', 'the number cannot be kept exactly'],
    ['an alias of itself', 'a: &a [*a]', 'the alias "*a" stands before or inside what it names'],
    ['deep nesting', `a: ${'['.repeat(70)}${']'.repeat(70)}`, /nested deeper than 60/],
    ['a file that is too large', `a: ${'x'.repeat(1_048_576)}`, /larger than 1 MiB/],
    ['a list', '- a', 'the file does not hold a mapping'],
    ['nothing', '', 'the file does not hold a mapping'],
    ['suites in a list', `${valid}suites: [a]`, 'expected a mapping from name to suite'],
    ['a circle', 'extends: agent-regress.yml', '"agent-regress.yml" builds on itself'],
    ['a missing base', 'extends: none.yml', '"none.yml" cannot be read: there is no such file'],
  ])('refuse %s', async (_, text, message) => {
    const { problems } = await parse(text, { files: { 'agent-regress.yml': text } });
    expect(problems[0]?.message).toMatch(message);
  });

  it('stop an alias bomb quickly', async () => {
    const levels = Array.from({ length: 9 }, (_, i) => `l${i + 1}: &l${i + 1} [${Array(9).fill(`*l${i}`).join(', ')}]`);
    const started = performance.now();
    const { problems } = await parse(`l0: &l0 [x, x, x]\n${levels.join('\n')}\n`);
    expect(problems[0]?.message).toMatch(/more than 100000 values/);
    expect(performance.now() - started).toBeLessThan(10_000);
  });
});
