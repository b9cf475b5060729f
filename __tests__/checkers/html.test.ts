import { describe, expect, it } from 'vitest';
import { isHtml } from '../../src/checkers/is-html.ts';
import { checkOutput } from './build.ts';

describe('is-html', () => {
  it.each([
    ['<p>Hello <b>there</b></p>', true],
    ['<!DOCTYPE html>\n<html><head><title>a < b</title></head><body><h1>x</h1></body></html>', true],
    ['<ul><li>one<li>two</ul>', true],
    ['<table><tr><td>1<td>2<tr><td>3</table>', true],
    ['<p>line<br>line<img src="a.png" alt=\'x > y\'><hr/></p>', true],
    ['<script>if (a < b) { "</p>" }</script><div></div>', true],
    ['<my-card><span>x</span></my-card>', true],
    ['<svg><path d="M0"/><g><circle r="1"></circle></g></svg>', true],
    ['```html\n<p>x</p>\n```', true],
    ['<DIV>x</div>', true],
    ['<p>1 < 2</p>', true],
    ['plain text', false],
    ['', false],
    ['<p>x</p> and more', false],
    ['<div><b>x</div></b>', false],
    ['<div>x', false],
    ['<order><item>1</item></order>', false],
    ['<?xml version="1.0"?><p>x</p>', false],
    ['<p class="x>y</p>', false],
    ['a < b and c > d', false],
    ['<!-- only a comment -->', false],
  ])('%j is %s', async (text, pass) => {
    expect(await checkOutput(isHtml, {}, text)).toMatchObject({ kind: 'scored', pass });
  });

  it.each([
    ['See this: <b>bold</b>, and 1 < 2.', true],
    ['Use ```html\n<p>x</p>\n```', true],
    ['Line<br>break', true],
    ['List<int> is a type', false],
    ['a <b and c> d', false],
    ['no tags', false],
  ])('anywhere in %j is %s', async (text, pass) => {
    expect(await checkOutput(isHtml, { anywhere: true }, text)).toMatchObject({ kind: 'scored', pass });
  });

  it('says what is wrong, and which element is missing', async () => {
    expect(await checkOutput(isHtml, {}, '<div><b>x</div></b>')).toMatchObject({
      reason: expect.stringContaining('"div" is closed, but "b" is open'),
    });
    expect(await checkOutput(isHtml, { elements: ['p', 'TABLE'] }, '<p>x</p>')).toMatchObject({
      pass: false,
      reason: 'it is HTML without the element "table"',
    });
  });

  it.each(['<p ', '<div>', '</div>', '<a b="', '<!--', '<script>', '<td><tr>', '<svg><a>'])('stays fast on %s again and again', async (part) => {
    const started = process.cpuUsage();
    await checkOutput(isHtml, {}, part.repeat(200_000 / part.length));
    expect(process.cpuUsage(started).user / 1000).toBeLessThan(1000);
  });
});
