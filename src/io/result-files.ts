import { readdir, stat } from 'node:fs/promises';
import { basename, join, relative, sep } from 'node:path';
import { messageOf, ToolError } from '../errors.ts';
import type { ResultFiles } from '../importers/result-format.ts';
import { readText } from './files.ts';

const maxBytes = 256 * 1024 * 1024;
const maxFiles = 1_000_000;

/**
 * One file, or everything below a folder, to import from. Links are not followed, so that nothing outside of the folder is read.
 * @param path absolute. @param shown as people know it. @throws ToolError `import-not-found`.
 */
export async function openResultFiles(path: string, shown: string): Promise<ResultFiles> {
  const found = await stat(path).catch(() => undefined);
  if (!found)
    throw new ToolError({
      code: 'import-not-found',
      message: `there is nothing at ${shown}`,
      remedy: 'name the folder of the results, or one of their files',
    });
  const isFolder = found.isDirectory();
  const paths = isFolder ? await listFiles(path, shown) : [basename(path)];
  const whole = new Set(paths);
  return {
    root: shown,
    paths,
    async read(name) {
      if (!whole.has(name)) throw unreadable(name, 'it is not among the files of the import');
      try {
        return await readText(isFolder ? join(path, name) : path, maxBytes);
      } catch (error) {
        if (!(error instanceof ToolError)) throw error;
        throw unreadable(name, reasonOf(error), error);
      }
    },
  };
}

function reasonOf(error: ToolError): string {
  if (error.code === 'file-not-utf8') return 'it is not UTF-8 text';
  return error.code === 'file-too-large' ? 'it is larger than 256 MB' : error.message;
}

function unreadable(file: string, message: string, cause?: ToolError): ToolError {
  const remedy = cause?.code === 'file-not-utf8' ? 'save it as UTF-8' : undefined;
  return new ToolError({
    code: 'import-invalid',
    message: `${file}: ${message}`,
    problems: [{ file, message, ...(remedy === undefined ? {} : { remedy }) }],
    ...(cause ? { cause } : {}),
  });
}

async function listFiles(root: string, shown: string): Promise<string[]> {
  const found: string[] = [];
  const folders = [root];
  for (let folder = folders.pop(); folder !== undefined; folder = folders.pop()) {
    const entries = await readdir(folder, { withFileTypes: true }).catch((error: unknown) => {
      throw unreadable(shown, messageOf(error));
    });
    for (const entry of entries) {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) folders.push(path);
      else if (entry.isFile()) found.push(relative(root, path).split(sep).join('/'));
    }
    if (found.length > maxFiles) throw unreadable(shown, `there are more than ${maxFiles} files below it`);
  }
  return found.sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
}
