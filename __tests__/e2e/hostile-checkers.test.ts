import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import * as hostile from '../fixtures/hostile/checkers.mjs';
import { pushRun } from '../github/stand-in/runs.ts';
import { artifactFiles } from '../github/stand-in/seed.ts';
import { findCanaries } from '../harness/canary.ts';
import { testNodes } from '../helpers/nodes.ts';
import { makeProject, type Project, runCli } from '../helpers/run-cli.ts';
import { logOf, openScenario } from './action-scenario.ts';

vi.setConfig({ testTimeout: 120_000 });

const fixture = (name: string) => fileURLToPath(new URL(`../fixtures/hostile/${name}`, import.meta.url));
const names = Object.keys(hostile).sort();
const wellBehaved = ['contains', 'own'];
/** What a checker says of itself is its own affair, however it comes to say so. */
const judgesItself = 'takeOver';

const env = (name: string) => `\${env:${name}}`;

const isAlive = (pid: number) => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

describe('checkers that attack the run', () => {
  let project: Project;
  beforeEach(() => {
    project = makeProject({
      'samples.jsonl': ['s1', 's2'].map((id) => ({ id, input: 'x', expected: 'yes' })),
      'recorded.jsonl': ['s1', 's2'].map((id) => ({ id, output: 'yes' })),
      'own.mjs': 'export default ({ output }) => ({ value: 0.75, pass: true, reason: output });',
    });
  });
  afterEach(() => project.remove());

  it('T22 no checker that loops, exits, crashes, takes all memory, prints or forges answers ends the run or changes another score', async () => {
    copyFileSync(fixture('checkers.mjs'), join(project.folder, 'checkers.mjs'));
    const granted = { childProcesses: true, write: ['.'] };
    const checkers = names.map((name) => {
      project.write(`attack-${name}.mjs`, `export { ${name} as default } from './checkers.mjs';`);
      const own = name === 'leaveBehind' ? { permissions: granted } : {};
      return { type: 'module', name, path: `attack-${name}.mjs`, timeoutMs: 1500, required: false, ...own };
    });
    project.write('agent-regress.json', {
      suite: 'bot',
      samples: 'samples.jsonl',
      agent: { type: 'replay', path: 'recorded.jsonl' },
      repeats: 1,
      concurrency: 2,
      baseline: 'none',
      checkers: [{ type: 'contains', value: 'yes' }, ...checkers, { type: 'module', name: 'own', path: 'own.mjs' }],
    });
    expect(names.length).toBeGreaterThanOrEqual(15);
    const { code, stderr } = await runCli(['run', '-o', 'out'], { cwd: project.folder });
    expect(code, stderr).toBe(0);
    const scores = project.records('out', 'score');
    for (const name of [...names, ...wellBehaved]) {
      const own = scores.filter(({ checker }) => checker === name);
      expect(own, name).toHaveLength(2);
      for (const score of own) {
        if (wellBehaved.includes(name)) expect(score, name).toMatchObject({ kind: 'scored', pass: true, value: name === 'own' ? 0.75 : 1 });
        else {
          if (name !== judgesItself) expect(score, name).toMatchObject({ kind: 'unscored' });
          expect(String(score.reason ?? '').length, name).toBeLessThan(600);
        }
      }
    }
    expect(project.records('out', 'done').map(({ outcome }) => outcome)).toEqual(['pass', 'pass']);
    const left = JSON.parse(project.read('left-behind.json')) as number[];
    // Killed with the group; the system takes them off its list a little later.
    await vi.waitFor(() => expect(left.filter(isAlive)).toEqual([]), { timeout: 5000 });
    expect(readFileSync(join(project.folder, 'out', 'run.jsonl')).length).toBeLessThan(200_000);
  });

  it('T22 a checker that kills the run ends it without a pass', async () => {
    project.write('murder.mjs', "export default () => { process.kill(process.ppid, 'SIGKILL'); return true; };");
    project.write('agent-regress.json', {
      suite: 'bot',
      samples: 'samples.jsonl',
      agent: { type: 'replay', path: 'recorded.jsonl' },
      baseline: 'none',
      checkers: [{ type: 'module', path: 'murder.mjs' }],
    });
    const { code } = await runCli(['run', '-o', 'out'], { cwd: project.folder });
    expect(code).toBe(137);
    expect(project.records('out', 'end')).toEqual([]);
  });
});

describe.each(testNodes())('a checker that steals, on $label', (node) => {
  it('T23 finds no token of the job, no key of the agent and nothing of the runner, neither in its environment nor in any process nor in files', async () => {
    const scenario = await openScenario({ node });
    try {
      const { github, workspace } = scenario;
      mkdirSync(join(workspace, 'checks'));
      mkdirSync(join(workspace, '.git'));
      copyFileSync(fixture('thief.mjs'), join(workspace, 'checks', 'thief.mjs'));
      const elsewhere = makeProject({ credentials: 'token=canary-5e1fab' });
      const sample = (id: string) => JSON.stringify({ id, input: 'x', metadata: { files: [join(elsewhere.folder, 'credentials')] } });
      writeFileSync(join(workspace, 'samples', 'refunds.jsonl'), `${sample('a')}\n`);
      const thief = { type: 'module', name: 'kept', path: 'checks/thief.mjs', required: false, timeoutMs: 60_000 };
      const suite = {
        suite: 'bot',
        samples: 'samples/*.jsonl',
        // A program with our rights can read the environment of the run, and tell it.
        agent: { type: 'command', command: ['sh', '-c', 'tr "\\0" "\\n" < /proc/$PPID/environ'], env: { AGENT_KEY: env('AGENT_KEY') } },
        repeats: 1,
        concurrency: 1,
        checkers: [{ type: 'contains', value: 'GITHUB_REPOSITORY=' }, thief, { ...thief, name: 'free', export: 'glance', permissions: 'all' }],
      };
      writeFileSync(join(workspace, 'agent-regress.yml'), JSON.stringify(suite));
      const event = pushRun(github);
      const canaries = {
        INPUT_OTHER: 'canary-1nput0',
        AWS_SECRET_ACCESS_KEY: 'canary-a3s0keyofthejob',
        NODE_OPTIONS: '--max-http-header-size=16384',
      };
      const run = await scenario.run(
        { ...event, runtimeToken: event.runtimeToken },
        { env: { AGENT_URL: scenario.agent.url, AGENT_KEY: 'canary-ag3ntkey', ...canaries } },
      );
      expect(run.exitCode, logOf(run)).toBe(0);
      const [artifact] = github.state.artifacts;
      const log = [...artifactFiles(artifact!)].find(([name]) => name.endsWith('run.jsonl'))?.[1].toString('utf8') ?? '';
      const scores = log
        .split('\n')
        .filter((line) => line.includes('"type":"score"'))
        .map((line) => JSON.parse(line) as Record<string, unknown>);
      const reasonOf = (name: string) => scores.find(({ checker }) => checker === name)?.reason;
      expect(reasonOf('kept')).toContain('nothing found');
      // The same thief without limits: the test would see a leak.
      expect(scores.find(({ checker }) => checker === 'free')).toMatchObject({ kind: 'scored', pass: false });
      const tokens = { token: event.token, runtime: event.runtimeToken, agent: 'canary-ag3ntkey', aws: canaries.AWS_SECRET_ACCESS_KEY };
      const canary = Object.entries(tokens).map(([name, value]) => ({ name, value }));
      const shown = run.stdout.replaceAll(/^::add-mask::.*$/gm, '');
      const files = github.state.artifacts.flatMap((stored) => [...artifactFiles(stored)]);
      const calls = JSON.stringify(github.writes().map(({ body }) => body));
      expect(findCanaries(canary, [['stdout', shown], ['stderr', run.stderr], ['summary', run.summary], ['calls', calls], ...files])).toEqual([]);
      elsewhere.remove();
    } finally {
      await scenario.close();
    }
  });
});
