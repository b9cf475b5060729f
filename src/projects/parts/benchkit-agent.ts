import { ToolError } from '../../errors.ts';
import { isJsonObject, type Json, type JsonObject } from '../../records/json.ts';
import type { ConvertedSuite, ProjectFiles, ProjectNote, ProjectRequest } from '../project.ts';
import type { BenchkitFlags } from './benchkit-flags.ts';
import { type ModelFiles, modelFlags, placedModel, type RoleModel, roleModel } from './benchkit-models.ts';
import { below, type ScenarioSamples } from './benchkit-samples.ts';

interface AgentParts {
  request: ProjectRequest;
  flags: BenchkitFlags;
  folder: string;
  samples: ScenarioSamples;
  resultsDir: string;
  models: ModelFiles;
  notes: ProjectNote[];
  shown(path: string): string;
}

/** What the executor is here: a model with the tools of the scenario's MCP servers, each sample with servers and files of its own. */
export async function benchkitAgent(
  parts: AgentParts,
): Promise<{ config: JsonObject; overrides: NonNullable<ConvertedSuite['overrides']>; role: RoleModel }> {
  const { request, flags, folder, models, resultsDir, shown } = parts;
  const role = roleModel('agent', { request, flags: modelFlags(flags, request).agent, files: models });
  if (role.model === undefined && ['run', 'execute'].includes(request.command)) {
    flags.refuse({
      field: '--model',
      message: 'the model of the agent is missing',
      remedy: 'give --model NAME, with --base-url and --api-key; or set BENCH_AGENT_MODEL; or name a model_config.json with --model-config FILE',
    });
  }
  const { config: model, overrides } = placedModel(role, 'agent');
  const servers = await serversFile(request.files, folder);
  const hasEnv = (await request.files.kind(below(folder, 'env'))) === 'folder';
  const temperature = flags.number('temperature', { fallback: role.temperature ?? 0, least: 0, most: 2, isWhole: false });
  const config: JsonObject = {
    type: 'mcp',
    model: 'gpt-4',
    ...model,
    temperature,
    ...(role.maxTokens === undefined ? {} : { maxTokens: role.maxTokens }),
    servers: shown(servers),
    select: '{{row.servers}}',
    environment: '{{row.environment}}',
    workspace: { ...(hasEnv ? { from: shown(below(folder, 'env')) } : {}), keep: shown(resultsDir), state: 'records' },
    maxSteps: flags.number('max-turns', { fallback: 20, least: 1, most: 1000 }),
    ...(await variablesOf(parts, servers)),
    ...systemVariablesOf(parts),
  };
  return { config, overrides, role };
}

/** @throws ToolError `project-not-found` when there is none. */
async function serversFile(files: ProjectFiles, folder: string): Promise<string> {
  const places = ['env/servers.json', 'servers.json'].map((path) => below(folder, path));
  for (const place of places) if ((await files.kind(place)) === 'file') return place;
  const message = `no MCP servers: there is neither ${places.join(' nor ')}`;
  const remedy =
    'write {"mcpServers": {"NAME": {"command": "python", "args": ["server.py"]}}} into one of them, or name another folder with --scenario';
  throw new ToolError({ code: 'project-not-found', message, remedy, problems: [{ file: places[0] ?? '', message, remedy }] });
}

/** Variables that the servers file itself puts into the environment or the headers of a server: those that are not set are told by name. */
async function variablesOf({ request }: AgentParts, servers: string): Promise<JsonObject> {
  const names = variablesIn(await request.files.read(servers)).filter((name) => !['workspace', 'workspaceFolder'].includes(name));
  return names.length === 0 ? {} : { variables: Object.fromEntries(names.map((name) => [name, request.variable(name)])) };
}

/** A file that is not in shape has none here: the agent tells what is wrong with it. */
function variablesIn(text: string): string[] {
  let file: Json;
  try {
    file = JSON.parse(text.replace(/^\uFEFF/, '')) as Json;
  } catch {
    return [];
  }
  const key = isJsonObject(file) && Object.hasOwn(file, 'mcpServers') ? 'mcpServers' : 'servers';
  const values = Object.values(objectAt(file, key))
    .filter((server) => isJsonObject(server) && server.disabled !== true)
    .flatMap((server) => ['env', 'headers'].flatMap((key) => Object.values(objectAt(server, key))));
  const texts = values.filter((value) => typeof value === 'string');
  return [...new Set(texts.flatMap((value) => [...value.matchAll(/\$\{(?:env:)?([A-Za-z_]\w*)\}/g)].map(([, name = '']) => name)))];
}

function objectAt(value: Json, key: string): JsonObject {
  const found = isJsonObject(value) && Object.hasOwn(value, key) ? value[key] : undefined;
  return isJsonObject(found) ? found : {};
}

/** What a system prompt may hold of the environment, and these two alone. The owner is no secret: hiding it would change what is checked. */
function systemVariablesOf({ request, samples, notes, shown }: AgentParts): JsonObject {
  const found: Record<string, string> = {};
  for (const name of ['GITHUB_PERSONAL_ACCESS_TOKEN', 'GITHUB_OWNER']) {
    if (!samples.text.includes(`\${${name}}`)) continue;
    const value = name === 'GITHUB_OWNER' && request.command !== 'init' ? request.settingOf?.(name) : undefined;
    if (request.env.has(name)) found[name] = value ?? request.variable(name);
    const message = request.env.has(name)
      ? `${name} is put into system prompts, which the model is sent`
      : `system prompts name ${name}, which is not set: it stays as it is`;
    notes.push({ file: shown(samples.path), line: 1, field: 'system', message });
  }
  return Object.keys(found).length === 0 ? {} : { systemVariables: found };
}
