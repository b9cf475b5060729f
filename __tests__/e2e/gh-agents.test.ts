import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { pullRequestRun, pushRun } from '../github/stand-in/runs.ts';
import { ownChecks } from '../github/stand-in/seed.ts';
import { config, isBuilt, logOf, openScenario, questionOf, type Scenario, sampleCount } from './action-scenario.ts';

vi.setConfig({ testTimeout: 120_000 });

const agents = `agents:
  default:
    type: http
    url: \${env:AGENT_URL}
    reply: {output: /answer, toolCalls: /trace/tool_calls}
  old: {body: {question: "{{input}}"}}
  new: {body: {question: "new {{input}}"}}
`;

describe.skipIf(!isBuilt)('several agents of one suite in the built action', () => {
  let scenario: Scenario;
  beforeEach(async () => {
    scenario = await openScenario();
    await writeFile(join(scenario.workspace, 'agent-regress.yml'), config.replace(/agent:\n( {2}.*\n)+/, agents));
    const { behaviours } = scenario.agent;
    for (let n = 1; n <= sampleCount; n++) behaviours[`new ${questionOf(n)}`] = behaviours[questionOf(n)]!;
  });
  afterEach(() => scenario.close());

  it('have a check, a comment and a baseline each, and the outputs are those of the worst', async () => {
    const { github, agent } = scenario;
    const main = pushRun(github);
    const first = await scenario.run(main);
    expect(first.exitCode, logOf(first)).toBe(0);
    expect(github.state.artifacts.map(({ name }) => name)).toEqual(['old', 'new'].map((name) => expect.stringContaining(`support-bot-${name}-`)));

    for (const n of [1, 2, 3, 4]) agent.behaviours[`new ${questionOf(n)}`] = { passRate: 0 };
    const change = pullRequestRun(github);
    const run = await scenario.run(change);
    expect(run, logOf(run)).toMatchObject({ exitCode: 1, outputs: { verdict: 'regressed', regressed: '4', 'baseline-sha': main.sha } });
    const checks = ownChecks(github).filter(({ headSha }) => headSha === change.pull.head.sha);
    expect(checks.map(({ name }) => name)).toEqual(['agent-regress / support-bot (old)', 'agent-regress / support-bot (new)']);
    expect(checks[0]?.conclusion).not.toBe('failure');
    expect(checks[1]?.conclusion).toBe('failure');
    const comments = github.state.comments.map(({ body }) => body);
    expect(comments).toHaveLength(2);
    expect(comments[0]).not.toContain('got worse');
    expect(comments[1]).toContain('support-bot (new) got worse');

    const chosen = await scenario.run(pullRequestRun(github, { pull: change.pull }), { inputs: { agent: 'old' } });
    expect(chosen, logOf(chosen)).toMatchObject({ exitCode: 0, outputs: { regressed: '0' } });
    expect(github.state.comments).toHaveLength(2);
    expect(github.violations).toEqual([]);
  });
});
