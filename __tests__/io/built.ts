import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import ts from 'typescript';

/**
 * The sources as JavaScript that a real child process can run, without a type check, inside `node_modules` so that
 * packages are found. Delete it after use.
 */
export function buildSources(name: string): { folder: string; remove(): void } {
  const folder = join('node_modules', '.cache', `${name}-${process.pid}`);
  const stages = ['records', 'run', 'io', 'agents', 'checkers', 'users', 'pipeline'];
  for (const entry of readdirSync('src', { recursive: true, withFileTypes: true })) {
    const file = join(entry.parentPath, entry.name);
    const [, stage = ''] = file.split('/');
    if (!entry.isFile() || !file.endsWith('.ts') || !(stage.endsWith('.ts') || stages.includes(stage))) continue;
    const { outputText } = ts.transpileModule(readFileSync(file, 'utf8'), {
      compilerOptions: {
        module: ts.ModuleKind.ESNext,
        target: ts.ScriptTarget.ES2022,
        rewriteRelativeImportExtensions: true,
        verbatimModuleSyntax: true,
      },
    });
    const target = join(folder, file.replace(/^src/, '').replace(/\.ts$/, '.js'));
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, outputText);
  }
  writeFileSync(join(folder, 'package.json'), '{"type":"module"}');
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}
