import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { readSampleFiles } from '../../src/agents/parts/sample-files.ts';
import { compileSampleCheckers } from '../../src/checkers/compile.ts';
import { checkers } from '../../src/checkers/registry.ts';
import { readBytes, readBytesNow, readText, readTextUpTo } from '../../src/io/files.ts';
import { shortDigest } from '../../src/io/hash.ts';
import { readInside } from '../../src/io/inside.ts';
import { createWorkspace } from '../../src/io/workspace.ts';
import type { Sample } from '../../src/records/sample.ts';

const outer = realpathSync(mkdtempSync(join(tmpdir(), 'hostile-paths-')));
const folder = join(outer, 'project');
beforeAll(() => {
  mkdirSync(join(folder, 'sub'), { recursive: true });
  writeFileSync(join(outer, 'secret.json'), '{"type": "string"}');
  writeFileSync(join(folder, 'schema.json'), '{"type": "string"}');
  symlinkSync('../secret.json', join(folder, 'link.json'));
  symlinkSync('..', join(folder, 'up'));
  symlinkSync('round', join(folder, 'round'));
  execFileSync('mkfifo', [join(folder, 'pipe')]);
});

/** What a path of a sample must not lead to. */
const paths = [
  '../secret.json',
  'sub/../../secret.json',
  'link.json',
  'up/secret.json',
  'round',
  'sub',
  '.',
  '',
  'pipe',
  'missing',
  'a\0b',
  `${'n/'.repeat(3000)}x`,
];
const absolute = () => [join(outer, 'secret.json'), '/dev/zero', '/dev/null', '/proc/self/environ'];

describe('T26 a path that is data leads to regular files of its folder and nowhere else', () => {
  it('of a schema that a sample names for a checker', async () => {
    const ports = {
      baseDir: folder,
      modules: { call: async () => null },
      readInside: (at: string, path: string) => readInside(at, path, { maxBytes: 1e6, followsLinks: true }).toString('utf8'),
    };
    const compile = (path: string) => {
      const sample = { id: 's', file: 'f', line: 1, checkers: [{ type: 'json-schema', path }] } as unknown as Sample;
      return compileSampleCheckers(sample, checkers, ports as never, shortDigest);
    };
    expect(await compile('schema.json')).toHaveLength(1);
    for (const path of [...paths.slice(1), ...absolute()]) await expect(compile(path), path).rejects.toMatchObject({ code: 'checker-invalid' });
  });

  it('of the files that a sample sends', async () => {
    expect(await readSampleFiles(folder, ['schema.json'])).toHaveLength(1);
    for (const path of [...paths, ...absolute()]) await expect(readSampleFiles(folder, [path]), path).rejects.toMatchObject({ kind: 'agent-error' });
  });

  it('of the files that a sample puts into a workspace', async () => {
    const workspace = await createWorkspace();
    for (const path of ['../x', '/etc/x', 'C:\\x', 'a/../../x', '..\\x', 'a\0b', '', '.']) {
      await expect(workspace.putFile(path, 'x'), path).rejects.toThrow(/not a path inside/);
    }
    await workspace.remove();
  });

  it('and whoever reads a named pipe, a device or a folder in its place is told so and does not wait', async () => {
    for (const path of [join(folder, 'pipe'), join(folder, 'sub'), '/dev/zero']) {
      const refusal = { code: 'file-unreadable', message: expect.stringContaining('not a regular file') };
      await expect(readBytes(path, 100), path).rejects.toMatchObject(refusal);
      await expect(readText(path, 100), path).rejects.toMatchObject(refusal);
      await expect(readTextUpTo(path, 100), path).rejects.toThrow('not a regular file');
      expect(() => readBytesNow(path, 100), path).toThrow('not a regular file');
    }
  });
});
