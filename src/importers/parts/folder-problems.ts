import { messageOf, type Problem, ToolError } from '../../errors.ts';
import type { ZodMiniType } from '../../records/schema.ts';
import { lineOfPath } from './json-line.ts';

const maxProblems = 50;

/** Gathers what is wrong with the files of a result folder, so that all of it is told at once. */
export interface ProblemList {
  readonly count: number;
  add(problem: Problem): void;
  /** The checked content of a JSON file; undefined, and a problem, when it is none. */
  parse<T>(text: string, file: string, schema: ZodMiniType<T>): T | undefined;
  /** @throws ToolError `import-invalid` when there is any. */
  throwIfAny(what: string): void;
}

/** An empty list. */
export function createProblemList(): ProblemList {
  const problems: Problem[] = [];
  let count = 0;
  const add = (problem: Problem) => {
    count += 1;
    if (problems.length < maxProblems) problems.push(problem);
  };
  return {
    get count() {
      return count;
    },
    add,
    parse(text, file, schema) {
      let value: unknown;
      try {
        value = JSON.parse(text.startsWith('\ufeff') ? text.slice(1) : text);
      } catch (error) {
        const whole = 'the file must hold one whole JSON value; a file that was cut off is written again by a new run of its task';
        add({
          file,
          line: lineOfError(error, text),
          message: text.trim() === '' ? 'the file is empty' : `not JSON: ${shortMessage(error)}`,
          remedy: whole,
        });
        return undefined;
      }
      const result = schema.safeParse(value);
      if (result.success) return result.data;
      // One of each file: a wrong shape often breaks every field.
      const [issue] = result.error.issues;
      const path = issue?.path ?? [];
      const field = path
        .map((part) => (typeof part === 'number' ? `[${part}]` : `.${String(part)}`))
        .join('')
        .replace(/^\./, '');
      add({
        file,
        line: lineOfPath(text, path),
        ...(field === '' ? {} : { field }),
        message: issue ? issueText(issue, valueAt(value, path)) : 'of another shape',
        remedy: shapeRemedy,
      });
      return undefined;
    },
    throwIfAny(what) {
      if (count === 0) return;
      const more = count > problems.length ? ` (the first ${problems.length} are listed)` : '';
      throw new ToolError({
        code: 'import-invalid',
        message: count === 1 ? `${what} has a problem` : `${what} has ${count} problems${more}`,
        problems,
      });
    },
  };
}

const kinds: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  object: 'an object',
  record: 'an object',
  array: 'a list',
};

/** What was expected and what was found, in words; a message of the schema as it is. */
function issueText(
  issue: { code?: string | undefined; message: string; expected?: unknown; values?: readonly unknown[]; minimum?: unknown },
  found: unknown,
): string {
  if (found === undefined) return 'it is missing';
  const word = kindOf(found);
  if (issue.code === 'invalid_type') return `expected ${kinds[String(issue.expected)] ?? String(issue.expected)}, found ${word}`;
  if (issue.values) return `expected ${issue.values.join(' or ')}, found ${word}`;
  if (issue.minimum !== undefined) return `expected at least ${String(issue.minimum)}, found ${word}`;
  return issue.message === 'Invalid input' ? `${word} does not belong here` : issue.message;
}

function kindOf(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'string') return `the text ${JSON.stringify(value.slice(0, 40))}`;
  return typeof value === 'object' ? 'an object' : String(value);
}

function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  let found: unknown = value;
  for (const key of path) {
    if (found === null || typeof found !== 'object' || !Object.hasOwn(found, key)) return undefined;
    found = (found as Record<PropertyKey, unknown>)[key];
  }
  return found;
}

const shapeRemedy = 'write it as AgentScope does: docs/from-agentloop.md lists the fields of every file';

/** Node quotes the text it could not read, which is not ours to print at length. */
function shortMessage(error: unknown): string {
  return messageOf(error)
    .replace(/, ?"?\.{0,3}[\s\S]*?"? is not valid JSON$/, '')
    .replace(/ in JSON at position.*$/, '')
    .slice(0, 120);
}

function lineOfError(error: unknown, text: string): number {
  const position = /position (\d+)/.exec(messageOf(error))?.[1];
  const end = position === undefined ? text.trimEnd().length : Number(position);
  let line = 1;
  for (let at = text.indexOf('\n'); at >= 0 && at < end; at = text.indexOf('\n', at + 1)) line += 1;
  return line;
}
