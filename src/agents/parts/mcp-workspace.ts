import { existsSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { messageOf, ToolError } from '../../errors.ts';
import { copyFolder, replaceFolder } from '../../io/copy-folder.ts';
import { runSqlScript } from '../../io/sqlite-file.ts';
import { readStateFiles } from '../../io/state-files.ts';
import { createWorkspace, type Workspace } from '../../io/workspace.ts';
import type { Json, JsonObject } from '../../records/json.ts';
import * as z from '../../records/schema.ts';
import { type EnvironmentEntry, environmentEntries } from '../../systems/benchkit/environment.ts';
import { finalStateOf } from '../../systems/benchkit/final-state.ts';
import { resultName } from '../../systems/benchkit/sample.ts';
import { type Template, templateProblem } from '../../template.ts';
import { AgentFailure, type AgentPorts, type AgentRequest } from '../agent.ts';
import { readSampleFiles } from './sample-files.ts';

const Path = z.string().check(z.minLength(1));

export const WorkspaceOptions = z.strictObject({
  from: z.described(z.optional(Path.clone()), 'a folder, from that of the config, whose files every private folder begins with'),
  keep: z.described(
    z.optional(Path.clone()),
    'a folder, from that of the config, in which the private folder of each slot is kept as ID_env, without files that are called test_*; at most 64 MB each',
  ),
  state: z.described(
    z._default(z.enum(['files', 'records']), 'files'),
    'the final state: the texts of the files, or the records of the *.jsonl files by their ids; default files',
  ),
});
export type WorkspaceOptions = z.infer<typeof WorkspaceOptions>;

/** How the private folder of a slot is made, and what becomes of it. */
export interface SlotFolders {
  options: WorkspaceOptions | undefined;
  /** Gives the entries that are put into the folder beside the files of the sample. */
  environment: Template | undefined;
  ports: AgentPorts;
}

export interface SlotFolder {
  workspace: Workspace;
  /** Paths of the databases that were made in it. */
  databases: readonly string[];
  /** What is in it now; with what could not be read. Keeps it, where the options say so. */
  finish(): Promise<{ finalState: JsonObject; problems?: Readonly<Record<string, string>> }>;
}

/** @throws ToolError for a folder that is not there. */
export async function checkFolders(options: WorkspaceOptions | undefined, baseDir: string): Promise<void> {
  const from = options?.from;
  if (from === undefined) return;
  if ((await stat(resolve(baseDir, from)).catch(() => undefined))?.isDirectory()) return;
  const problem = { field: 'agent.workspace.from', message: `there is no folder "${from}"`, remedy: `the path starts from ${baseDir}` };
  throw new ToolError({ code: 'agent-options-invalid', message: problem.message, remedy: problem.remedy, problems: [problem] });
}

/** @throws AgentFailure `not-sent` when it cannot be filled. */
export async function openSlotFolder(folders: SlotFolders, request: AgentRequest): Promise<SlotFolder> {
  const workspace = await createWorkspace();
  try {
    const databases = await fill(workspace, folders, request);
    return { workspace, databases, finish: () => finish(workspace, folders, request) };
  } catch (error) {
    await workspace.remove();
    throw error instanceof AgentFailure ? error : refused(messageOf(error));
  }
}

async function fill(workspace: Workspace, { options, environment, ports }: SlotFolders, { sample, signal }: AgentRequest): Promise<string[]> {
  if (options?.from !== undefined) {
    const [first] = await copyFolder(resolve(ports.baseDir, options.from), workspace.path);
    if (first) ports.warn(`"${first.path}" of agent.workspace.from is not copied: ${first.why}`);
  }
  for (const { path, bytes } of await readSampleFiles(ports.baseDir, sample.files)) await workspace.putFile(path, bytes);
  const { id, metadata, row, state, tags } = sample;
  let value: Json = null;
  try {
    value = environment?.({ id, metadata, row, state: state ?? {}, tags }) ?? null;
  } catch (error) {
    throw refused(templateProblem(error));
  }
  const entries = environmentEntries(value);
  // What the folder begins with is what a sample may put others in the place of.
  const replaces = options?.from !== undefined;
  for (const entry of entries) {
    if (replaces && isProgram(entry.path) && existsSync(await workspace.placeOf(entry.path)))
      throw refused(`"${entry.path}" is a program of ${options.from}, and a sample may replace only data`);
    await putEntry(workspace, entry, { replaces, signal });
  }
  return entries.filter(({ type }) => type === 'db').map(({ path }) => path);
}

/** What a server may be started from. */
function isProgram(path: string): boolean {
  return /\.(py|pyc|pyd|so|dll|js|mjs|cjs|ts|mts|cts|jsx|tsx|sh|bash|rb|pl|php|lua|jar|class|exe|node|wasm)$/i.test(path);
}

async function putEntry(
  workspace: Workspace,
  { path, type, content }: EnvironmentEntry,
  { replaces, signal }: { replaces: boolean; signal: AbortSignal },
): Promise<void> {
  switch (type) {
    case 'directory':
      return workspace.putFolder(path);
    case 'file':
      return workspace.putFile(path, content, { replaces });
    case 'sh':
      return workspace.putFile(path, content, { isExecutable: true, replaces });
    case 'binary':
      return workspace.putFile(path, Buffer.from(content, 'base64'), { replaces });
    case 'db':
      return runSqlScript(await workspace.placeOf(path), content, signal).catch((error: unknown) => {
        throw new Error(`"${path}": ${messageOf(error)}`);
      });
  }
}

async function finish(workspace: Workspace, { options, ports }: SlotFolders, { sample, epoch }: AgentRequest) {
  if (options?.keep !== undefined) {
    const target = join(resolve(ports.baseDir, options.keep), `${resultName(sample.id, epoch)}_env`);
    try {
      const left = await replaceFolder(workspace.path, target, {
        leavesOut: (name) => name.startsWith('test_'),
        hide: ports.hide ?? ((text) => text),
      });
      const [first] = left;
      if (first) ports.warn(`"${first.path}" of the folder of sample "${sample.id}" is not kept: ${first.why}`);
    } catch (error) {
      ports.warn(`the folder of sample "${sample.id}" cannot be kept: ${messageOf(error)}`);
    }
  }
  if (options?.state !== 'records') return { finalState: await workspace.read() };
  const { files, problems } = await readStateFiles(workspace.path);
  const finalState = finalStateOf(files);
  return Object.keys(problems).length > 0 ? { finalState, problems } : { finalState };
}

function refused(why: string): AgentFailure {
  return new AgentFailure('agent-error', `the folder of the sample cannot be filled: ${why}`, { phase: 'not-sent', isTransient: false });
}
