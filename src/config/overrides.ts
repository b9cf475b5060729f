import type { Json } from '../records/json.ts';
import * as z from '../records/schema.ts';
import type { Environment } from './environment.ts';
import { childOf, type Located, type LocatedMap, locatedFrom, type Place, withKey } from './located.ts';

/** A value from outside the file that wins over it. */
export interface Override {
  /** Dotted path in the config, such as `samples.limit`. */
  path: string;
  /** Text is turned into what the field takes: a number, true or false, or a list at commas. Empty text is no override. */
  value: string | number | boolean | string[];
  /** A flag wins over the environment. */
  origin: 'environment' | 'flag';
  /** Name of the flag, input or variable, for messages. */
  source: string;
}

/** Variables that override the file, and what they override. */
export const overrideVariables: Readonly<Record<string, string>> = {
  AGENT_REGRESS_REPEATS: 'repeats',
  AGENT_REGRESS_CONCURRENCY: 'concurrency',
  AGENT_REGRESS_LIMIT: 'samples.limit',
  AGENT_REGRESS_OFFSET: 'samples.offset',
  AGENT_REGRESS_SEED: 'samples.seed',
  AGENT_REGRESS_TAGS: 'samples.where.tags',
  AGENT_REGRESS_IDS: 'samples.where.ids',
  AGENT_REGRESS_TIMEOUT_MS: 'timeoutMs',
  AGENT_REGRESS_MAX_RETRIES: 'maxRetries',
  AGENT_REGRESS_ON_AMBIGUOUS: 'onAmbiguous',
  AGENT_REGRESS_BASELINE: 'baseline',
  AGENT_REGRESS_BUDGET_CALLS: 'budget.calls',
  AGENT_REGRESS_BUDGET_USD: 'budget.costUsd',
  AGENT_REGRESS_BUDGET_TOKENS: 'budget.tokens',
  AGENT_REGRESS_BUDGET_MINUTES: 'budget.minutes',
  AGENT_REGRESS_FAIL_ON: 'policy.failOn',
  AGENT_REGRESS_MARGIN: 'policy.margin',
  AGENT_REGRESS_MODE: 'policy.mode',
};

/** The overrides that the environment holds, in the order of `overrideVariables`; an empty variable is none. */
export function overridesFromEnvironment(env: Environment): Override[] {
  return Object.entries(overrideVariables).flatMap(([source, path]) => {
    const value = env[source]?.trim() ?? '';
    return value === '' ? [] : [{ path, value, origin: 'environment' as const, source }];
  });
}

/**
 * The suite with the overrides put in, the environment's first, then flags in their order. `schemaFor` gives the schema
 * that validates a path, by which text is read; the text is kept where nothing fits, so that validation can say why.
 * `baseline` takes `auto`, `none`, `release`, `run:123`, `sha:abc1234`, or paths.
 */
export function applyOverrides(
  root: LocatedMap,
  overrides: readonly Override[],
  schemaFor: (path: readonly string[]) => z.core.$ZodType | undefined,
): LocatedMap {
  const inOrder = [...overrides.filter(({ origin }) => origin === 'environment'), ...overrides.filter(({ origin }) => origin === 'flag')];
  return inOrder.reduce((tree, override) => {
    if (override.value === '' || (Array.isArray(override.value) && override.value.length === 0)) return tree;
    const path = override.path.split('.');
    const at: Place = { source: override.source, origin: override.origin };
    const value = path[0] === 'baseline' && path.length === 1 ? baselineValue(override.value) : readAs(override.value, schemaFor(path));
    return setIn(withSamplesMapping(tree, path), path, locatedFrom(value, at));
  }, root);
}

/** The schema below a path of keys, through optional and null wrappers; the first of a union's forms that has it. */
export function schemaAt(schema: z.core.$ZodType, path: readonly string[]): z.core.$ZodType | undefined {
  const [key, ...rest] = path;
  if (key === undefined) return schema;
  const def = schema._zod.def as {
    innerType?: z.core.$ZodType;
    in?: z.core.$ZodType;
    options?: z.core.$ZodType[];
    shape?: Record<string, z.core.$ZodType>;
  };
  const inner = def.innerType ?? def.in;
  if (inner) return schemaAt(inner, path);
  if (def.options) return def.options.map((option) => schemaAt(option, path)).find((found) => found !== undefined);
  const next = def.shape && Object.hasOwn(def.shape, key) ? def.shape[key] : undefined;
  return next && schemaAt(next, rest);
}

function readAs(value: Override['value'], schema: z.core.$ZodType | undefined): Json {
  if (typeof value !== 'string' || !schema) return value;
  const list = value.split(',').map((item) => item.trim());
  const readings: Json[] = [value, Number(value), value === 'true' ? true : value === 'false' ? false : value, list];
  const takes = (reading: Json) => z.safeParse(schema, reading).success;
  if (value.includes(',') && takes(list)) return list;
  const fitting = readings.find(takes);
  // A number out of range is better told as that than as text.
  return fitting ?? (Number.isFinite(Number(value)) ? Number(value) : value);
}

function baselineValue(value: Override['value']): Json {
  if (typeof value !== 'string') return Array.isArray(value) ? { path: value } : value;
  if (value === 'auto' || value === 'none' || value === 'release') return value;
  const [, kind, name = ''] = /^(run|sha):(.+)$/.exec(value) ?? [];
  if (kind === 'run') return { run: /^\d+$/.test(name) ? Number(name) : name };
  return kind === 'sha' ? { sha: name } : { path: value };
}

/** `samples: file.jsonl` becomes `samples: {path: file.jsonl}`, so that one key of it can be set. */
function withSamplesMapping(root: LocatedMap, path: readonly string[]): LocatedMap {
  const samples = root.entries.get('samples');
  if (path[0] !== 'samples' || path.length === 1 || !samples || samples.value.kind === 'map') return root;
  const value: LocatedMap = { kind: 'map', entries: new Map([['path', samples]]), at: samples.value.at };
  return withKey(root, 'samples', value);
}

function setIn(node: LocatedMap, path: readonly string[], value: Located): LocatedMap {
  const [key = '', ...rest] = path;
  if (rest.length === 0) return withKey(node, key, value);
  const below = childOf(node, key);
  const map: LocatedMap = below?.kind === 'map' ? below : { kind: 'map', entries: new Map(), at: value.at };
  return withKey(node, key, setIn(map, rest, value));
}
