import { Assessment } from '../records/assessment.ts';
import { Calibration } from '../records/calibration.ts';
import type { Json, JsonObject } from '../records/json.ts';
import { RunLogRecord } from '../records/run-log.ts';
import { SampleRow } from '../records/sample.ts';
import * as z from '../records/schema.ts';
import type { Registry } from '../registry.ts';
import type { ConfigRegistries } from './build-suite.ts';
import { checkerCommonKeys } from './checkers.ts';
import { childWords, fileWords } from './inherit.ts';
import { CheckerCommon, SuiteFile } from './suite-file.ts';

/** The published JSON Schemas by file name; the same registries give the same bytes. */
export function publishedSchemas(registries: ConfigRegistries): Record<string, JsonObject> {
  return {
    'agent-regress.schema.json': { ...header('agent-regress config'), ...configSchema(registries) },
    'sample.schema.json': { ...header('agent-regress sample: one row of a native dataset'), ...toJson(SampleRow) },
    'run-log.schema.json': { ...header('agent-regress run log: one line of run.jsonl'), ...toJson(RunLogRecord) },
    'assessment.schema.json': { ...header('agent-regress assessment'), ...toJson(Assessment) },
    'calibration.schema.json': { ...header('agent-regress calibration'), ...toJson(Calibration) },
  };
}

// Editors' YAML servers know draft 7 best.
const dialect = 'http://json-schema.org/draft-07/schema#';

function header(title: string): JsonObject {
  return { $schema: dialect, title };
}

/**
 * The schema of a config file, for editors. It knows every key, type and range of the suite and of each agent's and
 * checker's options. Keys that may come from another file are not required here; the tool itself says what is missing.
 */
function configSchema(registries: ConfigRegistries): JsonObject {
  const { properties: own, ...suite } = objectOf(toJson(SuiteFile));
  const definitions: JsonObject = { files, ...objectOf(suite.definitions) };
  const checker = kindSchema({
    registry: registries.checkers,
    common: objectOf(objectOf(toJson(CheckerCommon)).properties),
    envFields: (type) => registries.checkers.get(type).envFields ?? [],
    definitions,
  });
  const agent = kindSchema({ registry: registries.agents, common: {}, envFields: (type) => registries.agents.get(type).envFields, definitions });
  definitions.checker = checker.schema;
  definitions.checkerEntry = { allOf: [checkerReference, { required: ['type'], allOf: checker.required }] };
  const properties: JsonObject = {
    ...objectOf(own),
    agent: { ...agent.schema, description: 'what is asked' },
    checkers: checkersSchema(objectOf(objectOf(own).checkers).description, checker.required),
    ...fileWordProperties,
  };
  properties.agents = agentsSchema(agent.schema);
  properties.exports = exportsSchema(properties.exports, registries.resultFormats, definitions);
  properties.baseline = baselineSchema(properties.baseline, agent.schema);
  for (const key of ['policy', 'budget', 'deadlines', 'judge', 'embeddings', 'samples', 'traces'])
    properties[key] = withFileWords(properties[key] ?? {});
  setFormats(properties.samples, registries.datasetTypes);
  const inSuite = Object.fromEntries(Object.keys(properties).map((key) => [key, { $ref: `#/properties/${key}` }]));
  const part: JsonObject = { type: ['object', 'null'], properties: inSuite, additionalProperties: false };
  const words = Object.fromEntries([...fileWords.map((word) => [word, fileReference]), ...childWords.map((word) => [word, part])]);
  const suites = {
    type: 'object',
    description: 'several suites by name, each merged over the rest of the file',
    properties: words,
    additionalProperties: part,
  };
  return { type: 'object', properties: { ...properties, suites, assignments }, additionalProperties: false, definitions };
}

const names: JsonObject = { anyOf: [{ type: 'string' }, { type: 'array', items: { type: 'string' } }, { type: 'null' }] };
const assignments: JsonObject = {
  description: 'which of `suites` are run with which of `agents`, by their names; default: all with all',
  type: ['array', 'null'],
  minItems: 1,
  items: { type: 'object', properties: { suite: names, agent: names }, additionalProperties: false },
};

const fileReference: JsonObject = { $ref: '#/definitions/files' };
const files: JsonObject = {
  description: 'config files to build on, relative to this file',
  anyOf: [{ type: 'string' }, { type: 'array', items: { type: 'string' } }],
};
const fileWordProperties: JsonObject = Object.fromEntries(fileWords.map((word) => [word, fileReference]));
const environmentText: JsonObject = { type: 'string', pattern: '\\$\\{env:[A-Za-z_][A-Za-z0-9_]*\\}' };

const checkerReference: JsonObject = { $ref: '#/definitions/checker' };

function agentsSchema(agent: JsonObject): JsonObject {
  const words = Object.fromEntries([...fileWords.map((word) => [word, fileReference]), ...childWords.map((word) => [word, agent])]);
  const entry = { anyOf: [agent, { type: 'null' }] };
  const description = 'instead of `agent`: several agents by name, each a suite of its own that is called after both';
  return { description, type: ['object', 'null'], properties: words, additionalProperties: entry };
}

function checkersSchema(description: Json | undefined, required: Json[]): JsonObject {
  const entry = checkerReference;
  const words = Object.fromEntries([...fileWords.map((word) => [word, fileReference]), ...childWords.map((word) => [word, entry])]);
  const list = {
    type: 'array',
    items: { allOf: [entry, { anyOf: [...fileWords.map((word) => ({ required: [word] })), { required: ['type'], allOf: required }] }] },
  };
  return { description: description ?? '', anyOf: [list, { type: 'object', properties: words, additionalProperties: entry }, { type: 'null' }] };
}

/** Each entry with the options of its format. */
function exportsSchema(schema: Json | undefined, registry: ConfigRegistries['resultFormats'], definitions: JsonObject): JsonObject {
  const path = { type: 'string', description: 'folder, relative to the folder of the config file' };
  const entry = kindSchema({ registry, common: { path }, definitions });
  const items = { ...entry.schema, required: ['type', 'path'] };
  return { description: objectOf(schema).description ?? '', anyOf: [{ type: 'array', items }, { type: 'null' }] };
}

/** A mapping whose other keys depend on its `type`, and apart from it which keys each type requires. */
function kindSchema(of: {
  registry: Registry<{ type: string; summary: string; options: z.ZodMiniType; nested?: readonly string[] }>;
  common: JsonObject;
  envFields?: (type: string) => readonly string[];
  definitions: JsonObject;
}): { schema: JsonObject; required: Json[] } {
  const summaries = of.registry.entries.map(({ type, summary }) => `${type}: ${summary}`).join('\n');
  const type = { enum: [...of.registry.types], description: summaries };
  const required: Json[] = [];
  const branches = of.registry.entries.map((entry) => {
    const prefix = `${of.registry.kind}-${entry.type}-`;
    const { definitions, ...own } = renamed(toJson(entry.options), prefix);
    const options = withNested(own, entry.nested ?? []);
    for (const [name, definition] of Object.entries(objectOf(definitions))) of.definitions[prefix + name] = definition;
    const isType = { properties: { type: { const: entry.type } }, required: ['type'] };
    if (Array.isArray(options.required)) required.push(when(isType, { required: options.required }));
    const envFields = of.envFields?.(entry.type) ?? [];
    return when(isType, { ...withKeys(options, { type: { const: entry.type }, ...of.common }, envFields), description: entry.summary });
  });
  return { schema: { type: 'object', properties: { type }, allOf: branches }, required };
}

/** The options that hold entries of the same kind, one or a list. */
function withNested(schema: JsonObject, keys: readonly string[]): JsonObject {
  if (keys.length === 0) return schema;
  const properties = objectOf(schema.properties);
  const entry: JsonObject = { allOf: [{ $ref: '#/definitions/checkerEntry' }, { not: { required: ['required'] } }] };
  const held = keys.map((key) => {
    const own = objectOf(properties[key]);
    return [key, own.type === 'array' ? { ...own, items: entry } : { description: own.description ?? '', ...entry }];
  });
  return { ...schema, properties: { ...properties, ...Object.fromEntries(held) } };
}

function when(condition: JsonObject, then: JsonObject): JsonObject {
  return { if: condition, then };
}

/** The options schema with the keys of the entry around it; a union of forms gets them in each form. */
function withKeys(schema: JsonObject, common: JsonObject, envFields: readonly string[]): JsonObject {
  for (const word of ['anyOf', 'oneOf', 'allOf']) {
    const forms = schema[word];
    if (Array.isArray(forms)) return { ...schema, [word]: forms.map((form) => withKeys(objectOf(form), common, envFields)) };
  }
  const { required: _, ...rest } = schema;
  const own = Object.entries(objectOf(schema.properties)).filter(([key]) => !checkerCommonKeys.includes(key) || !(key in common));
  const relaxed = own.map(([key, value]) => [key, envFields.includes(key) ? withEnvironment(value) : value]);
  return { ...rest, properties: { ...Object.fromEntries(relaxed), ...common, ...fileWordProperties } };
}

/** What a second agent leaves out is taken from `agent`, and null takes nothing over; without a type the keys of every agent are known. */
function baselineSchema(schema: Json | undefined, agent: JsonObject): JsonObject {
  const branches = (Array.isArray(agent.allOf) ? agent.allOf : []).map((branch) => optionsOrNull(objectOf(branch)));
  const keys = branches.flatMap(({ then }) => Object.keys(objectOf(objectOf(then).properties)));
  const untyped = { properties: Object.fromEntries(keys.map((key) => [key, {}])), additionalProperties: false };
  const allOf = [...branches, when({ not: { required: ['type'] } }, untyped)];
  const withOptions = (form: Json): Json => {
    const { anyOf, properties, ...rest } = objectOf(form);
    if (Array.isArray(anyOf)) return { ...rest, anyOf: anyOf.map(withOptions) };
    const known = objectOf(properties);
    if (!known.agent) return form;
    return { ...rest, properties: { ...known, agent: { ...agent, description: objectOf(known.agent).description ?? '', allOf } } };
  };
  return objectOf(withOptions(schema ?? {}));
}

/** Files are built on by `agent`, not here. */
function optionsOrNull(branch: JsonObject): JsonObject {
  const then = objectOf(branch.then);
  const own = Object.entries(objectOf(then.properties)).filter(([key]) => !fileWords.includes(key));
  const properties = own.map(([key, value]) => [key, key === 'type' ? value : { anyOf: [value, { type: 'null' }] }]);
  return when(objectOf(branch.if), { ...then, properties: Object.fromEntries(properties) });
}

/** Text with a format may also be a variable. */
function withEnvironment(schema: Json): Json {
  if (Array.isArray(schema)) return schema.map(withEnvironment);
  if (schema === null || typeof schema !== 'object') return schema;
  if (schema.type === 'string' && (schema.format !== undefined || schema.pattern !== undefined)) return { anyOf: [schema, environmentText] };
  return Object.fromEntries(Object.entries(schema).map(([key, value]) => [key, key === 'required' ? value : withEnvironment(value)]));
}

/** Mappings of a schema may also be built on files, and then need nothing of their own. */
function withFileWords(schema: Json): Json {
  if (schema === null || typeof schema !== 'object' || Array.isArray(schema)) return schema;
  if (Array.isArray(schema.anyOf)) return { ...schema, anyOf: schema.anyOf.map(withFileWords) };
  if (schema.type !== 'object') return schema;
  const { required: _, ...rest } = schema;
  return { ...rest, properties: { ...objectOf(schema.properties), ...fileWordProperties } };
}

function setFormats(samples: Json | undefined, types: readonly string[]): void {
  const forms = objectOf(samples).anyOf;
  for (const form of Array.isArray(forms) ? forms : []) {
    const properties = objectOf(objectOf(form).properties);
    if (properties.format) properties.format = { enum: [...types, null], description: objectOf(properties.format).description ?? '' };
  }
}

function toJson(schema: z.ZodMiniType): JsonObject {
  const json: unknown = z.toJSONSchema(schema, { io: 'input', target: 'draft-7', unrepresentable: 'any' });
  // A round trip leaves plain JSON: zod attaches a hidden validator to what it returns.
  const { $schema: _, ...rest } = objectOf(JSON.parse(JSON.stringify(json)));
  return rest;
}

/** References into the schema's own definitions, told apart from those of other schemas. */
function renamed(schema: JsonObject, prefix: string): JsonObject {
  const rename = (value: Json): Json => {
    if (Array.isArray(value)) return value.map(rename);
    if (value === null || typeof value !== 'object') return value;
    return Object.fromEntries(
      Object.entries(value).map(([key, item]) => [
        key,
        key === '$ref' && typeof item === 'string' ? item.replace('#/definitions/', `#/definitions/${prefix}`) : rename(item),
      ]),
    );
  };
  return objectOf(rename(schema));
}

function objectOf(value: Json | undefined): JsonObject {
  return value !== null && typeof value === 'object' && !Array.isArray(value) ? value : {};
}
