// Writes schemas/*.json from the compiled schemas; with --check only says whether they are up to date (exit 1).
// Run `npx tsc -p tsconfig.build.json` first.
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

const load = (path) => import(new URL(`../lib/${path}`, import.meta.url).href);
const [{ publishedSchemas }, { agents }, { checkers }, { datasets }, { resultFormats }] = await Promise.all([
  load('config/json-schema.js'),
  load('agents/registry.js'),
  load('checkers/registry.js'),
  load('datasets/registry.js'),
  load('importers/registry.js'),
]);

const folder = fileURLToPath(new URL('../schemas/', import.meta.url));
const isCheck = process.argv.includes('--check');
await mkdir(folder, { recursive: true });
for (const [name, schema] of Object.entries(publishedSchemas({ agents, checkers, resultFormats, datasetTypes: datasets.types }))) {
  const text = `${JSON.stringify(schema, null, 2)}\n`;
  const before = await readFile(folder + name, 'utf8').catch(() => undefined);
  if (before === text) continue;
  console.log(isCheck ? `schemas/${name} is not up to date: node scripts/generate-schemas.mjs` : `wrote schemas/${name}`);
  if (isCheck) process.exitCode = 1;
  else await writeFile(folder + name, text);
}
