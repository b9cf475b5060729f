import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type JobContext, pullRequestRun, pushRun, workflowRunRun } from '../github/stand-in/runs.ts';
import { ownChecks } from '../github/stand-in/seed.ts';
import { config, errorsOf, isBuilt, logOf, openScenario, type Scenario, warningsOf } from './action-scenario.ts';
import { storeBaseline } from './stored-runs.ts';

vi.setConfig({ testTimeout: 120_000 });

describe.skipIf(!isBuilt)('the built action on runs of forks and of Dependabot', () => {
  let scenario: Scenario;
  beforeEach(async () => {
    scenario = await openScenario();
  });
  afterEach(() => scenario.close());

  /** A secret that is not given is an empty variable. */
  const withoutKey = () => ({ AGENT_URL: scenario.agent.url, AGENT_KEY: '' });
  const byDependabot = (job: JobContext): JobContext => ({ ...job, actor: 'dependabot[bot]' });
  const namesOf = (job: JobContext) => scenario.github.state.artifacts.filter(({ runId }) => runId === job.run.id).map(({ name }) => name);

  it('gh-59 makes no write call for a fork, and leaves the job summary, the outputs and the artifact', async () => {
    const { github } = scenario;
    await storeBaseline(scenario);
    scenario.breakSamples(1, 2, 3, 4);
    const before = github.writes().length;
    const change = pullRequestRun(github, { isFork: true });
    const run = await scenario.run(change);
    expect(run, logOf(run)).toMatchObject({ exitCode: 1, outputs: { verdict: 'regressed', regressed: '4', 'comment-url': '', 'check-url': '' } });
    expect(github.writes().slice(before)).toEqual([]);
    expect(run.summary).toContain('refund-1');
    expect(await readFile(run.outputs['run-log'] ?? '', 'utf8')).toContain('"type":"end"');
    expect(namesOf(change)).toEqual(['agent-regress-support-bot']);
    expect(run.commands.filter(({ name }) => name === 'notice').map(({ data }) => data)).toEqual([expect.stringMatching(/fork is read-only/)]);
    expect(warningsOf(run)).toEqual([]);
    expect(github.violations).toEqual([]);
  });

  it('gh-60 calls a fork without secrets not evaluated, never passed: in its summary, and where the trusted run posts it', async () => {
    const { github } = scenario;
    await storeBaseline(scenario);
    const asked = scenario.agent.requests.length;
    const change = pullRequestRun(github, { isFork: true });
    const run = await scenario.run(change, { env: withoutKey() });
    expect(run, logOf(run)).toMatchObject({ exitCode: 0, outputs: { verdict: 'not-evaluated', 'exit-code': '0', 'pass-rate': '', 'run-log': '' } });
    expect(scenario.agent.requests).toHaveLength(asked);
    expect(run.summary).toMatch(/was not evaluated.*neither passed nor failed[\s\S]*`AGENT_KEY` has no value[\s\S]*gh pr checkout 1/);
    expect(namesOf(change)).toEqual(['agent-regress.not-evaluated-support-bot']);

    const published = await scenario.run(workflowRunRun(github, { of: change }), { inputs: { mode: 'publish' } });
    expect(published.exitCode, logOf(published)).toBe(0);
    expect(github.state.comments).toMatchObject([{ issue: change.pull.number, body: expect.stringContaining('was not evaluated') }]);
    expect(ownChecks(github).at(-1)).toMatchObject({
      name: 'agent-regress / support-bot',
      headSha: change.pull.head.sha,
      status: 'completed',
      conclusion: 'neutral',
      title: 'Not evaluated: AGENT_KEY has no value',
    });
    const next = await scenario.run(pushRun(github));
    expect(next.outputs['baseline-sha'], 'what was not evaluated is no baseline').not.toBe(change.sha);
    expect(github.violations).toEqual([]);
  });

  it('writes for Dependabot what the permissions of the job allow, and names the ones that are missing', async () => {
    const { github } = scenario;
    await storeBaseline(scenario);
    const change = pullRequestRun(github);
    const allowed = await scenario.run(byDependabot(change), { env: withoutKey() });
    expect(allowed, logOf(allowed)).toMatchObject({ exitCode: 0, outputs: { verdict: 'not-evaluated', 'comment-url': expect.stringMatching(/./) } });
    expect(allowed.summary).toContain('Dependabot');
    expect(ownChecks(github).at(-1)).toMatchObject({ headSha: change.pull.head.sha, conclusion: 'neutral' });
    const readOnly = await scenario.run(byDependabot(pullRequestRun(github, { pull: change.pull, token: github.tokens.fork })));
    expect(readOnly, logOf(readOnly)).toMatchObject({ exitCode: 0, outputs: { 'comment-url': '' } });
    expect(warningsOf(readOnly)).toEqual([expect.stringContaining('checks: write'), expect.stringContaining('pull-requests: write')]);
    const evaluated = await scenario.run(byDependabot(pullRequestRun(github, { pull: change.pull })));
    expect(evaluated.exitCode, logOf(evaluated)).toBe(0);
    expect(github.state.comments).toMatchObject([{ body: expect.not.stringContaining('not evaluated') }]);
    expect(github.violations).toEqual([]);
  });

  it('leaves it to the input whether a missing secret fails the step, and fails on one of the repository by default', async () => {
    const { github } = scenario;
    const env = withoutKey();
    const own = await scenario.run(pullRequestRun(github), { env });
    expect(own.exitCode, logOf(own)).toBe(2);
    expect(errorsOf(own).join('\n')).toContain('AGENT_KEY');
    const skipped = await scenario.run(pullRequestRun(github), { env, inputs: { 'on-missing-secrets': 'skip' } });
    expect(skipped, logOf(skipped)).toMatchObject({ exitCode: 0, outputs: { verdict: 'not-evaluated' } });
    expect(ownChecks(github).at(-1)).toMatchObject({ conclusion: 'neutral' });
    const strict = await scenario.run(pullRequestRun(github, { isFork: true }), { env, inputs: { 'on-missing-secrets': 'fail' } });
    expect(strict.exitCode, logOf(strict)).toBe(2);
    await writeFile(join(scenario.workspace, 'agent-regress.yml'), `${config}repeat: 2\n`);
    const wrong = await scenario.run(pullRequestRun(github, { isFork: true }), { env });
    expect(wrong.exitCode, 'a mistake in the config is not excused').toBe(2);
    expect(scenario.agent.requests).toEqual([]);
  });

  it('evaluates the suites that need no secret, and does not let their pass hide the one that was left out', async () => {
    const { github, workspace } = scenario;
    const open = config.replace('suite: support-bot', 'suite: open-bot').replace(/ {2}headers.*\n/, '');
    await writeFile(join(workspace, 'open.yml'), open);
    const change = pullRequestRun(github, { isFork: true });
    const run = await scenario.run(change, { env: withoutKey(), inputs: { config: 'agent-regress.yml\nopen.yml' } });
    expect(run, logOf(run)).toMatchObject({ exitCode: 0, outputs: { verdict: 'not-evaluated' } });
    expect(run.summary).toContain('open-bot');
    expect(run.summary).toContain('**support-bot was not evaluated.**');
    expect(namesOf(change).sort()).toEqual(['agent-regress-open-bot', 'agent-regress.not-evaluated-support-bot']);
    const published = await scenario.run(workflowRunRun(github, { of: change }), { inputs: { mode: 'publish' } });
    expect(published.exitCode, logOf(published)).toBe(0);
    expect(github.state.comments).toHaveLength(2);
    const conclusions = ownChecks(github).map(({ name, conclusion }) => `${name}: ${conclusion}`);
    expect(conclusions).toEqual(['agent-regress / open-bot: neutral', 'agent-regress / support-bot: neutral']);
    expect(github.violations).toEqual([]);
  });
});
