import type { Problem } from '../errors.ts';
import { unknownNameRemedy } from '../registry.ts';
import { childOf, type Located, type LocatedMap, type Path, problemAt } from './located.ts';

/** A suite of a file with one of its agents, by the names that they have there; absent: there is only the one. */
export interface Assignable {
  suiteKey?: string;
  agentName?: string;
}

interface Rule {
  suites: readonly Named[] | undefined;
  agents: readonly Named[] | undefined;
}

interface Named {
  name: string;
  node: Located;
  path: Path;
}

/**
 * The pairs of suite and agent that `assignments` names: a list of `{suite, agent}`, each a name, a list of names, or left out for all
 * of them; every suite of an entry with every agent of it. Pairs that come twice are one; what no entry names is not run.
 * Without `assignments` all pairs are.
 */
export function chooseAssigned<T extends Assignable>(node: Located | undefined, parts: readonly T[]): { parts: readonly T[]; problems: Problem[] } {
  if (!node || (node.kind === 'scalar' && node.value === null)) return { parts, problems: [] };
  const problems: Problem[] = [];
  if (node.kind !== 'list' || node.items.length === 0) {
    const text = {
      message: 'expected a list of assignments',
      remedy: 'assignments: [{suite: first, agent: [small, large]}, {suite: second, agent: large}]',
    };
    return { parts: [], problems: [problemAt(node.at, ['assignments'], text)] };
  }
  const rules = node.items.flatMap((item, index) => ruleOf(problems, item, ['assignments', index]));
  const known = { suite: namesOf(parts, 'suiteKey'), agent: namesOf(parts, 'agentName') };
  for (const { suites = [], agents = [] } of rules) {
    problems.push(...unknownNames(suites, known.suite, 'suite'), ...unknownNames(agents, known.agent, 'agent'));
  }
  if (problems.length > 0) return { parts: [], problems };
  for (const rule of rules) problems.push(...missingPairs(rule, parts));
  return { parts: parts.filter((part) => rules.some((rule) => isAssigned(rule, part))), problems };
}

function ruleOf(problems: Problem[], item: Located, path: Path): Rule[] {
  if (item.kind !== 'map') {
    problems.push(problemAt(item.at, path, { message: 'expected a mapping with suite and agent' }));
    return [];
  }
  for (const [key, { keyAt }] of item.entries) {
    if (key !== 'suite' && key !== 'agent') {
      problems.push(problemAt(keyAt, [...path, key], { message: `unknown key "${key}"`, remedy: unknownNameRemedy(key, ['suite', 'agent']) }));
    }
  }
  return [{ suites: listAt(problems, item, [...path, 'suite']), agents: listAt(problems, item, [...path, 'agent']) }];
}

function listAt(problems: Problem[], item: LocatedMap, path: Path): Named[] | undefined {
  const node = childOf(item, path.at(-1) ?? '');
  if (!node || (node.kind === 'scalar' && node.value === null)) return undefined;
  const items = node.kind === 'list' ? node.items : [node];
  return items.flatMap((name): Named[] => {
    if (name.kind === 'scalar' && typeof name.value === 'string') return [{ name: name.value, node: name, path }];
    problems.push(problemAt(name.at, path, { message: 'expected a name or a list of names' }));
    return [];
  });
}

function namesOf(parts: readonly Assignable[], key: keyof Assignable): string[] {
  return [...new Set(parts.flatMap((part) => part[key] ?? []))];
}

function unknownNames(names: readonly Named[], known: readonly string[], kind: string): Problem[] {
  return names
    .filter(({ name }) => !known.includes(name))
    .map(({ name, node, path }) => {
      const remedy = known.length > 0 ? unknownNameRemedy(name, known) : `the file has no "${kind}s"`;
      return problemAt(node.at, path, { message: `there is no ${kind} "${name}"`, remedy });
    });
}

/** A suite may have agents of its own, which the others lack. */
function missingPairs({ suites = [], agents = [] }: Rule, parts: readonly Assignable[]): Problem[] {
  return suites.flatMap((suite) =>
    agents
      .filter((agent) => !parts.some(({ suiteKey, agentName }) => suiteKey === suite.name && agentName === agent.name))
      .map((agent) => problemAt(agent.node.at, agent.path, { message: `the suite "${suite.name}" has no agent "${agent.name}"` })),
  );
}

function isAssigned({ suites, agents }: Rule, { suiteKey, agentName }: Assignable): boolean {
  const holds = (names: readonly Named[] | undefined, name: string | undefined) => !names || names.some((named) => named.name === name);
  return holds(suites, suiteKey) && holds(agents, agentName);
}
