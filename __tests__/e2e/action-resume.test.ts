import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type JobContext, pullRequestRun, pushRun } from '../github/stand-in/runs.ts';
import { addArtifact, artifactFiles, ownChecks } from '../github/stand-in/seed.ts';
import type { Artifact } from '../github/stand-in/state.ts';
import type { ActionRun, ActionRunOptions } from '../helpers/run-action.ts';
import { agentKey, config, isBuilt, logOf, openScenario, questionOf, type Scenario, sampleCount } from './action-scenario.ts';

vi.setConfig({ testTimeout: 120_000 });

const slots = sampleCount * 3;
/** Answers before the agent hangs: those of the samples 1 to 5. */
const answered = 5;

describe.skipIf(!isBuilt)('a job that did not come to its end', () => {
  let scenario: Scenario;
  beforeEach(async () => {
    scenario = await openScenario();
  });
  afterEach(() => scenario.close());

  /** Five samples are answered, four hang at once when the signal comes. */
  async function stopped(event: JobContext, options: Partial<ActionRunOptions> = {}): Promise<ActionRun> {
    for (let n = answered + 1; n <= sampleCount; n++) scenario.agent.behaviours[questionOf(n)] = { delayMs: 60_000 };
    scenario.agent.reset();
    const run = await scenario.run(event, { interrupt: scenario.agent.arrived(answered + 4), ...options });
    scenario.breakSamples();
    return run;
  }
  const killed = async (event: JobContext, options: Partial<ActionRunOptions> = {}): Promise<ActionRun> => {
    const run = await stopped(event, { signal: 'SIGKILL', ...options });
    return scenario.post(event, run, options);
  };
  /** The next attempt of the run, on a machine that has nothing of the one before. */
  async function again(event: JobContext, options: Partial<ActionRunOptions> = {}): Promise<ActionRun> {
    await rm(join(scenario.workspace, '.agent-regress'), { recursive: true, force: true });
    event.run.attempt += 1;
    scenario.agent.reset();
    return scenario.run(event, options);
  }
  const names = () => scenario.github.state.artifacts.map(({ name }) => name);
  const only = (name: string): Artifact => scenario.github.state.artifacts.find((artifact) => artifact.name === name)!;
  const recordsIn = (artifact: Artifact) =>
    String(artifactFiles(artifact).get('run.jsonl'))
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
  const noticesOf = (run: ActionRun) => run.commands.filter(({ name }) => name === 'notice').map(({ data }) => data);
  const wasContinued = `support-bot: continued attempt 1: ${answered} of ${slots} slots were there`;

  it('F25 has its log stored by the step after it when it was killed, and the next attempt asks only what no sound log of the run has', async () => {
    const { github, agent } = scenario;
    const event = pushRun(github);
    const post = await killed(event);
    expect(post.exitCode, logOf(post)).toBe(0);
    expect(names()).toEqual(['agent-regress.partial-1-support-bot']);
    expect([...artifactFiles(github.state.artifacts[0]!).keys()]).toEqual(['run.jsonl']);

    const log = String(artifactFiles(github.state.artifacts[0]!).get('run.jsonl'));
    const firstLines = log.slice(0, log.indexOf('\n', log.indexOf('{"type":"done"')) + 1);
    const add = (attempt: number, text: string, more: { digest?: string; path?: string } = {}) => {
      const { path = 'run.jsonl', ...digest } = more;
      const name = `agent-regress.partial-${attempt}-support-bot`;
      addArtifact(github, { runId: event.run.id, name, files: { [path]: text }, ...digest });
    };
    add(2, firstLines);
    add(3, log, { digest: `sha256:${'0'.repeat(64)}` });
    add(4, log, { path: '../run.jsonl' });
    add(5, log.replace('"answer', '"Answer'));
    event.run.attempt = 5;
    const run = await again(event);
    const text = logOf(run);
    expect(run, text).toMatchObject({ exitCode: 0, outputs: { verdict: 'no-baseline', 'pass-rate': '1' } });
    expect(text).toMatch(/partial-3-support-bot" is not continued: artifact \d+ does not match its digest/);
    expect(text).toMatch(/partial-4-support-bot" is not continued: the artifact archive is refused/);
    expect(text).toMatch(/partial-5-support-bot" is not continued: .*does not match its checksum/);
    expect(noticesOf(run), 'the one that has most').toContain(wasContinued);
    expect(text.replaceAll(`::add-mask::${agentKey}`, '')).not.toContain(agentKey);
    expect(agent.requests).toHaveLength(slots - answered);
    const records = recordsIn(only('agent-regress-support-bot'));
    expect(records.filter(({ type }) => type === 'done')).toHaveLength(slots);
    expect(records.at(-1)).toMatchObject({ type: 'end' });
    expect(ownChecks(github).filter(({ status }) => status !== 'completed')).toEqual([]);

    const fresh = await again(event);
    expect(fresh, logOf(fresh)).toMatchObject({ exitCode: 0 });
    expect(agent.requests, 'who runs a finished job again wants new answers').toHaveLength(slots);
    expect(noticesOf(fresh).join()).not.toContain('continued');
    expect(github.violations).toEqual([]);
  });

  it('F24 is gone on from when it was cancelled as the runner does it, in a fork too, which nothing is written for', async () => {
    const { github, agent } = scenario;
    const event = pullRequestRun(github, { isFork: true });
    const run = await stopped(event);
    expect(run, logOf(run)).toMatchObject({ exitCode: 130 });
    await scenario.post(event, run);
    expect(names()).toEqual(['agent-regress.partial-1-support-bot']);
    const next = await again(event);
    expect(next, logOf(next)).toMatchObject({ exitCode: 0, outputs: { 'pass-rate': '1' } });
    expect(noticesOf(next)).toContain(wasContinued);
    expect(agent.requests).toHaveLength(slots - answered);
    expect(github.writes()).toEqual([]);
    expect(github.violations).toEqual([]);
  });

  it('F25 goes on when its own minutes were up, and says so in its check', async () => {
    const { github, agent, workspace } = scenario;
    await writeFile(join(workspace, 'agent-regress.yml'), `${config}budget: {minutes: 0.05}\n`);
    for (let n = 1; n <= sampleCount; n++) {
      const behaviour = agent.behaviours[questionOf(n)]!;
      agent.behaviours[questionOf(n)] = { ...behaviour, delayMs: n <= answered ? 0 : 60_000 };
    }
    const event = pushRun(github);
    const late = await scenario.run(event);
    expect(late, logOf(late)).toMatchObject({ exitCode: 3 });
    expect(ownChecks(github)).toMatchObject([{ conclusion: 'timed_out' }]);
    expect(late.summary).toMatch(/partial|incomplete|stopped/i);
    expect(names()).toEqual(['agent-regress-support-bot']);
    scenario.breakSamples();
    const run = await again(event);
    expect(run, logOf(run)).toMatchObject({ exitCode: 0, outputs: { 'pass-rate': '1' } });
    expect(noticesOf(run)).toContain(wasContinued);
    expect(agent.requests).toHaveLength(slots - answered);
    expect(names()).toEqual(['agent-regress-support-bot']);
  });

  it('goes on with the shard that was killed, and asks the others nothing', async () => {
    const { github, agent } = scenario;
    const event = pushRun(github);
    const shard = (part: string) => ({ inputs: { shard: part } });
    // The second shard has the samples 2, 4, … 12.
    for (const n of [8, 10, 12]) agent.behaviours[questionOf(n)] = { delayMs: 60_000 };
    const lost = await scenario.run(event, { ...shard('2/2'), interrupt: agent.arrived(6), signal: 'SIGKILL' });
    await scenario.post(event, lost, shard('2/2'));
    expect(names(), logOf(lost)).toEqual(['agent-regress.partial-1.shard-2-of-2-support-bot']);
    scenario.breakSamples();
    const run = await again(event, shard('2/2'));
    expect(run, logOf(run)).toMatchObject({ exitCode: 0 });
    // Of three answers the last ones may have been on their way to the disk.
    const continued = noticesOf(run).map(
      (notice) => new RegExp(`^support-bot: continued attempt 1: ([123]) of ${slots / 2} slots were there`).exec(notice)?.[1],
    );
    expect(continued, noticesOf(run).join()).toEqual([expect.any(String)]);
    expect(agent.requests).toHaveLength(slots / 2 - Number(continued[0]));
    expect(recordsIn(only('agent-regress.shard-2-of-2-support-bot')).at(-1)).toMatchObject({ type: 'end' });
    expect(github.violations).toEqual([]);
  });
});
