import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { pullRequestRun, pushRun } from '../github/stand-in/runs.ts';
import { artifactFiles, ownChecks } from '../github/stand-in/seed.ts';
import { testNodes } from '../helpers/nodes.ts';
import { isBuilt, logOf, openScenario, type Scenario, sampleFile } from './action-scenario.ts';

vi.setConfig({ testTimeout: 120_000 });

describe.skipIf(!isBuilt).each(testNodes())('the built action under $label', (node) => {
  let scenario: Scenario;
  beforeEach(async () => {
    scenario = await openScenario({ node });
  });
  afterEach(() => scenario.close());

  it('gh-33 creates one comment and keeps it from alarm to recovery, with a baseline stored on main', async () => {
    const { github } = scenario;
    const main = pushRun(github);
    const first = await scenario.run(main);
    expect(first, logOf(first)).toMatchObject({
      exitCode: 0,
      outputs: { verdict: 'no-baseline', 'exit-code': '0', 'pass-rate': '1' },
    });
    const [baseline] = github.state.artifacts;
    expect(baseline).toMatchObject({ runId: main.run.id, name: expect.stringContaining('support-bot') });
    expect([...artifactFiles(baseline!).keys()]).toEqual(expect.arrayContaining(['run.jsonl', 'assessment.json', 'report.html']));

    scenario.breakSamples(1, 2, 3, 4);
    const change = pullRequestRun(github);
    const worse = await scenario.run(change);
    expect(worse, logOf(worse)).toMatchObject({
      exitCode: 1,
      outputs: { verdict: 'regressed', 'exit-code': '1', regressed: '4', 'baseline-sha': main.sha },
    });
    expect(Number(worse.outputs.change)).toBeCloseTo(-1 / 3, 1);
    const [comment] = github.state.comments;
    expect(comment?.body).toContain('support-bot got worse');
    expect(comment?.body).toContain('refund-1');
    expect(worse.outputs['comment-url']).toContain(`#issuecomment-${comment?.id}`);
    expect(worse.summary).toContain('refund-1');
    const check = ownChecks(github).at(-1);
    expect(check).toMatchObject({ headSha: change.pull.head.sha, status: 'completed', conclusion: 'failure' });
    expect(check?.annotations.map(({ path, start_line }) => `${path}:${start_line}`).sort()).toEqual(
      [1, 2, 3, 4].map((line) => `${sampleFile}:${line}`),
    );
    expect(worse.outputs['check-url']).toContain(String(check?.id));

    scenario.breakSamples();
    const fixed = await scenario.run(pullRequestRun(github, { pull: change.pull }));
    expect(fixed, logOf(fixed)).toMatchObject({ exitCode: 0, outputs: { regressed: '0' } });
    expect(github.state.comments).toHaveLength(1);
    expect(github.state.comments[0]).toMatchObject({ id: comment?.id, body: expect.not.stringContaining('got worse') });
    expect(ownChecks(github).at(-1)).toMatchObject({ conclusion: expect.stringMatching(/success|neutral/) });
    expect(ownChecks(github).filter(({ status }) => status !== 'completed')).toEqual([]);
    expect(github.violations).toEqual([]);
  });

  it('says that there is no baseline, and fails only when one is required', async () => {
    const { github } = scenario;
    const change = pullRequestRun(github);
    const first = await scenario.run(change);
    expect(first, logOf(first)).toMatchObject({ exitCode: 0, outputs: { verdict: 'no-baseline', 'baseline-sha': '', change: '' } });
    expect(github.state.comments[0]?.body).toMatch(/no baseline/i);
    const second = await scenario.run(pullRequestRun(github, { pull: change.pull }), { inputs: { 'require-baseline': 'true' } });
    expect(second.exitCode).not.toBe(0);
    expect(github.state.comments).toHaveLength(1);
    expect(github.violations).toEqual([]);
  });
});
