import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testNodes } from '../helpers/nodes.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const require = createRequire(import.meta.url);
const isBuilt = existsSync(join(root, 'dist', 'library', 'index.js'));
if (!isBuilt) console.warn('skipped: dist/ has no built library. Run `npm run build` first.');

/** What a reader of docs/library.md would write, and what the types must refuse. */
const consumer = `import assert from 'node:assert/strict';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { type AgentCall, defineAgent, defineChecker, evaluate, ToolError } from 'agent-regress';

const cwd = mkdtempSync(join(tmpdir(), 'consumer-'));
const agent = defineAgent({ identity: 'echo', answer: async ({ input, signal }: AgentCall) => (signal.aborted ? '' : { output: String(input) }) });
const polite = defineChecker({ name: 'polite', version: 1, check: ({ output, sample }) => ({ value: output === sample.expected ? 1 : 0, reason: 'compared' }) });

test('the agent did not get worse', async () => {
  const result = await evaluate({ suite: 'bot', samples: [{ input: 'a', expected: 'a' }], agent, checkers: [polite, { type: 'equals' }], repeats: 2 }, { cwd });
  result.assertPass();
  const status: 'regressed' | 'improved' | 'no-change' | 'inconclusive' | 'no-baseline' = result.verdict.status;
  assert.equal(status, 'no-baseline');
  assert.equal(result.assessment.passRate, 1);
});

test('a mistake is a ToolError', async () => {
  // @ts-expect-error a suite needs samples
  await assert.rejects(evaluate({ suite: 'bot', agent, checkers: [polite] }, { cwd }), (error) => error instanceof ToolError && error.problems.length > 0);
  // @ts-expect-error a checker gives a number, not a text
  defineChecker(() => 'yes');
});
`;

describe.runIf(isBuilt)('the package, as another project installs it', { timeout: 180_000 }, () => {
  let folder = '';
  const run = (program: string, args: string[]) => {
    const { status, stdout, stderr } = spawnSync(program, args, { cwd: folder, encoding: 'utf8', env: { PATH: process.env.PATH, HOME: folder } });
    return { status, text: `${stdout}${stderr}` };
  };

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'library-package-'));
    const packed = spawnSync('npm', ['pack', '--pack-destination', folder, '--ignore-scripts'], { cwd: root, encoding: 'utf8' });
    const [tarball] = readdirSync(folder).filter((name) => name.endsWith('.tgz'));
    if (!tarball) throw new Error(packed.stderr);
    const target = join(folder, 'node_modules', 'agent-regress');
    mkdirSync(target, { recursive: true });
    expect(run('tar', ['-xzf', tarball, '-C', target, '--strip-components=1'])).toMatchObject({ status: 0 });
    writeFileSync(join(folder, 'package.json'), '{"type": "module"}');
    writeFileSync(join(folder, 'bot.test.ts'), consumer);
    const types = { typeRoots: [join(root, 'node_modules', '@types')], types: ['node'] };
    const options = { strict: true, module: 'nodenext', target: 'es2022', skipLibCheck: false, outDir: 'out', ...types };
    writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions: options, files: ['bot.test.ts'] }));
  }, 180_000);
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('has types that need nothing else, and refuse what is wrong', () => {
    expect(run(process.execPath, [require.resolve('typescript/bin/tsc'), '-p', '.'])).toEqual({ status: 0, text: '' });
  });

  it.each(testNodes())('works in node:test under $label, and leaves its process free to end', ({ path }) => {
    const { status, text } = run(path, ['--test', 'out/bot.test.js']);
    expect({ status, text: status === 0 ? '' : text }).toEqual({ status: 0, text: '' });
    expect(text).toMatch(/pass 2/);
  });

  it('loads little before it is called', () => {
    const entry = join(folder, 'node_modules', 'agent-regress', 'dist', 'library', 'index.js');
    expect(readFileSync(entry).length).toBeLessThan(150_000);
    const script = "await import('agent-regress'); console.log(process.getActiveResourcesInfo().join());";
    expect(run(process.execPath, ['--input-type=module', '-e', script])).toEqual({
      status: 0,
      text: expect.not.stringMatching(/Timeout|TCP|Process/),
    });
  });
});
