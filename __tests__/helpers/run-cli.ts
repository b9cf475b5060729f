import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { constants, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Assessment } from '../../src/records/assessment.ts';
import { assertNoCanary, canariesIn, writtenByRuns } from '../harness/canary.ts';
import { assertStayedHere, networkGuard } from '../harness/network-guard.ts';

/** What is run: the bundle, or the file named by AGENT_REGRESS_CLI, such as src/cli/main.ts with a Node that reads TypeScript. */
export const cliEntry = process.env.AGENT_REGRESS_CLI ?? fileURLToPath(new URL('../../dist/cli/index.js', import.meta.url));

export interface CliResult {
  code: number | null;
  stdout: string;
  stderr: string;
}

export interface CliOptions {
  cwd: string;
  env?: Record<string, string>;
  /** Path of the Node binary. Default: the one that runs the tests. */
  node?: string;
  /** What its standard input brings; a function is given the stream and leaves it open. Default: nothing. */
  stdin?: string | ((stream: NodeJS.WritableStream) => void);
  /** Called with the process once it is started. */
  onStart?: (child: { kill(signal: NodeJS.Signals): boolean }) => void;
  /** Most bytes of a file that it may write, in blocks of 1024, as `ulimit -f` takes them. */
  fileLimit?: number;
  /** A program of the folder in place of the command line, such as one that uses the library. */
  program?: string;
  /** Modules that are loaded before it, as `node --import` takes them. */
  preloads?: readonly string[];
  /** A line of bash instead of `exec "$@"`, where `"$@"` is the command, such as `ulimit -n 30; exec "$@"`. */
  shell?: string;
  /** Preloads `harness/operations.mjs`, which watches what the process does, ends it or lets it fail there. */
  operations?: Operations;
}

/** See `harness/operations.mjs`. */
export interface Operations {
  list?: string;
  roots?: readonly string[];
  kill?: readonly { at: string; signal?: NodeJS.Signals }[];
  fail?: { k: number; code: string; from?: boolean; kinds?: readonly string[] };
}

/** To be given to `node --import`, with the operations as JSON in OPERATIONS. */
export const operationsPreload = new URL('../harness/operations.mjs', import.meta.url).href;

/** Keys that were handed out, by the folder in which they may not be found. */
const handedOut = new Map<string, ReturnType<typeof canariesIn>>();

/** Runs the built command line in a folder, with nothing of this environment but the path. No key of `env` may come out of it. */
export function runCli(
  args: readonly string[],
  { cwd, env = {}, node = process.execPath, onStart, fileLimit, operations, program = cliEntry, preloads = [], shell, stdin }: CliOptions,
): Promise<CliResult> {
  const imports = [...(operations ? [operationsPreload] : []), ...preloads].flatMap((module) => ['--import', module]);
  const command = [node, ...networkGuard.args, ...imports, program, ...args];
  const script = shell ?? (fileLimit === undefined ? undefined : `ulimit -f ${fileLimit}; exec "$@"`);
  const [file, rest] = script === undefined ? [node, command.slice(1)] : ['bash', ['-c', script, 'bash', ...command]];
  return new Promise((resolve, reject) => {
    const child = spawn(file, rest, {
      cwd,
      env: {
        PATH: process.env.PATH ?? '',
        HOME: cwd,
        ...networkGuard.env,
        ...(operations ? { OPERATIONS: JSON.stringify(operations) } : {}),
        ...env,
      },
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    // Who ends without reading has closed it.
    child.stdin.on('error', () => {});
    if (typeof stdin === 'function') stdin(child.stdin);
    else child.stdin.end(stdin);
    const result: CliResult = { code: null, stdout: '', stderr: '' };
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      result.stdout += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      result.stderr += text;
    });
    child.on('error', reject);
    // As a shell reports it: a signal that comes while the process is leaving ends it before its own code does.
    child.on('close', (code, signal) => {
      try {
        assertStayedHere();
        const canaries = canariesIn(env);
        handedOut.set(cwd, [...(handedOut.get(cwd) ?? []), ...canaries]);
        assertNoCanary(canaries, [
          ['stdout', result.stdout],
          ['stderr', result.stderr],
        ]);
        resolve({ ...result, code: code ?? 128 + (signal ? constants.signals[signal] : 0) });
      } catch (error) {
        reject(error);
      }
    });
    onStart?.(child);
  });
}

export interface Project {
  folder: string;
  /** Text as it is; anything else as JSON, a list as JSON lines. */
  write(name: string, content: unknown): void;
  read(name: string): string;
  assessment(name: string): Assessment;
  /** Records of a run log, those of one type when it is named. */
  records(name: string, type?: string): Record<string, unknown>[];
  /** @throws Error when what a run wrote into it holds a key that the run was given. */
  remove(): void;
}

/** A temporary folder with a user's files. */
export function makeProject(files: Record<string, unknown> = {}): Project {
  const folder = mkdtempSync(join(tmpdir(), 'agent-regress-cli-'));
  const project: Project = {
    folder,
    write(name, content) {
      mkdirSync(dirname(join(folder, name)), { recursive: true });
      writeFileSync(join(folder, name), textOf(content));
    },
    read: (name) => readFileSync(join(folder, name), 'utf8'),
    assessment: (name) => Assessment.parse(JSON.parse(project.read(join(name, 'assessment.json')))),
    records(name, type) {
      const lines = project
        .read(join(name, 'run.jsonl'))
        .split('\n')
        .filter((line) => line !== '');
      const records = lines.map((line) => JSON.parse(line) as Record<string, unknown>);
      return type === undefined ? records : records.filter((record) => record.type === type);
    },
    remove() {
      const canaries = handedOut.get(folder) ?? [];
      handedOut.delete(folder);
      try {
        if (canaries.length > 0) assertNoCanary(canaries, writtenByRuns(folder));
      } finally {
        rmSync(folder, { recursive: true, force: true });
      }
    },
  };
  for (const [name, content] of Object.entries(files)) project.write(name, content);
  return project;
}

function textOf(content: unknown): string {
  if (typeof content === 'string') return content;
  return Array.isArray(content) ? content.map((row) => `${JSON.stringify(row)}\n`).join('') : JSON.stringify(content, null, 2);
}
