import { posix, win32 } from 'node:path';
import { describe, expect, it } from 'vitest';
import { repositoryPath, sampleUrl } from '../../src/pipeline/report-on-github.ts';

const everywhere = () => true;
const onWindows = (file: string, cwd = 'D:\\a\\repo\\repo', exists: (path: string) => boolean = everywhere) =>
  repositoryPath({ workspace: 'D:\\a\\repo\\repo', cwd }, file, { path: win32, exists });
const onLinux = (file: string, cwd = '/home/runner/work/my repo') =>
  repositoryPath({ workspace: '/home/runner/work/my repo', cwd }, file, { path: posix, exists: everywhere });

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
});

it('links to the line of a sample with every odd character encoded', () => {
  const context = {
    workspace: process.cwd(),
    cwd: process.cwd(),
    event: { serverUrl: 'https://ghe.corp', owner: 'o', repo: 'r', headSha: 'f'.repeat(40) },
  };
  const url = sampleUrl(context as unknown as Parameters<typeof sampleUrl>[0], 'package.json', 3);
  expect(url).toBe(`https://ghe.corp/o/r/blob/${'f'.repeat(40)}/package.json#L3`);
});
