import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

/**
 * Commit and ref of the checkout around a folder, read from its files: no git program is needed.
 * `undefined` outside a repository or before its first commit.
 */
export function readGit(from: string): { sha?: string; ref?: string } | undefined {
  const gitDir = findGitDir(resolve(from));
  if (gitDir === undefined) return undefined;
  try {
    const head = readFileSync(join(gitDir, 'HEAD'), 'utf8').trim();
    const ref = /^ref: (\S+)$/.exec(head)?.[1];
    if (ref === undefined) return /^[0-9a-f]{40,64}$/.test(head) ? { sha: head } : undefined;
    const sha = shaOf(gitDir, ref);
    return sha === undefined ? { ref } : { sha, ref };
  } catch {
    return undefined; // an unreadable repository only costs the note in the run log
  }
}

function findGitDir(folder: string): string | undefined {
  const path = join(folder, '.git');
  if (existsSync(path)) {
    if (statSync(path).isDirectory()) return path;
    const target = /^gitdir: (.+)$/m.exec(readFileSync(path, 'utf8'))?.[1]; // a worktree or submodule
    return target === undefined ? undefined : resolve(folder, target);
  }
  return dirname(folder) === folder ? undefined : findGitDir(dirname(folder));
}

function shaOf(gitDir: string, ref: string): string | undefined {
  const common = join(gitDir, 'commondir');
  const shared = existsSync(common) ? resolve(gitDir, readFileSync(common, 'utf8').trim()) : gitDir;
  for (const folder of [gitDir, shared]) {
    const loose = join(folder, ref);
    if (existsSync(loose)) return readFileSync(loose, 'utf8').trim();
  }
  const packed = join(shared, 'packed-refs');
  if (!existsSync(packed)) return undefined;
  const line = readFileSync(packed, 'utf8')
    .split('\n')
    .find((entry) => entry.endsWith(` ${ref}`));
  return line?.slice(0, line.indexOf(' '));
}
