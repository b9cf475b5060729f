import { randomUUID } from 'node:crypto';
import { linkSync, readFileSync, readlinkSync, rmSync, statSync, unlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { setTimeout as wait } from 'node:timers/promises';
import { ToolError } from '../errors.ts';

/** Held until released; the process's death releases it too, because the next one sees that its owner is gone. */
export interface FileLock {
  release(): void;
}

export interface LockTimes {
  /** How often the owner shows that it lives. */
  beatMs?: number;
  /** How long one of another machine or container may show nothing. */
  watchMs?: number;
}

/**
 * Takes an exclusive lock: a file beside `path` that names this process, when it started and where it runs, so that a process
 * id that was used again does not count as its owner. A lock whose owner is gone is taken over. Nobody can ask for a process
 * of another machine or container: such an owner counts as gone when it has not touched the lock for a while.
 * @throws ToolError `run-in-use` when another process, or this one, holds it.
 */
export async function lockFile(path: string, { beatMs = 2000, watchMs = 15_000 }: LockTimes = {}): Promise<FileLock> {
  const lockPath = `${path}.lock`;
  for (let tries = 0; tries < 10; tries++) {
    const lock = tryLock(lockPath);
    if (lock) return beating(lock, lockPath, beatMs);
    const owner = readOwner(lockPath);
    if (owner === undefined) continue;
    const isElsewhere = owner.place !== '' && owner.place !== ownPlace();
    if (isElsewhere ? await isTouched(lockPath, watchMs) : isHeld(lockPath, owner)) throw inUse(path, lockPath, owner, isElsewhere);
    removeStale(lockPath, owner);
  }
  throw inUse(path, lockPath, undefined);
}

/** Only a change counts, never the time itself: the clocks of two machines differ. */
async function isTouched(lockPath: string, watchMs: number): Promise<boolean> {
  const first = touchedAt(lockPath);
  for (let waitedMs = 0; waitedMs < watchMs; waitedMs += watchMs / 30) {
    await wait(watchMs / 30);
    const now = touchedAt(lockPath);
    if (now !== first) return now !== undefined;
  }
  return false;
}

function touchedAt(lockPath: string): number | undefined {
  return statSync(lockPath, { throwIfNoEntry: false })?.mtimeMs;
}

function beating(lock: FileLock, lockPath: string, beatMs: number): FileLock {
  const timer = setInterval(() => {
    try {
      utimesSync(lockPath, new Date(), new Date());
    } catch {
      // Somebody has removed it by hand: it is not there to be shown.
    }
  }, beatMs).unref();
  return {
    release() {
      clearInterval(timer);
      lock.release();
    },
  };
}

interface Owner {
  pid: number;
  /** When the process started, as the system counts; empty where that is not known. */
  started: string;
  /** Machine and container; empty in locks of older versions. */
  place: string;
}

/** Processes of one place can ask for each other. A container has a process namespace of its own, and mostly a host name too. */
function ownPlace(): string {
  let namespace = '';
  try {
    namespace = readlinkSync('/proc/self/ns/pid');
  } catch {
    // No such thing on this system.
  }
  return `${hostname()} ${namespace}`.replaceAll(/[^\w.:[\] -]/g, '_').slice(0, maxPlace);
}

const maxPlace = 300;

/** A link appears with its content: nobody can see a lock that is still being written. */
function tryLock(lockPath: string): FileLock | undefined {
  const owner: Owner = { pid: process.pid, started: startOf(process.pid), place: ownPlace() };
  const content = JSON.stringify(owner);
  const own = `${lockPath}.${randomUUID().slice(0, 8)}`;
  try {
    writeFileSync(own, content, { flag: 'wx' });
  } catch (error) {
    // Of a full disk the file is there, and empty.
    rmSync(own, { force: true });
    throw error;
  }
  try {
    linkSync(own, lockPath);
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return undefined;
    if (!createWithoutLink(lockPath, content)) return undefined;
  } finally {
    unlinkSync(own);
  }
  return { release: () => removeIf(lockPath, owner) };
}

/** For disks without hard links. */
function createWithoutLink(lockPath: string, content: string): boolean {
  try {
    writeFileSync(lockPath, content, { flag: 'wx' });
    return true;
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false;
    throw error;
  }
}

/**
 * Two processes may find the same stale lock. Only the holder of a second lock, named after the stale owner, removes
 * it, and only after it has seen that the owner is still that one; so a fresh lock is never removed.
 */
function removeStale(lockPath: string, owner: Owner): void {
  const claimPath = `${lockPath}.${owner.pid}-${owner.started || 'x'}`;
  const claim = tryLock(claimPath);
  if (!claim) {
    const claimant = readOwner(claimPath);
    if (claimant !== undefined && !isHeld(claimPath, claimant)) removeStale(claimPath, claimant);
    return;
  }
  try {
    removeIf(lockPath, owner);
  } finally {
    claim.release();
  }
}

function removeIf(lockPath: string, owner: Owner): void {
  const current = readOwner(lockPath);
  if (current?.pid !== owner.pid || current.started !== owner.started || current.place !== owner.place) return;
  try {
    unlinkSync(lockPath);
  } catch {
    // Gone already.
  }
}

/** A lock without a readable owner, such as after a power loss. */
const nobody: Owner = { pid: 0, started: '', place: '' };

function readOwner(lockPath: string): Owner | undefined {
  let text: string;
  try {
    text = readFileSync(lockPath, 'utf8');
  } catch {
    return undefined;
  }
  const match = /^\{"pid":(\d{1,10}),"started":"(\d*)"(?:,"place":"([\w.:[\] -]*)")?\}$/.exec(text);
  return match ? { pid: Number(match[1]), started: match[2] ?? '', place: match[3] ?? '' } : nobody;
}

/** Where a lock cannot be made whole at once, its owner may still be writing it. */
const beingWrittenMs = 10_000;

function isHeld(lockPath: string, owner: Owner): boolean {
  if (owner.pid === nobody.pid) return Date.now() - (statSync(lockPath, { throwIfNoEntry: false })?.mtimeMs ?? 0) < beingWrittenMs;
  try {
    process.kill(owner.pid, 0);
  } catch (error) {
    if (codeOf(error) === 'ESRCH') return false;
  }
  const started = startOf(owner.pid);
  return started === '' || owner.started === '' || started === owner.started;
}

/** Field 22 of /proc/pid/stat, https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html; the name before it may hold spaces. */
function startOf(pid: number): string {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? '';
  } catch {
    return '';
  }
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined;
}

function inUse(path: string, lockPath: string, owner: Owner | undefined, isElsewhere = false): ToolError {
  const where = isElsewhere ? ` on ${owner?.place.split(' ')[0] || 'another machine'}` : '';
  return new ToolError({
    code: 'run-in-use',
    message: `${path} is being written by another process${owner ? ` (id ${owner.pid}${where})` : ''}`,
    remedy: `wait for it, or choose another --output; if there is no such process, delete ${lockPath}`,
  });
}
