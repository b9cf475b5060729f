import { readFileSync } from 'node:fs';
import { Ajv, type ValidateFunction } from 'ajv';
import addFormats from 'ajv-formats';

type Schema = Record<string, unknown>;

interface Parameter {
  name: string;
  in: 'path' | 'query';
  required: boolean;
  schema: Schema;
}

interface Operation {
  operationId: string;
  parameters: Parameter[];
  requestBody?: { required: boolean; schema: Schema };
  responses: Record<string, { schema?: Schema }>;
}

/** A request as the description sees it, with its path and query coerced to the described types. */
export interface MatchedRequest {
  operationId: string;
  path: Record<string, string | number>;
  query: Record<string, string | number | boolean>;
  body: unknown;
  /** What is wrong with it; empty when nothing is. */
  problems: string[];
}

export interface Description {
  /** `undefined` when no operation has this method and path. */
  match(method: string, url: URL, body: unknown): MatchedRequest | undefined;
  /** What is wrong with a reply of ours; empty when nothing is. Statuses that GitHub does not describe pass. */
  checkReply(operationId: string, status: number, body: unknown): string[];
}

let loaded: Description | undefined;

/** Reads the pruned description, once in a process; validators are compiled on first use. */
export function loadDescription(): Description {
  loaded ??= readDescription();
  return loaded;
}

function readDescription(): Description {
  const text = readFileSync(new URL('../openapi/github.openapi.json', import.meta.url), 'utf8');
  const { paths, components } = JSON.parse(text) as { paths: Record<string, Record<string, Operation>>; components: Schema };
  const strict = createAjv(components, false);
  const coercing = createAjv(components, true);
  const routes = Object.entries(paths)
    .sort(([a], [b]) => b.split('/').length - a.split('/').length)
    .flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, operation]) => ({ method: method.toUpperCase(), ...compilePath(path), operation })),
    );
  const validators = new Map<string, ValidateFunction>();
  const validator = (key: string, schema: () => Schema): ValidateFunction => {
    const known = validators.get(key);
    if (known) return known;
    const compiled = (/ (path|query)$/.test(key) ? coercing : strict).compile(schema());
    validators.set(key, compiled);
    return compiled;
  };
  const byId = new Map(routes.map(({ operation }) => [operation.operationId, operation]));
  return {
    match(method, url, body) {
      for (const route of routes) {
        const found = route.method === method ? route.pattern.exec(url.pathname) : null;
        if (!found) continue;
        const path = Object.fromEntries(route.names.map((name, index) => [name, decodeURIComponent(found[index + 1]!)]));
        return matchRequest(route.operation, { path, url, body, validator });
      }
      return undefined;
    },
    checkReply(operationId, status, body) {
      const schema = byId.get(operationId)?.responses[String(status)]?.schema;
      if (!schema) return [];
      return problemsOf(
        validator(`${operationId} ${status}`, () => toJsonSchema(schema, false) as Schema),
        body,
        'reply',
      );
    },
  };
}

function matchRequest(
  operation: Operation,
  request: { path: Record<string, string>; url: URL; body: unknown; validator: (key: string, schema: () => Schema) => ValidateFunction },
): MatchedRequest {
  const { operationId } = operation;
  const path: Record<string, string | number> = { ...request.path };
  const query: Record<string, string | number | boolean> = Object.fromEntries(request.url.searchParams);
  const problems: string[] = [];
  const at = (place: 'path' | 'query') => request.validator(`${operationId} ${place}`, () => parameterSchema(operation, place));
  problems.push(...problemsOf(at('path'), path, 'path'), ...problemsOf(at('query'), query, 'query'));
  const wanted = operation.requestBody;
  if (wanted && request.body !== undefined) {
    const schema = () => toJsonSchema(wanted.schema, true) as Schema;
    problems.push(...problemsOf(request.validator(`${operationId} body`, schema), request.body, 'body'));
  }
  if (wanted?.required && request.body === undefined) problems.push('body: is required');
  if (!wanted && request.body !== undefined) problems.push('body: this operation takes none');
  return { operationId, path, query, body: request.body, problems };
}

/** Unknown query names are refused, although GitHub ignores them: they are mistakes of ours. */
function parameterSchema(operation: Operation, place: 'path' | 'query'): Schema {
  const parameters = operation.parameters.filter((parameter) => parameter.in === place);
  return {
    type: 'object',
    properties: Object.fromEntries(parameters.map(({ name, schema }) => [name, limited(name, toJsonSchema(schema, false) as Schema)])),
    required: parameters.filter(({ required }) => required).map(({ name }) => name),
    additionalProperties: false,
  };
}

/** The 100 of `per_page` is prose in the description. */
function limited(name: string, schema: Schema): Schema {
  return name === 'per_page' ? { ...schema, minimum: 1, maximum: 100 } : name === 'page' ? { ...schema, minimum: 1 } : schema;
}

/** Only path and query arrive as text and are coerced. */
function createAjv(components: Schema, coerceTypes: boolean): Ajv {
  const ajv = new Ajv({ strict: false, coerceTypes, allErrors: true, validateFormats: true });
  addFormats.default(ajv);
  ajv.addFormat('timestamp', true);
  ajv.addFormat('repo.nwo', /^[^/\s]+\/[^/\s]+$/);
  ajv.addFormat('int64', true);
  ajv.addSchema(toJsonSchema({ components }, false) as Schema, 'github');
  return ajv;
}

function problemsOf(validate: ValidateFunction, value: unknown, where: string): string[] {
  if (validate(value)) return [];
  return (validate.errors ?? []).map((error) => {
    const detail = error.keyword === 'additionalProperties' ? ` "${error.params.additionalProperty}"` : '';
    return `${where}${error.instancePath}: ${error.message}${detail}`;
  });
}

/** `/repos/{owner}/compare/{basehead}` → a pattern and the names of its groups. Branch names in a ref may hold slashes. */
function compilePath(path: string): { pattern: RegExp; names: string[] } {
  const names: string[] = [];
  const source = path.replace(/\{(\w+)\}/g, (_, name: string) => {
    names.push(name);
    return name === 'ref' || name === 'basehead' ? '(.+)' : '([^/]+)';
  });
  return { pattern: new RegExp(`^${source}$`), names };
}

/** OpenAPI 3.0 → JSON Schema: `nullable` becomes a type. With `isClosed`, objects refuse keys they do not list. */
function toJsonSchema(value: unknown, isClosed: boolean): unknown {
  if (Array.isArray(value)) return value.map((item) => toJsonSchema(item, isClosed));
  if (value === null || typeof value !== 'object') return value;
  const schema = value as Schema;
  if (typeof schema.$ref === 'string') return { $ref: `github${schema.$ref}` };
  const { nullable, ...rest } = schema;
  const converted: Schema = Object.fromEntries(
    Object.entries(rest).map(([key, item]) => {
      if (key === 'enum' || key === 'default' || key === 'required') return [key, item];
      return [key, key === 'properties' ? mapValues(item as Schema, (property) => toJsonSchema(property, isClosed)) : toJsonSchema(item, isClosed)];
    }),
  );
  if (isClosed && converted.type === 'object' && converted.properties && converted.additionalProperties === undefined) {
    converted.additionalProperties = false;
  }
  return nullable === true ? { anyOf: [{ type: 'null' }, converted] } : converted;
}

function mapValues(object: Schema, change: (value: unknown) => unknown): Schema {
  return Object.fromEntries(Object.entries(object).map(([key, value]) => [key, change(value)]));
}
