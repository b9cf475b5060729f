import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ToolError } from '../../src/errors.ts';
import { readRunIndex } from '../../src/io/run-log-file.ts';
import { Assessment } from '../../src/records/assessment.ts';
import { type CliResult, type Operations, runCli } from '../helpers/run-cli.ts';

/** One command in a fresh copy of a project, with one of its operations failing. */
export interface FaultPoint {
  /** Arguments of the command line. */
  args: readonly string[];
  /** Absent: nothing fails. */
  fail?: NonNullable<Operations['fail']>;
}

/** What came of it. */
export interface FaultedRun extends CliResult {
  point: FaultPoint;
  /** The copy, with what the command wrote. */
  folder: string;
  /** Names of its operations, in order. */
  operations: string[];
  /** Name of the operation that failed; undefined: there were fewer. */
  failed: string | undefined;
  remove(): void;
}

/** Longer than anything here waits for: a command that is still there hangs. */
const hangMs = 100_000;

/** Runs the command in a copy of the folder; a hang ends with SIGKILL, which is exit code 137. */
export async function runFaulted(project: string, point: FaultPoint, env: Record<string, string>): Promise<FaultedRun> {
  const folder = copyOf(project);
  const list = `${folder}.operations`;
  const operations = { list, roots: [folder], ...(point.fail ? { fail: point.fail } : {}) };
  let timer: NodeJS.Timeout | undefined;
  const onStart = (child: { kill(signal: NodeJS.Signals): boolean }) => {
    timer = setTimeout(() => child.kill('SIGKILL'), hangMs);
  };
  const result = await runCli(point.args, { cwd: folder, env, operations, onStart });
  clearTimeout(timer);
  const lines = readFileSync(list, 'utf8').split('\n').filter(Boolean);
  rmSync(list);
  const failed = lines.find((line) => line.startsWith('failed '))?.replace(/^failed \d+ /, '');
  const names = lines.filter((line) => !line.startsWith('failed ')).map((line) => line.split(' ')[1] ?? '');
  return { ...result, point, folder, operations: names, failed, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

function copyOf(project: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'agent-regress-fault-'));
  cpSync(project, folder, { recursive: true });
  return folder;
}

/** Errors of a system call that fit the operation. */
export function errnosFor(name: string): readonly string[] {
  const kind = name.replace(/:.*$/s, '');
  if (['send', 'head', 'body', 'fetch'].includes(kind)) return ['ECONNRESET', 'EPIPE'];
  if (['tell', 'hear', 'print'].includes(kind)) return ['EPIPE'];
  if (kind === 'spawn') return ['EMFILE', 'EACCES'];
  if (kind === 'open' || kind === 'readdir' || kind === 'copy') return ['EMFILE', 'EACCES', 'ENOSPC', 'EROFS'];
  if (kind === 'read' || kind === 'stat' || kind === 'close') return ['EIO', 'EACCES'];
  return ['ENOSPC', 'EIO', 'EROFS', 'EACCES'];
}

/** What no command may do, whatever fails: in words, empty when all is well. */
export function crimesOf({ code, stderr, stdout }: CliResult): string[] {
  const text = `${stdout}\n${stderr}`;
  return [
    ...(code === 137 ? ['hangs'] : code !== null && [0, 1, 2, 3].includes(code) ? [] : [`exit ${code}`]),
    ...(/\n\s+at .+:\d+|Unhandled|unhandled|triggerUncaught|Warning: Detected unsettled/.test(text) ? ['shows a stack'] : []),
    ...(code !== 0 && stderr.trim() === '' && stdout.trim() === '' ? ['fails without a word'] : []),
  ].map((crime) => `${crime}: ${text.trim().slice(-700)}`);
}

/** The part of an assessment that must not depend on faults, clocks or ids. */
export function essence(folder: string): unknown {
  const { verdict, outcomes, counts, samples, suiteEffect, passRate } = Assessment.parse(
    JSON.parse(readFileSync(join(folder, 'assessment.json'), 'utf8')),
  );
  const { status, exitCode, complete } = verdict;
  const rows = samples.map(({ id, class: kind, baseline, current, scores }) => ({ id, kind, baseline, current, scores }));
  return { status, exitCode, complete, outcomes, counts, rows, suiteEffect, passRate };
}

/** Files of the output that are cut, or left over from writing. */
export function brokenFiles(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .flatMap((entry) => {
      const text = readFileSync(join(entry.parentPath, entry.name), 'utf8');
      return isWhole(entry.name, text) ? [] : [`${entry.name} is broken: …${text.slice(-80)}`];
    });
}

function isWhole(name: string, text: string): boolean {
  try {
    if (name.endsWith('.json')) JSON.parse(text);
    // Only the last line of a run log may be cut, and the writer takes it away.
    if (name.endsWith('.jsonl')) for (const line of text.split('\n').filter(Boolean)) JSON.parse(line);
  } catch {
    return false;
  }
  if (name.endsWith('.html')) return text.trimEnd().endsWith('</html>');
  if (name.endsWith('.xml')) return text.trimEnd().endsWith('</testsuites>');
  return name.endsWith('.md') || name.endsWith('.csv') ? text.endsWith('\n') : true;
}

/** Slots with an outcome in a run log, `sample/epoch`; none where there is no log. @throws what a log that cannot be read throws. */
export async function doneSlots(runLog: string): Promise<string[]> {
  if (!existsSync(runLog)) return [];
  try {
    const index = await readRunIndex(runLog);
    return [...index.samples.values()].flatMap(({ id, slots }) => slots.map(({ epoch }) => `${id}/${epoch}`));
  } catch (error) {
    if (error instanceof ToolError && error.code === 'run-log-empty') return [];
    throw error;
  }
}
