// Compiles src/ to lib/ and bundles one folder of dist/ per face. Same sources, same bytes.
// --compile-only stops at lib/; --bundle=cli,post bundles these of the lib/ that is there.
import { execFileSync, spawn } from 'node:child_process';
import { chmodSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const require = createRequire(import.meta.url);
const faces = [
  { entry: 'lib/action/main.js', out: 'dist/action' },
  { entry: 'lib/action/post.js', out: 'dist/post' },
  { entry: 'lib/cli/main.js', out: 'dist/cli' },
  { entry: 'lib/index.js', out: 'dist/library' },
];
/** What one processor bundles, and what another: half of the work each. */
const halves = [
  ['action', 'post'],
  ['cli', 'library'],
];

/**
 * Parts of packages that nothing here calls, and that have no place in a process with secrets: the artifact client's way of unpacking
 * archives to disk, whose packages are old and one of which has no licence. `src/github/unzip.ts` reads archives.
 */
const notBundled = { 'unzip-stream': './not-bundled.js' };
const notBundledModule =
  'const refuse = (_, name) => {\n  throw new Error(`${String(name)} is part of a package that is not bundled`);\n};\nexport default new Proxy({}, { get: refuse });\n';

function compile() {
  rmSync(join(root, 'lib'), { recursive: true, force: true });
  execFileSync(process.execPath, [require.resolve('typescript/bin/tsc'), '-p', 'tsconfig.build.json'], { cwd: root, stdio: 'inherit' });
}

/** ncc shortens the entry only. Names of functions and classes stay, so that a stack trace in a bug report can be read. */
async function shorten(name, source) {
  const { minify } = await import('rolldown/experimental');
  const keepNames = { function: true, class: true };
  const { code, errors } = await minify(name, source, { module: true, compress: { keepNames }, mangle: { keepNames } });
  if (errors.length > 0) throw new Error(`${name} cannot be shortened: ${errors[0].message}`);
  return toAscii(await compiledAtOnce(code));
}

/**
 * ncc makes each module an arrow function in a mapping. The V8 of Node 20 compiles an arrow function only when it is called,
 * after it has read it once to find its end; a function in parentheses it compiles in the first reading. Modules are
 * called as soon as they are loaded: this is a tenth of what a short command takes.
 */
async function compiledAtOnce(code) {
  const { parseAst } = await import('rolldown/parseAst');
  const wrappers = parseAst(code)
    .body.flatMap((statement) => (statement.declaration ?? statement).declarations ?? [])
    .flatMap(({ init }) => (init?.type === 'ObjectExpression' ? init.properties : []))
    .filter(({ key, value }) => typeof key?.value === 'number' && value.type === 'ArrowFunctionExpression')
    .map(({ value }) => value)
    .filter(({ start, async, body }) => code[start - 1] === '(' && !async && body.type === 'BlockStatement');
  let result = code;
  for (const { start, params, body } of wrappers.reverse()) {
    result = `${result.slice(0, start)}function(${params.map(({ name }) => name).join(',')})${result.slice(body.start)}`;
  }
  return result;
}

/**
 * V8 keeps the text of a module as long as it runs, at two bytes a character once a single one is outside Latin-1. An escape
 * means the same in strings, patterns and templates; a backslash before such a character said nothing and goes. In a name a
 * character must be one escape, of a form that a pattern would not understand.
 */
async function toAscii(code) {
  const odd = /[^\0-\x7f]/;
  const { parseAst } = await import('rolldown/parseAst');
  const nodes = odd.test(code) ? nodesIn(parseAst(code)) : [];
  const tagged = nodes.find(({ type, quasi }) => type === 'TaggedTemplateExpression' && quasi.quasis.some(({ value }) => odd.test(value.raw)));
  if (tagged) throw new Error(`a tag sees escapes where characters are: ${code.slice(tagged.start, tagged.end).slice(0, 200)}`);
  const names = new Map(nodes.filter(({ type, name }) => type.endsWith('Identifier') && odd.test(name)).map((node) => [node.start, node]));
  const pieces = [];
  let from = 0;
  for (const { start, end } of [...names.values()].toSorted((a, b) => a.start - b.start)) {
    const name = code.slice(start, end).replace(/[^\0-\x7f]/gu, (character) => `\\u{${character.codePointAt(0).toString(16)}}`);
    pieces.push(code.slice(from, start), name);
    from = end;
  }
  const text = pieces.join('') + code.slice(from);
  return text.replace(/(\\*)([^\0-\x7f])/g, (_, slashes, character) => {
    const kept = slashes.length % 2 === 0 ? slashes : slashes.slice(1);
    return `${kept}\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
  });
}

/** Every node of a syntax tree, the root included. */
function nodesIn(value, nodes = []) {
  if (value === null || typeof value !== 'object') return nodes;
  if (typeof value.type === 'string') nodes.push(value);
  for (const key in value) nodesIn(value[key], nodes);
  return nodes;
}

/** What cannot be read must not be built. */
function refuseBroken(files) {
  const program =
    "const { SourceTextModule } = require('node:vm'); for (const identifier of process.argv.slice(1)) new SourceTextModule(require('node:fs').readFileSync(identifier, 'utf8'), { identifier });";
  execFileSync(process.execPath, ['--no-warnings', '--experimental-vm-modules', '-e', program, ...files], { stdio: 'inherit' });
}

async function bundle({ entry, out }) {
  const ncc = require('@vercel/ncc');
  const { code, assets } = await ncc(join(root, entry), {
    license: 'licenses.txt',
    externals: notBundled,
    quiet: true,
    cache: false,
    minify: false,
    esm: true,
  });
  const folder = join(root, out);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'index.js'), await shorten('index.js', code));
  for (const [name, { source }] of Object.entries(assets)) {
    mkdirSync(join(folder, name, '..'), { recursive: true });
    writeFileSync(join(folder, name), /\.m?js$/.test(name) ? await shorten(name, String(source)) : source);
  }
  writeFileSync(join(folder, 'package.json'), '{"type":"module"}\n');
  const usesLeftOut = readdirSync(folder).some(
    (name) => name.endsWith('.js') && readFileSync(join(folder, name), 'utf8').includes('./not-bundled.js'),
  );
  if (usesLeftOut) writeFileSync(join(folder, 'not-bundled.js'), notBundledModule);
  refuseBroken(
    readdirSync(folder)
      .filter((name) => /\.m?js$/.test(name))
      .map((name) => join(folder, name)),
  );
  return folder;
}

/** @throws Error when one of them fails; both have ended then. */
async function bundleSideBySide() {
  const ends = halves.map((names) => {
    const child = spawn(process.execPath, [fileURLToPath(import.meta.url), `--bundle=${names.join(',')}`], { cwd: root, stdio: 'inherit' });
    return new Promise((resolve, reject) => child.on('error', reject).on('close', resolve));
  });
  const codes = await Promise.all(ends);
  if (codes.some((code) => code !== 0))
    throw new Error(`the bundles could not be made: ${halves.filter((_, index) => codes[index] !== 0).join(' and ')}`);
}

async function bundleAndTell(face) {
  rmSync(join(root, face.out), { recursive: true, force: true });
  const folder = await bundle(face);
  if (face.out === 'dist/library') (await import('./declarations.mjs')).writeDeclarations(join(folder, 'index.d.ts'));
  if (face.out === 'dist/cli') chmodSync(join(folder, 'index.js'), 0o755);
  const bytes = readdirSync(folder).reduce((sum, name) => sum + readFileSync(join(folder, name)).length, 0);
  const entryBytes = readFileSync(join(folder, 'index.js')).length;
  process.stdout.write(
    `${face.out}: ${readdirSync(folder).length} files, ${(bytes / 1e6).toFixed(1)} MB, entry ${(entryBytes / 1e3).toFixed(0)} kB\n`,
  );
}

const named = process.argv
  .find((argument) => argument.startsWith('--bundle='))
  ?.slice('--bundle='.length)
  .split(',');
if (named) {
  for (const face of faces.filter(({ out }) => named.includes(out.slice('dist/'.length)))) await bundleAndTell(face);
} else {
  compile();
  if (!process.argv.includes('--compile-only')) await bundleSideBySide();
}
