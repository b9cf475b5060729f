import { describe, expect, it } from 'vitest';
import { contains } from '../../src/checkers/contains.ts';
import { isJson } from '../../src/checkers/is-json.ts';
import { isXml } from '../../src/checkers/is-xml.ts';
import { jsonSchema } from '../../src/checkers/json-schema.ts';
import { length } from '../../src/checkers/length.ts';
import { cpuMs } from '../helpers/cpu.ts';
import { checkOutput } from './build.ts';

const passes = async (score: ReturnType<typeof checkOutput>) => {
  const result = await score;
  return result.kind === 'scored' && result.pass;
};

describe('contains, at one end', () => {
  it('looks at the start or the end of the output', async () => {
    expect(await passes(checkOutput(contains, { value: 'Yes', at: 'start' }, '  Yes, sir'))).toBe(true);
    expect(await passes(checkOutput(contains, { value: 'Yes', at: 'start' }, 'Oh Yes'))).toBe(false);
    expect(await passes(checkOutput(contains, { any: ['bye', 'ciao'], at: 'end' }, 'so, ciao\n'))).toBe(true);
    expect(await checkOutput(contains, { value: 'x', at: 'end' }, 'xy')).toMatchObject({ reason: expect.stringContaining('does not end with "x"') });
  });
});

describe('is-json', () => {
  it.each([
    ['{"a": 1}', {}, true],
    ['5', {}, true],
    ['5', { kind: 'object' }, false],
    ['[1]', { kind: 'list' }, true],
    ['{a: 1}', {}, false],
    ['', {}, false],
    ['```json\n{"a": 1}\n```', {}, true],
    ['```json\n{"a": 1}\n```', { allowFence: false }, false],
    ['Sure: {"a": "}"} there you go', {}, false],
    ['Sure: {"a": "}"} there you go', { anywhere: true }, true],
    ['[see below] then {"a": 1}', { anywhere: true, kind: 'object' }, true],
    ['nothing {here', { anywhere: true }, false],
  ])('%s with %j: %s', async (output, options, expected) => {
    expect(await passes(checkOutput(isJson, options, output))).toBe(expected);
  });

  it('lets json-schema look inside text too', async () => {
    const options = { schema: { required: ['id'] }, anywhere: true };
    expect(await passes(checkOutput(jsonSchema, options, 'Here: {"id": 1}!'))).toBe(true);
    expect(await passes(checkOutput(jsonSchema, options, 'Here: {"no": 1}!'))).toBe(false);
    expect(await passes(checkOutput(jsonSchema, { ...options, anywhere: false }, 'Here: {"id": 1}!'))).toBe(false);
  });
});

describe('is-xml', () => {
  it.each([
    '<a/>',
    '<?xml version="1.0"?>\n<!-- hi -->\n<a x="1" y=\'2\'><b>t &amp; &#228;</b><![CDATA[ <&> ]]></a>\n<!-- end -->',
    '<!DOCTYPE html><html></html>',
    '<ns:a xmlns:ns="u"><ä.b-1/></ns:a>',
    '```xml\n<a></a>\n```',
  ])('takes %s', async (output) => {
    expect(await checkOutput(isXml, {}, output)).toMatchObject({ pass: true });
  });

  it.each([
    ['', 'empty'],
    ['text', 'outside the root'],
    ['<a>', 'not closed'],
    ['<a></b>', 'is open'],
    ['<a></a><b/>', 'after the root'],
    ['<a></a> tail', 'after the root'],
    ['<a x=1/>', 'no quoted value'],
    ['<a x="1" x="2"/>', 'twice'],
    ['<a x="<"/>', '"<" in the attribute'],
    ['<a>&nbsp;</a>', 'known entity'],
    ['<a>a & b</a>', 'known entity'],
    ['<a>]]></a>', ']]>'],
    ['<a><!-- -- --></a>', '"--"'],
    ['<a>\u0001</a>', 'control'],
    ['<a></a', 'end tag'],
    ['<1/>', 'begins no tag'],
    ['<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>', 'internal subset'],
  ])('refuses %j, and says that %s', async (output, reason) => {
    expect(await checkOutput(isXml, {}, output)).toMatchObject({ pass: false, value: 0, reason: expect.stringContaining(reason) });
  });

  it('finds an element inside text, and elements inside an element', async () => {
    const text = 'a < b, <br> and <order><item><sku>1</sku></item></order> done';
    expect(await passes(checkOutput(isXml, {}, text))).toBe(false);
    expect(await passes(checkOutput(isXml, { anywhere: true, elements: ['order.item.sku'] }, text))).toBe(true);
    expect(await checkOutput(isXml, { anywhere: true, elements: ['order.price'] }, text)).toMatchObject({
      reason: expect.stringContaining('"order.price"'),
    });
    expect(await passes(checkOutput(isXml, { elements: ['a.b', 'a.c'] }, '<a><b/><c/></a>'))).toBe(true);
  });

  it('reads many elements below long names in no time', async () => {
    const depth = 190;
    const name = 'a'.repeat(130);
    const tags = Array.from({ length: 4_000 }, (_, index) => `<b${index.toString(36)}/>`).join('');
    const started = cpuMs();
    const output = `<${name}>`.repeat(depth) + tags + `</${name}>`.repeat(depth);
    expect(await passes(checkOutput(isXml, { elements: [name] }, output))).toBe(true);
    expect(cpuMs() - started).toBeLessThan(1_000);
  });

  it('reads deep and broken documents in no time', async () => {
    const started = cpuMs();
    await checkOutput(isXml, {}, '<a>'.repeat(50_000) + '</a>'.repeat(50_000));
    await checkOutput(isXml, { anywhere: true }, '<a '.repeat(50_000));
    await checkOutput(isXml, { anywhere: true }, '<a><!--'.repeat(20_000));
    expect(cpuMs() - started).toBeLessThan(2_000);
  });
});

describe('length', () => {
  it.each([
    ['words', 'one two  three', 3],
    ['characters', 'ab 😀', 4],
    ['sentences', 'It costs 3.14 at example.com. Fine? Yes!! "Ok."', 4],
    ['sentences', '今日は。元気です！', 2],
    ['sentences', 'We have:\n- tea\n* milk\n  1. hot\n  2. cold', 5],
    ['sentences', 'It is 42.', 1],
    ['lines', 'a\n\nb\r\nc', 3],
  ])('counts %s of "%s"', async (unit, output, count) => {
    expect(await passes(checkOutput(length, { unit, min: count, max: count }, output))).toBe(true);
    expect(await checkOutput(length, { unit, max: count - 1 }, output)).toMatchObject({
      pass: false,
      reason: `number of ${unit} was ${count}, more than ${count - 1}`,
    });
  });

  it('wants a limit, and stays fast', async () => {
    expect(length.options.safeParse({}).success).toBe(false);
    const started = cpuMs();
    for (const unit of ['words', 'sentences', 'lines', 'characters']) await checkOutput(length, { unit, max: 1 }, `${'.'.repeat(500_000)}x`);
    expect(cpuMs() - started).toBeLessThan(1_000);
  });
});
