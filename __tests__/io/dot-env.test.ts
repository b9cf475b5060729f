import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { readDotEnv } from '../../src/io/dot-env.ts';

it.each([
  ['plain', 'KEY=it is 1\n'],
  ['CRLF and double quotes', 'A=1\r\nKEY="it is 1"\r\n'],
  ['CR alone', 'A=1\rKEY=it is 1\r'],
  ['export, single quotes and a comment', "export KEY = 'it is 1'  # mine"],
  ['a byte order mark', '\ufeffKEY=it is 1'],
  ['UTF-16', Buffer.from('\ufeffKEY=it is 1\r\n', 'utf16le')],
  ['an earlier value', '#KEY=0\nKEY=0\nKEY=it is 1 # mine\n'],
])('a file .env with %s is read', (_, content) => {
  const folder = mkdtempSync(join(tmpdir(), 'dot-env-'));
  try {
    writeFileSync(join(folder, '.env'), content);
    expect(readDotEnv(folder, ['KEY'])).toEqual({ KEY: 'it is 1' });
  } finally {
    rmSync(folder, { recursive: true });
  }
});
