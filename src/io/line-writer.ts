import { ftruncateSync, writeSync } from 'node:fs';
import { ExitCode, messageOf, ToolError } from '../errors.ts';

/** Lines on their way to the file, in the order in which they came. After a failure nothing more is written. */
export interface LineWriter {
  readonly failure: ToolError | undefined;
  /** Keeps lines for the next write. */
  hold(lines: string): void;
  /** Writes what was held and these lines. @throws ToolError `journal-write-failed`. */
  write(lines: string): void;
  /** One write for all that comes in a turn of the event loop; what it returns is the same for all of them. */
  writeSoon(lines: string): Promise<void>;
  /** @throws ToolError `journal-write-failed`. */
  writeHeld(): void;
  /** Ends the writing. @returns the first failure. */
  fail(error: unknown): ToolError;
}

/** Writes text lines at the end of an open file, `size` bytes from its start. */
export function createLineWriter({ fd, path, size }: { fd: number; path: string; size: number }): LineWriter {
  let position = size;
  let held = '';
  let failure: ToolError | undefined;
  let batch: Batch | undefined;
  const write = (lines: string): void => {
    if (failure) throw failure;
    const text = held + lines;
    const written = batch;
    held = '';
    batch = undefined;
    try {
      position += writeAll(fd, text, position);
    } catch (error) {
      failure = writeFailed(path, error);
      written?.reject(failure);
      throw failure;
    }
    written?.resolve();
  };
  const writeBatch = (): void => {
    if (!batch) return;
    try {
      write('');
    } catch {
      // Whoever waits for the batch is told.
    }
  };
  return {
    get failure() {
      return failure;
    },
    hold(lines) {
      held += lines;
    },
    write,
    writeSoon(lines) {
      if (failure) return rejected(failure);
      held += lines;
      if (!batch) {
        batch = createBatch();
        setImmediate(writeBatch);
      }
      return batch.written;
    },
    writeHeld: () => write(''),
    fail(error) {
      failure ??= writeFailed(path, error);
      batch?.reject(failure);
      return failure;
    },
  };
}

/** Records that share one write. */
interface Batch {
  written: Promise<void>;
  resolve(): void;
  reject(error: ToolError): void;
}

/** Not an unhandled rejection when nobody waits for it. */
function rejected(error: ToolError): Promise<never> {
  const promise = Promise.reject(error);
  promise.catch(() => {});
  return promise;
}

function createBatch(): Batch {
  let settle: Omit<Batch, 'written'> = { resolve() {}, reject() {} };
  const written = new Promise<void>((resolve, reject) => {
    settle = { resolve, reject };
  });
  // Whoever does not wait for it learns of a failure from the next append.
  written.catch(() => {});
  return { written, ...settle };
}

/** A short write is not an error of the system but would be a torn line: goes on until all is written. Returns the bytes. */
export function writeAll(fd: number, text: string, position: number): number {
  const bytes = Buffer.from(text, 'utf8');
  let written = 0;
  try {
    while (written < bytes.length) written += writeSync(fd, bytes, written, bytes.length - written, position + written);
  } catch (error) {
    truncate(fd, position);
    throw error;
  }
  return written;
}

/** Best effort: a reader drops a torn final line anyway. */
function truncate(fd: number, size: number): void {
  try {
    ftruncateSync(fd, size);
  } catch {
    // The write error is the one that counts.
  }
}

/** The one error of a run log that cannot be written. */
export function writeFailed(path: string, cause: unknown): ToolError {
  return new ToolError({
    code: 'journal-write-failed',
    message: `${path} could not be written: ${messageOf(cause)}`,
    remedy: 'make room or choose another --output, then go on with --resume: what was recorded is kept',
    exitCode: ExitCode.incomplete,
    cause,
  });
}
