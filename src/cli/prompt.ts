import { createInterface } from 'node:readline';

/** Lines of a person at a terminal, or of a pipe. */
export interface Prompt {
  /** The next line that is not empty; undefined at the end of the input, or when the command stops. */
  next(): Promise<string | undefined>;
  close(): void;
}

/** @param input absent: it is at its end. @param signal aborted when the command stops. On a terminal every question begins with `> `, written to standard error. */
export function createPrompt(input: NodeJS.ReadStream | undefined, signal: AbortSignal): Prompt {
  if (!input) return { next: async () => undefined, close: () => {} };
  const isTerminal = input.isTTY === true && process.stderr.isTTY === true;
  const reader = createInterface({ input, prompt: '> ', terminal: isTerminal, ...(isTerminal ? { output: process.stderr } : {}) });
  const lines: string[] = [];
  let isOver = false;
  let wake = (): void => {};
  reader.on('line', (line) => {
    if (line.trim() !== '') lines.push(line);
    else if (isTerminal) reader.prompt();
    wake();
  });
  reader.on('close', () => {
    isOver = true;
    wake();
  });
  // A terminal in this mode gives the key to the program.
  reader.on('SIGINT', () => process.kill(process.pid, 'SIGINT'));
  const close = (): void => reader.close();
  signal.addEventListener('abort', close);
  if (signal.aborted) close();
  return {
    async next() {
      if (isTerminal && !isOver) reader.prompt();
      while (lines.length === 0 && !isOver) {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
      return signal.aborted ? undefined : lines.shift();
    },
    close() {
      signal.removeEventListener('abort', close);
      close();
    },
  };
}
