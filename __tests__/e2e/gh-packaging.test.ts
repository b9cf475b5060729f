import { mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { pullRequestRun, pushRun } from '../github/stand-in/runs.ts';
import { artifactFiles, ownChecks } from '../github/stand-in/seed.ts';
import { type TestNode, testNodes } from '../helpers/nodes.ts';
import { actionNode, config, errorsOf, isBuilt, logOf, openScenario, type Scenario, sampleCount, warningsOf } from './action-scenario.ts';

vi.setConfig({ testTimeout: 120_000 });

describe.skipIf(!isBuilt)('the built action on any runner', () => {
  let scenario: Scenario;
  beforeEach(async () => {
    scenario = await openScenario();
  });
  afterEach(() => scenario.close());

  it('gh-72 checks booleans, lists, numbers and names of its inputs, and tells everything that is wrong at once', async () => {
    const wrong = {
      mode: 'runs',
      'on-missing-secrets': 'ignore',
      comment: 'sometimes',
      check: 'maybe',
      repeats: '0',
      concurrency: '1.5',
      limit: 'many',
      'retention-days': '401',
      'budget-usd': '-1',
      shard: '3/2',
      summary: 'maybe',
      html: 'oui',
      'require-baseline': '2',
      'fail-on': 'regressed, worse',
      'artifact-name': 'a/b',
    };
    const run = await scenario.run(pushRun(scenario.github), { inputs: wrong });
    expect(run.exitCode, logOf(run)).toBe(2);
    const errors = errorsOf(run).join('\n');
    for (const name of Object.keys(wrong)) expect(errors).toContain(`"${name}"`);
    expect(errors).toContain(`${Object.keys(wrong).length} inputs are not right`);
    expect(scenario.agent.requests).toEqual([]);
    const loose = { summary: 'FALSE', html: 'No', config: '\n  agent-regress.yml  \n\n', 'fail-on': 'regressed,\n no-baseline', repeats: ' 1 ' };
    const right = await scenario.run(pushRun(scenario.github), { inputs: loose });
    expect(right, logOf(right)).toMatchObject({ exitCode: 1, summary: '', outputs: { verdict: 'no-baseline', 'report-html': '' } });
    expect(scenario.agent.requests).toHaveLength(sampleCount);
  });

  describe.each(testNodes())('under $label', (node) => {
    it('gh-75 works with paths of any kind: blanks, letters beyond ASCII, CRLF files, folders below', async () => {
      await runInOddPlaces(scenario, node);
    });
  });

  describe.each(['https://github.corp.example', 'https://acme.ghe.com'])('on %s', (server) => {
    it('gh-76 links to its own server and asks its own API', async () => {
      const { github, agent } = scenario;
      const env = { GITHUB_SERVER_URL: server, AGENT_URL: agent.url, AGENT_KEY: 'sk-some-key-of-ours' };
      const first = await scenario.run(pushRun(github), { env });
      expect(first.exitCode, logOf(first)).toBe(0);
      const isHosted = server.endsWith('.ghe.com');
      expect(github.state.artifacts).toHaveLength(isHosted ? 1 : 0);
      if (!isHosted) expect(first.stdout).toMatch(/Enterprise Server.*actions\/upload-artifact as "agent-regress-support-bot"/);
      scenario.breakSamples(1, 2, 3, 4);
      const run = await scenario.run(pullRequestRun(github), { env });
      expect(run.exitCode, logOf(run)).toBe(isHosted ? 1 : 0);
      const check = ownChecks(github).at(-1);
      // The address of the baseline's run is as the API names it.
      const withoutBaseline = (text = '') => text.replace(/\[Baseline\]\([^)]*\)/, '');
      const texts = [github.state.comments[0]?.body, run.summary, check?.summary ?? '', check?.detailsUrl ?? ''].map(withoutBaseline);
      for (const text of texts) {
        expect(text).toContain(`${server}/octo-org/support-bot/`);
        expect(text).not.toContain('//github.com');
      }
      expect(github.violations).toEqual([]);
    });
  });

  it('gh-77 works without a token and without a job summary', async () => {
    const { github, agent } = scenario;
    const env = { GITHUB_STEP_SUMMARY: undefined, GITHUB_OUTPUT: undefined, GITHUB_STATE: undefined, AGENT_URL: agent.url, AGENT_KEY: 'sk-some-key' };
    const run = await scenario.run(pullRequestRun(github, { token: '' }), { env });
    expect(run, logOf(run)).toMatchObject({ exitCode: 0, summary: '', outputs: {}, state: {} });
    expect(logOf(run)).toMatch(/no token/);
    expect(github.writes()).toEqual([]);
    expect([...artifactFiles(github.state.artifacts[0]!).keys()]).toContain('run.jsonl');
  });

  it('gh-78 ends with the documented exit code: pass, regression, config, infrastructure, cancelled', async () => {
    const { github } = scenario;
    const codes: Record<string, number | null> = {};
    codes.pass = (await scenario.run(pushRun(github))).exitCode;
    scenario.breakSamples(1, 2, 3, 4);
    const regressed = await scenario.run(pullRequestRun(github));
    codes.regression = regressed.exitCode;
    expect(regressed.outputs['exit-code']).toBe('1');
    scenario.breakSamples();
    const env = { AGENT_URL: 'http://127.0.0.1:1/ask', AGENT_KEY: 'sk-some-key-of-ours' };
    codes.infrastructure = (await scenario.run(pullRequestRun(github), { env })).exitCode;
    codes.cancelled = (await scenario.run(pullRequestRun(github), { interrupt: /started, output in/ })).exitCode;
    await writeFile(join(scenario.workspace, 'agent-regress.yml'), `${config}repeat: 2\n`);
    codes.config = (await scenario.run(pullRequestRun(github))).exitCode;
    expect(codes).toEqual({ pass: 0, regression: 1, infrastructure: 3, cancelled: 130, config: 2 });
  });
});

/** A suite below a folder with a blank and an umlaut, its dataset with Windows line ends and a byte order mark. */
async function runInOddPlaces(scenario: Scenario, node: TestNode): Promise<void> {
  const { github, workspace, agent } = scenario;
  const folder = 'agents/größe 1';
  await mkdir(join(workspace, folder, 'fälle & more'), { recursive: true });
  await rename(join(workspace, 'agent-regress.yml'), join(workspace, folder, 'agent-regress.yml'));
  await writeFile(
    join(workspace, folder, 'agent-regress.yml'),
    `\ufeff${config.replace('samples/*.jsonl', "'fälle & more/*.csv'")}`.replaceAll('\n', '\r\n'),
  );
  const rows = Array.from({ length: sampleCount }, (_, index) => `refund-${index + 1},question ${index + 1},"answer ${index + 1}"`);
  await writeFile(join(workspace, folder, 'fälle & more', 'alle 100%.csv'), `\ufeff${['id,input,expected', ...rows].join('\r\n')}\r\n`);
  const temp = join(workspace, 'runner temp');
  await mkdir(temp);
  const options = {
    node: node.path,
    inputs: { 'working-directory': folder },
    env: { AGENT_URL: agent.url, AGENT_KEY: 'sk-some-key-of-ours', RUNNER_TEMP: temp },
  };
  const first = await scenario.run(pushRun(github), options);
  expect(first, logOf(first)).toMatchObject({ exitCode: 0, outputs: { 'pass-rate': '1' } });
  expect(first.outputs['run-log']).toBe(join(workspace, folder, '.agent-regress', 'support-bot', 'run.jsonl'));
  scenario.breakSamples(2, 4, 6, 8);
  const worse = await scenario.run(pullRequestRun(github), options);
  expect(worse, logOf(worse)).toMatchObject({ exitCode: 1, outputs: { regressed: '4' } });
  expect(warningsOf(worse)).toEqual([]);
  const places = ownChecks(github)
    .at(-1)
    ?.annotations.map(({ path, start_line }) => `${path}:${start_line}`);
  expect(places?.sort()).toEqual([3, 5, 7, 9].map((line) => `${folder}/fälle & more/alle 100%.csv:${line}`));
  expect(github.state.comments[0]?.body).toMatch(
    /blob\/[0-9a-f]{40}\/agents\/gr%C3%B6%C3%9Fe%201\/f%C3%A4lle%20(%26|&)%20more\/alle%20100%25\.csv#L3/,
  );
  expect(github.violations).toEqual([]);
  expect(testNodes()).toContainEqual(actionNode);
}
