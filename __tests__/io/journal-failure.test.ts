import { fstatSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Journal, openJournal } from '../../src/io/journal.ts';
import { scored } from '../../src/records/score.ts';
import { sampleRecord } from '../../src/run/core/slots.ts';
import { header, noSecrets, sample, temporaryFolder } from '../run/builders.ts';
import { failingFs, openedFs, replacedFs } from './failing-fs.ts';

let folder: ReturnType<typeof temporaryFolder>;
beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(() => folder[Symbol.dispose]());

const path = () => join(folder.path, 'run.jsonl');
const open = (resume = false) => openJournal({ path: path(), resume, redactor: noSecrets, header: header() });
const content = () => readFileSync(path(), 'utf8');
const record = (id: string) => sampleRecord(sample(id));
const samplesIn = () => [...content().matchAll(/"type":"sample","sample":"(\w+)"/g)].map(([, id]) => id);
const done = (id: string) => ({ type: 'done', sample: id, epoch: 1, outcome: 'pass', attempts: 1 }) as const;
const failed = expect.objectContaining({ code: 'journal-write-failed', exitCode: 3 });

async function openWithOne(): Promise<Journal> {
  const journal = await open();
  journal.append(record('a'));
  await journal.synced();
  return journal;
}

describe('a journal that cannot be written', () => {
  it('says so to everybody who writes or waits, lets the file go, and is resumed from what was recorded', async () => {
    const journal = await openWithOne();
    {
      using _ = failingFs('writeSync', 'ENOSPC');
      expect(() => journal.append(record('b'))).toThrow(failed);
    }
    expect(() => journal.append(record('c'))).toThrow(failed);
    expect(() => journal.append(done('a'))).toThrow(failed);
    await expect(journal.appendSoon(record('d'))).rejects.toEqual(failed);
    await expect(journal.synced()).rejects.toEqual(failed);
    // It was thrown; those who close are on their way out with it.
    await journal.close();
    expect(samplesIn()).toEqual(['a']);
    const resumed = await open(true);
    resumed.append(record('b'));
    await resumed.close();
    expect(samplesIn()).toEqual(['a', 'b']);
  });

  it('fails those who wait for a sync when a write of the same turn fails', async () => {
    const journal = await open();
    const soon = journal.appendSoon(record('b'));
    const synced = journal.synced();
    synced.catch(() => {});
    {
      using _ = failingFs('writeSync', 'ENOSPC');
      await expect(soon).rejects.toEqual(failed);
    }
    await expect(synced).rejects.toEqual(failed);
    // Who waited has been told.
    await journal.close();
  });
});

describe('a journal whose sync fails', () => {
  it('fails whoever waits for it, and the next record', async () => {
    const journal = await openWithOne();
    using _ = failingFs('fdatasync', 'EIO');
    journal.append(record('b'));
    await expect(journal.synced()).rejects.toMatchObject({ message: expect.stringContaining('EIO: the disk failed') });
    expect(() => journal.append(record('c'))).toThrow(failed);
    await expect(journal.synced()).rejects.toEqual(failed);
    await journal.close();
    expect(samplesIn()).toEqual(['a', 'b']);
  });

  it('fails the next record where nobody waits, and is no unhandled rejection', async () => {
    const journal = await openWithOne();
    using _ = failingFs('fdatasync', 'EIO');
    journal.append(record('b'));
    let thrown: unknown;
    for (let tries = 0; thrown === undefined && tries < 1000; tries++) {
      await wait(1);
      thrown = tried(() => journal.append(record('c')));
    }
    expect(thrown).toEqual(failed);
    await wait(5);
    await journal.close();
  });

  it('does not close in silence when the last records are not on the disk and nobody was told', async () => {
    const journal = await openWithOne();
    {
      using _ = failingFs('fdatasync', 'EIO');
      journal.append(record('b'));
      await expect(journal.close()).rejects.toEqual(failed);
    }
    expect(readdirSync(folder.path)).toEqual(['run.jsonl']);
    await (await open(true)).close();
  });
});

function tried(work: () => void): unknown {
  try {
    work();
    return undefined;
  } catch (error) {
    return error;
  }
}

describe('syncs', () => {
  it('leave the disk some time before the next one', async () => {
    const journal = await openWithOne();
    const before = performance.now();
    for (let i = 0; i < 4; i++) {
      journal.append(record(`b${i}`));
      await journal.synced();
    }
    // A timer may come a millisecond early.
    expect(performance.now() - before).toBeGreaterThan(4 * 4 - 1);
    await journal.close();
  });

  it('are shared by all that is appended while one is under way', async () => {
    const journal = await openWithOne();
    let syncs = 0;
    using _ = replacedFs('fdatasync', (real) => (...args) => {
      syncs++;
      return real(...args);
    });
    for (let i = 0; i < 50; i++) journal.append(record(`b${i}`));
    await journal.synced();
    expect(syncs).toBe(1);
    journal.append(record('c'));
    const first = journal.synced();
    await wait(1);
    journal.append(record('d'));
    await Promise.all([first, journal.synced()]);
    expect(syncs).toBeGreaterThanOrEqual(2);
    expect(syncs).toBeLessThanOrEqual(3);
    await journal.close();
  });

  it('come after what is held: an outcome waits for the next record, a sync or the end', async () => {
    const journal = await openWithOne();
    journal.append({ type: 'score', sample: 'a', epoch: 1, checker: 'c', fingerprint: 'f', ...scored(1, 'yes') }, done('a'));
    expect(content()).not.toContain('"type":"score"');
    journal.append(record('b'));
    expect(content().indexOf('"type":"done"')).toBeLessThan(content().indexOf('"sample":"b"'));
    journal.append(done('b'));
    await journal.synced();
    expect(content().match(/"type":"done"/g)).toHaveLength(2);
    journal.append(record('c'), done('c'));
    expect(content().match(/"type":"done"/g)).toHaveLength(3);
    journal.append(record('d'));
    journal.append(done('d'));
    await journal.close();
    expect(content().match(/"type":"done"/g)).toHaveLength(4);
  });
});

describe('a journal that is closed', () => {
  it('has closed its file', async () => {
    using opened = openedFs();
    const journal = await open();
    const [fd = -1] = opened.fds;
    fstatSync(fd);
    await journal.close();
    expect(() => fstatSync(fd)).toThrow('EBADF');
  });

  it('takes no more records and lets the next one have the file, however often it is closed', async () => {
    const journal = await openWithOne();
    await journal.close();
    expect(() => journal.append(record('b'))).toThrow('the journal is closed');
    expect(() => journal.appendSoon(record('b'))).toThrow('the journal is closed');
    const next = await open(true);
    await journal.close();
    next.append(record('c'));
    await next.close();
    expect(samplesIn()).toEqual(['a', 'c']);
  });
});

describe('where a run log cannot be opened', () => {
  it.each([true, false])('what is there stays as it was, and nothing else is left: resume %s', async (resume) => {
    mkdirSync(path());
    await expect(open(resume)).rejects.toMatchObject({ code: 'file-unreadable' });
    expect(readdirSync(folder.path)).toEqual(['run.jsonl']);
    rmSync(path(), { recursive: true });
    await (await open(resume)).close();
  });

  it('an outcome that its records contradict is no ground to go on from', async () => {
    const journal = await openWithOne();
    journal.append(done('a'));
    await journal.close();
    await expect(open(true)).rejects.toMatchObject({ code: 'run-log-damaged', message: expect.stringContaining('it has no answer') });
  });

  it('one that leads nowhere is a fresh start', async () => {
    symlinkSync(join(folder.path, 'gone'), path());
    await (await open(true)).close();
    expect(content()).toContain('"type":"run"');
  });

  it('a full disk leaves the earlier log in its place', async () => {
    await (await openWithOne()).close();
    const before = content();
    const withoutRoom = [
      failingFs.bind(undefined, 'writeSync', 'ENOSPC'),
      failingFs.bind(undefined, 'fdatasyncSync', 'ENOSPC'),
      // There is room for the lock alone.
      () =>
        replacedFs('writeSync', (real) => (...args) => {
          if (String(args[1]).includes('"type":"run"')) throw new Error('ENOSPC');
          return real(...args);
        }),
    ];
    for (const fill of withoutRoom) {
      using _ = fill();
      using opened = openedFs();
      await expect(open()).rejects.toEqual(failed);
      for (const fd of opened.fds) expect(() => fstatSync(fd)).toThrow('EBADF');
      expect(readdirSync(folder.path)).toEqual(['run.jsonl']);
    }
    writeFileSync(path(), before.slice(0, -5));
    {
      using _ = failingFs('ftruncateSync', 'EIO');
      await expect(open(true)).rejects.toEqual(failed);
    }
    writeFileSync(path(), before);
    expect(readdirSync(folder.path)).toEqual(['run.jsonl']);
    expect(content()).toBe(before);
  });
});
