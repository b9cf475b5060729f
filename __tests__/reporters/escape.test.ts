import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  clip,
  escapeCsv,
  escapeHtml,
  escapeScriptJson,
  escapeWorkflowCommands,
  escapeXml,
  toDisplay,
  toLine,
} from '../../src/reporters/parts/escape.ts';
import { safeUrl } from '../../src/reporters/parts/escape-markdown.ts';
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

  it('leaves readable text of any script alone', () => {
    expect(toDisplay('Grüße, 漢字 ✈️ 🎉\n\tnext')).toBe('Grüße, 漢字 ✈️ 🎉\n\tnext');
  });

  it('puts everything on one line for a cell', () => {
    expect(toLine(' a \r\n  b\tc ')).toBe('a ⏎ b c');
  });
});

it('clips on a character as a person sees it', () => {
  expect(clip('e\u0301'.repeat(5), 3)).toBe('e\u0301e\u0301…');
  expect(clip('abc', 3)).toBe('abc');
});

it('escapes for HTML, XML and data elements', () => {
  expect(escapeHtml('<b a="x">&\'`')).toBe('&#60;b a=&#34;x&#34;&#62;&#38;&#39;&#96;');
  expect(escapeXml('a\u0001\ud800\n<')).toBe('a\\u0001\\uD800&#10;&#60;');
  fc.assert(fc.property(anyText, (text) => JSON.parse(escapeScriptJson(JSON.stringify(text))) === text));
  expect(escapeScriptJson(JSON.stringify('</script><!--&\u2028'))).not.toMatch(/[<>&\u2028]/);
});

it('never lets a spreadsheet see a formula', () => {
  for (const text of ['=1', '+1', '-1', '@x', '\t=1', '\r=1', '\u0000=1', '＝1', '−1', ' =1', '\n=1']) {
    expect(escapeCsv(text).replace(/^"/, ''), JSON.stringify(text)).toMatch(/^'/);
  }
  expect(escapeCsv('a "b", c')).toBe('"a ""b"", c"');
  expect(escapeCsv('plain')).toBe('plain');
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
  expect(escapeWorkflowCommands('a std::vector')).toBe('a std::vector');
});

it('makes links of http addresses only', () => {
  expect(safeUrl('https://github.com/a/b#L1')).toBe('https://github.com/a/b#L1');
  expect(safeUrl('https://github.com/a b)c|d"e')).toBe('https://github.com/a%20b%29c%7Cd%22e');
  for (const url of ['javascript:alert(1)', 'data:text/html,x', 'vbscript:x', '//evil.example', 'http:evil', ''])
    expect(safeUrl(url)).toBeUndefined();
});
