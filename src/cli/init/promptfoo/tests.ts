import type { Json, JsonObject } from '../../../records/json.ts';
import { assertionOfCell } from './assertions.ts';
import { type At, isMap, type Noter } from './notes.ts';

/** One test after `defaultTest`, scenarios and lists of values, before its assertions are converted. */
export interface FlatTest {
  at: At;
  /** Path in its file, for notes. */
  field: string;
  description?: string;
  vars: JsonObject;
  asserts: { list: readonly Json[]; field: string; at: At }[];
  threshold?: number;
  metadata: JsonObject;
}

/** A JSON value and where it was written. */
export interface Placed {
  value: Json;
  at: At;
  field: string;
}

export interface TestReader {
  note: Noter;
  /** The rows of a dataset file of the user's, or undefined and noted. */
  readRows(reference: string, at: At, field: string): Promise<Placed[] | undefined>;
  readText(reference: string, at: At, field: string): string | undefined;
}

/** Keys of a test that are read. */
export const understoodOfTests: ReadonlySet<string> = new Set(['description', 'vars', 'assert', 'threshold', 'metadata', 'options']);

/** Tests, their files read, as a flat list in order. */
export async function readTests(given: readonly Placed[], common: JsonObject, reader: TestReader & { fallbackAt: At }): Promise<FlatTest[]> {
  const fallback = { ...common, vars: varsOf(common.vars, { at: reader.fallbackAt, field: 'defaultTest' }, reader) };
  const flat: FlatTest[] = [];
  for (const { value, at, field } of given) {
    if (typeof value === 'string') {
      const rows = await reader.readRows(value.replace(/^file:\/\//, ''), at, field);
      for (const row of rows ?? []) flat.push(...expand(isCsv(value) ? testOfCells(row.value) : row.value, row, { fallback, reader }));
    } else flat.push(...expand(value, { at, field }, { fallback, reader }));
  }
  return flat;
}

function isCsv(reference: string): boolean {
  return /\.(csv|tsv)$/i.test(reference);
}

/** A row of a CSV file: columns are variables, but for those that begin with two underscores. */
function testOfCells(row: Json): Json {
  if (!isMap(row)) return row;
  const vars: JsonObject = {};
  const metadata: JsonObject = {};
  const asserts: Json[] = [];
  const test: JsonObject = {};
  const metric: JsonObject = typeof row.__metric === 'string' ? { metric: row.__metric } : {};
  for (const [key, cell] of Object.entries(row)) {
    if (/^__expected\d*$/.test(key)) asserts.push({ ...assertionOfCell(String(cell)), ...metric });
    else if (key.startsWith('__metadata:')) metadata[key.slice('__metadata:'.length)] = cell;
    else if (key === '__description') test.description = cell;
    else if (key === '__threshold') test.threshold = Number(cell);
    else if (key.startsWith('__') && key !== '__metric') test[key] = cell;
    else if (key !== '__metric') vars[key] = cell;
  }
  return { ...test, vars, metadata, assert: asserts };
}

function expand(value: Json, place: { at: At; field: string }, by: { fallback: JsonObject; reader: TestReader }): FlatTest[] {
  const { at, field } = place;
  const { fallback, reader } = by;
  const { note } = reader;
  if (!isMap(value)) {
    note(at, field, 'it is no test: expected a mapping or a file');
    return [];
  }
  for (const key of Object.keys(value)) if (!understoodOfTests.has(key)) note(at, `${field}.${key}`, `"${key}" of the test is left out`);
  if (isMap(value.options)) {
    for (const key of Object.keys(value.options)) note(at, `${field}.options.${key}`, `the option "${key}" of the test is left out`);
  }
  const vars = { ...mapOf(fallback.vars), ...varsOf(value.vars, place, reader) };
  const limit = value.threshold ?? fallback.threshold;
  const test = {
    at,
    field,
    asserts: [
      { list: listOf(fallback.assert), field: 'defaultTest.assert', at },
      { list: listOf(value.assert), field: `${field}.assert`, at },
    ],
    metadata: { ...mapOf(fallback.metadata), ...mapOf(value.metadata) },
    ...(typeof value.description === 'string' ? { description: value.description } : {}),
    ...(typeof limit === 'number' ? { threshold: limit } : {}),
  };
  return combinations(vars).map((chosen) => ({ ...test, vars: chosen }));
}

function varsOf(vars: Json | undefined, { at, field }: { at: At; field: string }, reader: TestReader): JsonObject {
  if (vars !== undefined && !isMap(vars)) {
    reader.note(at, `${field}.vars`, 'variables from a file are left out: write them in the test');
    return {};
  }
  return Object.fromEntries(
    Object.entries(vars ?? {}).map(([name, value]) => {
      if (typeof value !== 'string' || !value.startsWith('file://')) return [name, value];
      const path = value.slice('file://'.length);
      if (/\.(js|mjs|cjs|ts|py)$/.test(path)) {
        reader.note(at, `${field}.vars.${name}`, 'a variable that a program makes is left out');
        return [name, ''];
      }
      return [name, reader.readText(path, at, `${field}.vars.${name}`) ?? ''];
    }),
  );
}

/** A list as a value stands for one test each, in every combination. */
function combinations(vars: JsonObject): JsonObject[] {
  return Object.entries(vars).reduce<JsonObject[]>(
    (all, [name, value]) =>
      all.flatMap((chosen) => (Array.isArray(value) && value.length > 0 ? value : [value]).map((item) => ({ ...chosen, [name]: item }))),
    [{}],
  );
}

/** The tests of scenarios: every entry of `config` with every one of `tests`. */
export function testsOfScenarios(scenarios: readonly Placed[], note: Noter): Placed[] {
  return scenarios.flatMap(({ value, at, field }) => {
    if (!isMap(value) || !Array.isArray(value.config) || !Array.isArray(value.tests)) {
      note(at, field, 'the scenario is left out: it needs lists "config" and "tests" in the file itself');
      return [];
    }
    const tests = value.tests;
    return value.config.flatMap((config, c) =>
      tests.map((test, t) => {
        const merged = isMap(test) && isMap(config) ? { ...config, ...test, vars: { ...mapOf(config.vars), ...mapOf(test.vars) } } : test;
        const asserts = [...listOf(isMap(config) ? config.assert : undefined), ...listOf(isMap(test) ? test.assert : undefined)];
        return { value: isMap(merged) ? { ...merged, assert: asserts } : merged, at, field: `${field}.config[${c}]×tests[${t}]` };
      }),
    );
  });
}

function mapOf(value: Json | undefined): JsonObject {
  return isMap(value) ? value : {};
}

function listOf(value: Json | undefined): readonly Json[] {
  return Array.isArray(value) ? value : [];
}
