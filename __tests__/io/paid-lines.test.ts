import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openPaidLines, readPaidLines } from '../../src/io/paid-lines.ts';
import * as z from '../../src/records/schema.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'paid-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const fileAt = (path: string) => ({
  path,
  header: z.looseObject({ of: z.string() }),
  record: z.looseObject({ text: z.string() }),
  isWanted: () => true,
});

describe('lines that were paid for', () => {
  it('are read back, long ones too, without what a crash cut', async () => {
    const path = join(folder, 'lines.jsonl');
    const texts = ['a', 'é'.repeat(400_000), 'b'];
    writeFileSync(path, [{ of: 'x' }, ...texts.map((text) => ({ text }))].map((line) => `${JSON.stringify(line)}\n`).join(''));
    const whole = readFileSync(path, 'utf8');
    writeFileSync(path, `${whole}{"text": "cu`);
    expect((await readPaidLines(fileAt(path)))?.map(({ text }) => text)).toEqual(texts);
    const lines = await openPaidLines(fileAt(path), { of: 'x' });
    lines.append({ text: 'c' });
    lines.close();
    expect(readFileSync(path, 'utf8')).toBe(`${whole}{"text":"c"}\n`);
  });

  it('are refused where one has no end, before all of it is read', async () => {
    const path = join(folder, 'lines.jsonl');
    writeFileSync(path, `{"of":"x"}\n${'x'.repeat(17 * 1024 * 1024)}`);
    await expect(readPaidLines(fileAt(path))).rejects.toMatchObject({ code: 'judgements-invalid', message: expect.stringContaining('16777216') });
  });

  it('that cannot be written are an error with a remedy', async () => {
    writeFileSync(join(folder, 'file'), '');
    await expect(openPaidLines(fileAt(join(folder, 'file', 'lines.jsonl')), { of: 'x' })).rejects.toMatchObject({ code: 'journal-write-failed' });
  });
});
