import type { Readable } from 'node:stream';

export interface LineReader {
  /** Of one line, without its end. */
  maxBytes: number;
  /** UTF-8, without the line break. What follows the last one is no line. */
  onLine: (line: string) => void;
  /** A line is longer; what came of it is forgotten. */
  onTooLong: () => void;
}

/** Reads the lines that a child process writes, in bounded memory. Errors of the stream come with the end of the process, which tells them. */
export function readByteLines(output: Readable, { maxBytes, onLine, onTooLong }: LineReader): void {
  let parts: Buffer[] = [];
  let size = 0;
  output.on('error', () => {});
  output.on('data', (chunk: Buffer) => {
    let rest = chunk;
    for (let end = rest.indexOf(10); end >= 0; end = rest.indexOf(10)) {
      const line = Buffer.concat([...parts, rest.subarray(0, end)]).toString('utf8');
      parts = [];
      size = 0;
      rest = rest.subarray(end + 1);
      onLine(line);
    }
    if (rest.length === 0) return;
    size += rest.length;
    parts.push(rest);
    if (size <= maxBytes) return;
    parts = [];
    size = 0;
    onTooLong();
  });
}
