import { setMaxListeners } from 'node:events';
import { cp, lstat, mkdir, mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pLimit from 'p-limit';
import type { ScriptPaths, ScriptPort, ScriptRequest, ScriptResult } from '../checkers/checker.ts';
import { messageOf } from '../errors.ts';
import { excerptOf, tailOf } from './failure.ts';
import { readTextUpTo } from './files.ts';
import { describeExit, type RunResult, runProcess, scrubbedEnv } from './process.ts';

export interface ScriptPortOptions {
  /** Working folder of the programs. */
  baseDir: string;
  /** Programs at once. */
  concurrency: number;
  /** Aborted when the command stops: programs under way are stopped, and none is started any more. */
  signal: AbortSignal;
}

/** Of standard output, and of the file that is written. */
const maxOutputBytes = 1_048_576;
const graceMs = 1000;
const maxSaid = 4000;

/**
 * Runs programs of the user's that are given files and write one. Each gets a folder of its own for them, which is gone
 * afterwards, a process group of its own, and of our environment only what `scrubbedEnv` gives; the paths of the files are in
 * AGENT_REGRESS_INPUT (of the first input) and AGENT_REGRESS_OUTPUT too.
 */
export function createScriptPort({ baseDir, concurrency, signal }: ScriptPortOptions): ScriptPort {
  const limit = pLimit(Math.max(1, concurrency));
  setMaxListeners(0, signal);
  return {
    run: (request) => limit(runScript, request, baseDir, signal),
    pause: (ms) => sleep(ms, undefined, { signal }).catch(() => {}),
  };
}

async function runScript(request: ScriptRequest, baseDir: string, signal: AbortSignal): Promise<ScriptResult> {
  if (signal.aborted) return { kind: 'failed', reason: 'the run was stopped before the program was started' };
  let folder: string | undefined;
  try {
    folder = await mkdtemp(join(tmpdir(), 'agent-regress-script-'));
    return await runIn(folder, request, baseDir, signal);
  } catch (error) {
    return { kind: 'failed', reason: `the files of the program could not be written or read (${messageOf(error)})` };
  } finally {
    if (folder !== undefined) await rm(folder, { recursive: true, force: true, maxRetries: 3 }).catch(() => {});
  }
}

async function runIn(folder: string, request: ScriptRequest, baseDir: string, signal: AbortSignal): Promise<ScriptResult> {
  const paths = await layOut(folder, request, baseDir);
  const output = join(folder, 'answer', 'out.json');
  const [input = ''] = Object.keys(request.inputs).map((name) => paths.get(name));
  const { argv } = request;
  const late = AbortSignal.timeout(request.timeoutMs);
  const result = await runProcess({
    argv: typeof argv === 'function' ? argv(paths) : argv.map((part) => fillPaths(part, paths)),
    cwd: baseDir,
    env: scrubbedEnv({ ...request.env, AGENT_REGRESS_INPUT: input, AGENT_REGRESS_OUTPUT: output }),
    stdin: '',
    signal: AbortSignal.any([signal, late]),
    maxOutputBytes,
    graceMs,
  });
  const problem = problemOf(result, late.aborted ? `took more than ${request.timeoutMs / 1000} s` : 'was stopped with the run');
  if (problem !== undefined) return { kind: 'failed', reason: `the program ${problem}`, ...saidBy(result) };
  // A pipe or a device is not opened: it might never end.
  const isWritten = await stat(output).then(
    (found) => found.isFile(),
    () => false,
  );
  const written = isWritten ? await readTextUpTo(output, maxOutputBytes) : undefined;
  if (isWritten && written === undefined) return { kind: 'failed', reason: `the program wrote more than ${maxOutputBytes} bytes to its file` };
  const stdout = result.kind === 'ended' ? result.stdout.toString('utf8') : '';
  return { kind: 'ended', stdout, ...(written === undefined ? {} : { output: written }) };
}

/** Writes the inputs and copies the folders; gives the paths of all of them, and of the file to write. */
async function layOut(folder: string, { inputs, folders = {} }: ScriptRequest, baseDir: string): Promise<ScriptPaths> {
  const paths = new Map<string, string>();
  await mkdir(join(folder, 'answer'));
  for (const [name, path] of Object.entries(folders)) {
    const source = resolve(baseDir, path);
    const isThere = await stat(source).then(
      (found) => found.isDirectory(),
      () => false,
    );
    if (!isThere) continue;
    const copy = join(folder, 'folders', name);
    // A link of an untrusted folder could lead the program anywhere.
    await cp(source, copy, { recursive: true, filter: async (file) => file === source || !(await lstat(file)).isSymbolicLink() });
    paths.set(name, copy);
  }
  for (const name of Object.keys(inputs)) paths.set(name, join(folder, `${name}.json`));
  paths.set('out', join(folder, 'answer', 'out.json'));
  for (const [name, input] of Object.entries(inputs)) {
    await writeFile(paths.get(name) ?? '', JSON.stringify(typeof input === 'function' ? input(paths) : input));
  }
  return paths;
}

function fillPaths(part: string, paths: ScriptPaths): string {
  return part.replace(/\{\{\s*([A-Za-z0-9]+)\s*\}\}/g, (whole, name: string) => paths.get(name) ?? whole);
}

/** The ends of what a program wrote that went by itself. */
function saidBy(result: RunResult): { said?: string } {
  if (result.kind !== 'ended') return {};
  return { said: `${tailOf(result.stdout.toString('utf8'), maxSaid)}\n${tailOf(result.stderrTail, maxSaid)}` };
}

/** What a program did wrong; undefined when it ended with the code 0. */
function problemOf(result: RunResult, whenAborted: string): string | undefined {
  switch (result.kind) {
    case 'aborted':
      return whenAborted;
    case 'not-started':
      return `could not be started (${result.error.message})`;
    case 'too-large':
      return `wrote more than ${maxOutputBytes} bytes to standard output`;
    case 'ended': {
      if (result.exit.code === 0) return undefined;
      const detail = result.stderrTail.trim() === '' ? '' : `; it wrote: ${excerptOf(tailOf(result.stderrTail, 200), 201)}`;
      return `${describeExit(result.exit)}${detail}`;
    }
  }
}
