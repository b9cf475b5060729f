import { messageOf, ToolError } from '../../errors.ts';
import type { Json, JsonObject } from '../../records/json.ts';
import { type ModelRole, modelConfig, roleIn, rolePrefixes } from '../../systems/benchkit/model-config.ts';
import type { ConvertedSuite, ProjectRequest } from '../project.ts';
import type { BenchkitFlags } from './benchkit-flags.ts';

type Overrides = NonNullable<ConvertedSuite['overrides']>;

/** How the model of a role is reached, as parts of a config. */
export interface RoleModel {
  /** Absent: nothing names it. */
  model?: string;
  /** An address, or what stands for a variable. */
  baseUrl?: string;
  /** What stands for a variable, or a key that a flag or file gave. */
  apiKey?: string;
  /** Where a key stands that must not be written into a file. */
  keyFrom?: string;
  temperature?: number;
  maxTokens?: number;
  timeoutMs?: number;
  /** What stands for the variable that `init` names where there is no key that may be written; absent: none is named. */
  keyVariable?: string;
}

/** The parsed model_config.json files of a project. */
export interface ModelFiles {
  explicit?: { path: string; value: JsonObject };
  near?: { path: string; value: JsonObject };
}

/** @throws ToolError `project-not-found`, `project-invalid` for a file that is named and no model_config.json. */
export async function readModelFiles({ files }: ProjectRequest, named: string | undefined, scenario: string): Promise<ModelFiles> {
  const read = async (path: string) => ({ path, value: parseFile(path, await files.read(path)) });
  const near = `${scenario === '.' ? '' : `${scenario}/`}benchkit/model_config.json`;
  return {
    ...(named === undefined ? {} : { explicit: await read(named) }),
    ...((await files.kind(near)) === 'file' ? { near: await read(near) } : {}),
  };
}

/**
 * Who wins for a role: flags, then `BENCH_AGENT_*`, `BENCH_CHECK_*` or `BENCH_SIM_*`, then `--model-config`, then, of judge and simulator,
 * `benchkit/model_config.json`, then `OPENAI_BASE_URL` and `OPENAI_API_KEY`.
 */
export function roleModel(
  kind: ModelRole,
  {
    request,
    flags,
    files,
  }: { request: ProjectRequest; flags: Partial<Record<'model' | 'baseUrl' | 'apiKey', string | undefined>>; files: ModelFiles },
): RoleModel {
  const { env, settingOf = () => undefined } = request;
  const prefix = rolePrefixes[kind];
  const plain = ['MODEL', 'TEMPERATURE', 'TIMEOUT_MS', 'MAX_TOKENS'].map((name) => [`${prefix}_${name}`, settingOf(`${prefix}_${name}`)]);
  const found = modelConfig(kind, {
    env: Object.fromEntries(plain) as Record<string, string | undefined>,
    explicit_file: files.explicit ? roleIn(files.explicit.value, kind) : null,
    near_file: kind === 'agent' ? null : (files.near?.value ?? null),
  });
  const variable = (name: string) => (env.has(name) ? request.variable(name) : undefined);
  const model = flags.model ?? found.model ?? undefined;
  const baseUrl = flags.baseUrl ?? variable(`${prefix}_BASE_URL`) ?? (found.base_url || undefined) ?? variable('OPENAI_BASE_URL');
  const fileKey = found.api_key || undefined;
  const roleKey = variable(`${prefix}_API_KEY`);
  const apiKey = flags.apiKey ?? roleKey ?? fileKey ?? variable('OPENAI_API_KEY');
  const keyFrom = flags.apiKey !== undefined ? '--api-key' : roleKey === undefined && fileKey !== undefined ? keySource(kind, files) : undefined;
  return {
    ...(model === undefined || model === '' ? {} : { model }),
    ...(baseUrl === undefined ? {} : { baseUrl }),
    ...(apiKey === undefined ? {} : { apiKey }),
    ...(keyFrom === undefined ? {} : { keyFrom }),
    ...(found.temperature === 0 ? {} : { temperature: found.temperature }),
    ...(found.max_tokens === null ? {} : { maxTokens: found.max_tokens }),
    ...(found.timeout === undefined ? {} : { timeoutMs: found.timeout }),
    ...(request.command === 'init' && (kind === 'agent' || model)
      ? { keyVariable: request.variable(keyFrom !== undefined && kind !== 'agent' ? `${prefix}_API_KEY` : 'OPENAI_API_KEY') }
      : {}),
  };
}

/**
 * The role at a place of the config: a key that stands in a flag or file becomes an override, which is hidden and never written. A config
 * of `init` then names a variable: it is used where other keys are set, such as in a workflow.
 */
export function placedModel(role: RoleModel, path: string): { config: JsonObject; overrides: Overrides } {
  const { model, baseUrl, apiKey, keyFrom, keyVariable } = role;
  const isLiteral = apiKey !== undefined && keyFrom !== undefined;
  const written = (isLiteral ? undefined : apiKey) ?? keyVariable;
  return {
    config: {
      ...(model === undefined ? {} : { model }),
      ...(baseUrl === undefined ? {} : { baseUrl }),
      ...(written === undefined ? {} : { apiKey: written }),
    },
    overrides: isLiteral ? [{ path: `${path}.apiKey`, value: apiKey, flag: keyFrom }] : [],
  };
}

/** The flags of the models: --base-url and --api-key are the judge's where only checks are made, else the agent's. */
export function modelFlags(flags: BenchkitFlags, { command }: Pick<ProjectRequest, 'command'>): { agent: FlagValues; judge: FlagValues } {
  const shared = { baseUrl: flags.text('base-url'), apiKey: flags.text('api-key') };
  const ownJudge = { baseUrl: flags.text('judge-base-url'), apiKey: flags.text('judge-api-key') };
  return {
    agent: { model: flags.text('model'), ...shared },
    judge: { model: flags.text('judge-model'), ...(command === 'check' ? shared : ownJudge) },
  };
}
type FlagValues = Record<'model' | 'baseUrl' | 'apiKey', string | undefined>;

function keySource(kind: ModelRole, { explicit, near }: ModelFiles): string {
  const isExplicit = explicit !== undefined && typeof roleIn(explicit.value, kind).api_key === 'string';
  return `api_key in ${isExplicit ? explicit.path : (near?.path ?? 'model_config.json')}`;
}

function parseFile(path: string, content: string): JsonObject {
  let value: Json;
  try {
    value = JSON.parse(content.replace(/^\uFEFF/, '')) as Json;
  } catch (error) {
    throw invalid(path, `not JSON (${messageOf(error)})`);
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw invalid(path, 'an object is expected');
  return value;
}

function invalid(file: string, message: string): ToolError {
  const remedy = 'write it like {"agent": {"model": "…", "base_url": "…", "api_key": "…"}, "judge": {…}, "simulator": {…}}';
  return new ToolError({ code: 'project-invalid', message: `${file}: ${message}`, remedy, problems: [{ file, message, remedy }] });
}
