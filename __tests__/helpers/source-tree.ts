import { readdirSync } from 'node:fs';
import { join } from 'node:path';

/** Every source file of `src`, with `/`, relative to the root of the repository. */
export function sourceFiles(root: string): string[] {
  const entries = readdirSync(join(root, 'src'), { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile() && /\.(ts|mjs)$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name).slice(root.length).replaceAll('\\', '/').replace(/^\//, ''))
    .sort();
}

/** Every folder of `src`, with a `/` at the end, relative to `src`. */
export function sourceFolders(root: string): string[] {
  const files = sourceFiles(root).map((file) => file.slice('src/'.length).split('/').slice(0, -1));
  return [...new Set(files.filter((path) => path.length > 0).map((path) => `${path.join('/')}/`))].sort();
}

/** Exported functions without a docstring, as `file: name`. */
export function undocumentedFunctions(file: string, text: string): string[] {
  const lines = text.split('\n');
  return lines.flatMap((line, index) => {
    const name = /^export (?:async )?function\*? (\w+)/.exec(line)?.[1];
    return name === undefined || lines[index - 1]?.trim().endsWith('*/') ? [] : [`${file}: ${name}`];
  });
}
