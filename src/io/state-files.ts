import { lstat, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { messageOf } from '../errors.ts';
import { isStateFile } from '../systems/benchkit/final-state.ts';
import { readTextUpTo } from './files.ts';

/** Bytes of all state files of a slot: the state is part of the run log. */
const maxBytes = 4 * 1024 * 1024;

/** The texts of the `*.jsonl` files at the top of a folder by name, and why others could not be read. Links are not followed. */
export async function readStateFiles(folder: string): Promise<{ files: Record<string, string>; problems: Record<string, string> }> {
  const files: [string, string][] = [];
  const problems: [string, string][] = [];
  let left = maxBytes;
  for (const name of (await readdir(folder).catch(() => [])).filter(isStateFile).sort()) {
    try {
      if (!(await lstat(join(folder, name))).isFile()) throw new Error('it is not a file');
      const text = await readTextUpTo(join(folder, name), left);
      if (text === undefined) throw new Error(`the *.jsonl files have more than ${maxBytes} bytes together`);
      left -= Buffer.byteLength(text);
      files.push([name, text]);
    } catch (error) {
      problems.push([name, messageOf(error)]);
    }
  }
  return { files: Object.fromEntries(files), problems: Object.fromEntries(problems) };
}
