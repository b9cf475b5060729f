import { describe, expect, it } from 'vitest';
import { readConfigText } from '../../src/config/read-text.ts';
import { datasets } from '../../src/datasets/registry.ts';
import { selectSamples } from '../../src/datasets/select.ts';
import { ToolError } from '../../src/errors.ts';
import { shortDigest } from '../../src/io/hash.ts';
import { nearestNames } from '../../src/registry.ts';

async function samplesOf(type: string, text: string, chunk = text.length) {
  async function* open() {
    for (let at = 0; at < text.length; at += chunk) yield text.slice(at, at + chunk);
  }
  const selected = await selectSamples([{ file: `f.${type}`, format: datasets.get(type), open }], { offset: 0, digest: shortDigest });
  const samples = [];
  for await (const sample of selected.stream()) samples.push(sample);
  return samples;
}

const problemOf = async (type: string, text: string) => {
  const error = await samplesOf(type, text).catch((thrown: unknown) => thrown);
  if (!(error instanceof ToolError)) throw new Error('it was taken');
  return error.problems.slice(0, 3).map(({ line, field, message }) => [line, field, message]);
};

describe('T25 a row is what JSON can hold, or refused with its line', () => {
  it.each([
    ['yaml', '- {input: a}\n- !!set {input, b}\n', [2, undefined, 'YAML tags ("!name") are not accepted']],
    ['yaml', '- {input: a}\n- {input: b,\n   at: !!timestamp 2001-12-14}\n', [3, undefined, 'YAML tags ("!name") are not accepted']],
    ['yaml', '- !!omap [input: a]\n', [1, undefined, 'YAML tags ("!name") are not accepted']],
    ['yaml', '- {input: !!binary QUJD}\n', [1, undefined, 'YAML tags ("!name") are not accepted']],
    ['yaml', '- input: a\n  score: .inf\n', [2, undefined, 'the number cannot be kept']],
    ['yaml', '- {input: a, [x]: 1}\n', [1, undefined, 'a key must be text']],
    ['yaml', '- {input: a, 1: x, "1": y}\n', [1, undefined, 'the same key is written twice in one object']],
    ['yaml', '- {input: a, m: *later}\n- &later {input: b}\n', [1, undefined, 'the alias "*later" stands before or inside what it names']],
    ['jsonl', '{"input": "a", "score": 1e999}\n', [1, 'score', 'a number is larger than a number can be']],
    ['jsonl', '{"input": "a", "id": 12345678901234567890}\n', [1, 'id', 'id: the number cannot be kept exactly']],
    ['csv', 'input,metadata\na,"{""x"": -1e999}"\n', [1 + 1, 'metadata', 'a number is larger than a number can be']],
    ['jsonl', '{"input": "a", "toolCalls": [{}]}\n', [1, undefined, 'toolCalls[0].name: it is missing: expected string']],
  ])('%s: %s', async (type, text, expected) => {
    expect(await problemOf(type, text)).toEqual([expected]);
  });

  it('keeps text under a core tag, and aliases of what stands above the list', async () => {
    const text =
      'shared: &m {locale: de}\nsamples:\n- {id: !!str 12, input: a, metadata: *m}\n- &b {id: b, input: *m, tags: &t [x]}\n- {id: c, input: z, tags: *t}\n';
    expect((await samplesOf('yaml', text)).map(({ id, input, metadata, tags }) => [id, input, metadata, tags])).toEqual([
      ['12', 'a', { locale: 'de' }, []],
      ['b', { locale: 'de' }, {}, ['x']],
      ['c', 'z', {}, ['x']],
    ]);
  });
});

describe('T25 what is large costs what its size costs', () => {
  it('4,500 aliases, each looked up once', async () => {
    const rows = Array.from({ length: 4500 }, (_, index) => `- {input: q${index}, metadata: *d}\n`).join('');
    expect(await samplesOf('yaml', `- &d {input: 1.5}\n${rows}`.replace('1.5', '"x"'))).toHaveLength(4501);
  });

  it('aliases that name aliases', async () => {
    const lines = Array.from({ length: 12 }, (_, index) => `- &a${index + 1} {input: x${index}, l: [${Array(9).fill(`*a${index}`).join(', ')}]}\n`);
    expect(await problemOf('yaml', `- &a0 {input: x}\n${lines.join('')}`)).toContainEqual([
      6,
      undefined,
      'aliases make more than 100000 values of it',
    ]);
  });

  it('a CSV file of 100,000 columns, and a line in 2,000 pieces', async () => {
    const columns = Array.from({ length: 100_000 }, (_, index) => `c${index}`);
    const [sample] = await samplesOf('csv', `input,${columns.join(',')}\nq,${columns.map(() => '1').join(',')}\n`);
    expect(Object.keys(sample?.row ?? {})).toHaveLength(100_001);
    const text = 'x'.repeat(2_000_000);
    expect(
      (await samplesOf('jsonl', `\ufeff{"input": "${text}"}\r\n{"input": "b"}`, 1000)).map(({ input, line }) => [String(input).length, line]),
    ).toEqual([
      [2_000_000, 1],
      [1, 2],
    ]);
  });

  it('a name of a million letters, which is near to none that is short', () => {
    expect(nearestNames('i'.repeat(1_000_000), ['input', 'id'])).toEqual([]);
    expect(nearestNames('inptu', ['input', 'id'])).toEqual(['input']);
  });

  it.each([']', ':\n', '\n'])('a megabyte of %j is refused', async (unit) => {
    const text = unit.repeat(1_000_000 / unit.length);
    const { problems } = await readConfigText(text, 'a.yml');
    expect(problems[0]?.line).toBeGreaterThan(0);
    if (unit === '\n') await expect(samplesOf('yaml', text)).rejects.toThrow(ToolError);
  });
});
