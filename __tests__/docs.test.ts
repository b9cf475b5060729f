import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { agents } from '../src/agents/registry.ts';
import { checkers } from '../src/checkers/registry.ts';
import { commands } from '../src/cli/args.ts';
import { datasets } from '../src/datasets/registry.ts';
import { ExitCode } from '../src/errors.ts';
import { reporters } from '../src/reporters/registry.ts';
import { sourceFiles, sourceFolders } from './helpers/source-tree.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const read = (file: string): string => readFileSync(join(root, file), 'utf8');
const inFolder = (folder: string): string[] => readdirSync(join(root, folder)).map((name) => `${folder}/${name}`);
const documents = [
  ...['README.md', 'CONTRIBUTING.md', 'SECURITY.md', 'CHANGELOG.md'],
  ...[...inFolder('docs'), ...inFolder('docs/adr')].filter((file) => file.endsWith('.md')),
  ...readdirSync(join(root, 'examples')).map((name) => `examples/${name}/README.md`),
];
/** What a command of the user's makes, or what is installed or built. */
const elsewhere = /^(\.agent-regress|path\/to|checks|samples|dist|lib|node_modules)\//;

/** Paths of the repository in backticks outside code blocks and generated tables, such as `src/errors.ts` or `__tests__/contract/`. */
function namedPaths(text: string): string[] {
  const prose = text.replaceAll(/<!-- generated[\s\S]*?<!-- end -->/g, '').replaceAll(/```[\s\S]*?```/g, '');
  const names = [...prose.matchAll(/`([\w.@-]+(?:\/[\w.*@-]+)*\/?)`/g)].map((match) => match[1] ?? '');
  return names.filter((name) => name.includes('/') && /^(src|__tests__|docs|scripts|examples|schemas|bench|\.github)\//.test(name));
}

/** Targets of links inside the repository. */
function links(file: string, text: string): string[] {
  const targets = [...text.matchAll(/\]\(([^)\s]+)\)/g)].map((match) => match[1] ?? '');
  return targets
    .filter((target) => !/^(https?:|mailto:|#|link)/.test(target))
    .map((target) => normalize(join(dirname(file), target.split('#')[0] ?? '')));
}

describe.each(documents)('%s', (file) => {
  it('names only files that exist', () => {
    const text = read(file);
    const missing = [...namedPaths(text), ...links(file, text)].filter((path) => !elsewhere.test(path) && !existsSync(join(root, path)));
    expect(missing).toEqual([]);
  });

  it('names no machine, and has lines that a person can read', () => {
    expect(read(file)).not.toMatch(/\/(home|Users|root|work)\/|\/tmp\//);
  });
});

describe('the layout in docs/architecture.md', () => {
  const block = /```layout\n([\s\S]*?)```/.exec(read('docs/architecture.md'))?.[1] ?? '';
  const lines = block.split('\n').flatMap((line) => {
    const [, folder = '', about = ''] = /^ {2}(\S+\/|\.) +(.+)$/.exec(line) ?? [];
    return folder === '' ? [] : [{ folder: folder === '.' ? '' : folder, about }];
  });

  it('has every folder of src and no other', () => {
    expect(
      lines
        .map(({ folder }) => folder)
        .filter((folder) => folder !== '')
        .sort(),
    ).toEqual(sourceFolders(root));
  });

  it('names only files that are in their folder', () => {
    const files = sourceFiles(root);
    const named = lines.flatMap(({ folder, about }) => [...about.matchAll(/[\w-]+\.ts\b/g)].map((match) => `src/${folder}${match[0]}`));
    expect(named.filter((file) => !files.includes(file))).toEqual([]);
    expect(named.length).toBeGreaterThan(10);
  });
});

describe('README.md', () => {
  const readme = read('README.md');

  it('opens with the two commands that matter', () => {
    const block = /```sh\n([\s\S]*?)```/.exec(readme)?.[1] ?? '';
    expect(
      block
        .trim()
        .split('\n')
        .map((line) => line.replace(/\s+#.*$/, '')),
    ).toEqual(['node dist/cli/index.js demo', 'npm ci && npm test']);
    expect(readme.indexOf('```sh')).toBeLessThan(700);
  });

  it('shows every agent, checker, format, reporter and command', () => {
    for (const type of [...agents.types, ...checkers.types, ...datasets.types, ...reporters.types])
      expect(readme).toMatch(new RegExp(`\\| \`${type}\` +\\|`));
    for (const name of Object.keys(commands)) expect(readme).toMatch(new RegExp(`\\| \`${name}[ \`]`));
  });

  it('gh-73 shows every input and output of action.yml', () => {
    const { inputs, outputs } = parse(read('action.yml')) as { inputs: object; outputs: object };
    for (const name of [...Object.keys(inputs), ...Object.keys(outputs)]) expect(readme).toMatch(new RegExp(`\\| \`${name}\` +\\|`));
  });

  it('shows every exit code', () => {
    const table = readme.slice(readme.indexOf('| exit code |'));
    for (const code of Object.values(ExitCode)) expect(table).toMatch(new RegExp(`^\\|[^|]*\\b${code}\\b[^|]*\\|`, 'm'));
  });

  it('calls nothing missing that is there', () => {
    const isMerging = !/case 'merge':\s*throw/.test(read('src/action/run-action.ts'));
    expect(/Not there yet:[\s\S]*`mode: merge`/.test(readme)).toBe(!isMerging);
    expect(/Not there yet:[\s\S]*ask a judge model/.test(readme)).toBe(!checkers.types.some((type) => type.includes('judge')));
    expect(/Not there yet:[\s\S]*use as a library/.test(readme)).toBe(!existsSync(join(root, 'src/index.ts')));
  });

  it('shows configs that the checkers, agents and formats of today accept', () => {
    const configs = [...readme.matchAll(/```yaml\n(suite:[\s\S]*?)```/g)].map((match) => parse(match[1] ?? ''));
    expect(configs.length).toBeGreaterThan(0);
    for (const config of configs) {
      const { type, ...options } = config.agent;
      expect(agents.get(type).options.safeParse(options).error?.issues ?? []).toEqual([]);
      for (const { type: checker, required: _, ...own } of config.checkers) expect(checkers.get(checker).options.safeParse(own).success).toBe(true);
    }
  });
});

describe('docs/dependencies.md', () => {
  it('has a line for every package, and for no other', () => {
    const { dependencies } = JSON.parse(read('package.json')) as { dependencies: Record<string, string> };
    const named = [...read('docs/dependencies.md').matchAll(/^\| `([^`]+)` +\|/gm)].map((match) => match[1]);
    expect(named).toEqual(Object.keys(dependencies).sort());
  });
});
