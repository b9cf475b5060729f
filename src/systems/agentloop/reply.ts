import { isDeeper, isJsonObject, type Json, type JsonObject } from '../../records/json.ts';
import type { ServiceApi } from './rows.ts';

/** What a service says instead of an answer, whatever the status. */
export interface ServiceFault {
  message: string;
  /** The service itself calls it an error. */
  isError: boolean;
}

/** A row of samples is no deeper, with room for what is put around it. */
const maxDepth = 200;

/**
 * What keeps the reply of a dataset query from being all rows that were asked for: an error in place of an answer, a result that the
 * service calls incomplete, or anything that is neither rows nor nothing at all. Undefined: `rowsOfReply` loses nothing of it.
 */
export function faultOfReply(api: ServiceApi, reply: JsonObject): ServiceFault | undefined {
  const error = errorOf(reply) ?? (isJsonObject(reply.data) ? errorOf(reply.data) : undefined);
  if (error !== undefined) return { message: `the service answered with an error: ${error}`, isError: true };
  const progress = isJsonObject(reply.meta) ? reply.meta.progress : undefined;
  if (typeof progress === 'string' && /^incomplete$/i.test(progress)) return fault('the service calls its result incomplete');
  if (isDeeper(reply, maxDepth)) return fault(`the reply is nested deeper than ${maxDepth} levels`);
  return api === '2026-05-20' ? faultOfColumns(reply) : faultOfData(reply.data);
}

/** An answer has rows beside its code, if it has one at all. */
function errorOf(object: JsonObject): string | undefined {
  const named = (...names: string[]) => names.map((name) => object[name]).find((value) => typeof value === 'string' && value !== '');
  const code = named('code', 'Code', 'errorCode', 'ErrorCode');
  const message = named('message', 'Message', 'errorMessage', 'ErrorMessage');
  const isRefused = object.success === false || object.Success === false;
  const hasRows = ['data', 'rows', 'records'].some((name) => Object.hasOwn(object, name) && object[name] !== null);
  const others = Object.keys(object).filter((name) => !envelopeNames.has(name.toLowerCase()));
  const isError = isRefused || (code !== undefined && message !== undefined && !hasRows && others.length === 0);
  if (!isError) return undefined;
  return [code, message].filter((part) => part !== undefined).join(': ') || 'no success, and no word why';
}

const envelopeNames: ReadonlySet<string> = new Set(
  'code message errorcode errormessage requestid success hostid recommend accessdenieddetail httpstatuscode status data meta'.split(' '),
);

function faultOfData(data: Json | undefined): ServiceFault | undefined {
  if (data === undefined || data === null) return undefined;
  if (Array.isArray(data)) return faultOfRows(data, 'data');
  if (!isJsonObject(data)) return fault(`"data" is ${kindOf(data)}, not a list of rows`);
  for (const name of ['rows', 'records']) {
    const rows = Object.hasOwn(data, name) ? data[name] : undefined;
    if (rows === undefined) continue;
    return Array.isArray(rows)
      ? faultOfRows(rows, `data.${name}`)
      : rows === null
        ? undefined
        : fault(`"data.${name}" is ${kindOf(rows)}, not a list of rows`);
  }
  return Object.keys(data).length === 0 ? fault('"data" is an object without anything in it') : undefined;
}

function faultOfRows(rows: readonly Json[], name: string): ServiceFault | undefined {
  const at = rows.findIndex((row) => !isJsonObject(row));
  return at < 0 ? undefined : fault(`row ${at + 1} of "${name}" is ${kindOf(rows[at])}, not an object`);
}

function faultOfColumns({ columns, rows }: JsonObject): ServiceFault | undefined {
  if (rows === undefined || rows === null || (Array.isArray(rows) && rows.length === 0)) return undefined;
  if (!Array.isArray(rows)) return fault(`"rows" is ${kindOf(rows)}, not a list of rows`);
  if (rows.every(isJsonObject)) return undefined;
  if (!Array.isArray(columns)) return fault(`there are rows, but "columns" is ${kindOf(columns)}, not a list of names`);
  const unnamed = columns.findIndex((column) => typeof column !== 'string');
  if (unnamed >= 0) return fault(`column ${unnamed + 1} is ${kindOf(columns[unnamed])}, not a name`);
  const twice = columns.find((column, at) => columns.indexOf(column) !== at);
  if (twice !== undefined) return fault(`two columns have the name "${String(twice).slice(0, 80)}"`);
  for (const [at, row] of rows.entries()) {
    if (!Array.isArray(row)) return fault(`row ${at + 1} is ${kindOf(row)}, not a list of values`);
    if (row.length !== columns.length) return fault(`row ${at + 1} has ${row.length} values for ${columns.length} columns`);
  }
  return undefined;
}

function fault(message: string): ServiceFault {
  return { message, isError: false };
}

function kindOf(value: Json | undefined): string {
  if (value === undefined) return 'missing';
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'a list';
  return { string: 'a text', number: 'a number', boolean: 'true or false' }[typeof value as string] ?? 'an object';
}
