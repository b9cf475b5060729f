import { describe, expect, it } from 'vitest';
import { ToolError } from '../src/errors.ts';
import { compileTemplate, templateNames } from '../src/template.ts';

const scope = { input: 'hello', row: { 'Customer question': 'why?', 'a.b': 1, a: { b: 2, c: 3 }, list: ['x', 'y'] }, sides: 6, deep: { ok: true } };

describe('compileTemplate', () => {
  it('keeps the type of a value that is the whole text, and puts text into longer text', () => {
    expect(compileTemplate('{{sides}}')(scope)).toBe(6);
    expect(compileTemplate('{{ deep }}')(scope)).toEqual({ ok: true });
    expect(compileTemplate('{{input}}, {{sides}} {{deep}}')(scope)).toBe('hello, 6 {"ok":true}');
  });

  it('fills every string of a JSON value and no key', () => {
    expect(compileTemplate({ '{{input}}': ['{{input}}', 1, null] })(scope)).toEqual({ '{{input}}': ['hello', 1, null] });
  });

  it('knows names with spaces, indexes, and columns whose name holds a dot', () => {
    expect(compileTemplate('{{row.Customer question}}')(scope)).toBe('why?');
    expect(compileTemplate('{{row.list.1}}')(scope)).toBe('y');
    expect(compileTemplate('{{row.a.b}}')(scope)).toBe(1);
    expect(compileTemplate('{{row.a.c}}')(scope)).toBe(3);
  });

  it('leaves what is not a name as it is, and never expands a value again', () => {
    expect(compileTemplate('{{#if x}} {"a": {"b": 1}} {{}}')(scope)).toBe('{{#if x}} {"a": {"b": 1}} {{}}');
    expect(compileTemplate('{{input}}')({ input: '{{sides}}', sides: 6 })).toBe('{{sides}}');
  });

  it('names an unknown name, where it looked and the nearest known ones; inherited names are unknown', () => {
    const problemOf = (text: string) => {
      try {
        compileTemplate(text)(scope);
      } catch (error) {
        return error instanceof ToolError ? `${error.message}: ${error.remedy}` : 'no ToolError';
      }
      return 'no error';
    };
    expect(problemOf('{{imput}}')).toMatch(/\{\{imput\}\}.*did you mean "input"/);
    expect(problemOf('{{row.a.x}}')).toMatch(/no "x" in "row.a"/);
    expect(problemOf('{{constructor}}')).toMatch(/no "constructor"/);
    expect(problemOf('{{row.__proto__}}')).toMatch(/no "__proto__" in "row"/);
    expect(problemOf('{{input.length}}')).toMatch(/has no fields/);
  });

  it('lists the names of a template', () => {
    expect(templateNames({ a: '{{input}} {{row.x y}}', b: ['{{deep.ok}}'] })).toEqual(['input', 'row.x y', 'deep.ok']);
  });
});
