import { mkdtemp, readdir, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { unzip } from '../../src/github/unzip.ts';
import { buildZip, unixMode, type ZipEntry } from '../harness/zip-builder.ts';
import { makeZip } from './stand-in/zip.ts';

const folder = () => mkdtemp(join(tmpdir(), 'unzip-'));
const good = { name: 'run.jsonl', content: '{"type":"run"}\n' };

/** Changes the external attributes or the flags of the first entry of the central directory. */
function patched(zip: Buffer, change: (zip: Buffer, central: number) => void): Buffer {
  const central = zip.indexOf(Buffer.from('PK\x01\x02', 'latin1'));
  change(zip, central);
  return zip;
}

describe('unzip', () => {
  it('reads the named entries and leaves every other one', async () => {
    const dir = await folder();
    const path = join(dir, 'log.jsonl');
    const zip = makeZip([good, { name: 'assessment.json', content: '{"a":"ü"}' }, { name: 'other.txt', content: 'x' }]);
    const { texts, files } = await unzip(zip, { texts: ['assessment.json', 'absent'], files: { 'run.jsonl': path } });
    expect([...texts]).toEqual([['assessment.json', '{"a":"ü"}']]);
    expect([...files]).toEqual(['run.jsonl']);
    expect(await readFile(path, 'utf8')).toBe(good.content);
    expect(await readdir(dir)).toEqual(['log.jsonl']);
  });

  it('reads what packers on Unix make, folders and other orders of the directory too', async () => {
    const unix = (mode: number) => ({ madeBy: 0x0314, attributes: unixMode(mode) });
    const second = 30 + 'a.jsonl'.length + good.content.length;
    const entries = [
      { name: 'a.jsonl', content: good.content, method: 0, offset: second, ...unix(0o100644) },
      { name: 'b.jsonl', content: good.content, method: 0, offset: 0, ...unix(0o100600) },
      { name: 'folder/', ...unix(0o040755) },
    ];
    const { texts } = await unzip(buildZip({ entries }), { texts: ['a.jsonl', 'b.jsonl'] });
    expect([...texts.values()]).toEqual([good.content, good.content]);
  });

  it('refuses nothing that is as large as it may be, and all that is larger by one', async () => {
    const read = (...entries: ZipEntry[]) => unzip(buildZip({ entries }), { texts: ['run.jsonl'] }).then(({ texts }) => texts.size);
    const ten = 10 * 1024 * 1024;
    const many = (count: number) => Array.from({ length: count }, (_, n) => ({ name: `f${n}` }));
    expect(await read(good, ...many(63))).toBe(1);
    await expect(read(good, ...many(64))).rejects.toThrow('65 entries, more than 64');
    expect(await read(good, { name: 'small', size: ten })).toBe(1);
    await expect(read(good, { name: 'small', size: ten + 1 })).rejects.toThrow('"small": is packed too tightly');
    expect(await read(good, { name: 'dense', size: 60_000 * 200, packedSize: 60_000 })).toBe(1);
    await expect(read(good, { name: 'dense', size: 60_000 * 200 + 1, packedSize: 60_000 })).rejects.toThrow('packed too tightly');
    const eights = many(32).map((entry) => ({ ...entry, size: 8 * 1024 * 1024 }));
    expect(await read(...eights)).toBe(0);
    await expect(read(good, ...eights)).rejects.toThrow('more than 268435456 bytes');
    const text = (size: number) => read({ ...good, size, packedSize: 400_000 });
    await expect(text(64 * 1024 * 1024)).rejects.not.toThrow('larger than');
    await expect(text(64 * 1024 * 1024 + 1)).rejects.toThrow('"run.jsonl" is larger than 67108864 bytes');
  });

  it('refuses a text that is not UTF-8, and shows no more of a name than fits a line', async () => {
    await expect(unzip(makeZip([{ name: 'a', content: Buffer.from([0x61, 0xff]) }]), { texts: ['a'] })).rejects.toMatchObject({
      code: 'archive-refused',
      remedy: expect.stringContaining('delete the artifact'),
    });
    for (const [start, why] of [
      ['../', 'the artifact archive is refused: invalid relative path: ../nnn'],
      ['\n', 'the artifact archive is refused: "\\nnnn'],
    ]) {
      const refused: Error = await unzip(makeZip([{ name: start + 'n'.repeat(60_000), content: '' }]), {}).catch((error) => error);
      expect(refused.message).toContain(why);
      expect(refused.message.length).toBeLessThan(250);
    }
  });

  it.each(['../evil', 'x/../../evil', '/etc/passwd', 'C:/evil', 'a\\b', 'a\u0000b', 'x/..'])('refuses an archive with the entry %j', async (name) => {
    await expect(unzip(makeZip([good, { name, content: 'x' }]), { texts: ['run.jsonl'] })).rejects.toMatchObject({ code: 'archive-refused' });
  });

  it('refuses duplicates, also by case', async () => {
    await expect(unzip(makeZip([good, good]), {})).rejects.toMatchObject({ code: 'archive-refused' });
    await expect(unzip(makeZip([good, { name: 'RUN.jsonl', content: '' }]), {})).rejects.toMatchObject({ code: 'archive-refused' });
  });

  it('refuses bombs, many entries and lying sizes', async () => {
    const bomb = makeZip([{ name: 'run.jsonl', content: Buffer.alloc(20 * 1024 * 1024) }]);
    await expect(unzip(bomb, { texts: ['run.jsonl'] })).rejects.toThrow(/packed too tightly/);
    const many = makeZip(Array.from({ length: 65 }, (_, n) => ({ name: `f${n}`, content: '' })));
    await expect(unzip(many, {})).rejects.toThrow(/65 entries/);
    const lying = makeZip([{ name: 'run.jsonl', content: 'x'.repeat(5000), claimedSize: 10 }]);
    await expect(unzip(lying, { texts: ['run.jsonl'] })).rejects.toMatchObject({ code: 'archive-refused' });
    const huge = makeZip([{ name: 'run.jsonl', content: 'x', claimedSize: 0xffff0000 }]);
    await expect(unzip(huge, { texts: ['run.jsonl'] })).rejects.toMatchObject({ code: 'archive-refused' });
  });

  it('refuses symbolic links and encrypted entries', async () => {
    const link = patched(makeZip([good]), (zip, at) => {
      zip.writeUInt16LE(0x0314, at + 4);
      zip.writeUInt32LE(((0o120777 << 16) >>> 0) as number, at + 38);
    });
    await expect(unzip(link, { texts: ['run.jsonl'] })).rejects.toThrow(/not a plain file/);
    const secret = patched(makeZip([good]), (zip, at) => zip.writeUInt16LE(0x0801, at + 8));
    for (const texts of [['run.jsonl'], []]) await expect(unzip(secret, { texts })).rejects.toThrow('"run.jsonl": is encrypted');
  });

  it('refuses what is no archive, and keeps a file that is already there', async () => {
    await expect(unzip(Buffer.from('not a zip'), {})).rejects.toMatchObject({ code: 'archive-refused' });
    const path = join(await folder(), 'log.jsonl');
    await unzip(makeZip([{ name: 'other', content: 'x' }, good]), { files: { 'run.jsonl': path } });
    await expect(unzip(makeZip([good]), { files: { 'run.jsonl': path } })).rejects.toMatchObject({ code: 'archive-refused' });
    expect(await readFile(path, 'utf8')).toBe(good.content);
  });
});
