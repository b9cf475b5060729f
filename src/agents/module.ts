import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { messageOf, ToolError } from '../errors.ts';
import { workspaceOf } from '../io/module-permissions.ts';
import { createModulePort, ModuleError, type ModuleRunner } from '../io/modules.ts';
import { WorkerFailure } from '../io/worker-pool.ts';
import type { Json } from '../records/json.ts';
import { ModulePermissions } from '../records/permissions.ts';
import * as z from '../records/schema.ts';
import { AgentFailure, type AgentPorts, type AgentRequest, defineAgent } from './agent.ts';
import { EnvOptions, workerFailure } from './parts/child.ts';
import { converseWithFunction } from './parts/own-function.ts';

const ModuleOptions = z.strictObject({
  path: z.described(z.string().check(z.minLength(1)), 'a JavaScript module; relative to the config file'),
  export: z.described(z._default(z.string().check(z.minLength(1)), 'default'), 'name of the exported function'),
  env: EnvOptions,
  permissions: z.described(
    z.optional(ModulePermissions),
    '`all`, or what the module may do beside reading the workspace and its packages, writing to it, loading native packages, and a temporary folder of its own',
  ),
});
type ModuleOptions = z.infer<typeof ModuleOptions>;

/** How long a module may take to load before the first call. */
const loadTimeoutMs = 60_000;
/** The slot's own signal ends a call; timers need some number. */
const longestTimerMs = 2_147_483_647;

/** Calls `async ({input, turn, history, turns, sample, system, state, epoch, slot, signal}) => text | {output, …} | {turns}` of a JavaScript file, in child processes. */
export const module = defineAgent<ModuleOptions>({
  type: 'module',
  summary: 'an async function of a JavaScript file, run in its own process',
  options: ModuleOptions as z.ZodMiniType<ModuleOptions>,
  envFields: ['env'],
  identity: ({ path, export: name }) => ({ template: { path, export: name } }),
  async open(options, ports) {
    const { path, export: exportName, env } = options;
    const { baseDir, concurrency, maxReplyBytes } = ports;
    await checkFile(path, ports);
    const permissions = grantedToAgent(options.permissions, baseDir);
    const runner = createModulePort({ baseDir, poolSize: concurrency, env, maxAnswerBytes: maxReplyBytes, permissions });
    try {
      await runner.check({ file: path, exportName, timeoutMs: loadTimeoutMs });
    } catch (error) {
      await runner.close();
      throw invalid(messageOf(error), 'fix the file, or agent.path and agent.export');
    }
    return { ask: (request) => call(runner, { file: path, exportName }, request), close: () => runner.close() };
  },
});

/** An agent is an application: it works on files and uses native packages. Programs that it may start could read the environment of the job. */
function grantedToAgent(given: ModulePermissions = {}, baseDir: string): ModulePermissions {
  return given === 'all' ? given : { addons: true, ...given, write: [workspaceOf(baseDir), ...(given.write ?? [])] };
}

async function checkFile(path: string, ports: AgentPorts): Promise<void> {
  const info = await stat(resolve(ports.baseDir, path)).catch(() => undefined);
  if (!info?.isFile()) throw invalid(`there is no file ${path}`, 'agent.path starts from the folder of the config file');
}

async function call(runner: ModuleRunner, target: { file: string; exportName: string }, request: AgentRequest) {
  const { signal } = request;
  return converseWithFunction(request, async (payload): Promise<Json> => {
    try {
      return await runner.call({ ...target, payload, timeoutMs: longestTimerMs, signal });
    } catch (error) {
      if (error instanceof WorkerFailure) throw workerFailure(error, signal, 'the agent');
      const isTransient = error instanceof ModuleError && error.isTransient;
      const kind = error instanceof ModuleError ? 'agent-error' : 'process';
      throw new AgentFailure(kind, messageOf(error), { phase: 'answered', isTransient, cause: error });
    }
  });
}

function invalid(message: string, remedy: string): ToolError {
  return new ToolError({ code: 'agent-module-invalid', message, remedy, problems: [{ field: 'agent.path', message, remedy }] });
}
