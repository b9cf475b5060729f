import { ToolError } from '../../errors.ts';
import { isJsonObject, type Json, type JsonObject } from '../../records/json.ts';

/** A file of an ADK project that was parsed, and where its parts stand. */
export interface AdkSource {
  /** As shown to people. */
  file: string;
  /** Of the errors about it, such as `dataset-invalid`. */
  code: string;
  /** 1-based line of a field such as `eval_cases[0].eval_id`; of its nearest known parent where it is not there. */
  lineOf(field: string): number;
}

/** The one shape of an error about an ADK file: file, line, field, what was found, what to do. */
export function adkError(source: AdkSource, field: string, message: string, remedy: string): ToolError {
  const line = source.lineOf(field);
  const text = field === '' ? message : `${field}: ${message}`;
  return new ToolError({
    code: source.code,
    message: `${source.file}:${line}: ${text}`,
    remedy,
    problems: [{ file: source.file, line, ...(field === '' ? {} : { field }), message, remedy }],
  });
}

/** A source for values that were never text, as a library caller has them. */
export function valueSource(file: string, code = 'adk-invalid'): AdkSource {
  return { file, code, lineOf: () => 1 };
}

/** The value under a snake_case name or its camelCase twin, and the name that was found. ADK writes both. */
export function fieldOf(object: JsonObject, name: string): { value: Json | undefined; name: string } {
  if (Object.hasOwn(object, name)) return { value: object[name], name };
  const camel = name.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
  return Object.hasOwn(object, camel) ? { value: object[camel], name: camel } : { value: undefined, name };
}

/** What a value is, for messages. */
export function kindOf(value: Json | undefined): string {
  if (value === undefined) return 'nothing';
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'a list';
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}

/** Typed access to the fields of one object of an ADK file. Null counts as absent, as it does in ADK. */
export interface AdkFields {
  /** Where the object stands, such as `eval_cases[0]`. */
  path: string;
  object: JsonObject;
  has(name: string): boolean;
  pathOf(name: string): string;
  /** @throws ToolError unless it is text; absent: undefined. */
  text(name: string): string | undefined;
  /** @throws ToolError unless it is text and there. `remedy` says what to write. */
  requiredText(name: string, remedy: string): string;
  list(name: string): Json[] | undefined;
  child(name: string): JsonObject | undefined;
  number(name: string): number | undefined;
  flag(name: string): boolean | undefined;
  fail(name: string, message: string, remedy: string): ToolError;
}

/** @throws ToolError when the value is not an object. */
export function fieldsOf(value: Json | undefined, path: string, source: AdkSource): AdkFields {
  if (!isJsonObject(value)) throw adkError(source, path, `an object is expected, found ${kindOf(value)}`, 'write it as {…}');
  const join = (name: string) => (path === '' ? name : `${path}.${name}`);
  const read = <T extends Json>(name: string, what: string, isIt: (found: Json) => found is T): T | undefined => {
    const found = fieldOf(value, name);
    if (found.value === undefined || found.value === null) return undefined;
    if (isIt(found.value)) return found.value;
    throw adkError(source, join(found.name), `${what} is expected, found ${kindOf(found.value)}`, `write ${what}, or leave the field out`);
  };
  const text = (name: string) => read(name, 'text', (found): found is string => typeof found === 'string');
  return {
    path,
    object: value,
    has: (name) => (fieldOf(value, name).value ?? null) !== null,
    pathOf: (name) => join(fieldOf(value, name).name),
    text,
    requiredText(name, remedy) {
      const found = text(name);
      if (found === undefined) throw adkError(source, join(fieldOf(value, name).name), 'it is missing', remedy);
      return found;
    },
    list: (name) => read(name, 'a list', (found): found is Json[] => Array.isArray(found)),
    child: (name) => read(name, 'an object', isJsonObject),
    number: (name) => read(name, 'a number', (found): found is number => typeof found === 'number'),
    flag: (name) => read(name, 'true or false', (found): found is boolean => typeof found === 'boolean'),
    fail: (name, message, remedy) => adkError(source, name === '' ? path : join(fieldOf(value, name).name), message, remedy),
  };
}
