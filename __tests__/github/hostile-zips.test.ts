import { mkdtempSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { unzip } from '../../src/github/unzip.ts';
import { bombs, slips } from '../fixtures/hostile/zips.ts';
import { buildZip } from '../harness/zip-builder.ts';

/** A folder with a folder in it, where the archive is read to; everything below the outer one is compared. */
function makePlace(): { target: string; snapshot(): string[] } {
  const outer = mkdtempSync(join(tmpdir(), 'hostile-zip-'));
  const target = mkdtempSync(join(outer, 'private-'));
  const snapshot = () =>
    readdirSync(outer, { recursive: true, encoding: 'utf8' })
      .sort()
      .map((name) => (statSync(join(outer, name)).isFile() ? `${name}: ${readFileSync(join(outer, name), 'utf8').slice(0, 100)}` : name));
  return { target, snapshot };
}

const mebibyte = 1024 * 1024;

describe('T05 an archive with a name or a kind that leads elsewhere is refused and writes nothing', () => {
  it.each(Object.keys(slips))('%s', async (name) => {
    const { parts, refusal } = slips[name as keyof typeof slips] as (typeof slips)[string];
    const { target, snapshot } = makePlace();
    const before = snapshot();
    const reading = unzip(buildZip(parts), { files: { 'run.jsonl': join(target, 'log.jsonl') } });
    await expect(reading).rejects.toMatchObject({ code: 'archive-refused', message: expect.stringMatching(refusal) });
    expect(snapshot()).toEqual(before);
  });
});

describe('T06 an archive that lies about what it holds is refused, or read no further than what is asked for, in little memory', () => {
  it.each(Object.keys(bombs))('%s', async (name) => {
    const { parts, refusal } = bombs[name as keyof typeof bombs] as (typeof bombs)[string];
    const zip = buildZip(parts);
    const before = process.memoryUsage().rss;
    const reading = unzip(zip, { texts: ['run.jsonl'] });
    if (refusal) await expect(reading).rejects.toMatchObject({ code: 'archive-refused', message: expect.stringMatching(refusal) });
    else expect([...(await reading).texts.values()]).toEqual(parts.entries.length === 0 ? [] : ['{"type":"run"}\n']);
    expect((process.memoryUsage().rss - before) / mebibyte).toBeLessThan(64);
  });

  it('is refused wherever it was cut', async () => {
    const zip = buildZip({ entries: [{ name: 'run.jsonl', content: 'hello '.repeat(20) }] });
    for (let length = 0; length < zip.length; length++) {
      await expect(unzip(zip.subarray(0, length), { texts: ['run.jsonl'] })).rejects.toMatchObject({ code: 'archive-refused' });
    }
  });
});
