import { messageOf, type Problem, ToolError } from '../errors.ts';
import { canonicalJson } from '../records/json.ts';
import type { Sample } from '../records/sample.ts';
import * as z from '../records/schema.ts';
import { type Score, unscored } from '../records/score.ts';
import { type Registry, unknownNameRemedy } from '../registry.ts';
import type { Check, CheckerConfig, CheckerDefinition, CheckerPorts, CheckInput } from './checker.ts';
import { pathFrom } from './parts/path.ts';

/** A checker of a suite or of a sample, ready to use. */
export interface CompiledChecker {
  /** Unique in the suite, or among the checkers of its sample. */
  name: string;
  type: string;
  required: boolean;
  weight: number;
  /** Of all that decides what it says: type, version, options, `not`, the content of the files it names, and the judge that it asks. */
  fingerprint: string;
  /** False: the same trajectory may get another score next time. */
  isPure: boolean;
  /** Never throws or rejects: what goes wrong inside makes the score unscored. Values are finite and in 0..1. */
  check(input: CheckInput): Promise<Score>;
}

/** Short digest of a text, for fingerprints. */
export type Digest = (text: string) => string;

/**
 * Compiles the checkers of a suite, in order; none give none.
 * @throws ToolError `checker-invalid` that lists every checker whose options cannot work
 */
export async function compileCheckers(
  configs: readonly CheckerConfig[],
  registry: Registry<CheckerDefinition>,
  ports: CheckerPorts,
  digest: Digest,
): Promise<CompiledChecker[]> {
  const problems: Problem[] = [];
  const compiled: CompiledChecker[] = [];
  for (const [index, config] of configs.entries()) {
    try {
      compiled.push(await compileOne(config, registry.get(config.type), ports, digest));
    } catch (error) {
      problems.push(...problemsOf(error, `checkers[${index}]`));
    }
  }
  if (problems.length > 0) throw invalid(problems);
  return compiled;
}

/**
 * Compiles a sample's own checkers. Their names end in `-sample`, unless the sample names them itself, and are made
 * unique by a number. Checkers that run code or cost money are refused, because a dataset is data.
 * @throws ToolError `checker-invalid` with the sample's file and line
 */
export async function compileSampleCheckers(
  sample: Sample,
  registry: Registry<CheckerDefinition>,
  ports: CheckerPorts,
  digest: Digest,
  takenNames: Iterable<string> = [],
): Promise<CompiledChecker[]> {
  const taken = new Set(takenNames);
  const problems: Problem[] = [];
  const compiled: CompiledChecker[] = [];
  for (const [index, entry] of sample.checkers.entries()) {
    try {
      const config = parseEntry(entry, registry);
      const name = uniqueName(config.name, taken);
      compiled.push(await compileOne({ ...config, name }, registry.get(config.type), ports, digest));
    } catch (error) {
      const found = problemsOf(error, `checkers[${index}]`);
      problems.push(...found.map((problem) => ({ ...problem, file: sample.file, line: sample.line })));
    }
  }
  if (problems.length > 0) throw invalid(problems, `sample "${sample.id}" has checkers that cannot work`);
  return compiled;
}

/** The keys of an entry that are no options of its type. */
const CommonKeys = z.object({
  name: z.optional(z.string().check(z.minLength(1), z.maxLength(100))),
  required: z._default(z.boolean(), true),
  weight: z._default(z.number().check(z.positive(), z.maximum(1e6)), 1),
  not: z._default(z.boolean(), false),
});

function parseEntry(entry: Sample['checkers'][number], registry: Registry<CheckerDefinition>): CheckerConfig {
  const { type, name, required, weight, not, ...own } = entry;
  if (!registry.has(type)) throw invalid([{ field: 'type', message: `unknown checker "${type}"`, remedy: unknownNameRemedy(type, registry.types) }]);
  const definition = registry.get(type);
  if (definition.runsCode || definition.costsMoney) {
    const remedy = 'list it under "checkers" of the config, where code review sees it';
    const why = definition.runsCode ? 'it runs code' : 'every score costs money';
    throw invalid([{ field: 'type', message: `a sample cannot bring a "${type}" checker, because ${why}`, remedy }]);
  }
  const common = CommonKeys.safeParse({ name, required, weight, not });
  const options = definition.options.safeParse(own);
  const issues = [...(common.error?.issues ?? []), ...(options.error?.issues ?? [])];
  if (!common.success || !options.success) {
    throw invalid(issues.map((issue) => ({ field: z.toDotPath(issue.path), message: issue.message })));
  }
  return { type, ...common.data, name: common.data.name ?? `${type}-sample`, options: options.data };
}

function uniqueName(wanted: string, taken: Set<string>): string {
  let name = wanted;
  for (let number = 2; taken.has(name); number++) name = `${wanted}-${number}`;
  taken.add(name);
  return name;
}

async function compileOne(config: CheckerConfig, definition: CheckerDefinition, ports: CheckerPorts, digest: Digest): Promise<CompiledChecker> {
  const { name, type, required, weight, not, options } = config;
  const fromBase: CheckerPorts = {
    ...ports,
    ...(ports.readText ? { readText: (path) => (ports.readText as (path: string) => string)(pathFrom(ports.baseDir, path)) } : {}),
  };
  const check = await definition.create(options, fromBase);
  const files = (definition.files?.(options) ?? []).map((path) => digestFile(path, ports));
  const judge = definition.needs.includes('judge') && ports.judge ? { judge: ports.judge.identity } : {};
  const fingerprint = digest(
    canonicalJson({ type, version: definition.version ?? 1, options, not, ...(files.length > 0 ? { files } : {}), ...judge }),
  );
  return { name, type, required, weight, fingerprint, isPure: definition.isPure ?? true, check: guard(check, not) };
}

function digestFile(path: string, ports: CheckerPorts): string | null {
  if (!ports.fileDigest) return null;
  try {
    return ports.fileDigest(pathFrom(ports.baseDir, path));
  } catch (error) {
    const message = `the file ${JSON.stringify(path)} cannot be read: ${messageOf(error)}`;
    throw invalid([{ field: 'path', message, remedy: 'name a file, relative to the config file' }]);
  }
}

function guard(check: Check, not: boolean): CompiledChecker['check'] {
  return async (input) => {
    try {
      const score = sound(await check(input));
      return not ? invert(score) : score;
    } catch (error) {
      return unscored(`the checker failed: ${messageOf(error).slice(0, 300)}`);
    }
  };
}

function sound(score: Score): Score {
  if (score.kind === 'unscored') return score;
  const values = [score.value, ...(score.perTurn ?? [])];
  if (values.every((value, index) => (value === null && index > 0) || isShare(value))) return score;
  return unscored(`the checker gave the value ${String(score.value)}, which is not in 0..1`);
}

function isShare(value: number | null): boolean {
  return typeof value === 'number' && value >= 0 && value <= 1;
}

/** Unscored stays: what could not be said cannot be turned round either. */
function invert(score: Score): Score {
  if (score.kind === 'unscored') return score;
  const perTurn = score.perTurn?.map((value) => (value === null ? null : 1 - value));
  const reason = score.pass ? `this must not hold, but does: ${score.reason}` : `this does not hold, as it must not: ${score.reason}`;
  return { ...score, value: 1 - score.value, pass: !score.pass, reason, ...(perTurn ? { perTurn } : {}) };
}

function problemsOf(error: unknown, field: string): Problem[] {
  if (!(error instanceof ToolError)) throw error;
  const own = { field, message: error.message, ...(error.remedy === undefined ? {} : { remedy: error.remedy }) };
  return error.problems.length === 0
    ? [own]
    : error.problems.map((problem) => ({ ...problem, field: problem.field ? `${field}.${problem.field}` : field }));
}

function invalid(problems: readonly Problem[], what = 'a checker cannot work'): ToolError {
  const first = problems[0];
  return new ToolError({
    code: 'checker-invalid',
    message: first ? `${what}: ${first.message}` : what,
    ...(first?.remedy === undefined ? {} : { remedy: first.remedy }),
    problems,
  });
}
