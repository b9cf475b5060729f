import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Assessment } from '../../src/records/assessment.ts';
import { pullRequestRun, pushRun } from '../github/stand-in/runs.ts';
import { isBuilt, logOf, openScenario, type Scenario } from './action-scenario.ts';
import { shellStep } from './shell-step.ts';
import { apiCalls, recordRun, storeRun } from './stored-runs.ts';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

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
    const run = await shellStep(scenario, pullRequestRun(github), [['run', '--quiet', '--output', 'out']]);
    expect(run.exitCode, logOf(run)).toBe(0);
    const assessment = Assessment.parse(JSON.parse(readFileSync(join(workspace, 'out/assessment.json'), 'utf8')));
    expect(assessment.baseline).toMatchObject({ sha: main.sha, runs: 1 });
    expect(assessment.verdict.status).toBe('no-change');
    expect(apiCalls(scenario)['actions/download-artifact']).toBe(1);
    expect(github.writes()).toEqual([]);
    expect(github.violations).toEqual([]);
  });
});
