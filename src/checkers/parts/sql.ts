import { fieldOf, namesIn } from './sql-names.ts';

/** Characters of a statement, at most, and steps of its parser, which on some broken statements doubles its work with every parenthesis. */
export const maxSqlLength = 16_000;
const maxSteps = 800_000;

export const sqlDialects = ['mysql', 'postgresql', 'sqlite', 'transactsql', 'bigquery', 'snowflake'] as const;
export type SqlDialect = (typeof sqlDialects)[number];

/** What a text does, statement by statement. Names are as they were written. */
export interface SqlReading {
  /** Kind of each statement in lower case, such as `select`. */
  statements: string[];
  /** With the schema before it where that was given, such as `sales.orders`. */
  tables: string[];
  /** With the table before it where that is known; `*` for all. */
  columns: string[];
}

/** `problem`: it is no SQL, and why. `unknown`: that cannot be said, and why. */
export type SqlResult = { kind: 'sql'; reading: SqlReading } | { kind: 'problem'; reason: string } | { kind: 'unknown'; reason: string };

interface SqlParser {
  /** Of the text only the methods of `MeteredText` are used. */
  parse(text: unknown, options: { trimQuery: boolean }): { tableList: string[]; columnList: string[]; ast: unknown };
}

/** Loads the parser of a dialect, and no other. */
export async function openSql(dialect: SqlDialect): Promise<(text: string) => SqlResult> {
  const parser = await loadParser(dialect);
  return (text) => {
    const trimmed = text.trim();
    if (trimmed.length > maxSqlLength) return { kind: 'unknown', reason: `it has more than ${maxSqlLength} characters` };
    const misread = misreadIn(trimmed, dialect);
    if (misread !== undefined) return { kind: 'unknown', reason: misread };
    try {
      const { tableList, columnList, ast } = parser.parse(new MeteredText(trimmed), { trimQuery: false });
      return readingOf([ast].flat(), tableList, columnList, dialect);
    } catch (error) {
      if (error instanceof TooManySteps) return { kind: 'unknown', reason: 'reading it takes too long' };
      return { kind: 'problem', reason: problemOf(error) };
    }
  };
}

async function loadParser(dialect: SqlDialect): Promise<SqlParser> {
  switch (dialect) {
    case 'mysql':
      return new (await import('node-sql-parser/build/mysql.js')).default.Parser();
    case 'postgresql':
      return new (await import('node-sql-parser/build/postgresql.js')).default.Parser();
    case 'sqlite':
      return new (await import('node-sql-parser/build/sqlite.js')).default.Parser();
    case 'transactsql':
      return new (await import('node-sql-parser/build/transactsql.js')).default.Parser();
    case 'bigquery':
      return new (await import('node-sql-parser/build/bigquery.js')).default.Parser();
    case 'snowflake':
      return new (await import('node-sql-parser/build/snowflake.js')).default.Parser();
  }
}

class TooManySteps extends Error {}

/** Stands in for the text in the generated parser, which looks at it through these alone, and counts how often. */
class MeteredText {
  readonly length: number;
  readonly #text: string;
  #steps = 0;

  constructor(text: string) {
    this.#text = text;
    this.length = text.length;
  }

  charCodeAt(index: number): number {
    if (++this.#steps > maxSteps) throw new TooManySteps();
    return this.#text.charCodeAt(index);
  }

  charAt(index: number): string {
    if (++this.#steps > maxSteps) throw new TooManySteps();
    return this.#text.charAt(index);
  }

  substr(start: number, length: number): string {
    if (++this.#steps > maxSteps) throw new TooManySteps();
    return this.#text.slice(start, start + length);
  }

  substring(start: number, end: number): string {
    if (++this.#steps > maxSteps) throw new TooManySteps();
    return this.#text.substring(start, end);
  }
}

/** A query of `with` may name itself without `recursive`. */
const recursiveDialects: ReadonlySet<SqlDialect> = new Set(['sqlite', 'transactsql', 'snowflake']);

function readingOf(statements: readonly unknown[], tableList: readonly string[], columnList: readonly string[], dialect: SqlDialect): SqlResult {
  const kinds = statements.map((statement) => fieldOf(statement, 'type'));
  if (kinds.length === 0 || !kinds.every((kind) => typeof kind === 'string')) return { kind: 'problem', reason: 'there is no statement in it' };
  const names = namesIn(statements, recursiveDialects.has(dialect));
  const listed = tableList.map((entry) => entry.split('::').slice(1)).filter(([schema, table = '']) => schema !== 'null' || !names.own.has(table));
  const columns = columnList.map((entry) => entry.split('::').slice(1)).map(([table, column = '']) => [table, column === '(.*)' ? '*' : column]);
  const all = [...kinds.map((kind) => kind.toLowerCase()), ...names.kinds];
  return { kind: 'sql', reading: { statements: all, tables: joined([...listed, ...names.tables]), columns: joined(columns) } };
}

const dialectsWithBackslash: ReadonlySet<SqlDialect> = new Set(['mysql', 'bigquery', 'snowflake']);

/** Why a database would read the text in another way than the parser does; undefined when no such way is known. */
function misreadIn(text: string, dialect: SqlDialect): string | undefined {
  if (dialect === 'mysql' && /\/\*M?!/.test(text)) return 'it has a comment of which MySQL runs the content';
  if (dialect === 'mysql' && /--\S/.test(text)) return 'it has a "--" without a space after it, which MySQL takes for two minus signs';
  if (!dialectsWithBackslash.has(dialect) && text.includes("\\'"))
    return `it has a backslash before a quote, which does not end a text for every reader of ${dialect}`;
  return undefined;
}

function joined(names: readonly (readonly (string | undefined)[])[]): string[] {
  return [...new Set(names.map(([owner, name]) => (owner === 'null' || owner === undefined ? `${name}` : `${owner}.${name}`)))];
}

/** The parser's own message lists all that might have stood there. */
function problemOf(error: unknown): string {
  const found = fieldOf(error, 'found');
  const start = fieldOf(fieldOf(error, 'location'), 'start');
  if (start === undefined) return 'it cannot be read';
  const what = typeof found === 'string' ? `${JSON.stringify(found)} is not expected` : 'more is expected';
  return `${what} at line ${String(fieldOf(start, 'line'))}, column ${String(fieldOf(start, 'column'))}`;
}
