import type { Problem } from '../errors.ts';
import { type LocatedMap, nodeAt, problemAt, withKey } from './located.ts';

/** One suite of a file, of one agent. */
export interface SuitePart {
  tree: LocatedMap;
  /** Of a suite that names its agents. */
  agentName?: string;
}

/** The name of an agent becomes part of the suite's. */
const agentNamePattern = /^[\p{L}\p{N}][\p{L}\p{N}._-]{0,49}$/u;

/**
 * A suite with `agents`, a mapping from name to agent, is as many suites that differ in nothing but `agent`; any other is itself.
 * An agent that is null is left out, as an inherited one that is taken back.
 */
export function splitAgents(tree: LocatedMap): { parts: SuitePart[]; problems: Problem[] } {
  const agents = tree.entries.get('agents');
  if (!agents) return { parts: [{ tree }], problems: [] };
  const rest = withKey(tree, 'agents', undefined);
  const { value } = agents;
  if (value.kind === 'scalar' && value.value === null) return { parts: [{ tree: rest }], problems: [] };
  const problem = (message: string, remedy: string) => ({ parts: [], problems: [problemAt(agents.keyAt, ['agents'], { message, remedy })] });
  const single = nodeAt(tree, ['agent']);
  if (single && !(single.kind === 'scalar' && single.value === null)) {
    return problem('there is an "agent" too', 'write all of them under "agents", or take back an inherited one with agent: null');
  }
  const entries = value.kind === 'map' ? [...value.entries].filter(([, entry]) => entry.value.kind !== 'scalar' || entry.value.value !== null) : [];
  if (entries.length === 0) return problem('expected a mapping from name to agent', 'agents: {first: {type: …}, second: {type: …}}');
  const problems = entries.flatMap(([name, { keyAt }]) => {
    if (agentNamePattern.test(name)) return [];
    const message = 'expected a name of 1 to 50 letters, digits, ".", "_" or "-", beginning with a letter or digit';
    return [problemAt(keyAt, ['agents', name], { message })];
  });
  return { parts: entries.map(([agentName, entry]) => ({ agentName, tree: withKey(rest, 'agent', entry.value) })), problems };
}

/** A problem of such a part with the field that was written: `agents.new.url`, not `agent.url`. */
export function asWritten(problem: Problem, agentName: string | undefined): Problem {
  const { field, file } = problem;
  if (agentName === undefined || file === undefined || field === undefined || !/^agent(?=$|[.[])/.test(field)) return problem;
  return { ...problem, field: field.replace(/^agent/, `agents.${agentName}`) };
}

/** The suite's name with that of its agent. */
export function nameWithAgent(suite: string, agentName: string | undefined): string {
  return agentName === undefined ? suite : `${suite} (${agentName})`;
}
