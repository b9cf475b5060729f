import { existsSync, readdirSync, realpathSync } from 'node:fs';
import { dirname, join, parse, resolve, sep } from 'node:path';
import type { ModulePermissions } from '../records/permissions.ts';

export interface PermissionScope {
  /** Folder of the config: relative paths start there. */
  baseDir: string;
  /** The user's module. */
  file: string;
  /** Files that the process needs of us. */
  ours: readonly string[];
  /** Of this process alone; it may write there. */
  temporary: string;
}

/**
 * Arguments for Node.js that keep a process to what it is granted: the workspace (the repository around the config, else the config's
 * folder), the packages that are found from there, wherever they are linked to, and its temporary folder. None for `all`, and where the
 * runtime has no permissions. Other processes' environments, credentials in the home folder and the runner's files are then out of reach
 * of ordinary code; the network is not.
 */
export function permissionArguments(granted: ModulePermissions, scope: PermissionScope): string[] {
  const flags = process.allowedNodeEnvironmentFlags;
  const flag = ['--permission', '--experimental-permission'].find((name) => flags?.has(name));
  if (granted === 'all' || flag === undefined) return [];
  const { baseDir, temporary } = scope;
  const absolute = (paths: readonly string[] = []) => paths.map((path) => resolve(baseDir, path));
  const write = [temporary, ...absolute(granted.write)];
  const read = [...scope.ours, ...readable(scope), ...absolute(granted.read), ...write];
  const allowed = [
    granted.addons ? '--allow-addons' : '',
    granted.workers ? '--allow-worker' : '',
    granted.childProcesses ? '--allow-child-process' : '',
    // From Node.js 25 on the network is closed unless it is opened.
    flags.has('--allow-net') ? '--allow-net' : '',
  ];
  return [
    flag,
    // What it says to the user at every start is neither news nor a failure of the module.
    ...(flags.has('--disable-warning') ? ['--disable-warning=ExperimentalWarning', '--disable-warning=SecurityWarning'] : []),
    ...allowed.filter((name) => name !== ''),
    ...spellings(read).map((path) => `--allow-fs-read=${path}`),
    ...spellings(write).map((path) => `--allow-fs-write=${path}`),
  ];
}

function isInside(path: string, folder: string): boolean {
  return path === folder || path.startsWith(folder.endsWith(sep) ? folder : folder + sep);
}

/** The repository around a folder, else the folder. Never the root of the file system, which holds the processes of everybody. */
export function workspaceOf(folder: string): string {
  const root = ancestors(folder).find((path) => existsSync(join(path, '.git')));
  return root === undefined || root === parse(root).root ? folder : root;
}

function readable({ baseDir, file }: PermissionScope): string[] {
  const root = workspaceOf(baseDir);
  const own = dirname(file);
  const folders = isInside(own, root) ? [root] : [root, workspaceOf(own)];
  const packages = [...new Set([...ancestors(baseDir), ...ancestors(own)])]
    .map((folder) => join(folder, 'node_modules'))
    .filter((path) => existsSync(path));
  return [...folders.flatMap(withoutSystem), ...packages, ...packages.flatMap(linkedPackages)];
}

/** A config in the root itself: all that is there but what the system shows of its processes and devices. */
function withoutSystem(folder: string): string[] {
  if (folder !== parse(folder).root) return [folder];
  return readdirSync(folder)
    .filter((name) => !['proc', 'sys', 'dev', 'run'].includes(name))
    .map((name) => join(folder, name));
}

/** Where the packages lie that are only linked, with the packages that they find from there: modules are loaded from their real place. */
function linkedPackages(packages: string): string[] {
  const links = readdirSync(packages, { withFileTypes: true }).flatMap((entry) => {
    const path = join(packages, entry.name);
    if (entry.isSymbolicLink()) return [path];
    if (!entry.isDirectory() || !entry.name.startsWith('@')) return [];
    return readdirSync(path, { withFileTypes: true }).flatMap((scoped) => (scoped.isSymbolicLink() ? [join(path, scoped.name)] : []));
  });
  return links.flatMap((link) => {
    const real = realPath(link);
    return real === link
      ? []
      : [
          real,
          ...ancestors(dirname(real))
            .map((folder) => join(folder, 'node_modules'))
            .filter((path) => existsSync(path)),
        ];
  });
}

function ancestors(folder: string): string[] {
  const above = dirname(folder);
  return above === folder ? [folder] : [folder, ...ancestors(above)];
}

/** Each path as it is written and as it is without links; none that is inside another one: there are thousands of linked packages. */
function spellings(paths: readonly string[]): string[] {
  const sorted = [...new Set(paths.flatMap((path) => [path, realPath(path)]))].sort((a, b) => a.length - b.length);
  return sorted.filter((path, index) => !sorted.slice(0, index).some((folder) => isInside(path, folder)));
}

function realPath(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}
