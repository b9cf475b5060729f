import { messageOf, shortened, ToolError } from '../../errors.ts';
import { canonicalJson, isJsonObject, Json, JsonObject } from '../../records/json.ts';
import * as z from '../../records/schema.ts';
import { unknownNameRemedy } from '../../registry.ts';
import { compileTemplate, type Template, templateNames, templateProblem } from '../../template.ts';
import { AgentFailure, type AgentRequest } from '../agent.ts';
import { outputText } from './reply.ts';
import { type Toolbox, type ToolOutcome, toolError } from './tool-loop.ts';

const ScriptedResult = z.strictObject({
  args: z.described(z.optional(JsonObject), 'for calls whose arguments have these; absent: any'),
  result: z.described(Json.clone(), 'what the tool gives; a template'),
  isError: z.described(z.optional(z.boolean()), 'true: the tool fails with this'),
});

const ScriptedTool = z.strictObject({
  name: z.described(z.string().check(z.regex(/^[\w-]{1,64}$/, 'letters, digits, "_" and "-", at most 64')), 'name of the function'),
  description: z.described(z.optional(z.string()), 'told to the model'),
  parameters: z.described(z._default(JsonObject, { type: 'object', properties: {} }), 'JSON Schema of the arguments'),
  result: z.described(z.optional(Json.clone()), 'what the tool gives; a template, in which {{args.x}} is an argument'),
  results: z.described(
    z.optional(z.union([z.array(ScriptedResult), z.string()])),
    'by arguments, in order, each once and the last that fits from then on; or a template that gives such a list, such as {{metadata.results}}',
  ),
});
type ScriptedTool = z.infer<typeof ScriptedTool>;

export const ToolsOptions = z
  .array(ScriptedTool)
  .check(z.refine((tools) => new Set(tools.map(({ name }) => name)).size === tools.length, 'two tools have the same name'));

const scopeNames = ['args', 'id', 'input', 'metadata', 'row', 'state', 'tags'];

/** Makes the tools of a slot. */
export type ScriptedTools = (request: AgentRequest) => Toolbox;

interface CompiledTool {
  /** Gives `result` or the list of `results`; undefined: the tool has none. */
  template: Template | undefined;
  isList: boolean;
  /** Templates of the arguments that it is made of. */
  args: Template[];
}

/** Tools whose results are written in the config or, by a template, in the sample. @throws ToolError `template-unknown-name`. */
export function compileScriptedTools(tools: readonly ScriptedTool[]): ScriptedTools {
  const compiled = new Map(tools.map((tool, index) => [tool.name, compileTool(tool, index)]));
  const definitions = tools.map(({ name, description, parameters }) => ({
    name,
    ...(description === undefined ? {} : { description }),
    parameters,
  }));
  return ({ sample: { id, input, metadata, row, state, tags } }) => {
    const used = new Map<string, Set<number>>();
    return {
      definitions,
      async call(name, args) {
        const tool = compiled.get(name);
        if (!tool?.template) return undefined;
        const missing = missingArgument(tool, args);
        if (missing !== undefined) return toolError(missing);
        const value = fill(name, tool.template, { args, id, input: input as Json, metadata, row, state: state ?? {}, tags });
        if (!tool.isList) return outcome(value, false);
        const taken = used.get(name) ?? new Set();
        used.set(name, taken);
        return pick(name, { value, args, taken });
      },
    };
  };
}

function compileTool({ result, results }: ScriptedTool, index: number): CompiledTool {
  const source = results ?? result;
  if (source === undefined) return { template: undefined, isList: false, args: [] };
  const field = `agent.tools[${index}].${results === undefined ? 'result' : 'results'}`;
  const names = templateNames(source as Json);
  for (const name of names) {
    const [head = ''] = name.split('.');
    if (scopeNames.includes(head)) continue;
    const message = `${field} uses {{${name}}}, which tools do not have`;
    const remedy = unknownNameRemedy(head, scopeNames);
    throw new ToolError({ code: 'template-unknown-name', message, remedy, problems: [{ field, message, remedy }] });
  }
  const args = names.filter((name) => name.startsWith('args.')).map((name) => compileTemplate(`{{${name}}}`));
  return { template: compileTemplate(source as Json), isList: results !== undefined, args };
}

/** What the model left out is its own fault, which it is told, and no error of the slot. */
function missingArgument({ args: templates }: CompiledTool, args: JsonObject): string | undefined {
  try {
    for (const template of templates) template({ args });
    return undefined;
  } catch (error) {
    return `an argument is missing: ${messageOf(error).replace(/^the template uses .*?\}\}, but /, '')}`;
  }
}

function fill(tool: string, template: Template, scope: JsonObject): Json {
  try {
    return template(scope);
  } catch (error) {
    throw noResult(tool, templateProblem(error));
  }
}

function pick(tool: string, { value, args, taken }: { value: Json; args: JsonObject; taken: Set<number> }): ToolOutcome {
  const parsed = z.array(ScriptedResult).safeParse(value);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    throw noResult(tool, `a list of {args?, result, isError?} is expected (${issue ? `${issue.path.join('.')}: ${issue.message}` : 'it is none'})`);
  }
  const fitting = [...parsed.data.entries()].filter(([, entry]) => isPartOf(entry.args ?? {}, args));
  const [index, entry] = fitting.find(([at]) => !taken.has(at)) ?? fitting.at(-1) ?? [];
  if (index === undefined || !entry) return toolError(`no result fits these arguments: ${shortened(canonicalJson(args), 200)}`);
  taken.add(index);
  return outcome(entry.result, entry.isError === true);
}

function outcome(result: Json, isError: boolean): ToolOutcome {
  return { result, text: outputText(result), isError };
}

/** Objects may hold more than is wanted of them; anything else has to be equal. */
function isPartOf(wanted: Json, given: Json | undefined): boolean {
  if (!isJsonObject(wanted)) return given !== undefined && canonicalJson(wanted) === canonicalJson(given);
  return isJsonObject(given) && Object.entries(wanted).every(([key, value]) => Object.hasOwn(given, key) && isPartOf(value, given[key]));
}

/** The sample's or the config's fault, not the model's. */
function noResult(tool: string, why: string): AgentFailure {
  return new AgentFailure('agent-error', `the tool "${tool}" has no result for this sample: ${why}`, { phase: 'answered', isTransient: false });
}
