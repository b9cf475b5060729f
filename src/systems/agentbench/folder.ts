import { freePath, isDeviceName } from '../file-names.ts';

/** Longer names are cut; a name of this length may still get a number. Four bytes a character fit into the 255 of a file system. */
const [keptLength, longestLength] = [58, 63];

/** A name of somebody else as one step of a path, on every system. Of its own result it makes the same. */
export function pathStep(name: string): string {
  const characters = [...name.replace(/[\\/:*?"<>|\p{C}]+/gu, '_')];
  const plain = (characters.length > longestLength ? characters.slice(0, keptLength) : characters).join('');
  if (/^\.*$/.test(plain)) return `_${plain.length}`;
  return (isDeviceName(plain) ? `_${plain}` : plain).replace(/[. ]$/, '_');
}

/** One folder of two steps for each pair of agent and task. */
export interface PairFolder {
  agent: string;
  task: string;
}

/**
 * Gives each pair its folder: the same one each time, and never that of another pair, also where their names differ only in what a
 * path cannot hold, in their ends or in case. The later one gets a number.
 */
export function pairFolders(): (agent: string, task: string) => PairFolder {
  const known = new Map<string, PairFolder>();
  const taken = new Set<string>();
  return (agent, task) => {
    const key = JSON.stringify([agent, task]);
    const found = known.get(key);
    if (found) return found;
    const agentStep = pathStep(agent);
    const folder = freePath(`${agentStep}/${pathStep(task)}`, taken);
    const steps = { agent: agentStep, task: folder.slice(agentStep.length + 1) };
    known.set(key, steps);
    return steps;
  };
}
