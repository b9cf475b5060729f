import { type FileHandle, open, stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { SpanSource } from '../agents/parts/traced-agent.ts';
import { messageOf, ToolError } from '../errors.ts';
import type { Json } from '../records/json.ts';
import { createSpanStore, type SpanStore } from './span-store.ts';

export interface OtlpFileOptions {
  /** As the user named it, relative to `baseDir`. */
  path: string;
  baseDir: string;
  /** Characters kept of one trace. */
  maxChars: number;
}

const pollMs = 100;
const chunkBytes = 1024 * 1024;
/** A longer line is passed over. */
const maxLineBytes = 32 * 1024 * 1024;

/**
 * Reads a file of ExportTraceServiceRequests, one JSON object a line, as a collector's file exporter appends them, from its present
 * end on, while somebody waits. A file that is not there yet may come; one that is replaced or cut is read from its start.
 * @throws ToolError `traces-unreadable` for what is no file.
 */
export async function openOtlpFile({ path, baseDir, maxChars }: OtlpFileOptions): Promise<SpanSource> {
  const file = resolve(baseDir, path);
  const tail = createTail(file, await startOf(file, path));
  let reading: Promise<void> | undefined;
  let isClosed = false;
  const read = async (): Promise<void> => {
    while (!isClosed && store.waiting > 0) {
      try {
        for await (const line of tail.lines()) {
          addLine(store, line);
          if (isClosed) break;
        }
      } catch {
        // A disk that fails, or a folder in the file's place: looked at again after the pause.
      }
      await sleep(pollMs);
    }
    reading = undefined;
  };
  const store = createSpanStore({
    maxChars,
    onWait() {
      reading ??= read();
    },
  });
  return {
    expect: store.expect,
    get strangers() {
      return store.strangers;
    },
    place: path,
    async close() {
      isClosed = true;
      await reading;
    },
  };
}

interface Position {
  inode: number;
  offset: number;
}

async function startOf(file: string, path: string): Promise<Position> {
  try {
    const info = await stat(file);
    if (!info.isFile()) throw new Error('it is no file');
    return { inode: info.ino, offset: info.size };
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return { inode: 0, offset: 0 };
    const message = `${path} cannot be read (${messageOf(error)})`;
    const remedy = 'traces.path is the file that the collector appends to';
    throw new ToolError({ code: 'traces-unreadable', message, remedy, problems: [{ field: 'traces.path', message, remedy }], cause: error });
  }
}

function addLine(store: SpanStore, line: string): void {
  let value: Json;
  try {
    value = JSON.parse(line) as Json;
  } catch {
    return;
  }
  store.add(value);
}

/** Gives the lines that were added since the last time. A file that cannot be read right now has none. */
function createTail(file: string, position: Position): { lines(): AsyncIterable<string> } {
  let { inode, offset } = position;
  let rest: Buffer[] = [];
  let restBytes = 0;
  const startLine = () => {
    rest = [];
    restBytes = 0;
  };
  async function* readFrom(handle: FileHandle): AsyncGenerator<string> {
    const chunk = Buffer.alloc(chunkBytes);
    for (;;) {
      const { bytesRead } = await handle.read(chunk, 0, chunkBytes, offset);
      if (bytesRead === 0) return;
      offset += bytesRead;
      let start = 0;
      for (let end = chunk.indexOf(0x0a); end >= 0 && end < bytesRead; end = chunk.indexOf(0x0a, start)) {
        const line = Buffer.concat([...rest, chunk.subarray(start, end)]).toString('utf8');
        const isTooLong = restBytes > maxLineBytes;
        startLine();
        start = end + 1;
        if (!isTooLong) yield line;
      }
      restBytes += bytesRead - start;
      if (restBytes > maxLineBytes) rest = [];
      else rest.push(Buffer.from(chunk.subarray(start, bytesRead)));
    }
  }
  return {
    async *lines() {
      const handle = await open(file, 'r').catch(() => undefined);
      if (!handle) return;
      try {
        const info = await handle.stat();
        if ((inode !== 0 && info.ino !== inode) || info.size < offset) {
          offset = 0;
          startLine();
        }
        inode = info.ino;
        yield* readFrom(handle);
      } finally {
        await handle.close();
      }
    },
  };
}
