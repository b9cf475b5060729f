/** Exit codes of every face. Disjoint: a number never means two things. */
export const ExitCode = {
  pass: 0,
  regression: 1,
  usage: 2,
  incomplete: 3,
  internal: 4,
  interrupted: 130,
  terminated: 143,
} as const;
export type ExitCode = (typeof ExitCode)[keyof typeof ExitCode];

/** One thing that is wrong in something a user wrote. */
export interface Problem {
  /** File as the user named it; absent for flags and inputs. */
  file?: string;
  /** 1-based. */
  line?: number;
  /** 1-based. */
  column?: number;
  /** Path of the field, such as `checkers[0].value`, or the flag or input name. */
  field?: string;
  /** What was found, as a sentence without a full stop. */
  message: string;
  /** What was expected and what to do about it. */
  remedy?: string;
}

/**
 * A problem that the user can fix. Faces print `message`, `remedy` and every entry of `problems`
 * without a stack, and exit with `exitCode`; of a message above 3,000 characters the middle is left out. Anything that is not a ToolError is a bug of ours.
 */
export class ToolError extends Error {
  /** Stable kebab-case identifier, such as `config-invalid`. */
  readonly code: string;
  readonly exitCode: ExitCode;
  readonly remedy: string | undefined;
  readonly problems: readonly Problem[];

  constructor(options: {
    code: string;
    message: string;
    remedy?: string;
    exitCode?: ExitCode;
    problems?: readonly Problem[];
    cause?: unknown;
  }) {
    super(bounded(options.message), options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'ToolError';
    this.code = options.code;
    this.exitCode = options.exitCode ?? ExitCode.usage;
    this.remedy = options.remedy === undefined ? undefined : bounded(options.remedy);
    this.problems = (options.problems ?? []).map(boundedProblem);
  }
}

/** Characters of a message. It quotes what a user wrote, and a word of a config may be as long as the file. */
const longestMessage = 3000;

/** Without its middle where it is too long; no character is cut in half. */
function bounded(text: string): string {
  if (text.length <= longestMessage) return text;
  return `${shortened(text, longestMessage - 500)} …${text.slice(-400).replace(/^[\udc00-\udfff]/, '')}`;
}

function boundedProblem(problem: Problem): Problem {
  const { field, message, remedy } = problem;
  return {
    ...problem,
    message: bounded(message),
    ...(field === undefined ? {} : { field: bounded(field) }),
    ...(remedy === undefined ? {} : { remedy: bounded(remedy) }),
  };
}

/** The beginning of a text, at most `maxLength` units and a mark where something is cut: half a secret is known by the mark after it. */
export function shortened(text: string, maxLength: number): string {
  return text.length > maxLength ? `${text.slice(0, maxLength).replace(/[\ud800-\udbff]$/, '')}…` : text;
}

/** The message of anything thrown, for a person; never the stack. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
