import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { basename, dirname, isAbsolute, resolve } from 'node:path';
import { messageOf, type Problem, ToolError } from '../../errors.ts';
import { parseTarget } from '../../io/http.ts';
import type { McpServerSpec } from '../../io/mcp.ts';
import { isInherited, scrubbedEnv } from '../../io/process.ts';
import type { Json, JsonObject } from '../../records/json.ts';
import * as z from '../../records/schema.ts';
import { Headers } from './json-api.ts';

const fields = {
  type: z.described(z.optional(z.enum(['stdio', 'http', 'streamable-http', 'streamableHttp'])), 'absent: as `command` or `url` says'),
  command: z.described(z.optional(z.string().check(z.minLength(1))), 'program of a server that is a child process; no shell'),
  args: z.described(z._default(z.array(z.string()), []), `its arguments; every \${NAME} in them is the private folder of the sample`),
  cwd: z.described(z.optional(z.string()), `its working folder, from the folder of the config; \${workspace} is the private folder of the sample`),
  env: z.described(
    z._default(z.record(z.string().check(z.regex(/^[A-Za-z_]\w*$/, 'not a variable name')), z.string()), {}),
    `variables that it gets beside PATH, HOME, LANG and the temporary folder; \${workspace} is the private folder of the sample`,
  ),
  url: z.described(z.optional(z.string().check(z.minLength(1))), 'address of a server that speaks streamable HTTP'),
  headers: z.described(z._default(Headers, {}), 'sent to it'),
  disabled: z.described(z.optional(z.boolean()), 'true: left out'),
};
function isOneWay({ command, url }: { command?: string | undefined; url?: string | undefined }): boolean {
  return (command === undefined) !== (url === undefined);
}
const oneWay = 'a server has either a "command" or a "url"';

const InlineServer = z.strictObject(fields).check(z.refine(isOneWay, oneWay));
/** A file of another program holds keys that only that program knows. */
const FileServer = z.looseObject(fields).check(z.refine(isOneWay, oneWay));
type ServerEntry = z.infer<typeof InlineServer>;

const ServerName = z.string().check(z.regex(/^[\p{L}\p{N}][\p{L}\p{N}._ @/-]{0,99}$/u, 'not a name of a server'));

export const ServersOptions = z.union([z.string().check(z.minLength(1)), z.record(ServerName.clone(), InlineServer)]);
export type ServersOptions = z.infer<typeof ServersOptions>;

/** The servers of a config. */
export interface ConfiguredServers {
  names: readonly string[];
  /** Whether the server needs the private folder of a sample. */
  usesWorkspace(name: string): boolean;
  /** @param workspace absolute; undefined for a server that does not use it. @param database a path in it, for a server of SQLite. */
  spec(name: string, workspace: string | undefined, database?: string): McpServerSpec;
}

/**
 * Reads the servers of the config, or of the file that it names: `{"mcpServers": {…}}` as other programs write it. In `env` and `headers`,
 * `${NAME}` is one of `variables`. @throws ToolError `agent-servers-invalid` with every problem.
 */
export async function loadServers(
  servers: ServersOptions,
  { baseDir, variables, runsInWorkspace = false }: { baseDir: string; variables: Readonly<Record<string, string>>; runsInWorkspace?: boolean },
): Promise<ConfiguredServers> {
  const file = typeof servers === 'string' ? servers : undefined;
  const all = typeof servers === 'string' ? await readServersFile(servers, baseDir) : servers;
  const entries = new Map(Object.entries(all).filter(([, { disabled }]) => disabled !== true));
  const problems = [...entries].flatMap(([name, entry]) => problemsOf(name, entry, { file, variables }));
  if (entries.size === 0)
    problems.push({ ...(file ? { file } : {}), field: 'agent.servers', message: 'there is no server', remedy: 'name at least one' });
  if (problems.length > 0) throw invalid(problems);
  const entryOf = (name: string): ServerEntry => {
    const entry = entries.get(name);
    if (!entry) throw new Error(`no server ${name}`);
    return entry;
  };
  // BenchKit's file lies in the scenario or in its folder env.
  const folder = file === undefined ? baseDir : dirname(resolve(baseDir, file));
  const roots = file === undefined ? [baseDir] : [baseDir, basename(folder) === 'env' ? dirname(folder) : folder];
  return {
    names: [...entries.keys()],
    usesWorkspace: (name) => (runsInWorkspace && entryOf(name).command !== undefined) || usesWorkspace(entryOf(name)),
    spec(name, workspace = '', database = undefined) {
      const entry = runsInWorkspace ? inWorkspace(entryOf(name), { name, roots, workspace, database }) : entryOf(name);
      const { command, args, cwd = '.', env, url = '', headers } = entry;
      const withFolder = (text: string) => text.replace(anyName, () => workspace);
      const withValues = (text: string) => text.replace(anyName, (whole, key: string) => (isFolder(key) ? workspace : (variables[key] ?? whole)));
      if (command === undefined) return { name, kind: 'http', url, headers: mapValues(headers, withValues) };
      const argv = [command, ...args.map(withFolder)];
      return { name, kind: 'stdio', argv, cwd: resolve(baseDir, withFolder(cwd)), env: scrubbedEnv(mapValues(env, withValues)) };
    },
  };
}

/** What decides which servers there are, without the values of `env` and `headers`. */
export function serversIdentity(servers: ServersOptions): Json {
  if (typeof servers === 'string') return servers;
  const described = Object.entries(servers).map(([name, { command, args, cwd, env, url, headers, disabled }]): [string, JsonObject] => [
    name,
    {
      ...(command === undefined ? {} : { command, args, env: Object.keys(env).sort() }),
      ...(cwd === undefined ? {} : { cwd }),
      ...(url === undefined ? {} : { url: parseTarget(url).endpoint, headers: Object.keys(headers).sort() }),
      ...(disabled === undefined ? {} : { disabled }),
    },
  ]);
  return Object.fromEntries(described);
}

/**
 * The entry of a server that runs in the private folder: its working folder is that, a program or argument that is the path of a file
 * beside the config and not in the folder is that file, each variable of its arguments is in its environment too, and `--db-path` of a
 * server of SQLite is the database of the sample.
 */
function inWorkspace(
  entry: ServerEntry,
  { name, roots, workspace, database }: { name: string; roots: readonly string[]; workspace: string; database: string | undefined },
): ServerEntry {
  const { command, args, env, cwd = folderName } = entry;
  const besideConfig = (text: string) => {
    const isPath = /[\\/.]/.test(text) && !text.includes('$') && !text.startsWith('-') && !isAbsolute(text);
    if (!isPath || existsSync(resolve(workspace, text))) return text;
    return roots.map((root) => resolve(root, text)).find((path) => existsSync(path)) ?? text;
  };
  const isDatabase = (place: number) => database !== undefined && /sqlite/i.test(name) && args[place - 1] === '--db-path';
  const named = args.flatMap((text) => [...text.matchAll(anyName)].map(([, variable = '']) => [variable, folderName] as const));
  return {
    ...entry,
    ...(command === undefined ? {} : { command: besideConfig(command) }),
    args: args.map((text, place) => (isDatabase(place) ? (database ?? text) : besideConfig(text))),
    cwd,
    env: { ...Object.fromEntries(named.filter(([variable]) => !isInherited(variable))), ...env },
  };
}

/** What a config writes for the private folder. */
const folderName = `\${workspace}`;

/** `${NAME}` and `${env:NAME}`. */
const anyName = /\$\{(?:env:)?([A-Za-z_]\w*)\}/g;

function isFolder(name: string): boolean {
  return name === 'workspace' || name === 'workspaceFolder';
}

function usesWorkspace({ args, cwd = '', env }: ServerEntry): boolean {
  const named = Object.values(env).flatMap((text) => [...text.matchAll(anyName)].map((match) => match[1] ?? ''));
  return [...args, cwd].some((text) => text.search(anyName) >= 0) || named.some(isFolder);
}

function problemsOf(
  name: string,
  { env, headers, url }: ServerEntry,
  { file, variables }: { file: string | undefined; variables: Readonly<Record<string, string>> },
): Problem[] {
  const at = { ...(file ? { file } : {}) };
  const problems: Problem[] = [];
  for (const [kind, values] of [
    ['env', env],
    ['headers', headers],
  ] as const) {
    for (const [key, text] of Object.entries(values)) {
      for (const [whole, variable = ''] of text.matchAll(anyName)) {
        if (Object.hasOwn(variables, variable) || (kind === 'env' && isFolder(variable))) continue;
        const field = `${file ? 'mcpServers' : 'agent.servers'}.${name}.${kind}.${key}`;
        const remedy = `give it a value in the config: agent.variables: {${variable}: "\${env:${variable}}"}`;
        problems.push({ ...at, field, message: `${whole} has no value`, remedy });
      }
    }
  }
  try {
    if (url !== undefined) parseTarget(url);
  } catch (error) {
    problems.push({ ...at, field: `${name}.url`, message: messageOf(error), remedy: 'write it like "https://tools.example/mcp"' });
  }
  return problems;
}

async function readServersFile(path: string, baseDir: string): Promise<Record<string, ServerEntry>> {
  const remedy = 'agent.servers is a path from the folder of the config file, of a file {"mcpServers": {"NAME": {"command", "args"}}}';
  const text = await readFile(resolve(baseDir, path), 'utf8').catch((error: unknown) => {
    throw invalid([{ file: path, message: `the file cannot be read (${messageOf(error)})`, remedy }]);
  });
  let value: unknown;
  try {
    value = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (error) {
    throw invalid([{ file: path, message: `not JSON (${messageOf(error)})`, remedy }]);
  }
  const held = z.looseObject({ mcpServers: z.optional(z.unknown()), servers: z.optional(z.unknown()) }).safeParse(value).data;
  const servers = z.record(ServerName.clone(), FileServer).safeParse(held?.mcpServers ?? held?.servers);
  if (servers.success) return servers.data;
  throw invalid(
    servers.error.issues.map((issue) => ({ file: path, field: ['mcpServers', ...issue.path].join('.'), message: issue.message, remedy })),
  );
}

function mapValues(values: Readonly<Record<string, string>>, map: (text: string) => string): Record<string, string> {
  return Object.fromEntries(Object.entries(values).map(([key, text]) => [key, map(text)]));
}

function invalid(problems: Problem[]): ToolError {
  const [first] = problems;
  const message = `the MCP servers cannot be used: ${first ? `${first.file ? `${first.file}: ` : ''}${first.field ? `${first.field}: ` : ''}${first.message}` : ''}`;
  return new ToolError({ code: 'agent-servers-invalid', message, ...(first?.remedy ? { remedy: first.remedy } : {}), problems });
}
