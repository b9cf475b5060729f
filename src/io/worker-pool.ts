import type { Readable, Writable } from 'node:stream';
import { readByteLines } from './byte-lines.ts';
import { describeExit, type ProcessGroup, type ProcessOptions, residentMiB, startGroup } from './process.ts';

/** Why a worker gave no answer. `isSent`: the request had been written, so its work may have been done. */
export class WorkerFailure extends Error {
  readonly kind: 'ended' | 'timeout' | 'aborted' | 'too-large' | 'foreign' | 'not-started' | 'closed';
  readonly isSent: boolean;

  constructor(kind: WorkerFailure['kind'], message: string, isSent: boolean) {
    super(message);
    this.name = 'WorkerFailure';
    this.kind = kind;
    this.isSent = isSent;
  }
}

export interface WorkerPoolOptions extends ProcessOptions {
  /** Processes at most; each serves one call at a time, so that a bad call hurts no other. */
  size: number;
  /** A longer line stops the worker. */
  maxLineBytes: number;
  /** Memory of one process while it works, in MiB; one that holds more is killed. Where the system does not tell, there is no limit. */
  maxResidentMiB?: number;
  /** `stdio`: lines over standard input and output. `private`: over descriptor 3; standard output is dropped. */
  channel: 'stdio' | 'private';
  /** Between SIGTERM and SIGKILL when a call is stopped or the pool closes. */
  graceMs: number;
}

export interface WorkerPool {
  /**
   * Writes one line and resolves with the next line of the worker. One that `isAnswer` refuses stops the worker: what it
   * wrote besides could be taken for the answer of the next call. @throws WorkerFailure
   */
  call(line: string, options: CallLimits): Promise<string>;
  /** Stops every process; calls under way reject. */
  close(): Promise<void>;
}

export interface CallLimits {
  signal?: AbortSignal | undefined;
  timeoutMs?: number | undefined;
  /** Default: any line is. */
  isAnswer?: ((line: string) => boolean) | undefined;
}

interface Worker {
  group: ProcessGroup;
  input: Writable;
  /** The call under way. */
  call: { resolve: (line: string) => void; reject: (failure: WorkerFailure) => void } | undefined;
  isGone: boolean;
}

/** Long-lived child processes that answer lines with lines; started when first needed, replaced when they go. */
export function createWorkerPool(options: WorkerPoolOptions): WorkerPool {
  const workers = new Set<Worker>();
  const idle: Worker[] = [];
  const waiting: (() => void)[] = [];
  let isClosed = false;

  const onGone = (worker: Worker) => {
    workers.delete(worker);
    const at = idle.indexOf(worker);
    if (at >= 0) idle.splice(at, 1);
    waiting.shift()?.();
  };
  const release = (worker: Worker) => {
    if (!worker.isGone) idle.push(worker);
    waiting.shift()?.();
  };
  const acquire = async (signal: AbortSignal | undefined): Promise<Worker> => {
    for (;;) {
      if (isClosed) throw new WorkerFailure('closed', 'was closed', false);
      if (signal?.aborted) {
        // The wake-up that this call got may have been meant for the next one.
        waiting.shift()?.();
        throw new WorkerFailure('aborted', 'was stopped', false);
      }
      const worker = idle.pop() ?? (workers.size < options.size ? startWorker(options, onGone) : undefined);
      if (worker) {
        workers.add(worker);
        return worker;
      }
      await turnOf(waiting, signal);
    }
  };
  return {
    async call(line, limits) {
      const worker = await acquire(limits.signal);
      let stopWatching = (): void => {};
      try {
        stopWatching = watchMemory(worker, options.maxResidentMiB);
        return await callWorker(worker, line, { ...limits, graceMs: options.graceMs });
      } finally {
        stopWatching();
        release(worker);
      }
    },
    async close() {
      isClosed = true;
      for (const wake of waiting.splice(0)) wake();
      await Promise.all([...workers].map((worker) => worker.group.stop(options.graceMs)));
    },
  };
}

const memoryCheckMs = 250;

/** The heap limit of V8 knows nothing of buffers, and a process without a limit takes the whole job with it. */
function watchMemory(worker: Worker, maxMiB: number | undefined): () => void {
  const { pid } = worker.group.child;
  if (maxMiB === undefined || pid === undefined) return () => {};
  const timer = setInterval(() => {
    const heldMiB = residentMiB(pid);
    if (heldMiB === undefined || heldMiB <= maxMiB) return;
    worker.isGone = true;
    worker.call?.reject(new WorkerFailure('ended', `ran out of memory: it held ${Math.round(heldMiB)} MiB, more than the limit of ${maxMiB}`, true));
    void worker.group.stop(0);
  }, memoryCheckMs);
  timer.unref();
  return () => clearInterval(timer);
}

/** Resolves when something changed: a worker is free or gone, the pool closed, the signal aborted. */
function turnOf(waiting: (() => void)[], signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve) => {
    const wake = () => {
      signal?.removeEventListener('abort', wake);
      const at = waiting.indexOf(wake);
      if (at >= 0) waiting.splice(at, 1);
      resolve();
    };
    waiting.push(wake);
    signal?.addEventListener('abort', wake, { once: true });
  });
}

interface CallOptions extends CallLimits {
  graceMs: number;
}

function callWorker(worker: Worker, line: string, { signal, timeoutMs, isAnswer, graceMs }: CallOptions): Promise<string> {
  return new Promise((resolve, reject) => {
    const clear = () => {
      worker.call = undefined;
      clearTimeout(timer);
      signal?.removeEventListener('abort', onAbort);
    };
    const give = (failure: WorkerFailure) => {
      clear();
      reject(failure);
    };
    const stop = (kind: 'timeout' | 'aborted' | 'foreign', message: string) => {
      worker.isGone = true;
      void worker.group.stop(graceMs);
      give(new WorkerFailure(kind, message, true));
    };
    const onAbort = () => stop('aborted', 'was stopped');
    const timer = timeoutMs === undefined ? undefined : setTimeout(() => stop('timeout', `gave no answer within ${timeoutMs} ms`), timeoutMs);
    signal?.addEventListener('abort', onAbort, { once: true });
    worker.call = {
      resolve(answer) {
        if (isAnswer && !isAnswer(answer)) return stop('foreign', 'wrote something that is not an answer');
        clear();
        resolve(answer);
      },
      reject: give,
    };
    worker.input.write(`${line}\n`);
  });
}

function startWorker(options: WorkerPoolOptions, onGone: (worker: Worker) => void): Worker {
  const isPrivate = options.channel === 'private';
  const group = startGroup(options, isPrivate ? ['ignore', 'ignore', 'pipe', 'pipe'] : ['pipe', 'pipe', 'pipe']);
  const [stdin, stdout, , own] = group.child.stdio;
  const input = (isPrivate ? own : stdin) as Writable;
  const output = (isPrivate ? own : stdout) as Readable;
  const worker: Worker = { group, input, call: undefined, isGone: false };
  // A worker that went is reported once, by its exit; a broken pipe comes with it.
  input?.on('error', () => {});
  // A line is one answer; without a call under way it is dropped. The caller checks whose answer it is.
  if (output !== null && output !== undefined)
    readByteLines(output, {
      maxBytes: options.maxLineBytes,
      onLine: (line) => worker.call?.resolve(line),
      onTooLong() {
        worker.isGone = true;
        void worker.group.stop(0);
        worker.call?.reject(new WorkerFailure('too-large', `wrote more than ${options.maxLineBytes} bytes in one answer`, true));
      },
    });
  void group.exit.then((exit) => {
    worker.isGone = true;
    const tail = group.stderrTail().trim();
    const reason = `${/heap out of memory/.test(tail) ? 'ran out of memory' : describeExit(exit)}${tail ? `; it wrote: ${tail}` : ''}`;
    worker.call?.reject(new WorkerFailure(exit.error ? 'not-started' : 'ended', reason, !exit.error));
    onGone(worker);
  });
  return worker;
}
