import { type Problem, ToolError } from '../../../errors.ts';
import { isDeeper, type Json } from '../../../records/json.ts';
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
  if (
    text
      .replace(/^\uFEFF/, '')
      .trimStart()
      .startsWith('[')
  ) {
    addProblem(reading, { file, line: 1, message: 'it is a JSON list', remedy: 'write each record on a line of its own' });
    return [];
  }
  return lines.flatMap((written, index) => {
    if (written.trim() === '') return [];
    const line = index + 1;
    const parsed = parse(written);
    if (!parsed) {
      if (index === lines.length - 1) reading.warnings.push(`${file}:${line}: the last line was cut and is left out`);
      else addProblem(reading, { file, line, message: 'it is not JSON', remedy: 'one record is one line' });
      return [];
    }
    if (parsed.isTooDeep) {
      addProblem(reading, { file, line, ...tooDeep });
      return [];
    }
    const refused = given.found?.(parsed.value);
    if (refused !== undefined) {
      addProblem(reading, { file, line, message: refused });
      return [];
    }
    const fitted = schema.safeParse(parsed.value);
    if (fitted.success) return [{ value: fitted.data, line }];
    addProblem(reading, { file, line, ...describe(fitted.error.issues[0], parsed.value) });
    return [];
  });
}

/** The first issue of a value in our words: where, what was expected, what was found. */
function describe(issue: z.core.$ZodIssue | undefined, value: unknown): Pick<Problem, 'field' | 'message'> {
  const path = issue?.path ?? [];
  const at = path.reduce<unknown>((inside, key) => (isFields(inside) ? inside[key] : undefined), value);
  const field = path.length === 0 ? {} : { field: path.map(String).join('.') };
  return { ...field, message: issue?.code === 'custom' ? issue.message : `expected ${expectedBy(issue)}, found ${shapeOf(at)}` };
}

function isFields(value: unknown): value is Record<PropertyKey, unknown> {
  return typeof value === 'object' && value !== null;
}

const typeNames: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  array: 'a list',
  object: 'an object',
  record: 'an object',
  boolean: 'true or false',
};

function expectedBy(issue: z.core.$ZodIssue | undefined): string {
  if (issue?.code === 'invalid_value') return issue.values.map((value) => JSON.stringify(value)).join(' or ');
  if (issue?.code === 'invalid_type') return typeNames[issue.expected] ?? issue.expected;
  if (issue?.code === 'invalid_union') return [...new Set(issue.errors.map(([inner]) => expectedBy(inner)))].join(' or ');
  return issue?.code === 'too_small' ? `at least ${issue.minimum}` : 'another value';
}

function shapeOf(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object') return 'an object';
  return typeof value === 'string' ? JSON.stringify(value.slice(0, 60)) : String(value);
}

/** Deeper values are not handed to schemas, which follow their levels. */
const maxLevels = 200;
const tooDeep = { message: `it is nested deeper than ${maxLevels} levels`, remedy: 'no program of AgentBench writes that' };

function parse(text: string): { value: unknown; isTooDeep: boolean } | undefined {
  try {
    const value = JSON.parse(text) as Json;
    return { value, isTooDeep: isDeeper(value, maxLevels) };
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
  if (parsed.isTooDeep) {
    addProblem(reading, { file: given.file, ...tooDeep });
    return undefined;
  }
  const fitted = given.schema.safeParse(parsed.value);
  if (fitted.success) return fitted.data;
  addProblem(reading, { file: given.file, ...describe(fitted.error.issues[0], parsed.value) });
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
