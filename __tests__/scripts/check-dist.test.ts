import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** A small repository with the real check; its build writes what `source` says. */
describe('the check of dist/', () => {
  let folder = '';
  const git = (...args: string[]) =>
    execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@example.com', ...args], { cwd: folder, stdio: 'pipe' });
  const check = () => spawnSync(process.execPath, ['scripts/check-dist.mjs'], { cwd: folder, encoding: 'utf8' });
  const build = (files: Record<string, string>) => {
    const writes = Object.entries(files).map(([name, text]) => `writeFileSync('dist/${name}', ${JSON.stringify(text)});`);
    const start =
      "import { mkdirSync, rmSync, writeFileSync } from 'node:fs';\nrmSync('dist', { recursive: true, force: true });\nmkdirSync('dist');\n";
    writeFileSync(join(folder, 'scripts', 'build.mjs'), start + writes.join('\n'));
  };

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'check-dist-'));
    mkdirSync(join(folder, 'scripts'));
    cpSync(join(root, 'scripts', 'check-dist.mjs'), join(folder, 'scripts', 'check-dist.mjs'));
    cpSync(join(root, '.gitattributes'), join(folder, '.gitattributes'));
    build({ 'index.js': 'a\n', 'chunk.js': 'b\n' });
    execFileSync(process.execPath, ['scripts/build.mjs'], { cwd: folder });
    git('init', '-q');
    git('add', '.');
    git('commit', '-qm', 'first');
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('gh-74 is content when a rebuild leaves git status clean, and finds a changed, a new and a missing file', () => {
    expect(check()).toMatchObject({ status: 0, stdout: expect.stringContaining('byte-equal') });
    const changes: [Record<string, string>, string][] = [
      [{ 'index.js': 'a\n', 'chunk.js': 'c\n' }, ' M dist/chunk.js'],
      [{ 'index.js': 'a\n', 'chunk.js': 'b\n', 'new.js': 'n\n' }, '?? dist/new.js'],
      [{ 'index.js': 'a\n' }, ' D dist/chunk.js'],
    ];
    for (const [files, line] of changes) {
      build(files);
      expect(check()).toMatchObject({ status: 1, stderr: expect.stringContaining(line) });
    }
  });

  it('is part of the gate, on every change and on every release', () => {
    const gate = readFileSync(join(root, '.ci', 'run'), 'utf8');
    expect(gate).toMatch(/^built="[^"\n]*check:dist/m);
    expect(gate).toMatch(/^run_list \$built/m);
    expect(gate).toMatch(/^show_list \$built/m);
    for (const file of ['ci.yml', 'release.yml']) expect(readFileSync(join(root, '.github', 'workflows', file), 'utf8')).toContain('run: .ci/run');
  });
});
