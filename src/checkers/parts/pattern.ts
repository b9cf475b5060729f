import type { RE2JS } from 're2js';
import { messageOf, ToolError } from '../../errors.ts';

/** A compiled pattern. Time grows linearly with the text, whatever the pattern. */
export interface Pattern {
  /** True when the pattern is found anywhere in the text. */
  test(text: string): boolean;
  /** The first match; undefined when there is none. */
  find(text: string): string | undefined;
}

/**
 * Compiles a regular expression in RE2 syntax, which has no look-around and no back-references; `field` says where the
 * pattern stands, for the message.
 * @throws ToolError `checker-invalid`
 */
export type PatternCompiler = (pattern: string, options: { flags?: string; field: string }) => Pattern;

/** The engine is large: it is loaded by the checkers that need it. */
export async function loadPatternCompiler(): Promise<PatternCompiler> {
  const engine = (await import('re2js')).RE2JS;
  return (pattern, options) => compilePattern(engine, pattern, options);
}

function compilePattern(engine: typeof RE2JS, pattern: string, options: { flags?: string; field: string }): Pattern {
  let compiled: RE2JS;
  try {
    compiled = engine.compile(pattern, flagBits(engine, options.flags ?? ''));
  } catch (error) {
    throw new ToolError({
      code: 'checker-invalid',
      message: `the pattern ${JSON.stringify(pattern)} cannot be used: ${messageOf(error)}`,
      remedy: remedyFor(pattern),
      problems: [{ field: options.field, message: `not a usable pattern: ${messageOf(error)}`, remedy: remedyFor(pattern) }],
      cause: error,
    });
  }
  return {
    test: (text) => compiled.test(text),
    find(text) {
      const matcher = compiled.matcher(text);
      return matcher.find() ? (matcher.group() ?? undefined) : undefined;
    },
  };
}

function flagBits(engine: typeof RE2JS, flags: string): number {
  let bits = 0;
  if (flags.includes('i')) bits |= engine.CASE_INSENSITIVE;
  if (flags.includes('m')) bits |= engine.MULTILINE;
  if (flags.includes('s')) bits |= engine.DOTALL;
  return bits;
}

function remedyFor(pattern: string): string {
  if (/\(\?<?[=!]/.test(pattern))
    return 'look-around, such as (?=…) or (?!…), is not supported, because it can take exponential time; use two checkers, one of them with "not: true"';
  if (/\\[1-9]|\\k</.test(pattern))
    return 'back-references, such as \\1, are not supported, because they can take exponential time; use a module checker';
  return 'use RE2 syntax: https://github.com/google/re2/wiki/Syntax';
}
