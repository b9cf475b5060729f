import { statSync } from 'node:fs';

/**
 * Whether there is a file or folder. `existsSync` says no as well when the disk fails or may not be asked, and what is taken for
 * absent is then written over. @throws the error of the file system, unless it says that there is nothing.
 */
export function isThere(path: string): boolean {
  try {
    return statSync(path, { throwIfNoEntry: false }) !== undefined;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOTDIR') return false;
    throw error;
  }
}
