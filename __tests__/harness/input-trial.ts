import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { join, resolve, sep } from 'node:path';
import { type CommandName, parseArguments } from '../../src/cli/args.ts';
import { importResults } from '../../src/cli/commands/import.ts';
import { init } from '../../src/cli/commands/init.ts';
import { validate } from '../../src/cli/commands/validate.ts';
import { type CliHost, errorText } from '../../src/cli/host.ts';
import { foreignFlags } from '../../src/cli/project.ts';
import { ToolError } from '../../src/errors.ts';
import { withoutMachineErrors } from '../../src/io/machine-error.ts';
import { cpuMs } from '../helpers/cpu.ts';

/** What is in the files that nothing may read, and so in no message and no output. */
export const outsideCanary = 'canary-of-outside';

/** What came of one command; `wrong` is empty when it kept every promise about bad input. */
export interface Trial {
  ending: 'done' | 'refused' | 'uncaught';
  code: string;
  text: string;
  wrong: string[];
}

const commands = { validate, init, import: importResults };

/**
 * Runs a command of the command line in this process. Its promises: it ends in a known error that names a file and says what is wrong in
 * at most 3,000 characters a message, or does its work; within `limitMs` of processor time; no prototype is changed, nothing
 * below `outside` is read, and what is shown of a refusal has no control characters.
 */
export async function tryCommand(
  words: readonly [keyof typeof commands & CommandName, ...string[]],
  { cwd, limitMs, outside }: { cwd: string; limitMs: number; outside?: string },
): Promise<Trial> {
  const [name, ...rest] = words;
  let shown = '';
  const stream = {
    write: (text: string) => {
      shown += text;
    },
  };
  const host: CliHost = {
    cwd,
    env: { HOME: cwd, CI: 'true', AGENT_URL: 'http://127.0.0.1:1' },
    stdout: stream,
    stderr: stream,
    signal: new AbortController().signal,
  };
  const wrong: string[] = [];
  const before = prototypes();
  const opened = outside === undefined ? undefined : watchOpened(outside);
  const started = cpuMs();
  let [ending, code]: [Trial['ending'], string] = ['done', ''];
  try {
    await commands[name](parseArguments(name, rest, await foreignFlags(name, rest)), host);
  } catch (thrown) {
    const error = withoutMachineErrors(thrown);
    if (error instanceof ToolError) {
      [ending, code] = ['refused', error.code];
      wrong.push(...wrongIn(error));
      shown += errorText(error);
    } else {
      ending = 'uncaught';
      wrong.push(`uncaught: ${error instanceof Error ? (error.stack ?? error.message).slice(0, 700) : String(error)}`);
    }
  }
  const took = cpuMs() - started;
  if (took > limitMs) wrong.push(`slow: ${Math.round(took)} ms`);
  for (const path of opened?.() ?? []) wrong.push(`read outside: ${path}`);
  if (prototypes() !== before) wrong.push('a prototype is another one now');
  // biome-ignore lint/suspicious/noControlCharactersInRegex: that is what must not be there
  const control = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/.exec(ending === 'refused' ? shown : '');
  if (control)
    wrong.push(
      `shown: a character ${JSON.stringify(control[0])} in ${JSON.stringify(shown.slice(Math.max(0, control.index - 60), control.index + 20))}`,
    );
  if (shown.length > 400_000) wrong.push(`shown: ${shown.length} characters`);
  if (shown.includes(outsideCanary)) wrong.push('shown: what is in a file outside');
  return { ending, code, text: shown.slice(0, 2000), wrong };
}

function wrongIn({ message, remedy = '', problems, code }: ToolError): string[] {
  const wrong: string[] = [];
  const told = [{ message, remedy }, ...problems];
  for (const one of told)
    for (const text of [one.message, one.remedy ?? ''])
      if (text.length > 3000) wrong.push(`${code}: ${text.length} characters: ${text.slice(0, 80)}`);
  for (const one of told) {
    const vague = /\[object|received undefined|\bundefined:|call stack|Cannot read|is not a function|is not iterable|null\)/.exec(one.message);
    if (vague) wrong.push(`vague: ${one.message.slice(0, 200)}`);
    if (one.message.length < 6) wrong.push(`short: ${one.message}`);
  }
  // What no file has, such as nothing to run at all, is said without one.
  const isPlaced =
    problems.every(({ file = '', field = '' }) => `${file}${field}` !== '') &&
    (problems.length > 0 || /[\w-]\.(ya?ml|jsonl?|csv|py)|filter|project|import|offset|in it|results/i.test(message));
  if (!isPlaced) wrong.push(`no place: ${code}: ${message.slice(0, 200)}`);
  return wrong;
}

function prototypes(): string {
  return [Object.prototype, Array.prototype, Function.prototype, String.prototype, Number.prototype]
    .map((prototype) => Reflect.ownKeys(prototype).map(String).join(','))
    .join(';');
}

/** Notes every path below a folder that is opened, links followed. @returns what ends it and gives them. */
function watchOpened(outside: string): () => string[] {
  const found = new Set<string>();
  const real = fs.realpathSync(outside);
  const { openSync, readFileSync, realpathSync } = fs;
  const { open, readFile } = fs.promises;
  const look = (path: unknown) => {
    if (typeof path !== 'string' && !(path instanceof URL)) return;
    try {
      const place = realpathSync(path instanceof URL ? path : resolve(path));
      if (place === real || place.startsWith(join(real, sep))) found.add(place);
    } catch {
      // nothing is there
    }
  };
  const watched = <T extends (...args: never[]) => unknown>(work: T): T =>
    ((...args: Parameters<T>) => {
      look(args[0]);
      return work(...args);
    }) as T;
  Object.assign(fs, { openSync: watched(openSync), readFileSync: watched(readFileSync) });
  Object.assign(fs.promises, { open: watched(open), readFile: watched(readFile) });
  syncBuiltinESMExports();
  return () => {
    Object.assign(fs, { openSync, readFileSync });
    Object.assign(fs.promises, { open, readFile });
    syncBuiltinESMExports();
    return [...found];
  };
}
