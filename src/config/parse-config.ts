import { type Problem, ToolError } from '../errors.ts';
import { chooseAssigned } from './assignments.ts';
import { type BuiltSuite, buildSuite, type ConfigRegistries, type SuiteRequest, type UnreadySuite } from './build-suite.ts';
import { type ConfigSource, type ReadSource, resolveInheritance } from './inherit.ts';
import { type Located, type LocatedMap, nodeAt, type Path, problemAt, withKey } from './located.ts';
import { mergeLocated } from './merge.ts';
import { asWritten, type SuitePart, splitAgents } from './split-agents.ts';
import type { SuiteConfig } from './suite-config.ts';
import { suiteNamePattern } from './suite-file.ts';

export interface ParseRequest extends Omit<SuiteRequest, 'file' | 'agentName'> {
  entry: ConfigSource;
  read: ReadSource;
  /** Only the suites of these agents, by name; the others are not looked at. Absent: all. */
  agents?: readonly string[];
}

/** `suites` is complete only when there are no problems. */
export interface ParseResult {
  suites: SuiteConfig[];
  /** Suites that only lack values of environment variables; these problems are among `problems` too. */
  unready: UnreadySuite[];
  problems: Problem[];
  /** Names in `agents`, chosen or not. */
  agentNames: string[];
}

export type ConfigParser = (request: ParseRequest) => Promise<ParseResult>;

/**
 * Parses one config file into its suites. The order: inheritance (`resolveInheritance`), then for a file with `suites`
 * (a mapping from name to suite) each of them merged over the rest of the file, then for a suite with `agents` one for each of
 * them, of which `assignments` may name some, then overrides, then the environment, then validation. The name of such a suite is its own `suite`, else its key. Relative paths, inherited ones included,
 * start from the folder of the file that was named, not of the files that it builds on.
 */
export function makeConfigParser(registries: ConfigRegistries): ConfigParser {
  return async (request) => {
    const { root, problems } = await resolveInheritance(request.entry, { read: request.read, wordsAt });
    if (problems.length > 0) return { suites: [], unready: [], problems, agentNames: [] };
    const split = splitSuites(root);
    const byAgent = split.trees.map(({ tree, ...key }) => ({ ...key, ...splitAgents(tree) }));
    const all = byAgent.flatMap(({ suiteKey, parts }) => parts.map((part) => ({ ...part, ...(suiteKey === undefined ? {} : { suiteKey }) })));
    const { parts, problems: misassigned } = chooseAssigned(nodeAt(root, ['assignments']), all);
    const chosen = parts.filter(({ agentName = '' }) => !request.agents || request.agents.includes(agentName));
    const built = chosen.map((part) => buildPart(part, registries, request));
    const found = [...split.problems, ...byAgent.flatMap((suite) => suite.problems), ...misassigned, ...built.flatMap((result) => result.problems)];
    return {
      suites: built.flatMap(({ suite }) => suite ?? []),
      unready: built.flatMap(({ unready }) => unready ?? []),
      problems: distinct(found),
      agentNames: [...new Set(parts.flatMap(({ agentName }) => agentName ?? []))],
    };
  };
}

function buildPart({ tree, agentName }: SuitePart, registries: ConfigRegistries, request: ParseRequest): BuiltSuite {
  const named = agentName === undefined ? {} : { agentName };
  const { suite, unready, problems } = buildSuite(tree, registries, { ...request, file: request.entry.file, ...named });
  const written = (found: readonly Problem[]) => found.map((problem) => asWritten(problem, agentName));
  return {
    ...(suite ? { suite } : {}),
    ...(unready ? { unready: { ...unready, problems: written(unready.problems) } } : {}),
    problems: written(problems),
  };
}

/** The one error for everything that is wrong in the config files, flags and variables. */
export function configError(problems: readonly Problem[]): ToolError {
  const count = problems.length === 1 ? 'there is 1 problem' : `there are ${problems.length} problems`;
  return new ToolError({ code: 'config-invalid', message: `${count} in the config`, remedy: 'nothing was run; fix them and try again', problems });
}

/** Any folder name as the name of a suite. */
export function suiteNameOf(folder: string): string {
  const name = folder
    .replace(/[^\p{L}\p{N} ._-]+/gu, '-')
    .replace(/^[^\p{L}\p{N}]+/u, '')
    .slice(0, 100);
  return suiteNamePattern.test(name) ? name : 'suite';
}

const importable = ['agent', 'samples', 'policy', 'budget', 'deadlines', 'judge', 'embeddings'];

/** Inheritance is a matter of the config's own mappings: a header, a request body or a JSON schema may have a key called `from` or `default`. */
function wordsAt(path: Path): { files: boolean; children: boolean } {
  if (path[0] === 'suites') {
    if (path.length === 1) return { files: true, children: true };
    return wordsInSuite(path.slice(2));
  }
  return wordsInSuite(path);
}

function wordsInSuite(path: Path): { files: boolean; children: boolean } {
  const [first, second, ...deeper] = path;
  if (first === undefined) return { files: true, children: false };
  if (first === 'checkers' || first === 'agents') return { files: deeper.length === 0, children: second === undefined };
  return { files: second === undefined && importable.includes(String(first)), children: false };
}

/** `suiteKey`: of `suites`; absent in a file that is one suite. */
interface SuiteTree {
  tree: LocatedMap;
  suiteKey?: string;
}

function splitSuites(root: Located): { trees: SuiteTree[]; problems: Problem[] } {
  if (root.kind !== 'map') {
    const remedy = 'start with: suite, samples, agent, checkers; or let `agent-regress init` write a file';
    return { trees: [], problems: [problemAt(root.at, [], { message: 'the file does not hold a mapping', remedy })] };
  }
  const suites = root.entries.get('suites');
  if (!suites) return { trees: [{ tree: withKey(root, 'assignments', undefined) }], problems: [] };
  if (suites.value.kind !== 'map' || suites.value.entries.size === 0) {
    const text = { message: 'expected a mapping from name to suite', remedy: 'suites: {first: {samples: …}, second: {samples: …}}' };
    return { trees: [], problems: [problemAt(suites.value.at, ['suites'], text)] };
  }
  const rest = ['suites', 'suite', 'assignments'].reduce((tree, key) => withKey(tree, key, undefined), root);
  const trees: SuiteTree[] = [];
  const problems: Problem[] = [];
  for (const [key, { keyAt, value }] of suites.value.entries) {
    const isEmpty = value.kind === 'scalar' && value.value === null;
    const merged = isEmpty ? rest : mergeLocated(rest, value);
    if (merged.kind === 'map') {
      const tree = merged.entries.has('suite') ? merged : withKey(merged, 'suite', { kind: 'scalar', value: key, at: keyAt });
      trees.push({ tree, suiteKey: key });
    } else problems.push(problemAt(value.at, ['suites', key], { message: 'expected a mapping with what differs in this suite' }));
  }
  return { trees, problems };
}

/** Suites of one file share most of it, and what is wrong in that part is told once. */
export function distinct(problems: readonly Problem[]): Problem[] {
  return [...new Map(problems.map((problem) => [JSON.stringify(problem), problem])).values()];
}
