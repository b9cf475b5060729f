import { closeSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createLineWriter, writeAll, writeFailed } from '../../src/io/line-writer.ts';
import { temporaryFolder } from '../run/builders.ts';
import { failingFs, replacedFs } from './failing-fs.ts';

let folder: ReturnType<typeof temporaryFolder>;
let path: string;
let fd: number;
beforeEach(() => {
  folder = temporaryFolder();
  path = join(folder.path, 'lines');
  writeFileSync(path, 'old\ntorn');
  fd = openSync(path, 'r+');
});
afterEach(() => {
  closeSync(fd);
  folder[Symbol.dispose]();
});

const content = () => readFileSync(path, 'utf8');
const turn = () => new Promise((resolve) => setImmediate(resolve));

describe('a line writer', () => {
  it('goes on behind the bytes that it was told of, whatever their characters', () => {
    const writer = createLineWriter({ fd, path, size: 4 });
    writer.write('größe\n');
    writer.write('🎲\n');
    expect(content()).toBe('old\ngröße\n🎲\n');
    expect(writer.failure).toBeUndefined();
  });

  it('writes what it holds before what comes next, or when asked', () => {
    const writer = createLineWriter({ fd, path, size: 4 });
    writer.hold('a\n');
    writer.hold('b\n');
    expect(content()).toBe('old\ntorn');
    writer.write('c\n');
    expect(content()).toBe('old\na\nb\nc\n');
    writer.hold('d\n');
    writer.writeHeld();
    writer.writeHeld();
    expect(content()).toBe('old\na\nb\nc\nd\n');
  });

  it('makes one write of all that comes in a turn, and says when it is done', async () => {
    const writer = createLineWriter({ fd, path, size: 4 });
    writer.hold('a\n');
    let writes = 0;
    using _ = replacedFs('writeSync', (real) => (...args) => {
      writes++;
      return real(...args);
    });
    const first = writer.writeSoon('b\n');
    expect(writer.writeSoon('c\n')).toBe(first);
    expect(content()).toBe('old\ntorn');
    await first;
    expect(content()).toBe('old\na\nb\nc\n');
    expect(writes).toBe(1);
    await writer.writeSoon('d\n');
    expect(content()).toBe('old\na\nb\nc\nd\n');
  });

  it('writes what was to come soon with what cannot wait, in order and once', async () => {
    const writer = createLineWriter({ fd, path, size: 4 });
    const soon = writer.writeSoon('a\n');
    writer.write('b\n');
    expect(content()).toBe('old\na\nb\n');
    await soon;
    await turn();
    expect(content()).toBe('old\na\nb\n');
  });
});

describe('a line writer whose disk fails', () => {
  it('says so to whoever writes and to whoever waits, and writes nothing more, even where there is room again', async () => {
    const writer = createLineWriter({ fd, path, size: 4 });
    const soon = writer.writeSoon('a\n');
    {
      using _ = failingFs('writeSync', 'ENOSPC');
      expect(() => writer.write('b\n')).toThrow(expect.objectContaining({ code: 'journal-write-failed', exitCode: 3 }));
    }
    await expect(soon).rejects.toBe(writer.failure);
    expect(() => writer.write('c\n')).toThrow(writer.failure);
    expect(() => writer.writeHeld()).toThrow(writer.failure);
    await expect(writer.writeSoon('d\n')).rejects.toBe(writer.failure);
    expect(content()).toBe('old\n');
  });

  it('is one known error too where nobody waits', () => {
    const full = createLineWriter({ fd, path, size: 4 });
    using _ = failingFs('writeSync', 'ENOSPC');
    expect(() => full.write('a\n')).toThrow(expect.objectContaining({ code: 'journal-write-failed' }));
    expect(createLineWriter({ fd, path, size: 4 }).fail(new Error('no sync'))).toMatchObject({ code: 'journal-write-failed' });
  });

  it('tells whoever waits for a turn, and nobody else', async () => {
    const writer = createLineWriter({ fd, path, size: 4 });
    const soon = writer.writeSoon('a\n');
    {
      using _ = failingFs('writeSync', 'EIO');
      await turn();
    }
    expect(writer.failure?.message).toBe(`${path} could not be written: EIO: the disk failed`);
    await expect(soon).rejects.toBe(writer.failure);
    // Not an unhandled rejection.
    void writer.writeSoon('b\n');
    await turn();
  });

  it('ends with the first failure that it is told of, for those who wait too', async () => {
    const writer = createLineWriter({ fd, path, size: 4 });
    const soon = writer.writeSoon('a\n');
    const first = writer.fail(new Error('no sync'));
    expect(writer.fail(new Error('another'))).toBe(first);
    expect(writer.failure).toBe(first);
    await expect(soon).rejects.toBe(first);
    await turn();
    expect(content()).toBe('old\ntorn');
  });
});

describe('writeAll', () => {
  it('goes on after a write that was short', () => {
    using _ = replacedFs(
      'writeSync',
      (real) => (file, bytes, offset, length, position) => real(file, bytes, offset, Math.min(3, Number(length)), position),
    );
    expect(writeAll(fd, 'größe 🎲\n', 4)).toBe(13);
    expect(content()).toBe('old\ngröße 🎲\n');
    expect(writeAll(fd, '', 4)).toBe(0);
  });

  it('leaves no half of a line when the disk is full in its middle', () => {
    let calls = 0;
    using _ = replacedFs('writeSync', (real) => (file, bytes, offset, _length, position) => {
      if (++calls > 1) throw new Error('full');
      return real(file, bytes, offset, 2, position);
    });
    expect(() => writeAll(fd, 'a whole line\n', 4)).toThrow('full');
    expect(content()).toBe('old\n');
  });

  it('throws the error of the write where not even that can be undone', () => {
    using _write = failingFs('writeSync', 'EIO');
    using _truncate = failingFs('ftruncateSync', 'EROFS');
    expect(() => writeAll(fd, 'x', 4)).toThrow('EIO');
  });
});

it('names the file, the reason and what to do, whatever was thrown', () => {
  const cause = new Error('no space left');
  const error = writeFailed('out/run.jsonl', cause);
  expect(error).toMatchObject({ code: 'journal-write-failed', exitCode: 3, message: 'out/run.jsonl could not be written: no space left', cause });
  expect(error.remedy).toContain('--resume');
});
