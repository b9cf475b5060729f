import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

const maxBytes = 65_536;

/**
 * The variables of these names in the file `.env` of a folder, where there is one: `NAME=value` a line, with or without `export` and
 * quotes, `#` before a comment. Every other line is passed over; nothing is put into the environment.
 */
export function readDotEnv(folder: string, names: readonly string[]): Record<string, string> {
  const found: Record<string, string> = {};
  for (const line of textOf(join(folder, '.env')).split(/\r\n|\r|\n/)) {
    const match = /^\s*(?:export\s+)?([A-Za-z_][A-Za-z0-9_]*)\s*=\s*(.*)$/.exec(line);
    const [, name = '', written = ''] = match ?? [];
    if (names.includes(name)) found[name] = unquoted(written.trimEnd());
  }
  return found;
}

function textOf(path: string): string {
  try {
    const { size } = statSync(path);
    if (size > maxBytes) return '';
    const bytes = readFileSync(path);
    // PowerShell's `>` writes UTF-16.
    return new TextDecoder(bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : 'utf-8').decode(bytes);
  } catch {
    return '';
  }
}

function unquoted(written: string): string {
  const quote = written[0];
  const end = quote === '"' || quote === "'" ? written.indexOf(quote, 1) : -1;
  return end > 0 ? written.slice(1, end) : written.replace(/\s+#.*$/, '');
}
