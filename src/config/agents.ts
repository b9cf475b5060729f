import type { AgentDefinition } from '../agents/agent.ts';
import type { Problem } from '../errors.ts';
import { type Registry, unknownNameRemedy } from '../registry.ts';
import { describeIssue, problemsOf } from './issues.ts';
import { formatPath, type LocatedMap, nodeAt, type Path, plainObjectOf, problemAt, withKey } from './located.ts';
import type { AgentConfig } from './suite-config.ts';
import { SuiteFile } from './suite-file.ts';

const baselineAgentPath: Path = ['baseline', 'agent'];

/** The driver that an agent names, or else that of `agent`; undefined when it is not known. */
export function agentDefinitionAt(root: LocatedMap, path: Path, agents: Registry<AgentDefinition>): AgentDefinition | undefined {
  const type = textAt(root, [...path, 'type']) ?? textAt(root, ['agent', 'type']);
  return type !== undefined && agents.has(type) ? agents.get(type) : undefined;
}

/** Where a suite's agents may hold environment variables; all of an agent that is not known: it has one problem, not two. */
export function environmentPaths(root: LocatedMap, agents: Registry<AgentDefinition>): Path[] {
  const paths = nodeAt(root, baselineAgentPath) ? [['agent'], baselineAgentPath] : [['agent']];
  return paths.flatMap((path) => {
    const definition = agentDefinitionAt(root, path, agents);
    return definition ? definition.envFields.flatMap((field) => pathsOf(root, path, field.split('.'))) : [path];
  });
}

/** A `*` of a field stands for each key that is there. */
function pathsOf(root: LocatedMap, path: Path, [key, ...rest]: readonly string[]): Path[] {
  if (key === undefined) return [path];
  const keys = key === '*' ? [...keysAt(root, path)] : [key];
  return keys.flatMap((found) => pathsOf(root, [...path, found], rest));
}

/**
 * The suite with `baseline: {agent}` filled up: what it leaves out is taken from `agent`, key by key, where both have the same type
 * or it names none. A key that is null is not taken over. Does nothing to other baselines.
 */
export function withFilledBaselineAgent(root: LocatedMap): LocatedMap {
  const [baseline, own, agent] = [nodeAt(root, ['baseline']), nodeAt(root, baselineAgentPath), nodeAt(root, ['agent'])];
  if (baseline?.kind !== 'map' || own?.kind !== 'map') return root;
  const type = textAt(own, ['type']);
  const isSame = agent?.kind === 'map' && (type === undefined || type === textAt(agent, ['type']));
  const entries = new Map([...(isSame ? agent.entries : []), ...own.entries]);
  for (const [key, { value }] of own.entries) {
    if (value.kind !== 'scalar' || value.value !== null) continue;
    const taken = key === 'type' && isSame ? agent.entries.get(key) : undefined;
    if (taken) entries.set(key, taken);
    else entries.delete(key);
  }
  return withKey(root, 'baseline', withKey(baseline, 'agent', { ...own, entries }));
}

/** An agent whose options fit its driver; undefined with the problems added, or when a schema has told of it already. */
export function parseAgent(
  context: { root: LocatedMap; secrets: readonly string[]; problems: Problem[] },
  path: Path,
  agents: Registry<AgentDefinition>,
): AgentConfig | undefined {
  const { root, secrets, problems } = context;
  const node = nodeAt(root, path);
  const type = nodeAt(root, [...path, 'type']);
  if (node?.kind !== 'map' || type?.kind !== 'scalar' || typeof type.value !== 'string' || type.value === '') return undefined;
  if (!agents.has(type.value)) {
    const text = { message: `unknown agent "${type.value}"`, remedy: unknownNameRemedy(type.value, agents.types) };
    problems.push(problemAt(type.at, [...path, 'type'], text));
    return undefined;
  }
  const { type: _, ...own } = plainObjectOf(node);
  const where = { root, prefix: path, secrets };
  const elsewhere = (key: string) => (Object.hasOwn(SuiteFile.shape, key) ? 'write it at the top level of the suite' : undefined);
  const options = agents.get(type.value).options.safeParse(own, { error: describeIssue({ ...where, elsewhere }) });
  if (options.success) return { type: type.value, options: options.data };
  problems.push(...problemsOf(options.error, where));
  return undefined;
}

/**
 * The second agent, after `withFilledBaselineAgent`. What is wrong in a key that it took from `agent` is told there, and only there.
 * `written`: the suite as it was before.
 */
export function parseBaselineAgent(
  context: { root: LocatedMap; secrets: readonly string[]; problems: Problem[] },
  written: LocatedMap,
  agents: Registry<AgentDefinition>,
): AgentConfig | undefined {
  if (nodeAt(written, baselineAgentPath)?.kind !== 'map') return undefined;
  const found: Problem[] = [];
  const agent = parseAgent({ ...context, problems: found }, baselineAgentPath, agents);
  const taken = [...keysAt(written, ['agent'])].filter((key) => !keysAt(written, baselineAgentPath).has(key));
  const isTold = ({ field = '' }: Problem): boolean => taken.some((key) => isWithin(field, formatPath([...baselineAgentPath, key])));
  context.problems.push(...found.filter((problem) => !isTold(problem)));
  return agent;
}

function isWithin(field: string, path: string): boolean {
  return field === path || field.startsWith(`${path}.`) || field.startsWith(`${path}[`);
}

function keysAt(root: LocatedMap, path: Path): ReadonlySet<string> {
  const node = nodeAt(root, path);
  return new Set(node?.kind === 'map' ? node.entries.keys() : []);
}

function textAt(root: LocatedMap, path: Path): string | undefined {
  const node = nodeAt(root, path);
  return node?.kind === 'scalar' && typeof node.value === 'string' ? node.value : undefined;
}
