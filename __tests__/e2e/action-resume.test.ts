import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type JobContext, pullRequestRun, pushRun } from '../github/stand-in/runs.ts';
import { addArtifact, artifactFiles, ownChecks } from '../github/stand-in/seed.ts';
import type { Artifact } from '../github/stand-in/state.ts';
import type { ActionRun, ActionRunOptions } from '../helpers/run-action.ts';
import { agentKey, config, isBuilt, logOf, openScenario, questionOf, type Scenario, sampleCount, warningsOf } from './action-scenario.ts';

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

  it('F25 has its log stored by the step after it when it was killed, and the next attempt asks only what is missing', async () => {
    const { github, agent } = scenario;
    const event = pushRun(github);
    const post = await killed(event);
    expect(post.exitCode, logOf(post)).toBe(0);
    expect(names()).toEqual(['agent-regress.partial-1.late-support-bot']);
    expect([...artifactFiles(github.state.artifacts[0]!).keys()]).toEqual(['run.jsonl']);

    const run = await again(event);
    expect(run, logOf(run)).toMatchObject({ exitCode: 0, outputs: { verdict: 'no-baseline', 'pass-rate': '1' } });
    expect(noticesOf(run)).toContain(wasContinued);
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

  it('F24 stores its log itself when it is cancelled as the runner does it, and leaves it to the step after it when there is no time', async () => {
    const { github, agent } = scenario;
    const event = pullRequestRun(github, { isFork: true });
    const run = await stopped(event);
    expect(run, logOf(run)).toMatchObject({ exitCode: 130 });
    expect(run.stoppedAfterMs).toBeLessThan(5000);
    expect(names()).toEqual(['agent-regress.partial-1-support-bot']);
    await scenario.post(event, run);
    expect(names()).toHaveLength(1);

    await rm(join(scenario.workspace, '.agent-regress'), { recursive: true });
    event.run.attempt = 2;
    const hanging = github.setFault({ on: 'artifact/CreateArtifact', kind: 'latency', delayMs: 30_000 });
    const second = await stopped(event, { interrupt: scenario.agent.arrived(4) });
    hanging.remove();
    expect(second.stoppedAfterMs).toBeLessThan(7500);
    await scenario.post(event, second);
    expect(names(), logOf(second)).toContain('agent-regress.partial-2.late-support-bot');

    const third = await again(event);
    expect(third, logOf(third)).toMatchObject({ exitCode: 0, outputs: { 'pass-rate': '1' } });
    expect(noticesOf(third).join()).toContain(`of ${slots} slots were there`);
    expect(agent.requests.length).toBeLessThanOrEqual(slots - answered);
    expect(github.writes().filter(({ operationId }) => operationId !== 'unknown')).toEqual([]);
    expect(github.violations).toEqual([]);
  });

  it('is never the baseline, the shard or the report of anything', async () => {
    const { github } = scenario;
    const event = pushRun(github);
    await killed(event);
    const change = await scenario.run(pullRequestRun(github));
    expect(change.outputs.verdict, logOf(change)).toBe('no-baseline');
    const merged = await scenario.run(event, { inputs: { mode: 'merge' } });
    expect(logOf(merged)).toContain('there is no shard of support-bot');
  });

  it('F25 goes on when its own minutes were up, and says so in its check; an older log, of which it has more, is left alone', async () => {
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

  it('starts anew with `resume: off`, after another change of its config, and says which field differs', async () => {
    const { github, agent, workspace } = scenario;
    const off = { inputs: { resume: 'off' } };
    const event = pushRun(github);
    await killed(event, off);
    expect(names()).toEqual([]);

    const other = pushRun(github);
    await killed(other);
    await writeFile(join(workspace, 'agent-regress.yml'), config.replace('question:', 'prompt:'));
    const changed = await again(other, { interrupt: agent.arrived(4) });
    expect(logOf(changed)).toContain('artifact "agent-regress.partial-1.late-support-bot" is not continued: call.template changed');
    await writeFile(join(workspace, 'agent-regress.yml'), config);
    const run = await again(other, off);
    expect(agent.requests, logOf(run)).toHaveLength(slots);
  });

  it('goes on from the attempt that has most, and from none whose bytes, archive or origin are not sound', async () => {
    const { github, agent } = scenario;
    const event = pushRun(github);
    await killed(event);
    const [found] = github.state.artifacts.splice(0);
    const log = String(artifactFiles(found!).get('run.jsonl'));
    const name = (attempt: number) => `agent-regress.partial-${attempt}-support-bot`;
    const add = (attempt: number, more: Partial<Parameters<typeof addArtifact>[1]>) =>
      addArtifact(github, { runId: event.run.id, name: name(attempt), files: { 'run.jsonl': log }, ...more });
    const head = log.slice(0, log.indexOf('\n{"type":"attempt"') + 1);
    add(1, { files: { 'run.jsonl': log } });
    add(2, { files: { 'run.jsonl': head } });
    add(3, { digest: `sha256:${'0'.repeat(64)}` });
    add(4, { files: { '../run.jsonl': log } });
    add(5, { files: { 'run.jsonl': log.replace('"answer', '"Answer') } });
    event.run.attempt = 6;
    const run = await again(event);
    const text = logOf(run);
    expect(text).toMatch(/partial-3-support-bot" is not continued: artifact \d+ does not match its digest/);
    expect(text).toMatch(/partial-4-support-bot" is not continued: the artifact archive is refused/);
    expect(text).toMatch(/partial-5-support-bot" is not continued: .*does not match its checksum/);
    expect(noticesOf(run), text).toContain(wasContinued);
    expect(agent.requests).toHaveLength(slots - answered);
    expect(warningsOf(run)).toEqual([]);
    expect(text.replaceAll(`::add-mask::${agentKey}`, '')).not.toContain(agentKey);
  });
});
