import { existsSync } from 'node:fs';
import { realpath, stat } from 'node:fs/promises';
import { basename, dirname, extname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import { TextDecoder } from 'node:util';
import type { ConfigRegistries, UnreadySuite } from '../config/build-suite.ts';
import type { Environment } from '../config/environment.ts';
import type { ConfigSource, ReadSource } from '../config/inherit.ts';
import { type Override, overridesFromEnvironment } from '../config/overrides.ts';
import { configError, distinct, makeConfigParser, type ParseResult, suiteNameOf } from '../config/parse-config.ts';
import { maxConfigLength } from '../config/read-text.ts';
import type { SuiteConfig } from '../config/suite-config.ts';
import { messageOf, type Problem, ToolError } from '../errors.ts';
import { readDotEnv } from '../io/dot-env.ts';
import { readBytes } from '../io/files.ts';
import { unknownNameRemedy } from '../registry.ts';
import { withKinds } from './kinds.ts';

/** Names that are looked for in a folder, in this order. */
export const configFileNames: readonly string[] = ['agent-regress.yml', 'agent-regress.yaml', 'agent-regress.json'];

/** A config that is no file. */
export interface InlineConfig {
  /** What messages call it. */
  file: string;
  /** YAML or JSON. */
  text: string;
  /** Absolute folder that its paths start from. */
  baseDir: string;
  /** Of this config alone, over those of the request. */
  overrides: readonly Override[];
}

export interface LoadRequest {
  /** Config files, or folders that hold one under a usual name; none: the working folder. */
  configPaths: readonly string[];
  /** Instead of files. */
  inline?: readonly InlineConfig[];
  /** From flags and inputs; those of the environment are added. */
  overrides: readonly Override[];
  /** Only the suites of these agents, by their names in `agents`. Absent or empty: all suites. */
  agents?: readonly string[];
  env: Environment;
  /** Absolute. */
  cwd: string;
}

/**
 * Every suite of the named files, complete and checked, in the order of the files.
 * @throws ToolError `config-not-found`, or `config-invalid` with everything that is wrong in all of them.
 */
export async function loadSuites(request: LoadRequest, registries?: ConfigRegistries): Promise<SuiteConfig[]> {
  const { suites, unready } = await loadReadySuites(request, registries);
  if (unready.length > 0) throw configError(distinct(unready.flatMap(({ problems }) => problems)));
  return suites;
}

/**
 * The same, with the suites apart that only lack values of environment variables.
 * @throws ToolError as loadSuites, for anything else that is wrong, with the variables among it.
 */
export async function loadReadySuites(
  request: LoadRequest,
  registries?: ConfigRegistries,
): Promise<{ suites: SuiteConfig[]; unready: UnreadySuite[] }> {
  const files = request.inline ?? findConfigFiles(request);
  const parseAll = (kinds: ConfigRegistries) => parseFiles(request, files, kinds);
  const { suites, unready, problems, agentNames } = await (registries ? parseAll(registries) : withKinds(parseAll));
  const lacking = new Set(unready.flatMap(({ problems: own }) => own.map((problem) => JSON.stringify(problem))));
  const isOnlyUnready = problems.every((problem) => lacking.has(JSON.stringify(problem)));
  const others = isOnlyUnready ? [...duplicateNames([...suites, ...unready]), ...unknownAgents(request.agents ?? [], [...agentNames])] : [];
  if (!isOnlyUnready || others.length > 0) throw configError([...problems, ...others]);
  return { suites, unready };
}

async function parseFiles(
  request: LoadRequest,
  files: readonly (string | InlineConfig)[],
  kinds: ConfigRegistries,
): Promise<Omit<ParseResult, 'agentNames'> & { agentNames: Set<string> }> {
  const parse = makeConfigParser(kinds);
  const overrides = [...overridesFromEnvironment(request.env), ...request.overrides];
  const workspace = await realpath(gitRootOf(request.cwd) ?? request.cwd);
  const suites: SuiteConfig[] = [];
  const unready: UnreadySuite[] = [];
  const problems: Problem[] = [];
  const agentNames = new Set<string>();
  const dotEnv = (names: readonly string[]) => readDotEnv(request.cwd, names);
  for (const file of files) {
    try {
      const entry = typeof file === 'string' ? await readEntry(resolve(request.cwd, file), { file, workspace }) : inlineEntry(file);
      const baseDir = typeof file === 'string' ? dirname(resolve(request.cwd, file)) : file.baseDir;
      const own = typeof file === 'string' ? [] : file.overrides;
      const read = makeReader({ workspace, roots: [workspace, dirname(entry.id)], shownFrom: request.cwd });
      const chosen = request.agents && request.agents.length > 0 ? { agents: request.agents } : {};
      const where = { entry, read, baseDir, defaultSuite: suiteNameOf(basename(baseDir)) };
      const result = await parse({ ...where, overrides: [...overrides, ...own], env: request.env, dotEnv, ...chosen });
      for (const name of result.agentNames) agentNames.add(name);
      suites.push(...result.suites);
      unready.push(...result.unready);
      problems.push(...result.problems);
    } catch (error) {
      if (!(error instanceof UnreadableFile)) throw error;
      problems.push({ file: typeof file === 'string' ? file : file.file, message: error.message });
    }
  }
  return { suites, unready, problems, agentNames };
}

function unknownAgents(wanted: readonly string[], known: readonly string[]): Problem[] {
  return wanted
    .filter((name) => !known.includes(name))
    .map((name) => ({
      field: 'agent',
      message: `no suite has an agent called "${name}"`,
      remedy: known.length > 0 ? unknownNameRemedy(name, known) : 'the configs name none; several agents are written under "agents"',
    }));
}

/** Says why a file cannot be read, without anything of its content. */
class UnreadableFile extends Error {
  override readonly name = 'UnreadableFile';
}

function findConfigFiles(request: LoadRequest): string[] {
  const named = request.configPaths.length > 0 ? request.configPaths : ['.'];
  const missing: Problem[] = [];
  const files = named.flatMap((name) => {
    const path = resolve(request.cwd, name);
    if (existsSync(path) && extname(path) !== '') return [name];
    const found = configFileNames.map((file) => join(name, file)).find((file) => existsSync(resolve(request.cwd, file)));
    if (found) return [slashed(found)];
    if (existsSync(path) && name !== '.') missing.push({ file: name, message: `there is no ${configFileNames.join(', ')} in the folder` });
    else missing.push({ file: name, message: name === '.' ? `there is no ${configFileNames.join(', ')}` : 'there is no such file' });
    return [];
  });
  if (missing.length === 0) return [...new Set(files)];
  throw new ToolError({
    code: 'config-not-found',
    message: request.configPaths.length === 0 ? 'there is no config file in this folder' : 'a config file was not found',
    remedy: 'write one with `agent-regress init`, or name it with --config FILE',
    problems: missing,
  });
}

function inlineEntry({ file, text, baseDir }: InlineConfig): ConfigSource {
  return { id: join(baseDir, file), file, text };
}

/** The file that the user named may be anywhere; a link inside the workspace may not lead out of it. */
async function readEntry(path: string, where: { file: string; workspace: string }): Promise<ConfigSource> {
  const isNamedInside = isWithin(path, [where.workspace]);
  return readSource(path, { file: where.file, roots: isNamedInside ? [where.workspace] : undefined });
}

function makeReader(where: { workspace: string; roots: readonly string[]; shownFrom: string }): ReadSource {
  return (reference, from) => {
    if (!/\.(ya?ml|json)$/i.test(reference)) throw new UnreadableFile('it must end with .yml, .yaml or .json');
    const path = resolve(dirname(from.id), reference);
    const shown = relative(where.shownFrom, path);
    return readSource(path, { file: slashed(isAbsolute(shown) ? path : shown), roots: where.roots });
  };
}

async function readSource(path: string, where: { file: string; roots: readonly string[] | undefined }): Promise<ConfigSource> {
  if (path.includes('\0')) throw new UnreadableFile('the path holds a NUL character');
  let id: string;
  try {
    id = await realpath(path);
  } catch {
    throw new UnreadableFile('there is no such file');
  }
  if (where.roots && !isWithin(id, where.roots)) throw new UnreadableFile('it lies outside the workspace');
  if (!(await stat(id)).isFile()) throw new UnreadableFile('it is not a regular file');
  let bytes: Uint8Array;
  try {
    bytes = await readBytes(id, maxConfigLength);
  } catch (error) {
    throw new UnreadableFile(messageOf(error));
  }
  try {
    return { id, file: where.file, text: new TextDecoder('utf-8', { fatal: true }).decode(bytes) };
  } catch {
    throw new UnreadableFile('it is not UTF-8 text');
  }
}

function isWithin(path: string, roots: readonly string[]): boolean {
  return roots.some((root) => path === root || path.startsWith(root.endsWith(sep) ? root : root + sep));
}

function gitRootOf(folder: string): string | undefined {
  for (let current = folder; ; current = dirname(current)) {
    if (existsSync(join(current, '.git'))) return current;
    if (dirname(current) === current) return undefined;
  }
}

/** Suites that differ only in case would share an output folder on some disks. */
function duplicateNames(suites: readonly Pick<SuiteConfig, 'suite' | 'file'>[]): Problem[] {
  const first = new Map<string, Pick<SuiteConfig, 'suite' | 'file'>>();
  return suites.flatMap((suite) => {
    const key = suite.suite.toLowerCase();
    const other = first.get(key);
    if (!other) first.set(key, suite);
    const message = `two suites are called "${suite.suite}"${other && other.file !== suite.file ? `, the other in ${other.file}` : ''}`;
    return other ? [{ file: suite.file, field: 'suite', message, remedy: 'give one another name with "suite"' }] : [];
  });
}

function slashed(path: string): string {
  return path.split(sep).join('/');
}
