import { existsSync, readdirSync } from 'node:fs';
import path, { type PlatformPath } from 'node:path';
import type { GitHubEvent } from '../github/event.ts';
import { readGit } from '../io/git.ts';

/** Where a workflow works, and on which commit. */
export interface Checkout {
  event: Pick<GitHubEvent, 'sha' | 'headSha'>;
  /** Absolute path of the folder that steps start in. */
  workspace: string;
  /** Absolute; the paths of datasets start here, or at the root of their repository. */
  cwd: string;
}

/** The files of a runner: how its system writes paths, and what is there. */
export interface RunnerFiles {
  path: Pick<PlatformPath, 'resolve' | 'relative' | 'isAbsolute' | 'dirname' | 'sep'>;
  exists: (path: string) => boolean;
  /** Names of what is in a folder. */
  list: (folder: string) => string[];
  /** Commit of the checkout in this folder. */
  commitOf: (folder: string) => string | undefined;
}

const runnerFiles: RunnerFiles = {
  path,
  exists: existsSync,
  list: listFolder,
  commitOf: (folder) => readGit(folder)?.sha,
};

/** A folder that cannot be read only costs links. */
function listFolder(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

/**
 * Names dataset files as the repository of the event does, with `/`. Its checkout may lie in a folder of the workspace (`path:` of
 * actions/checkout) and is known by its commit. @returns undefined for a file that lies outside of it
 */
export function repositoryPaths(checkout: Checkout, files = runnerFiles): (file: string) => string | undefined {
  const { resolve } = files.path;
  const { workspace, cwd } = checkout;
  const known = new Map<string, string | undefined>();
  let folders: string[] | undefined;
  return (file) => {
    if (known.has(file)) return known.get(file);
    folders ??= [cwd, workspace, ...files.list(workspace).map((name) => resolve(workspace, name))].filter(
      (folder, index) => index < 2 || files.exists(resolve(folder, '.git')),
    );
    const found = folders.map((folder) => nameInRepository(resolve(folder, file), checkout, files)).find((name) => name !== undefined);
    known.set(file, found);
    return found;
  };
}

function nameInRepository(target: string, { event, workspace }: Checkout, files: RunnerFiles): string | undefined {
  if (inside(workspace, target, files) === undefined || !files.exists(target)) return undefined;
  const { dirname, resolve } = files.path;
  for (let folder = dirname(target); inside(workspace, folder, files) !== undefined; folder = dirname(folder)) {
    if (!files.exists(resolve(folder, '.git'))) continue;
    // Of another repository, or of a commit that the links do not lead to.
    return [event.sha, event.headSha].includes(files.commitOf(folder) ?? '') ? inside(folder, target, files) : undefined;
  }
  return inside(workspace, target, files);
}

/** Path from a folder to what lies in it, with `/`. */
function inside(folder: string, target: string, { path }: RunnerFiles): string | undefined {
  const way = path.relative(folder, target);
  const isOutside = way === '' || way === '..' || way.startsWith(`..${path.sep}`) || path.isAbsolute(way);
  return isOutside ? undefined : way.split(path.sep).join('/');
}
