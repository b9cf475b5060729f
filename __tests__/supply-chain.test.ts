import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));
const read = (file: string): string => readFileSync(join(root, file), 'utf8');
const { dependencies, devDependencies } = JSON.parse(read('package.json')) as Record<'dependencies' | 'devDependencies', Record<string, string>>;
interface LockedPackage {
  dev?: boolean;
  optional?: boolean;
  integrity?: string;
  resolved?: string;
  hasInstallScript?: boolean;
}
const { packages } = JSON.parse(read('package-lock.json')) as { packages: Record<string, LockedPackage> };
const locked = Object.entries(packages).filter(([path]) => path !== '');
const faces = readdirSync(join(root, 'dist')).filter((name) => existsSync(join(root, 'dist', name, 'licenses.txt')));

/** Licences that ask for no more than their own text to be kept. */
const permissive = /^\(?(MIT|MIT\/X11|ISC|0BSD|BSD-[23]-Clause|Apache-2\.0|BlueOak-1\.0\.0|Unlicense|Python-2\.0)( (AND|OR) [\w.-]+)?\)?$/;

describe('T33 the packages that are bundled', () => {
  it('are at most 20, each of one exact version, with the reason in docs/dependencies.md', () => {
    const names = Object.keys(dependencies);
    expect(names.length).toBeLessThanOrEqual(20);
    expect(Object.values({ ...dependencies, ...devDependencies }).filter((version) => !/^\d+\.\d+\.\d+$/.test(version))).toEqual([]);
    const reasons = [...read('docs/dependencies.md').matchAll(/^\| `([^`]+)` +\| (\S.*?) +\| \S/gm)].map(([, name]) => name);
    expect(reasons.sort()).toEqual([...names].sort());
  });

  it('are locked by their content, and none runs a script when it is installed', () => {
    // What npm could not see on the machine that wrote the lock are tools for other machines.
    expect(locked.filter(([, { integrity, dev, optional }]) => !integrity?.startsWith('sha512-') && !(dev && optional))).toEqual([]);
    expect(locked.filter(([, { hasInstallScript }]) => hasInstallScript)).toEqual([]);
    expect(locked.filter(([, { resolved }]) => resolved !== undefined)).toEqual([]);
    expect(read('.npmrc')).toMatch(/^ignore-scripts=true$/m);
  });

  it.each(faces)('may be given away, and their licences go with them: dist/%s', (face) => {
    const names = new Set(locked.map(([path]) => path.replace(/^.*node_modules\//, '')));
    const blocks = read(`dist/${face}/licenses.txt`).split(/\n\n(?=(?:@[\w.-]+\/)?[\w.-]+\n)/);
    const bundled = blocks.map((block) => block.split('\n')).filter(([name = '']) => names.has(name));
    expect(bundled.length).toBeGreaterThan(face === 'post' ? 0 : 5);
    expect(bundled.filter(([, licence = '']) => !permissive.test(licence)).map(([name]) => name)).toEqual([]);
  });
});

describe('T33 what installs packages', () => {
  const files = [
    '.ci/run',
    ...readdirSync(join(root, '.github/workflows')).map((name) => `.github/workflows/${name}`),
    'scripts/install-peers.mjs',
    'scripts/act.mjs',
  ];

  it.each(files)('lets none of them run a script: %s', (file) => {
    const lines = read(file)
      .split('\n')
      .filter((line) => /npm['", [\]]+(ci|install)\b/.test(line) && !/^\s*(\/\/|#|\*)/.test(line) && !/echo/.test(line.split('npm')[0] ?? ''));
    expect(lines.filter((line) => !line.includes('--ignore-scripts'))).toEqual([]);
  });

  it('is no part of the bundle: the action installs and downloads nothing to run', () => {
    const action = read('action.yml');
    expect(action).toMatch(/using: node24/);
    expect(action).not.toMatch(/using: (composite|docker)/);
  });
});

describe('T33 the bundle alone, without a network but the machine itself', () => {
  /** A network of its own, with nothing but the loopback interface; where the system gives none, the host's. */
  const isolated = spawnSync('unshare', ['-rn', 'sh', '-c', 'ip link set lo up']).status === 0;
  let folder = '';
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'agent-regress-offline-'));
    cpSync(join(root, 'dist'), join(folder, 'dist'), { recursive: true });
    writeFileSync(join(folder, 'agent.mjs'), agent);
    writeFileSync(join(folder, 'samples.jsonl'), '{"id":"a","input":"hi","expected":"echo: hi"}\n');
    writeFileSync(join(folder, 'agent-regress.json'), JSON.stringify(config));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const run = (script: string): string => {
    const inside = `${isolated ? 'ip link set lo up; ' : ''}${script}`;
    const [file = '', ...args] = [...(isolated ? ['unshare', '-rn'] : []), 'sh', '-ec', inside];
    return execFileSync(file, args, { cwd: folder, encoding: 'utf8', env: { PATH: process.env.PATH ?? '', HOME: folder, NODE: process.execPath } });
  };

  it('shows its demo', () => {
    expect(run('"$NODE" dist/cli/index.js demo --format json -q || test $? = 1')).toContain('"status": "regressed"');
  });

  it('asks an agent, compares and reports', () => {
    const commands = ['run -o base -q', 'run -o head -q -b base --format json'].map((args) => `"$NODE" dist/cli/index.js ${args}`);
    const output = run(`"$NODE" agent.mjs & server=$!; trap 'kill $server' EXIT; ${commands.join(' > first.txt; ')}`);
    expect(JSON.parse(output)).toMatchObject({ verdict: { exitCode: 0 }, outcomes: { pass: 3 } });
    expect(existsSync(join(folder, 'head', 'report.html'))).toBe(true);
  });

  it('is loaded by a program of its user', () => {
    const program = "import('./dist/library/index.js').then(({ evaluate }) => console.log(typeof evaluate))";
    expect(run(`"$NODE" -e "${program}"`)).toBe('function\n');
  });
});

const port = 20_000 + (process.pid % 20_000);
const agent = `import { createServer } from 'node:http';
createServer((request, response) => {
  let body = '';
  request.on('data', (text) => (body += text));
  request.on('end', () => response.end(JSON.stringify({ answer: 'echo: ' + JSON.parse(body).question })));
}).listen(${port}, '127.0.0.1');
`;
const config = {
  suite: 'bot',
  samples: 'samples.jsonl',
  agent: { type: 'http', url: `http://127.0.0.1:${port}/`, body: { question: '{{input}}' }, reply: { output: '/answer' } },
  checkers: [{ type: 'equals', value: '{{expected}}' }],
};
