import type { Json, JsonObject } from '../../records/json.ts';
import type { ExpectedToolCall } from '../../records/sample.ts';
import * as z from '../../records/schema.ts';
import type { ToolCallStep } from '../../records/trajectory.ts';
import { isJsonEqual, isJsonSubset, parseJsonText } from './json-value.ts';
import { loadPatternCompiler, type PatternCompiler } from './pattern.ts';
import { isNamed } from './tool-call.ts';

export const ArgsMode = z.enum(['exact', 'subset', 'ignore']);

/** How one argument is compared. All but `ignore` apply to arguments that the expected call names. */
export const FieldRule = z.union([
  z.enum(['exact', 'ignore', 'present']),
  z.strictObject({ tolerance: z.described(z.number().check(z.minimum(0)), 'allowed difference of a number') }),
  z.strictObject({ regex: z.described(z.string().check(z.minLength(1)), 'RE2 pattern that the actual value has to match') }),
  z.strictObject({ ignoreCase: z.literal(true) }),
]);
export type FieldRule = z.infer<typeof FieldRule>;

/** True when an actual call is the expected one. */
export type CallMatcher = (expected: ExpectedToolCall, actual: ToolCallStep) => boolean;

type FieldTest = (expected: Json | undefined, actual: Json | undefined) => boolean;

/**
 * Compares calls by name and by arguments; ids, results and servers do not count. An expected call without `args` takes
 * any. As in ADK, no arguments at all and an empty object are not the same.
 * @throws ToolError for a pattern that cannot be used
 */
export async function createCallMatcher(options: { args: z.infer<typeof ArgsMode>; fields: Record<string, FieldRule> }): Promise<CallMatcher> {
  const hasPattern = Object.values(options.fields).some((rule) => typeof rule === 'object' && 'regex' in rule);
  const compilePattern = hasPattern ? await loadPatternCompiler() : undefined;
  const ignored = new Set(Object.keys(options.fields).filter((name) => options.fields[name] === 'ignore'));
  const tests = new Map(
    Object.entries(options.fields)
      .filter(([, rule]) => rule !== 'ignore')
      .map(([name, rule]) => [name, createFieldTest(rule, `fields.${name}`, compilePattern)] as const),
  );
  return (expected, actual) => {
    if (!isNamed(actual, expected.name)) return false;
    if (options.args === 'ignore' && tests.size === 0) return true;
    if (expected.args === undefined) return true;
    const said = argsOf(actual);
    if (!isPlainObject(said)) return false;
    for (const [name, test] of tests) {
      if (!Object.hasOwn(expected.args, name)) continue;
      if (!Object.hasOwn(said, name) || !test(expected.args[name], said[name])) return false;
    }
    if (options.args === 'ignore') return true;
    const isRest = (name: string): boolean =>
      !ignored.has(name) && !(tests.has(name) && expected.args !== undefined && Object.hasOwn(expected.args, name));
    const [wantedRest, saidRest] = [pick(expected.args, isRest), pick(said, isRest)];
    return options.args === 'subset' ? isJsonSubset(wantedRest, saidRest) : isJsonEqual(wantedRest, saidRest);
  };
}

function createFieldTest(rule: FieldRule, field: string, compilePattern: PatternCompiler | undefined): FieldTest {
  if (rule === 'present' || rule === 'ignore') return () => true;
  if (rule === 'exact') return isJsonEqual;
  if ('tolerance' in rule) {
    return (expected, actual) => typeof expected === 'number' && typeof actual === 'number' && Math.abs(expected - actual) <= rule.tolerance;
  }
  if ('regex' in rule) {
    const pattern = compilePattern?.(rule.regex, { field: `${field}.regex` });
    return (_, actual) => (typeof actual === 'string' || typeof actual === 'number') && pattern?.test(String(actual)) === true;
  }
  return (expected, actual) =>
    typeof expected === 'string' && typeof actual === 'string' ? expected.toLowerCase() === actual.toLowerCase() : isJsonEqual(expected, actual);
}

/** Some endpoints send arguments as JSON text. */
function argsOf(call: ToolCallStep): Json | undefined {
  if (typeof call.args !== 'string') return call.args;
  const parsed = parseJsonText(call.args);
  return parsed.isJson ? parsed.value : call.args;
}

function isPlainObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Without a prototype, so that a key such as `__proto__` stays an ordinary key. */
function pick(value: JsonObject, isWanted: (key: string) => boolean): JsonObject {
  const result: JsonObject = Object.create(null);
  for (const [key, item] of Object.entries(value)) if (isWanted(key)) result[key] = item;
  return result;
}
