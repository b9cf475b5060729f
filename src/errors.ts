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
 * without a stack, and exit with `exitCode`. Anything that is not a ToolError is a bug of ours.
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
    super(options.message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'ToolError';
    this.code = options.code;
    this.exitCode = options.exitCode ?? ExitCode.usage;
    this.remedy = options.remedy;
    this.problems = options.problems ?? [];
  }
}

/** The message of anything thrown, for a person; never the stack. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
