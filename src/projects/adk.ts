import { type Problem, ToolError } from '../errors.ts';
import type { JsonObject } from '../records/json.ts';
import { readTargets } from '../systems/adk/targets.ts';
import { checkersOf, isPlacedByFlag, judgeOf, placed, userOf } from './parts/adk-config.ts';
import { type CriteriaFile, type EvalSetFile, findEvalSets, folderOf, readCriteria, readEvalSetFile, readInitialSession } from './parts/adk-files.ts';
import { type ConvertedProject, type ConvertedSuite, defineProject, type ProjectNote, type ProjectRequest } from './project.ts';

/**
 * A project of the Agent Development Kit: the agent behind `adk api_server`, and one suite per folder of eval sets, with
 * the criteria of that folder. A suite is red when a case fails its criteria, baseline or not.
 */
export const adk = defineProject({
  type: 'adk',
  summary: 'an agent of the Agent Development Kit with its test files and eval sets, as `adk eval` and AgentEvaluator take them',
  usage: 'AGENT_DIR [EVAL_SET[:NAME,…]…]',
  flags: [
    {
      name: 'config-file-path',
      type: 'string',
      value: 'FILE',
      help: 'criteria for every eval set (default: test_config.json beside it, else those of ADK)',
    },
    { name: 'print-detailed-results', type: 'boolean', help: 'show prompt, answers, calls and scores of every case' },
    { name: 'num-runs', type: 'string', value: 'N', help: 'answers per case (default 1, as adk eval)' },
    { name: 'initial-session-file', type: 'string', value: 'FILE', help: 'state of the session that cases of the old shape start with' },
    { name: 'agent-url', type: 'string', value: 'URL', help: 'where adk api_server listens (default http://localhost:8000)' },
    { name: 'app', type: 'string', value: 'NAME', help: 'name of the app (default: the folder of the agent)' },
    {
      name: 'results',
      type: 'string',
      value: 'PATH',
      help: 'what check scores: a run of execute, or results of ADK (default: .adk/eval_history of the agent)',
    },
    { name: 'agent-name', type: 'string', value: 'NAME', help: 'not served: a sub-agent is not reached over the API server' },
    { name: 'eval-storage-uri', type: 'string', value: 'URI', help: 'not served: copy the eval sets to files' },
    { name: 'log-level', type: 'string', value: 'LEVEL', help: 'taken and not used: --verbose shows more' },
  ],
  convert,
});

interface Project {
  request: ProjectRequest;
  app: string;
  agentDir: string;
  text(flag: string): string | undefined;
}

async function convert(request: ProjectRequest): Promise<ConvertedProject> {
  const project = openProject(request);
  const { files } = request;
  const { agentDir, text } = project;
  if ((await files.kind(agentDir)) !== 'folder') {
    throw usage('project-not-found', agentDir, 'there is no such folder', 'name the folder of the agent first: --from adk AGENT_DIR EVAL_SET');
  }
  const sessionFile = text('initial-session-file');
  const session = sessionFile === undefined ? undefined : await readInitialSession(files, sessionFile);
  const targets = await findEvalSets(files, agentDir, readTargets(request.operands.slice(1).map((operand) => operand.replace(/\/+$/, ''))));
  const results = request.command === 'check' ? await resultsOf(project) : undefined;
  const groups = await readGroups(project, { targets, session });
  const notes: ProjectNote[] = [];
  const suites: ConvertedSuite[] = [];
  for (const [folder, group] of groups) {
    const suite = suiteOf(project, {
      ...group,
      session,
      results,
      name: groups.size === 1 ? project.app : `${project.app}-${folderLabel(folder, agentDir)}`,
    });
    suites.push(suite.converted);
    for (const note of suite.notes)
      if (!notes.some((one) => one.file === note.file && one.field === note.field && one.message === note.message)) notes.push(note);
  }
  return { folder: '.', suites, notes, ...(request.flags['print-detailed-results'] ? { details: 'adk' as const } : {}) };
}

function openProject(request: ProjectRequest): Project {
  const text = (flag: string) => {
    const value = request.flags[flag];
    return typeof value === 'string' ? value : undefined;
  };
  for (const flag of ['agent-name', 'eval-storage-uri']) {
    if (text(flag) !== undefined)
      throw usage(
        'usage',
        `--${flag}`,
        'this cannot be done here',
        flag === 'agent-name' ? 'serve the sub-agent as an app of its own and name it with --app' : 'copy the eval sets to files and name those',
      );
  }
  const [operand] = request.operands;
  if (operand === undefined)
    throw usage('usage', '--from adk', 'the folder of the agent is missing', 'agent-regress run --from adk AGENT_DIR EVAL_SET');
  const agentDir = operand.replace(/(.)\/+$/, '$1');
  const base = agentDir.split(/[\\/]/).at(-1) ?? '';
  const app = text('app') ?? base;
  if (app === '' || app === '.' || app === '..')
    throw usage('usage', agentDir, 'the folder has no name that could be that of the app', 'name the app with --app');
  return { request, app, agentDir, text };
}

interface Group {
  criteria: CriteriaFile;
  sets: EvalSetFile[];
}

/** The eval sets by their folder, each read and checked; all that is wrong in one error. */
async function readGroups(
  { request: { files }, text }: Project,
  { targets, session }: { targets: ReadonlyMap<string, string[]>; session: JsonObject | undefined },
): Promise<Map<string, Group>> {
  const groups = new Map<string, Group>();
  const problems: Problem[] = [];
  let first: ToolError | undefined;
  const read = async (path: string, names: readonly string[]) => {
    const folder = folderOf(path);
    const group: Group = groups.get(folder) ?? { criteria: await readCriteria(files, folder, text('config-file-path')), sets: [] };
    groups.set(folder, group);
    group.sets.push(await readEvalSetFile(files, path, { names, session, criteria: group.criteria }));
  };
  for (const [path, names] of targets) {
    try {
      await read(path, names);
    } catch (error) {
      if (!(error instanceof ToolError)) throw error;
      first ??= error;
      // The criteria of a folder are wrong once, however many files it has.
      for (const problem of error.problems)
        if (!problems.some(({ file, line, message }) => file === problem.file && line === problem.line && message === problem.message))
          problems.push(problem);
    }
  }
  if (first && problems.length <= 1) throw first;
  if (first) throw new ToolError({ code: first.code, message: `${problems.length} problems in the adk project`, problems });
  return groups;
}

function suiteOf(
  { request, app, text }: Project,
  {
    criteria,
    sets,
    session,
    results,
    name,
  }: Group & { session: JsonObject | undefined; results: ConvertedSuite['results'] | undefined; name: string },
): { converted: ConvertedSuite; notes: ProjectNote[] } {
  const how = { has: (flag: string) => request.flags[flag] !== undefined, env: request.env, variable: request.variable };
  const { checkers, notes } = checkersOf(criteria);
  const { judge, notes: judgeNotes } = judgeOf(criteria.config.metrics, how);
  const isSimulated = sets.some(({ set }) => set.cases.some((one) => one.case?.scenario));
  const simulated = isSimulated || isPlacedByFlag('user', how.has) ? userOf(criteria.config.userSimulator, how) : undefined;
  const config: JsonObject = {
    suite:
      name
        .replace(/[^\p{L}\p{N} ._-]+/gu, '-')
        .replace(/^[^\p{L}\p{N}]+/u, '')
        .slice(0, 100) || 'adk',
    samples: samplesOf(sets, session),
    agent: { type: 'adk', baseUrl: text('agent-url') ?? 'http://localhost:8000', app },
    repeats: repeatsOf(text('num-runs')),
    ...(judge ? { judge } : {}),
    ...(simulated ? { user: simulated.user } : {}),
    checkers,
    policy: { minPassRate: 1 },
  };
  const told = placed([...notes, ...judgeNotes, ...(simulated?.notes ?? [])], criteria);
  return { converted: { config, ...(results ? { results } : {}) }, notes: told };
}

/** Where `check` finds the answers. @throws ToolError `project-not-found` */
async function resultsOf({ request: { files }, agentDir, text }: Project): Promise<NonNullable<ConvertedSuite['results']>> {
  const named = text('results')?.replace(/(.)\/+$/, '$1');
  const path = named ?? `${agentDir}/.adk/eval_history`;
  const kind = await files.kind(path);
  if (kind === undefined)
    throw usage(
      'project-not-found',
      path,
      'there are no results',
      'name a run of execute, or a folder of .evalset_result.json files, with --results PATH',
    );
  const isRun = kind === 'file' ? path.endsWith('.jsonl') : (await files.kind(`${path}/run.jsonl`)) === 'file';
  return { type: isRun ? 'run' : 'adk', path };
}

function samplesOf(sets: readonly EvalSetFile[], session: JsonObject | undefined): JsonObject {
  const chosen = sets.some(({ ids }) => ids)
    ? sets.flatMap(({ ids, set }) => ids ?? set.cases.flatMap((one) => (one.case ? [`${set.evalSetId}:${one.case.evalId}`] : [])))
    : undefined;
  return {
    path: sets.map(({ path }) => path),
    format: 'adk',
    ...(chosen ? { where: { ids: chosen } } : {}),
    ...(session ? { map: { turns: '{{turns}}', state: session.state ?? {} } } : {}),
  };
}

function repeatsOf(text: string | undefined): number {
  if (text === undefined) return 1;
  if (/^[1-9]\d{0,3}$/.test(text)) return Number(text);
  throw usage('usage', '--num-runs', `a whole number of at least 1 is expected, found ${JSON.stringify(text)}`, 'write how often every case is run');
}

/** The folder as a word of a suite's name: below that of the agent where it is there. */
function folderLabel(folder: string, agentDir: string): string {
  const below = folder === agentDir ? 'own' : folder.startsWith(`${agentDir}/`) ? folder.slice(agentDir.length + 1) : folder;
  return below.replaceAll(/[\\/]+/g, '-').replace(/^\.+-?/, '') || 'folder';
}

function usage(code: string, field: string, message: string, remedy: string): ToolError {
  return new ToolError({ code, message: `${field}: ${message}`, remedy, problems: [{ field, message, remedy }] });
}
