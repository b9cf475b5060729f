import * as z from '../records/schema.ts';

/** An address that GitHub gives for people: of the web, on one line, or it is left out. It ends in outputs and links. */
export const WebUrl = z.catch(z.optional(z.string().check(z.regex(/^https?:\/\/[^\s\p{Cc}"'<>`\\]{1,2000}$/u))), undefined);
