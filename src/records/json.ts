import * as z from './schema.ts';

/** Any JSON value. */
export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
// A walk of its own, as that of zod tries six schemas for every value within, which takes ten times as long.
export const Json: z.ZodMiniType<Json> = z.pipe(
  z.unknown(),
  z.transform((value, { issues }) => {
    if (isJson(value)) return value;
    const path: PropertyKey[] = [];
    const json = jsonOf(value, path);
    if (json === undefined) issues.push({ code: 'custom', input: value, path, message: whyNotJson(value, path) });
    return json;
  }),
) as z.ZodMiniType<Json>;

export type JsonObject = { [key: string]: Json };
export const JsonObject: z.ZodMiniType<JsonObject> = z.record(z.string(), Json);

/** Whether JSON text can hold all of a value, and no key of it would set a prototype: nearly always so, and quickly said. */
function isJson(value: unknown): value is Json {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return true;
  if (typeof value === 'number') return Number.isFinite(value);
  if (Array.isArray(value)) {
    for (let at = 0; at < value.length; at++) if (!isJson(value[at])) return false;
    return true;
  }
  if (!isPlain(value)) return false;
  for (const key of Object.keys(value)) if (key === '__proto__' || !isJson((value as JsonObject)[key])) return false;
  return true;
}

/**
 * A copy of a value, without keys that would set a prototype; `undefined` when no JSON text can hold something within, and
 * then the path leads to the first such thing.
 */
function jsonOf(value: unknown, path: PropertyKey[]): Json | undefined {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return value;
  if (typeof value === 'number') return Number.isFinite(value) ? value : undefined;
  const isList = Array.isArray(value);
  if (!isList && !isPlain(value)) return undefined;
  const copy: Json[] | JsonObject = isList ? [] : {};
  for (const key of isList ? value.keys() : Object.keys(value)) {
    if (key === '__proto__') continue;
    path.push(key);
    const item = jsonOf((value as JsonObject)[key], path);
    if (item === undefined) return undefined;
    (copy as JsonObject)[key] = item;
    path.pop();
  }
  return copy;
}

/** Whether a value is an object of no class, of this or of another context of the engine. */
function isPlain(value: unknown): value is object {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

function whyNotJson(value: unknown, path: readonly PropertyKey[]): string {
  const found = path.reduce((within, key) => (within as Record<PropertyKey, unknown>)[key], value);
  if (found === undefined) return 'it is missing: expected a JSON value';
  const what = typeof found === 'number' ? `the number ${found}` : typeof found === 'object' ? 'an object of a class' : `a ${typeof found}`;
  return `expected a JSON value, found ${what}`;
}

/** Whether a value is a mapping: neither null nor a list, text, number or truth value. */
export function isJsonObject(value: unknown): value is JsonObject {
  return value !== null && typeof value === 'object' && !Array.isArray(value);
}

/** JSON text with sorted object keys: equal values give equal text, whatever the key order. */
export function canonicalJson(value: unknown): string {
  if (value === null || typeof value !== 'object') return JSON.stringify(value) ?? 'null';
  if (Array.isArray(value)) return `[${value.map((item) => canonicalJson(item)).join(',')}]`;
  let text = '';
  for (const key of Object.keys(value).sort()) {
    const item = (value as Record<string, unknown>)[key];
    if (item !== undefined) text += `${text === '' ? '' : ','}${JSON.stringify(key)}:${canonicalJson(item)}`;
  }
  return `{${text}}`;
}

/**
 * Whether JSON text is nested deeper than so many levels, before it is read: for what is handed to a reader of others, which
 * follows levels by recursion. Of text that is no JSON it may say either.
 */
export function isDeeperText(text: string, levels: number): boolean {
  let depth = 0;
  let isQuoted = false;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 0x22) isQuoted = !isQuoted;
    else if (isQuoted) at += code === 0x5c ? 1 : 0;
    else if (code === 0x7b || code === 0x5b) {
      depth += 1;
      if (depth > levels) return true;
    } else if (code === 0x7d || code === 0x5d) depth -= 1;
  }
  return false;
}

/** Whether a value is nested deeper than so many levels; a text or number has none. */
export function isDeeper(value: Json, levels: number): boolean {
  return faultOf(value, levels, false) === 'deep';
}

/**
 * The first thing for which a value cannot be kept: it is nested deeper than so many levels, or holds a number that no JSON text
 * can hold, such as what is read of 1e999.
 */
export function jsonFault(value: Json, levels: number): JsonFault | undefined {
  return faultOf(value, levels, true);
}

export type JsonFault = 'deep' | 'infinite';

/** Values that are no JSON yet may be missing. Of a large mapping the engine gives the keys in half the time that all values take. */
function faultOf(value: Json | undefined, levels: number, refusesInfinite: boolean): JsonFault | undefined {
  if (typeof value === 'number') return refusesInfinite && !Number.isFinite(value) ? 'infinite' : undefined;
  if (value === null || typeof value !== 'object') return undefined;
  if (levels === 0) return 'deep';
  const isList = Array.isArray(value);
  const keys = isList ? undefined : Object.keys(value);
  const length = isList ? value.length : (keys?.length ?? 0);
  for (let at = 0; at < length; at++) {
    const fault = faultOf(keys ? (value as JsonObject)[keys[at] ?? ''] : (value as Json[])[at], levels - 1, refusesInfinite);
    if (fault) return fault;
  }
  return undefined;
}
