import { lstat, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { messageOf, ToolError } from '../errors.ts';
import { isStateFile } from '../systems/benchkit/final-state.ts';
import { readInside, realPlace } from './inside.ts';

/** Bytes of all state files of a slot: the state is part of the run log. */
const maxBytes = 4 * 1024 * 1024;

/** The texts of the `*.jsonl` files at the top of a folder by name, and why others could not be read. Links are not followed. */
export async function readStateFiles(folder: string): Promise<{ files: Record<string, string>; problems: Record<string, string> }> {
  const files: [string, string][] = [];
  const problems: [string, string][] = [];
  let left = maxBytes;
  const root = realPlace(folder);
  for (const name of (await readdir(folder).catch(() => [])).filter(isStateFile).sort()) {
    try {
      if (!(await lstat(join(folder, name))).isFile()) throw new Error('it is not a file');
      const text = textIn(root, name, left);
      left -= Buffer.byteLength(text);
      files.push([name, text]);
    } catch (error) {
      problems.push([name, messageOf(error)]);
    }
  }
  return { files: Object.fromEntries(files), problems: Object.fromEntries(problems) };
}

function textIn(folder: string, name: string, left: number): string {
  try {
    return readInside(folder, name, { maxBytes: left }).toString('utf8');
  } catch (error) {
    if (error instanceof ToolError && error.code === 'file-too-large') throw new Error(`the *.jsonl files have more than ${maxBytes} bytes together`);
    throw error;
  }
}
