import { randomBytes } from 'node:crypto';
import { resolve } from 'node:path';
import type { SuiteConfig } from '../../config/suite-config.ts';
import { ExitCode, messageOf, shortened, ToolError } from '../../errors.ts';
import { type LastLine, openLastLine } from '../../io/last-line.ts';
import { captureSession } from '../../pipeline/capture.ts';
import type { SampleRow } from '../../records/sample.ts';
import type { Turn } from '../../records/trajectory.ts';
import { escapeJson } from '../../reporters/parts/escape.ts';
import type { Arguments } from '../args.ts';
import type { CliHost } from '../host.ts';
import { createPrompt, maxLineBytes } from '../prompt.ts';
import { oneSuiteOf } from '../suites.ts';

/** A person speaks to the agent; what was said becomes a sample. After each answer it is in the file. */
export async function capture(given: Arguments, host: CliHost): Promise<number> {
  const [file] = given.operands;
  if (file !== undefined && !/\.(jsonl|ndjson)$/i.test(file)) throw notLines(file);
  const config = await oneSuiteOf(given, host, 'capture speaks to one agent');
  const say = (text: string) => host.stderr.write(`${text}\n`);
  const store = createStore(file, host);
  const prompt = createPrompt(host.stdin, host.signal);
  if (file !== undefined && readsOtherRows(config))
    say(`warning: ${config.file} reads rows of another shape (samples.map, samples.format): it does not fit them`);
  if (host.stdin?.isTTY && !given.has('quiet')) say(`You speak to the agent of ${config.suite}. Ctrl-D ends the session.`);
  let isSaved = false;
  try {
    const person = {
      next: prompt.next,
      keep: store.keep,
      onAnswer: (turn: Turn) => say(shownTurn(turn)),
      onWarning: (message: string) => say(`warning: ${message}`),
    };
    const failure = await captureSession({ config, signal: host.signal, person });
    if (failure && !host.signal.aborted) say(`error: ${failure.message}`);
    if (!store.hasAnswer()) say('nothing was answered, so nothing is saved');
    if (failure) return ExitCode.incomplete;
  } finally {
    prompt.close();
    isSaved = store.end();
  }
  if (prompt.isTooLong) throw tooLong();
  return isSaved ? ExitCode.pass : ExitCode.incomplete;
}

function readsOtherRows({ samples: { map, format } }: SuiteConfig): boolean {
  return map !== undefined || (format !== undefined && format !== 'jsonl');
}

interface Store {
  keep(row: SampleRow): Promise<void>;
  hasAnswer(): boolean;
  /** Says where the row is. False when the file does not have all of it. */
  end(): boolean;
}

/** Keeps the row of the session so far: in the file, or, without one, for standard output. Two sessions alike are two samples. */
function createStore(file: string | undefined, host: CliHost): Store {
  const line: LastLine | undefined = file === undefined ? undefined : openLastLine(resolve(host.cwd, file));
  const id = `captured-${randomBytes(4).toString('hex')}`;
  let kept = '';
  let why = '';
  return {
    async keep(row) {
      kept = JSON.stringify({ id, ...row });
      const before = why;
      why = '';
      await line?.save(kept).catch((error: unknown) => {
        why = error instanceof ToolError ? error.message : `${file} cannot be written: ${messageOf(error)}`;
      });
      if (why !== '' && before === '') host.stderr.write(`warning: ${why}\n`);
    },
    hasAnswer: () => kept !== '',
    end() {
      if (kept === '') return true;
      if (why !== '') host.stderr.write(`error: ${why}\n  → the sample is on standard output\n`);
      else if (line) host.stderr.write(`saved as ${file}:${line.number}. Keep in "expected" and "toolCalls" what must hold\n`);
      if (!line || why !== '') host.stdout.write(`${escapeJson(kept)}\n`);
      return why === '';
    },
  };
}

const maxArgsLength = 300;

function shownTurn({ steps, output }: Turn): string {
  const lines = steps.flatMap((step) => {
    if (step.kind === 'message') return step.text === output ? [] : [`  says ${step.text}`];
    if (step.kind === 'error') return [`  error: ${step.message}`];
    return [`  calls ${step.name}${step.args === undefined ? '' : ` ${shortened(JSON.stringify(step.args), maxArgsLength)}`}`];
  });
  return [...lines, output].join('\n');
}

function notLines(file: string): ToolError {
  return new ToolError({
    code: 'usage',
    message: `capture adds a line to a JSON Lines file, found ${JSON.stringify(file)}`,
    remedy: 'name a file that ends in .jsonl; without a file the sample is printed',
  });
}

function tooLong(): ToolError {
  return new ToolError({
    code: 'usage',
    message: `a line of the input is longer than ${maxLineBytes} bytes, so nothing after it was said`,
    remedy: 'each line is one message; what was answered before is kept',
  });
}
