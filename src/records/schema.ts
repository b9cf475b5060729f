// What this project uses of zod, named one by one so that a bundle holds no more: import it as `z`. A rule of the layers
// keeps zod out of every other file, so that no schema is without its messages.
import { config, globalRegistry, type ZodMiniType } from 'zod/mini';
import en from 'zod/v4/locales/en.js';

export type { core, infer, ZodMiniDefault, ZodMiniNumber, ZodMiniType } from 'zod/mini';
export {
  _default,
  array,
  boolean,
  catch,
  catchall,
  coerce,
  discriminatedUnion,
  enum,
  extend,
  int,
  iso,
  literal,
  looseObject,
  maximum,
  maxLength,
  minimum,
  minLength,
  nullable,
  nullish,
  number,
  object,
  optional,
  partialRecord,
  pipe,
  positive,
  prettifyError,
  record,
  refine,
  regex,
  safeParse,
  strictObject,
  string,
  toJSONSchema,
  transform,
  tuple,
  union,
  unknown,
} from 'zod/mini';
export { $ZodError, toDotPath } from 'zod/v4/core';

// The small form of zod brings no messages: without these every issue would say "Invalid input", and of what is not there "undefined".
const { localeError } = en();
config({
  localeError: (issue) =>
    issue.code === 'invalid_type' && issue.input === undefined ? `it is missing: expected ${issue.expected}` : localeError(issue),
});

/**
 * The schema with a description for people and editors, which reaches the JSON Schemas and the documents. It is the same
 * object: of a schema that is used elsewhere too, describe a `clone()`.
 */
export function described<T extends ZodMiniType>(schema: T, description: string): T {
  globalRegistry.add(schema, { description });
  return schema;
}
