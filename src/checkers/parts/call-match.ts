import { Json, JsonObject } from '../../records/json.ts';
import type { ExpectedToolCall } from '../../records/sample.ts';
import * as z from '../../records/schema.ts';
import type { ToolCallStep } from '../../records/trajectory.ts';
import { compileJsonSchema } from './compile-json-schema.ts';
import { isJsonEqual, isJsonSubset, isTooDeep } from './json-value.ts';
import { loadPatternCompiler } from './pattern.ts';
import { conformAt, parsePath, withoutPath } from './pointer.ts';
import { argsOf, isNamed } from './tool-call.ts';

export const ArgsMode = z.enum(['exact', 'subset', 'superset', 'ignore']);

/** How one argument is compared. All but `ignore` and `default` apply to arguments that the expected call names. */
export const FieldRule = z.union([
  z.enum(['exact', 'ignore', 'present']),
  z.strictObject({ tolerance: z.described(z.number().check(z.minimum(0)), 'allowed difference of a number') }),
  z.strictObject({ regex: z.described(z.string().check(z.minLength(1)), 'RE2 pattern that the actual value has to match') }),
  z.strictObject({ ignoreCase: z.literal(true) }),
  z.strictObject({ schema: z.described(z.union([JsonObject, z.boolean()]), 'JSON Schema that the actual value has to be valid against') }),
  z.strictObject({ default: z.described(Json.clone(), 'an argument with this value counts as left out, on both sides') }),
]);
export type FieldRule = z.infer<typeof FieldRule>;

/** How the arguments of a call are compared. */
export interface ArgsRules {
  args: z.infer<typeof ArgsMode>;
  /** By the name of an argument, or by a JSON pointer into the arguments, such as `/items/*\/id`. */
  fields: Record<string, FieldRule>;
}

/** Rules of one tool; what is left out is that of all tools. */
export interface ToolRules {
  args?: ArgsRules['args'] | undefined;
  fields?: ArgsRules['fields'] | undefined;
}

/** True when an actual call is the expected one. */
export type CallMatcher = (expected: ExpectedToolCall, actual: ToolCallStep) => boolean;

type FieldTest = (expected: Json, actual: Json) => boolean;

/**
 * Compares calls by name and by arguments; ids, results and servers do not count. An expected call without `args` takes
 * any. As in ADK, no arguments at all and an empty object are not the same. `tools` has rules for single tools, by the
 * name that the expected call has; what they leave out is that of all tools.
 * @throws ToolError for a pattern or a schema that cannot be used
 */
export async function createCallMatcher(options: ArgsRules & { tools?: Record<string, ToolRules> | undefined }): Promise<CallMatcher> {
  const matchArgs = await createArgsMatcher(options, 'fields');
  const own = new Map<string, ArgsMatcher>();
  for (const [name, { args = options.args, fields = options.fields }] of Object.entries(options.tools ?? {})) {
    own.set(name, await createArgsMatcher({ args, fields }, `tools.${name}.fields`));
  }
  return (expected, actual) => isNamed(actual, expected.name) && (own.get(expected.name) ?? matchArgs)(expected.args, actual);
}

type ArgsMatcher = (expected: JsonObject | undefined, actual: ToolCallStep) => boolean;

async function createArgsMatcher({ args, fields }: ArgsRules, place: string): Promise<ArgsMatcher> {
  const ignored: string[][] = [];
  const defaults: { keys: string[]; value: Json }[] = [];
  const tests: { keys: string[]; test: FieldTest }[] = [];
  for (const [name, rule] of Object.entries(fields)) {
    const keys = name.startsWith('/') ? parsePath(name) : [name];
    if (rule === 'ignore') ignored.push(keys);
    else if (typeof rule === 'object' && 'default' in rule) defaults.push({ keys, value: rule.default });
    else tests.push({ keys, test: await createFieldTest(rule, `${place}.${name}`) });
  }
  const withoutUncounted = (value: Json): Json => {
    const rest = ignored.reduce((left, keys) => withoutPath(left, keys), value);
    return defaults.reduce((left, { keys, value: initial }) => withoutPath(left, keys, (item) => isJsonEqual(item, initial)), rest);
  };
  return (expected, actual) => {
    if (args === 'ignore' && tests.length === 0) return true;
    if (expected === undefined) return true;
    const wanted = withoutUncounted(expected);
    let said: Json | undefined = argsOf(actual);
    if (!isPlainObject(said)) return false;
    said = withoutUncounted(said);
    for (const { keys, test } of tests) {
      said = conformAt(wanted, said, keys, test);
      if (said === undefined) return false;
    }
    if (args === 'ignore') return true;
    if (args === 'exact') return isJsonEqual(wanted, said);
    return args === 'subset' ? isJsonSubset(wanted, said) : isJsonSubset(said, wanted);
  };
}

async function createFieldTest(rule: Exclude<FieldRule, 'ignore' | { default: Json }>, field: string): Promise<FieldTest> {
  if (rule === 'present') return () => true;
  if (rule === 'exact') return isJsonEqual;
  if ('tolerance' in rule) {
    return (expected, actual) => typeof expected === 'number' && typeof actual === 'number' && Math.abs(expected - actual) <= rule.tolerance;
  }
  if ('regex' in rule) {
    const pattern = (await loadPatternCompiler())(rule.regex, { field: `${field}.regex` });
    return (_, actual) => (typeof actual === 'string' || typeof actual === 'number') && pattern.test(String(actual));
  }
  if ('schema' in rule) {
    const validate = await compileJsonSchema(rule.schema, `${field}.schema`);
    return (_, actual) => !isTooDeep(actual) && validate(actual) === undefined;
  }
  return (expected, actual) =>
    typeof expected === 'string' && typeof actual === 'string' ? expected.toLowerCase() === actual.toLowerCase() : isJsonEqual(expected, actual);
}

function isPlainObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
