import { messageOf, type Problem, shortened, ToolError } from '../errors.ts';
import { canonicalJson } from '../records/json.ts';
import type { Sample } from '../records/sample.ts';
import { type Score, unscored } from '../records/score.ts';
import type { Registry } from '../registry.ts';
import {
  type Check,
  type CheckerConfig,
  type CheckerDefinition,
  type CheckerPorts,
  type CheckInput,
  maxCheckerDepth,
  type NestedEntry,
} from './checker.ts';
import { invalidChecker, parseCheckerEntry } from './parts/entry.ts';
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
      compiled.push(await compileOne(config, { registry, ports, digest, isData: false, depth: 0 }));
    } catch (error) {
      problems.push(...problemsOf(error, config.field ?? `checkers[${index}]`));
    }
  }
  if (problems.length > 0) throw invalidChecker(problems);
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
      const config = parseCheckerEntry(entry, registry, { isData: true, isNested: false });
      const name = uniqueName(typeof entry.name === 'string' ? config.name : `${config.type}-sample`, taken);
      compiled.push(await compileOne({ ...config, name }, { registry, ports, digest, isData: true, depth: 0 }));
    } catch (error) {
      const found = problemsOf(error, `checkers[${index}]`);
      problems.push(...found.map((problem) => ({ ...problem, file: sample.file, line: sample.line })));
    }
  }
  if (problems.length > 0) throw invalidChecker(problems, `sample "${sample.id}" has checkers that cannot work`);
  return compiled;
}

function uniqueName(wanted: string, taken: Set<string>): string {
  let name = wanted;
  for (let number = 2; taken.has(name); number++) name = `${wanted}-${number}`;
  taken.add(name);
  return name;
}

interface Compiling {
  registry: Registry<CheckerDefinition>;
  ports: CheckerPorts;
  digest: Digest;
  /** The entry came with a dataset. */
  isData: boolean;
  /** Entries around it. */
  depth: number;
}

/** A config may name any file of its machine, as code may; what a sample names lies in the folder of the config. */
function filePorts({ ports, isData, digest }: Compiling): Pick<CheckerPorts, 'readText' | 'readInside' | 'fileDigest'> {
  const { baseDir, readText, readInside, fileDigest } = ports;
  const inside = readInside && ((folder: string, path: string) => readInside(pathFrom(baseDir, folder), path));
  const own = inside && ((path: string) => inside('', path));
  if (isData) return own ? { readText: own, readInside: inside, fileDigest: (path) => digest(own(path)) } : {};
  return {
    ...(readText ? { readText: (path) => readText(pathFrom(baseDir, path)) } : {}),
    ...(fileDigest ? { fileDigest: (path) => fileDigest(pathFrom(baseDir, path)) } : {}),
    ...(inside ? { readInside: inside } : {}),
  };
}

async function compileOne(config: CheckerConfig, of: Compiling): Promise<CompiledChecker> {
  const { name, type, required, weight, not, options } = config;
  const { registry, ports, digest } = of;
  const definition = registry.get(type);
  const parts: CompiledChecker[] = [];
  const files = filePorts(of);
  const fromBase: CheckerPorts = {
    ...ports,
    ...files,
    compile: async (entries, field) => {
      const found = await compileParts(entries, field, { ...of, depth: of.depth + 1 });
      parts.push(...found);
      return found;
    },
  };
  const check = await definition.create(options, fromBase);
  const digests = (definition.files?.(options) ?? []).map((path) => digestFile(path, options, { ...ports, ...files }));
  const asksJudge = definition.asksJudge?.(options) ?? false;
  const judge = (asksJudge || definition.needs.includes('judge')) && ports.judge ? { judge: ports.judge.identity } : {};
  const embeddings = definition.needs.includes('embeddings') && ports.embeddings ? { embeddings: ports.embeddings.identity } : {};
  const meaning = {
    type,
    version: definition.version ?? 1,
    options: definition.identity ? definition.identity(options) : withoutKeys(options, definition.nested ?? []),
    not,
    ...(digests.length > 0 ? { files: digests } : {}),
    ...judge,
    ...embeddings,
    ...(parts.length > 0 ? { parts: parts.map((part) => [part.fingerprint, part.weight]) } : {}),
  };
  const isPure = (definition.isPure ?? true) && !asksJudge && parts.every((part) => part.isPure);
  return { name, type, required, weight, fingerprint: digest(canonicalJson(meaning)), isPure, check: guard(check, not) };
}

/** The entries of an option; every one that cannot work is told. */
async function compileParts(entries: NestedEntry | readonly NestedEntry[], field: string, of: Compiling): Promise<CompiledChecker[]> {
  if (of.depth > maxCheckerDepth) throw invalidChecker([{ field, message: `checkers are nested more than ${maxCheckerDepth} levels deep` }]);
  const problems: Problem[] = [];
  const compiled: CompiledChecker[] = [];
  for (const [index, entry] of [entries].flat().entries()) {
    try {
      compiled.push(await compileOne(parseCheckerEntry(entry, of.registry, { isData: of.isData, isNested: true }), of));
    } catch (error) {
      problems.push(...problemsOf(error, Array.isArray(entries) ? `${field}[${index}]` : field));
    }
  }
  if (problems.length > 0) throw invalidChecker(problems);
  return compiled;
}

/** What entries inside an entry mean is in their own fingerprints; their names decide nothing. */
function withoutKeys(options: unknown, keys: readonly string[]): unknown {
  if (keys.length === 0 || typeof options !== 'object' || options === null) return options;
  return Object.fromEntries(Object.entries(options).filter(([key]) => !keys.includes(key)));
}

function digestFile(path: string, options: unknown, ports: CheckerPorts): string | null {
  if (!ports.fileDigest) return null;
  try {
    return ports.fileDigest(path);
  } catch (error) {
    const message = `the file ${JSON.stringify(path)} cannot be read: ${messageOf(error)}`;
    throw invalidChecker([{ field: fieldHolding(path, options), message, remedy: 'name a file, relative to the config file' }]);
  }
}

/** The option that names a file, for messages. */
function fieldHolding(path: string, options: unknown): string {
  const holds = (value: unknown): boolean => value === path || (Array.isArray(value) && value.includes(path));
  return Object.entries(options ?? {}).find(([, value]) => holds(value))?.[0] ?? 'path';
}

function guard(check: Check, not: boolean): CompiledChecker['check'] {
  return async (input) => {
    try {
      const score = sound(await check(input));
      return not ? invert(score) : score;
    } catch (error) {
      return unscored(`the checker failed: ${shortened(messageOf(error), 300)}`);
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
