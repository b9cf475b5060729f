import * as z from './schema.ts';

/** Any JSON value. */
export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
export const Json: z.ZodMiniType<Json> = z.json() as z.ZodMiniType<Json>;

export type JsonObject = { [key: string]: Json };
export const JsonObject: z.ZodMiniType<JsonObject> = z.record(z.string(), Json);

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

/** Whether a value holds a number that no JSON text can hold, such as what is read of 1e999. Its levels are known to be few. */
export function isInfinite(value: Json): boolean {
  if (typeof value === 'number') return !Number.isFinite(value);
  if (value === null || typeof value !== 'object') return false;
  for (const key in value) if (isInfinite((value as JsonObject)[key] ?? null)) return true;
  return false;
}

/** Whether a value is nested deeper than so many levels; a text or number has none. */
export function isDeeper(value: Json, levels: number): boolean {
  if (value === null || typeof value !== 'object') return false;
  if (levels === 0) return true;
  for (const key in value) if (isDeeper((value as JsonObject)[key] ?? null, levels - 1)) return true;
  return false;
}
