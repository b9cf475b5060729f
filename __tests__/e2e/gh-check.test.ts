import { mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { type JobContext, mergeGroupRun, pullRequestRun, pushRun } from '../github/stand-in/runs.ts';
import { ownChecks } from '../github/stand-in/seed.ts';
import type { CheckRun } from '../github/stand-in/state.ts';
import type { ActionRun } from '../helpers/run-action.ts';
import { config, isBuilt, logOf, openScenario, questionOf, type Scenario, sampleCount, sampleFile } from './action-scenario.ts';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 180_000 });

const numbers = Array.from({ length: sampleCount }, (_, index) => index + 1);

describe.skipIf(!isBuilt)('the check runs of runs that end in different ways', () => {
  let scenario: Scenario;
  let whenFirstAsked: Partial<CheckRun>[] = [];
  const ends: Record<string, { run: ActionRun; checks: CheckRun[] }> = {};

  beforeAll(async () => {
    scenario = await openScenario();
    const { github, agent, workspace } = scenario;
    const end = async (name: string, event: JobContext = pullRequestRun(github), inputs: Record<string, string> = {}) => {
      const known = ownChecks(github).length;
      const run = await scenario.run(event, { inputs });
      ends[name] = { run, checks: ownChecks(github).slice(known) };
    };
    const asked = agent.arrived(1).then(() => {
      whenFirstAsked = ownChecks(github).map(({ status, conclusion, name }) => ({ status, conclusion, name }));
    });
    await end('no baseline', pushRun(github));
    await asked;
    const change = pullRequestRun(github);
    await end('no change', change);
    await end('merge queue', mergeGroupRun(github, { pull: change.pull }));
    scenario.breakSamples(...numbers);
    await end('regressed');
    await end('regressed, warned only', pullRequestRun(github), { 'fail-on': 'never' });
    for (const n of numbers) agent.behaviours[questionOf(n)] = { statuses: Array<number>(999).fill(400) };
    await end('every call an error');
    await end('every call an error, warned only', pullRequestRun(github), { 'fail-on': 'never' });
    await writeFile(join(workspace, sampleFile), '');
    await end('no sample', pullRequestRun(github), { 'fail-on': 'never' });
    await writeFile(join(workspace, 'agent-regress.yml'), config.replace(/type: http[\s\S]*?repeats/, 'type: module\n  path: missing.mjs\nrepeats'));
    await end('no agent');
  });
  afterAll(() => scenario.close());

  it('gh-49 is in progress before the first sample is asked', () => {
    expect(whenFirstAsked).toEqual([{ status: 'in_progress', conclusion: null, name: 'agent-regress / support-bot' }]);
  });

  it('gh-50 is completed after a good run, a bad one and one that broke', () => {
    for (const [name, { run, checks }] of Object.entries(ends)) {
      for (const check of checks) expect(check, `${name}\n${logOf(run)}`).toMatchObject({ status: 'completed', completedAt: expect.any(String) });
    }
    expect(Object.keys(ends).filter((name) => ends[name]!.checks.length !== 1)).toEqual(
      ['no sample', 'no agent'].filter((name) => ends[name]!.checks.length === 0),
    );
  });

  it('gh-51 has the same name every time', () => {
    const names = Object.values(ends).flatMap(({ checks }) => checks.map(({ name }) => name));
    expect(new Set(names)).toEqual(new Set(['agent-regress / support-bot']));
  });

  it('gh-55 is red exactly when the step is, grey when nobody can tell, and never green or grey when nothing was measured', () => {
    const told = Object.entries(ends).map(([name, { run, checks }]) => [name, checks.at(-1)?.conclusion, run.exitCode]);
    expect(told).toEqual([
      ['no baseline', 'neutral', 0],
      ['no change', 'success', 0],
      ['merge queue', 'success', 0],
      ['regressed', 'failure', 1],
      ['regressed, warned only', 'neutral', 0],
      ['every call an error', 'failure', 3],
      ['every call an error, warned only', 'failure', 3],
      ['no sample', 'failure', 2],
      ['no agent', 'failure', 2],
    ]);
  });

  it('gh-58 is linked by an output', () => {
    for (const { run, checks } of Object.values(ends)) {
      if (run.outputs.verdict) expect(run.outputs['check-url']).toBe(`https://github.com/octo-org/support-bot/runs/${checks[0]?.id}`);
    }
    expect(scenario.github.violations).toEqual([]);
  });

  it('gh-48 stands beside a comment when the evaluation failed', () => {
    const bodies = scenario.github.state.comments.map(({ body }) => body);
    expect(bodies.filter((body) => body.includes('got worse'))).toHaveLength(2);
    expect(bodies.filter((body) => /36 without a usable answer|incomplete/.test(body))).toHaveLength(2);
  });
});

describe.skipIf(!isBuilt)('the check run', () => {
  let scenario: Scenario;
  beforeEach(async () => {
    scenario = await openScenario();
  });
  afterEach(() => scenario.close());

  it("gh-56 is the job's own in job mode, which the exit code concludes, and one of our own where the runner names none", async () => {
    const { github } = scenario;
    const event = pullRequestRun(github);
    const run = await scenario.run(event, { inputs: { check: 'job' } });
    expect(ownChecks(github), logOf(run)).toEqual([]);
    const job = github.state.checkRuns.find(({ id }) => id === event.checkRunId);
    expect(job).toMatchObject({
      title: expect.stringContaining('support-bot'),
      summary: expect.stringContaining('support-bot'),
      conclusion: 'success',
    });
    const updates = github.writes().filter(({ operationId }) => operationId === 'checks/update');
    expect(updates.map(({ body }) => Object.keys(body as object))).toEqual([['output']]);
    expect(run.outputs['check-url']).toContain(String(event.checkRunId));
    await scenario.run(pullRequestRun(github), { inputs: { check: 'job', 'job-check-run-id': '' } });
    expect(ownChecks(github)).toMatchObject([{ status: 'completed' }]);
    await scenario.run(pullRequestRun(github), { inputs: { check: 'off' } });
    expect(ownChecks(github)).toHaveLength(1);
    expect(github.violations).toEqual([]);
  });

  it('gh-53 annotates the lines of the dataset, with paths from the root and texts cut to what GitHub takes, emoji too', async () => {
    const { github, workspace, agent } = scenario;
    const folder = join(workspace, 'bots', 'support');
    await mkdir(folder, { recursive: true });
    await rename(join(workspace, 'samples'), join(folder, 'samples'));
    await rename(join(workspace, 'agent-regress.yml'), join(folder, 'agent-regress.yml'));
    const rows = numbers.map((n) => ({
      id: `${'😀'.repeat(120)}-${n}`,
      input: questionOf(n),
      expected: `answer ${n}`,
      toolCalls: [{ name: 'lookup_order' }],
    }));
    await writeFile(join(folder, sampleFile), `\n${rows.map((row) => JSON.stringify(row)).join('\n\n')}\n`);
    const inputs = { 'working-directory': 'bots/support' };
    await scenario.run(pushRun(github), { inputs });
    for (const n of numbers) agent.behaviours[questionOf(n)] = { answer: `😀 ${'x'.repeat(100_000)}` };
    const run = await scenario.run(pullRequestRun(github), { inputs });
    const { annotations = [], conclusion } = ownChecks(github).at(-1) ?? {};
    expect(conclusion, logOf(run)).toBe('failure');
    expect(annotations.map(({ path, start_line }) => [path, start_line]).sort(([, a], [, b]) => Number(a) - Number(b))).toEqual(
      numbers.map((n) => [`bots/support/${sampleFile}`, 2 * n]),
    );
    for (const { title = '', message, start_line, end_line } of annotations) {
      expect(Buffer.byteLength(title)).toBeLessThanOrEqual(255);
      expect(Buffer.byteLength(message)).toBeLessThanOrEqual(64_000);
      expect(title + message).not.toMatch(/[\u{10000}-\u{10ffff}]/u);
      expect(end_line).toBe(start_line);
    }
    expect(github.violations).toEqual([]);
  });
});
