import { closeSync, fstatSync, fsyncSync, ftruncateSync, openSync, readSync, writeSync } from 'node:fs';

/** A line at the end of a file that grows: each `save` puts a longer one in its place. */
export interface LastLine {
  /** On disk when it returns. What others have added to the file since stays: the line is then added again, after it. */
  save(line: string): void;
  /** Number of the line in its file, from 1; 0 before it was saved. */
  readonly number: number;
  close(): void;
}

/** Opens a file of lines, or begins one. @throws Error of the system when it cannot be read and written. */
export function openLastLine(path: string): LastLine {
  const file = openSync(path, openMode(path), 0o666);
  let place: { start: number; end: number } | undefined;
  let number = 0;
  return {
    save(line) {
      const { size } = fstatSync(file);
      if (place?.end !== size) {
        const { lines, isEnded } = countLines(file, size);
        if (!isEnded) writeSync(file, '\n', size);
        place = { start: isEnded ? size : size + 1, end: 0 };
        number = lines + 1;
      }
      const bytes = Buffer.from(`${line}\n`);
      writeSync(file, bytes, 0, bytes.length, place.start);
      place.end = place.start + bytes.length;
      ftruncateSync(file, place.end);
      fsyncSync(file);
    },
    get number() {
      return number;
    },
    close: () => closeSync(file),
  };
}

/** Read and written; made when it is not there, and never emptied. */
function openMode(path: string): string {
  try {
    closeSync(openSync(path, 'ax'));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
  return 'r+';
}

function countLines(file: number, size: number): { lines: number; isEnded: boolean } {
  const buffer = Buffer.alloc(65536);
  let lines = 0;
  let last = 10;
  for (let at = 0; at < size; ) {
    const count = readSync(file, buffer, 0, buffer.length, at);
    if (count === 0) break;
    for (let index = buffer.indexOf(10); index !== -1 && index < count; index = buffer.indexOf(10, index + 1)) lines += 1;
    last = buffer[count - 1] ?? last;
    at += count;
  }
  return { lines: last === 10 ? lines : lines + 1, isEnded: last === 10 };
}
