import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openLastLine } from '../../src/io/last-line.ts';

let folder = '';
let file = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'last-line-'));
  file = join(folder, 'a.jsonl');
});
afterEach(() => rmSync(folder, { recursive: true }));
const text = () => readFileSync(file, 'utf8');

describe('the last line of a file', () => {
  it.each([
    ['', '', 1],
    ['a\n', 'a\n', 2],
    ['a\nb', 'a\nb\n', 3],
    ['\n\n', '\n\n', 3],
    [`${'x'.repeat(70_000)}\n${'ü'.repeat(70_000)}`, `${'x'.repeat(70_000)}\n${'ü'.repeat(70_000)}\n`, 3],
  ])('comes after what is there, and each version takes the place of the one before', (before, kept, number) => {
    writeFileSync(file, before);
    const line = openLastLine(file);
    for (const version of ['{"a":1}', '{"a":1,"b":"ü"}', '{}']) {
      line.save(version);
      expect(text()).toBe(`${kept}${version}\n`);
      expect(line.number).toBe(number);
    }
    line.close();
  });

  it('makes the file, but only with something in it to save', () => {
    const line = openLastLine(file);
    expect([text(), line.number]).toEqual(['', 0]);
    line.save('x');
    expect(text()).toBe('x\n');
    line.close();
  });

  it('leaves what others add, and comes again after it', () => {
    const [one, two] = [openLastLine(file), openLastLine(file)];
    one.save('one 1');
    two.save('two 1');
    two.save('two 1, 2');
    one.save('one 1, 2');
    appendFileSync(file, 'somebody');
    two.save('two 1, 2, 3');
    expect(text()).toBe('one 1\ntwo 1, 2\none 1, 2\nsomebody\ntwo 1, 2, 3\n');
    expect([one.number, two.number]).toEqual([3, 5]);
    one.close();
    two.close();
  });

  it('fails as the system does where there is no folder', () => {
    expect(() => openLastLine(join(folder, 'none', 'a.jsonl'))).toThrow(/ENOENT/);
  });
});
