import type { Json, JsonObject } from '../../records/json.ts';

/** Who asks a model: the agent under test, the judge of checks, the user simulator. */
export type ModelRole = 'judge' | 'agent' | 'simulator';

/** What names the model of a role; null: nothing does. */
export interface ModelSettings {
  model: string | null;
  base_url: string | null;
  api_key: string | null;
  /** 0 where nothing is said. */
  temperature: number;
  max_tokens: number | null;
  provider?: string;
  /** As BENCH_*_TIMEOUT_MS or `timeout` say. */
  timeout?: number;
  enable_request_logging?: boolean;
}

/** The files that may name models, parsed; null or absent: there is none. */
export interface ModelConfigFiles {
  /** Named on the command line: the settings of one role, without a level of roles. */
  explicit_file?: Json;
  /** `benchkit/model_config.json`: settings by role, or those of every role. */
  near_file?: Json;
  /** `~/.mcp-benchmark/model_config.json`, of the same shape. */
  home_file?: Json;
}

/** What stands before `_MODEL`, `_BASE_URL`, `_API_KEY` … of a role in the environment. */
export const rolePrefixes: Readonly<Record<ModelRole, string>> = { judge: 'BENCH_CHECK', agent: 'BENCH_AGENT', simulator: 'BENCH_SIM' };

/**
 * The model settings of a role: environment variables of the role first, then the explicit file, the near one, the one of the user. Each
 * fills what nothing before it has said; a variable that is set but empty has said something. A number that is none is left out.
 */
export function modelConfig(
  kind: ModelRole,
  { env, ...files }: ModelConfigFiles & { env: Readonly<Record<string, string | undefined>> },
): ModelSettings {
  const settings = new Map<string, Json>();
  for (const [key, value] of fromEnvironment(rolePrefixes[kind], env)) settings.set(key, value);
  const fill = (from: JsonObject, leftOut: readonly string[]) => {
    for (const [key, value] of Object.entries(from)) if (!settings.has(key) && !leftOut.includes(key)) settings.set(key, value);
  };
  fill(objectOf(files.explicit_file), []);
  for (const file of [files.near_file, files.home_file]) fill(roleIn(objectOf(file), kind), ['judge', 'agent']);
  const text = (key: string) => textOf(settings.get(key));
  const provider = text('provider');
  const timeout = integerOf(settings.get('timeout'));
  const logging = settings.get('enable_request_logging');
  return {
    model: text('model'),
    base_url: text('base_url'),
    api_key: text('api_key'),
    temperature: numberOf(settings.get('temperature')) ?? 0,
    max_tokens: integerOf(settings.get('max_tokens')),
    ...(provider === null ? {} : { provider }),
    ...(timeout === null ? {} : { timeout }),
    ...(typeof logging === 'boolean' ? { enable_request_logging: logging } : {}),
  };
}

/** The settings of a role in a `model_config.json`: below the name of the role, or at the top where it has no roles. */
export function roleIn(file: JsonObject, kind: ModelRole): JsonObject {
  return Object.hasOwn(file, kind) ? objectOf(file[kind]) : file;
}

const variables: readonly (readonly [variable: string, key: string, read: (text: string) => Json | undefined])[] = [
  ['MODEL', 'model', (text) => text],
  ['PROVIDER', 'provider', (text) => text],
  ['BASE_URL', 'base_url', (text) => text],
  ['API_KEY', 'api_key', (text) => text],
  ['TEMPERATURE', 'temperature', (text) => numberIn(text)],
  ['TIMEOUT_MS', 'timeout', (text) => integerIn(text)],
  ['MAX_TOKENS', 'max_tokens', (text) => integerIn(text)],
  ['ENABLE_REQUEST_LOGGING', 'enable_request_logging', booleanIn],
];

function fromEnvironment(prefix: string, env: Readonly<Record<string, string | undefined>>): [string, Json][] {
  return variables.flatMap(([variable, key, read]): [string, Json][] => {
    const text = env[`${prefix}_${variable}`];
    const value = text === undefined ? undefined : read(text);
    return value === undefined ? [] : [[key, value]];
  });
}

function objectOf(value: Json | undefined): JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : {};
}

function textOf(value: Json | undefined): string | null {
  return typeof value === 'string' ? value : null;
}

function numberOf(value: Json | undefined): number | undefined {
  return typeof value === 'number' ? value : typeof value === 'string' ? numberIn(value) : undefined;
}

/** 0 stands for "not set". */
function integerOf(value: Json | undefined): number | null {
  const number = typeof value === 'string' ? integerIn(value) : numberOf(value);
  return number === undefined || number === 0 ? null : Math.trunc(number);
}

function numberIn(text: string): number | undefined {
  const number = Number(text.trim());
  return text.trim() === '' || !Number.isFinite(number) ? undefined : number;
}

function integerIn(text: string): number | undefined {
  return /^\s*[+-]?\d+\s*$/.test(text) ? Number(text.trim()) : undefined;
}

function booleanIn(text: string): boolean | undefined {
  const word = text.trim().toLowerCase();
  if (['1', 'true', 'yes', 'y', 'on'].includes(word)) return true;
  return ['0', 'false', 'no', 'n', 'off'].includes(word) ? false : undefined;
}
