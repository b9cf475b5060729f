import type { ErrorObject, Options, ValidateFunction } from 'ajv';
import { messageOf, ToolError } from '../../errors.ts';
import type { Json, JsonObject } from '../../records/json.ts';
import { loadPatternCompiler } from './pattern.ts';
import { quote } from './quote.ts';

/** What is wrong with a value, in words; undefined when it is valid. The value has to be at most `maxJsonDepth` deep. */
export type SchemaCheck = (value: Json) => string | undefined;

/**
 * Compiles a JSON Schema of draft 7, or of 2020-12 when `$schema` says so; the validator is loaded here. `field` says
 * where the schema stands, for messages.
 * @throws ToolError `checker-invalid` for a schema that cannot be used
 */
export async function compileJsonSchema(schema: JsonObject | boolean, field: string): Promise<SchemaCheck> {
  const validate = await compileSchema(schema, field);
  return (value) => (validate(value) ? undefined : describeError(validate.errors?.[0]));
}

async function compileSchema(schema: JsonObject | boolean, field: string): Promise<ValidateFunction> {
  const compilePattern = await loadPatternCompiler();
  // Linear-time patterns, and only the first error: a hostile reply can neither stall the run nor fill the reason.
  const linear = Object.assign((pattern: string) => ({ test: compilePattern(pattern, { field }).test, toString: () => pattern }), { code: 'linear' });
  const ajvOptions: Options = { strict: false, allErrors: false, logger: false, code: { regExp: linear } };
  const dialect = typeof schema === 'object' && '$schema' in schema ? String(schema.$schema) : '';
  try {
    const isNew = dialect.includes('2020-12') || dialect.includes('2019-09');
    // A bundle knows only the default export of a module that is a function.
    const { default: ajvs } = isNew ? await import('ajv/dist/2020.js') : await import('ajv');
    const { default: formats } = await import('ajv-formats');
    const ajv = new ajvs.default(ajvOptions);
    formats.default(ajv, { mode: 'fast' });
    return ajv.compile(schema);
  } catch (error) {
    if (error instanceof ToolError) throw error;
    const message = `the JSON Schema cannot be used: ${messageOf(error)}`;
    const remedy = 'it has to be a self-contained schema of draft 7 or 2020-12';
    throw new ToolError({ code: 'checker-invalid', message, remedy, problems: [{ field, message, remedy }] });
  }
}

function describeError(error: ErrorObject | undefined): string {
  if (!error) return 'no reason given';
  const where = error.instancePath === '' ? 'the whole value' : quote(error.instancePath, 60);
  const extra = error.keyword === 'additionalProperties' ? `: ${quote(String(error.params.additionalProperty), 60)}` : '';
  return `${where} ${error.message ?? error.keyword}${extra}`;
}
