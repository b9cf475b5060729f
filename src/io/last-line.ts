import { readFile, realpath } from 'node:fs/promises';
import { writeFileWhole } from './files.ts';
import { isThere } from './is-there.ts';

/** A line of a file that grows: each `save` puts a longer one in the place of the one before. */
export interface LastLine {
  /**
   * On disk when it is fulfilled, and the file whole at every moment. What others do to the file stays: a line that they have changed is theirs, and this one
   * is added anew. @throws ToolError `write-failed`, and the system's error where the file cannot be read; the file is as it was then.
   */
  save(line: string): Promise<void>;
  /** Number of the line in its file, from 1; 0 before it was saved. */
  readonly number: number;
}

const lineBreak = 10;

/** For the end of a file, which is made with the first line. Every save reads the file and writes it anew. */
export function openLastLine(path: string): LastLine {
  let saved: Buffer | undefined;
  let number = 0;
  return {
    async save(line) {
      const place = isThere(path) ? await realpath(path) : path;
      const text = isThere(path) ? await readFile(place) : Buffer.alloc(0);
      const { start, end } = placeOf(saved, text);
      const added = Buffer.from(`${line}\n`);
      const isTorn = start === text.length && start > 0 && text[start - 1] !== lineBreak;
      const before = isTorn ? Buffer.concat([text, Buffer.from('\n')]) : text.subarray(0, start);
      await writeFileWhole(place, Buffer.concat([before, added, text.subarray(end)]));
      saved = added;
      number = lineBreaksIn(before) + 1;
    },
    get number() {
      return number;
    },
  };
}

/** Where the line that was saved last stands in the text; where it does not, the end. */
function placeOf(saved: Buffer | undefined, text: Buffer): { start: number; end: number } {
  const start = saved ? text.lastIndexOf(saved) : -1;
  const isWhole = saved !== undefined && start >= 0 && (start === 0 || text[start - 1] === lineBreak);
  return isWhole ? { start, end: start + saved.length } : { start: text.length, end: text.length };
}

function lineBreaksIn(text: Buffer): number {
  let count = 0;
  for (let at = text.indexOf(lineBreak); at !== -1; at = text.indexOf(lineBreak, at + 1)) count += 1;
  return count;
}
