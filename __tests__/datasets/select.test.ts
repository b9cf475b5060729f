import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { problemOf, samplesOf, select, sourceOf } from './source.ts';

const jsonl = (rows: unknown[]) => rows.map((row) => `${JSON.stringify(row)}\n`).join('');
const numbered = (count: number) => Array.from({ length: count }, (_, i) => ({ id: `s${i}`, input: `q${i}`, tags: [i % 2 ? 'odd' : 'even'] }));
const ids = async (...args: Parameters<typeof samplesOf>) => (await samplesOf(...args)).map(({ id }) => id);

describe('samples', () => {
  it('fill defaults and know their place', async () => {
    expect(await samplesOf(sourceOf('jsonl', '\n{"input": "a", "expected": 1}'))).toMatchObject([
      { input: 'a', expected: 1, tags: [], weight: 1, critical: false, turns: [{ input: 'a', expected: 1 }], file: 'a.jsonl', line: 2 },
    ]);
  });

  it('have an id of their content, the same whatever the order of keys or format', async () => {
    const [a] = await ids(sourceOf('jsonl', '{"input": {"x": 1, "y": [2]}, "expected": "e"}'));
    const [b] = await ids(sourceOf('yaml', '- {expected: e, input: {y: [2], x: 1}}'));
    const [c] = await ids(sourceOf('jsonl', '{"input": {"x": 1, "y": [3]}, "expected": "e"}'));
    expect(a).toMatch(/^[0-9a-f]{12}$/);
    expect(b).toBe(a);
    expect(c).not.toBe(a);
  });

  it('change their call hash with what is asked, and only their score hash with what is expected', async () => {
    const one = async (row: unknown) => (await samplesOf(sourceOf('jsonl', jsonl([row]))))[0];
    const base = await one({ input: 'a', expected: 'x', tags: ['t'] });
    const expectation = await one({ input: 'a', expected: 'y', tags: ['u'] });
    const question = await one({ input: 'b', expected: 'x' });
    expect(expectation?.hash).toBe(base?.hash);
    expect(expectation?.scoreHash).not.toBe(base?.scoreHash);
    expect(question?.hash).not.toBe(base?.hash);
    expect(question?.scoreHash).toBe(base?.scoreHash);
  });

  it('read the cells of a CSV as the types of their fields', async () => {
    const text = 'id,input,expected,tags,weight,critical,toolCalls\n7,42,yes,"a, b",2,true,"[{""name"": ""roll""}]"\n';
    expect(await samplesOf(sourceOf('csv', text))).toMatchObject([
      { id: '7', input: '42', expected: 'yes', tags: ['a', 'b'], weight: 2, critical: true, turns: [{ toolCalls: [{ name: 'roll' }] }] },
    ]);
  });

  it('are mapped from columns of any name, with the row within reach', async () => {
    const map = { input: 'Q: {{question}}', expected: '{{row.answer}}' };
    const [sample] = await samplesOf(sourceOf('csv', 'question,answer,locale\nwhy?,because,de\n'), { map });
    expect(sample).toMatchObject({ input: 'Q: why?', expected: 'because', row: { locale: 'de' } });
    const error = await problemOf(select(sourceOf('csv', 'frage,answer\nwhy?,x\n'), { map }));
    expect(error.problems[0]).toMatchObject({ file: 'a.csv', line: 2, message: expect.stringMatching(/question/) });
  });

  it('with a key that looks misspelt are warned of once', async () => {
    const { warnings } = await select(
      sourceOf(
        'jsonl',
        jsonl([
          { input: 'a', expcted: 1 },
          { input: 'b', expcted: 2 },
        ]),
      ),
    );
    expect(warnings).toEqual([expect.stringMatching(/a\.jsonl:1: the key "expcted".*"expected"/)]);
  });
});

describe('a selection', () => {
  const source = sourceOf('jsonl', jsonl(numbered(10)));

  it('applies the filter, then offset, then limit', async () => {
    expect(await ids(source, { where: { tags: ['odd'] }, offset: 1, limit: 2 })).toEqual(['s3', 's5']);
    expect(await ids(source, { where: { any: ['s2', 'odd'] }, limit: 3 })).toEqual(['s1', 's2', 's3']);
    expect(await ids(source, { where: { tags: ['odd'], ids: ['s1', 's2'] } })).toEqual(['s1']);
  });

  it('by a seed is the same every time, in the order of the file', async () => {
    const chosen = await ids(source, { seed: 7, limit: 4 });
    expect(chosen).toHaveLength(4);
    expect(await ids(source, { seed: 7, limit: 4 })).toEqual(chosen);
    expect([...chosen].sort((a, b) => Number(a.slice(1)) - Number(b.slice(1)))).toEqual(chosen);
    expect(await ids(source, { seed: 8, limit: 4 })).not.toEqual(chosen);
  });

  it('knows what it left out, and what its filter does not find', async () => {
    const selected = await select(source, { where: { any: ['s1', 'nobody'] } });
    expect([selected.count, selected.total, selected.isLeftOut('s2'), selected.isLeftOut('s1'), selected.isLeftOut('gone')]).toEqual([
      1,
      10,
      true,
      false,
      false,
    ]);
    expect(selected.warnings).toEqual(['no sample has the tag or id "nobody" of the filter']);
  });

  it('of nothing says why', async () => {
    expect(await problemOf(select(sourceOf('jsonl', '\n')))).toMatchObject({ code: 'dataset-empty', message: 'a.jsonl: no samples' });
    expect(await problemOf(select(source, { where: { ids: ['s11'] } }))).toMatchObject({ remedy: expect.stringContaining('"s1"') });
    expect(await problemOf(select(source, { offset: 10 }))).toMatchObject({ message: expect.stringMatching(/offset 10/) });
  });

  it('refuses ids that are used twice, over all files, with both places', async () => {
    const other = sourceOf('yaml', '- {input: x}\n- {id: s3, input: y}\n');
    expect((await problemOf(select([source, other]))).problems).toMatchObject([
      { file: 'a.yaml', line: 2, message: expect.stringContaining('a.jsonl:4') },
    ]);
    const twice = sourceOf('jsonl', '{"input":"a"}\n{"input":"a"}\n');
    expect((await problemOf(select(twice))).problems[0]).toMatchObject({ line: 2, message: 'the same sample stands at a.jsonl:1' });
  });

  it('names a few of the fields that a sample does not have, and counts the others', async () => {
    const messageOf = async (scenario: object) =>
      (await problemOf(select(sourceOf('jsonl', `${JSON.stringify({ input: 'q', scenario })}\n`)))).problems[0]?.message;
    expect(await messageOf({ openning: 'hi' })).toBe('scenario: unknown field "openning"');
    const many = Object.fromEntries(Array.from({ length: 100_000 }, (_, n) => [`column ${n}`, n]));
    expect(await messageOf(many)).toBe('scenario: unknown fields "column 0", "column 1", "column 2", "column 3", "column 4" and 99995 more');
  });

  it('lists the first fifty problems and counts all', async () => {
    const error = await problemOf(select(sourceOf('jsonl', '{}\n'.repeat(70))));
    expect([error.problems.length, error.message]).toEqual([50, 'the dataset has 70 problems (the first 50 are listed)']);
  });
});

describe('a dataset too large to keep', () => {
  const rows = numbered(6500);

  it('is read again as a stream, with the same samples', async () => {
    const source = sourceOf('jsonl', jsonl(rows), { chunk: 65_536 });
    expect(await ids(source)).toEqual(rows.map(({ id }) => id));
    expect(await ids(source, { where: { tags: ['odd'] }, offset: 2000, limit: 2 })).toEqual(['s4001', 's4003']);
  });

  it('is refused when it changed between the readings', async () => {
    let text = jsonl(rows);
    const selected = await select(sourceOf('jsonl', () => text, { chunk: 65_536 }));
    const read = async () => {
      for await (const sample of selected.stream()) expect(sample.id).toBeDefined();
    };
    text = jsonl(rows.map((row) => (row.id === 's6000' ? { ...row, input: 'other' } : row)));
    expect(await problemOf(read())).toMatchObject({ code: 'dataset-changed' });
    text = jsonl(rows.slice(0, 6400));
    expect(await problemOf(read())).toMatchObject({ code: 'dataset-changed' });
  });
});

it('any choice is a part of the file in its order, as many as limit and offset allow', async () => {
  await fc.assert(
    fc.asyncProperty(fc.nat(12), fc.integer({ min: 1, max: 12 }), fc.option(fc.nat(5), { nil: undefined }), async (offset, limit, seed) => {
      const options = { offset, limit, ...(seed === undefined ? {} : { seed }) };
      const expected = Math.min(limit, Math.max(0, 10 - offset));
      const source = sourceOf('jsonl', jsonl(numbered(10)));
      if (expected === 0) {
        expect((await problemOf(select(source, options))).code).toBe('dataset-empty');
        return;
      }
      const numbers = (await ids(source, options)).map((id) => Number(id.slice(1)));
      expect(numbers).toHaveLength(expected);
      expect([...numbers].sort((a, b) => a - b)).toEqual(numbers);
    }),
  );
});
