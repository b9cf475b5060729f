import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));
const dist = process.env.AGENT_REGRESS_DIST ?? join(root, 'dist');
const isBuilt = existsSync(join(dist, 'cli', 'index.js'));
if (!isBuilt) console.warn('skipped: dist/ has no built command line. Run `npm run build` first.');

/** The workflows need GitHub: workflows.test.ts. */
const examples = readdirSync(join(root, 'examples')).filter((name) => name !== 'workflows');

/** What each example is about, as the last command's assessment must show it. */
const expected: Record<string, { status: string; rate: number; runs: string }> = {
  'command-agent': { status: 'no-baseline', rate: 1, runs: 'command-agent' },
  'csv-foreign-columns': { status: 'no-baseline', rate: 2 / 3, runs: 'csv-foreign-columns' },
  'from-adk': { status: 'no-baseline', rate: 1, runs: 'from-adk' },
  'from-agentbench': { status: 'regressed', rate: 0.5, runs: 'from-agentbench' },
  'from-agentloop': { status: 'regressed', rate: 0.5, runs: 'from-agentloop' },
  'from-benchkit': { status: 'no-baseline', rate: 2 / 3, runs: 'from-benchkit-check' },
  'gray-release': { status: 'regressed', rate: 0.5, runs: 'gray-release' },
  'http-agent': { status: 'no-baseline', rate: 1, runs: 'http-agent' },
  mcp: { status: 'no-baseline', rate: 1, runs: 'mcp' },
  'module-checker': { status: 'no-baseline', rate: 1, runs: 'module-checker' },
  'multi-turn': { status: 'no-baseline', rate: 1, runs: 'multi-turn' },
  'own-agent': { status: 'no-baseline', rate: 1, runs: 'own-agent' },
  'own-checker': { status: 'no-baseline', rate: 1, runs: 'own-checker' },
  'replay-regression': { status: 'regressed', rate: 0.5, runs: 'replay-regression' },
  'simulated-user': { status: 'no-baseline', rate: 1, runs: 'simulated-user' },
  verdict: { status: 'regressed', rate: 10 / 12, runs: 'verdict' },
};

/** The lines of the README's shell blocks, each with the exit code that its comment names. */
function commandsOf(example: string): { line: string; exitCode: number }[] {
  const readme = readFileSync(join(root, 'examples', example, 'README.md'), 'utf8');
  const blocks = [...readme.matchAll(/```sh\n([\s\S]*?)```/g)].map((match) => match[1] ?? '');
  const lines = blocks.flatMap((block) => block.split('\n')).filter((line) => line.trim() !== '');
  return lines.map((line) => ({ line, exitCode: Number(/# exit (\d+)$/.exec(line)?.[1] ?? 0) }));
}

describe.runIf(isBuilt)('the examples, run as their READMEs say', () => {
  let folder = '';
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'examples-'));
    cpSync(join(root, 'examples'), join(folder, 'examples'), { recursive: true });
    symlinkSync(dist, join(folder, 'dist'), 'junction');
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('are all expected here', () => {
    expect(Object.keys(expected).sort()).toEqual([...examples].sort());
  });

  it.each(examples)('%s', { timeout: 60_000 }, (example) => {
    const commands = commandsOf(example);
    expect(commands).not.toHaveLength(0);
    const env = { PATH: process.env.PATH, HOME: folder, TMPDIR: process.env.TMPDIR };
    for (const { line, exitCode } of commands) {
      const { status, stdout, stderr } = spawnSync(line, { cwd: folder, shell: true, env, encoding: 'utf8' });
      expect({ status, line, stderr: status === exitCode ? '' : stdout + stderr }).toEqual({ status: exitCode, line, stderr: '' });
    }
    const { status, rate, runs } = expected[example]!;
    const assessment = JSON.parse(readFileSync(join(folder, '.agent-regress', runs, 'assessment.json'), 'utf8'));
    expect(assessment.verdict.status).toBe(status);
    expect(assessment.suiteEffect?.rate ?? assessment.passRate).toBeCloseTo(rate, 9);
    expect(assessment.counts.errored).toBe(0);
  });

  it('have a README of at most eight lines, and no URL that leaves the machine', () => {
    for (const example of examples) {
      expect(
        readFileSync(join(root, 'examples', example, 'README.md'), 'utf8')
          .trim()
          .split('\n').length,
        example,
      ).toBeLessThanOrEqual(8);
      for (const { name, parentPath } of readdirSync(join(root, 'examples', example), { recursive: true, withFileTypes: true }).filter((entry) =>
        entry.isFile(),
      )) {
        const hosts = [...readFileSync(join(parentPath, name), 'utf8').matchAll(/https?:\/\/([^/\s:"'`]+)/g)].map((match) => match[1]);
        for (const host of hosts) expect(['127.0.0.1', 'localhost'], `${example}/${name}`).toContain(host);
      }
    }
  });
});
