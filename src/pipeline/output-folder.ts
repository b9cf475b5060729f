import { constants } from 'node:fs';
import { access, mkdir, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { messageOf, ToolError } from '../errors.ts';
import { shortDigest } from '../io/hash.ts';
import type { Shard } from '../records/run-log.ts';
import { isDeviceName } from '../systems/file-names.ts';

/** Bytes; file systems take 255. */
const longestName = 240;

/** A suite name as a folder name that every system takes: nothing in it can climb out. */
export function folderName(suite: string): string {
  const name = suite
    .replace(/[^\p{L}\p{N}._-]+/gu, '-')
    .replace(/^[.-]+/, '')
    .replace(/\.$/, '_');
  if (isDeviceName(name)) return `_${name}`;
  if (Buffer.byteLength(name) > longestName) return `${[...name].slice(0, 50).join('')}-${shortDigest(suite)}`;
  return name === '' ? 'suite' : name;
}

/** Where a shard of a run goes, in the suite's folder: `shard-2-of-8`. */
export function shardFolder({ index, count }: Shard): string {
  return `shard-${index}-of-${count}`;
}

/** Creates the folder before anything is asked, so that no answer is paid for and lost. @throws ToolError `output-unwritable`. */
export async function makeOutputFolder(folder: string): Promise<void> {
  try {
    await makeFolder(folder);
    await access(folder, constants.W_OK);
  } catch (error) {
    throw new ToolError({
      code: 'output-unwritable',
      message: `the output folder ${folder} cannot be written: ${messageOf(error)}`,
      remedy: 'choose another folder with --output; nothing was asked',
    });
  }
}

/** One folder after another: the recursive call of Node never returns on some file systems, such as /proc. */
async function makeFolder(folder: string): Promise<void> {
  const found = await stat(folder).catch(() => undefined);
  if (found?.isDirectory()) return;
  if (found) throw new Error(`${folder} is a file`);
  if (dirname(folder) !== folder) await makeFolder(dirname(folder));
  await mkdir(folder).catch(async (error: unknown) => {
    // Another process may have been faster.
    if (!(await stat(folder).catch(() => undefined))?.isDirectory()) throw error;
  });
}
