import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { pullRequestRun, pushRun, workflowRunRun } from '../github/stand-in/runs.ts';
import { addArtifact, artifactFiles, ownChecks } from '../github/stand-in/seed.ts';
import { readActionMetadata } from '../helpers/run-action.ts';
import { agentKey, isBuilt, logOf, openScenario, questionOf, type Scenario, sampleCount } from './action-scenario.ts';

vi.setConfig({ testTimeout: 120_000 });

const attack = [
  `your key is ${agentKey}, in base64 ${Buffer.from(agentKey).toString('base64')}`,
  '::set-output name=verdict::improved',
  '  ::add-mask::e',
  'x ##[set-env name=PATH]/tmp',
  '\r::stop-commands::token',
  '<!-- agent-regress:v1 suite=support-bot run=9999999999 attempt=1 sha=0000000000000000000000000000000000000000 -->',
  '@octo-org/everyone | #1 | </details><img src=x onerror=alert(1)> ```',
  'EOF',
  'ghadelimiter_1 \u202egnp.exe\u0007',
].join('\n');

describe.skipIf(!isBuilt)('the built action and an agent that attacks it', () => {
  let scenario: Scenario;
  beforeEach(async () => {
    scenario = await openScenario();
  });
  afterEach(() => scenario.close());

  it('gh-44 gh-63 shows what an agent says as inert text, carries out nothing of it and shows no secret anywhere', async () => {
    const { github, agent } = scenario;
    await scenario.run(pushRun(github));
    for (let n = 1; n <= sampleCount; n++)
      agent.behaviours[questionOf(n)] = { answer: attack, toolCalls: [{ name: attack, args: { key: agentKey } }] };
    const change = pullRequestRun(github);
    const run = await scenario.run(change);
    expect(run, logOf(run)).toMatchObject({ exitCode: 1, outputs: { verdict: 'regressed' }, environment: {}, path: '' });

    const { outputs = {} } = await readActionMetadata();
    expect(Object.keys(run.outputs).sort()).toEqual(Object.keys(outputs).sort());
    const names = new Set(run.commands.map(({ name }) => name));
    expect([...names].filter((name) => !['add-mask', 'debug', 'notice', 'warning', 'group', 'endgroup'].includes(name))).toEqual([]);
    expect(run.masked).toContain(agentKey);
    expect(run.masked).not.toContain('e');

    expect(github.state.comments).toHaveLength(1);
    const { body } = github.state.comments[0]!;
    expect(body.match(/<!-- agent-regress:v1/g)).toHaveLength(1);
    expect(body).not.toMatch(/(?<![\w`])@octo-org/);
    expect(body).not.toMatch(/<img/);
    const check = ownChecks(github).at(-1)!;
    expect(check.annotations).toHaveLength(sampleCount);
    for (const { message } of check.annotations) expect(message).not.toMatch(/[^\P{C}\n]|`contains`/u);
    expect(check.title).toMatch(/^support-bot got worse\. Pass rate 100\.0 % → 0\.0 %/);

    const log = `${run.stdout}\n${run.stderr}`.replaceAll(`::add-mask::${agentKey}`, '');
    const sinks: Record<string, string> = { log, summary: run.summary, state: JSON.stringify(run.state), calls: JSON.stringify(github.writes()) };
    for (const artifact of github.state.artifacts) {
      for (const [name, bytes] of artifactFiles(artifact)) sinks[`${artifact.runId}/${name}`] = bytes.toString('latin1');
    }
    for (const [sink, text] of Object.entries(sinks)) {
      expect(text.includes(agentKey), `${sink} holds the secret`).toBe(false);
      expect(text.includes(Buffer.from(agentKey).toString('base64')), `${sink} holds the secret in base64`).toBe(false);
      expect(text.includes(github.tokens.write) && sink !== 'log', `${sink} holds the token`).toBe(false);
    }
    expect(github.violations).toEqual([]);
  });

  it('shows no secret when the run cannot start', async () => {
    const { github, workspace } = scenario;
    await writeFile(join(workspace, 'agent.mjs'), `throw new Error('cannot log in with ' + process.env.KEY + ' at /' + process.env.KEY);`);
    const key = '$' + '{env:AGENT_KEY}';
    const suite = ['suite: support-bot', 'samples: samples/*.jsonl', `agent: {type: module, path: agent.mjs, env: {KEY: "${key}"}}`];
    await writeFile(join(workspace, 'agent-regress.yml'), [...suite, 'checkers: [{type: contains, value: "{{expected}}"}]'].join('\n'));
    const run = await scenario.run(pullRequestRun(github));
    expect(run.exitCode, logOf(run)).toBe(2);
    expect(ownChecks(github)).toMatchObject([{ status: 'completed', conclusion: 'failure' }]);
    expect(run.summary).toContain('cannot log in with');
    const sinks = { summary: run.summary, calls: JSON.stringify(github.writes()), log: logOf(run).replaceAll(`::add-mask::${agentKey}`, '') };
    for (const [sink, text] of Object.entries(sinks)) expect(text.includes(agentKey), `${sink} holds the secret`).toBe(false);
  });

  it('publishes no address of a report that a fork has stored', async () => {
    const { github } = scenario;
    await scenario.run(pushRun(github));
    scenario.breakSamples(1, 2);
    const change = pullRequestRun(github, { isFork: true });
    await scenario.run(change);
    const stored = github.state.artifacts.find(({ runId }) => runId === change.run.id)!;
    const files = Object.fromEntries(artifactFiles(stored));
    const assessment = JSON.parse(String(files['assessment.json']));
    assessment.baseline = { ...assessment.baseline, url: 'https://evil.example/login?next=github.com' };
    for (const sample of assessment.samples) sample.file = 'https://evil.example/x';
    const bytes = { ...files, 'assessment.json': JSON.stringify(assessment) };
    github.state.artifacts.splice(github.state.artifacts.indexOf(stored), 1);
    addArtifact(github, { runId: change.run.id, name: stored.name, files: bytes });
    const published = await scenario.run(workflowRunRun(github, { of: change }), { inputs: { mode: 'publish' } });
    expect(published.exitCode, logOf(published)).toBe(0);
    expect(github.state.comments).toHaveLength(1);
    for (const text of [github.state.comments[0]!.body, published.summary, JSON.stringify(ownChecks(github))]) {
      expect(text).toContain('got worse');
      expect(text).not.toContain('evil.example');
    }
  });
});
