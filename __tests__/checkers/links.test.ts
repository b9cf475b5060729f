import { describe, expect, it } from 'vitest';
import { links } from '../../src/checkers/links.ts';
import { cpuMs } from '../helpers/cpu.ts';
import { checkOutput } from './build.ts';

describe('links', () => {
  it.each([
    ['[help](https://shop.example/help_(faq)) and <https://shop.example>.', {}, true],
    ['See https://shop.example/a?b=c#d, ok (http://shop.example/x).', {}, true],
    ['Mail mailto:a@shop.example', {}, true],
    ['no link at all', {}, true],
    ['no link at all', { min: 1 }, false],
    ['https://a.example https://b.example', { max: 1 }, false],
    ['[x](javascript:alert(1))', {}, false],
    ['[x](/help)', {}, false],
    ['[x](/help)', { relative: true }, true],
    ['[x](http:shop.example)', {}, false],
    ['[x]()', {}, false],
    ['https://exa_mple..com/', {}, false],
    ['https://-bad-.example/', {}, false],
    ['https://shop.example:99999/', {}, false],
    ['https://shop.example/%zz', {}, false],
    ['https://user:pw@shop.example/', {}, false],
    ['https://[2001:db8::1]:80/', {}, true],
    ['https://münchen.example/', {}, true],
    ['www.shop.example', { hosts: ['www.shop.example'] }, true],
    ['https://shop.example', { hosts: ['*.shop.example'] }, false],
    ['https://a.shop.example', { hosts: ['*.shop.example'] }, true],
    ['https://evilshop.example', { hosts: ['shop.example', '*.shop.example'] }, false],
    ['https://SHOP.example/', { hosts: ['shop.example'] }, true],
    ['https://shop.example.evil.example/', { hosts: ['shop.example', '*.shop.example'] }, false],
    ['https://bad.example', { forbidden: ['bad.example'] }, false],
    ['http://shop.example', { schemes: ['https'] }, false],
    ['see https://shop.example', { bare: false }, false],
    ['see [it](https://shop.example) <https://shop.example>', { bare: false }, true],
    ['See [https://shop.example](https://shop.example).', { bare: false, max: 1, hosts: ['shop.example'] }, true],
    ['See https://shop.example](https://shop.example).', { hosts: ['shop.example'] }, true],
    ['[https://a.example ![b](https://b.example) https://c.example](https://shop.example) https://d.example', { max: 3 }, true],
    ['[a](https://a.example) https://b.example [c](https://c.example)', { max: 2 }, false],
  ])('"%s" with %j: %s', async (output, options, pass) => {
    expect(await checkOutput(links, options, output)).toMatchObject({ kind: 'scored', pass });
  });

  it('gives the share of links that are as allowed, and names the first that is not', async () => {
    const text = 'https://a.example https://b.example https://b.example [c](ftp://c.example)';
    expect(await checkOutput(links, { hosts: ['a.example'] }, text)).toMatchObject({ value: 0.25, reason: expect.stringContaining('"b.example"') });
  });

  it('does not repeat a password', async () => {
    const score = await checkOutput(links, {}, 'https://user:hunter2@shop.example/');
    expect(score.reason).not.toContain('hunter2');
  });

  it('stays fast on text that is made of links', async () => {
    const started = cpuMs();
    for (const junk of ['](', '[', '[](', 'a://', '[x](y', 'https://)))', 'www.']) await checkOutput(links, {}, junk.repeat(100_000));
    expect(cpuMs() - started).toBeLessThan(3_000);
  });
});
