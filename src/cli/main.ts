#!/usr/bin/env node
import { getHeapSpaceStatistics, getHeapStatistics, setFlagsFromString } from 'node:v8';
import { ExitCode, ToolError } from '../errors.ts';
import { withoutMachineErrors } from '../io/machine-error.ts';
import { version } from '../version.ts';
import { type CommandName, helpText, isCommand, parseArguments } from './args.ts';
import { type CliHost, errorText, inertStream, shownStream } from './host.ts';

let isOutputLost = false;
/** Above what a run of 50,000 slots takes, which is 60 MB. */
const largeHeapBytes = 75_000_000;
listenForLostOutput();
// Node would end with 1, and that is a regression.
process.on('uncaughtException', (error) => process.exit(tell(error, false)));
process.exitCode = await main(process.argv.slice(2));

/** Starts one command and turns what it throws into a message and an exit code. */
async function main(argv: string[]): Promise<number> {
  const [name, ...rest] = argv;
  if (name === '--version' || name === '-v') return say(`${version}\n`);
  if (name === undefined || name === '--help' || name === '-h' || name === 'help') return say(helpText(isCommand(rest[0]) ? rest[0] : undefined));
  const stop = new AbortController();
  const { env } = process;
  const [stdout, stderr] = [inertStream(process.stdout, env), shownStream(process.stderr)];
  const host: CliHost = {
    cwd: process.cwd(),
    env,
    stdout,
    stderr,
    signal: stop.signal,
    // Opened by who reads it: it keeps a process from ending.
    get stdin() {
      return process.stdin;
    },
  };
  try {
    if (!isCommand(name)) throw await unknownCommand(name);
    const foreign = rest.some((word) => word.startsWith('--from')) ? await (await import('./project.ts')).foreignFlags(name, rest) : undefined;
    const given = parseArguments(name, rest, foreign);
    if (given.has('help')) return say(helpText(name, foreign));
    listenForSignals(stop);
    const run = await loadCommand(name);
    // It reads and ends: a large YAML file takes a quarter less time in a heap that may grow.
    if (name !== 'validate') keepHeapSmall();
    return interruptedOr(await run(given, host), stop.signal);
  } catch (error) {
    return interruptedOr(tell(error, rest.includes('--verbose')), stop.signal);
  }
}

/**
 * V8 would let its young generation grow to 16 MB a half and its heap to several times what is in use: twice the
 * memory of a run of 50,000 slots, for a few per cent of its time. From 1 MB a half, where collections cost a fifth of a
 * run, it may grow to 2 MB (4 MB when two fall between two looks). Of a heap that is large all the same, each collection
 * takes long, and a fifth more room is soon used up: then it may grow by half. The flags are read anew at every
 * collection; while the command loads they are V8's own, as collections then only cost time.
 */
function keepHeapSmall(): void {
  setFlagsFromString('--heap-growing-percent=20');
  const young = setInterval(() => {
    const size = getHeapSpaceStatistics().find((space) => space.space_name === 'new_space')?.space_size ?? 0;
    if (size < 4_000_000) return;
    setFlagsFromString('--semi-space-growth-factor=1');
    clearInterval(young);
  }, 5).unref();
  const whole = setInterval(() => {
    if (getHeapStatistics().used_heap_size < largeHeapBytes) return;
    setFlagsFromString('--heap-growing-percent=50');
    setFlagsFromString('--semi-space-growth-factor=2');
    clearInterval(young);
    clearInterval(whole);
  }, 100).unref();
}

function say(text: string): number {
  process.stdout.write(text);
  return ExitCode.pass;
}

async function unknownCommand(name: string): Promise<ToolError> {
  if (name.startsWith('-'))
    return new ToolError({ code: 'usage', message: `the command comes first, found ${name}`, remedy: 'agent-regress --help lists the commands' });
  const [{ unknownNameRemedy }, { commands }] = await Promise.all([import('../registry.ts'), import('./args.ts')]);
  return new ToolError({ code: 'usage', message: `there is no command "${name}"`, remedy: unknownNameRemedy(name, Object.keys(commands)) });
}

/** Each command loads what it needs and nothing else: a start that does little takes little. */
async function loadCommand(name: CommandName) {
  switch (name) {
    case 'demo':
      return (await import('./commands/demo.ts')).demo;
    case 'init':
      return (await import('./commands/init.ts')).init;
    case 'validate':
      return (await import('./commands/validate.ts')).validate;
    case 'run':
      return (await import('./commands/run.ts')).run;
    case 'execute':
      return (await import('./commands/execute.ts')).execute;
    case 'check':
      return (await import('./commands/check.ts')).check;
    case 'compare':
      return (await import('./commands/compare.ts')).compare;
    case 'capture':
      return (await import('./commands/capture.ts')).capture;
    case 'merge':
      return (await import('./commands/merge.ts')).merge;
    case 'import':
      return (await import('./commands/import.ts')).importResults;
    case 'export':
      return (await import('./commands/export.ts')).exportResults;
    case 'calibrate':
      return (await import('./commands/calibrate.ts')).calibrate;
    case 'judge-agreement':
      return (await import('./commands/judge-agreement.ts')).judgeAgreement;
    case 'history':
      return (await import('./commands/history.ts')).history;
    case 'report':
      return (await import('./commands/report.ts')).report;
    case 'publish':
      return (await import('./commands/publish.ts')).publish;
  }
}

/** The first signal stops gracefully, with a labelled partial report; the second one at once. The run log is whole either way. */
function listenForSignals(stop: AbortController): void {
  for (const [name, code] of [
    ['SIGINT', ExitCode.interrupted],
    ['SIGTERM', ExitCode.terminated],
  ] as const) {
    process.on(name, () => {
      if (stop.signal.aborted) process.exit(code);
      process.stderr.write(`\n${name}: stopping; a second one stops at once\n`);
      stop.abort(name);
    });
  }
}

/** Who stops reading, as `head` does, has what he wanted; what a full disk has lost is missing. Without a listener either would end in a stack. */
function listenForLostOutput(): void {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE' || isOutputLost) return;
    isOutputLost = true;
    const message = `standard output cannot be written: ${error.code ?? error.message}`;
    const remedy = 'the files of the output folder do not depend on it; print again with: agent-regress report RUN';
    tell(new ToolError({ code: 'output-lost', message, remedy }), false);
  });
  process.stderr.on('error', () => {});
  process.on('exit', (code) => {
    if (isOutputLost && code === ExitCode.pass) process.exitCode = ExitCode.incomplete;
  });
}

function interruptedOr(exitCode: number, signal: AbortSignal): number {
  if (!signal.aborted) return exitCode;
  return signal.reason === 'SIGTERM' ? ExitCode.terminated : ExitCode.interrupted;
}

function tell(thrown: unknown, isVerbose: boolean): number {
  const error = withoutMachineErrors(thrown);
  const stderr = shownStream(process.stderr);
  if (error instanceof ToolError) {
    stderr.write(errorText(error));
    if (isVerbose && error.stack) stderr.write(`${error.stack}\n`);
    return error.exitCode;
  }
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  stderr.write(`This is a bug in agent-regress ${version}; please report it with the lines below.\n${text}\n`);
  return ExitCode.internal;
}
