import * as z from '../records/schema.ts';

/** A key that may be left out or set to null, which takes back an inherited value. */
export function optional<T extends z.ZodMiniType>(schema: T) {
  return z.nullish(schema);
}

/** Text that is not empty. */
export const text = z.string().check(z.minLength(1));
/** One or several, described. */
export const names = (about: string) => z.described(z.union([text, z.array(text).check(z.minLength(1))]), about);
/** Written numbers are ids too: a CSV knows only text. */
export const words = (about: string) => z.described(z.union([z.string(), z.number(), z.array(z.union([z.string(), z.number()]))]), about);
