import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { pullRequestRun, pushRun } from '../github/stand-in/runs.ts';
import { ownChecks } from '../github/stand-in/seed.ts';
import { config, errorsOf, isBuilt, logOf, openScenario, type Scenario } from './action-scenario.ts';

vi.setConfig({ testTimeout: 120_000 });

describe.skipIf(!isBuilt)('the built action and what users get wrong', () => {
  let scenario: Scenario;
  beforeEach(async () => {
    scenario = await openScenario();
  });
  afterEach(() => scenario.close());

  it('names a config file that is not there, and asks the agent nothing', async () => {
    await rm(join(scenario.workspace, 'agent-regress.yml'));
    const run = await scenario.run(pushRun(scenario.github));
    expect(run, logOf(run)).toMatchObject({ exitCode: 2, outputs: { 'exit-code': '2' } });
    expect(run.commands.filter(({ name }) => name === 'error').some((error) => JSON.stringify(error).includes('agent-regress.yml'))).toBe(true);
    expect(logOf(run)).not.toContain('    at ');
    expect(scenario.agent.requests).toEqual([]);
  });

  it('shows every mistake of a config at its line', async () => {
    await writeFile(
      join(scenario.workspace, 'agent-regress.yml'),
      config.replace('repeats: 3', 'repeats: none\nrepeat: 2').replace('contains', 'contain'),
    );
    const run = await scenario.run(pushRun(scenario.github));
    expect(run.exitCode, logOf(run)).toBe(2);
    const places = run.commands.filter(({ name, properties }) => name === 'error' && properties.file !== undefined);
    expect(places.length, logOf(run)).toBeGreaterThanOrEqual(3);
    expect(places.every(({ properties }) => properties.file?.endsWith('agent-regress.yml') && Number(properties.line) > 1)).toBe(true);
  });

  it('lists all inputs that are not right at once', async () => {
    const run = await scenario.run(pushRun(scenario.github), { inputs: { mode: 'runs', comment: 'sometimes', repeats: '0', summary: 'maybe' } });
    expect(run.exitCode, logOf(run)).toBe(2);
    for (const name of ['mode', 'comment', 'repeats', 'summary']) expect(errorsOf(run).join('\n')).toContain(`"${name}"`);
  });

  it('names an environment variable that is not set', async () => {
    const run = await scenario.run(pullRequestRun(scenario.github), { env: { AGENT_URL: scenario.agent.url, AGENT_KEY: undefined } });
    expect(run.exitCode, logOf(run)).toBe(2);
    expect(errorsOf(run).join('\n')).toContain('AGENT_KEY');
  });

  it.each([
    ['not JSON', '{"pull_request": '],
    ['without a pull request', '{}'],
  ])('says what is wrong with an event file that is %s', async (_, eventText) => {
    const run = await scenario.run(pullRequestRun(scenario.github), { eventText });
    expect(run.exitCode, logOf(run)).toBe(2);
    expect(errorsOf(run).join('\n')).toMatch(/event/i);
    expect(logOf(run)).not.toContain('    at ');
  });

  it('is red, with a check that says so, when the agent cannot be reached', async () => {
    const { github } = scenario;
    const run = await scenario.run(pullRequestRun(github), { env: { AGENT_URL: 'http://127.0.0.1:1/ask', AGENT_KEY: 'sk-some-key-of-ours' } });
    expect(run.exitCode, logOf(run)).toBe(3);
    expect(ownChecks(github)).toMatchObject([{ status: 'completed', conclusion: 'failure' }]);
    expect(github.violations).toEqual([]);
  });
});
