import { isJsonObject, type Json } from '../../records/json.ts';

/** What an entry of a sample's environment becomes in the private folder. */
export type EnvironmentType = 'directory' | 'file' | 'binary' | 'db' | 'sh';

export interface EnvironmentEntry {
  path: string;
  type: EnvironmentType;
  /** Text; of `binary` base64, of `db` SQL without lines that start with `#`. */
  content: string;
}

const types: readonly string[] = ['directory', 'file', 'binary', 'db', 'sh'];

/**
 * The entries of a sample's environment `[{path, type, content}]`; the type is `file` where there is none, and a content that is no text is
 * its JSON text. @throws Error that says which entry is wrong and what was expected.
 */
export function environmentEntries(value: Json): EnvironmentEntry[] {
  if (value === null) return [];
  if (!Array.isArray(value))
    throw new Error(`a list of {path, type, content} is expected, found ${typeof value === 'object' ? 'an object' : `a ${typeof value}`}`);
  return value.map((entry, place) => {
    const at = `environment[${place}]`;
    if (!isJsonObject(entry) || typeof entry.path !== 'string') throw new Error(`${at}: {path, type, content} is expected`);
    const { path, type = 'file', content } = entry;
    if (typeof type !== 'string' || !types.includes(type)) throw new Error(`${at}: the type of "${path}" is none of ${types.join(', ')}`);
    const text = typeof content === 'string' ? content : content === undefined || content === null ? '' : JSON.stringify(content);
    if (type === 'binary' && !isBase64(text)) throw new Error(`${at}: the content of "${path}" is not base64`);
    const made = { path, type: type as EnvironmentType, content: type === 'db' ? withoutHashComments(text) : text };
    const refused = type === 'db' ? refusedStatement(made.content) : undefined;
    if (refused !== undefined) throw new Error(`${at}: the SQL of "${path}" has ${refused}, which could write a file outside of the folder`);
    return made;
  });
}

/** The first statement of a script that reaches other files than its database: ATTACH, DETACH or VACUUM; undefined when there is none. */
function refusedStatement(sql: string): string | undefined {
  for (const statement of firstWords(sql)) if (['ATTACH', 'DETACH', 'VACUUM'].includes(statement)) return statement;
  return undefined;
}

/** Without the comment lines that start with `#`, as the sqlite3 program leaves them out between statements. */
function withoutHashComments(sql: string): string {
  let isBetween = true;
  return sql
    .split('\n')
    .map((line) => {
      if (isBetween && line.trimStart().startsWith('#')) return '';
      if (line.trim() !== '') isBetween = line.trimEnd().endsWith(';');
      return line;
    })
    .join('\n');
}

/** One pass: the first word of each statement in capitals, past comments, and past EXPLAIN [QUERY PLAN]. Quoted text and names are skipped. */
function* firstWords(sql: string): Generator<string> {
  const token = /\s+|--[^\n]*|\/\*[\s\S]*?(?:\*\/|$)|'[^']*(?:'|$)|"[^"]*(?:"|$)|`[^`]*(?:`|$)|\[[^\]]*(?:\]|$)|[\p{L}_][\p{L}\p{N}_$]*|[\s\S]/gu;
  let isFirst = true;
  for (const [text] of sql.matchAll(token)) {
    if (text === ';') isFirst = true;
    else if (isFirst && !/^(\s|--|\/\*)/.test(text)) {
      const word = text.toUpperCase();
      isFirst = ['EXPLAIN', 'QUERY', 'PLAN'].includes(word);
      if (!isFirst) yield word;
    }
  }
}

function isBase64(text: string): boolean {
  return /^[A-Za-z0-9+/_=\s-]*$/.test(text);
}
