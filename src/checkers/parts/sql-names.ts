/** What is said of a statement beyond the parser's own list of tables. */
export interface SqlNames {
  /** Names that `with name as (…)` makes, and that stand for no table of the database anywhere in the text. */
  own: ReadonlySet<string>;
  /** Kinds of the statements inside `with` that are no query, and `select into` for a query that writes its rows elsewhere. */
  kinds: string[];
  /** Tables of statements that the parser leaves out of its list. */
  tables: string[][];
}

interface Found {
  /** Made by a `with`. */
  made: Set<string>;
  /** Named where no `with` has made them. */
  real: Set<string>;
  kinds: Set<string>;
}

/** Of these the parser does not list the table in every dialect. */
const unlisted = new Set(['alter', 'create', 'desc', 'load_data']);

/**
 * Looks through parsed statements. `isRecursive`: a name that `with` makes stands for itself inside its own query even
 * without `recursive`; elsewhere it is a table of the database there.
 */
export function namesIn(statements: readonly unknown[], isRecursive: boolean): SqlNames {
  const found: Found = { made: new Set(), real: new Set(), kinds: new Set() };
  for (const statement of statements) walk(statement, new Set(), found, isRecursive);
  const own = new Set([...found.made].filter((name) => !found.real.has(name)));
  return { own, kinds: [...found.kinds], tables: statements.flatMap(unlistedTables) };
}

function walk(node: unknown, scope: ReadonlySet<string>, found: Found, isRecursive: boolean): void {
  if (Array.isArray(node)) {
    for (const item of node) walk(item, scope, found, isRecursive);
    return;
  }
  if (typeof node !== 'object' || node === null) return;
  const { table, type, with: parts, into } = node as Record<string, unknown>;
  if (typeof table === 'string' && type !== 'column_ref' && !scope.has(table)) found.real.add(table);
  if (type === 'select' && typeof fieldOf(into, 'position') === 'string') found.kinds.add('select into');
  const inner = Array.isArray(parts) ? scopeWith(parts, scope, found, isRecursive) : scope;
  for (const [key, value] of Object.entries(node)) if (key !== 'with') walk(value, inner, found, isRecursive);
}

/** A query of a `with` sees the names before it, and its own where it may be recursive. */
function scopeWith(parts: readonly unknown[], scope: ReadonlySet<string>, found: Found, isRecursive: boolean): ReadonlySet<string> {
  const inner = new Set(scope);
  const seesItself = isRecursive || parts.some((part) => fieldOf(part, 'recursive') === true);
  for (const part of parts) {
    const name = String(fieldOf(fieldOf(part, 'name'), 'value'));
    const statement = fieldOf(part, 'stmt');
    const kind = fieldOf(statement, 'type') ?? fieldOf(fieldOf(statement, 'ast'), 'type');
    if (typeof kind === 'string' && kind !== 'select') found.kinds.add(kind.toLowerCase());
    found.made.add(name);
    if (seesItself) inner.add(name);
    walk(statement, inner, found, isRecursive);
    inner.add(name);
  }
  return inner;
}

function unlistedTables(statement: unknown): string[][] {
  if (!unlisted.has(String(fieldOf(statement, 'type')).toLowerCase())) return [];
  return [fieldOf(statement, 'table')].flat().flatMap((item: unknown): string[][] => {
    const table = typeof item === 'string' ? item : fieldOf(item, 'table');
    return typeof table === 'string' ? [[String(fieldOf(item, 'db') ?? null), table]] : [];
  });
}

/** The member of an object; undefined for any other value. */
export function fieldOf(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[key] : undefined;
}
