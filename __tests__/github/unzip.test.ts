import { mkdtemp, readdir, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { unzip } from '../../src/github/unzip.ts';
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
    await expect(unzip(secret, { texts: ['run.jsonl'] })).rejects.toThrow(/encrypted/);
  });

  it('refuses what is no archive, and keeps a file that is already there', async () => {
    await expect(unzip(Buffer.from('not a zip'), {})).rejects.toMatchObject({ code: 'archive-refused' });
    const path = join(await folder(), 'log.jsonl');
    await unzip(makeZip([good]), { files: { 'run.jsonl': path } });
    await expect(unzip(makeZip([good]), { files: { 'run.jsonl': path } })).rejects.toMatchObject({ code: 'archive-refused' });
  });
});
