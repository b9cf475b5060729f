import { type Problem, ToolError } from '../../../errors.ts';
import type * as z from '../../../records/schema.ts';

/** A line of a file that fits its schema. */
export interface ReadLine<T> {
  value: T;
  /** From 1. */
  line: number;
}

/** What is collected while files are read. */
export interface Reading {
  problems: Problem[];
  warnings: string[];
}

/** More are not told: one mistake of a program is in every line. */
const maxProblems = 20;

/**
 * JSON lines that fit a schema; every other one is a problem with its place. A last line without its end was cut while it was
 * written: it is left out with a warning. `found` may refuse a line before the schema does, in better words.
 */
export function readLines<T>(
  reading: Reading,
  given: { file: string; text: string; schema: z.ZodMiniType<T>; found?: (value: unknown) => string | undefined },
): ReadLine<T>[] {
  const { file, text, schema } = given;
  const lines = text.replace(/^\uFEFF/, '').split('\n');
  return lines.flatMap((written, index) => {
    if (written.trim() === '') return [];
    const line = index + 1;
    const parsed = parse(written);
    if (!parsed) {
      if (index === lines.length - 1) reading.warnings.push(`${file}:${line}: the last line was cut and is left out`);
      else addProblem(reading, { file, line, message: 'it is not JSON', remedy: 'one record is one line' });
      return [];
    }
    const refused = given.found?.(parsed.value);
    if (refused !== undefined) {
      addProblem(reading, { file, line, message: refused });
      return [];
    }
    const fitted = schema.safeParse(parsed.value);
    if (fitted.success) return [{ value: fitted.data, line }];
    const [issue] = fitted.error.issues;
    const field = issue?.path.join('.') ?? '';
    addProblem(reading, { file, line, ...(field === '' ? {} : { field }), message: issue?.message ?? 'it is no record' });
    return [];
  });
}

function parse(text: string): { value: unknown } | undefined {
  try {
    return { value: JSON.parse(text) };
  } catch {
    return undefined;
  }
}

function addProblem(reading: Reading, problem: Problem): void {
  if (reading.problems.length < maxProblems) reading.problems.push(problem);
}

/** One JSON document that fits a schema; undefined with a problem where it does not. */
export function readDocument<T>(reading: Reading, given: { file: string; text: string; schema: z.ZodMiniType<T> }): T | undefined {
  const parsed = parse(given.text.replace(/^\uFEFF/, ''));
  if (!parsed) {
    addProblem(reading, { file: given.file, message: given.text.trim() === '' ? 'the file is empty' : 'it is not JSON' });
    return undefined;
  }
  const fitted = given.schema.safeParse(parsed.value);
  if (fitted.success) return fitted.data;
  const [issue] = fitted.error.issues;
  const field = issue?.path.join('.') ?? '';
  addProblem(reading, { file: given.file, ...(field === '' ? {} : { field }), message: issue?.message ?? 'it is not as expected' });
  return undefined;
}

/** The one error for everything that is wrong in the files. */
export function importError(problems: readonly Problem[]): ToolError {
  return new ToolError({
    code: 'import-invalid',
    message: `the results of AgentBench cannot be used: ${problems.length} problem${problems.length === 1 ? '' : 's'}`,
    remedy: 'nothing was imported; correct the lines or take them out',
    problems,
  });
}
