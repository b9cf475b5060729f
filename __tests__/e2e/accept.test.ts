import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { commentRun, labelRun, mergedRun } from '../github/stand-in/acceptance-runs.ts';
import { type JobContext, pullRequestRun, scheduledRun } from '../github/stand-in/runs.ts';
import { ownChecks } from '../github/stand-in/seed.ts';
import type { PullRequest } from '../github/stand-in/state.ts';
import type { ActionRun } from '../helpers/run-action.ts';
import { errorsOf, isBuilt, logOf, openScenario, type Scenario } from './action-scenario.ts';
import { storeBaseline } from './stored-runs.ts';

vi.setConfig({ testTimeout: 120_000 });

const accept = { inputs: { mode: 'accept' } };

describe.skipIf(!isBuilt)('accepting a regression', () => {
  let scenario: Scenario;
  beforeEach(async () => {
    scenario = await openScenario();
    await storeBaseline(scenario);
  });
  afterEach(() => scenario.close());

  /** A pull request with a red report. */
  async function redPull(): Promise<JobContext & { pull: PullRequest }> {
    scenario.breakSamples(1, 2, 3, 4);
    const change = pullRequestRun(scenario.github);
    const run = await scenario.run(change);
    expect(run, logOf(run)).toMatchObject({ exitCode: 1, outputs: { verdict: 'regressed', accepted: 'false' } });
    return change;
  }

  const say = (pull: PullRequest, body: string, login = 'monalisa'): Promise<ActionRun> =>
    scenario.run(commentRun(scenario.github, { pull, body, login }), accept);
  const report = () => scenario.github.state.comments.find(({ author }) => author.isBot)?.body ?? '';
  const reactions = () => scenario.github.state.reactions.map(({ content }) => content);
  const check = () => ownChecks(scenario.github).at(-1);

  it('turns the check of that commit grey, keeps its report, and says who and why in the comment', async () => {
    const { pull } = await redPull();
    const before = check()?.summary ?? '';
    const run = await say(pull, '/agent-regress accept shorter answers are wanted');
    expect(run, logOf(run)).toMatchObject({ exitCode: 0, outputs: { accepted: 'true', 'exit-code': '0' } });
    expect(check()).toMatchObject({ headSha: pull.head.sha, status: 'completed', conclusion: 'neutral' });
    expect(check()?.title).toMatch(/^Accepted by monalisa: support-bot got worse/);
    expect(check()?.summary).toContain('shorter answers are wanted');
    expect(check()?.summary).toContain(before.slice(0, 500));
    expect(report()).toMatch(
      /\n✅ \*\*Accepted\*\* by `monalisa` on \d{4}-\d\d-\d\d for `[0-9a-f]{7}`: shorter answers are wanted\n\n> \[!CAUTION\]/,
    );
    expect(reactions()).toEqual(['+1']);
    expect(run.outputs['check-url']).toContain('/runs/');
    expect(run.summary).toContain('accepted by `monalisa`');
    expect(scenario.github.violations).toEqual([]);
  });

  it('keeps a later run of the same commit green, which says who accepted it, without a call more when it is fine', async () => {
    const change = await redPull();
    await say(change.pull, '/agent-regress accept shorter answers are wanted');
    const again = await scenario.run({ ...change, run: Object.assign(change.run, { attempt: 2 }) });
    expect(again, logOf(again)).toMatchObject({ exitCode: 0, outputs: { verdict: 'regressed', accepted: 'true', 'exit-code': '0' } });
    expect(check()).toMatchObject({ conclusion: 'neutral' });
    expect(check()?.title).toMatch(/^support-bot got worse, accepted\. Accepted by monalisa on .*shorter answers are wanted/);
    expect(report()).toContain('**support-bot got worse, accepted.** Accepted by `monalisa`');
    expect(again.summary).toContain('> [!WARNING]\n> **support-bot got worse, accepted.**');
    scenario.breakSamples();
    const calls = scenario.github.calls.length;
    const fine = await scenario.run({ ...change, run: Object.assign(change.run, { attempt: 3 }) });
    expect(fine, logOf(fine)).toMatchObject({ exitCode: 0, outputs: { verdict: 'no-change', accepted: 'false' } });
    const asked = scenario.github.calls.slice(calls).map(({ operationId }) => operationId);
    expect(asked).not.toContain('repos/get-collaborator-permission-level');
    expect(asked).not.toContain('issues/get-comment');
    // A lucky run of the same commit does not take the acceptance away.
    scenario.breakSamples(1, 2, 3, 4);
    const unlucky = await scenario.run({ ...change, run: Object.assign(change.run, { attempt: 4 }) });
    expect(unlucky, logOf(unlucky)).toMatchObject({ exitCode: 0, outputs: { accepted: 'true' } });
    expect(scenario.github.state.comments.filter(({ author }) => author.isBot)).toHaveLength(1);
    expect(scenario.github.violations).toEqual([]);
  });

  it('is void for the next commit, and the report of that says so', async () => {
    const { pull } = await redPull();
    const accepted = pull.head.sha.slice(0, 7);
    await say(pull, '/agent-regress accept shorter answers are wanted');
    const run = await scenario.run(pullRequestRun(scenario.github, { pull }));
    expect(run, logOf(run)).toMatchObject({ exitCode: 1, outputs: { verdict: 'regressed', accepted: 'false' } });
    expect(report()).toContain(`The acceptance of \`${accepted}\` by \`monalisa\` does not cover this commit.`);
    expect(check()).toMatchObject({ headSha: pull.head.sha, conclusion: 'failure' });
    expect(scenario.github.violations).toEqual([]);
  });

  it('covers the commit that it was merged as, and that one is the level of what follows', async () => {
    const { github } = scenario;
    const { pull } = await redPull();
    await say(pull, '/agent-regress accept shorter answers are wanted');
    const merged = await scenario.run(mergedRun(github, pull));
    expect(merged, logOf(merged)).toMatchObject({ exitCode: 0, outputs: { verdict: 'regressed', accepted: 'true' } });
    expect(check()).toMatchObject({ conclusion: 'neutral' });
    const next = await scenario.run(pullRequestRun(github));
    expect(next, logOf(next)).toMatchObject({ exitCode: 0, outputs: { accepted: 'false' } });
    expect(next.outputs.verdict).not.toBe('regressed');
    expect(next.summary).toContain('left out');
    // A night later: the same commit got worse by itself, which nobody accepted.
    scenario.breakSamples(1, 2, 3, 4, 5, 6, 7, 8);
    const night = await scenario.run(scheduledRun(github));
    expect(night, logOf(night)).toMatchObject({ exitCode: 1, outputs: { verdict: 'regressed', accepted: 'false' } });
    expect(github.violations).toEqual([]);
  });

  it('is done by a label too, until that is taken off', async () => {
    const change = await redPull();
    const run = await scenario.run(labelRun(scenario.github, { pull: change.pull }), accept);
    expect(run, logOf(run)).toMatchObject({ exitCode: 0, outputs: { accepted: 'true' } });
    expect(check()).toMatchObject({ conclusion: 'neutral' });
    expect(report()).toContain('label set by monalisa');
    const again = await scenario.run({ ...change, run: Object.assign(change.run, { attempt: 2 }) });
    expect(again, logOf(again)).toMatchObject({ exitCode: 0, outputs: { accepted: 'true' } });
    change.pull.labels = [];
    const without = await scenario.run({ ...change, run: Object.assign(change.run, { attempt: 3 }) });
    expect(without, logOf(without)).toMatchObject({ exitCode: 1, outputs: { accepted: 'false' } });
    expect(report()).toContain('was taken back: its label is gone');
    expect(errorsOf(run)).toEqual([]);
    expect(scenario.github.violations).toEqual([]);
  });

  it('is kept when GitHub cannot be asked about it, for the runs that follow', async () => {
    const change = await redPull();
    await say(change.pull, '/agent-regress accept shorter answers are wanted');
    const again = (attempt: number) => scenario.run({ ...change, run: Object.assign(change.run, { attempt }) });
    const fault = scenario.github.setFault({ on: 'repos/get-collaborator-permission-level', kind: 'status', status: 500, times: 9 });
    const failing = await again(2);
    expect(failing, logOf(failing)).toMatchObject({ exitCode: 1, outputs: { accepted: 'false' } });
    expect(logOf(failing)).toContain('no acceptance was looked for');
    expect(report()).toContain('attempt=2');
    fault.remove();
    const later = await again(3);
    expect(later, logOf(later)).toMatchObject({ exitCode: 0, outputs: { accepted: 'true' } });
  });
});
