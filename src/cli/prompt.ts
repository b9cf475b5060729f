import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import { readByteLines } from '../io/byte-lines.ts';

/** Lines of a person at a terminal, or of a pipe. */
export interface Prompt {
  /** The next line that is not empty; undefined at the end of the input, after a line that is too long, or when the command stops. */
  next(): Promise<string | undefined>;
  /** A line of a pipe was longer than `maxLineBytes`: nothing after it was read. */
  readonly isTooLong: boolean;
  close(): void;
}

/** Of one line of a pipe. */
export const maxLineBytes = 1024 * 1024;

/** @param input absent: it is at its end. @param signal aborted when the command stops. On a terminal every question begins with `> `, written to standard error. */
export function createPrompt(input: NodeJS.ReadStream | undefined, signal: AbortSignal): Prompt {
  if (!input) return { next: async () => undefined, isTooLong: false, close: () => {} };
  const lines: string[] = [];
  let isOver = false;
  let isTooLong = false;
  let wake = (): void => {};
  const end = (): void => {
    isOver = true;
    wake();
  };
  const take = (line: string): void => {
    if (line.trim() === '') return;
    lines.push(line);
    wake();
  };
  const refuse = (): void => {
    isTooLong = true;
    end();
  };
  const isTerminal = input.isTTY === true && process.stderr.isTTY === true;
  const source = isTerminal ? askTerminal(input, take, end) : readPipe(input, { take, end, refuse });
  const close = (): void => {
    end();
    source.close();
  };
  signal.addEventListener('abort', close);
  if (signal.aborted) close();
  return {
    async next() {
      while (lines.length === 0 && !isOver) {
        source.ask();
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
      return signal.aborted ? undefined : lines.shift();
    },
    get isTooLong() {
      return isTooLong;
    },
    close() {
      signal.removeEventListener('abort', close);
      close();
    },
  };
}

/** Where lines come from. */
interface Source {
  /** A line is wanted. */
  ask(): void;
  close(): void;
}

function askTerminal(input: NodeJS.ReadStream, take: (line: string) => void, end: () => void): Source {
  const reader = createInterface({ input, output: process.stderr, prompt: '> ', terminal: true });
  reader.on('line', (line) => {
    take(line);
    if (line.trim() === '') reader.prompt();
  });
  reader.on('close', end);
  // A terminal in this mode gives the key to the program; on Windows a signal to oneself would end it at once.
  reader.on('SIGINT', () => process.emit('SIGINT', 'SIGINT'));
  return { ask: () => reader.prompt(), close: () => reader.close() };
}

/** Reads no further than to the chunk that has the line which is wanted. */
function readPipe(input: Readable, { take, end, refuse }: { take: (line: string) => void; end: () => void; refuse: () => void }): Source {
  const source = Readable.from(withLastBreak(input), { objectMode: false });
  source.on('end', end).on('error', end);
  const onLine = (line: string): void => {
    source.pause();
    take(line.replace(/\r$/, ''));
    if (line.trim() === '') source.resume();
  };
  readByteLines(source, { maxBytes: maxLineBytes, onLine, onTooLong: refuse });
  source.pause();
  const close = (): void => {
    source.destroy();
    // Who still waits for it keeps the process from ending.
    input.destroy();
  };
  return { ask: () => source.resume(), close };
}

/** What follows the last line break is a line too. */
async function* withLastBreak(input: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  yield* input;
  yield Buffer.from('\n');
}
