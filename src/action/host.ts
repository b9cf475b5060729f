import type { Problem, ToolError } from '../errors.ts';
import { createJobSummary, type JobSummary } from '../github/job-summary.ts';
import { toDisplay, toLine } from '../reporters/parts/escape.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** Everything that the runner offers to an action. */
export interface ActionHost {
  env: Environment;
  input(name: string): string | undefined;
  setOutput(name: string, value: string): void;
  /** Kept for the step that runs after the job, whatever happens in between. */
  saveState(name: string, value: string): void;
  state(name: string): string;
  /** Hides a value in all that is logged from now on. */
  mask(value: string): void;
  info(message: string): void;
  notice(message: string): void;
  warning(message: string): void;
  error(message: string, place?: { file?: string; line?: number }): void;
  summarize: JobSummary;
}

/** The runner's side of this process. Loads `@actions/core`. */
export async function createHost(env: Environment = process.env): Promise<ActionHost> {
  const core = await import('@actions/core');
  return {
    env,
    input: (name) => env[`INPUT_${name.replace(/ /g, '_').toUpperCase()}`],
    setOutput(name, value) {
      if (env.GITHUB_OUTPUT) core.setOutput(name, value);
    },
    saveState(name, value) {
      if (env.GITHUB_STATE) core.saveState(name, value);
    },
    state: (name) => env[`STATE_${name}`] ?? '',
    mask(value) {
      for (const part of new Set([value, ...value.split(/\r?\n/)])) if (part.trim().length >= 4) core.setSecret(part);
    },
    info: (message) => core.info(inertLine(message)),
    notice: (message) => core.notice(toDisplay(message)),
    warning: (message) => core.warning(toDisplay(message)),
    error: (message, place = {}) =>
      core.error(toDisplay(message), { ...(place.file ? { file: toLine(place.file) } : {}), ...(place.line ? { startLine: place.line } : {}) }),
    summarize: createJobSummary(env.GITHUB_STEP_SUMMARY),
  };
}

/** A line that shows what a terminal would carry out, and that the runner cannot take for a command: neither `::x::` at its start nor the old `##[x]` anywhere. */
export function inertLine(message: string): string {
  return toDisplay(message.replace(/[\p{Cc}\u2028\u2029]+/gu, ' '))
    .replace(/^(\s*):(?=:)/, '$1: ')
    .replace(/##(?=\[)/g, '# #');
}

/** Logs a known error with each of its problems; the ones with a place are shown there. `hide` takes secrets out. */
export function reportError(host: ActionHost, error: ToolError, hide: (text: string) => string = (text) => text): void {
  host.error(hide([error.message, error.remedy].filter((part) => part !== undefined).join('. ')));
  for (const problem of error.problems) {
    const { file, line } = problem;
    host.error(hide(problemText(problem)), { ...(file ? { file } : {}), ...(line ? { line } : {}) });
  }
}

function problemText({ file, line, field, message, remedy }: Problem): string {
  const place = file === undefined ? '' : `${file}${line === undefined ? '' : `:${line}`}: `;
  const named = place + (field !== undefined && !message.includes(field) ? `${field}: ${message}` : message);
  return remedy === undefined ? named : `${named}. ${remedy}`;
}
