import { lstat, mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { temporaryPath } from './files.ts';
import { readInside, realPlace } from './inside.ts';

export interface CopyOptions {
  /** Files and folders at the top that stay behind, by name. */
  leavesOut?: (name: string) => boolean;
  /** Takes secrets out of text. A file that is no text and holds one stays behind. */
  hide?: (text: string) => string;
}

/** What did not come along, by path with `/`, and why. */
export type LeftBehind = readonly { path: string; why: string }[];

const maxFiles = 10_000;
const maxBytes = 64 * 1024 * 1024;

/**
 * Copies the files of a folder, which keep whether they can be executed, into another one. Links are not followed and stay behind, and so
 * does what is beyond 10,000 files or 64 MB. @throws Error when a folder or file cannot be read or written.
 */
export async function copyFolder(from: string, to: string, { leavesOut, hide }: CopyOptions = {}): Promise<LeftBehind> {
  const left: { path: string; why: string }[] = [];
  const root = realPlace(from);
  const room = { files: maxFiles, bytes: maxBytes };
  const copyInto = async (below: string): Promise<void> => {
    await mkdir(join(to, below), { recursive: true, mode: 0o700 });
    for (const name of (await readdir(join(from, below))).sort()) {
      if (below === '' && leavesOut?.(name)) continue;
      const path = below === '' ? name : `${below}/${name}`;
      const info = await lstat(join(from, path));
      if (info.isDirectory()) await copyInto(path);
      else if (!info.isFile()) left.push({ path, why: 'not a file' });
      else if (room.files === 0 || info.size > room.bytes)
        left.push({ path, why: `a folder may have ${maxFiles} files and ${maxBytes / 1024 / 1024} MB` });
      else {
        room.files -= 1;
        room.bytes -= info.size;
        if (!(await copyOne(root, path, { to: join(to, path), mode: info.mode, hide }))) left.push({ path, why: 'it holds a secret' });
      }
    }
  };
  await copyInto('');
  return left;
}

/** The same into a folder that is whole or absent at every moment; one that was there goes. */
export async function replaceFolder(from: string, to: string, options: CopyOptions): Promise<LeftBehind> {
  const temporary = temporaryPath(to);
  await mkdir(dirname(to), { recursive: true });
  try {
    const left = await copyFolder(from, temporary, options);
    await rm(to, { recursive: true, force: true });
    await rename(temporary, to);
    return left;
  } catch (error) {
    await rm(temporary, { recursive: true, force: true }).catch(() => {});
    throw error;
  }
}

/** False for a file that cannot be copied without the secret in it. Whoever owns the folder may have swapped the file for a link by now. */
async function copyOne(from: string, path: string, { to, mode, hide }: { to: string; mode: number; hide: CopyOptions['hide'] }): Promise<boolean> {
  const bytes = readInside(from, path, { maxBytes });
  const text = hide && textIn(bytes);
  const shown = text === undefined ? undefined : hide?.(text);
  const latin1 = hide && text === undefined ? bytes.toString('latin1') : '';
  if (hide && text === undefined && hide(latin1) !== latin1) return false;
  await writeFile(to, shown === undefined || shown === text ? bytes : shown, { mode: hide ? mode & 0o700 : mode & 0o777 });
  return true;
}

function textIn(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}
