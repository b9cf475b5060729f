import { resolve } from 'node:path';
import { ExitCode, messageOf, shortened, ToolError } from '../../errors.ts';
import { openLastLine } from '../../io/last-line.ts';
import { captureSession } from '../../pipeline/capture.ts';
import type { SampleRow } from '../../records/sample.ts';
import type { Turn } from '../../records/trajectory.ts';
import { escapeJson } from '../../reporters/parts/escape.ts';
import type { Arguments } from '../args.ts';
import type { CliHost } from '../host.ts';
import { createPrompt } from '../prompt.ts';
import { oneSuiteOf } from '../suites.ts';

/** A person speaks to the agent; what was said becomes a sample. After each answer it is in the file. */
export async function capture(given: Arguments, host: CliHost): Promise<number> {
  const [file] = given.operands;
  if (file !== undefined && !/\.(jsonl|ndjson)$/i.test(file)) throw notLines(file);
  const config = await oneSuiteOf(given, host, 'capture speaks to one agent');
  const say = (text: string) => host.stderr.write(`${text}\n`);
  const saved = createStore(file, host);
  const prompt = createPrompt(host.stdin, host.signal);
  if (host.stdin?.isTTY && !given.has('quiet')) say(`You speak to the agent of ${config.suite}. Ctrl-D ends the session.`);
  try {
    const failure = await captureSession({
      config,
      signal: host.signal,
      person: {
        next: prompt.next,
        onAnswer(turn, row) {
          saved.keep(row);
          if (!given.has('quiet')) say(shownTurn(turn));
        },
        onWarning: (message) => say(`warning: ${message}`),
      },
    });
    if (failure && !host.signal.aborted) say(`error: ${failure.message}`);
    return saved.end() && !failure ? ExitCode.pass : ExitCode.incomplete;
  } finally {
    prompt.close();
    saved.close();
  }
}

/** Keeps the row of the session so far: in the file, or, without one, for standard output. */
function createStore(file: string | undefined, host: CliHost): { keep(row: SampleRow): void; end(): boolean; close(): void } {
  let line: ReturnType<typeof openLastLine> | undefined;
  let kept = '';
  let why = '';
  return {
    keep(row) {
      kept = JSON.stringify(row);
      if (file === undefined) return;
      try {
        line ??= openLastLine(resolve(host.cwd, file));
        line.save(kept);
        why = '';
      } catch (error) {
        why = messageOf(error);
      }
    },
    /** False when the file does not have it. */
    end() {
      if (kept === '') host.stderr.write('nothing was answered, so nothing is saved\n');
      else if (why !== '') host.stderr.write(`error: ${file} cannot be written: ${why}\n  → the sample is on standard output\n`);
      else if (line) host.stderr.write(`saved as ${file}:${line.number}. Keep in "expected" and "toolCalls" what must hold\n`);
      if (kept !== '' && (line === undefined || why !== '')) host.stdout.write(`${escapeJson(kept)}\n`);
      return why === '';
    },
    close: () => line?.close(),
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
