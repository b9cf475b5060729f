import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readBytes, readChunks, readText, writeFilesWhole, writeFileWhole } from '../../src/io/files.ts';
import { temporaryFolder } from '../run/builders.ts';
import { buildSources } from './built.ts';

let built: ReturnType<typeof buildSources>;
beforeAll(() => {
  built = buildSources('files');
});
afterAll(() => built.remove());

describe('writing a file whole', () => {
  it('writes long texts whole, whatever character stands where a piece ends', async () => {
    using folder = temporaryFolder();
    for (const text of ['', `${'x'.repeat(128 * 1024 - 1)}😀é${'y'.repeat(128 * 1024)}`, '€'.repeat(300_000)]) {
      const path = join(folder.path, 'long.txt');
      await writeFileWhole(path, text);
      expect(readFileSync(path, 'utf8') === text).toBe(true);
    }
  });

  it('creates the folder, replaces the file and leaves nothing beside it', async () => {
    using folder = temporaryFolder();
    const path = join(folder.path, 'deep', 'report.md');
    await writeFileWhole(path, 'one');
    await writeFileWhole(path, new Uint8Array([0x74, 0x77, 0x6f]));
    expect(readFileSync(path, 'utf8')).toBe('two');
    expect(readdirSync(join(folder.path, 'deep'))).toEqual(['report.md']);
  });

  it('asks for a piece when the one before is on its way, and leaves the old file when one cannot be made', async () => {
    using folder = temporaryFolder();
    const path = join(folder.path, 'pieces.txt');
    function* pieces(until: number): Generator<string> {
      for (let i = 0; ; i++) {
        if (i === until) throw new TypeError('a bug');
        yield 'é'.repeat(i);
        if (i === 50) return;
      }
    }
    await writeFileWhole(path, pieces(-1));
    expect(readFileSync(path, 'utf8')).toBe('é'.repeat((50 * 51) / 2));
    const other = join(folder.path, 'other.txt');
    await expect(
      writeFilesWhole([
        { path, content: pieces(40) },
        { path: other, content: 'whole' },
      ]),
    ).rejects.toThrow(new TypeError('a bug'));
    expect(readFileSync(path, 'utf8')).toHaveLength((50 * 51) / 2);
    expect(readFileSync(other, 'utf8')).toBe('whole');
    expect(readdirSync(folder.path)).toEqual(['other.txt', 'pieces.txt']);
  });

  it('leaves the file that was there when the disk is full', () => {
    using folder = temporaryFolder();
    const path = join(folder.path, 'report.md');
    writeFileSync(path, 'old');
    const script = `import { writeFileWhole } from './${built.folder}/io/files.js';
      await writeFileWhole(process.env.TARGET, 'x'.repeat(300_000)).then(() => console.log('written'), (error) => console.log(error.code, error.exitCode));`;
    const { stdout } = spawnSync('bash', ['-c', 'ulimit -f 64; exec "$0" --input-type=module -e "$1"', process.execPath, script], {
      encoding: 'utf8',
      env: { ...process.env, TARGET: path },
    });
    expect(stdout.trim()).toBe('write-failed 3');
    expect(readFileSync(path, 'utf8')).toBe('old');
    expect(readdirSync(folder.path)).toEqual(['report.md']);
  });

  it('leaves nothing behind when the target is a folder', async () => {
    using folder = temporaryFolder();
    mkdirSync(join(folder.path, 'target', 'inside'), { recursive: true });
    await expect(writeFileWhole(join(folder.path, 'target'), 'x')).rejects.toMatchObject({ code: 'write-failed', exitCode: 3 });
    expect(readdirSync(folder.path)).toEqual(['target']);
  });
});

describe('reading', () => {
  it('never cuts a character, and drops a byte order mark', async () => {
    using folder = temporaryFolder();
    const path = join(folder.path, 'text');
    const text = `x${'größe 🎲 '.repeat(60_000)}`;
    writeFileSync(path, `\uFEFF${text}`);
    const chunks: string[] = [];
    for await (const chunk of readChunks(path)) chunks.push(chunk);
    expect(chunks.length).toBeGreaterThan(1);
    expect(chunks.join('') === text).toBe(true);
    expect((await readText(path, 10_000_000)) === text).toBe(true);
  });

  it('refuses a missing file, a folder, too many bytes and what is not UTF-8, by name', async () => {
    using folder = temporaryFolder();
    const path = join(folder.path, 'latin1');
    writeFileSync(path, Buffer.from([0x67, 0x72, 0xf6]));
    await expect(readText(path, 100)).rejects.toMatchObject({ code: 'file-not-utf8', message: expect.stringContaining(path) });
    await expect(readBytes(path, 2)).rejects.toMatchObject({ code: 'file-too-large' });
    expect(await readBytes(path, 3)).toHaveLength(3);
    await expect(readText(folder.path, 100)).rejects.toMatchObject({ code: 'file-unreadable' });
    await expect(readText(join(folder.path, 'none'), 100)).rejects.toMatchObject({ code: 'file-unreadable' });
  });

  it('gives nothing for an empty file', async () => {
    using folder = temporaryFolder();
    writeFileSync(join(folder.path, 'empty'), '');
    expect(await readText(join(folder.path, 'empty'), 1)).toBe('');
  });
});
