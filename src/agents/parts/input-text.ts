import type { Input } from '../../records/sample.ts';

/**
 * What a user said as one text, for protocols whose messages are texts: text as it is, an object as JSON text, messages joined
 * by blank lines, with the role before those that are not the user's.
 */
export function inputText(input: Input): string {
  if (typeof input === 'string') return input;
  if (!Array.isArray(input)) return JSON.stringify(input);
  return input.map(({ role, content }) => (role === 'user' ? content : `${role}: ${content}`)).join('\n\n');
}
