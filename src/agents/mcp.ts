import { ToolError } from '../errors.ts';
import { Json } from '../records/json.ts';
import * as z from '../records/schema.ts';
import type { Trajectory } from '../records/trajectory.ts';
import { compileTemplate } from '../template.ts';
import { type AgentPorts, type AgentRequest, defineAgent } from './agent.ts';
import { converse } from './parts/converse.ts';
import { type ConfiguredServers, loadServers, ServersOptions, serversIdentity } from './parts/mcp-config.ts';
import { createSharedServers, type McpDriver, openMcpSlot, type SharedServers } from './parts/mcp-slot.ts';
import { checkFolders, WorkspaceOptions } from './parts/mcp-workspace.ts';
import { MaxSteps, modelFields, modelIdentity, type OpenModel, openChatModel } from './parts/model-session.ts';
import { openResponsesModel } from './parts/responses-session.ts';
import { runToolLoop } from './parts/tool-loop.ts';

const Milliseconds = z.int().check(z.minimum(1), z.maximum(2_147_483_647));
const Patterns = z.array(z.string().check(z.minLength(1)));

const McpOptions = z.strictObject({
  ...modelFields,
  api: z.described(z._default(z.enum(['chat', 'responses']), 'chat'), 'how the model is asked: chat completions or the Responses API'),
  servers: z.described(ServersOptions, 'path of a servers.json, {"mcpServers": {…}}, or the servers themselves by name'),
  variables: z.described(z._default(z.record(z.string(), z.string()), {}), `what \${NAME} stands for in env and headers of the servers`),
  shared: z.described(
    z._default(z.union([z.boolean(), z.array(z.string())]), false),
    'true, or names of servers: those keep nothing, and all slots share them; default: every slot starts its own',
  ),
  tools: z.described(
    z._default(z.strictObject({ allow: z.optional(Patterns.clone()), deny: z._default(Patterns.clone(), []) }), { deny: [] }),
    'which tools the model is offered: names such as files__read_file, in which * is any text; default all',
  ),
  maxSteps: z.described(z._default(MaxSteps.clone(), 20), 'replies of the model in one turn at most; default 20'),
  environment: z.described(
    z.optional(Json.clone()),
    'a template that gives what else is put into the private folder: [{path, type: file | directory | sh | binary | db, content}], such as {{row.environment}}',
  ),
  select: z.described(
    z.optional(Json.clone()),
    'a template that gives the names of the servers that a sample needs, such as {{row.servers}}; default, and where it gives none: all',
  ),
  workspace: z.described(
    z.optional(WorkspaceOptions),
    'every server that is a child process runs in the private folder of the slot; what the folder begins with, and what becomes of it',
  ),
  systemVariables: z.described(
    z._default(z.record(z.string().check(z.regex(/^[A-Za-z_]\w*$/, 'not a variable name')), z.string()), {}),
    `what \${NAME} stands for in the system prompt of a sample, which the model is sent; default: nothing is put in`,
  ),
  requireAll: z.described(
    z._default(z.boolean(), false),
    'true: a server that is down is an error of the slot; default: the others are used without it',
  ),
  startMs: z.described(z._default(Milliseconds.clone(), 8000), 'for the start of a server, milliseconds; default 8000'),
  listMs: z.described(z._default(Milliseconds.clone(), 10_000), 'for the list of its tools, milliseconds; default 10000'),
  callMs: z.described(z._default(Milliseconds.clone(), 60_000), 'for one call of a tool, milliseconds; default 60000'),
  maxResultChars: z.described(
    z._default(z.int().check(z.minimum(1), z.maximum(10_000_000)), 50_000),
    'characters of one result at most; the rest is cut; default 50000',
  ),
});
type McpOptions = z.infer<typeof McpOptions>;

/** The agent loop itself: a model with the tools of MCP servers, each slot with servers and a folder of its own. */
export const mcp = defineAgent<McpOptions>({
  type: 'mcp',
  summary: 'a model behind an OpenAI-compatible endpoint with the tools of MCP servers',
  options: McpOptions as z.ZodMiniType<McpOptions>,
  envFields: ['baseUrl', 'apiKey', 'headers', 'variables', 'systemVariables', 'servers.*.env', 'servers.*.headers'],
  identity(options) {
    const { api, servers, shared, tools, maxSteps, environment, maxResultChars, select, workspace, systemVariables } = options;
    const variables = Object.keys(systemVariables).sort();
    // What is not used is left out, so that stored runs stay comparable.
    const added = {
      select,
      workspace: workspace && { from: workspace.from, state: workspace.state },
      ...(variables.length > 0 ? { variables } : {}),
    };
    return modelIdentity(options, { api, servers: serversIdentity(servers), shared, tools, maxSteps, environment, maxResultChars, ...added });
  },
  files: ({ servers }) => (typeof servers === 'string' ? [servers] : []),
  async open(options, ports) {
    const driver = await compileDriver(options, ports);
    const model = await (options.api === 'chat' ? openChatModel(options, ports) : openResponsesModel({ ...options, history: 'input' }, ports));
    const shared = createSharedServers(driver);
    return {
      ask: (request) => ask({ driver, model, shared, options }, request),
      isTraced: model.isTraced,
      async close() {
        await shared.close();
        model.close();
      },
    };
  },
});

async function compileDriver(options: McpOptions, ports: AgentPorts): Promise<McpDriver> {
  const { variables, tools, requireAll, environment, startMs, listMs, callMs, maxResultChars, select, workspace } = options;
  const { baseDir, maxReplyBytes, deadlines, warn } = ports;
  await checkFolders(workspace, baseDir);
  const servers = await loadServers(options.servers, { baseDir, variables, runsInWorkspace: workspace !== undefined });
  const said = new Set<string>();
  const warnOnce = (message: string) => {
    if (!said.has(message)) warn(message);
    said.add(message);
  };
  const ownPorts = { ...ports, warn: warnOnce };
  return {
    servers,
    limits: { startMs, listMs, callMs, connectMs: deadlines.connectMs, maxMessageBytes: maxReplyBytes, maxResultChars },
    choice: tools,
    shared: sharedNames(options.shared, servers),
    requireAll,
    select: select === undefined ? undefined : compileTemplate(select),
    folders: { options: workspace, environment: environment === undefined ? undefined : compileTemplate(environment), ports: ownPorts },
    ports: ownPorts,
  };
}

function sharedNames(shared: McpOptions['shared'], servers: ConfiguredServers): readonly string[] {
  const names = shared === true ? servers.names : shared === false ? [] : shared;
  for (const name of names) {
    const isKnown = servers.names.includes(name);
    if (isKnown && !servers.usesWorkspace(name)) continue;
    const message = isKnown ? `the server "${name}" uses the private folder of a sample, so slots cannot share it` : `there is no server "${name}"`;
    const remedy = isKnown ? 'leave it out of agent.shared' : `agent.shared takes names of servers: ${servers.names.join(', ')}`;
    throw new ToolError({ code: 'agent-servers-invalid', message, remedy, problems: [{ field: 'agent.shared', message, remedy }] });
  }
  return names;
}

interface Opened {
  driver: McpDriver;
  model: OpenModel;
  shared: SharedServers;
  options: McpOptions;
}

async function ask({ driver, model, shared, options }: Opened, request: AgentRequest): Promise<Trajectory> {
  const slot = await openMcpSlot(driver, shared, request);
  try {
    for (const pattern of slot.toolbox.unmatched) driver.ports.warn(`no tool fits "${pattern}" of agent.tools.allow`);
    const session = model.session(withVariables(request.sample.system, options.systemVariables) ?? options.system, slot.toolbox.definitions);
    const trajectory = await converse(request, async (turn) => {
      const reply = await runToolLoop({ request, turn, session, toolbox: slot.toolbox, maxSteps: options.maxSteps });
      return turn.number === 1 ? { ...reply, steps: [...slot.problems, ...reply.steps] } : reply;
    });
    return { ...trajectory, ...(await slot.finish()) };
  } finally {
    await slot.dispose();
  }
}

/** Only names that the config declares: a sample is data, and must not choose what of the environment the model is sent. */
function withVariables(system: string | undefined, variables: Readonly<Record<string, string>>): string | undefined {
  return system?.replace(/\$\{([A-Za-z_]\w*)\}/g, (whole, name: string) => (Object.hasOwn(variables, name) ? (variables[name] ?? whole) : whole));
}
