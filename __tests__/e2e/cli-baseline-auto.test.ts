import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Assessment } from '../../src/records/assessment.ts';
import { pullRequestRun, pushRun } from '../github/stand-in/runs.ts';
import { isBuilt, logOf, openScenario, type Scenario } from './action-scenario.ts';
import { apiCalls, recordRun, storeRun } from './stored-runs.ts';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

/** A step of a shell, in the environment of the runner, that is given the token as workflows give it. */
const step = `process.env.GITHUB_TOKEN = process.env['INPUT_GITHUB-TOKEN'];
process.argv.splice(2, 0, 'run', '--quiet', '--output', 'out');
await import(${JSON.stringify(new URL('../../dist/cli/index.js', import.meta.url).href)});
`;

describe.skipIf(!isBuilt)('the built command in a step of a workflow', () => {
  let scenario: Scenario;
  beforeEach(async () => {
    scenario = await openScenario();
  });
  afterEach(() => scenario.close());

  it('finds the baseline of the base branch as the action does, and posts nothing', async () => {
    const { github, workspace } = scenario;
    const main = pushRun(github);
    storeRun(scenario, await recordRun(), main, {});
    const entry = join(workspace, 'step.mjs');
    writeFileSync(entry, step);
    const run = await scenario.run(pullRequestRun(github), { entry });
    expect(run.exitCode, logOf(run)).toBe(0);
    const assessment = Assessment.parse(JSON.parse(readFileSync(join(workspace, 'out/assessment.json'), 'utf8')));
    expect(assessment.baseline).toMatchObject({ sha: main.sha, runs: 1 });
    expect(assessment.verdict.status).toBe('no-change');
    expect(apiCalls(scenario)['actions/download-artifact']).toBe(1);
    expect(github.writes()).toEqual([]);
    expect(github.violations).toEqual([]);
  });
});
