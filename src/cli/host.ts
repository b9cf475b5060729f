import { relative } from 'node:path';
import type { Problem, ToolError } from '../errors.ts';
import { escapeJson, escapeWorkflowCommands, toDisplay } from '../reporters/parts/escape.ts';

/** Where a command speaks and what it was started with; the process in production. */
export interface CliHost {
  cwd: string;
  env: Readonly<Record<string, string | undefined>>;
  /** The result, and nothing else. */
  stdout: CliStream;
  /** Progress, notices and errors. */
  stderr: CliStream;
  /** What a person types, or a pipe brings. Absent: nobody does. */
  readonly stdin?: NodeJS.ReadStream;
  /** Aborted by SIGINT or SIGTERM. */
  signal: AbortSignal;
}

export interface CliStream {
  write(text: string): unknown;
  /** Empties the line that the cursor is in. Absent: it cannot. */
  emptyLine?(): unknown;
  isTTY?: boolean;
  columns?: number;
}

/**
 * In a job of GitHub Actions everything that is printed is read by the runner for commands, also what a stranger wrote into a table, a
 * document or a stack: there it is made inert. JSON keeps its meaning; in other texts a space comes between. Elsewhere the stream itself.
 */
export function inertStream(stream: CliStream, env: CliHost['env']): CliStream {
  if (env.GITHUB_ACTIONS !== 'true') return stream;
  return {
    ...(stream.isTTY === undefined ? {} : { isTTY: stream.isTTY }),
    ...(stream.columns === undefined ? {} : { columns: stream.columns }),
    write: (text) => stream.write(isJson(text) ? text.replaceAll('##[', '#\\u0023[') : escapeWorkflowCommands(text)),
  };
}

function isJson(text: string): boolean {
  if (!/^[[{]/.test(text) || !text.includes('##[')) return false;
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/**
 * A stream on which text of a config, a dataset, an agent or a baseline is only shown: no escape sequence and no command of a
 * workflow. Clearing a line is no text.
 */
export function shownStream(stream: CliStream): CliStream {
  return {
    write: (text) => stream.write(inertText(text)),
    emptyLine: () => stream.write('\r\u001b[2K'),
    get isTTY() {
      return stream.isTTY === true;
    },
    get columns() {
      return stream.columns ?? 0;
    },
  };
}

/** Text for standard output that may name what is not ours; lines are kept. */
export function inertText(text: string): string {
  return escapeWorkflowCommands(toDisplay(text));
}

/** A value as JSON for standard output: invisible characters as their escapes, which are read back as what they are. */
export function jsonText(value: unknown): string {
  return `${escapeJson(JSON.stringify(value, null, 2))}\n`;
}

/** Colours are for a terminal that wants them. @see https://no-color.org */
export function wantsColor(host: CliHost, stream: CliStream, isOff: boolean): boolean {
  if (isOff || (host.env.NO_COLOR ?? '') !== '' || host.env.TERM === 'dumb') return false;
  return stream.isTTY === true || ![undefined, '', '0'].includes(host.env.FORCE_COLOR);
}

/** A path as a person would type it. */
export function shownPath(host: CliHost, path: string): string {
  const short = relative(host.cwd, path);
  return short === '' ? '.' : short.startsWith('..') ? path : short;
}

/** A known error with every problem, for standard error; names from files, such as those that a remedy lists, are only shown. */
export function errorText(error: ToolError): string {
  return inertText(problemText(error));
}

function problemText(error: ToolError): string {
  const lines = [`error: ${error.message}`];
  const [only] = error.problems;
  const isSaid = error.problems.length === 1 && only !== undefined && error.message.includes(only.message);
  if (isSaid && error.remedy === undefined && only.remedy !== undefined) lines.push(`  → ${only.remedy}`);
  if (isSaid) return `${[...lines, ...(error.remedy === undefined ? [] : [`  → ${error.remedy}`])].join('\n')}\n`;
  for (const problem of error.problems) lines.push(...problemLines(problem));
  if (error.remedy !== undefined && !error.problems.some((problem) => problem.remedy === error.remedy)) lines.push(`  → ${error.remedy}`);
  return `${lines.join('\n')}\n`;
}

function problemLines({ file, line, column, field, message, remedy }: Problem): string[] {
  const place = [file, line, column].filter((part) => part !== undefined).join(':');
  const named = field !== undefined && !message.startsWith(field) ? `${field}: ${message}` : message;
  return [`  ${place === '' ? '' : `${place}: `}${named}`, ...(remedy === undefined ? [] : [`    → ${remedy}`])];
}
