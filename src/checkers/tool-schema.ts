import { messageOf, ToolError } from '../errors.ts';
import { isJsonObject, type Json, JsonObject } from '../records/json.ts';
import * as z from '../records/schema.ts';
import { notApplicable, type Score, scored, unscored } from '../records/score.ts';
import { type ToolCallStep, toolCallsOf } from '../records/trajectory.ts';
import { type CheckerPorts, defineChecker } from './checker.ts';
import { compileJsonSchema, type SchemaCheck } from './parts/compile-json-schema.ts';
import { isTooDeep, parseJsonText } from './parts/json-value.ts';
import { countText, quote } from './parts/quote.ts';
import { argsOf, isNamed } from './parts/tool-call.ts';

const ToolSchemaOptions = z
  .strictObject({
    tools: z.described(
      z.optional(z.union([JsonObject, z.array(JsonObject)])),
      'the tools: a mapping from name to the JSON Schema of the arguments, or a list as OpenAI, Anthropic or MCP have it',
    ),
    path: z.described(z.optional(z.string().check(z.minLength(1))), 'JSON file with such a mapping or list, relative to the config file'),
    unknownTools: z.described(z._default(z.enum(['fail', 'ignore']), 'fail'), 'calls of tools that are not among them; default fail'),
  })
  .check(z.refine((options) => (options.tools === undefined) !== (options.path === undefined), { message: 'give one of "tools" and "path"' }));
type ToolSchemaOptions = z.infer<typeof ToolSchemaOptions>;

export const toolSchema = defineChecker({
  type: 'tool-schema',
  summary: 'Every tool call is of a known tool and has valid arguments; the value is the share of such calls',
  needs: ['tools'],
  example: { type: 'tool-schema', tools: { get_order: { type: 'object', required: ['id'], properties: { id: { type: 'string' } } } } },
  options: ToolSchemaOptions,
  files: (options) => (options.path === undefined ? [] : [options.path]),
  async create(options, ports) {
    const field = options.path === undefined ? 'tools' : 'path';
    const checks: { name: string; validate: SchemaCheck }[] = [];
    for (const [name, schema] of schemasOf(readTools(options, ports), field)) {
      checks.push({ name, validate: await compileJsonSchema(schema, field === 'tools' ? `tools.${name}` : field) });
    }
    return ({ trajectory }): Score => {
      if (trajectory.turns.length === 0) return unscored('the agent took no turn');
      const calls = toolCallsOf(trajectory);
      const judged = calls.flatMap((call) => problemOf(call, checks, options.unknownTools) ?? []);
      if (judged.length === 0) return notApplicable('no tool was called whose arguments are known');
      const problems = judged.filter((problem) => problem !== '');
      if (problems.length === 0) return scored(1, `${countText(judged.length, 'tool call')}, all valid`);
      return scored(
        (judged.length - problems.length) / judged.length,
        `${problems.length} of ${countText(judged.length, 'tool call')} not valid: ${problems[0]}`,
      );
    };
  },
});

/** Empty when the call is valid; undefined when it is not looked at. */
function problemOf(call: ToolCallStep, checks: readonly { name: string; validate: SchemaCheck }[], unknown: 'fail' | 'ignore'): string | undefined {
  const found = checks.find(({ name }) => isNamed(call, name));
  if (!found) return unknown === 'ignore' ? undefined : `${quote(call.name, 60)} is no known tool`;
  const args = argsOf(call) ?? {};
  if (isTooDeep(args)) return `the arguments of ${quote(call.name, 60)} are nested too deep`;
  const problem = found.validate(args);
  return problem === undefined ? '' : `in the arguments of ${quote(call.name, 60)}, ${problem}`;
}

function readTools(options: ToolSchemaOptions, ports: CheckerPorts): Json {
  if (options.path === undefined) return options.tools ?? {};
  const shown = JSON.stringify(options.path);
  let text: string;
  try {
    if (!ports.readText) throw new Error('files cannot be read here');
    text = ports.readText(options.path);
  } catch (error) {
    throw invalid('path', `the file ${shown} cannot be read: ${messageOf(error)}`);
  }
  const parsed = parseJsonText(text.replace(/^\ufeff/, ''));
  if (!parsed.isJson) throw invalid('path', `the file ${shown} cannot be used, because ${parsed.reason}`);
  return parsed.value;
}

/** Name and schema of each tool, of any of the known forms. */
function schemasOf(tools: Json, field: string): [string, JsonObject | boolean][] {
  const held = isJsonObject(tools) && Array.isArray(tools.tools) ? tools.tools : tools;
  if (isJsonObject(held)) return Object.entries(held).map(([name, schema]) => [name, schemaFrom(schema, name, field)]);
  if (!Array.isArray(held)) throw invalid(field, 'the tools are neither a mapping nor a list');
  return held.map((entry, index) => {
    const tool = isJsonObject(entry) && isJsonObject(entry.function) ? entry.function : entry;
    if (!isJsonObject(tool) || typeof tool.name !== 'string') throw invalid(field, `tool ${index + 1} has no name`);
    const schema = tool.parameters ?? tool.inputSchema ?? tool.input_schema ?? tool.parametersJsonSchema ?? true;
    return [tool.name, schemaFrom(schema, tool.name, field)];
  });
}

function schemaFrom(schema: Json, name: string, field: string): JsonObject | boolean {
  if (typeof schema === 'boolean' || isJsonObject(schema)) return schema;
  throw invalid(field, `the schema of ${quote(name, 60)} is no JSON Schema`);
}

function invalid(field: string, message: string): ToolError {
  const remedy = 'give {name: schema}, or a list of tools with a name and parameters, inputSchema or input_schema';
  return new ToolError({ code: 'checker-invalid', message, remedy, problems: [{ field, message, remedy }] });
}
