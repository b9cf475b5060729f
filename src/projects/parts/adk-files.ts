import { ToolError } from '../../errors.ts';
import { isJsonObject, type JsonObject } from '../../records/json.ts';
import { unknownNameRemedy } from '../../registry.ts';
import { type AdkEvalConfig, defaultEvalConfig, readEvalConfig } from '../../systems/adk/eval-config.ts';
import { type EvalSet, readEvalSet } from '../../systems/adk/eval-set.ts';
import { parseJsonText } from '../../systems/adk/json-text.ts';
import { shapeOf, validateLegacy } from '../../systems/adk/legacy.ts';
import { readSessionFile } from '../../systems/adk/session-file.ts';
import { type AdkSource, adkError } from '../../systems/adk/source.ts';
import type { ProjectFiles } from '../project.ts';

const code = 'project-invalid';

/** One eval set of a project, as it was read. */
export interface EvalSetFile {
  path: string;
  /** With `/`; `.` for the working folder. */
  folder: string;
  set: EvalSet;
  /** Ids of the samples that are asked for; absent: all of them. */
  ids?: string[];
}

/** Criteria, and where they stand; without a file ADK's defaults. */
export interface CriteriaFile {
  config: AdkEvalConfig;
  source?: AdkSource;
}

/** The folder of a file; `.` for one of the working folder. */
export function folderOf(path: string): string {
  const at = Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\'));
  return at < 0 ? '.' : path.slice(0, at) || '/';
}

/**
 * The files that the operands stand for: a file, a folder with all test files below it (and the eval sets, where it is
 * the agent's own), or the id of an eval set of the agent.
 * @throws ToolError `project-not-found`
 */
export async function findEvalSets(files: ProjectFiles, agentDir: string, targets: ReadonlyMap<string, string[]>): Promise<Map<string, string[]>> {
  const found = new Map<string, string[]>();
  const wanted = targets.size > 0 ? targets : new Map([[agentDir, []]]);
  for (const [target, names] of wanted) {
    const kind = await files.kind(target);
    if (kind === 'file') {
      found.set(target, [...(found.get(target) ?? []), ...names]);
      continue;
    }
    const byId = `${agentDir}/${target}.evalset.json`;
    if (kind === undefined && (await files.kind(byId)) === 'file') {
      found.set(byId, names);
      continue;
    }
    if (kind === undefined)
      throw notFound(target, 'there is no such file, folder or eval set', `name a file, a folder of .test.json files, or an eval set of ${agentDir}`);
    const inside = await files.glob(target === agentDir ? '**/*.{test,evalset}.json' : '**/*.test.json', target);
    if (inside.length === 0) throw notFound(target, 'the folder holds no .test.json file', 'name the eval set files themselves');
    for (const path of inside) if (!found.has(path)) found.set(path, []);
  }
  return found;
}

/** An eval set with the ids of its chosen samples. @throws ToolError `project-invalid` for a name that none of its cases has. */
export async function readEvalSetFile(
  files: ProjectFiles,
  path: string,
  { names, session, criteria }: { names: readonly string[]; session: JsonObject | undefined; criteria: CriteriaFile },
): Promise<EvalSetFile> {
  const { value, source } = parseJsonText(await files.read(path), { file: path, code });
  const shape = shapeOf(value, source);
  if (shape === 'eval-set' && session) {
    throw adkError(
      source,
      '',
      'an initial session file goes with files of the old shape only',
      'write "session_input" into the cases of this eval set, or leave --initial-session-file out',
    );
  }
  const [first] = Array.isArray(value) ? value : [];
  if (shape === 'old-turns' && isJsonObject(first)) {
    const problem = validateLegacy(
      criteria.config.metrics.map(({ name }) => name),
      first,
    );
    if (problem) throw adkError(source, `[0]`, problem.message, problem.remedy);
  }
  // The dataset format knows a file by its name alone; the ids that are chosen here have to be those of its samples.
  const base = path.split(/[\\/]/).at(-1) ?? path;
  const set = readEvalSet(value, { fileName: base, source });
  const broken = set.cases.find(({ problem }) => problem)?.problem;
  if (broken) throw broken;
  if (set.cases.length === 0) throw adkError(source, 'eval_cases', 'the eval set has no case', 'add one, or leave the file out');
  const known = set.cases.flatMap((one) => (one.case ? [one.case.evalId] : []));
  // In ADK a file of turns is a case that is called as its path was written.
  const chosen = shape === 'old-turns' ? names.map((name) => (name === path ? base : name)) : names;
  const unknown = chosen.find((name) => !known.includes(name));
  if (unknown !== undefined) throw adkError(source, '', `no case is called ${JSON.stringify(unknown)}`, unknownNameRemedy(unknown, known));
  return { path, folder: folderOf(path), set, ...(chosen.length > 0 ? { ids: chosen.map((name) => `${set.evalSetId}:${name}`) } : {}) };
}

/** The criteria of a file that was named, or of the folder of the eval sets. @throws ToolError for a named file that is not there */
export async function readCriteria(files: ProjectFiles, folder: string, named: string | undefined): Promise<CriteriaFile> {
  const path = named ?? (folder === '.' ? 'test_config.json' : `${folder}/test_config.json`);
  if ((await files.kind(path)) !== 'file') {
    if (named !== undefined)
      throw notFound(
        named,
        'there is no such file',
        'leave --config-file-path out for the criteria of ADK: tool_trajectory_avg_score 1.0 and response_match_score 0.8',
      );
    return { config: defaultEvalConfig() };
  }
  const { value, source } = parseJsonText(await files.read(path), { file: path, code });
  const config = readEvalConfig(value, source);
  if (config.metrics.length === 0)
    throw adkError(
      source,
      'criteria',
      'there is no criterion, so that no case could ever pass',
      'name at least one, such as {"criteria": {"response_match_score": 0.8}}',
    );
  return { config, source };
}

/** @throws ToolError `project-not-found`, `project-invalid` */
export async function readInitialSession(files: ProjectFiles, path: string): Promise<JsonObject> {
  if ((await files.kind(path)) !== 'file')
    throw notFound(path, 'there is no such file', 'name the file of the initial session, or leave --initial-session-file out');
  const { value, source } = parseJsonText(await files.read(path), { file: path, code });
  const session = readSessionFile(value, source);
  if (JSON.stringify(session.state).includes('{{')) {
    throw adkError(
      source,
      'state',
      'a text of the state holds "{{", which is the mark of a template here',
      'write the state into the "initial_session" of the cases',
    );
  }
  return session;
}

function notFound(file: string, message: string, remedy: string): ToolError {
  return new ToolError({ code: 'project-not-found', message: `${file}: ${message}`, remedy, problems: [{ file, message, remedy }] });
}
