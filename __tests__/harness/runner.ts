import type { ChildProcess } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { parseKeyValueFile, parseWorkflowCommands, type WorkflowCommand } from '../helpers/workflow-commands.ts';

/**
 * The runner's side of a step, after actions/runner (ActionCommandManager.cs, FileCommandManager.cs, ValueEncoders.cs,
 * JobDispatcher.cs): what it carries out of the output, takes from the command files, hides in the log, and how it cancels.
 */

/** Bytes above which the runner drops a step's summary, with an error. */
export const maxSummaryBytes = 1024 * 1024;
/** The runner lets no step set it for those that follow. */
const blockedNames: readonly string[] = ['NODE_OPTIONS'];

/** Where the step was told to write; absent files count as empty. */
export type CommandFiles = Record<'output' | 'env' | 'path' | 'state' | 'summary', string>;

/** What the runner takes from the command files of a step. */
export interface FileCommands {
  outputs: Record<string, string>;
  environment: Record<string, string>;
  /** Folders put before PATH. */
  path: string[];
  state: Record<string, string>;
  /** Empty when it was too large. */
  summary: string;
  /** Why the runner fails the step, or drops something. */
  errors: string[];
}

/** Reads the command files as the runner does after a step, however that ended. */
export async function readCommandFiles(files: CommandFiles): Promise<FileCommands> {
  const texts = await Promise.all(Object.values(files).map((path) => readFile(path, 'utf8').catch(() => '')));
  return parseCommandFiles(Object.fromEntries(Object.keys(files).map((name, index) => [name, texts[index]])) as CommandFiles);
}

/** The same of their texts. */
export function parseCommandFiles(texts: CommandFiles): FileCommands {
  const errors: string[] = [];
  const pairs = (name: keyof CommandFiles): Record<string, string> => {
    try {
      return parseKeyValueFile(texts[name]);
    } catch (error) {
      errors.push(`Unable to process file command '${name}' successfully. ${String(error)}`);
      return {};
    }
  };
  const environment = pairs('env');
  for (const name of Object.keys(environment).filter((known) => blockedNames.includes(known.toUpperCase()))) {
    errors.push(`Can't store ${name} output parameter using '$GITHUB_ENV' command.`);
    delete environment[name];
  }
  const bytes = Buffer.byteLength(texts.summary);
  if (bytes > maxSummaryBytes)
    errors.push(`$GITHUB_STEP_SUMMARY upload aborted, supports content up to a size of 1024k, got ${Math.floor(bytes / 1024)}k.`);
  return {
    outputs: pairs('output'),
    environment,
    path: texts.path.split(/\r?\n/).filter((line) => line !== ''),
    state: pairs('state'),
    summary: bytes > maxSummaryBytes ? '' : texts.summary,
    errors,
  };
}

/** What the runner makes of all that a step has printed. */
export interface ReadOutput {
  /** What it would carry out. */
  commands: WorkflowCommand[];
  /** What a reader of the log sees: secrets, and what the step has masked so far, are stars. */
  log: string;
}

/** Reads both output streams together, as the runner does, with the secrets that the workflow names. */
export function readOutput(output: string, secrets: readonly string[] = []): ReadOutput {
  const mask = createMasker(secrets);
  const commands: WorkflowCommand[] = [];
  const log: string[] = [];
  for (const line of output.split(/\r\n|\r|\n/)) {
    // A value is hidden from the line after the one that names it; that line itself is not printed.
    const masked = parseWorkflowCommands(line).filter(({ name }) => name === 'add-mask');
    for (const { data } of masked) mask.add(data);
    if (masked.length === 0) log.push(mask.hide(line));
  }
  // Whether a line is a command depends on the stop tokens before it.
  commands.push(...parseWorkflowCommands(output));
  return { commands, log: log.join('\n') };
}

export interface Masker {
  add(secret: string): void;
  hide(text: string): string;
}

/** Hides values in all forms that the runner knows: as they are, line by line, and in its eleven encodings. */
export function createMasker(secrets: readonly string[] = []): Masker {
  const forms = new Set<string>();
  const masker: Masker = {
    add(secret) {
      for (const value of new Set([secret, ...secret.split(/[\r\n]+/)])) {
        if (value === '') continue;
        for (const form of [value, ...encoders.map((encode) => encode(value))]) if (form !== '') forms.add(form);
      }
    },
    hide: (text) => hideAll(text, forms),
  };
  for (const secret of secrets) masker.add(secret);
  return masker;
}

/** Overlapping and touching finds become one `***`. */
function hideAll(text: string, forms: ReadonlySet<string>): string {
  const spans: [start: number, end: number][] = [];
  for (const form of forms) {
    for (let start = text.indexOf(form); start >= 0; start = text.indexOf(form, start + 1)) spans.push([start, start + form.length]);
  }
  spans.sort((a, b) => a[0] - b[0]);
  let result = '';
  let end = 0;
  let isInside = false;
  for (const [start, stop] of spans) {
    if (!isInside || start > end) {
      result += `${text.slice(end, start)}***`;
      isInside = true;
    }
    end = Math.max(end, stop);
  }
  return result + text.slice(end);
}

const base64Of = (value: string, shift: number): string => {
  const bytes = Buffer.from(value, 'utf8');
  return bytes.subarray(bytes.length > shift ? shift : 0).toString('base64');
};

/** ValueEncoders.cs, in the order in which HostContext.cs adds them. */
export const encoders: readonly ((value: string) => string)[] = [
  (value) => base64Of(value, 0),
  (value) => base64Of(value, 1),
  (value) => base64Of(value, 2),
  (value) => value.replaceAll('"', '\\"'),
  (value) => value.replaceAll("'", "''"),
  (value) => JSON.stringify(value).slice(1, -1),
  (value) => encodeURIComponent(value).replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`),
  (value) => value.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;').replaceAll("'", '&apos;'),
  (value) => (value.length > 8 && value.startsWith('"') && value.endsWith('"') ? value.slice(1, -1) : ''),
  beforeAmpersand,
  afterAmpersand,
];

/** PowerShell prints the parts of a command around an ampersand each in a colour of its own. */
function beforeAmpersand(value: string): string {
  const plus = value.indexOf('&+');
  const end = plus >= 0 ? plus + 2 : value.lastIndexOf('&') + 1;
  return end >= 6 ? value.slice(0, end) : '';
}

function afterAmpersand(value: string): string {
  if (!value.includes('&')) return '';
  const plus = value.indexOf('&+');
  // The first letter after the plus is coloured.
  const part = plus >= 0 ? value.slice(plus + 3) : value.slice(value.lastIndexOf('&') + 1);
  return part.length >= 6 ? part : '';
}

/** How a job is cancelled. */
export interface Cancellation {
  /** The first signal. Default SIGINT. */
  signal?: NodeJS.Signals;
  /** Milliseconds until SIGTERM follows, and a third of that later SIGKILL. Default 7500, as the runner; less makes it faster. */
  graceMs?: number;
}

/**
 * The runner's way to cancel: SIGINT to the process of the step, 7.5 s later SIGTERM, 2.5 s later SIGKILL. Children of it are told
 * nothing. `end` takes the timers away. A process that is gone is sent nothing.
 */
export function cancelStep(child: ChildProcess, { signal = 'SIGINT', graceMs = 7500 }: Cancellation = {}): { end(): void } {
  if (child.exitCode !== null || child.signalCode !== null) return { end: () => {} };
  child.kill(signal);
  const timers = [setTimeout(() => child.kill('SIGTERM'), graceMs), setTimeout(() => child.kill('SIGKILL'), graceMs * (4 / 3))];
  return {
    end() {
      for (const timer of timers) clearTimeout(timer);
    },
  };
}
