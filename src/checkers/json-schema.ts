import { messageOf, ToolError } from '../errors.ts';
import { JsonObject } from '../records/json.ts';
import * as z from '../records/schema.ts';
import { scored, unscored } from '../records/score.ts';
import { compileTemplate } from '../template.ts';
import { type CheckerPorts, defineChecker } from './checker.ts';
import { compileJsonSchema } from './parts/compile-json-schema.ts';
import { findJson, isTooDeep, maxJsonDepth, type ParsedJson, parseJsonText } from './parts/json-value.ts';
import { actualOption } from './parts/options.ts';
import { fill, outputTemplate, safeTextOf } from './parts/pairs.ts';
import { quote } from './parts/quote.ts';

const JsonSchemaOptions = z
  .strictObject({
    schema: z.described(z.optional(z.union([JsonObject, z.boolean()])), 'the JSON Schema: draft 7, or 2020-12 when "$schema" says so'),
    path: z.described(z.optional(z.string().check(z.minLength(1))), 'file with the JSON Schema, relative to the config file'),
    actual: actualOption,
    anywhere: z.described(z.optional(z.boolean()), 'the first JSON object or list inside other text counts; default false'),
    allowFence: z.described(z._default(z.boolean(), true), 'a reply that is one Markdown code fence counts by its content; default true'),
  })
  .check(z.refine((options) => (options.schema === undefined) !== (options.path === undefined), { message: 'give one of "schema" and "path"' }));
type JsonSchemaOptions = z.infer<typeof JsonSchemaOptions>;

export const jsonSchema = defineChecker({
  type: 'json-schema',
  summary: 'The output is JSON that is valid against a JSON Schema',
  needs: [],
  example: { type: 'json-schema', schema: { type: 'object', required: ['orderId'], properties: { orderId: { type: 'string' } } } },
  options: JsonSchemaOptions,
  files: (options) => (options.path === undefined ? [] : [options.path]),
  async create(options, ports) {
    const validate = await compileJsonSchema(readSchema(options, ports), options.path === undefined ? 'schema' : 'path');
    const source = options.actual ?? outputTemplate;
    const actual = compileTemplate(source);
    return ({ trajectory, scope }) => {
      if (trajectory.turns.length === 0) return unscored('the agent took no turn');
      const said = fill(actual, scope, source);
      if (!said.isFilled) return unscored(said.reason);
      const text = typeof said.value === 'string' ? said.value : undefined;
      const parsed = text === undefined ? checkDepth(said.value) : parseText(text, options);
      if (!parsed.isJson) return scored(0, `the output cannot be validated, because ${parsed.reason}: ${quote(safeTextOf(said.value))}`);
      const problem = validate(parsed.value);
      if (problem === undefined) return scored(1, 'it is JSON that is valid against the schema');
      return scored(0, `the JSON is not valid: ${problem}`);
    };
  },
});

function parseText(text: string, options: JsonSchemaOptions): ParsedJson {
  const parsed = parseJsonText(text, options);
  const found = parsed.isJson || !options.anywhere ? undefined : findJson(text);
  return found === undefined ? parsed : { isJson: true, value: found };
}

function checkDepth(value: JsonObject[string]): ParsedJson {
  return isTooDeep(value) ? { isJson: false, reason: `it is nested more than ${maxJsonDepth} levels deep` } : { isJson: true, value };
}

function readSchema(options: JsonSchemaOptions, ports: CheckerPorts): JsonObject | boolean {
  if (options.path === undefined) return options.schema ?? true;
  if (!ports.readText) throw invalid('path', 'files cannot be read here', 'give the schema inline, as "schema"');
  let text: string;
  try {
    text = ports.readText(options.path);
  } catch (error) {
    throw invalid(
      'path',
      `the schema file ${JSON.stringify(options.path)} cannot be read: ${messageOf(error)}`,
      'name a file, relative to the config file',
    );
  }
  const parsed = parseJsonText(text.replace(/^\ufeff/, ''));
  const isSchema = parsed.isJson && (typeof parsed.value === 'boolean' || (typeof parsed.value === 'object' && parsed.value !== null));
  if (!isSchema)
    throw invalid('path', `the schema file ${JSON.stringify(options.path)} does not hold a JSON Schema`, 'it has to hold one JSON object');
  return parsed.value as JsonObject | boolean;
}

function invalid(field: string, message: string, remedy: string): ToolError {
  return new ToolError({ code: 'checker-invalid', message, remedy, problems: [{ field, message, remedy }] });
}
