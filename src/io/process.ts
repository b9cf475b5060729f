import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { tailOf } from './failure.ts';

export interface ProcessOptions {
  /** Program and arguments; no shell. */
  argv: readonly string[];
  cwd: string;
  /** The whole environment of the child; see `scrubbedEnv`. */
  env: Record<string, string>;
}

/** How a child ended. `signal` is set when it was killed; `error` when it could not be started. */
export interface ProcessExit {
  code: number | null;
  signal: NodeJS.Signals | null;
  error?: Error;
}

/** A child in its own process group, so that what it starts is stopped with it. */
export interface ProcessGroup {
  child: ChildProcess;
  exit: Promise<ProcessExit>;
  /** The end of what it wrote to standard error, as text, at most 4,000 characters. */
  stderrTail(): string;
  /** SIGTERM to the group, SIGKILL after `graceMs`; 0 kills at once. Resolves when the child has gone. */
  stop(graceMs: number): Promise<void>;
}

export interface RunOptions extends ProcessOptions {
  stdin: string;
  signal: AbortSignal;
  /** More on standard output stops the process. */
  maxOutputBytes: number;
  /** Between SIGTERM and SIGKILL. */
  graceMs?: number;
}

/** `ended`: it went by itself, whatever the code. */
export type RunResult =
  | { kind: 'ended'; exit: ProcessExit; stdout: Buffer; stderrTail: string }
  | { kind: 'not-started'; error: Error }
  | { kind: 'aborted'; stderrTail: string }
  | { kind: 'too-large'; stderrTail: string };

const stderrTailChars = 4000;
const inheritedNames = ['PATH', 'HOME', 'LANG', 'LC_ALL', 'TMPDIR', 'TZ', 'SystemRoot', 'TEMP', 'PATHEXT'];

/** Whether a child process gets this variable of our environment. */
export function isInherited(name: string): boolean {
  return inheritedNames.includes(name);
}

/** What a child process gets of our environment: where programs and temporary files are, the language, and what was declared. */
export function scrubbedEnv(declared: Readonly<Record<string, string>> = {}): Record<string, string> {
  const env: Record<string, string> = {};
  for (const name of inheritedNames) {
    const value = process.env[name];
    if (value !== undefined) env[name] = value;
  }
  return { ...env, ...declared };
}

/** Runs a process to its end: text in, bytes out. Never rejects. */
export async function runProcess(options: RunOptions): Promise<RunResult> {
  const { signal, stdin, maxOutputBytes, graceMs = 2000 } = options;
  if (signal.aborted) return { kind: 'aborted', stderrTail: '' };
  const group = startGroup(options, ['pipe', 'pipe', 'pipe']);
  const chunks: Buffer[] = [];
  let size = 0;
  let stopped: 'aborted' | 'too-large' | undefined;
  const stop = (kind: 'aborted' | 'too-large', grace: number) => {
    stopped ??= kind;
    void group.stop(grace);
  };
  // One that has ended by itself is waited for only because of its pipes, and not for long.
  const onAbort = () => {
    if (group.child.exitCode === null && group.child.signalCode === null) stop('aborted', graceMs);
  };
  signal.addEventListener('abort', onAbort, { once: true });
  group.child.stdout?.on('data', (chunk: Buffer) => {
    size += chunk.length;
    if (size > maxOutputBytes) stop('too-large', 0);
    else chunks.push(chunk);
  });
  // A child that does not read its input is its own affair: EPIPE is expected.
  group.child.stdin?.on('error', () => {});
  group.child.stdin?.end(stdin);
  const exit = await group.exit;
  signal.removeEventListener('abort', onAbort);
  if (exit.error) return { kind: 'not-started', error: exit.error };
  if (stopped) return { kind: stopped, stderrTail: group.stderrTail() };
  return { kind: 'ended', exit, stdout: Buffer.concat(chunks), stderrTail: group.stderrTail() };
}

/** Starts a child as the leader of a new process group; it is killed when our own process exits. */
export function startGroup(options: ProcessOptions, stdio: ('pipe' | 'ignore')[]): ProcessGroup {
  const [program = '', ...args] = options.argv;
  const child = spawn(program, args, { cwd: options.cwd, env: options.env, stdio, detached: process.platform !== 'win32', windowsHide: true });
  if (child.pid !== undefined) beFirstToGo(child.pid);
  let tail = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    tail = (tail + text).slice(-stderrTailChars - 1);
  });
  killOnOurExit(child);
  const exit = new Promise<ProcessExit>((resolve) => {
    let isDone = false;
    const done = (end: ProcessExit) => {
      if (isDone) return;
      isDone = true;
      living.delete(child);
      resolve(end);
    };
    child.once('error', (error) => {
      if (child.pid === undefined) done({ code: null, signal: null, error });
    });
    child.once('close', (code, signal) => done({ code, signal }));
    // `close` waits for everyone who holds the pipes; leftovers of the group would keep it open for ever.
    child.once('exit', () => {
      killGroup(child, 'SIGKILL');
      closePipesLater(child);
    });
  });
  return {
    child,
    exit,
    stderrTail: () => tailOf(tail, stderrTailChars),
    async stop(graceMs) {
      if (graceMs > 0) killGroup(child, 'SIGTERM');
      const timer = setTimeout(() => killGroup(child, 'SIGKILL'), graceMs);
      if (graceMs === 0) killGroup(child, 'SIGKILL');
      await exit;
      clearTimeout(timer);
    },
  };
}

/** When memory runs out Linux ends a process of its choice: that should be the child, or what the child started, never the run. */
function beFirstToGo(pid: number): void {
  if (process.platform !== 'linux') return;
  try {
    writeFileSync(`/proc/${pid}/oom_score_adj`, '900');
  } catch {
    // It has gone, or the container does not allow it: then it is as it was.
  }
}

/** What a process holds in memory, MiB; undefined where the system does not tell. */
export function residentMiB(pid: number): number | undefined {
  if (process.platform !== 'linux') return undefined;
  try {
    const kib = /^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
    return kib === undefined ? undefined : Number(kib) / 1024;
  } catch {
    return undefined;
  }
}

/** After the end of a child; what it wrote last is read within one turn of the event loop. */
const leftoverMs = 1000;

/** A leftover that made a group of its own is not reached by our signals, but must not make us wait for it. */
function closePipesLater(child: ChildProcess): void {
  const close = () => {
    for (const pipe of child.stdio) pipe?.destroy();
  };
  // In the turn after the next one: a loop that was busy for long first reads what is there.
  const timer = setTimeout(() => setImmediate(() => setImmediate(close)), leftoverMs);
  child.once('close', () => clearTimeout(timer));
}

const living = new Set<ChildProcess>();

/** One listener for all children: one each would pass node's warning limit. */
function killOnOurExit(child: ChildProcess): void {
  if (!process.listeners('exit').includes(killLiving)) process.on('exit', killLiving);
  living.add(child);
}

function killLiving(): void {
  for (const child of living) killGroup(child, 'SIGKILL');
}

/** Signals every process of the group; one that has gone is no error. */
function killGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined) return;
  try {
    if (process.platform === 'win32') child.kill(signal);
    else process.kill(-child.pid, signal);
  } catch {
    // ESRCH: nobody of the group is left.
  }
}

/** How a process ended, for a person: `exited with code 3`, `was killed by SIGKILL`. */
export function describeExit(exit: ProcessExit): string {
  if (exit.error) return `could not be started (${exit.error.message})`;
  return exit.signal ? `was killed by ${exit.signal}` : `exited with code ${exit.code}`;
}
