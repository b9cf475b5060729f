import type { Transport } from '@modelcontextprotocol/sdk/shared/transport.js';
import type { JSONRPCMessage } from '@modelcontextprotocol/sdk/types.js';
import { readByteLines } from './byte-lines.ts';
import { excerptOf } from './failure.ts';
import { describeExit, type ProcessExit, type ProcessGroup, type ProcessOptions, startGroup } from './process.ts';

export interface StdioTransportOptions extends ProcessOptions {
  /** A longer message stops the server. */
  maxMessageBytes: number;
}

/** Messages of a server that is our child, as lines of its standard input and output. */
export interface StdioTransport extends Transport {
  /** How the server ended and the end of what it wrote to standard error, in words; undefined while it runs. */
  ending(): string | undefined;
  /** What it wrote to standard error, as one short line. */
  said(): string;
  /** Whether there is no such program. */
  isMissing(): boolean;
  /** Asks the server to end by closing its input, then by SIGTERM, and kills its group after twice `graceMs`; 0 kills at once. */
  stop(graceMs: number): Promise<void>;
}

/** The SDK's own transport starts the child in our process group, gives it more of our environment and keeps all of its standard error. */
export function createStdioTransport(options: StdioTransportOptions): StdioTransport {
  let group: ProcessGroup | undefined;
  let exit: ProcessExit | undefined;
  let problem: string | undefined;
  const said = () => excerptOf(group?.stderrTail() ?? '', 1000);
  const transport: StdioTransport = {
    async start() {
      const started = startGroup(options, ['pipe', 'pipe', 'pipe']);
      group = started;
      // A broken pipe comes with the end of the server, which is told by its exit.
      started.child.stdin?.on('error', () => {});
      const { stdout } = started.child;
      if (stdout)
        readByteLines(stdout, {
          maxBytes: options.maxMessageBytes,
          onLine(line) {
            const message = parseMessage(line);
            if (message) transport.onmessage?.(message);
          },
          onTooLong() {
            problem = `wrote more than ${options.maxMessageBytes} bytes in one message`;
            void started.stop(0);
          },
        });
      const isUp = new Promise<void>((resolve) => started.child.once('spawn', () => resolve()));
      void started.exit.then((end) => {
        exit = end;
        transport.onclose?.();
      });
      await Promise.race([isUp, started.exit]);
      if (started.child.pid === undefined) throw (await started.exit).error ?? new Error('the program could not be started');
    },
    send(message) {
      return new Promise((resolve, reject) => {
        const stdin = group?.child.stdin;
        if (!stdin?.writable) return reject(new Error('the server has gone'));
        stdin.write(`${JSON.stringify(message)}\n`, (error) => (error ? reject(error) : resolve()));
      });
    },
    close: () => transport.stop(0),
    ending: () => (exit ? [problem ?? describeExit(exit), ...(said() === '' ? [] : [`it wrote: ${said()}`])].join('; ') : undefined),
    said,
    isMissing: () => exit?.error !== undefined && 'code' in exit.error && exit.error.code === 'ENOENT',
    async stop(graceMs) {
      if (!group || exit) return;
      if (graceMs > 0) {
        group.child.stdin?.end();
        await within(group.exit, graceMs);
      }
      await group.stop(graceMs);
    },
  };
  return transport;
}

/** Resolves when the promise does, or when the time is up. */
function within(promise: Promise<unknown>, ms: number): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    void promise.then(() => {
      clearTimeout(timer);
      resolve();
    });
  });
}

/** A line that is no JSON object is no message: some servers greet on standard output. */
function parseMessage(line: string): JSONRPCMessage | undefined {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JSONRPCMessage) : undefined;
  } catch {
    return undefined;
  }
}
