// npm run new checker|agent|dataset|reporter NAME: writes the source file, the registry line and the test, all of which pass as they are.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { templates } from './new-templates.mjs';

const [kind = '', name = ''] = process.argv.slice(2);
const rootFlag = process.argv.find((argument) => argument.startsWith('--root='))?.slice('--root='.length);
const root = rootFlag ? resolve(rootFlag) : fileURLToPath(new URL('..', import.meta.url));

function fail(message) {
  process.stderr.write(`${message}\nusage: npm run new ${Object.keys(templates).join('|')} NAME, such as: npm run new checker polite-words\n`);
  process.exit(2);
}

if (!Object.hasOwn(templates, kind)) fail(`there is no template for "${kind}"`);
if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(name)) fail(`"${name}" is not a name: lower-case words, joined by "-"`);

const folder = `${kind}s`;
const symbol = name.replaceAll(/-([a-z0-9])/g, (_, letter) => letter.toUpperCase());
const registry = join(root, 'src', folder, 'registry.ts');
const files = {
  [join(root, 'src', folder, `${name}.ts`)]: templates[kind].source(name, symbol),
  [join(root, '__tests__', folder, `${name}.test.ts`)]: templates[kind].test(name, symbol),
};
const taken = Object.keys(files).filter((path) => existsSync(path));
if (taken.length > 0) fail(`${taken.join(', ')} exists already; nothing was written`);

for (const [path, text] of Object.entries(files)) {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
  process.stdout.write(`  wrote ${path}\n`);
}
writeFileSync(registry, withEntry(readFileSync(registry, 'utf8')));
process.stdout.write(`  added a line to ${registry}\n${templates[kind].next}\n`);

/** The import in its alphabetical place, and the definition as the last entry. */
function withEntry(text) {
  const lines = text.split('\n');
  const line = `import { ${symbol} } from './${name}.ts';`;
  const place = lines.findIndex((other) => /^import (type )?\{.*from '\.\//.test(other) && sourceOf(other) > sourceOf(line));
  const lastImport = lines.findLastIndex((other) => other.startsWith('import '));
  lines.splice(place === -1 ? lastImport + 1 : place, 0, line);
  const joined = lines.join('\n');
  const end = joined.lastIndexOf(']');
  const before = joined.slice(0, end).trimEnd();
  const isLong = before.endsWith(',');
  return isLong ? `${before}\n  ${symbol},\n${joined.slice(end)}` : `${before}, ${symbol}${joined.slice(end)}`;
}

function sourceOf(line) {
  return /from '(.*)'/.exec(line)?.[1] ?? '';
}
