import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { commentRun, mergedRun } from '../github/stand-in/acceptance-runs.ts';
import { mergeGroupRun, pullRequestRun, pushRun, scheduledRun } from '../github/stand-in/runs.ts';
import { addArtifact, artifactFiles } from '../github/stand-in/seed.ts';
import { addCommit } from '../github/stand-in/state.ts';
import { isBuilt, logOf, openScenario, type Scenario, warningsOf } from './action-scenario.ts';

vi.setConfig({ testTimeout: 180_000 });

const inputs = { issue: 'regressions', comment: 'off' };

describe.skipIf(!isBuilt)('the built action night after night', () => {
  let scenario: Scenario;
  beforeEach(async () => {
    scenario = await openScenario();
  });
  afterEach(() => scenario.close());

  const night = () => {
    const { github } = scenario;
    return scenario.run(scheduledRun(github, { token: github.tokens.nightly }), { inputs });
  };
  const bodyOf = () => scenario.github.state.issues[0]?.body ?? '';

  it('opens one issue when a night is worse, keeps it up to date, closes it on recovery, and draws the trend', async () => {
    const { github } = scenario;
    const first = await night();
    expect(first, logOf(first)).toMatchObject({ exitCode: 0, outputs: { 'issue-url': '' } });
    const [goodSha] = [...github.state.branches.values()];
    await night();
    expect(github.state.issues).toEqual([]);

    addCommit(github.state, { branch: 'main', message: 'Ask for *less* @everyone\n\nbody' });
    const bad = addCommit(github.state, { branch: 'main', message: 'Change the prompt' });
    scenario.breakSamples(1, 2, 3, 4);
    const worse = await night();
    expect(worse, logOf(worse)).toMatchObject({ exitCode: 1, outputs: { verdict: 'regressed' } });
    const [issue] = github.state.issues;
    expect(issue).toMatchObject({ state: 'open', title: 'agent-regress: support-bot got worse', labels: ['agent-regress'] });
    expect(worse.outputs['issue-url']).toBe(`https://github.com/octo-org/support-bot/issues/${issue!.number}`);
    expect(issue!.body).toContain('refund-1');
    expect(issue!.body).toContain(`compare/${goodSha}...${bad.sha}`);
    expect(issue!.body).toContain('2 commits');
    expect(issue!.body).toContain('Ask for \\*less\\* @\u200beveryone');
    expect(worse.summary).toMatch(/\*\*History\.\*\* Pass rate over the last 2 runs: 100\.0 %, now 66\.7 %\./);

    const stillBad = await night();
    expect(github.state.issues, logOf(stillBad)).toHaveLength(1);
    expect(issue).toMatchObject({ state: 'open', body: expect.stringContaining('refund-1') });
    expect(bodyOf().match(/66\.7 %/g)!.length).toBeGreaterThanOrEqual(2);
    expect(github.state.comments).toEqual([]);

    scenario.breakSamples();
    const good = await night();
    expect(good, logOf(good)).toMatchObject({ exitCode: 0, outputs: { verdict: 'improved' } });
    expect(issue).toMatchObject({ state: 'closed', stateReason: 'completed' });
    expect(github.state.comments.map(({ body }) => body)).toEqual([
      expect.stringMatching(/^Recovered at .* after 2 bad runs\. Pass rate 100\.0 %\.$/),
    ]);
    expect(good.summary).toMatch(/Pass rate over the last 4 runs: 66\.7 % … 100\.0 %, now 100\.0 %/);

    const files = artifactFiles(github.state.artifacts.at(-1)!);
    const rows = files
      .get('history.jsonl')!
      .toString()
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(rows.map(({ verdict }) => verdict)).toEqual(['no-baseline', 'no-change', 'regressed', 'no-change', 'improved']);
    const html = files.get('report.html')!.toString();
    expect(html).toContain('run-worse');
    expect(html).toContain('The 5 runs as a table');
    const calm = await night();
    expect(github.state.comments, logOf(calm)).toHaveLength(1);
    expect(github.violations).toEqual([]);
  });

  it('says that nothing was committed in between when the endpoint or the model has drifted', async () => {
    await night();
    scenario.breakSamples(1, 2, 3, 4);
    await night();
    expect(bodyOf()).toContain('No commit in between');
    expect(scenario.github.violations).toEqual([]);
  });

  it('opens the last issue again when it gets worse within a week, and leaves one alone that a person closed', async () => {
    const { github } = scenario;
    await night();
    scenario.breakSamples(1, 2, 3, 4);
    await night();
    const [issue] = github.state.issues;
    Object.assign(issue!, { state: 'closed', closedAt: new Date().toISOString() });
    const quiet = await night();
    expect(issue, logOf(quiet)).toMatchObject({ state: 'closed' });
    expect(quiet.stdout).toContain('closed by hand');
    scenario.breakSamples(1, 2, 3, 4, 5, 6, 7, 8);
    const again = await night();
    expect(again.outputs.verdict, logOf(again)).toBe('regressed');
    expect(github.state.issues).toMatchObject([{ state: 'open', stateReason: 'reopened' }]);
    expect(github.state.comments.map(({ body }) => body)).toEqual([expect.stringContaining('Worse again')]);
  });

  it('opens no issue over a regression that was accepted before it was merged', async () => {
    const { github } = scenario;
    await scenario.run(pushRun(github));
    await night();
    scenario.breakSamples(1, 2, 3, 4);
    const change = pullRequestRun(github);
    await scenario.run(change);
    const accepting = await scenario.run(commentRun(github, { pull: change.pull, body: '/agent-regress accept wanted' }), {
      inputs: { mode: 'accept' },
    });
    expect(accepting.exitCode, logOf(accepting)).toBe(0);
    await scenario.run(mergedRun(github, change.pull));
    const after = await night();
    expect(after.exitCode, logOf(after)).toBe(0);
    expect(github.state.issues).toEqual([]);
    expect(github.violations).toEqual([]);
  });

  it('warns with the missing permission, and keeps verdict and exit code', async () => {
    const { github } = scenario;
    await night();
    scenario.breakSamples(1, 2, 3, 4);
    const run = await scenario.run(scheduledRun(github), { inputs });
    expect(run, logOf(run)).toMatchObject({ exitCode: 1, outputs: { verdict: 'regressed', 'issue-url': '' } });
    expect(warningsOf(run).filter((text) => text.includes('`issues: write`'))).toHaveLength(1);
    expect(github.state.issues).toEqual([]);
  });

  it.each([
    ['fails after it has done the work', { kind: 'status-after-commit', status: 502 } as const, 1],
    ['hangs up before it did anything', { kind: 'drop' } as const, 2],
  ])('leaves one issue when GitHub %s', async (_, fault, posts) => {
    const { github } = scenario;
    await night();
    scenario.breakSamples(1, 2, 3, 4);
    github.setFault({ on: 'issues/create', ...fault });
    const run = await night();
    expect(github.state.issues, logOf(run)).toHaveLength(1);
    expect(github.calls.filter(({ operationId }) => operationId === 'issues/create')).toHaveLength(posts);
    expect(run.outputs['issue-url']).toContain('/issues/1');
  });

  it('takes no issue of a person for its own, whatever it begins with', async () => {
    const { github } = scenario;
    await night();
    scenario.breakSamples(1, 2, 3, 4);
    await night();
    const own = github.state.issues[0]!;
    github.state.issues.push({ ...own, id: 9, number: 9, author: { login: 'monalisa', isBot: false } });
    own.state = 'closed';
    own.body = 'gone';
    const run = await night();
    expect(
      github.state.issues.map(({ number, author }) => [number, author.isBot]),
      logOf(run),
    ).toEqual([
      [1, true],
      [9, false],
      [10, true],
    ]);
  });

  it('shows the trend of the default branch on a pull request, without a request more, and stores nothing of it there', async () => {
    const { github } = scenario;
    await scenario.run(pushRun(github));
    await scenario.run(pushRun(github));
    scenario.breakSamples(1);
    const run = await scenario.run(pullRequestRun(github), { inputs: { issue: 'regressions' } });
    expect(run.summary, logOf(run)).toContain('Pass rate over the last 2 runs: 100.0 %');
    expect(github.state.issues).toEqual([]);
    expect(github.calls.filter(({ operationId }) => /^issues\/(create|update|list-for-repo)$/.test(operationId))).toEqual([]);
    scenario.breakSamples();
    await scenario.run(pushRun(github));
    const rows = artifactFiles(github.state.artifacts.at(-1)!).get('history.jsonl')!.toString();
    expect(rows).not.toContain('pull_request');
    expect(rows.trim().split('\n')).toHaveLength(3);
  });

  it('reads the runs of before from their reports, once, when the stored runs carry no history yet', async () => {
    const { github } = scenario;
    for (let index = 0; index < 3; index++) await night();
    for (const artifact of github.state.artifacts.splice(0)) {
      const files = Object.fromEntries([...artifactFiles(artifact)].filter(([name]) => name !== 'history.jsonl'));
      addArtifact(github, { runId: artifact.runId, name: artifact.name, files });
    }
    const first = await night();
    expect(first.summary, logOf(first)).toContain('Pass rate over the last 3 runs: 100.0 %');
    const downloads = () => github.calls.filter(({ operationId }) => operationId === 'actions/download-artifact').length;
    const before = downloads();
    const second = await night();
    expect(second.summary, logOf(second)).toContain('Pass rate over the last 4 runs: 100.0 %');
    expect(downloads() - before).toBeLessThanOrEqual(5);
    expect(github.violations).toEqual([]);
  });

  it('counts runs of the merge queue among those of before only when their commit was merged', async () => {
    const { github } = scenario;
    await scenario.run(pushRun(github));
    const merged = mergeGroupRun(github, { pull: pullRequestRun(github).pull });
    await scenario.run(merged);
    github.state.branches.set('main', merged.sha);
    await scenario.run(mergeGroupRun(github, { pull: pullRequestRun(github).pull }));
    for (const artifact of github.state.artifacts.splice(0)) {
      const files = Object.fromEntries([...artifactFiles(artifact)].filter(([name]) => name !== 'history.jsonl'));
      addArtifact(github, { runId: artifact.runId, name: artifact.name, files });
    }
    const run = await scenario.run(pushRun(github));
    expect(run.summary, logOf(run)).toContain('Pass rate over the last 2 runs: 100.0 %');
    expect(github.violations).toEqual([]);
  });

  it('leaves hostile lines of a stored history out, and says so', async () => {
    const { github } = scenario;
    await night();
    const [artifact] = github.state.artifacts.splice(0);
    const files = Object.fromEntries(artifactFiles(artifact!));
    const hostile = `{"runId":"<img src=x>","suite":"support-bot"}\n${files['history.jsonl']}`;
    addArtifact(github, { runId: artifact!.runId, name: artifact!.name, files: { ...files, 'history.jsonl': hostile } });
    const run = await night();
    expect(run.summary, logOf(run)).toContain('Pass rate of the run before: 100.0 %');
    expect(run.summary).toContain('1 line of the history of run');
    expect(run.summary).not.toContain('<img');
  });
});
