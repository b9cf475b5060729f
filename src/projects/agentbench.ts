import { type Located, plainOf } from '../config/located.ts';
import { type Problem, ToolError } from '../errors.ts';
import { type Assignments, expandAssignments, type Instance, timestampsOf } from '../systems/agentbench/assignments.ts';
import { pairFolders } from '../systems/agentbench/folder.ts';
import { freePath } from '../systems/file-names.ts';
import { convertAgent } from './parts/agentbench/agent.ts';
import { faultAt, loadV02, pathFrom } from './parts/agentbench/load.ts';
import { controllerTask, dataTask, distinctProblems, firstRow, type Pair, suitesOf } from './parts/agentbench/suites.ts';
import { loadDirect, loadV01, type V01Assignment, type V01Assignments } from './parts/agentbench/v01.ts';
import { type ConvertedProject, type ConvertedSuite, defineProject, type ProjectNote, type ProjectRequest } from './project.ts';

const defaultConfig = 'configs/assignments/default.yaml';

/** AgentBench as it is: the assignments of v0.2 with their running controller, and configs, assignments and direct calls of v0.1. */
export const agentbench = defineProject({
  type: 'agentbench',
  summary: 'assignments of AgentBench: v0.2 with its controller, and v0.1',
  usage: '[--config FILE] [--auto-retry] | --assignment FILE | --task FILE --agent FILE [--output DIR] [--workers N]',
  flags: [
    { name: 'config', type: 'string', short: 'c', value: 'FILE', help: `assignments of v0.2 (default ${defaultConfig})` },
    { name: 'auto-retry', type: 'boolean', short: 'r', help: 'v0.2: ask again after errors, up to 10 times' },
    { name: 'assignment', type: 'string', short: 'a', value: 'FILE', help: 'assignments of v0.1' },
    { name: 'task', type: 'string', value: 'FILE|JSON', help: 'v0.1: config of one task' },
    { name: 'agent', type: 'string', value: 'FILE|JSON', help: 'v0.1: config of one agent' },
    { name: 'output', type: 'string', value: 'DIR', help: 'folder of the results; default as AgentBench' },
    { name: 'workers', type: 'string', value: 'N', help: "v0.1: samples at once, instead of the task's own" },
  ],
  async convert(request) {
    const conversion: Conversion = { request, problems: [], unfit: [], notes: [] };
    const pairs = await pairsOf(conversion);
    const { problems, unfit } = conversion;
    problems.push(...(await foreignResults(request, pairs)));
    if (problems.length > 0 || pairs.length === 0) throw invalid([...problems, ...unfit]);
    noteUnfit(conversion);
    return { folder: '.', suites: await withResults(request, suitesOf(pairs)), notes: distinctNotes(conversion.notes) } satisfies ConvertedProject;
  },
});

interface Conversion {
  request: ProjectRequest;
  /** Mistakes: nothing is run. */
  problems: Problem[];
  /** What cannot run here: left out where something else can. */
  unfit: Problem[];
  notes: ProjectNote[];
}

async function pairsOf(conversion: Conversion): Promise<Pair[]> {
  const { request } = conversion;
  const { flags, files, now } = request;
  const [task, agent, assignment] = [textFlag(request, 'task'), textFlag(request, 'agent'), textFlag(request, 'assignment')];
  const wrong = usageProblem(request);
  if (wrong) throw new ToolError({ code: 'usage', ...wrong });
  const read = (path: string) => files.read(path);
  if (assignment !== undefined) return v01Pairs(conversion, await loadV01(assignment, read, now));
  if (task !== undefined && agent !== undefined) {
    const output = textFlag(request, 'output');
    return v01Pairs(conversion, await loadDirect({ task, agent, output, workers: workersOf(flags.workers) }, read, now));
  }
  return v02Pairs(conversion, textFlag(request, 'config') ?? configOperand(request) ?? defaultConfig);
}

function usageProblem(request: ProjectRequest): { message: string; remedy: string } | undefined {
  const { flags } = request;
  const isDirect = flags.task !== undefined || flags.agent !== undefined;
  const ways = [isDirect, flags.assignment !== undefined, flags.config !== undefined || configOperand(request) !== undefined].filter(Boolean).length;
  if (ways > 1) return { message: 'one of --config, --assignment, and --task with --agent is taken', remedy: 'leave the others out' };
  if (isDirect && (flags.task === undefined || flags.agent === undefined)) {
    const [given, missing] = flags.task === undefined ? ['--agent', '--task'] : ['--task', '--agent'];
    return { message: `${given} needs ${missing}`, remedy: `add ${missing} FILE` };
  }
  if (flags.workers !== undefined && (!isDirect || workersOf(flags.workers) === undefined)) {
    return { message: '--workers takes a whole number from 1, with --task and --agent', remedy: 'write --workers 10' };
  }
  return undefined;
}

/** Beside the flags only `check` takes something else: the run. */
function configOperand({ command, operands }: ProjectRequest): string | undefined {
  return command === 'check' ? undefined : operands[0];
}

/** What AgentBench left in the output folder is what \`check\` scores, unless a run is named or lies there. */
async function withResults({ command, operands, files }: ProjectRequest, suites: readonly ConvertedSuite[]): Promise<ConvertedSuite[]> {
  if (command !== 'check' || operands.length > 0) return [...suites];
  const found: ConvertedSuite[] = [];
  for (const { output = '.', config } of suites) {
    const isRun = (await files.kind(`${output}/run.jsonl`)) === 'file';
    if (isRun || (await files.kind(output)) !== 'folder') found.push({ config, output });
    else found.push({ config, results: { type: 'agentbench', path: output } });
  }
  return found;
}

/** Records that AgentBench itself left took hours, and would be written over. */
async function foreignResults({ command, files }: ProjectRequest, pairs: readonly Pair[]): Promise<Problem[]> {
  if (command !== 'run' && command !== 'execute') return [];
  const problems: Problem[] = [];
  for (const { output, results } of pairs) {
    const file = `${output}/runs.jsonl`;
    if (!results || (await files.kind(file)) !== 'file' || (await files.kind(`${output}/run.jsonl`)) === 'file') continue;
    problems.push({
      file,
      message: 'these results are not of agent-regress, and would be written over',
      remedy: 'name another folder with --output, or score what is there with check --from agentbench',
    });
  }
  return problems;
}

function textFlag({ flags }: ProjectRequest, name: string): string | undefined {
  const value = flags[name];
  return typeof value === 'string' ? value : undefined;
}

function workersOf(value: ProjectRequest['flags'][string]): number | undefined {
  return typeof value === 'string' && /^[1-9]\d{0,5}$/.test(value) ? Number(value) : undefined;
}

async function v02Pairs(conversion: Conversion, file: string): Promise<Pair[]> {
  const { request, notes } = conversion;
  const { root, problems: unread } = await loadV02(file, (path) => request.files.read(path));
  if (unread.length > 0) throw invalid(unread);
  const { assignments, faults } = expandAssignments(plainOf(root), request.now);
  if (!assignments) throw invalid(faults.map(({ path, message, remedy }) => faultAt(root, path, { message, remedy })));
  notes.push(...assignments.warnings.map((message) => ({ file, line: 1, field: 'assignments', message })));
  // A file that is kept cannot name the time of each run.
  const named = request.command === 'init' ? assignments.output.replaceAll(timestampsOf(request.now).TIMESTAMP, 'latest') : assignments.output;
  const output = textFlag(request, 'output') ?? named;
  const folderOf = pairFolders();
  return assignments.pairs.flatMap((names) => v02Pair(conversion, { root, assignments, output, folderOf }, names));
}

type V02Whole = { root: Located; assignments: Assignments; output: string; folderOf: ReturnType<typeof pairFolders> };

function v02Pair({ request, problems, unfit, notes }: Conversion, whole: V02Whole, names: { agent: string; task: string }): Pair[] {
  const { root, assignments, output, folderOf } = whole;
  const at = { agent: ['definition', 'agent', names.agent], task: ['definition', 'task', names.task] };
  const agent = convertAgent({
    instance: assignments.agents[names.agent] as Instance,
    root,
    path: at.agent,
    isWritten: request.command === 'init',
    variable: request.variable,
  });
  const task = controllerTask(names.task, assignments.tasks[names.task] as Instance);
  problems.push(...agent.problems);
  unfit.push(...agent.unfit);
  notes.push(...agent.notes);
  const limits = [assignments.concurrency.agent[names.agent] ?? 0, assignments.concurrency.task[names.task] ?? 0] as const;
  for (const [index, limit] of limits.entries()) {
    const path = index === 0 ? ['concurrency', 'agent', names.agent] : ['concurrency', 'task', names.task];
    if (limit < 1)
      problems.push(faultAt(root, path, { message: 'with no sample at once the pair never ends', remedy: 'write a whole number from 1' }));
  }
  if ('message' in task) (task.isMistake ? problems : unfit).push(faultAt(root, [...at.task, task.isMistake ? 'parameters' : 'module'], task));
  if ('message' in task || !agent.agent || Math.min(...limits) < 1) return [];
  const folder = folderOf(names.agent, names.task);
  const isAutoRetry = request.flags['auto-retry'] === true;
  return [
    {
      agentName: names.agent,
      taskName: names.task,
      agent: agent.agent,
      ...task,
      concurrency: Math.min(...limits),
      output: `${output}/${folder.agent}/${folder.task}`,
      results: { path: output, ...folder },
      isAutoRetry,
    },
  ];
}

async function v01Pairs(conversion: Conversion, { assignments, problems, warnings }: V01Assignments): Promise<Pair[]> {
  if (problems.length > 0) throw invalid(problems);
  const file = textFlag(conversion.request, 'assignment') ?? textFlag(conversion.request, 'task') ?? '';
  conversion.notes.push(...warnings.map((message) => ({ file, line: 1, field: 'from', message })));
  const pairs: Pair[] = [];
  for (const assignment of assignments) pairs.push(...(await v01Pair(conversion, assignment)));
  return withOwnFolders(conversion, pairs, file);
}

/** Variants of one agent have its name, and so the same folder. */
function withOwnFolders({ notes }: Conversion, pairs: readonly Pair[], file: string): Pair[] {
  const taken = new Set<string>();
  return pairs.map((pair) => {
    const output = freePath(pair.output, taken);
    if (output !== pair.output) {
      const message = `${pair.output} is the folder of another assignment too: these results are in ${output}; a parameters.name or an output of its own tells them apart`;
      notes.push({ file, line: 1, field: 'output', message });
    }
    return { ...pair, output };
  });
}

async function v01Pair(conversion: Conversion, assignment: V01Assignment): Promise<Pair[]> {
  const { request, problems, unfit, notes } = conversion;
  const { agent, task, agentNode, taskNode, agentName, taskName, output } = assignment;
  const converted = convertAgent({ instance: agent, root: agentNode, path: [], isWritten: request.command === 'init', variable: request.variable });
  const found = await findData(request, task, taskName);
  problems.push(...converted.problems);
  unfit.push(...converted.unfit);
  notes.push(...converted.notes);
  if (!found) {
    const message = `the Python class ${task.module} cannot run here, and its data are no rows {input, target}`;
    const remedy =
      'give the data as JSON lines {"input", "target"} in parameters.data_file, or serve the task by a controller of v0.2 (user: {type: controller})';
    unfit.push(faultAt(taskNode, ['module'], { message: `${taskName}: ${message}`, remedy }));
  }
  if (!converted.agent || !found) return [];
  const { workers = 1, worker_limit: limit } = task.parameters;
  const atOnce = Math.min(...[workers, limit].filter((value): value is number => typeof value === 'number' && value >= 1), 1000);
  return [{ agentName, taskName, agent: converted.agent, ...found, concurrency: atOnce === 1000 ? 1 : atOnce, output, isAutoRetry: false }];
}

/** The file that `data_file` (or `data`) names, when its rows say what is asked and what is right. */
async function findData({ files }: ProjectRequest, { parameters }: Instance, taskName: string): Promise<{ task: Pair['task'] } | undefined> {
  for (const key of ['data_file', 'data']) {
    const path = parameters[key];
    if (typeof path !== 'string' || !/\.jsonl?$/.test(path) || (await files.kind(path)) !== 'file') continue;
    const first = firstRow(await files.read(path));
    const task = first && dataTask({ path: pathFrom('.', path), taskName, first });
    if (task) return task;
  }
  return undefined;
}

/** An agent of several pairs is told of once. */
function distinctNotes(notes: readonly ProjectNote[]): ProjectNote[] {
  return [...new Map(notes.map((note) => [JSON.stringify(note), note])).values()];
}

/** What cannot run is told beside what can. */
function noteUnfit({ unfit, notes }: Conversion): void {
  for (const { file = '', line = 1, field = '', message, remedy } of distinctProblems(unfit)) {
    notes.push({ file, line, field, message: `left out: ${message}${remedy === undefined ? '' : `; ${remedy}`}` });
  }
}

function invalid(problems: readonly Problem[]): ToolError {
  const found = distinctProblems(problems);
  return new ToolError({
    code: 'project-invalid',
    message: found.length === 1 ? 'the AgentBench project cannot be used' : `the AgentBench project cannot be used: ${found.length} problems`,
    remedy: 'nothing was run; docs/from-agentbench.md says what of AgentBench runs here',
    problems: found,
  });
}
