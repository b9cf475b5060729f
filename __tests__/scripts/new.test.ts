import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));
const require = createRequire(import.meta.url);
const kinds = ['checker', 'agent', 'dataset', 'reporter'];
const copied = ['src', '__tests__', 'package.json', 'tsconfig.json', 'biome.json', 'vitest.config.ts'];

/** The file of a package's program; `node` runs it without a shell. */
function binOf(name: string, bin: string): string {
  const manifest = join(root, 'node_modules', name, 'package.json');
  return join(dirname(manifest), (require(manifest) as { bin: Record<string, string> }).bin[bin]!);
}

function create(folder: string, ...rest: string[]): { status: number | null; stderr: string } {
  return spawnSync(process.execPath, [join(root, 'scripts', 'new.mjs'), ...rest, `--root=${folder}`], { encoding: 'utf8' });
}

describe('npm run new', { timeout: 240_000 }, () => {
  let folder = '';
  const files = kinds.flatMap((kind) => [`src/${kind}s/brand-new.ts`, `__tests__/${kind}s/brand-new.test.ts`]);
  const program = (name: string, bin: string, ...rest: string[]) =>
    execFileSync(process.execPath, [binOf(name, bin), ...rest], { cwd: folder, encoding: 'utf8', env: { ...process.env, NO_COLOR: '1' } });

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'new-'));
    for (const name of copied) cpSync(join(root, name), join(folder, name), { recursive: true });
    symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'), 'junction');
    for (const kind of kinds) expect(create(folder, kind, 'brand-new')).toMatchObject({ status: 0, stderr: '' });
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it.each(kinds)('registers the %s, imports in order', (kind) => {
    const text = readFileSync(join(folder, 'src', `${kind}s`, 'registry.ts'), 'utf8');
    expect(text.match(/brandNew/g)).toHaveLength(2);
  });

  it('writes files that are formatted and clean', () => {
    const registries = kinds.map((kind) => `src/${kind}s/registry.ts`);
    expect(() => program('@biomejs/biome', 'biome', 'check', ...files, ...registries)).not.toThrow();
  });

  it('writes files that type-check', () => {
    // Beside one that does not, so that nothing to say is not the same as nothing seen.
    writeFileSync(join(folder, 'src/wrong.ts'), "import { rouge } from './checkers/rouge.ts';\n\nexport const wrong: number = rouge;\n");
    const program = fileURLToPath(new URL('./type-check-files.mjs', import.meta.url));
    const { stdout, stderr } = spawnSync(process.execPath, [program, ...files, 'src/wrong.ts'], { cwd: folder, encoding: 'utf8' });
    expect(stderr).toBe('');
    expect(stdout.match(/^\S+: error TS\d+/gm)).toEqual(['src/wrong.ts(3,14): error TS2322']);
  });

  it('writes tests that pass, and kinds that keep the contracts', () => {
    const contracts = ['__tests__/contract/checkers.test.ts', '__tests__/contract/reporters.test.ts'];
    const tests = files.filter((file) => file.endsWith('.test.ts'));
    expect(program('vitest', 'vitest', 'run', '-t', 'brand-new', ...tests, ...contracts)).toMatch(/Test Files {2}6 passed \(6\)/);
  });

  it('overwrites nothing, and says what it needs', () => {
    expect(create(folder, 'checker', 'brand-new')).toMatchObject({ status: 2, stderr: expect.stringContaining('exists already') });
    expect(create(folder, 'checker', 'Bad Name')).toMatchObject({ status: 2, stderr: expect.stringContaining('is not a name') });
    expect(create(folder, 'metric', 'x')).toMatchObject({ status: 2, stderr: expect.stringContaining('no template') });
  });
});
