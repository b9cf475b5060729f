import { canonicalJson, isJsonObject, type Json, type JsonObject } from '../../records/json.ts';
import { checksum } from '../agentscope/folder.ts';

/** Generation of the service: a workspace (2024-03-30), or an agent space (2026-05-20). */
export type ServiceApi = '2024-03-30' | '2026-05-20';

/** Rows that one page asks for. */
export const pageRows = 100;

/** What a dataset query answers, as it concerns rows; of a workspace `data`, of an agent space `columns` and `rows`. */
export interface QueryReply {
  data?: Json | undefined;
  columns?: Json | undefined;
  rows?: Json | undefined;
}

/**
 * The rows of a reply. Of a workspace a list of rows, an object with `rows` or `records`, or any other object as the one row; of an
 * agent space columns zipped with lists of values. Text, null and the like are no rows. What is no object in a list is left out.
 */
export function rowsOfReply(api: ServiceApi, { data, columns, rows }: QueryReply): JsonObject[] {
  if (api === '2026-05-20') return zipRows(columns, rows);
  if (Array.isArray(data)) return data.filter(isJsonObject);
  if (!isJsonObject(data)) return [];
  for (const key of ['rows', 'records']) {
    const found = Object.hasOwn(data, key) ? data[key] : undefined;
    if (found !== undefined) return Array.isArray(found) ? found.filter(isJsonObject) : [];
  }
  return [data];
}

/** Values beyond the columns, and columns beyond the values, are left out. */
function zipRows(columns: Json | undefined, rows: Json | undefined): JsonObject[] {
  if (!Array.isArray(columns) || !Array.isArray(rows)) return [];
  return rows.flatMap((values) => {
    if (!Array.isArray(values)) return isJsonObject(values) ? [values] : [];
    return [Object.fromEntries(columns.slice(0, values.length).map((column, index) => [String(column), values[index] ?? null]))];
  });
}

/** The statement of one page: `offset` rows are held already. An agent space is asked in the order of the ids. */
export function pageQuery(api: ServiceApi, dataset: string, page: { offset: number; count: number }): string {
  const order = api === '2026-05-20' ? 'ORDER BY id ' : '';
  return `* | select * from \`${dataset.replaceAll('`', '``')}\` ${order}LIMIT ${page.offset}, ${page.count}`;
}

export interface LoadOptions {
  api: ServiceApi;
  dataset: string;
  /** Asked once, as it is; all its rows count and `maxRows` does not. Empty or absent: pages. */
  query?: string;
  /** At least 1. */
  maxRows: number;
  /** Asks the service. Throws when it cannot be asked. */
  execute(query: string): Promise<JsonObject[]>;
}

export interface LoadedRows {
  rows: JsonObject[];
  /** Every statement that was asked, in order. */
  queries: string[];
  /** Why the rows may not be all of them: what a page threw. Absent: they are all, or as many as were wanted. */
  failure?: unknown;
}

/**
 * The rows of a dataset as the SDK gathers them: pages until `maxRows`, an empty page, or a page that fails, which is told in `failure`.
 * @throws what `execute` throws for `query`.
 */
export async function loadRows({ api, dataset, query = '', maxRows, execute }: LoadOptions): Promise<LoadedRows> {
  if (query !== '') return { rows: await execute(query), queries: [query] };
  const rows: JsonObject[] = [];
  const queries: string[] = [];
  while (rows.length < maxRows) {
    const statement = pageQuery(api, dataset, { offset: rows.length, count: Math.min(pageRows, maxRows - rows.length) });
    queries.push(statement);
    try {
      const page = await execute(statement);
      if (page.length === 0) break;
      for (const row of page) rows.push(row);
    } catch (failure) {
      return { rows, queries, failure };
    }
  }
  return { rows: rows.slice(0, maxRows), queries };
}

/** The id of a dataset row: its own `id`, else a digest of its content; never random. At most 256 characters. */
export function rowId(row: JsonObject): string {
  const id = Object.hasOwn(row, 'id') ? row.id : undefined;
  if (typeof id === 'number') return String(id);
  return typeof id === 'string' && id !== '' && id.length <= 256 ? id : contentId(row);
}

/** 16 hex digits of everything but the id. */
function contentId(row: JsonObject): string {
  const { id: _, ...content } = row;
  return checksum(canonicalJson(content));
}

/** Whether an id is a random UUID, as the SDK gives one to every task at every start. */
export function isRandomId(id: string): boolean {
  return /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/i.test(id);
}
