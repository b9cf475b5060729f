import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';

const script = fileURLToPath(new URL('../../scripts/simulate/run.mjs', import.meta.url));

function simulate(...flags: string[]): Promise<{ status: number | null; stdout: string; stderr: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [script, ...flags], { stdio: ['ignore', 'pipe', 'pipe'] });
    let [stdout, stderr] = ['', ''];
    child.stdout.on('data', (chunk) => {
      stdout += chunk;
    });
    child.stderr.on('data', (chunk) => {
      stderr += chunk;
    });
    child.on('error', reject);
    child.on('close', (status) => resolve({ status, stdout, stderr }));
  });
}

/** The lines of the measurements: the rest names seconds and the version of Node. */
const measurements = (stdout: string): string[] => stdout.split('\n').filter((line) => /^ {2}(ok|MISS|shown) /.test(line));

describe('npm run simulate', { timeout: 300_000 }, () => {
  test('finds that the decision meets its goals, in the short version', async () => {
    const { status, stdout } = await simulate('--quick');
    expect(stdout).toMatch(/All \d\d measurements meet their goals\./);
    expect(stdout).not.toContain('MISS ');
    expect(status).toBe(0);
    expect(measurements(stdout).every((line) => /\d\.\d\d ± \d+\.\d\d % {2}goal [≤≥] /.test(line))).toBe(true);
  });

  test('finds that "the mean dropped" gives false alarms, and finds the same with any number of workers', async () => {
    const flags = ['--rule', 'mean-dropped', '--goal', 'false-alarms', '--trials', '16'];
    const [one, two] = [await simulate(...flags, '--workers', '1'), await simulate(...flags, '--workers', '2')];
    expect(measurements(one.stdout).filter((line) => line.includes('MISS'))).toHaveLength(9);
    expect(one.status).toBe(1);
    expect(measurements(two.stdout)).toEqual(measurements(one.stdout));
  });

  test.each([
    [['--goal', 'speed'], /no goal "speed"; there are: false-alarms, /],
    [['--rule', 'luck'], /no rule "luck"; there are: product, /],
    [['--trials', '1'], /--trials: a whole number above 1/],
  ])('refuses %s', async (flags, message) => {
    const { status, stderr } = await simulate(...flags);
    expect(stderr).toMatch(message);
    expect(status).toBe(2);
  });
});
