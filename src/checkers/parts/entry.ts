import { type Problem, ToolError } from '../../errors.ts';
import * as z from '../../records/schema.ts';
import { type Registry, unknownNameRemedy } from '../../registry.ts';
import type { CheckerConfig, CheckerDefinition, NestedEntry } from '../checker.ts';

/** The keys of an entry that are no options of its type. */
const CommonKeys = z.object({
  name: z.optional(z.string().check(z.minLength(1), z.maxLength(100))),
  required: z._default(z.boolean(), true),
  weight: z._default(z.number().check(z.positive(), z.maximum(1e6)), 1),
  not: z._default(z.boolean(), false),
});

export interface EntryOptions {
  /** It came with a dataset: checkers that run code or cost money are refused. */
  isData: boolean;
  /** It stands inside another entry, where `required` says nothing. */
  isNested: boolean;
}

/**
 * A checker entry with its options validated; without a name it is called by its type.
 * @throws ToolError `checker-invalid` with every problem
 */
export function parseCheckerEntry(entry: NestedEntry, registry: Registry<CheckerDefinition>, { isData, isNested }: EntryOptions): CheckerConfig {
  const { type, name, required, weight, not, ...own } = entry;
  if (typeof type !== 'string')
    throw invalidChecker([{ field: 'type', message: 'a checker needs a type', remedy: `name one of ${registry.types.join(', ')}` }]);
  if (!registry.has(type))
    throw invalidChecker([{ field: 'type', message: `unknown checker "${type}"`, remedy: unknownNameRemedy(type, registry.types) }]);
  const definition = registry.get(type);
  if (isData && (definition.runsCode || definition.costsMoney)) {
    const remedy = 'list it under "checkers" of the config, where code review sees it';
    const why = definition.runsCode ? 'it runs code' : 'every score costs money';
    throw invalidChecker([{ field: 'type', message: `a sample cannot bring a "${type}" checker, because ${why}`, remedy }]);
  }
  if (isNested && required !== undefined) throw invalidChecker([nestedRequiredProblem]);
  const common = CommonKeys.safeParse({ name, required, weight, not });
  const options = definition.options.safeParse(own);
  const issues = [...(common.error?.issues ?? []), ...(options.error?.issues ?? [])];
  if (!common.success || !options.success) {
    throw invalidChecker(issues.map((issue) => ({ field: z.toDotPath(issue.path), message: issue.message })));
  }
  if (isData && definition.asksJudge?.(options.data)) {
    const remedy = 'list it under "checkers" of the config, where code review sees it';
    throw invalidChecker([
      { field: 'type', message: `a sample cannot bring a "${type}" checker that asks the judge, because every score costs money`, remedy },
    ]);
  }
  return { type, ...common.data, name: common.data.name ?? type, options: options.data };
}

/** Said wherever an entry inside an entry has `required`. */
export const nestedRequiredProblem: Problem = {
  field: 'required',
  message: '"required" says nothing inside another checker',
  remedy: 'take it out; the checker around it decides which of its parts have to pass',
};

/** `what` and the first problem make the message. */
export function invalidChecker(problems: readonly Problem[], what = 'a checker cannot work'): ToolError {
  const first = problems[0];
  return new ToolError({
    code: 'checker-invalid',
    message: first ? `${what}: ${first.message}` : what,
    ...(first?.remedy === undefined ? {} : { remedy: first.remedy }),
    problems,
  });
}
