import { type Problem, ToolError } from '../errors.ts';
import type { SuiteConfig } from './suite-config.ts';

/**
 * The error with the place in the config file of every problem that names a field and no file, else the nearest thing around the
 * field. Anything else that was thrown is given back as it is.
 */
export function withPlaces(error: unknown, config: Pick<SuiteConfig, 'file' | 'places'>): unknown {
  if (!(error instanceof ToolError) || error.problems.length === 0) return error;
  const problems = error.problems.map((problem) => withPlace(problem, config));
  if (problems.every((problem, index) => problem === error.problems[index])) return error;
  const { code, message, remedy, exitCode } = error;
  const count = problems.length === 1 ? 'there is 1 problem' : `there are ${problems.length} problems`;
  const isOne = problems.length === 1 && problems[0] !== undefined && !message.includes(problems[0].message);
  return new ToolError({
    code,
    message: isOne ? message : `${count} in the config`,
    ...(problems.some((problem) => problem.remedy !== undefined) || remedy === undefined ? {} : { remedy }),
    exitCode,
    problems,
    cause: error,
  });
}

function withPlace(problem: Problem, { file, places }: Pick<SuiteConfig, 'file' | 'places'>): Problem {
  if (problem.file !== undefined || problem.field === undefined) return problem;
  for (let field = problem.field; field !== ''; field = parentOf(field)) {
    const place = places.get(field);
    if (place) return { ...problem, ...place };
  }
  return /^(checkers|agent|baseline)\b/.test(problem.field) ? { ...problem, file } : problem;
}

/** `checkers[0].value` → `checkers[0]` → `checkers` → empty. A key may hold dots itself: then one more step is taken. */
function parentOf(field: string): string {
  return field.slice(0, Math.max(0, field.lastIndexOf('.'), field.lastIndexOf('[')));
}
