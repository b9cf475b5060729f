import {
  appendFileSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
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
  ])('comes after what is there, and each version takes the place of the one before', async (before, kept, number) => {
    writeFileSync(file, before);
    const line = openLastLine(file);
    for (const version of ['{"a":1}', '{"a":1,"b":"ü"}', '{}']) {
      await line.save(version);
      expect(text()).toBe(`${kept}${version}\n`);
      expect(line.number).toBe(number);
    }
  });

  it('makes file and folder, but only for something to save', async () => {
    const path = join(folder, 'new', 'a.jsonl');
    const line = openLastLine(path);
    expect([readdirSync(folder), line.number]).toEqual([[], 0]);
    await line.save('x');
    expect(readFileSync(path, 'utf8')).toBe('x\n');
  });

  it('leaves what others add, and bytes that are no text', async () => {
    writeFileSync(file, Buffer.from([0xff, 10]));
    const [one, two] = [openLastLine(file), openLastLine(file)];
    await one.save('one 1');
    await two.save('two 1');
    await two.save('two 1, 2');
    await one.save('one 1, 2');
    appendFileSync(file, 'somebody');
    await two.save('two 1, 2, 3');
    expect(readFileSync(file)).toEqual(Buffer.concat([Buffer.from([0xff]), Buffer.from('\none 1, 2\ntwo 1, 2, 3\nsomebody')]));
    expect([one.number, two.number]).toEqual([2, 3]);
  });

  it('is added anew where somebody has changed it, and found in a file that was put in its place', async () => {
    const line = openLastLine(file);
    await line.save('mine');
    writeFileSync(join(folder, 'b'), 'a\nmine\n');
    renameSync(join(folder, 'b'), file);
    await line.save('mine 2');
    expect([text(), line.number]).toEqual(['a\nmine 2\n', 2]);
    writeFileSync(file, 'not mine 2\n');
    await line.save('mine 3');
    expect([text(), line.number]).toEqual(['not mine 2\nmine 3\n', 2]);
    rmSync(file);
    await line.save('mine 4');
    expect(text()).toBe('mine 4\n');
  });

  it('is written where a link leads', async () => {
    writeFileSync(join(folder, 'target'), 'a\n');
    symlinkSync(join(folder, 'target'), file);
    await openLastLine(file).save('b');
    expect([lstatSync(file).isSymbolicLink(), readFileSync(join(folder, 'target'), 'utf8')]).toEqual([true, 'a\nb\n']);
  });

  it('fails where the file is a folder, and leaves nothing behind', async () => {
    mkdirSync(file);
    await expect(openLastLine(file).save('a')).rejects.toThrow(/EISDIR/);
    expect(readdirSync(folder)).toEqual(['a.jsonl']);
  });
});
