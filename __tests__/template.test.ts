import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Json, JsonObject } from '../src/records/json.ts';
import { compileTemplate, templateNames, templateProblem, textOf } from '../src/template.ts';

const fill = (template: Json, scope: JsonObject) => compileTemplate(template)(scope);

describe('a template', () => {
  it('that is one placeholder becomes the value itself, whatever its type', () => {
    for (const value of [1, true, null, 'x', [1], { a: 1 }]) expect(fill('{{v}}', { v: value })).toEqual(value);
    expect(fill('{{ v }}', { v: 1 })).toBe(1);
  });

  it('puts text as it is and anything else as JSON into longer text', () => {
    expect(fill('a {{s}} {{n}} {{o}}', { s: '"q"', n: 1, o: { k: [null] } })).toBe('a "q" 1 {"k":[null]}');
  });

  it('is filled at every depth, but not in keys', () => {
    expect(fill({ '{{a}}': ['{{a}}', { b: 'x{{a}}' }], n: 3 }, { a: 'v' })).toEqual({ '{{a}}': ['v', { b: 'xv' }], n: 3 });
  });

  it('finds fields and items along a path', () => {
    expect(fill('{{row.list.1.name}}', { row: { list: [{}, { name: 'é' }] } })).toBe('é');
  });

  it('does not expand what stands in a value again', () => {
    expect(fill('{{a}} {{a}}', { a: '{{b}}', b: 'secret' })).toBe('{{b}} {{b}}');
  });

  it('leaves braces that are no placeholder alone', () => {
    for (const text of ['{}', '{{}}', '{a}', '}}{{']) expect(fill(text, { a: 1 })).toBe(text);
  });

  it('says which name is missing and which there are', () => {
    expect(() => fill('{{inptu}}', { input: 1, id: 2 })).toThrow(/uses \{\{inptu\}\}, but there is no "inptu"/);
    try {
      fill('{{row.x}}', { row: { y: 1 } });
    } catch (error) {
      expect(templateProblem(error)).toBe('the template uses {{row.x}}, but there is no "x" in "row": did you mean "y"? Known: y');
    }
  });

  it('sees own properties only', () => {
    for (const name of ['constructor', '__proto__', 'toString', 'row.length', 'row.constructor'])
      expect(() => fill(`{{${name}}}`, { row: {} })).toThrow(/there is no/);
  });

  it('names what it uses, in order', () => {
    expect(templateNames({ a: '{{x}} {{y.z}}', b: ['{{x}}'] })).toEqual(['x', 'y.z', 'x']);
  });

  it('without a placeholder is the value it was made of', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        fc.pre(!JSON.stringify(value).includes('{{'));
        expect(fill(value as Json, {})).toEqual(value);
      }),
    );
  });
});

it('text of an absent value is empty', () => {
  expect([textOf(undefined), textOf('a'), textOf({ a: 1 }), textOf(null)]).toEqual(['', 'a', '{"a":1}', 'null']);
});
