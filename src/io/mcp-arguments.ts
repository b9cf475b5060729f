import { compileJsonSchema, type SchemaCheck } from '../checkers/parts/compile-json-schema.ts';
import type { JsonObject } from '../records/json.ts';

/** What is wrong with the arguments of a tool, in words; undefined when they fit. */
export type ArgumentCheck = (tool: string, args: JsonObject) => Promise<string | undefined>;

/**
 * Checks arguments against the schemas of the tools, each compiled with the first call of its tool; patterns run in linear time. A schema
 * that cannot be used is left to the server.
 */
export function createArgumentCheck(tools: readonly { name: string; inputSchema: JsonObject }[]): ArgumentCheck {
  const schemas = new Map(tools.map(({ name, inputSchema }) => [name, inputSchema]));
  const compiled = new Map<string, Promise<SchemaCheck | undefined>>();
  return async (tool, args) => {
    const schema = schemas.get(tool);
    if (!schema) return undefined;
    const check = compiled.get(tool) ?? compileJsonSchema(schema, 'inputSchema').catch(() => undefined);
    compiled.set(tool, check);
    try {
      return (await check)?.(args);
    } catch {
      // A schema that refers to itself for ever.
      return undefined;
    }
  };
}
