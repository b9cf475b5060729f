import type { Json, JsonObject } from '../../records/json.ts';
import { compileFormat, FormatProblem } from './return-format.ts';

/** An object that a class makes: `module` is the path of the class, `parameters` go to its constructor. */
export interface Instance {
  module: string;
  parameters: JsonObject;
}

/** What is wrong at a path of the config. */
export interface ConfigFault {
  path: readonly (string | number)[];
  message: string;
  remedy?: string;
}

/** The assignments of a v0.2 config that was loaded: `import`, `default` and `overwrite` are resolved. */
export interface Assignments {
  /** Each once, in the order in which they are written. */
  pairs: { agent: string; task: string }[];
  /** Only those that an assignment uses. */
  agents: Record<string, Instance>;
  tasks: Record<string, Instance>;
  concurrency: { agent: Record<string, number>; task: Record<string, number> };
  /** With the time filled in. */
  output: string;
  warnings: string[];
}

/** A time as the names of AgentBench have it, each part as it stands on the clock of `now` in UTC. */
export function timestampsOf(now: Date): { TIMESTAMP: string; TIMESTAMP_DATE: string; TIMESTAMP_TIME: string } {
  const [day = '', time = ''] = now.toISOString().slice(0, 19).split('T');
  const clock = time.replaceAll(':', '-');
  return { TIMESTAMP: `${day}-${clock}`, TIMESTAMP_DATE: day, TIMESTAMP_TIME: clock };
}

/**
 * Expands the assignments: names or lists of names, every agent with every task. A pair needs a definition and a concurrency
 * of both; what is not used is dropped with a warning, a pair that comes twice is kept once.
 */
export function expandAssignments(config: Json, now: Date): { assignments?: Assignments; faults: ConfigFault[] } {
  const faults: ConfigFault[] = [];
  const top = objectAt(faults, config, []);
  const listed = top ? pairsOf(faults, top.assignments) : [];
  const definitions = { agent: instancesOf(faults, top, 'agent'), task: instancesOf(faults, top, 'task') };
  const limits = { agent: limitsOf(faults, top, 'agent'), task: limitsOf(faults, top, 'task') };
  const output = top ? outputOf(faults, top.output, now) : '';
  if (faults.length > 0) return { faults };
  const pairs = [...new Map(listed.map((pair) => [JSON.stringify([pair.agent, pair.task]), pair])).values()];
  const used = { agent: new Set(pairs.map(({ agent }) => agent)), task: new Set(pairs.map(({ task }) => task)) };
  for (const pair of pairs) faults.push(...undefinedNames(pair, definitions));
  if (faults.length === 0) {
    for (const kind of kinds) {
      for (const name of used[kind]) {
        if (limits[kind].has(name)) continue;
        faults.push({ path: ['concurrency', kind], message: `there is no concurrency for the ${kind} "${name}"`, remedy: `add "${name}: 5" to it` });
      }
    }
  }
  if (faults.length > 0) return { faults };
  const warnings = [
    ...listed.flatMap((pair, index) => (listed.findIndex((other) => isSame(other, pair)) < index ? [twice(pair)] : [])),
    ...kinds.flatMap((kind) => unusedWarnings(kind, 'definition', [...definitions[kind].keys()], used[kind])),
    ...kinds.flatMap((kind) => unusedWarnings(kind, 'concurrency', [...limits[kind].keys()], used[kind])),
  ];
  return {
    faults,
    assignments: {
      pairs: pairs.map(({ agent, task }) => ({ agent, task })),
      agents: onlyUsed(definitions.agent, used.agent),
      tasks: onlyUsed(definitions.task, used.task),
      concurrency: { agent: onlyUsed(limits.agent, used.agent), task: onlyUsed(limits.task, used.task) },
      output,
      warnings,
    },
  };
}

type Kind = 'agent' | 'task';
const kinds: readonly Kind[] = ['agent', 'task'];

interface ListedPair {
  agent: string;
  task: string;
  /** Of the assignment. */
  path: (string | number)[];
}

function isSame(a: ListedPair, b: ListedPair): boolean {
  return a.agent === b.agent && a.task === b.task;
}

function twice({ agent, task }: ListedPair): string {
  return `the assignment of ${agent} to ${task} comes twice; it is kept once`;
}

function pairsOf(faults: ConfigFault[], value: Json | undefined): ListedPair[] {
  if (!Array.isArray(value) || value.length === 0) {
    faults.push({
      path: ['assignments'],
      message: 'expected a list of assignments',
      remedy: 'write "- {agent: NAME, task: NAME}"; both may be lists',
    });
    return [];
  }
  return value.flatMap((item, index) => {
    const path = ['assignments', index];
    const fields = objectAt(faults, item, path);
    if (!fields) return [];
    const agents = namesOf(faults, fields.agent, [...path, 'agent']);
    const tasks = namesOf(faults, fields.task, [...path, 'task']);
    return agents.flatMap((agent) => tasks.map((task) => ({ agent, task, path })));
  });
}

function namesOf(faults: ConfigFault[], value: Json | undefined, path: (string | number)[]): string[] {
  const names = typeof value === 'string' ? [value] : value;
  if (Array.isArray(names) && names.every((name) => typeof name === 'string')) return names;
  faults.push({ path, message: value === undefined || value === null ? 'a name is missing' : 'expected a name or a list of names' });
  return [];
}

function undefinedNames(pair: ListedPair, definitions: Record<Kind, ReadonlyMap<string, Instance>>): ConfigFault[] {
  return kinds.flatMap((kind) => {
    if (definitions[kind].has(pair[kind])) return [];
    const known = [...definitions[kind].keys()];
    const remedy = known.length === 0 ? `definition.${kind} is empty` : `defined: ${known.slice(0, 20).join(', ')}${known.length > 20 ? ', …' : ''}`;
    return [{ path: [...pair.path, kind], message: `the ${kind} "${pair[kind]}" is not defined`, remedy }];
  });
}

function instancesOf(faults: ConfigFault[], top: JsonObject | undefined, kind: Kind): Map<string, Instance> {
  const path = ['definition', kind];
  const all = objectAt(faults, top && objectAt(faults, top.definition, ['definition'], kind === 'agent')?.[kind], path, top !== undefined);
  const instances = Object.entries(all ?? {}).map(([name, value]) => [name, instanceOf(faults, value, [...path, name])] as const);
  return new Map(instances.flatMap(([name, instance]) => (instance ? [[name, instance] as const] : [])));
}

/** An instance of a config, at a path of it; v0.1 demands `parameters`, v0.2 takes none for an empty mapping. */
export function instanceOf(faults: ConfigFault[], value: Json, path: readonly (string | number)[], needsParameters = false): Instance | undefined {
  const fields = objectAt(faults, value, path);
  if (!fields) return undefined;
  const { module, parameters } = fields;
  if (typeof module !== 'string' || module === '') {
    faults.push({ path: [...path, 'module'], message: 'expected the path of a class', remedy: 'such as src.client.agents.HTTPAgent' });
    return undefined;
  }
  if (!needsParameters && (parameters === undefined || parameters === null)) return { module, parameters: {} };
  const given = objectAt(faults, parameters, [...path, 'parameters']);
  return given && { module, parameters: given };
}

function limitsOf(faults: ConfigFault[], top: JsonObject | undefined, kind: Kind): Map<string, number> {
  const path = ['concurrency', kind];
  const all = objectAt(faults, top && objectAt(faults, top.concurrency, ['concurrency'], kind === 'agent')?.[kind], path, top !== undefined);
  return new Map(
    Object.entries(all ?? {}).flatMap(([name, value]) => {
      const limit = typeof value === 'string' && /^\d{1,9}$/.test(value) ? Number(value) : value;
      if (typeof limit === 'number' && Number.isInteger(limit)) return [[name, limit] as const];
      faults.push({ path: [...path, name], message: 'expected a whole number', remedy: 'how many samples may run at once' });
      return [];
    }),
  );
}

function outputOf(faults: ConfigFault[], value: Json | undefined, now: Date): string {
  if (value !== undefined && value !== null && typeof value !== 'string') {
    faults.push({ path: ['output'], message: 'expected the path of a folder' });
    return '';
  }
  const names = timestampsOf(now);
  try {
    return compileFormat(value ?? 'output/{TIMESTAMP}', Object.keys(names))(names);
  } catch (error) {
    if (!(error instanceof FormatProblem)) throw error;
    faults.push({ path: ['output'], message: error.message });
    return '';
  }
}

/** `isTold`: a fault is added for anything but a mapping. */
function objectAt(faults: ConfigFault[], value: Json | undefined, path: readonly (string | number)[], isTold = true): JsonObject | undefined {
  if (value !== null && typeof value === 'object' && !Array.isArray(value)) return value;
  const found = value === undefined || value === null ? 'nothing' : Array.isArray(value) ? 'a list' : `a ${typeof value}`;
  if (isTold) faults.push({ path, message: `expected a mapping, found ${found}` });
  return undefined;
}

function unusedWarnings(kind: Kind, section: string, names: readonly string[], used: ReadonlySet<string>): string[] {
  const unused = names.filter((name) => !used.has(name));
  if (unused.length === 0) return [];
  const shown = unused.slice(0, 10).join(', ');
  return [`${section}.${kind}: ${unused.length} not used by any assignment: ${shown}${unused.length > 10 ? ', …' : ''}`];
}

function onlyUsed<T>(all: ReadonlyMap<string, T>, used: ReadonlySet<string>): Record<string, T> {
  return Object.fromEntries([...all].filter(([name]) => used.has(name)));
}
