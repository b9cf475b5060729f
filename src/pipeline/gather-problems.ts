import { ExitCode, type Problem, ToolError } from '../errors.ts';

/** Several things that a user wrote, tried one after another, so that what is wrong with all of them is told at once. */
export interface GatheredProblems {
  /** Errors so far. */
  readonly count: number;
  /** There are so many that no more need to be looked for. */
  readonly isFull: boolean;
  /** What the work gives; undefined when there is something for the user to mend. @throws whatever else went wrong */
  of<T>(work: Promise<T>): Promise<T | undefined>;
  /** Of all that was found; one error alone is given as it was. @throws Error when nothing was found */
  asError(): ToolError;
}

/** Errors that are told at once, at most. */
const maxErrors = 50;

/** Begins with none. */
export function gatherProblems(): GatheredProblems {
  const errors: ToolError[] = [];
  return {
    get count() {
      return errors.length;
    },
    get isFull() {
      return errors.length >= maxErrors;
    },
    async of(work) {
      try {
        return await work;
      } catch (error) {
        if (!(error instanceof ToolError) || error.exitCode !== ExitCode.usage) throw error;
        errors.push(error);
        return undefined;
      }
    },
    asError() {
      const [first, ...others] = errors;
      if (!first) throw new Error('there is no problem');
      if (others.length === 0) return first;
      const least = errors.length >= maxErrors ? 'at least ' : '';
      const message = `the suite cannot run, for ${least}${errors.length} reasons`;
      return new ToolError({ code: 'suite-invalid', message, problems: errors.flatMap(problemsOf), cause: first });
    },
  };
}

/** What an error says in its message, and not only in its problems, stays. */
function problemsOf({ message, remedy, problems }: ToolError): Problem[] {
  const [only] = problems;
  const own = remedy === undefined ? {} : { remedy };
  if (problems.length === 1 && only) return [{ ...own, ...only }];
  return [{ message, ...own }, ...problems];
}
