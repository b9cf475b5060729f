import { randomUUID } from 'node:crypto';
import { closeSync, constants, fstatSync, openSync, readFileSync } from 'node:fs';
import { type FileHandle, mkdir, open, rename, unlink } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { TextDecoder } from 'node:util';
import { ExitCode, messageOf, ToolError } from '../errors.ts';

/** What a file shall hold. A text may come in pieces, which are asked for one after another and written at once. */
export type FileContent = string | Uint8Array | Iterable<string>;

/**
 * Writes a file whole or not at all: a temporary file in the same folder, synced, renamed, and the folder synced.
 * Creates the folder. On any error the file that was there is untouched and the temporary one is gone.
 * @throws ToolError `write-failed`, exit 3; what the making of a piece throws, as it is.
 */
export async function writeFileWhole(path: string, content: FileContent): Promise<void> {
  await writeFilesWhole([{ path, content }]);
}

/**
 * Writes several files, each as `writeFileWhole` does and at the same time: waiting for a disk is most of it. After an
 * error the others are written all the same.
 * @throws ToolError `write-failed` of the first file that failed.
 */
export async function writeFilesWhole(files: readonly { path: string; content: FileContent }[]): Promise<void> {
  const written = await Promise.allSettled(files.map(({ path, content }) => replaceFile(path, content)));
  for (const folder of new Set(files.map(({ path }) => dirname(path)))) await syncFolder(folder);
  const failed = written.find((outcome) => outcome.status === 'rejected');
  if (failed) throw failed.reason;
}

async function replaceFile(path: string, content: FileContent): Promise<void> {
  const temporary = temporaryPath(path);
  const broken: unknown[] = [];
  try {
    await mkdir(dirname(path), { recursive: true });
    await writeSynced(temporary, content instanceof Uint8Array ? content : watched(typeof content === 'string' ? [content] : content, broken));
    await rename(temporary, path);
  } catch (error) {
    await unlink(temporary).catch(() => {});
    if (broken.includes(error)) throw error;
    throw new ToolError({
      code: 'write-failed',
      message: `${path} could not be written: ${messageOf(error)}`,
      remedy: 'check that the folder is writable and has space; the file that was there is unchanged',
      exitCode: ExitCode.incomplete,
      cause: error,
    });
  }
}

/** Notes what the pieces themselves throw: a bug of theirs is no trouble of the disk. */
function* watched(pieces: Iterable<string>, broken: unknown[]): Generator<string> {
  try {
    yield* pieces;
  } catch (error) {
    broken.push(error);
    throw error;
  }
}

/** Of at most three bytes each: with what is added, a name that a file system takes. */
const longestKept = 80;

/** A hidden name beside `path` that no other process or call uses. */
export function temporaryPath(path: string): string {
  return join(dirname(path), `.${basename(path).slice(0, longestKept)}.${randomUUID().slice(0, 8)}.tmp`);
}

/** Makes renames in a folder durable. Silent where a folder cannot be synced (Windows, some network disks). */
export async function syncFolder(folder: string): Promise<void> {
  let handle: FileHandle | undefined;
  try {
    handle = await open(folder, 'r');
    await handle.sync();
  } catch {
    // The content is whole either way; only its durability on power loss depends on this.
  } finally {
    await handle?.close();
  }
}

/**
 * The bytes of a file of at most `maxBytes`, without ever holding more.
 * @throws ToolError `file-unreadable` or `file-too-large`.
 */
export async function readBytes(path: string, maxBytes: number): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of readByteChunks(path)) {
    size += chunk.length;
    if (size > maxBytes) {
      throw tooLarge(path, maxBytes);
    }
    parts.push(chunk);
  }
  return Buffer.concat(parts);
}

/** The text of a UTF-8 file of at most `maxBytes`, without a byte order mark. @throws ToolError as readBytes, or `file-not-utf8`. */
export async function readText(path: string, maxBytes: number): Promise<string> {
  return decode(new TextDecoder('utf-8', { fatal: true }), await readBytes(path, maxBytes), path, false);
}

/** The text of a UTF-8 file in pieces, without a byte order mark; a character is never cut. @throws ToolError as readText. */
export async function* readChunks(path: string): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  for await (const chunk of readByteChunks(path)) {
    const text = decode(decoder, chunk, path, true);
    if (text !== '') yield text;
  }
  const rest = decode(decoder, new Uint8Array(), path, false);
  if (rest !== '') yield rest;
}

const chunkBytes = 256 * 1024;

/** The bytes of a file in fresh pieces of at most 256 KiB. @throws ToolError `file-unreadable`. */
export async function* readByteChunks(path: string): AsyncGenerator<Uint8Array> {
  let handle: FileHandle | undefined;
  try {
    handle = await openFile(path);
    for (;;) {
      const { bytesRead, buffer } = await handle.read(Buffer.allocUnsafeSlow(chunkBytes), 0, chunkBytes, null);
      if (bytesRead === 0) return;
      yield buffer.subarray(0, bytesRead);
    }
  } catch (error) {
    throw unreadable(path, error);
  } finally {
    await handle?.close();
  }
}

/** The text of a small file that may be growing; undefined when it has more than `maxBytes`. @throws the error of the file system. */
export async function readTextUpTo(path: string, maxBytes: number): Promise<string | undefined> {
  const file = await openFile(path);
  try {
    const buffer = Buffer.alloc(maxBytes + 1);
    let size = 0;
    for (;;) {
      const { bytesRead } = await file.read(buffer, size, buffer.length - size, size);
      size += bytesRead;
      if (size > maxBytes) return undefined;
      if (bytesRead === 0) return buffer.toString('utf8', 0, size);
    }
  } finally {
    await file.close();
  }
}

/** Without waiting: opening a named pipe would wait for somebody who writes, perhaps for ever. Not on every system. */
const readFlags = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0);

/** What is looked at is what was opened, whatever the path names a moment later. @throws an error with the code `ENOTFILE`, or of the file system. */
async function openFile(path: string): Promise<FileHandle> {
  const handle = await open(path, readFlags);
  try {
    if (!(await handle.stat()).isFile()) throw notAFile();
    return handle;
  } catch (error) {
    await handle.close();
    throw error;
  }
}

function notAFile(): Error {
  return Object.assign(new Error('it is not a regular file'), { code: 'ENOTFILE' });
}

export interface ReadNowOptions {
  /** A link is not opened, where the system can tell. */
  refusesLink?: boolean;
  /** Looks at what was opened before anything of it is read, and throws where it is not what was wanted. */
  look?(fd: number): void;
}

/** As `readBytes`, for those who cannot wait. @throws ToolError as readBytes; what `look` throws. */
export function readBytesNow(path: string, maxBytes: number, { refusesLink = false, look }: ReadNowOptions = {}): Buffer {
  let fd: number | undefined;
  try {
    fd = openSync(path, readFlags | (refusesLink ? (constants.O_NOFOLLOW ?? 0) : 0));
    look?.(fd);
    const info = fstatSync(fd);
    if (!info.isFile()) throw notAFile();
    if (info.size > maxBytes) throw tooLarge(path, maxBytes);
    return readFileSync(fd);
  } catch (error) {
    throw unreadable(path, error);
  } finally {
    if (fd !== undefined) closeSync(fd);
  }
}

function tooLarge(path: string, maxBytes: number): ToolError {
  return new ToolError({ code: 'file-too-large', message: `${path} is larger than ${maxBytes} bytes`, remedy: 'split the file' });
}

async function writeSynced(path: string, content: Uint8Array | Iterable<string>): Promise<void> {
  const handle = await open(path, 'wx');
  try {
    if (content instanceof Uint8Array) await handle.writeFile(content);
    else await writeText(handle, content);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** In pieces through one buffer, so that a long text is not in memory a second time as bytes. No piece ends inside a character. */
async function writeText(handle: FileHandle, texts: Iterable<string>): Promise<void> {
  let bytes = Buffer.alloc(0);
  for (const text of texts) {
    const needed = 3 * (Math.min(text.length, pieceLength) + 1);
    if (bytes.length < needed) bytes = Buffer.allocUnsafeSlow(needed);
    for (let start = 0; start < text.length; ) {
      const cut = start + pieceLength;
      const end = (text.charCodeAt(cut - 1) & 0xfc00) === 0xd800 ? cut + 1 : cut;
      await handle.writeFile(bytes.subarray(0, bytes.write(text.slice(start, end))));
      start = end;
    }
  }
}

const pieceLength = 128 * 1024;

function decode(decoder: TextDecoder, bytes: Uint8Array, path: string, isPartial: boolean): string {
  try {
    return decoder.decode(bytes, { stream: isPartial });
  } catch (error) {
    throw new ToolError({ code: 'file-not-utf8', message: `${path} is not UTF-8 text`, remedy: 'save the file as UTF-8', cause: error });
  }
}

/** `file-unreadable` for an error of the file system. Errors of a consumer pass through a generator's catch as well: others stay as they are. */
function unreadable(path: string, error: unknown): unknown {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (typeof code !== 'string' || error instanceof ToolError) return error;
  const isMissing = code === 'ENOENT';
  return new ToolError({
    code: 'file-unreadable',
    message: isMissing ? `there is no file ${path}` : `${path} could not be read: ${messageOf(error)}`,
    remedy: isMissing ? 'check the path' : 'check that it is a file and readable',
    cause: error,
  });
}
