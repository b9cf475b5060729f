import { fstatSync, readlinkSync, realpathSync, statSync } from 'node:fs';
import { basename, dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import { readBytesNow } from './files.ts';

export interface InsideOptions {
  maxBytes: number;
  /** Links may lead from one place in the folder to another; absent: there are none on the way. */
  followsLinks?: boolean;
}

/** Why a file of a folder is not read: it is elsewhere. */
export class OutsideError extends Error {
  constructor() {
    super('it is outside the folder');
    this.name = 'OutsideError';
  }
}

/**
 * The bytes of a file below a folder whose path, or whose folder, is in the hands of somebody else. What was opened is looked at, and
 * not what the path names a moment before or after: a link that is swapped meanwhile leads nowhere else. `folder` is its real path, found
 * before anybody could swap it.
 * @throws OutsideError; Error for a path with NUL; ToolError `file-unreadable`, `file-too-large`.
 */
export function readInside(folder: string, path: string, { maxBytes, followsLinks = false }: InsideOptions): Buffer {
  if (path.includes('\0')) throw new Error('the path holds a NUL character');
  const whole = resolve(folder, path);
  return readBytesNow(whole, maxBytes, {
    refusesLink: !followsLinks,
    look(fd) {
      const place = placeOf(fd, whole);
      const below = relative(folder, place);
      if (below === '' || isAbsolute(below) || below.split(sep)[0] === '..') throw new OutsideError();
      if (!followsLinks && place !== whole) throw new OutsideError();
    },
  });
}

/** The real path of a place, which need not be there yet. */
export function realPlace(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return dirname(path) === path ? path : join(realPlace(dirname(path)), basename(path));
  }
}

/** Where an open file lies. Without /proc it is where its path leads now, when that is the same file. */
function placeOf(fd: number, path: string): string {
  try {
    return readlinkSync(`/proc/self/fd/${fd}`).replace(/ \(deleted\)$/, '');
  } catch {
    const real = realpathSync(path);
    const [opened, named] = [fstatSync(fd, { bigint: true }), statSync(real, { bigint: true })];
    if (opened.dev !== named.dev || opened.ino !== named.ino) throw new OutsideError();
    return real;
  }
}
