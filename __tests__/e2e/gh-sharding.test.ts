import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Assessment } from '../../src/records/assessment.ts';
import { type JobContext, pullRequestRun, pushRun, workflowRunRun } from '../github/stand-in/runs.ts';
import { addArtifact, artifactFiles, ownChecks } from '../github/stand-in/seed.ts';
import type { Artifact } from '../github/stand-in/state.ts';
import type { ActionRun } from '../helpers/run-action.ts';
import { config, errorsOf, isBuilt, logOf, openScenario, questionOf, type Scenario, warningsOf } from './action-scenario.ts';

vi.setConfig({ testTimeout: 120_000 });

describe.skipIf(!isBuilt)('shards of the built action', () => {
  let scenario: Scenario;
  beforeEach(async () => {
    scenario = await openScenario();
  });
  afterEach(() => scenario.close());

  const inputs = (more: Record<string, string> = {}) => ({ inputs: more });
  const shard = (event: JobContext, part: string, more: Record<string, string> = {}) => scenario.run(event, inputs({ shard: part, ...more }));
  /** As the matrix does, one job after the other. */
  async function allShards(event: JobContext, count: number, more: Record<string, string> = {}): Promise<ActionRun[]> {
    const runs: ActionRun[] = [];
    for (let index = 1; index <= count; index++) runs.push(await shard(event, `${index}/${count}`, more));
    return runs;
  }
  const merge = (event: JobContext, more: Record<string, string> = {}) => scenario.run(event, inputs({ mode: 'merge', ...more }));
  const artifactsOf = (event: JobContext) => scenario.github.state.artifacts.filter(({ runId }) => runId === event.run.id);
  const shardsOf = (event: JobContext) => artifactsOf(event).filter(({ name }) => name.includes('.shard-'));
  const assessmentIn = (artifact: Artifact | undefined): Assessment => JSON.parse(String(artifactFiles(artifact!).get('assessment.json')));
  const runOf = (event: JobContext) => artifactsOf(event).find(({ name }) => name === 'agent-regress-support-bot');

  it('come together to the verdict and the numbers of an undivided run, in one comment, one check and one baseline', async () => {
    const { github } = scenario;
    const main = pushRun(github);
    const parts = await allShards(main, 3);
    for (const part of parts) {
      expect(part, logOf(part)).toMatchObject({ exitCode: 0, outputs: { verdict: '', 'exit-code': '0' } });
      expect(part.summary).toMatch(/shard [123] of 3: 12 of 12 slots \(12 pass\)/);
    }
    expect(ownChecks(github)).toEqual([]);
    expect(artifactsOf(main).map(({ name }) => name)).toEqual([1, 2, 3].map((index) => `agent-regress.shard-${index}-of-3-support-bot`));
    const baseline = await merge(main);
    expect(baseline, logOf(baseline)).toMatchObject({ exitCode: 0, outputs: { verdict: 'no-baseline', 'pass-rate': '1' } });

    scenario.breakSamples(1, 2, 3, 4);
    const change = pullRequestRun(github);
    await allShards(change, 2);
    expect(github.state.comments).toEqual([]);
    const calls = scenario.agent.requests.length;
    const merged = await merge(change);
    expect(merged, logOf(merged)).toMatchObject({ exitCode: 1, outputs: { verdict: 'regressed', regressed: '4', 'baseline-sha': main.sha } });
    expect(scenario.agent.requests.length - calls, 'only confirmation is asked by the merge').toBeGreaterThan(0);
    expect(github.state.comments).toMatchObject([{ body: expect.stringContaining('support-bot got worse') }]);
    const checks = ownChecks(github).filter(({ headSha }) => headSha === change.pull.head.sha);
    expect(checks).toMatchObject([{ status: 'completed', conclusion: 'failure' }]);
    expect(github.violations).toEqual([]);

    const whole = pullRequestRun(github);
    const undivided = await scenario.run(whole);
    expect(undivided.outputs).toMatchObject({
      ...pick(merged.outputs, ['verdict', 'regressed', 'fixed', 'pass-rate', 'baseline-pass-rate', 'change']),
    });
    expect(numbersOf(assessmentIn(runOf(change)))).toEqual(numbersOf(assessmentIn(runOf(whole))));
  });

  it('that are missing or unfinished are named, and the run is red and never a baseline', async () => {
    const { github, agent } = scenario;
    const main = pushRun(github);
    await shard(main, '1/3');
    // The third shard has the samples 3, 6, 9 and 12, and is cancelled in the middle.
    for (const n of [9, 12]) agent.behaviours[questionOf(n)] = { delayMs: 60_000 };
    agent.reset();
    const cancelled = await scenario.run(main, { ...inputs({ shard: '3/3' }), interrupt: agent.arrived(4) });
    expect(cancelled.exitCode, logOf(cancelled)).toBe(130);
    expect(cancelled.stoppedAfterMs).toBeLessThan(7500);
    agent.reset();
    const merged = await merge(main);
    expect(merged, logOf(merged)).toMatchObject({ exitCode: 3, outputs: { 'exit-code': '3' } });
    expect(merged.summary).toMatch(/shard 2 of 3 is missing; shard 3 of 3 is not finished: it stopped \(interrupted\), \d+ of 12 slots are missing/);
    expect(agent.requests, 'what is missing is not asked by the merge').toEqual([]);
    expect(ownChecks(github)).toMatchObject([{ conclusion: 'failure' }]);
    expect(assessmentIn(runOf(main)).verdict.complete).toBe(false);

    scenario.breakSamples();
    const next = await scenario.run(pullRequestRun(github));
    expect(next.outputs.verdict, logOf(next)).toBe('no-baseline');
    expect(github.violations).toEqual([]);
  });

  it('of a re-run replace those of the first attempt', async () => {
    const { github } = scenario;
    const main = pushRun(github);
    await shard(main, '1/2');
    const name = 'agent-regress.shard-2-of-2-support-bot';
    addArtifact(github, { runId: main.run.id, name, files: { 'run.jsonl': 'not a run log' } });
    const broken = await merge(main);
    expect(broken, logOf(broken)).toMatchObject({ exitCode: 3 });
    expect(broken.summary).toContain('shard 2 of 2 is missing: its log holds no run');

    main.run.attempt = 2;
    const again = await shard(main, '2/2');
    expect(again.exitCode, logOf(again)).toBe(0);
    // What an older service may leave behind: the artifact of the first attempt.
    Object.assign(addArtifact(github, { runId: main.run.id, name, files: { 'run.jsonl': 'not a run log' } }), { id: 1 });
    const merged = await merge(main);
    expect(merged, logOf(merged)).toMatchObject({ exitCode: 0, outputs: { 'pass-rate': '1' } });
    expect(artifactsOf(main).filter((artifact) => artifact.name === 'agent-regress-support-bot')).toHaveLength(1);
    expect(github.violations).toEqual([]);
  });

  it('of another commit, config or split are refused, by name', async () => {
    const { github, workspace } = scenario;
    const main = pushRun(github);
    await allShards(main, 2);
    await writeFile(join(workspace, 'agent-regress.yml'), config.replace('question:', 'prompt:'));
    const merged = await merge(main);
    expect(merged, logOf(merged)).toMatchObject({ exitCode: 2 });
    expect(errorsOf(merged).join('\n')).toMatch(/shard 1 of 2 differs from the run that it is merged into: call\.template/);
    expect(ownChecks(github)).toMatchObject([{ status: 'completed', conclusion: 'failure' }]);
    expect(runOf(main)).toBeUndefined();

    await writeFile(join(workspace, 'agent-regress.yml'), config);
    const other = pushRun(github);
    for (const { name, bytes } of shardsOf(main)) addArtifact(github, { runId: other.run.id, name, zip: bytes });
    const foreign = await merge(other);
    expect(foreign, logOf(foreign)).toMatchObject({ exitCode: 2 });
    expect(errorsOf(foreign).join('\n')).toContain(`the commit (${main.sha.slice(0, 7)}, not ${other.sha.slice(0, 7)})`);

    await shard(main, '1/3');
    const mixed = await merge(main);
    expect(errorsOf(mixed).join('\n'), logOf(mixed)).toContain('the split');
  });

  it('of several suites are merged suite by suite', async () => {
    const { github, workspace } = scenario;
    await writeFile(join(workspace, 'second.yml'), config.replace('support-bot', 'Second Bot'));
    const both = { config: 'agent-regress.yml\nsecond.yml' };
    const main = pushRun(github);
    await allShards(main, 2, both);
    await rm(join(workspace, '.agent-regress'), { recursive: true });
    const merged = await merge(main, both);
    expect(merged, logOf(merged)).toMatchObject({ exitCode: 0, outputs: { 'pass-rate': '1' } });
    expect(ownChecks(github).map(({ name, conclusion }) => `${name}: ${conclusion}`)).toEqual([
      'agent-regress / support-bot: neutral',
      'agent-regress / Second Bot: neutral',
    ]);
    expect(artifactsOf(main)).toHaveLength(6);
    expect(warningsOf(merged)).toEqual([]);
    expect(github.violations).toEqual([]);
  });

  it('of a fork write nothing, and the trusted run publishes what their merge has stored', async () => {
    const { github } = scenario;
    const before = github.writes().length;
    const change = pullRequestRun(github, { isFork: true });
    await allShards(change, 2);
    const merged = await merge(change);
    expect(merged, logOf(merged)).toMatchObject({ exitCode: 0, outputs: { verdict: 'no-baseline' } });
    expect(github.writes().slice(before)).toEqual([]);
    const published = await scenario.run(workflowRunRun(github, { of: change }), inputs({ mode: 'publish' }));
    expect(published.exitCode, logOf(published)).toBe(0);
    expect(github.state.comments).toMatchObject([{ issue: change.pull.number, body: expect.stringContaining('support-bot') }]);
    expect(ownChecks(github)).toMatchObject([{ headSha: change.pull.head.sha, status: 'completed' }]);
    expect(github.violations).toEqual([]);
  });

  it('without their secrets are left to the merge to report, once', async () => {
    const { github } = scenario;
    const change = pullRequestRun(github, { isFork: true });
    const env = { AGENT_URL: scenario.agent.url };
    const part = await scenario.run(change, { ...inputs({ shard: '1/2' }), env });
    expect(part, logOf(part)).toMatchObject({ exitCode: 0, outputs: { verdict: 'not-evaluated' } });
    expect(artifactsOf(change)).toEqual([]);
    const merged = await scenario.run(change, { ...inputs({ mode: 'merge' }), env });
    expect(merged, logOf(merged)).toMatchObject({ exitCode: 0, outputs: { verdict: 'not-evaluated' } });
    expect(merged.summary).toContain('was not evaluated');
    expect(artifactsOf(change).map(({ name }) => name)).toEqual([expect.stringContaining('not-evaluated')]);
  });

  it('say so when there is none, and when the merge is given one', async () => {
    const { github } = scenario;
    const main = pushRun(github);
    const none = await merge(main);
    expect(none, logOf(none)).toMatchObject({ exitCode: 3 });
    expect(errorsOf(none).join('\n')).toContain('there is no shard of support-bot');
    const both = await merge(main, { shard: '1/2' });
    expect(both.exitCode).toBe(2);
    expect(errorsOf(both).join('\n')).toContain('takes no `shard`');
  });
});

function pick(outputs: Record<string, string>, names: string[]): Record<string, string | undefined> {
  return Object.fromEntries(names.map((name) => [name, outputs[name]]));
}

/** All that does not depend on when and where it ran. */
function numbersOf(assessment: Assessment): unknown {
  const { verdict, suiteEffect, checkers, counts, outcomes, passRate, samples, slices } = assessment;
  return { verdict, suiteEffect, checkers, counts, outcomes, passRate, samples, slices };
}
