import * as z from '../records/schema.ts';
import { type Score, scored, unscored } from '../records/score.ts';
import { compileTemplate } from '../template.ts';
import { defineChecker } from './checker.ts';
import { fencesOf } from './parts/fence.ts';
import { withoutFence } from './parts/json-value.ts';
import { actualOption } from './parts/options.ts';
import { fill, outputTemplate, safeTextOf } from './parts/pairs.ts';
import { quote } from './parts/quote.ts';
import { openSql, type SqlReading, type SqlResult, sqlDialects } from './parts/sql.ts';
import { fitsWildcards } from './parts/tool-call.ts';

/** Places of a text at which a statement is looked for, at most. */
const maxPlaces = 5;

const names = (about: string) => z.described(z.optional(z.array(z.string().check(z.minLength(1))).check(z.minLength(1))), about);

const IsSqlOptions = z.strictObject({
  dialect: z.described(z._default(z.enum(sqlDialects), 'mysql'), `${sqlDialects.join(', ')}; default mysql, which MariaDB's is close to`),
  statements: names('kinds of statements that may be there, such as select; default all'),
  tables: names('tables that may be touched, such as orders or sales.orders; * stands for any text; case does not count; default all'),
  columns: names('columns that may be named, such as id or orders.id; * alone allows `select *`; case does not count; default all'),
  anywhere: z.described(z._default(z.boolean(), false), 'a statement inside other text is enough, such as in a code fence; default false'),
  allowFence: z.described(z._default(z.boolean(), true), 'a reply that is one Markdown code fence counts by its content; default true'),
  actual: actualOption,
});
type IsSqlOptions = z.infer<typeof IsSqlOptions>;

/** By a parser of the dialect; nothing is run. A text that is too long, or takes too long to read, is unscored. */
export const isSql = defineChecker<IsSqlOptions>({
  type: 'is-sql',
  summary: 'The output is SQL of a dialect, or holds it, with the allowed statements, tables and columns',
  needs: [],
  example: { type: 'is-sql', dialect: 'postgresql', statements: ['select'], tables: ['orders', 'sales.*'] },
  options: IsSqlOptions as z.ZodMiniType<IsSqlOptions>,
  async create(options) {
    const read = await openSql(options.dialect);
    const source = options.actual ?? outputTemplate;
    const actual = compileTemplate(source);
    return ({ trajectory, scope }): Score => {
      if (trajectory.turns.length === 0) return unscored('the agent took no turn');
      const said = fill(actual, scope, source);
      if (!said.isFilled) return unscored(said.reason);
      const text = safeTextOf(said.value);
      const result = options.anywhere ? findSql(text, read) : read(options.allowFence ? withoutFence(text) : text);
      if (result.kind === 'unknown') return unscored(`whether it is SQL cannot be said, because ${result.reason}: ${quote(text)}`);
      if (result.kind === 'problem')
        return scored(0, `it is not SQL of ${options.dialect}, because ${quote(result.reason).slice(1, -1)}: ${quote(text)}`);
      const forbidden = forbiddenIn(result.reading, options);
      if (forbidden !== undefined) return scored(0, forbidden);
      return scored(1, `it is SQL of ${options.dialect}: ${result.reading.statements.slice(0, 5).join(', ')}`);
    };
  },
});

/** In fences first, then from a line on that begins like a statement. */
function findSql(text: string, read: (text: string) => SqlResult): SqlResult {
  const fences = fencesOf(text, maxPlaces);
  const starts = [...text.slice(0, 100_000).matchAll(/^[ \t]{0,20}(?:select|insert|update|delete|with|create|alter|drop|merge|replace)\s/gim)].slice(
    0,
    maxPlaces,
  );
  const inText = starts.map(({ index }) => text.slice(index, endOf(text, index)));
  let best: SqlResult = { kind: 'problem', reason: 'there is no statement in it' };
  for (const candidate of fences.length > 0 ? fences : inText) {
    const result = read(candidate);
    if (result.kind === 'sql') return result;
    if (best.kind !== 'unknown') best = result;
  }
  return best;
}

/** A statement in prose ends with its semicolon or its paragraph. */
function endOf(text: string, start: number): number {
  const ends = [text.indexOf(';', start), text.indexOf('\n\n', start)].filter((end) => end >= 0);
  return Math.min(text.length, ...ends.map((end) => end + 1));
}

function forbiddenIn({ statements, tables, columns }: SqlReading, options: IsSqlOptions): string | undefined {
  const outside = (found: readonly string[], allowed: readonly string[] | undefined, fits: typeof fitsColumn): string | undefined =>
    allowed && found.find((name) => !allowed.some((pattern) => fits(name.toLowerCase(), pattern.toLowerCase())));
  const statement = outside(statements, options.statements, (name, pattern) => name === pattern);
  if (statement !== undefined) return `the statement ${quote(statement, 40)} is not allowed`;
  const table = outside(tables, options.tables, fitsWildcards);
  if (table !== undefined) return `the table ${quote(table, 80)} is not allowed`;
  const column = outside(columns, options.columns, fitsColumn);
  return column === undefined ? undefined : `the column ${quote(column, 80)} is not allowed`;
}

/** A pattern without a dot is of a column of any table; `*` alone is that of `select *`. */
function fitsColumn(name: string, pattern: string): boolean {
  const whole = pattern.includes('.') ? name : name.slice(name.lastIndexOf('.') + 1);
  return pattern === '*' ? whole === '*' : fitsWildcards(whole, pattern);
}
