import { formatPath, type Located, type LocatedMap, type Path, plainOf, withKey } from '../../../config/located.ts';
import { mergeLocated } from '../../../config/merge.ts';
import { readConfigText } from '../../../config/read-text.ts';
import type { Problem } from '../../../errors.ts';
import { type ConfigFault, type Instance, instanceOf, timestampsOf } from '../../../systems/agentbench/assignments.ts';
import { pathStep } from '../../../systems/agentbench/folder.ts';
import { compileFormat, FormatProblem } from '../../../systems/agentbench/return-format.ts';
import { faultAt, loadPlain, type ReadText } from './load.ts';

/** One agent and one task of v0.1, ready to be run. */
export interface V01Assignment {
  agent: Instance;
  task: Instance;
  /** `parameters.name`, or the class and a number that stays the same as long as the parameters do. */
  agentName: string;
  taskName: string;
  output: string;
  /** Of the container in which the task would be run. */
  dockerImage: string | null;
  /** The merged values, which know where they were written. */
  agentNode: Located;
  taskNode: Located;
}

export interface V01Assignments {
  /** Complete only when there are no problems. */
  assignments: V01Assignment[];
  problems: Problem[];
  warnings: string[];
}

/**
 * The assignments of a v0.1 file. An agent or task is the path of a file, a mapping with `from` whose other keys are merged over that
 * file, or an instance; then `default` is merged under it. Lists are joined, everything else is replaced. Paths start from the
 * working folder. One mapping in the place of the list is a list of one.
 */
export async function loadV01(file: string, read: ReadText, now: Date): Promise<V01Assignments> {
  const { root, problems } = await loadPlain(file, read);
  const loader: Loader = { read, now, problems: [...problems], warnings: [] };
  if (problems.length > 0) return { assignments: [], problems: loader.problems, warnings: [] };
  if (root.kind !== 'map') {
    loader.problems.push(faultAt(root, [], { message: 'expected a mapping with "assignments"' }));
    return { assignments: [], problems: loader.problems, warnings: [] };
  }
  const listed = root.entries.get('assignments')?.value;
  const items = listed?.kind === 'list' ? listed.items : listed?.kind === 'map' ? [listed] : [];
  if (items.length === 0) {
    loader.problems.push(
      faultAt(root, ['assignments'], { message: 'expected a list of assignments', remedy: 'write "assignments:" and "- task: FILE"' }),
    );
  }
  const defaults = root.entries.get('default')?.value;
  const base =
    defaults?.kind === 'map'
      ? { agent: await resolved(loader, defaults, 'agent', ['default']), task: await resolved(loader, defaults, 'task', ['default']) }
      : {};
  const assignments: V01Assignment[] = [];
  for (const [index, item] of items.entries()) {
    const path = listed?.kind === 'list' ? ['assignments', index] : ['assignments'];
    const assignment = await assignmentOf(loader, item, { path, base });
    if (assignment) assignments.push(assignment);
  }
  return { assignments, problems: distinct(loader.problems), warnings: loader.warnings };
}

/** The agent and the task of a direct call: each a file, or JSON text. `workers` wins over the task's own; `output` default `outputs/{TIMESTAMP}`. */
export async function loadDirect(
  given: { agent: string; task: string; output?: string | undefined; workers?: number | undefined },
  read: ReadText,
  now: Date,
): Promise<V01Assignments> {
  const loader: Loader = { read, now, problems: [], warnings: [] };
  const agentNode = await directInstance(loader, given.agent, '--agent');
  const taskNode = await directInstance(loader, given.task, '--task');
  const agent = agentNode && instanceAt(loader, agentNode, []);
  const task = taskNode && instanceAt(loader, taskNode, []);
  if (!agent || !task || loader.problems.length > 0) return { assignments: [], problems: distinct(loader.problems), warnings: loader.warnings };
  const workers = given.workers ?? task.parameters.workers ?? 1;
  return {
    assignments: [
      {
        agent,
        task: { ...task, parameters: { ...task.parameters, workers } },
        agentName: nameOf(agent),
        taskName: nameOf(task),
        output: given.output ?? `outputs/${timestampsOf(now).TIMESTAMP}`,
        dockerImage: dockerImageOf(taskNode),
        agentNode,
        taskNode,
      },
    ],
    problems: [],
    warnings: loader.warnings,
  };
}

interface Loader {
  read: ReadText;
  now: Date;
  problems: Problem[];
  warnings: string[];
}

async function assignmentOf(
  loader: Loader,
  item: Located,
  { path, base }: { path: Path; base: { agent?: Located | undefined; task?: Located | undefined } },
): Promise<V01Assignment | undefined> {
  if (item.kind !== 'map') {
    loader.problems.push(faultAt(item, [], { message: 'expected a mapping with agent and task' }));
    return undefined;
  }
  const agentNode = merged(base.agent, await resolved(loader, item, 'agent', path));
  const taskNode = merged(base.task, await resolved(loader, item, 'task', path));
  const agent = agentNode ? instanceAt(loader, agentNode, [...path, 'agent']) : missing(loader, item, [...path, 'agent']);
  const task = taskNode ? instanceAt(loader, taskNode, [...path, 'task']) : missing(loader, item, [...path, 'task']);
  if (!agent || !task || !agentNode || !taskNode) return undefined;
  const names = { agentName: nameOf(agent), taskName: nameOf(task) };
  const output = outputOf(loader, item, names, path);
  if (output === undefined) return undefined;
  return { agent, task, ...names, output, dockerImage: dockerImageOf(taskNode), agentNode, taskNode };
}

function merged(base: Located | undefined, own: Located | undefined): Located | undefined {
  return base && own ? mergeLocated(base, own) : (own ?? base);
}

/** What is named but cannot be read has been told already. */
function missing(loader: Loader, item: LocatedMap, path: Path): undefined {
  const field = String(path.at(-1));
  if (item.entries.has(field)) return undefined;
  loader.problems.push({
    ...faultAt(item, [], { message: `there is no ${field}`, remedy: `name one here or in "default"` }),
    field: formatPath(path),
  });
  return undefined;
}

/** The instance under a key, with its file read; undefined where there is none. */
async function resolved(loader: Loader, parent: LocatedMap, key: string, path: Path): Promise<Located | undefined> {
  const node = parent.entries.get(key)?.value;
  return node && resolveInstance(loader, node, [...path, key]);
}

async function resolveInstance(loader: Loader, given: Located, path: Path): Promise<Located | undefined> {
  const isPath = given.kind === 'scalar' && typeof given.value === 'string';
  const node = isPath ? await instanceFile(loader, given, path) : given;
  if (!node) return undefined;
  if (node.kind !== 'map') {
    loader.problems.push(
      asField(
        faultAt(node, [], { message: 'expected an agent or task: a path, or a mapping', remedy: 'write module and parameters, or from: FILE' }),
        path,
      ),
    );
    return undefined;
  }
  const from = node.entries.get('from')?.value;
  if (!from) return node;
  const file = await instanceFile(loader, from, [...path, 'from']);
  if (!file) return undefined;
  if (file.kind === 'map' && file.entries.has('from')) {
    loader.warnings.push(
      `"from" in ${file.at && 'file' in file.at ? file.at.file : 'an imported file'} is not read: only one step is followed, as in AgentBench`,
    );
  }
  return mergeLocated(file, withKey(node, 'from', undefined));
}

async function instanceFile(loader: Loader, node: Located, path: Path): Promise<Located | undefined> {
  if (node.kind !== 'scalar' || typeof node.value !== 'string' || node.value === '') {
    loader.problems.push(asField(faultAt(node, [], { message: 'expected the path of a YAML file' }), path));
    return undefined;
  }
  const { root, problems } = await loadPlain(node.value, loader.read);
  const [unread] = problems;
  if (unread && unread.line === undefined) {
    const text = {
      message: `${node.value} cannot be read: ${unread.message}`,
      remedy: 'paths start from the working folder: run it where AgentBench was run',
    };
    loader.problems.push(asField(faultAt(node, [], text), path));
  } else loader.problems.push(...problems);
  return problems.length === 0 ? root : undefined;
}

function instanceAt(loader: Loader, node: Located, path: Path): Instance | undefined {
  const faults: ConfigFault[] = [];
  const instance = instanceOf(faults, plainOf(node), [], true);
  for (const { path: inside, message, remedy } of faults) {
    loader.problems.push(asField(faultAt(node, inside, { message, remedy }), [...path, ...inside]));
  }
  return instance;
}

function asField(problem: Problem, path: Path): Problem {
  const field = path.map((key, index) => (typeof key === 'number' ? `[${key}]` : index === 0 ? key : `.${key}`)).join('');
  return field === '' ? problem : { ...problem, field };
}

function outputOf(loader: Loader, item: LocatedMap, names: { agentName: string; taskName: string }, path: Path): string | undefined {
  const node = item.entries.get('output')?.value;
  const written = node ? plainOf(node) : null;
  const values = { TIMESTAMP: timestampsOf(loader.now).TIMESTAMP, AGENT_NAME: stepsOf(names.agentName), TASK_NAME: stepsOf(names.taskName) };
  const pattern = written === null || written === '' ? 'outputs/{TIMESTAMP}/{AGENT_NAME}/{TASK_NAME}' : written;
  try {
    if (typeof pattern !== 'string') throw new FormatProblem('expected the path of a folder');
    return compileFormat(pattern, Object.keys(values))(values);
  } catch (error) {
    if (!(error instanceof FormatProblem)) throw error;
    loader.problems.push(asField(faultAt(item, ['output'], { message: error.message }), [...path, 'output']));
    return undefined;
  }
}

/** A name with a slash is a folder in a folder, as in AgentBench; one that would lead out of the pattern is not. */
function stepsOf(name: string): string {
  return /(^|[\\/])\.{1,2}([\\/]|$)|^[\\/]|\0/.test(name) ? pathStep(name) : name;
}

function dockerImageOf(task: Located): string | null {
  const node = task.kind === 'map' ? task.entries.get('docker_image')?.value : undefined;
  return node?.kind === 'scalar' && typeof node.value === 'string' ? node.value : null;
}

function nameOf({ module, parameters }: Instance): string {
  const { name } = parameters;
  if (typeof name === 'string' && name !== '') return name;
  if (typeof name === 'number') return String(name);
  return `${module.split('.').at(-1)}-${digest(JSON.stringify(parameters))}`;
}

/** FNV-1a, five digits: a name that is the same next time. */
function digest(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193) >>> 0;
  return hash % 100_000;
}

async function directInstance(loader: Loader, given: string, flag: string): Promise<Located | undefined> {
  const isJson = /^\s*[{[]/.test(given);
  const { root, problems } = isJson ? await readConfigText(given, `${flag}.json`) : await loadPlain(given, loader.read);
  if (problems.length > 0) {
    loader.problems.push(...problems.map((problem) => ({ ...problem, ...(isJson ? { file: flag } : {}) })));
    return undefined;
  }
  return resolveInstance(loader, root, []);
}

/** A file that several assignments name has its problems once. */
function distinct(problems: readonly Problem[]): Problem[] {
  return [...new Map(problems.map((problem) => [JSON.stringify(problem), problem])).values()];
}
