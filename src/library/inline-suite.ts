import { basename } from 'node:path';
import { agents } from '../agents/registry.ts';
import { checkers } from '../checkers/registry.ts';
import { configError, makeConfigParser } from '../config/parse-config.ts';
import type { SuiteConfig } from '../config/suite-config.ts';
import { datasets } from '../datasets/registry.ts';
import type { DatasetSource } from '../datasets/select.ts';
import { messageOf, type Problem, ToolError } from '../errors.ts';
import { shortDigest } from '../io/hash.ts';
import type { SuiteKinds } from '../pipeline/ports.ts';
import { canonicalJson, type Json, type JsonObject } from '../records/json.ts';
import { createRegistry } from '../registry.ts';
import { functionAgents, functionCheckers, functionType } from './own-kinds.ts';
import type { AgentFunction, CheckFunction, InlineSuite, OwnAgent, OwnChecker } from './types.ts';

/** A call as a config: what it says, and what its functions are known as. */
export interface PreparedSuite {
  config: SuiteConfig;
  kinds: SuiteKinds;
}

/** The config of a call has no file; problems of it name fields only. */
export const inlineFile = 'evaluate().json';

/** @throws ToolError `config-invalid` with every problem of the suite, by its field. */
export async function prepareInline(
  suite: InlineSuite,
  from: { cwd: string; env: Readonly<Record<string, string | undefined>> },
): Promise<PreparedSuite> {
  const functions = knownFunctions();
  const { samples, agent, checkers: wanted, baseline = 'none', ...rest } = suite;
  const rows = Array.isArray(samples) && samples.every((row) => typeof row === 'object') ? rowsOf(samples) : undefined;
  const value = {
    ...rest,
    samples: rows ? inlineSamples : samples,
    agent: functions.agentEntry('agent', agent),
    checkers: functions.checkerEntries(wanted),
    baseline: typeof baseline === 'object' && 'agent' in baseline ? { agent: functions.agentEntry('baseline', baseline.agent) } : baseline,
  };
  const kinds: SuiteKinds = { ...functions.kinds(), ...(rows ? { samples: rowSource(rows) } : {}) };
  const { resultFormats } = await import('../importers/registry.ts');
  const parse = makeConfigParser({ agents: kinds.agents, checkers: kinds.checkers, resultFormats, datasetTypes: datasets.types });
  const { suites, problems } = await parse({
    entry: { id: inlineFile, file: inlineFile, text: jsonTextOf(value, 'suite') },
    read: async () => {
      throw new Error('a suite of a call builds on no file');
    },
    baseDir: from.cwd,
    defaultSuite: basename(from.cwd),
    overrides: [],
    env: from.env,
  });
  const [config, ...more] = suites;
  if (problems.length > 0) throw withoutFile(configError(problems));
  if (config && more.length === 0) return { config, kinds };
  throw new ToolError({ code: 'config-invalid', message: 'a call holds one suite', remedy: 'call evaluate once for each suite' });
}

/** A suite of a file with a function in place of its agent. */
export function withOwnAgent(config: SuiteConfig, agent: AgentFunction | OwnAgent): PreparedSuite {
  const functions = knownFunctions();
  const { type, ...options } = functions.agentEntry('agent', agent) as { type: string };
  return { config: { ...config, agent: { type, options } }, kinds: functions.kinds() };
}

/** The error without the file and the lines that nobody wrote. */
export function withoutFile(error: ToolError): ToolError {
  const { code, message, remedy, exitCode, problems } = error;
  const shown = problems.map(({ file, line, column, ...problem }) => (file === inlineFile ? problem : { ...problem, ...{ file, line, column } }));
  const given = remedy === undefined ? {} : { remedy };
  return new ToolError({
    code,
    message: message.replace('the config', 'the suite'),
    ...given,
    exitCode,
    problems: shown as typeof problems,
    cause: error,
  });
}

const inlineSamples = 'samples of the call';

/** Rows as a file would hold them: `undefined` is absent, dates are text. @throws ToolError `config-invalid` with every row that is none. */
function rowsOf(samples: readonly unknown[]): JsonObject[] {
  const problems: Problem[] = [];
  const rows = samples.flatMap((sample, index): JsonObject[] => {
    try {
      const row = JSON.parse(jsonTextOf(sample, `samples[${index}]`)) as Json;
      if (typeof row === 'object' && row !== null && !Array.isArray(row)) return [row];
      problems.push({ field: `samples[${index}]`, message: `a sample is an object, found ${JSON.stringify(row).slice(0, 60)}` });
    } catch (error) {
      if (!(error instanceof ToolError)) throw error;
      problems.push(...error.problems);
    }
    return [];
  });
  if (problems.length > 0) throw withoutFile(configError(problems));
  return rows;
}

/** @throws ToolError for what JSON cannot hold, such as a circle or a BigInt. */
function jsonTextOf(value: unknown, field: string): string {
  try {
    return JSON.stringify(value);
  } catch (error) {
    const [reason = ''] = messageOf(error).split('\n');
    throw configError([{ field, message: `it cannot be written as JSON: ${reason}`, remedy: 'leave out circles and BigInts' }]);
  }
}

function rowSource(rows: readonly JsonObject[]): DatasetSource {
  async function* read() {
    for (const [index, row] of rows.entries()) yield { row, line: index + 1 };
  }
  const format = { type: 'rows', summary: 'rows of the call', extensions: [], rows: read };
  return { file: inlineSamples, format, open: async function* () {} };
}

interface KnownFunctions {
  agentEntry(place: string, agent: unknown): unknown;
  /** Functions at any depth, as entries. */
  checkerEntries(entries: unknown): unknown;
  kinds(): SuiteKinds;
}

/** The functions of one call, by the names under which its config knows them. */
function knownFunctions(): KnownFunctions {
  const ownAgents = new Map<string, Omit<OwnAgent, 'kind'>>();
  const ownCheckers = new Map<string, Omit<OwnChecker, 'kind'> & { label: string }>();
  const checkerEntry = (own: Omit<OwnChecker, 'kind'>): JsonObject => {
    const { check, version, required, weight, isPure = false } = own;
    const name = own.name ?? (check.name === '' || check.name === 'check' ? undefined : check.name);
    const base = shortDigest(canonicalJson(version === undefined ? [name ?? '', String(check)] : [name ?? '', version]));
    let meaning = base;
    for (let number = 2; ownCheckers.has(meaning); number++) meaning = `${base}-${number}`;
    ownCheckers.set(meaning, { ...own, label: name ?? functionType });
    const common = Object.entries({ name, required, weight }).filter(([, value]) => value !== undefined);
    return { type: isPure ? `pure-${functionType}` : functionType, meaning, ...Object.fromEntries(common) } as JsonObject;
  };
  const checkerEntries = (entries: unknown): unknown => {
    if (Array.isArray(entries)) return entries.map(checkerEntries);
    if (typeof entries === 'function') return checkerEntry({ check: entries as CheckFunction });
    if (isKind<OwnChecker>(entries, 'checker')) return checkerEntry(entries);
    if (typeof entries !== 'object' || entries === null) return entries;
    return Object.fromEntries(Object.entries(entries).map(([key, value]) => [key, checkerEntries(value)]));
  };
  return {
    agentEntry(place, agent) {
      const own = typeof agent === 'function' ? { answer: agent as AgentFunction } : isKind<OwnAgent>(agent, 'agent') ? agent : undefined;
      if (own) ownAgents.set(place, own);
      return own ? { type: functionType, place } : agent;
    },
    checkerEntries,
    kinds: () => ({
      agents: createRegistry('agent', [...agents.entries, functionAgents(ownAgents)]),
      checkers: createRegistry('checker', [...checkers.entries, functionCheckers(ownCheckers, false), functionCheckers(ownCheckers, true)]),
    }),
  };
}

function isKind<T extends { kind: string }>(value: unknown, kind: T['kind']): value is T {
  return typeof value === 'object' && value !== null && 'kind' in value && value.kind === kind;
}
