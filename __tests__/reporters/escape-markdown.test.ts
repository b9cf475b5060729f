import { describe, expect, it } from 'vitest';
import { markdownCode, markdownFence, markdownLink, markdownPhrase, markdownText, safeUrl } from '../../src/reporters/parts/escape-markdown.ts';

/** The zero-width space that breaks a link, as something to be seen. */
const seen = (text: string) => text.replaceAll('\u200b', '·');

describe('code', () => {
  it.each([
    ['', '`(empty)`'],
    ['a b', '`a b`'],
    ['a\n b\u202e', '`a ⏎ b\\u202E`'],
    ['a`b', '``a`b``'],
    ['`a``b', '``` `a``b ```'],
    ['a`', '`` a` ``'],
    // A table takes the pipe for an end of the cell, whatever is around it.
    ['a|b||c', '`a\\|b\\|\\|c`'],
    ['a\\|b\\\\|c\\d', '`a∖\\|b∖∖\\|c\\d`'],
    ['<!-- x --><!- y', '`<! -- x --><! - y`'],
  ])('of %j is one element', (text, code) => {
    expect(markdownCode(text)).toBe(code);
  });
});

describe('a fenced block', () => {
  it('has a fence that its text does not end', () => {
    expect(markdownFence('a\nb', 'json')).toEqual(['```json', 'a', 'b', '```']);
    expect(markdownFence('')).toEqual(['```', '', '```']);
    expect(markdownFence('``')).toEqual(['```', '``', '```']);
    expect(markdownFence('```\n`````\n`')).toEqual(['``````', '```', '`````', '`', '``````']);
    expect(markdownFence('\u202e<!-- agent-regress -->')).toEqual(['```', '\\u202E<! -- agent-regress -->', '```']);
  });
});

describe('words', () => {
  it.each([
    ['a\\b`c*d_e[f]g~h', 'a\\\\b\\`c\\*d\\_e\\[f\\]g\\~h'],
    ['$x$ costs $5', '\\$x\\$ costs $5'],
    ['a & b < c > d | e', 'a &#38; b &#60; c &#62; d &#124; e'],
    ['<!-- a', '&#60;! -- a'],
    ['a\n b', 'a ⏎ b'],
  ])('escape what means something: %j', (text, markdown) => {
    expect(markdownText(text)).toBe(markdown);
  });

  it.each([
    ['- a', '\\- a'],
    ['=== a', '\\=== a'],
    ['# a', '\\# a'],
    [': a', '\\: a'],
    ['+ a', '\\+ a'],
    ['+', '\\+'],
    ['+1 a', '+1 a'],
    ['12. a', '12\\. a'],
    ['1) a', '1\\) a'],
    ['3.', '3\\.'],
    ['3.5 %', '3.5 %'],
    ['3 a', '3 a'],
    ['a - b + c 1. d # e', 'a - b + c 1. d # e'],
  ])('begin no list, heading or rule: %j', (text, markdown) => {
    expect(markdownText(text)).toBe(markdown);
  });

  it.each([
    ['@octo @é @7 @-x @_', '@·octo @·é @·7 @·-x @·\\_'],
    ['#1 and#23 #x', '#·1 and#·23 #x'],
    ['GH-1 xgh-2 CVE-2024-1 gh-x', 'GH-·1 xgh-·2 CVE-·2024-1 gh-x'],
    ['GHSA-jfh8 ghsa-', 'GHSA-·jfh8 ghsa-'],
    ['https://evil.example ftp://x', 'https:·//evil.example ftp:·//x'],
    ['www.x WWW.y www. ', 'www·.x WWW·.y www.'],
    ['mailto:a xmpp:b MAILTO:c mailto: d', 'mailto:·a xmpp:·b MAILTO:·c mailto: d'],
    [':octocat: :+1: :a-b:', ':·octocat: :·+1: :·a-b:'],
    ['10:30 a: b:', '10:30 a: b:'],
    ['4f2a9c 4f2a9c1 4F2A9C1B7D3E 4f2a9c1b7d3e5', '4f2a9c 4f2a9c·1 4F2A9C·1B7D3E 4f2a9c·1b7d3e·5'],
  ])('link to nothing: %j', (text, markdown) => {
    expect(seen(markdownText(text)).replace(/^\\/, '')).toBe(markdown);
  });
});

describe('a phrase', () => {
  it.each([
    ['no longer calls `lookup`; says "I *can*"', 'no longer calls `lookup`; says `"I *can*"`'],
    ['`a` `b`', '`a` `b`'],
    ['`a`"b"', '`a`·`"b"`'],
    ['`a`\n*b*\t`c`', '`a` ⏎ \\*b\\* `c`'],
    ['x', 'x'],
    [' x ', ' x '],
    ['', ''],
  ])('has its names as code and its words as text: %j', (phrase, markdown) => {
    expect(seen(markdownPhrase(phrase))).toBe(markdown);
  });
});

describe('a link', () => {
  it('goes to an http address only', () => {
    expect(markdownLink('report', 'https://github.com/a/b#L1')).toBe('[report](https://github.com/a/b#L1)');
    for (const url of [undefined, '', 'javascript:alert(1)', 'data:text/html,x', 'vbscript:x', '//evil.example', 'http:evil', ' https://a.example'])
      expect(markdownLink('report', url)).toBe('report');
  });

  it('takes an address of a host and a port, whatever stands behind it', () => {
    for (const url of [
      'http://localhost',
      'https://[::1]:8080/',
      'https://a-b.example?x=1',
      'https://a.example#x',
      'https://a.example/~x/@y:z?a=$b&c=d+e,f;g%20h!i',
    ])
      expect(safeUrl(url)).toBe(url);
    for (const url of [
      'https://',
      'https://[x]/',
      'https://a.example:x/',
      'https://a[1]/',
      'https://user@a.example/',
      'https://a b.example/',
      'https://a.example\\b',
      'x https://a.example/',
    ])
      expect(safeUrl(url)).toBeUndefined();
  });

  it('has no character that could end it, and shows what cannot be seen', () => {
    expect(safeUrl('https://github.com/a b)c|d"e(f\'g*h<i>j')).toBe('https://github.com/a%20b%29c%7Cd%22e%28f%27g%2Ah%3Ci%3Ej');
    expect(safeUrl('https://a.example/é\u202e\ud800')).toBe('https://a.example/%C3%A9%5Cu202E%5CuD800');
  });
});
