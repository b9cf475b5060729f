import { shortened } from '../../errors.ts';
import { unlessAborted } from '../../io/abort.ts';
import { abortFailure } from '../../io/failure.ts';
import { type McpLimits, type McpServer, McpServerFailure, startMcpServer } from '../../io/mcp.ts';
import type { JsonObject } from '../../records/json.ts';
import type { Step } from '../../records/trajectory.ts';
import { type Template, templateProblem } from '../../template.ts';
import { AgentFailure, type AgentPorts, type AgentRequest } from '../agent.ts';
import type { ConfiguredServers } from './mcp-config.ts';
import { createMcpToolbox, type McpToolbox, type ToolChoice } from './mcp-tools.ts';
import { openSlotFolder, type SlotFolder, type SlotFolders } from './mcp-workspace.ts';

export interface McpDriver {
  servers: ConfiguredServers;
  limits: McpLimits;
  choice: ToolChoice;
  /** Names of servers that all slots share. */
  shared: readonly string[];
  /** False: a server that is down is left out. */
  requireAll: boolean;
  /** Gives the names of the servers that a sample needs; null or none: all. */
  select: Template | undefined;
  folders: SlotFolders;
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
  finish(): Promise<SlotEnd>;
  /** Kills what is left and removes the folder. Never rejects. */
  dispose(): Promise<void>;
}

/** What a slot left behind; `finalStateProblems`: parts that could not be read, and why. */
export interface SlotEnd {
  finalState?: JsonObject;
  finalStateProblems?: Readonly<Record<string, string>>;
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
  const { names, unknown } = chosenServers(driver, request);
  const own: McpServer[] = [];
  const folder = names.some((name) => servers.usesWorkspace(name)) ? await openSlotFolder(driver.folders, request) : undefined;
  const dispose = async () => {
    await Promise.all(own.map((server) => server.close(0)));
    await folder?.workspace.remove();
  };
  try {
    const start = async (name: string): Promise<McpServer> => {
      if (driver.shared.includes(name)) return unlessAborted(shared.get(name), request.signal);
      const server = await startMcpServer(servers.spec(name, folder?.workspace.path, folder?.databases[0]), limits, request.signal);
      own.push(server);
      return server;
    };
    const { up, down } = await startAll(names, start, request.signal);
    const failures = [...unknown, ...down];
    if (up.length === 0 || (driver.requireAll && failures.length > 0)) throw allDown(failures);
    for (const { message } of failures) driver.ports.warn(`${message}: the other servers are used without it`);
    const toolbox = createMcpToolbox(up, choice);
    const problems = failures.map(({ message }): Step => ({ kind: 'error', message }));
    const finish = async () => {
      await Promise.all(own.splice(0).map((server) => server.close(graceMs)));
      return folder ? endOf(folder) : {};
    };
    return { toolbox, problems, finish, dispose };
  } catch (error) {
    await dispose();
    throw error;
  }
}

async function endOf(folder: SlotFolder): Promise<SlotEnd> {
  const { finalState, problems } = await folder.finish();
  return { finalState, ...(problems ? { finalStateProblems: problems } : {}) };
}

/** Those that the sample names, in the order of the config, which alone says what is started. */
function chosenServers({ servers, select }: McpDriver, { sample }: AgentRequest): { names: readonly string[]; unknown: McpServerFailure[] } {
  const { id, metadata, row, tags } = sample;
  let wanted: unknown;
  try {
    wanted = select?.({ id, metadata, row, tags }) ?? [];
  } catch (error) {
    throw notSelected(templateProblem(error));
  }
  const list: readonly unknown[] = Array.isArray(wanted) ? wanted : [wanted];
  if (list.length === 0) return { names: servers.names, unknown: [] };
  if (list.some((name) => typeof name !== 'string')) throw notSelected('a list of names of servers is expected');
  const unknown = list.filter((name) => !servers.names.some((known) => known === name)).map((name) => unknownServer(String(name), servers));
  return { names: servers.names.filter((name) => list.includes(name)), unknown };
}

function unknownServer(name: string, { names }: ConfiguredServers): McpServerFailure {
  const shown = JSON.stringify(shortened(name, 100));
  return new McpServerFailure(`the sample needs the MCP server ${shown}, and the config has only ${names.join(', ')}`, {
    isTransient: false,
    cause: undefined,
  });
}

function notSelected(why: string): AgentFailure {
  return new AgentFailure('agent-error', `agent.select cannot be used for this sample: ${why}`, { phase: 'not-sent', isTransient: false });
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

function allDown(down: readonly Pick<McpServerFailure, 'message' | 'isTransient'>[]): AgentFailure {
  const message = down.map((failure) => failure.message).join('; ');
  return new AgentFailure('process', message, { phase: 'not-sent', isTransient: down.some(({ isTransient }) => isTransient), cause: down[0] });
}
