import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { DatasetRow } from '../../src/datasets/dataset.ts';
import { yamlRows } from '../../src/datasets/parts/yaml-rows.ts';
import { datasets } from '../../src/datasets/registry.ts';
import { ToolError } from '../../src/errors.ts';
import { problemOf, rowsOf, samplesOf, select, sourceOf } from './source.ts';

const linesOf = async (type: string, text: string) => (await rowsOf(type, text)).map(({ line }) => line);

describe('every dataset format', () => {
  const same: [string, string][] = [
    ['jsonl', '{"input":"a","n":"1"}\n{"input":"b","n":"2"}\n'],
    ['json', '[{"input":"a","n":"1"},\n{"input":"b","n":"2"}]'],
    ['yaml', '- {input: a, n: "1"}\n- {input: b, n: "2"}\n'],
    ['csv', 'input,n\na,1\nb,2\n'],
  ];
  it.each(same)('%s gives the same rows, whatever the chunks, line ends and byte order mark', async (type, text) => {
    const wanted = [
      { input: 'a', n: '1' },
      { input: 'b', n: '2' },
    ];
    for (const form of [text, text.replaceAll('\n', '\r\n'), `\uFEFF${text}`, text.trimEnd()]) {
      for (const chunk of [1, 2, 1000]) expect((await rowsOf(type, form, chunk)).map(({ row }) => row)).toEqual(wanted);
    }
  });

  it.each(datasets.types)('%s never ends with anything but a known error', async (type) => {
    const pieces = fc.constantFrom(
      '{',
      '}',
      '[',
      ']',
      '"',
      '\\',
      ',',
      ';',
      ':',
      '\n',
      '\r',
      '- ',
      '&a ',
      '*a',
      '<<',
      '!!js',
      'input',
      'é',
      '\0',
      ' ',
      '1e999',
    );
    const text = fc.oneof(
      fc.string(),
      fc.array(pieces, { maxLength: 30 }).map((parts) => parts.join('')),
      fc.json(),
    );
    await fc.assert(
      fc.asyncProperty(text, async (content) => {
        try {
          await select(sourceOf(type, content));
        } catch (error) {
          if (!(error instanceof ToolError)) throw error;
          for (const { line } of error.problems) expect(line).toBeGreaterThanOrEqual(1);
        }
      }),
      { numRuns: 300 },
    );
  });
});

describe('line numbers', () => {
  it('counts blank lines of JSONL', async () => {
    expect(await linesOf('jsonl', '\n{"input":"a"}\n\n\r\n{"input":"b"}')).toEqual([2, 5]);
  });

  it('points to where a CSV row starts, over quoted line breaks and blank lines', async () => {
    expect(await linesOf('csv', 'input,expected\n"two\nlines",x\nplain,y\n\n"a\r\nb\r\nc",z\nlast,\n')).toEqual([2, 4, 6, 9]);
    expect(await linesOf('csv', '\n\n"in\r\nput",b\nx,y\n\n"a\nb",y\n')).toEqual([5, 7]);
    for (const lineBreak of ['\n', '\r\n', '\r'])
      expect(await linesOf('csv', ['input;b', '"a, ""b"""; c', '', 'x;y', ''].join(lineBreak))).toEqual([2, 4]);
  });

  it('points to where an item of JSON and YAML starts', async () => {
    expect(await linesOf('json', '{\n  "samples": [\n    {"input": "a"},\n    {\n "input": "b"}\n]}')).toEqual([3, 4]);
    expect(await linesOf('yaml', '# cases\nsamples:\n  - input: a\n    expected: |\n      long\n      text\n\n  - input: b\n')).toEqual([3, 8]);
  });
});

describe('a JSON list', () => {
  const spaced = (value: unknown) => fc.constantFrom(0, 1, '\t', '\n  ').map((indent) => JSON.stringify(value, null, indent));
  const rows = fc.array(
    fc.dictionary(fc.oneof(fc.string(), fc.constantFrom('input', '__proto__', '"', '\\\\', 'a:b')), fc.jsonValue({ maxDepth: 3 })),
    { minLength: 1 },
  );

  it('is read as the YAML that it is, line for line', async () => {
    const text = rows.chain((list) => fc.oneof(spaced(list), spaced({ note: ['samples', { samples: [] }], samples: list, last: { a: 1 } })));
    await fc.assert(
      fc.asyncProperty(text, async (content) => {
        const byYaml: DatasetRow[] = [];
        for await (const row of yamlRows(content, 'a.json', true)) byYaml.push(row);
        expect(await rowsOf('json', content)).toEqual(byYaml);
      }),
      { numRuns: 150 },
    );
  });

  it.each([
    ['[{"input": "a"},\n{"input": "b", "x": {"k": 1, "k": 2}},\n{"input": "c"}]', [[2, 'the same key is written twice in one object']]],
    ['{"samples": [{"input": "a"}],\n"samples": [{"input": "b"}]}', [[2, 'the key "samples" is written twice']]],
    ['[{"input": "a"},\n{"input": "b"},\n]\n', undefined],
    ["[{'input': 'a'}, # with what only YAML has\n{input: b}]", undefined],
    ['[{"input": "a"}\n] x', [[2, expect.anything()]]],
    [
      '[{"input": "a"},\n["b"],\n{"input": 1e999}]',
      [
        [2, 'a row must be an object, found a list'],
        [3, expect.stringMatching(/number/)],
      ],
    ],
  ])('with something odd in it: %j', async (text, problems) => {
    if (!problems) return void expect(await samplesOf(sourceOf('json', text))).not.toHaveLength(0);
    const found = (await problemOf(select(sourceOf('json', text)))).problems;
    expect(found.map(({ line, message }) => [line, message])).toEqual(problems);
  });

  it.each(['[ ]', '{"samples": []}'])('that is empty has no samples: %s', async (text) => {
    expect((await problemOf(select(sourceOf('json', text)))).message).toBe('a.json: no samples');
  });

  it('is read at 20 million characters, and says on which line one is broken', async () => {
    const row = (index: number) => JSON.stringify({ id: `s${index}`, input: 'long "text": '.repeat(150) });
    const list = Array.from({ length: 10_000 }, (_, index) => row(index));
    const text = (items: string[]) => `[\n${items.join(',\n')}\n]`;
    expect(text(list).length).toBeGreaterThan(20_000_000);
    const options = { chunk: 65_536 };
    expect((await select(sourceOf('json', text(list), options))).count).toBe(10_000);
    const broken = text(list.with(7000, '{"input": "a" "b"}'));
    expect((await problemOf(select(sourceOf('json', broken, options)))).problems).toMatchObject([{ line: 7002 }]);
    expect((await problemOf(select(sourceOf('json', text(list).slice(0, -1), options)))).problems).toMatchObject([
      { line: 1, message: 'not a JSON list of samples' },
    ]);
  });
});

describe('what cannot be read', () => {
  it('tells every bad line of JSONL, not only the first', async () => {
    const error = await problemOf(select(sourceOf('jsonl', '{"input":"a"}\n{oops\n[1]\n"text"\nnull\n{"inptu":1}')));
    expect(error.problems.map(({ line }) => line)).toEqual([2, 3, 4, 5, 6]);
    expect(error.message).toBe('the dataset has 5 problems');
  });

  it('tells where JSON and YAML break', async () => {
    expect((await problemOf(select(sourceOf('json', '[\n{"input": "a"},\n{"input" "b"}\n]')))).problems[0]).toMatchObject({ line: 3 });
    expect((await problemOf(select(sourceOf('yaml', '- input: a\n- input: "b\n')))).problems[0]?.line).toBeGreaterThanOrEqual(2);
    expect((await problemOf(select(sourceOf('yaml', 'cases: []')))).problems[0]?.message).toMatch(/no list of samples/);
  });

  it('tells the line of a CSV row with too many cells, and a column that appears twice', async () => {
    expect((await problemOf(select(sourceOf('csv', 'input,b\n1,2\n1,2,3\n')))).problems[0]).toMatchObject({ line: 3 });
    expect((await problemOf(select(sourceOf('csv', 'input,input\n1,2\n')))).problems[0]?.message).toMatch(/"input" appears twice/);
    expect((await problemOf(select(sourceOf('csv', '\n\ninput;input\n1;2;3\n')))).problems[0]).toMatchObject({ line: 3 });
  });

  it('does not expand a YAML bomb', async () => {
    const bomb = [
      'a: &a [x,x,x,x,x,x,x,x,x]',
      ...'bcdefgh'.split('').map((c, i) => `${c}: &${c} [${`*${'abcdefg'[i]},`.repeat(9)}]`),
      'samples: [{input: *h}]',
    ];
    expect((await problemOf(select(sourceOf('yaml', bomb.join('\n'))))).code).toBe('dataset-invalid');
  });
});

describe('CSV', () => {
  it('takes comma, semicolon or tab, whichever the header uses most', async () => {
    for (const separator of [',', ';', '\t']) {
      expect((await rowsOf('csv', `input${separator}expected\n"x, y"${separator}z\n`))[0]?.row).toEqual({ input: 'x, y', expected: 'z' });
    }
  });

  it('leaves empty cells and empty rows out', async () => {
    expect((await rowsOf('csv', 'input,expected\na,\n,\n')).map(({ row }) => row)).toEqual([{ input: 'a' }]);
  });
});
