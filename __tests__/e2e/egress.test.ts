import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { pullRequestRun, pushRun } from '../github/stand-in/runs.ts';
import { isBuilt, logOf, openScenario, type Scenario } from './action-scenario.ts';

vi.setConfig({ testTimeout: 120_000 });

describe.skipIf(!isBuilt)('the built action', () => {
  let scenario: Scenario;
  beforeEach(async () => {
    scenario = await openScenario();
  });
  afterEach(() => scenario.close());

  it('T34 connects to the endpoint of the config, the API and the artifact service, and to nothing else: a job can refuse the rest', async () => {
    const { github, agent, workspace } = scenario;
    const log = join(workspace, 'connections.txt');
    const env = { NETWORK_GUARD_LOG: log, NETWORK_GUARD_ALL: '1' };
    const base = await scenario.run(pushRun(github), { env: { ...env, AGENT_URL: agent.url, AGENT_KEY: 'sk-canary-0a4e77' } });
    expect(base.exitCode, logOf(base)).toBe(0);
    scenario.breakSamples(1, 2, 3);
    const run = await scenario.run(pullRequestRun(github), { env: { ...env, AGENT_URL: agent.url, AGENT_KEY: 'sk-canary-0a4e77' } });
    expect(run.exitCode, logOf(run)).toBe(1);
    const allowed = [agent.url, github.url, github.resultsUrl, github.blobUrl].map((url) => new URL(url).host);
    const reached = new Set(readFileSync(log, 'utf8').trim().split('\n'));
    expect(reached).toContain(new URL(agent.url).host);
    expect([...reached].filter((host) => !allowed.includes(host.replace('localhost', '127.0.0.1')))).toEqual([]);
  });
});
