import { fstatSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openPaidLines, readPaidLines } from '../../src/io/paid-lines.ts';
import * as z from '../../src/records/schema.ts';
import { failingFs, openedFs } from './failing-fs.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'paid-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const fileAt = (path: string) => ({
  path,
  header: z.looseObject({ of: z.string() }),
  record: z.looseObject({ text: z.string() }),
  isWanted: ({ of }: { of: string }) => of === 'x',
});
const add = async (path: string, ...texts: string[]) => {
  const lines = await openPaidLines(fileAt(path), { of: 'x' });
  for (const text of texts) lines.append({ text });
  lines.close();
  return lines.records.map(({ text }) => text);
};

describe('lines that were paid for', () => {
  it('are read back, long ones too, without what a crash cut', async () => {
    const path = join(folder, 'lines.jsonl');
    const texts = ['a', 'é'.repeat(400_000), 'b'];
    writeFileSync(path, [{ of: 'x' }, ...texts.map((text) => ({ text }))].map((line) => `${JSON.stringify(line)}\n`).join(''));
    const whole = readFileSync(path, 'utf8');
    writeFileSync(path, `${whole}{"text": "cut in the middle`);
    expect((await readPaidLines(fileAt(path)))?.map(({ text }) => text)).toEqual(texts);
    const lines = await openPaidLines(fileAt(path), { of: 'x' });
    lines.append({ text: 'c' });
    lines.close();
    expect(readFileSync(path, 'utf8')).toBe(`${whole}{"text":"c"}\n`);
  });

  it('are added to those of earlier sessions, in a new folder too, each in the file when it was added', async () => {
    const path = join(folder, 'new', 'lines.jsonl');
    expect(await readPaidLines(fileAt(path))).toBeUndefined();
    const lines = await openPaidLines(fileAt(path), { of: 'x' });
    expect(readFileSync(path, 'utf8')).toBe('{"of":"x"}\n');
    lines.append({ text: 'a' });
    expect(readFileSync(path, 'utf8')).toBe('{"of":"x"}\n{"text":"a"}\n');
    await expect(openPaidLines(fileAt(path), { of: 'x' })).rejects.toMatchObject({ code: 'run-in-use' });
    lines.close();
    expect(await add(path, 'b')).toEqual(['a', 'b']);
    expect(await readPaidLines(fileAt(path))).toEqual([{ text: 'a' }, { text: 'b' }]);
  });

  it('begin anew where a crash left not even the first one', async () => {
    const path = join(folder, 'lines.jsonl');
    for (const rest of ['', '{"of":"']) {
      writeFileSync(path, rest);
      expect(await readPaidLines(fileAt(path))).toBeUndefined();
      expect(await add(path, 'a')).toEqual(['a']);
      expect(readFileSync(path, 'utf8')).toBe('{"of":"x"}\n{"text":"a"}\n');
    }
    expect(readdirSync(folder)).toEqual(['lines.jsonl']);
  });

  it('make room for others where they are about something else, and are kept', async () => {
    const runs = join(folder, 'runs.jsonl.d');
    mkdirSync(runs);
    const path = join(runs, 'lines.jsonl');
    const other = '{"of":"y"}\n{"what":"ever"}\n';
    writeFileSync(path, other);
    expect(await readPaidLines(fileAt(path))).toBeUndefined();
    expect(await add(path, 'a')).toEqual(['a']);
    expect(readdirSync(runs).sort()).toEqual(['lines.jsonl', 'lines.previous.jsonl']);
    expect(readFileSync(join(runs, 'lines.previous.jsonl'), 'utf8')).toBe(other);
  });

  it.each([
    ['{"of":"x"}\nnot JSON\n{"text":"b"}\n', 'line 2: '],
    ['{"of":"x"}\n{"text":"a"}\n{"words":"b"}\n', 'line 3: '],
    ['{"for":"x"}\n', 'line 1: '],
  ])('that were edited are refused, named by their number, and left as they are: %j', async (content, line) => {
    const path = join(folder, 'lines.jsonl');
    writeFileSync(path, content);
    const refused = {
      code: 'judgements-invalid',
      message: expect.stringContaining(`${path}, ${line}`),
      remedy: expect.stringContaining('move it away'),
    };
    await expect(readPaidLines(fileAt(path))).rejects.toMatchObject(refused);
    await expect(openPaidLines(fileAt(path), { of: 'x' })).rejects.toMatchObject(refused);
    expect(readFileSync(path, 'utf8')).toBe(content);
    expect(readdirSync(folder)).toEqual(['lines.jsonl']);
  });

  it('say so when the disk is full, take no more, and are found again without what failed', async () => {
    const path = join(folder, 'lines.jsonl');
    const lines = await openPaidLines(fileAt(path), { of: 'x' });
    lines.append({ text: 'a' });
    {
      using _ = failingFs('writeSync', 'ENOSPC');
      expect(() => lines.append({ text: 'b' })).toThrow(expect.objectContaining({ code: 'journal-write-failed' }));
    }
    expect(() => lines.append({ text: 'c' })).toThrow(expect.objectContaining({ code: 'journal-write-failed' }));
    expect(lines.records).toEqual([{ text: 'a' }]);
    {
      // Who closes is told nothing new.
      using _ = failingFs('fdatasyncSync', 'ENOSPC');
      lines.close();
    }
    expect(await add(path, 'd')).toEqual(['a', 'd']);
  });

  it('are synced when they are closed, and let the file go even where that fails', async () => {
    const path = join(folder, 'lines.jsonl');
    using opened = openedFs();
    const lines = await openPaidLines(fileAt(path), { of: 'x' });
    {
      using _ = failingFs('fdatasyncSync', 'EIO');
      expect(() => lines.close()).toThrow('EIO');
    }
    for (const fd of opened.fds) expect(() => fstatSync(fd)).toThrow('EBADF');
    expect(await add(path, 'a')).toEqual(['a']);
  });

  it('are refused where one has no end, before all of it is read', async () => {
    const path = join(folder, 'lines.jsonl');
    writeFileSync(path, `{"of":"x"}\n${'x'.repeat(17 * 1024 * 1024)}`);
    await expect(readPaidLines(fileAt(path))).rejects.toMatchObject({ code: 'judgements-invalid', message: expect.stringContaining('16777216') });
  });

  it('that cannot be written are an error with a remedy', async () => {
    writeFileSync(join(folder, 'file'), '');
    await expect(openPaidLines(fileAt(join(folder, 'file', 'lines.jsonl')), { of: 'x' })).rejects.toMatchObject({ code: 'journal-write-failed' });
    using _ = failingFs('writeSync', 'ENOSPC');
    await expect(openPaidLines(fileAt(join(folder, 'lines.jsonl')), { of: 'x' })).rejects.toMatchObject({ code: 'journal-write-failed' });
    expect(readdirSync(folder)).not.toContain('lines.jsonl.lock');
  });
});
