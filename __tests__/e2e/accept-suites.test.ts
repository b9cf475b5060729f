import { tmpdir } from 'node:os';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { parseAcceptanceLine, renderAcceptanceLine } from '../../src/github/acceptance-line.ts';
import { commentRun, labelRun } from '../github/stand-in/acceptance-runs.ts';
import { type JobContext, mergeGroupRun, pullRequestRun, pushRun, workflowRunRun } from '../github/stand-in/runs.ts';
import { addComment, ownChecks } from '../github/stand-in/seed.ts';
import type { Comment, PullRequest } from '../github/stand-in/state.ts';
import { errorsOf, isBuilt, logOf, openScenario, type Scenario } from './action-scenario.ts';

vi.setConfig({ testTimeout: 120_000 });

/** Nothing is checked out: the folder is not the repository's. */
const accept = { inputs: { mode: 'accept' }, cwd: tmpdir() };

describe.skipIf(!isBuilt)('accepting', () => {
  let scenario: Scenario;
  beforeEach(async () => {
    scenario = await openScenario();
  });
  afterEach(() => scenario.close());

  /** What a red run leaves on a pull request: its report and its check. */
  function addReport({ run, pull }: JobContext & { pull: PullRequest }, suite: string): Comment {
    const { state } = scenario.github;
    const { sha } = pull.head;
    const blank = { startedAt: null, completedAt: state.now(), detailsUrl: null, text: null, annotations: [] };
    const told = { title: `${suite} got worse.`, summary: `report of ${suite}` };
    state.checkRuns.push({
      ...{ ...blank, ...told, id: state.nextId(), name: `agent-regress / ${suite}`, headSha: sha },
      ...{ status: 'completed', conclusion: 'failure', externalId: `${run.id}-1-${suite}` },
    });
    const marker = `<!-- agent-regress:v1 suite=${suite} run=${run.id} attempt=1 sha=${sha} -->`;
    const body = `${marker}\n${renderAcceptanceLine({ kind: 'open' })}\n> [!CAUTION]\n> **${suite} got worse.**\n`;
    return addComment(scenario.github, { issue: pull.number, body, login: 'github-actions[bot]', isBot: true });
  }
  const conclusions = () =>
    Object.fromEntries(ownChecks(scenario.github).map(({ name, conclusion }) => [name.replace('agent-regress / ', ''), conclusion]));

  it('takes one of several suites, or all of them, and tells what it did not find', async () => {
    const { github } = scenario;
    const change = pullRequestRun(github);
    const reports = ['billing', 'billing-eu', 'refunds'].map((suite) => addReport(change, suite));
    const one = await scenario.run(
      commentRun(github, { pull: change.pull, body: 'thanks!\n/agent-regress accept suite:billing cheaper model' }),
      accept,
    );
    expect(one, logOf(one)).toMatchObject({ exitCode: 0, outputs: { accepted: 'true' } });
    expect(conclusions()).toEqual({ billing: 'neutral', 'billing-eu': 'failure', refunds: 'failure' });
    const wrong = await scenario.run(commentRun(github, { pull: change.pull, body: '/agent-regress accept suite:shipping why not' }), accept);
    expect(wrong, logOf(wrong)).toMatchObject({ exitCode: 2, outputs: { accepted: 'false' } });
    expect(errorsOf(wrong).join()).toContain('no report is about this suite; there are reports about billing, billing-eu, refunds');
    // Without `checks: write` it is recorded, and said that the check stays red.
    const token = 'ghs_noChecks';
    github.state.tokens.set(token, { contents: 'read', actions: 'read', checks: 'read', pullRequests: 'write' });
    const poor = await scenario.run(commentRun(github, { pull: change.pull, body: '/agent-regress accept suite:refunds ok', token }), accept);
    expect(errorsOf(poor).join(), logOf(poor)).toMatch(/refunds.*recorded, but its check stays red.*`checks: write`/);
    const rest = await scenario.run(labelRun(github, { pull: change.pull }), accept);
    expect(rest, logOf(rest)).toMatchObject({ exitCode: 0, outputs: { accepted: 'true' } });
    expect(conclusions()).toEqual({ billing: 'neutral', 'billing-eu': 'neutral', refunds: 'neutral' });
    // `check: job`: the job itself is red, until it is run again.
    const withoutCheck = addReport(change, 'jobs');
    github.state.checkRuns.pop();
    const alone = await scenario.run(commentRun(github, { pull: change.pull, body: '/agent-regress accept ok' }), accept);
    expect(alone, logOf(alone)).toMatchObject({ exitCode: 0, outputs: { accepted: 'true' } });
    expect(alone.stdout).toContain('No check was changed: this report has no check run of its own; re-run its job');
    expect(withoutCheck.body).toContain('**Accepted** by `monalisa`');
    const reasons = reports.map(({ body }) => parseAcceptanceLine(body)).map((line) => line?.kind === 'accepted' && line.record.reason);
    expect(reasons).toEqual(['cheaper model', 'label set by monalisa', 'ok']);
    expect(github.violations).toEqual([]);
  });

  it('shows a hostile reason as text, in comment, check, log and summary', async () => {
    const { github } = scenario;
    const change = pullRequestRun(github);
    const report = addReport(change, 'billing');
    const reason = `@octo-org/all --> <img src=x onerror=alert(1)> \`\`\` | [a](https://evil.example) #1 ::error::x %0A ##[error]y \u202e</details> ${'x'.repeat(400)}`;
    const run = await scenario.run(commentRun(github, { pull: change.pull, body: `/agent-regress accept ${reason}` }), accept);
    expect(run, logOf(run)).toMatchObject({ exitCode: 0, outputs: { accepted: 'true' } });
    const line = parseAcceptanceLine(report.body);
    expect(line?.kind === 'accepted' && [...line.record.reason]).toHaveLength(300);
    const [marker = '', hidden = '', visible = ''] = report.body.split('\n');
    expect(marker).toContain('suite=billing');
    expect(hidden).toMatch(/^<!-- agent-regress:acceptance v1 [\w-]+ -->$/);
    const check = ownChecks(github).at(-1);
    for (const text of [visible, check?.summary ?? '', check?.title ?? '', run.summary]) {
      expect(text).not.toMatch(/@octo-org|<img|<\/details>|(?<!\\)\]\(https|\u202e|-->/);
    }
    expect(check?.summary).toContain('report of billing');
    expect(run.commands.map(({ name }) => name).filter((name) => name === 'error')).toEqual([]);
    expect(github.violations).toEqual([]);
  });

  it('holds in the merge queue, for the pull request that is in it', async () => {
    const { github } = scenario;
    await scenario.run(pushRun(github));
    scenario.breakSamples(1, 2, 3, 4);
    const change = pullRequestRun(github);
    await scenario.run(change);
    const refused = await scenario.run(mergeGroupRun(github, { pull: change.pull }));
    expect(refused, logOf(refused)).toMatchObject({ exitCode: 1, outputs: { accepted: 'false' } });
    await scenario.run(commentRun(github, { pull: change.pull, body: '/agent-regress accept wanted' }), accept);
    const queued = mergeGroupRun(github, { pull: change.pull });
    const run = await scenario.run(queued);
    expect(run, logOf(run)).toMatchObject({ exitCode: 0, outputs: { accepted: 'true' } });
    expect(ownChecks(github).at(-1)).toMatchObject({ headSha: queued.sha, conclusion: 'neutral' });
    expect(github.violations).toEqual([]);
  });

  it('holds for the report of a fork that is published, which itself cannot say that it is accepted', async () => {
    const { github } = scenario;
    await scenario.run(pushRun(github));
    scenario.breakSamples(1, 2, 3, 4);
    const change = pullRequestRun(github, { isFork: true });
    await scenario.run(change);
    const publish = { inputs: { mode: 'publish' } };
    await scenario.run(workflowRunRun(github, { of: change }), publish);
    expect(ownChecks(github).at(-1)).toMatchObject({ headSha: change.pull.head.sha, conclusion: 'failure' });
    const run = await scenario.run(commentRun(github, { pull: change.pull, body: '/agent-regress accept wanted' }), accept);
    expect(run, logOf(run)).toMatchObject({ exitCode: 0, outputs: { accepted: 'true' } });
    expect(ownChecks(github).at(-1)).toMatchObject({ conclusion: 'neutral' });
    const again = await scenario.run({ ...change, run: Object.assign(change.run, { attempt: 2 }) });
    expect(again, logOf(again)).toMatchObject({ exitCode: 0, outputs: { accepted: 'true' } });
    await scenario.run(workflowRunRun(github, { of: change }), publish);
    expect(ownChecks(github).at(-1)).toMatchObject({ conclusion: 'neutral' });
    // The comment is gone, and with it the acceptance, whatever the stored report says.
    github.state.comments = github.state.comments.filter(({ author }) => author.isBot);
    const published = await scenario.run(workflowRunRun(github, { of: change }), publish);
    expect(ownChecks(github).at(-1), logOf(published)).toMatchObject({ conclusion: 'failure' });
    expect(github.violations).toEqual([]);
  });
});
