import { closeSync, fdatasyncSync, ftruncateSync, openSync } from 'node:fs';
import { mkdir, rename } from 'node:fs/promises';
import { dirname } from 'node:path';
import { messageOf, ToolError } from '../errors.ts';
import type * as z from '../records/schema.ts';
import { lockFile } from './file-lock.ts';
import { readByteChunks } from './files.ts';
import { isThere } from './is-there.ts';
import { createLineWriter, writeFailed } from './line-writer.ts';

/** Answers of a judge that were paid for, one a line, in a file that only grows: none is lost with the process. */
export interface PaidLines<R> {
  /** Of earlier sessions and of this one, in order. */
  readonly records: readonly R[];
  /** In the operating system's hands when it returns. @throws ToolError `journal-write-failed`. */
  append(record: R): void;
  /** Syncs and closes. */
  close(): void;
}

interface PaidLinesFile<H, R> {
  path: string;
  header: z.ZodMiniType<H>;
  record: z.ZodMiniType<R>;
  /** False: the lines are not about this. */
  isWanted: (header: H) => boolean;
}

/**
 * Opens the file to add to it. One that is not wanted is moved aside as `…previous.jsonl`; a last line that is cut goes away.
 * @throws ToolError `judgements-invalid` for a file that was edited, `run-in-use`, `journal-write-failed`.
 */
export async function openPaidLines<H, R>(file: PaidLinesFile<H, R>, newHeader: H): Promise<PaidLines<R>> {
  try {
    return await openLocked(file, newHeader);
  } catch (error) {
    throw error instanceof ToolError ? error : writeFailed(file.path, error);
  }
}

async function openLocked<H, R>(file: PaidLinesFile<H, R>, newHeader: H): Promise<PaidLines<R>> {
  const { path } = file;
  await mkdir(dirname(path), { recursive: true });
  const lock = await lockFile(path);
  try {
    const isFound = isThere(path);
    const known = isFound ? await readAll(file) : undefined;
    if (isFound && !known) await rename(path, path.replace(/\.jsonl$/, '.previous.jsonl'));
    const records = known?.records ?? [];
    const fd = openSync(path, known ? 'r+' : 'w');
    const size = known?.bytes ?? 0;
    ftruncateSync(fd, size);
    const writer = createLineWriter({ fd, path, size });
    if (size === 0) writer.write(lineOf(newHeader));
    return {
      records,
      append(record) {
        writer.write(lineOf(record));
        records.push(record);
      },
      close() {
        try {
          if (!writer.failure) fdatasyncSync(fd);
        } finally {
          closeSync(fd);
          lock.release();
        }
      },
    };
  } catch (error) {
    lock.release();
    throw error;
  }
}

/** The records of a file that is wanted; undefined where there is none. @throws ToolError `judgements-invalid`. */
export async function readPaidLines<H, R>(file: PaidLinesFile<H, R>): Promise<R[] | undefined> {
  const found = isThere(file.path) ? await readAll(file) : undefined;
  return found && found.bytes > 0 ? found.records : undefined;
}

/** Undefined: the file is about something else. No bytes: its writer died before the first line was whole, so it is worth no place of another. */
async function readAll<H, R>({ path, header, record, isWanted }: PaidLinesFile<H, R>): Promise<{ records: R[]; bytes: number } | undefined> {
  const records: R[] = [];
  let bytes = 0;
  let number = 0;
  for await (const line of wholeLines(path)) {
    number++;
    try {
      const value: unknown = JSON.parse(line.toString('utf8'));
      if (number > 1) records.push(record.parse(value));
      else if (!isWanted(header.parse(value))) return undefined;
    } catch (error) {
      const remedy = 'the file was edited; move it away to have everything judged again';
      throw new ToolError({
        code: 'judgements-invalid',
        message: `${path}, line ${number}: ${messageOf(error).slice(0, 300)}`,
        remedy,
        cause: error,
      });
    }
    bytes += line.length + 1;
  }
  return { records, bytes };
}

/** More than any judgement takes. */
const maxLineBytes = 16 * 1024 * 1024;

/** Without what stands after the last line break: a crash cut it. @throws ToolError `judgements-invalid` for an endless line. */
async function* wholeLines(path: string): AsyncGenerator<Buffer> {
  let parts: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of readByteChunks(path)) {
    let start = 0;
    for (let end = chunk.indexOf(0x0a); end !== -1; end = chunk.indexOf(0x0a, start)) {
      yield Buffer.concat([...parts, chunk.subarray(start, end)]);
      [parts, length, start] = [[], 0, end + 1];
    }
    parts.push(chunk.subarray(start));
    length += chunk.length - start;
    if (length > maxLineBytes)
      throw new ToolError({
        code: 'judgements-invalid',
        message: `${path} has a line of more than ${maxLineBytes} bytes`,
        remedy: 'move it away to have everything judged again',
      });
  }
}

function lineOf(value: unknown): string {
  return `${JSON.stringify(value)}\n`;
}
