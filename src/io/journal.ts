import { closeSync, fdatasync, fdatasyncSync, ftruncateSync, openSync } from 'node:fs';
import { mkdir, open, unlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { ToolError } from '../errors.ts';
import { createRunAudit } from '../records/run-audit.ts';
import { emptyRunIndex, foldRecord, type RunIndex } from '../records/run-index.ts';
import type { RunLogRecord, RunRecord } from '../records/run-log.ts';
import type { RecordWriter } from '../run/core/ports.ts';
import type { Redactor } from '../run/core/redact.ts';
import { refuseOtherExperiment } from '../run/core/resume.ts';
import { type FileLock, lockFile } from './file-lock.ts';
import { readByteChunks, temporaryPath } from './files.ts';
import { isThere } from './is-there.ts';
import { createLineWriter, writeAll, writeFailed } from './line-writer.ts';
import { replaceKeeping } from './replace-file.ts';
import { checksummedLine, scanRunLog } from './run-log-scan.ts';

/** The run log of a run under way. One process writes it; it is the journal and, once complete, the result. */
export interface Journal extends RecordWriter {
  readonly path: string;
  /** The log had its `end` when it was opened. */
  readonly isFinished: boolean;
  /** Where the log of a run went that had answers and no `end`, when this one took its place. */
  readonly keptPart?: string;
  /** It goes on with a log of an earlier session. */
  readonly isResumed: boolean;
  /** Milliseconds since it was opened, by a clock that nobody sets. */
  openForMs(): number;
  /** Syncs what is left and lets others have the file. @throws ToolError `journal-write-failed`, unless `append` has thrown it. */
  close(): Promise<void>;
}

/** Where a run log goes when a new run takes its place. */
export const previousRunLogName = 'run.previous.jsonl';

/**
 * Opens the run log for writing and creates its folder. With `resume` and a log of the same experiment, goes on after
 * its last sound line; else starts a new log with `header`, and keeps the one that was there as `run.previous.jsonl`.
 * A record is in the operating system's hands when `append` returns, so that no death of this process loses it; scores
 * and outcomes, which a resume makes again from the answer, only with what comes next or the next sync. What was
 * appended while a sync was under way shares the next one.
 * @throws ToolError `run-in-use`, `resume-mismatch`, `run-log-damaged`, `run-log-newer`, `journal-write-failed`.
 */
export async function openJournal(options: { path: string; resume: boolean; redactor: Redactor; header: RunRecord }): Promise<Journal> {
  const { path, resume, redactor } = options;
  const header: RunRecord = redactor.json({ ...options.header, checksums: 'crc32' });
  const lock = await guard(path, async () => {
    await mkdir(dirname(path), { recursive: true });
    return lockFile(path);
  });
  try {
    const resumed = resume ? await resumeLog(path, header) : undefined;
    const opened = resumed ?? (await startLog(path, header));
    return createJournal({ ...opened, isResumed: resumed !== undefined, path, redactor, lock });
  } catch (error) {
    lock.release();
    throw error;
  }
}

interface OpenedLog {
  fd: number;
  index: RunIndex;
  size: number;
  keptPart?: string;
}

/** Undefined when there is nothing to go on from. */
async function resumeLog(path: string, header: RunRecord): Promise<OpenedLog | undefined> {
  const { index, endOffset, hasLineBreak } = await readForResume(path);
  if (!index.header) return undefined;
  refuseOtherExperiment(path, index.header, header);
  return guard(path, async () => {
    const fd = openSync(path, 'r+');
    ftruncateSync(fd, endOffset);
    const size = hasLineBreak ? endOffset : endOffset + writeAll(fd, '\n', endOffset);
    return { fd, index, size };
  });
}

/** Without a header when there is no log, or not even its first line. */
async function readForResume(path: string) {
  const index = emptyRunIndex(path);
  const audit = createRunAudit(index);
  let last = { endOffset: 0, hasLineBreak: true };
  try {
    for await (const { records, endOffset, hasLineBreak } of scanRunLog(path, { depth: 'numbers' })) {
      for (const record of records) {
        audit.see(record);
        foldRecord(index, record);
      }
      last = { endOffset, hasLineBreak };
    }
  } catch (error) {
    const isNothing = error instanceof ToolError && (error.code === 'run-log-empty' || (error.code === 'file-unreadable' && !isThere(path)));
    if (!isNothing) throw error;
  }
  return { index, ...last };
}

/** At every moment the earlier log is whole, under its own name until the new one takes it. */
async function startLog(path: string, header: RunRecord): Promise<OpenedLog> {
  const index = emptyRunIndex(path);
  const line = checksummedLine(header);
  const temporary = temporaryPath(path);
  return guard(path, async () => {
    const fd = openSync(temporary, 'wx');
    try {
      const size = writeAll(fd, line, 0);
      fdatasyncSync(fd);
      const kept = (await holdsAnswers(path)) ? { kept: join(dirname(path), previousRunLogName) } : {};
      const isPart = kept.kept !== undefined && !(await hasEnd(path));
      await replaceKeeping({ path, by: temporary, ...kept });
      foldRecord(index, header);
      return { fd, index, size, ...(isPart ? { keptPart: kept.kept } : {}) };
    } catch (error) {
      closeSync(fd);
      await unlink(temporary).catch(() => {});
      throw error;
    }
  });
}

/** False for no log, too. A log without an answer is not worth the place of one that has some: two failed starts must not push out a good run. */
export async function holdsAnswers(path: string): Promise<boolean> {
  if (!isThere(path)) return false;
  const mark = '"type":"response"';
  let tail = '';
  for await (const chunk of readByteChunks(path)) {
    const text = tail + Buffer.from(chunk.buffer, chunk.byteOffset, chunk.length).toString('latin1');
    if (text.includes(mark)) return true;
    tail = text.slice(-mark.length);
  }
  return false;
}

const tailBytes = 64 * 1024;

/** The `end` is the last record, but for short ones that may come later. */
async function hasEnd(path: string): Promise<boolean> {
  const file = await open(path, 'r');
  try {
    const { size } = await file.stat();
    const { buffer, bytesRead } = await file.read(Buffer.alloc(tailBytes), 0, tailBytes, Math.max(0, size - tailBytes));
    return buffer.toString('latin1', 0, bytesRead).includes('\n{"type":"end"');
  } finally {
    await file.close();
  }
}

function createJournal(options: OpenedLog & { isResumed: boolean; path: string; redactor: Redactor; lock: FileLock }): Journal {
  const { fd, path, size, redactor, index, lock, keptPart, isResumed } = options;
  const isFinished = index.end !== undefined;
  const openedAtMs = performance.now();
  const writer = createLineWriter({ fd, path, size });
  const sync = createGroupSync({ fd, prepare: writer.writeHeld, onError: writer.fail });
  let isClosed = false;
  let isFailureTold = false;
  // Whoever waits for it is told of a failure: closing need not tell it again.
  const noting = (written: Promise<void>): Promise<void> => {
    written.catch(() => {
      isFailureTold = true;
    });
    return written;
  };
  const linesOf = (records: readonly RunLogRecord[]): string => {
    if (isClosed) throw new Error('the journal is closed');
    let lines = '';
    for (const record of records) {
      const redacted = redactor.json(record);
      lines += checksummedLine(redacted);
      foldRecord(index, redacted);
    }
    return lines;
  };

  return {
    path,
    index,
    isFinished,
    ...(keptPart === undefined ? {} : { keptPart }),
    isResumed,
    openForMs: () => performance.now() - openedAtMs,
    append(...records) {
      try {
        if (writer.failure) throw writer.failure;
        const lines = linesOf(records);
        if (records.every(({ type }) => type === 'score' || type === 'done')) writer.hold(lines);
        else writer.write(lines);
        sync.request();
      } finally {
        isFailureTold = writer.failure !== undefined;
      }
    },
    appendSoon(...records) {
      const written = writer.writeSoon(writer.failure ? '' : linesOf(records));
      if (!writer.failure) sync.request();
      return noting(written);
    },
    synced: () => noting(writer.failure ? Promise.reject(writer.failure) : sync.done()),
    async close() {
      if (isClosed) return;
      isClosed = true;
      try {
        if (!isFailureTold) await sync.done();
      } finally {
        closeSync(fd);
        lock.release();
      }
    },
  };
}

/** A sync waits this long after the one before it, so that a fast run does not sync all the time. */
const syncGapMs = 5;

/** One fdatasync at a time; every request that comes before the next one starts shares it. */
function createGroupSync({ fd, prepare, onError }: { fd: number; prepare: () => void; onError: (error: unknown) => ToolError }) {
  let latest = Promise.resolve();
  let waiting: Promise<void> | undefined;
  let endedAt = Number.NEGATIVE_INFINITY;

  const syncAfter = async (before: Promise<void>): Promise<void> => {
    await before;
    const restMs = endedAt + syncGapMs - performance.now();
    if (restMs > 0) await new Promise((resolve) => setTimeout(resolve, restMs));
    waiting = undefined;
    try {
      prepare();
      await syncData(fd);
    } catch (error) {
      throw onError(error);
    }
    endedAt = performance.now();
  };
  return {
    request(): void {
      if (waiting) return;
      waiting = syncAfter(latest);
      latest = waiting;
      // Whoever needs it asks `done`; without anybody asking, the next append throws.
      latest.catch(() => {});
    },
    done: () => latest,
  };
}

function syncData(fd: number): Promise<void> {
  return new Promise((resolve, reject) => fdatasync(fd, (error) => (error ? reject(error) : resolve())));
}

async function guard<T>(path: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw error instanceof ToolError ? error : writeFailed(path, error);
  }
}
