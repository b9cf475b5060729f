import type { Json, JsonObject } from '../../../records/json.ts';

/** Where something was written: a file as the user knows it, and a line from 1. */
export interface At {
  file: string;
  line: number;
}

/** Something that was not converted, or not exactly. */
export interface Note extends At {
  /** Path of the field, such as `tests[2].assert[0]`. */
  field: string;
  message: string;
}

/** Collects what the user has to look at. */
export type Noter = (at: At, field: string, message: string) => void;

/** A JSON object: neither null nor a list. */
export function isMap(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const placeholder = /\{\{-?\s*([\w.[\]'-]+?)\s*-?\}\}/g;

/** Names of the variables that a text uses, as `a` of `{{ a.b }}` and of `{{ a[0] }}`. */
export function variablesIn(text: string): string[] {
  return [...text.matchAll(placeholder)].flatMap((match) => (match[1]?.startsWith('env.') ? [] : [keysOf(match[1] ?? '')[0] ?? '']));
}

/** `a.b[0]['c']` as its keys. */
export function keysOf(path: string): string[] {
  return path.split(/[.[\]']+/).filter((key) => key !== '');
}

/** The text with every `{{variable}}` replaced; `replace` gets the path after the braces. */
export function rewrite(text: string, replace: (path: string) => string): string {
  return text.replace(placeholder, (_, path: string) => replace(path));
}

/** What a text uses that is more than a variable: a filter, a tag, an expression. Undefined for none. */
export function beyondVariables(text: string): string | undefined {
  const rest = text.replace(placeholder, '');
  return /\{%[^}]*%\}|\{\{[^}]*\}\}/.exec(rest)?.[0];
}

/** All texts of a JSON value changed by one function. */
export function mapTexts(value: Json, change: (text: string) => Json): Json {
  if (typeof value === 'string') return change(value);
  if (Array.isArray(value)) return value.map((item) => mapTexts(item, change));
  if (isMap(value)) return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, mapTexts(item, change)]));
  return value;
}

/** The value of `{{path}}` among variables; undefined when there is none. */
export function lookUp(vars: JsonObject, path: string): Json | undefined {
  let value: Json | undefined = vars;
  for (const key of keysOf(path)) {
    const fields: JsonObject | undefined = typeof value === 'object' && value !== null ? (value as JsonObject) : undefined;
    value = fields && Object.hasOwn(fields, key) ? fields[key] : undefined;
  }
  return value;
}

/** A value as nunjucks puts it into a text. */
export function shown(value: Json | undefined): string {
  return value === undefined || value === null ? '' : typeof value === 'string' ? value : JSON.stringify(value);
}
