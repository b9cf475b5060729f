import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { renderAcceptanceLine, type StoredAcceptance, withAcceptanceLine } from '../../src/github/acceptance-line.ts';
import { commentRun, labelRun } from '../github/stand-in/acceptance-runs.ts';
import { setLabel } from '../github/stand-in/label-events.ts';
import { type JobContext, pullRequestRun, pushRun, workflowRunRun } from '../github/stand-in/runs.ts';
import { addComment, ownChecks } from '../github/stand-in/seed.ts';
import type { Comment, PullRequest } from '../github/stand-in/state.ts';
import type { ActionRun } from '../helpers/run-action.ts';
import { errorsOf, isBuilt, logOf, openScenario, type Scenario } from './action-scenario.ts';
import { storeBaseline } from './stored-runs.ts';

vi.setConfig({ testTimeout: 120_000 });

const accept = { inputs: { mode: 'accept' } };
const open = renderAcceptanceLine({ kind: 'open' });

describe.skipIf(!isBuilt)('an acceptance that does not count', () => {
  let scenario: Scenario;
  let change: JobContext & { pull: PullRequest };
  beforeEach(async () => {
    scenario = await openScenario();
    change = pullRequestRun(scenario.github);
  });
  afterEach(() => scenario.close());

  const say = (body: string, more: Partial<Parameters<typeof commentRun>[1]> = {}): Promise<ActionRun> =>
    scenario.run(commentRun(scenario.github, { pull: change.pull, body, ...more }), accept);
  const reactions = () => scenario.github.state.reactions.map(({ content }) => content);

  /** The report comment of a red run, as the action leaves it. */
  function addReport(options: { suite?: string; sha?: string; line?: string; login?: string; isBot?: boolean; runId?: number } = {}): Comment {
    const { suite = 'support-bot', sha = change.pull.head.sha, line = open, runId = change.run.id } = options;
    const { login = 'github-actions[bot]', isBot = true } = options;
    const marker = `<!-- agent-regress:v1 suite=${suite} run=${runId} attempt=1 sha=${sha} -->`;
    const body = [marker, ...(line === '' ? [] : [line]), '> [!CAUTION]', `> **${suite} got worse.**`, ''].join('\n');
    return addComment(scenario.github, { issue: change.pull.number, body, login, isBot });
  }

  it('is one of somebody without write access, who learns it from a thumb only', async () => {
    const report = addReport();
    const { body } = report;
    scenario.github.state.collaborators.set('triager', 'triage');
    for (const login of ['stranger', 'triager']) {
      const run = await say('/agent-regress accept I like it', { login });
      expect(run, logOf(run)).toMatchObject({ exitCode: 0, outputs: { accepted: 'false' } });
      expect(run.stdout).toContain(`Not accepted: ${login} may not write to this repository.`);
      expect(errorsOf(run)).toEqual([]);
    }
    const label = await scenario.run(labelRun(scenario.github, { pull: change.pull, login: 'triager' }), accept);
    expect(label, logOf(label)).toMatchObject({ exitCode: 0, outputs: { accepted: 'false' } });
    expect(report.body).toBe(body);
    expect(reactions()).toEqual(['-1', '-1']);
    expect(scenario.github.violations).toEqual([]);
  });

  it('is one of a commit that the person has not seen a report of', async () => {
    const { github } = scenario;
    const report = addReport({ sha: `${'0'.repeat(39)}1` });
    const stale = await say('/agent-regress accept fine');
    expect(stale, logOf(stale)).toMatchObject({ exitCode: 2, outputs: { accepted: 'false' } });
    expect(errorsOf(stale).join()).toContain('a newer commit was pushed after this report: wait for the report of the new commit, then accept again');
    // The commit is pushed after the comment, and its report comes before the job of the comment starts.
    const job = commentRun(github, { pull: change.pull, body: '/agent-regress accept fine' });
    report.body = report.body.replace(/sha=\w+/, `sha=${change.pull.head.sha}`);
    report.updatedAt = github.state.now();
    const late = await scenario.run(job, accept);
    expect(errorsOf(late).join(), logOf(late)).toContain('its report was changed after you accepted');
    // The report is replaced while the job works.
    const fault = github.setFault({
      kind: 'meanwhile',
      on: 'issues/get-comment',
      change: () => {
        report.body = report.body.replace('got worse', 'got much worse');
      },
    });
    const race = await say('/agent-regress accept fine');
    expect(errorsOf(race).join(), logOf(race)).toContain('its report was changed just now');
    expect(fault.struck).toBe(1);
    expect(report.body).not.toContain('Accepted');
    expect(reactions()).toEqual(['confused', 'confused', 'confused']);
  });

  it('is one of a report that is not ours, or has nothing that can be accepted, or without a reason', async () => {
    const forged = addReport({ login: 'stranger', isBot: false });
    const none = await say('/agent-regress accept fine');
    expect(errorsOf(none).join(), logOf(none)).toContain('there is no report on this pull request yet');
    expect(forged.body).not.toContain('Accepted');
    const incomplete = addReport({ line: '' });
    const nothing = await say('/agent-regress accept fine');
    expect(errorsOf(nothing).join(), logOf(nothing)).toContain('its report shows no regression that could be accepted');
    incomplete.body = addReport({ runId: change.run.id + 1 }).body;
    const silent = await say('/agent-regress accept');
    expect(errorsOf(silent).join(), logOf(silent)).toContain('an acceptance needs a reason');
    expect(scenario.github.writes().filter(({ method }) => method === 'PATCH')).toEqual([]);
    expect(scenario.github.violations).toEqual([]);
  });

  it('is a record in our name of a label that accepts nothing, or of somebody who did not set it', async () => {
    const { github } = scenario;
    await storeBaseline(scenario);
    scenario.breakSamples(1, 2, 3, 4);
    const red = pullRequestRun(github);
    expect((await scenario.run(red)).exitCode).toBe(1);
    const report = () => github.state.comments.find(({ issue }) => issue === red.pull.number)!;
    const cases = [
      { label: 'documentation', login: 'monalisa', words: /the label that accepts is/ },
      { label: 'agent-regress: accept', login: 'triager', words: /they are not the one who set its label/ },
    ];
    for (const [index, { label, login, words }] of cases.entries()) {
      setLabel(red.pull, { id: github.state.nextId(), label, login, createdAt: github.state.now() });
      const at = new Date().toISOString();
      const record: StoredAcceptance = { v: 1, by: 'monalisa', reason: 'fine', sha: red.pull.head.sha, at, via: 'label', label };
      report().body = withAcceptanceLine(report().body, renderAcceptanceLine({ kind: 'accepted', record }));
      const again = await scenario.run({ ...red, run: Object.assign(red.run, { attempt: index + 2 }) });
      expect(again, logOf(again)).toMatchObject({ exitCode: 1, outputs: { verdict: 'regressed', accepted: 'false' } });
      expect(report().body).toMatch(words);
      expect(report().body).toContain(open);
    }
    expect(github.violations).toEqual([]);
  });

  it('is no command: quoted, in code, edited, on an issue, another label', async () => {
    addReport();
    const quoted = await say('> /agent-regress accept fine\n\n```\n/agent-regress accept fine\n```\n please /agent-regress accept fine');
    const edited = await say('/agent-regress accept fine', { action: 'edited' });
    const issue = await say('/agent-regress accept fine', { isIssue: true });
    const label = await scenario.run(labelRun(scenario.github, { pull: change.pull, label: 'bug' }), accept);
    for (const run of [quoted, edited, issue, label]) {
      expect(run, logOf(run)).toMatchObject({ exitCode: 0, outputs: { accepted: 'false' } });
      expect(run.stdout).toContain('Nothing to accept: ');
    }
    expect(scenario.github.calls).toEqual([]);
  });

  it('refuses every other event, and mode run still refuses these', async () => {
    const { github } = scenario;
    for (const event of [change, pushRun(github), workflowRunRun(github, { of: change })]) {
      const run = await scenario.run(event, accept);
      expect(run.exitCode, logOf(run)).toBe(2);
      expect(errorsOf(run).join()).toContain('mode "accept" works on issue_comment and on pull_request_target');
    }
    const run = await scenario.run(commentRun(github, { pull: change.pull, body: '/agent-regress accept fine' }));
    expect(run.exitCode, logOf(run)).toBe(2);
    expect(github.calls).toEqual([]);
    expect(scenario.agent.requests).toEqual([]);
  });

  it('is a record that only looks like one: nobody with write access asked for it', async () => {
    const { github } = scenario;
    await storeBaseline(scenario);
    scenario.breakSamples(1, 2, 3, 4);
    const pull = pullRequestRun(github);
    const asked = addComment(github, { issue: pull.pull.number, body: '/agent-regress accept mine', login: 'stranger' });
    const record: StoredAcceptance = {
      ...{ v: 1, by: 'stranger', reason: 'mine', sha: pull.pull.head.sha, at: '2026-01-01T00:00:00Z' },
      ...{ via: 'comment', commentId: asked.id },
    };
    const marker = `<!-- agent-regress:v1 suite=support-bot run=1 attempt=1 sha=${pull.pull.head.sha} -->`;
    const body = (by: string) => `${marker}\n${renderAcceptanceLine({ kind: 'accepted', record: { ...record, by } })}\n`;
    addComment(github, { issue: pull.pull.number, body: body('stranger'), login: 'github-actions[bot]', isBot: true });
    const run = await scenario.run(pullRequestRun(github, { pull: pull.pull, action: 'reopened' }));
    expect(run, logOf(run)).toMatchObject({ exitCode: 1, outputs: { accepted: 'false' } });
    const report = () => github.state.comments.find(({ author }) => author.isBot)!;
    expect(report().body).toContain('does not count: they may not write to this repository');
    // In the name of a member who has not asked for it, and in a comment of a stranger.
    report().body = body('monalisa');
    addComment(github, { issue: pull.pull.number, body: body('monalisa'), login: 'stranger' });
    const named = await scenario.run({ ...pull, run: Object.assign(pull.run, { attempt: 2 }) });
    expect(named, logOf(named)).toMatchObject({ exitCode: 1, outputs: { accepted: 'false' } });
    expect(report().body).toContain('was taken back: its comment is gone');
    expect(ownChecks(github).at(-1)).toMatchObject({ conclusion: 'failure' });
    expect(github.violations).toEqual([]);
  });
});
