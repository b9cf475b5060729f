import { link, rename, unlink } from 'node:fs/promises';
import { dirname } from 'node:path';
import { syncFolder, temporaryPath } from './files.ts';

/**
 * Puts the file `by` in the place of `path`, whose content goes on as `kept`, over what was there. At every moment there is a whole
 * file at `path`: whoever dies here leaves the old one or the new one, and never none that a resume would take for a fresh start.
 * Without `kept` the old content goes away. Where the disk has no hard links, the old file has only the name `kept` for a moment.
 * @throws the error of the file system; both contents still have a name then.
 */
export async function replaceKeeping({ path, by, kept }: { path: string; by: string; kept?: string }): Promise<void> {
  if (kept !== undefined) await keep(path, kept);
  await rename(by, path);
  await syncFolder(dirname(path));
}

async function keep(path: string, kept: string): Promise<void> {
  const second = temporaryPath(kept);
  try {
    await link(path, second);
  } catch {
    await rename(path, kept);
    return;
  }
  await rename(second, kept);
  // Two names of one file: then the renaming did nothing, as POSIX wants it.
  await unlink(second).catch(() => {});
}
