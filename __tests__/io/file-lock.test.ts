import { readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { lockFile } from '../../src/io/file-lock.ts';
import { temporaryFolder } from '../run/builders.ts';

const times = { beatMs: 20, watchMs: 300 };

/** A lock that a process of another container has left: no process here has anything to do with it. */
const foreign = (pid: number) => JSON.stringify({ pid, started: '123', place: 'other-host pid:[4026539999]' });

it('F30 a lock of another machine or container is taken over when its owner shows no life, whatever process has its id here', async () => {
  using folder = temporaryFolder();
  const path = join(folder.path, 'run.jsonl');
  for (const pid of [1, process.pid, 999_999_999]) {
    writeFileSync(`${path}.lock`, foreign(pid));
    const lock = await lockFile(path, times);
    expect(JSON.parse(readFileSync(`${path}.lock`, 'utf8'))).toMatchObject({ pid: process.pid });
    lock.release();
  }
});

it('F30 a lock of another machine or container is respected while its owner lives, though no process here has its id', async () => {
  using folder = temporaryFolder();
  const path = join(folder.path, 'run.jsonl');
  writeFileSync(`${path}.lock`, foreign(999_999_999));
  let beats = 0;
  // A clock of its own, a day behind: only that it moves counts.
  const owner = setInterval(() => utimesSync(`${path}.lock`, new Date(), new Date(Date.now() - 86_400_000 + ++beats * 1000)), times.beatMs);
  try {
    await expect(lockFile(path, times)).rejects.toMatchObject({ code: 'run-in-use', message: expect.stringMatching(/id 999999999 on other-host/) });
  } finally {
    clearInterval(owner);
  }
});

it('F30 an owner shows that it lives, until it releases the lock', async () => {
  using folder = temporaryFolder();
  const path = join(folder.path, 'run.jsonl');
  const lock = await lockFile(path, times);
  // As an owner elsewhere would be watched from here.
  writeFileSync(`${path}.lock`, foreign(process.pid));
  await expect(lockFile(path, times)).rejects.toMatchObject({ code: 'run-in-use' });
  lock.release();
  (await lockFile(path, times)).release();
});
