import { posix, win32 } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type RunnerFiles, repositoryPaths } from '../../src/pipeline/repository-path.ts';

const [merge, head, other] = ['a', 'b', 'c'].map((digit) => digit.repeat(40)) as [string, string, string];
const event = { sha: merge, headSha: head };
/** No checkout is told apart from the files around it. */
const isPlain = (path: string) => !path.endsWith('.git');
const plain = { list: () => [], commitOf: () => undefined };
const onWindows = (file: string, cwd = 'D:\\a\\repo\\repo', exists: (path: string) => boolean = () => true) => {
  const files: RunnerFiles = { ...plain, path: win32, exists: (path) => isPlain(path) && exists(path) };
  return repositoryPaths({ event, workspace: 'D:\\a\\repo\\repo', cwd }, files)(file);
};
const onLinux = (file: string, cwd = '/home/runner/work/my repo') =>
  repositoryPaths({ event, workspace: '/home/runner/work/my repo', cwd }, { ...plain, path: posix, exists: isPlain })(file);

describe('a dataset file, as the repository names it', () => {
  it.each([
    ['samples\\refunds.jsonl', 'samples/refunds.jsonl'],
    ['samples/refunds.jsonl', 'samples/refunds.jsonl'],
    ['D:\\a\\repo\\repo\\samples\\a b.jsonl', 'samples/a b.jsonl'],
    ['d:\\A\\Repo\\REPO\\samples\\x.jsonl', 'samples/x.jsonl'],
    ['..names\\x.jsonl', '..names/x.jsonl'],
    ['.\\samples\\..\\x.jsonl', 'x.jsonl'],
  ])('on Windows: %s', (file, expected) => {
    expect(onWindows(file)).toBe(expected);
  });

  it.each(['C:\\other\\x.jsonl', '..\\x.jsonl', '..', '.', '\\\\server\\share\\x.jsonl', 'D:\\a\\repo\\repository\\x.jsonl'])(
    'is none outside of it on Windows: %s',
    (file) => {
      expect(onWindows(file)).toBeUndefined();
    },
  );

  it('is looked for from the working directory first, then from the workspace', () => {
    const cwd = 'D:\\a\\repo\\repo\\agents\\support';
    expect(onWindows('samples\\x.jsonl', cwd)).toBe('agents/support/samples/x.jsonl');
    expect(onWindows('..\\shared\\x.jsonl', cwd)).toBe('agents/shared/x.jsonl');
    expect(onWindows('samples\\x.jsonl', cwd, (path) => !path.includes('support'))).toBe('samples/x.jsonl');
  });

  it('on Linux and macOS', () => {
    expect(onLinux('samples/x.jsonl')).toBe('samples/x.jsonl');
    expect(onLinux('back\\slash.jsonl')).toBe('back\\slash.jsonl');
    for (const outside of ['../x.jsonl', '/etc/passwd', '..', '/home/runner/work/my repo 2/x']) expect(onLinux(outside)).toBeUndefined();
  });

  it('is known by the commit of its checkout, wherever in the workspace that lies, and never is one of another repository', () => {
    const commits: Record<string, string> = { '/w/app': merge, '/w/evals': other, '/w/deep/er': head };
    const there = ['/w/app/a.jsonl', '/w/app/sub/a.jsonl', '/w/evals/e.jsonl', '/w/deep/er/d.jsonl', '/w/loose/l.jsonl'];
    const exists = (path: string) => there.includes(path) || (path.endsWith('/.git') && posix.dirname(path) in commits);
    const files: RunnerFiles = { path: posix, exists, list: () => ['app', 'evals', 'deep', 'loose'], commitOf: (folder) => commits[folder] };
    const from = (cwd: string) => repositoryPaths({ event, workspace: '/w', cwd }, files);
    expect(from('/w/app')('a.jsonl')).toBe('a.jsonl');
    // Datasets are named from the root of their repository.
    expect(from('/w')('sub/a.jsonl')).toBe('sub/a.jsonl');
    expect(from('/w')('app/sub/a.jsonl')).toBe('sub/a.jsonl');
    expect(from('/w/deep/er')('d.jsonl')).toBe('d.jsonl');
    expect(from('/w')('loose/l.jsonl')).toBe('loose/l.jsonl');
    for (const cwd of ['/w', '/w/evals']) expect(from(cwd)('e.jsonl')).toBeUndefined();
  });
});
