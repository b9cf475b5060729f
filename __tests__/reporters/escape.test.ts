import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  clip,
  escapeCsv,
  escapeHtml,
  escapeJson,
  escapeScriptJson,
  escapeTerminal,
  escapeWorkflowCommands,
  escapeXml,
  startOf,
  toDisplay,
  toLine,
} from '../../src/reporters/parts/escape.ts';
import { hostileTexts } from '../helpers/hostile.ts';

const anyText = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.constantFrom(...hostileTexts),
  fc.array(fc.constantFrom(...hostileTexts)).map((texts) => texts.join('')),
);

describe('toDisplay', () => {
  it('leaves no control, format or surrogate character but line breaks and tabs', () => {
    fc.assert(fc.property(anyText, (text) => !/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u.test(toDisplay(text).replace(/[\n\t]/g, ''))));
  });

  it('shows what it cannot print', () => {
    expect(toDisplay('a\u202Eb\u0000\ud800\u{e0041}')).toBe('a\\u202Eb\\u0000\\uD800\\u{E0041}');
  });

  it('shows every sort of character that nobody sees: ends of lines, tags, fillers, what is none', () => {
    expect(toDisplay('\r|\u2028|\u2029|\u034f|\u115f|\uffff|\u007f|\u00ad')).toBe('\\u000D|\\u2028|\\u2029|\\u034F|\\u115F|\\uFFFF|\\u007F|\\u00AD');
  });

  it('leaves readable text of any script alone', () => {
    expect(toDisplay('Grüße, 漢字 ✈️ 🎉\n\tnext')).toBe('Grüße, 漢字 ✈️ 🎉\n\tnext');
  });

  it('puts everything on one line for a cell', () => {
    for (const line of [toLine, escapeTerminal]) expect(line(' a \r\n  b\t \u00a0c ')).toBe('a ⏎ b c');
    expect(escapeTerminal('\u001b[31mred')).toBe('\\u001B[31mred');
  });
});

describe('clip', () => {
  const accented = 'e\u0301';
  const tower = (marks: number) => `a${'\u0301'.repeat(marks)}`;

  it.each([
    ['abc', 3, 'abc'],
    ['abcd', 3, 'ab…'],
    ['a\tb\nc', 4, 'a\tb…'],
    [accented.repeat(3), 3, accented.repeat(3)],
    [accented.repeat(4), 3, `${accented.repeat(2)}…`],
    ['🎉 ab', 4, '🎉 ab'],
    ['🎉 abc', 4, '🎉 a…'],
    // The first letters are plain, or what follows them is, and yet it has no more characters than wanted.
    [`ab${accented}`, 3, `ab${accented}`],
    [`${accented}bc`, 3, `${accented}bc`],
  ])('counts characters as a person does: %j to %i', (text, max, clipped) => {
    expect(clip(text, max)).toBe(clipped);
  });

  it('leaves out what a character of very many parts was cut in, unless it is all there is', () => {
    expect(clip(`b${tower(100)}`, 3)).toBe('b…');
    expect(clip(`${tower(7).repeat(3)}\u0301`, 3)).toBe(`${tower(7).repeat(2)}…`);
    expect(clip(tower(100), 3)).toBe(`${tower(23)}…`);
    expect(clip(tower(100), 1)).toBe('…');
  });

  it('gives the text, or a beginning of it and an ellipsis, of no more characters than wanted', () => {
    const segmenter = new Intl.Segmenter('en');
    fc.assert(
      fc.property(anyText, fc.integer({ min: 1, max: 40 }), (text, max) => {
        const clipped = clip(text, max);
        expect([...segmenter.segment(clipped)].length).toBeLessThanOrEqual(Math.max(max, [...segmenter.segment(text)].length > max ? 0 : max));
        expect(clipped === text || (clipped.endsWith('…') && text.startsWith(clipped.slice(0, -1)))).toBe(true);
      }),
    );
  });
});

it('takes the beginning of a text without halving a character', () => {
  expect(startOf('a🎉b', 1)).toBe('a');
  expect(startOf('a🎉b', 2)).toBe('a');
  expect(startOf('a🎉b', 3)).toBe('a🎉');
  expect(startOf('a🎉b', 9)).toBe('a🎉b');
  // Halves that belong to nothing are characters of their own.
  expect(startOf('\ud800b', 1)).toBe('\ud800');
  expect(startOf('a\udc00', 1)).toBe('a');
});

it('escapes for HTML, XML and data elements', () => {
  expect(escapeHtml('<b a="x">&\'`')).toBe('&#60;b a=&#34;x&#34;&#62;&#38;&#39;&#96;');
  expect(escapeXml('a\u0001\ud800\n<')).toBe('a\\u0001\\uD800&#10;&#60;');
  expect(escapeXml('<a b="c" d=\'e\'>&\t')).toBe('&#60;a b=&#34;c&#34; d=&#39;e&#39;&#62;&#38;&#9;');
  fc.assert(fc.property(anyText, (text) => JSON.parse(escapeScriptJson(JSON.stringify(text))) === text));
  expect(escapeScriptJson('"</x>&\u2028\u2029"')).toBe('"\\u003C/x\\u003E\\u0026\\u2028\\u2029"');
});

describe('JSON', () => {
  it('keeps its value', () => {
    fc.assert(fc.property(anyText, (text) => JSON.parse(escapeJson(JSON.stringify(text))) === text));
  });

  it('has every invisible character as its escape, each half of a large one, and no workflow command', () => {
    expect(escapeJson('"\u007f\u202e\u{e0041}"')).toBe('"\\u007f\\u202e\\udb40\\udc41"');
    expect(escapeJson('"##[error]x ##[group]y"')).toBe('"#\\u0023[error]x #\\u0023[group]y"');
  });

  it('is left as it is where all of it can be seen', () => {
    const json = '{\n\t"a": "Grüße, 漢字 ✈️ 🎉 # ## [1] #[2]"\n}';
    expect(escapeJson(json)).toBe(json);
  });
});

describe('a CSV field', () => {
  it.each([...'=+-@＝＋－＠﹦﹢﹣﹫−⁺⁻⁼₊₋₌﬩⩵'])('is no formula when it begins with %s, also behind white space and apostrophes', (sign) => {
    for (const text of [`${sign}1`, ` ${sign}1`, `'${sign}1`, ` ' ${sign}1`, `\n${sign}1`]) {
      expect(escapeCsv(text), JSON.stringify(text)).toBe(`"'${text}"`);
    }
    expect(escapeCsv(`1${sign}1`)).toBe(`1${sign}1`);
  });

  it.each([
    ['\tx', '"\'\tx"'],
    ['\nx', '"\'\nx"'],
    ['\rx', '"\'\\u000Dx"'],
    ['\u0000x', '"\'\\u0000x"'],
  ])('is text when it begins with the control character of %j', (text, field) => {
    expect(escapeCsv(text)).toBe(field);
  });

  it('stands between quotes where a reader could part, trim or unquote it', () => {
    for (const text of ['a,b', 'a\nb', 'a\tb', 'a;b', "a'b", ' a', 'a ']) expect(escapeCsv(text)).toBe(`"${text}"`);
    expect(escapeCsv('a "b", c')).toBe('"a ""b"", c"');
    for (const text of ['', 'plain', 'two words', 'naïve', 'a\\b']) expect(escapeCsv(text)).toBe(text);
    expect(escapeCsv('a\u202eb')).toBe('a\\u202Eb');
  });
});

/** Port of how the runner finds commands in a line: trimmed `::`, and the legacy form anywhere. */
function isCommand(line: string): boolean {
  return line.trimStart().startsWith('::') || line.includes('##[');
}

it('lets no line be a workflow command', () => {
  fc.assert(
    fc.property(anyText, (text) =>
      escapeWorkflowCommands(toDisplay(text))
        .split('\n')
        .every((line) => !isCommand(line)),
    ),
  );
});

it('breaks workflow commands with a space and leaves everything else', () => {
  expect(escapeWorkflowCommands('::error::x')).toBe(': :error::x');
  expect(escapeWorkflowCommands('a\n \t::stop-commands::x\n\u0085::x')).toBe('a\n \t: :stop-commands::x\n\u0085: :x');
  expect(escapeWorkflowCommands('\u001b[1;31m \u001b[m::x')).toBe('\u001b[1;31m \u001b[m: :x');
  expect(escapeWorkflowCommands('a ##[error]b##[group]')).toBe('a ## [error]b## [group]');
  for (const text of ['a std::vector', ':x:', 'a ::b', '# ## [x]', '\u001b[31mred', '\n\n:']) expect(escapeWorkflowCommands(text)).toBe(text);
});
