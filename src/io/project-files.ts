import { stat } from 'node:fs/promises';
import { relative, resolve, sep } from 'node:path';
import { ToolError } from '../errors.ts';
import type { ProjectFiles } from '../projects/project.ts';
import { readText } from './files.ts';

const maxBytes = 64 * 1024 * 1024;

/** The files of another tool's project, seen from a working folder (absolute). Nothing is written. */
export function openProjectFiles(cwd: string): ProjectFiles {
  return {
    async kind(path) {
      const found = await stat(resolve(cwd, path)).catch(() => undefined);
      return found?.isFile() ? 'file' : found?.isDirectory() ? 'folder' : undefined;
    },
    async read(path) {
      try {
        return await readText(resolve(cwd, path), maxBytes);
      } catch (error) {
        if (!(error instanceof ToolError)) throw error;
        const code = error.code === 'file-unreadable' ? 'project-not-found' : 'project-invalid';
        throw new ToolError({
          code,
          message: error.message.replaceAll(resolve(cwd, path), path),
          ...(error.remedy === undefined ? {} : { remedy: error.remedy }),
          problems: [
            {
              file: path,
              message: error.code === 'file-not-utf8' ? 'it is not UTF-8 text' : error.message.replaceAll(resolve(cwd, path), path),
              ...(error.remedy === undefined ? {} : { remedy: error.remedy }),
            },
          ],
          cause: error,
        });
      }
    },
    async glob(pattern, folder) {
      const { glob } = await import('tinyglobby');
      const found = await glob(pattern, { cwd: resolve(cwd, folder), absolute: true, dot: false, expandDirectories: false });
      return found.map((path) => relative(cwd, resolve(path)).split(sep).join('/')).sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
    },
  };
}
