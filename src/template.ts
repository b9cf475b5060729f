import { messageOf, ToolError } from './errors.ts';
import type { Json, JsonObject } from './records/json.ts';
import { unknownNameRemedy } from './registry.ts';

/** Fills a template with the values of a scope. @throws ToolError `template-unknown-name`. */
export type Template = (scope: JsonObject) => Json;

/**
 * Compiles a JSON value whose strings may hold `{{name}}` or `{{name.path.0}}`. A string that is one placeholder
 * and nothing else becomes the value itself, whatever its type; inside longer text, text is put in as it is and
 * anything else as JSON text. Keys are not templates. Values are data: a `{{…}}` inside a value is not expanded again.
 */
export function compileTemplate(template: Json): Template {
  if (typeof template === 'string') return compileText(template);
  if (Array.isArray(template)) {
    const items = template.map((item) => compileTemplate(item));
    return (scope) => items.map((item) => item(scope));
  }
  if (template !== null && typeof template === 'object') {
    const entries = Object.entries(template).map(([key, value]) => [key, compileTemplate(value)] as const);
    return (scope) => Object.fromEntries(entries.map(([key, value]) => [key, value(scope)]));
  }
  return () => template;
}

/** The names that a template uses, such as `row.question`, in order of appearance. */
export function templateNames(template: Json): string[] {
  if (typeof template === 'string') return [...template.matchAll(placeholder)].map((match) => match[1] ?? '');
  if (template !== null && typeof template === 'object') return Object.values(template).flatMap((item) => templateNames(item));
  return [];
}

/** A value as it stands inside longer text. */
export function textOf(value: Json | undefined): string {
  return value === undefined ? '' : typeof value === 'string' ? value : JSON.stringify(value);
}

/** A name starts with a letter, a digit, `_` or `$` and may hold spaces, as the columns of a spreadsheet do. */
const placeholder = /\{\{\s*([\p{L}\p{N}_$](?:[^{}\r\n]*[^{}\s])?)\s*\}\}/gu;

function compileText(text: string): Template {
  const parts: (string | { name: string })[] = [];
  let end = 0;
  for (const match of text.matchAll(placeholder)) {
    if (match.index > end) parts.push(text.slice(end, match.index));
    parts.push({ name: match[1] ?? '' });
    end = match.index + match[0].length;
  }
  if (end < text.length) parts.push(text.slice(end));
  const [only] = parts;
  if (only === undefined) return () => '';
  if (parts.length === 1) return typeof only === 'string' ? () => only : (scope) => lookUp(scope, only.name);
  return (scope) => parts.map((part) => (typeof part === 'string' ? part : textOf(lookUp(scope, part.name)))).join('');
}

/**
 * Own properties only, so that `constructor` and `__proto__` are ordinary missing names. A key that holds dots, such as
 * a column `a.b`, wins over the path of the same text.
 */
function lookUp(scope: JsonObject, name: string): Json {
  let value: Json = scope;
  let rest = name;
  for (;;) {
    const fields: JsonObject | undefined = value !== null && typeof value === 'object' ? (value as JsonObject) : undefined;
    if (fields && Object.hasOwn(fields, rest)) return fields[rest] as Json;
    const dot = rest.indexOf('.');
    const key = dot === -1 ? rest : rest.slice(0, dot);
    if (dot === -1 || !fields || !Object.hasOwn(fields, key)) throw unknownName(name, { key, rest, fields });
    value = fields[key] as Json;
    rest = rest.slice(dot + 1);
  }
}

function unknownName(name: string, at: { key: string; rest: string; fields: JsonObject | undefined }): ToolError {
  const parent = name.slice(0, name.length - at.rest.length - 1);
  const known = Object.keys(at.fields ?? {});
  return new ToolError({
    code: 'template-unknown-name',
    message: `the template uses {{${name}}}, but there is no "${at.key}"${parent === '' ? '' : ` in "${parent}"`}`,
    remedy: known.length > 0 ? unknownNameRemedy(at.key, known) : 'the value above it has no fields',
  });
}

/** The reason why a template could not be filled, for a score or an error of one slot. */
export function templateProblem(error: unknown): string {
  return error instanceof ToolError && error.remedy ? `${error.message}: ${error.remedy}` : messageOf(error);
}
