import { realpath, stat } from 'node:fs/promises';
import { dirname, relative, resolve, sep } from 'node:path';
import type { Agent, AgentRequest } from '../agents/agent.ts';
import type { StateSource } from '../config/suite-config.ts';
import { messageOf, shortened, ToolError } from '../errors.ts';
import { isDeeper, type Json, type JsonObject } from '../records/json.ts';
import type { Trajectory } from '../records/trajectory.ts';
import { compileTemplate, type Template, templateNames, templateProblem, textOf } from '../template.ts';
import { OutsideError, readInside, realPlace } from './inside.ts';

const maxBytes = 1_048_576;
const maxRows = 1000;
/** What is deeper would cost the whole answer, as no reader of the run log could follow it. */
const maxLevels = 200;

/** What node:sqlite is used for here; the types of Node 20 do not know it. */
export interface Sqlite {
  DatabaseSync: new (
    path: string,
    options: { readOnly: boolean },
  ) => { prepare(sql: string): { all(...values: (string | number | null)[]): Record<string, unknown>[] }; close(): void };
}

interface Source {
  kind: 'json' | 'text' | 'sqlite';
  path: Template;
  /** Files outside of this folder, as it was before the agent was asked, are not read, whatever a template says. */
  root: string;
  query: string;
  values: Template[];
}

/**
 * The agent, after whose last turn files are read into the final state of the trajectory: what is collected takes the place of
 * what the agent itself reports under the same name. What is not there, too large or not in shape is left out, with the reason
 * in `finalStateProblems`. Nothing is written.
 * @throws ToolError `final-state-invalid` when this Node has no SQLite
 */
export function collectFinalState(
  agent: Agent,
  sources: Readonly<Record<string, StateSource>>,
  { baseDir, slotOf }: { baseDir: string; slotOf: (request: AgentRequest) => string },
): Agent {
  const compiled = Object.entries(sources).map(([name, source]) => [name, compileSource(source, baseDir)] as const);
  const sqlite = checkStateSources(sources);
  return {
    ...agent,
    async ask(request) {
      const trajectory = await agent.ask(request);
      const scope = scopeOf(request, slotOf(request));
      const found: JsonObject = {};
      const problems: Record<string, string> = {};
      for (const [name, source] of compiled) {
        try {
          found[name] = await read(source, { scope, baseDir, sqlite });
        } catch (error) {
          problems[name] = templateProblem(error);
        }
      }
      return withState(trajectory, found, problems);
    },
    close: () => agent.close(),
  };
}

function compileSource(source: StateSource, baseDir: string): Source {
  const [kind, path] =
    source.json !== undefined
      ? (['json', source.json] as const)
      : source.text !== undefined
        ? (['text', source.text] as const)
        : (['sqlite', source.sqlite ?? ''] as const);
  const isTemplate = templateNames(path).length > 0;
  const fixed = isTemplate ? path.slice(0, path.indexOf('{{')) : path;
  // The folder that the config itself names, up to the last separator before the first placeholder.
  const root = isTemplate ? resolve(baseDir, fixed.slice(0, fixed.lastIndexOf('/') + 1)) : dirname(resolve(baseDir, fixed));
  const { query = '', values = [] } = source;
  return { kind, path: compileTemplate(path), root: realPlace(root), query, values: values.map((value) => compileTemplate(value)) };
}

/** SQLite, where a source needs it. @throws ToolError `final-state-invalid` when this Node has none */
export function checkStateSources(sources: Readonly<Record<string, StateSource>>): Sqlite | undefined {
  if (!Object.values(sources).some(({ sqlite }) => sqlite !== undefined)) return undefined;
  const found = process.getBuiltinModule('node:sqlite');
  if (found) return found as Sqlite;
  throw new ToolError({
    code: 'final-state-invalid',
    message: `finalState reads a SQLite database, which this Node ${process.versions.node} cannot`,
    remedy: 'use Node 22.13 or newer (the action runs on 24), or let the agent write the rows as JSON',
  });
}

/** Names of the sample and the slot; never what the agent says. */
function scopeOf({ sample, epoch }: AgentRequest, slot: string): JsonObject {
  const { id, input, metadata, row, tags, state } = sample;
  const scope: Record<string, unknown> = { id, input, metadata, row, tags, epoch, slot, ...(state ? { state } : {}) };
  return scope as JsonObject;
}

async function read(source: Source, of: { scope: JsonObject; baseDir: string; sqlite: Sqlite | undefined }): Promise<Json> {
  const path = resolve(of.baseDir, textOf(source.path(of.scope)));
  const { kind, root } = source;
  const [real, within] = await Promise.all([realpath(path), realpath(root)]).catch(() => {
    throw new Error('the file is not there');
  });
  const below = relative(within, real);
  if (below === '' || below === '..' || below.startsWith(`..${sep}`) || resolve(within, below) !== real) throw new Error(elsewhere);
  if (!(await stat(real)).isFile()) throw new Error('it is not a file');
  if (kind === 'sqlite') return of.sqlite ? queryRows(of.sqlite, real, source, of.scope) : [];
  const text = textInside(root, below);
  if (kind === 'text') return text;
  let value: Json;
  try {
    value = JSON.parse(text.replace(/^\ufeff/, '')) as Json;
  } catch (error) {
    throw new Error(`the file is not JSON (${shortened(messageOf(error), 120)})`);
  }
  if (isDeeper(value, maxLevels)) throw new Error(`the file is nested deeper than ${maxLevels} levels`);
  return value;
}

const elsewhere = 'the file is outside of the folder that the config names';

/** The agent owns what lies there: what was looked at may be a link by now. */
function textInside(folder: string, path: string): string {
  try {
    return readInside(folder, path, { maxBytes }).toString('utf8');
  } catch (error) {
    if (error instanceof OutsideError) throw new Error(elsewhere);
    if (error instanceof ToolError && error.code === 'file-too-large') throw new Error(`the file has more than ${maxBytes} bytes`);
    throw error;
  }
}

function queryRows(sqlite: Sqlite, path: string, { query, values }: Source, scope: JsonObject): Json {
  const database = new sqlite.DatabaseSync(path, { readOnly: true });
  try {
    const bound = values.map((value) => toBound(value(scope)));
    const rows = database.prepare(query).all(...bound);
    if (rows.length > maxRows) throw new Error(`the query gives more than ${maxRows} rows`);
    const text = JSON.stringify(rows, (_, value: unknown) => (typeof value === 'bigint' ? Number(value) : value));
    if (text.length > maxBytes) throw new Error(`the rows have more than ${maxBytes} characters`);
    return JSON.parse(text) as Json;
  } finally {
    database.close();
  }
}

function toBound(value: Json): string | number | null {
  return typeof value === 'number' || value === null ? value : textOf(value);
}

/** Evidence takes the place of what the agent says of itself, also where there is none. */
function withState(trajectory: Trajectory, found: JsonObject, problems: Readonly<Record<string, string>>): Trajectory {
  const { finalState: said } = trajectory;
  const own = said !== null && typeof said === 'object' && !Array.isArray(said) ? said : said === undefined ? {} : { reported: said };
  const kept = Object.entries(own).filter(([name]) => !Object.hasOwn(problems, name));
  const finalStateProblems = Object.keys(problems).length > 0 ? { finalStateProblems: problems } : {};
  return { ...trajectory, finalState: { ...Object.fromEntries(kept), ...found }, ...finalStateProblems };
}
