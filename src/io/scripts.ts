import { setMaxListeners } from 'node:events';
import { mkdir, mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pLimit from 'p-limit';
import type { ScriptPort, ScriptRequest, ScriptResult } from '../checkers/checker.ts';
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

/**
 * Runs programs of the user's that are given files and write one. Each gets a folder of its own for them, which is gone
 * afterwards, a process group of its own, and of our environment only what `scrubbedEnv` gives; the paths of the files are in
 * AGENT_REGRESS_INPUT (of the first input) and AGENT_REGRESS_OUTPUT too.
 */
export function createScriptPort({ baseDir, concurrency, signal }: ScriptPortOptions): ScriptPort {
  const limit = pLimit(Math.max(1, concurrency));
  setMaxListeners(0, signal);
  return { run: (request) => limit(runScript, request, baseDir, signal) };
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
  const paths = new Map(Object.keys(request.inputs).map((name) => [name, join(folder, `${name}.json`)]));
  const [input = ''] = paths.values();
  const output = join(folder, 'answer', 'out.json');
  await mkdir(join(folder, 'answer'));
  for (const [name, path] of paths) await writeFile(path, JSON.stringify(request.inputs[name]));
  paths.set('out', output);
  const late = AbortSignal.timeout(request.timeoutMs);
  const result = await runProcess({
    argv: request.argv.map((part) => part.replace(/\{\{\s*([A-Za-z0-9]+)\s*\}\}/g, (whole, name: string) => paths.get(name) ?? whole)),
    cwd: baseDir,
    env: scrubbedEnv({ ...request.env, AGENT_REGRESS_INPUT: input, AGENT_REGRESS_OUTPUT: output }),
    stdin: '',
    signal: AbortSignal.any([signal, late]),
    maxOutputBytes,
    graceMs,
  });
  const problem = problemOf(result, late.aborted ? `took more than ${request.timeoutMs / 1000} s` : 'was stopped with the run');
  if (problem !== undefined) return { kind: 'failed', reason: `the program ${problem}` };
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
