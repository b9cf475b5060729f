import { unlessAborted } from '../../io/abort.ts';
import { abortFailure } from '../../io/failure.ts';
import { type McpLimits, type McpServer, McpServerFailure, startMcpServer } from '../../io/mcp.ts';
import { createWorkspace, type Workspace } from '../../io/workspace.ts';
import type { Json, JsonObject } from '../../records/json.ts';
import type { Step } from '../../records/trajectory.ts';
import { type Template, templateProblem } from '../../template.ts';
import { AgentFailure, type AgentPorts, type AgentRequest } from '../agent.ts';
import type { ConfiguredServers } from './mcp-config.ts';
import { createMcpToolbox, type McpToolbox, type ToolChoice } from './mcp-tools.ts';
import { describeShape } from './pointer.ts';
import { isObject } from './reply.ts';
import { readSampleFiles } from './sample-files.ts';

export interface McpDriver {
  servers: ConfiguredServers;
  limits: McpLimits;
  choice: ToolChoice;
  /** Names of servers that all slots share. */
  shared: readonly string[];
  /** False: a server that is down is left out. */
  requireAll: boolean;
  /** Gives the entries that are put into the folder beside the files of the sample. */
  environment: Template | undefined;
  ports: AgentPorts;
}

/** The servers that slots share, started with the first slot that needs them and again when they have gone. */
export interface SharedServers {
  get(name: string): Promise<McpServer>;
  close(): Promise<void>;
}

/** What one slot works with. */
export interface McpSlot {
  toolbox: McpToolbox;
  /** One error step for each server that is down. */
  problems: Step[];
  /** Stops the servers of the slot and gives what is in its folder; undefined when it has none. */
  finish(): Promise<JsonObject | undefined>;
  /** Kills what is left and removes the folder. Never rejects. */
  dispose(): Promise<void>;
}

/** What a server gets to end by itself, and again after SIGTERM. */
const graceMs = 1000;

/** No slot waits for the end of another: a server that slots share is started without their signals. */
export function createSharedServers({ servers, limits }: Pick<McpDriver, 'servers' | 'limits'>): SharedServers {
  const stopping = new AbortController();
  const started = new Map<string, Promise<McpServer>>();
  const start = (name: string, gone?: McpServer): Promise<McpServer> => {
    const run = async () => {
      await gone?.close(0);
      return startMcpServer(servers.spec(name, undefined), limits, stopping.signal);
    };
    const starting = run();
    started.set(name, starting);
    starting.catch(() => {
      if (started.get(name) === starting) started.delete(name);
    });
    return starting;
  };
  return {
    async get(name) {
      const known = started.get(name);
      if (!known) return start(name);
      const server = await known;
      if (await server.isHealthy()) return server;
      // Whoever finds it gone first starts the one that all others get.
      const present = started.get(name);
      return present === undefined || present === known ? start(name, server) : present;
    },
    async close() {
      stopping.abort();
      const all = await Promise.allSettled(started.values());
      await Promise.all(all.map((server) => (server.status === 'fulfilled' ? server.value.close(graceMs) : undefined)));
    },
  };
}

/** @throws AgentFailure `not-sent` when no server is there, or the folder cannot be filled. */
export async function openMcpSlot(driver: McpDriver, shared: SharedServers, request: AgentRequest): Promise<McpSlot> {
  const { servers, choice, limits } = driver;
  const own: McpServer[] = [];
  const needsFolder = servers.names.some((name) => servers.usesWorkspace(name));
  const workspace = needsFolder ? await createWorkspace() : undefined;
  const dispose = async () => {
    await Promise.all(own.map((server) => server.close(0)));
    await workspace?.remove();
  };
  try {
    if (workspace) await fillWorkspace(workspace, driver, request);
    const start = async (name: string): Promise<McpServer> => {
      if (driver.shared.includes(name)) return unlessAborted(shared.get(name), request.signal);
      const server = await startMcpServer(servers.spec(name, workspace?.path), limits, request.signal);
      own.push(server);
      return server;
    };
    const { up, down } = await startAll(servers.names, start, request.signal);
    if (up.length === 0 || (driver.requireAll && down.length > 0)) throw allDown(down);
    for (const { message } of down) driver.ports.warn(`${message}: the other servers are used without it`);
    const toolbox = createMcpToolbox(up, choice);
    const problems = down.map(({ message }): Step => ({ kind: 'error', message }));
    const finish = async () => {
      await Promise.all(own.splice(0).map((server) => server.close(graceMs)));
      return workspace?.read();
    };
    return { toolbox, problems, finish, dispose };
  } catch (error) {
    await dispose();
    throw error;
  }
}

async function startAll(
  names: readonly string[],
  start: (name: string) => Promise<McpServer>,
  signal: AbortSignal,
): Promise<{ up: McpServer[]; down: McpServerFailure[] }> {
  const all = await Promise.allSettled(names.map(start));
  const up: McpServer[] = [];
  const down: McpServerFailure[] = [];
  for (const result of all) {
    if (result.status === 'fulfilled') up.push(result.value);
    else if (result.reason instanceof McpServerFailure) down.push(result.reason);
    else if (signal.aborted) throw abortFailure(signal, 'not-sent');
    else throw result.reason;
  }
  return { up, down };
}

function allDown(down: readonly McpServerFailure[]): AgentFailure {
  const message = down.map((failure) => failure.message).join('; ');
  return new AgentFailure('process', message, { phase: 'not-sent', isTransient: down.some(({ isTransient }) => isTransient), cause: down[0] });
}

async function fillWorkspace(workspace: Workspace, { environment, ports }: McpDriver, { sample }: AgentRequest): Promise<void> {
  for (const { path, bytes } of await readSampleFiles(ports.baseDir, sample.files)) await workspace.putFile(path, bytes).catch(refuse);
  if (!environment) return;
  const { id, metadata, row, state, tags } = sample;
  let entries: Json;
  try {
    entries = environment({ id, metadata, row, state: state ?? {}, tags });
  } catch (error) {
    throw refused(templateProblem(error));
  }
  if (!Array.isArray(entries)) throw refused(`a list of {path, type, content} is expected, found ${describeShape(entries)}`);
  for (const entry of entries) await putEntry(workspace, entry).catch(refuse);
}

/** Entries as BenchKit has them. */
async function putEntry(workspace: Workspace, entry: Json): Promise<void> {
  if (!isObject(entry) || typeof entry.path !== 'string') throw new Error(`{path, type, content} is expected, found ${describeShape(entry)}`);
  const { path, type = 'file', content = '' } = entry;
  const text = typeof content === 'string' ? content : JSON.stringify(content);
  switch (type) {
    case 'directory':
      return workspace.putFolder(path);
    case 'file':
      return workspace.putFile(path, text);
    case 'sh':
      return workspace.putFile(path, text, { isExecutable: true });
    case 'binary':
      return workspace.putFile(path, Buffer.from(text, 'base64'));
    default:
      throw new Error(`the type of "${path}" is none of directory, file, sh and binary`);
  }
}

function refuse(error: unknown): never {
  throw refused(error instanceof Error ? error.message : String(error));
}

function refused(why: string): AgentFailure {
  return new AgentFailure('agent-error', `the folder of the sample cannot be filled: ${why}`, { phase: 'not-sent', isTransient: false });
}
