// Fills the tables of README.md and docs/, between their markers, from the registries, action.yml, flags and tests. With --check it
// only says whether they are up to date (exit 1). Run `node scripts/build.mjs --compile-only` first; `npm run docs` does both.
import { execFileSync } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { markdownTable } from 'markdown-table';
import { parse, stringify } from 'yaml';
import { toJSONSchema } from 'zod/mini';
import { readTestItems } from './test-items.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const library = process.env.AGENT_REGRESS_LIB ?? `${root}lib/`;
const load = (path) => import(library + path);

const cell = (text) => String(text).replaceAll('|', '\\|').replaceAll('\n', ' ');
const code = (text) => (text === '' ? '' : `\`${cell(text)}\``);
const table = (head, rows) => markdownTable([head, ...rows], { alignDelimiters: false, padding: true });
const flow = (value) => stringify(value, { collectionStyle: 'flow', lineWidth: 0, flowCollectionPadding: false }).trim();

async function sections() {
  const [kinds, { projects }, { resultFormats }, { reporters }, { commands }, { overrideVariables }, { SuiteFile }] = await Promise.all([
    Promise.all([load('agents/registry.js'), load('checkers/registry.js'), load('datasets/registry.js')]),
    load('projects/registry.js'),
    load('importers/registry.js'),
    load('reporters/registry.js'),
    load('cli/args.js'),
    load('config/overrides.js'),
    load('config/suite-file.js'),
  ]);
  const { agents, checkers, datasets } = Object.assign({}, ...kinds);
  const action = parse(await readFile(`${root}action.yml`, 'utf8'));
  const soak = JSON.parse(await readFile(`${root}docs/soak.json`, 'utf8'));
  return {
    checkers: table(
      ['checker', 'what it decides', 'needs', 'example'],
      checkers.entries.map(({ type, summary, needs, example }) => [code(type), cell(summary), needs.join(', ') || '—', code(flow(example))]),
    ),
    agents: table(
      ['agent', 'what is asked', 'options'],
      agents.entries.map((agent) => [code(agent.type), cell(agent.summary), optionNames(agent.options)]),
    ),
    datasets: table(
      ['format', 'rows', 'file endings'],
      datasets.entries.map(({ type, summary, extensions }) => [code(type), cell(summary), extensions.map(code).join(' ')]),
    ),
    projects: table(
      ['`--from`', 'what it takes', 'read on'],
      projects.entries.map(({ type, summary }) => [code(type), cell(summary), `[from-${type}.md](docs/from-${type}.md)`]),
    ),
    'result-formats': table(
      ['format', 'result files', 'options of the export'],
      resultFormats.entries.map(({ type, summary, options }) => [code(type), cell(summary), optionNames(options) || '—']),
    ),
    reporters: table(
      ['format', 'what it is', 'file'],
      reporters.entries.map(({ type, summary, fileName }) => [code(type), cell(summary), fileName ? code(fileName) : '—']),
    ),
    commands: table(
      ['command', 'what it does'],
      Object.entries(commands).map(([name, { usage, summary }]) => [code(`${name} ${usage}`.trim()), cell(summary)]),
    ),
    inputs: table(
      ['input', 'default', 'what it is'],
      Object.entries(action.inputs).map(([name, input]) => [code(name), code(input.default), cell(input.description)]),
    ),
    outputs: table(
      ['output', 'what it is'],
      Object.entries(action.outputs).map(([name, output]) => [code(name), cell(output.description)]),
    ),
    config: table(['key', 'what it is'], optionRows(SuiteFile)),
    'agent-options': perKind(agents.entries),
    'checker-options': perKind(checkers.entries),
    variables: table(
      ['variable', 'overrides'],
      Object.entries(overrideVariables).map(([name, path]) => [code(name), code(path)]),
    ),
    'github-items': itemTable('gh-', 'item'),
    threats: itemTable('T', 'threat'),
    faults: itemTable('F', 'fault'),
    soak: soakTable(soak.rows),
    'soak-short': table(
      ['what was done', 'what came out'],
      soak.rows.map(({ what, measured }) => [cell(what), cell(measured)]),
    ),
  };
}

/** A checklist with the tests that show its items. */
const itemTable = (prefix, head) =>
  table(
    [head, 'what holds', 'shown by'],
    readTestItems(root, prefix).map(({ item, says, file }) => [item, cell(says), code(file)]),
  );

/** What `npm run soak` measured last. */
const soakTable = (rows) =>
  table(
    ['goal', 'what', 'wanted', 'measured', 'met'],
    rows.map(({ goal, what, wanted, measured, isMet }) => [goal, cell(what), cell(wanted), cell(measured), isMet ? 'yes' : '**no**']),
  );

/** As `npm run format` would leave it, so that the two never disagree. */
function formatted(file, text) {
  const biome = `${root}node_modules/@biomejs/biome/bin/biome`;
  return execFileSync(process.execPath, [biome, 'format', `--stdin-file-path=${file}`], { cwd: root, input: text, encoding: 'utf8' });
}

const propertiesOf = (schema) => {
  const json = toJSONSchema(schema, { io: 'input', unrepresentable: 'any' });
  const forms = json.anyOf ?? json.oneOf ?? [json];
  return Object.assign({}, ...forms.map((form) => form.properties ?? {}));
};

const optionNames = (schema) => Object.keys(propertiesOf(schema)).map(code).join(' ');

/** Keys with their descriptions; the keys of a mapping follow it, with a dot. */
function optionRows(schema) {
  const walk = (properties, prefix) =>
    Object.entries(properties).flatMap(([name, property]) => {
      const forms = [property, ...(property.anyOf ?? [])];
      const nested = forms.find((form) => form.properties)?.properties ?? {};
      const about = property.description ?? forms.find((form) => form.description)?.description ?? '';
      return [[code(prefix + name), cell(about)], ...walk(nested, `${prefix}${name}.`)];
    });
  return walk(propertiesOf(schema), '');
}

const perKind = (entries) =>
  entries.map(({ type, summary, options }) => `### ${type}\n\n${summary}.\n\n${table(['option', 'what it is'], optionRows(options))}`).join('\n\n');

const isCheck = process.argv.includes('--check');
const content = await sections();
const used = new Set();
for (const file of ['README.md', 'docs/config.md', 'docs/github.md', 'docs/projects.md', 'docs/reliability.md']) {
  const before = await readFile(root + file, 'utf8');
  const filled = before.replaceAll(/(<!-- generated: ([\w-]+) -->\n)[\s\S]*?(<!-- end -->)/g, (_, start, name, end) => {
    if (!Object.hasOwn(content, name)) throw new Error(`${file}: there is no table "${name}"; known: ${Object.keys(content).join(', ')}`);
    used.add(name);
    return `${start}\n${content[name]}\n\n${end}`;
  });
  const after = formatted(file, filled);
  if (after === before) continue;
  process.stdout.write(isCheck ? `${file} is not up to date: npm run docs\n` : `wrote ${file}\n`);
  if (isCheck) process.exitCode = 1;
  else await writeFile(root + file, after);
}
const unused = Object.keys(content).filter((name) => !used.has(name));
if (unused.length > 0) {
  process.stdout.write(`no document shows: ${unused.join(', ')}\n`);
  process.exitCode = 1;
}
