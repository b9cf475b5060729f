import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { commentRun } from '../github/stand-in/acceptance-runs.ts';
import { pullRequestRun, scheduledRun, workflowRunRun } from '../github/stand-in/runs.ts';
import { ownChecks } from '../github/stand-in/seed.ts';
import { cliEntry, runCli } from '../helpers/run-cli.ts';
import { config, isBuilt, logOf, openScenario, type Scenario, sampleFile } from './action-scenario.ts';
import { shellStep } from './shell-step.ts';
import { storeBaseline } from './stored-runs.ts';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const run = ['run', '--quiet', '--output', 'out'];
const publish = ['publish', 'out'];

describe.skipIf(!isBuilt)('publish, in a shell step of a workflow', () => {
  let scenario: Scenario;
  beforeEach(async () => {
    scenario = await openScenario();
    await storeBaseline(scenario);
  });
  afterEach(() => scenario.close());

  const reports = () => scenario.github.state.comments.filter(({ author }) => author.isBot);
  const check = () => ownChecks(scenario.github).at(-1);

  it('shows a run as comment, check with annotations and job summary, and the next push updates them', async () => {
    const { github } = scenario;
    scenario.breakSamples(1, 2, 3, 4);
    const change = pullRequestRun(github);
    const red = await shellStep(scenario, change, [run, publish, publish]);
    expect(red.codes, logOf(red)).toEqual([1, 0, 0]);
    const [comment] = reports();
    expect(reports()).toHaveLength(1);
    expect(comment).toMatchObject({ issue: change.pull.number, body: expect.stringContaining('> [!CAUTION]\n> **support-bot got worse.**') });
    expect(comment?.body).toContain(`/blob/${change.pull.head.sha}/${sampleFile}#L1`);
    expect(check()).toMatchObject({ name: 'agent-regress / support-bot', headSha: change.pull.head.sha, status: 'completed', conclusion: 'failure' });
    expect(check()?.annotations).toMatchObject([1, 2, 3, 4].map((line) => ({ path: sampleFile, start_line: line })));
    expect(red.summary).toContain('**support-bot got worse.**');
    expect(red.stdout).toMatch(new RegExp(`^support-bot: comment https?:\\S+/pull/${change.pull.number}#issuecomment-${comment?.id}$`, 'm'));
    expect(red.stdout).toMatch(/^support-bot: check https?:\S+\/runs\/\d+$/m);

    scenario.breakSamples();
    const green = await shellStep(scenario, pullRequestRun(github, { pull: change.pull }), [run, publish]);
    expect(green.codes, logOf(green)).toEqual([0, 0]);
    expect(reports()).toHaveLength(1);
    expect(reports()[0]?.body).toContain('no change.');
    expect(check()).toMatchObject({ headSha: change.pull.head.sha, conclusion: 'success' });
    expect(github.violations).toEqual([]);
  });

  it('makes a check and no comment where there is no pull request', async () => {
    const nightly = await shellStep(scenario, scheduledRun(scenario.github), [run, publish]);
    expect(nightly.codes, logOf(nightly)).toEqual([0, 0]);
    expect(check()).toMatchObject({ status: 'completed', conclusion: 'success' });
    expect(reports()).toEqual([]);
    expect(nightly.stderr).toContain('support-bot: no comment: schedule has no pull request');
  });

  it('shows several suites, each with a comment and a check of its own', async () => {
    const { workspace, github } = scenario;
    await writeFile(join(workspace, 'b.yml'), config.replace('suite: support-bot', 'suite: b'));
    const both = ['run', '--quiet', '--config', 'agent-regress.yml', '--config', 'b.yml', '--output', 'all'];
    const step = await shellStep(scenario, pullRequestRun(github), [both, ['publish', 'all/not-there', 'all/support-bot', 'all/b']]);
    expect(step.codes, logOf(step)).toEqual([0, 2]);
    expect(step.stderr).toMatch(/^all\/not-there: .*there is no run log at/m);
    expect(reports()).toHaveLength(2);
    expect(
      ownChecks(github)
        .slice(-2)
        .map(({ name }) => name),
    ).toEqual(['agent-regress / support-bot', 'agent-regress / b']);
  });

  it('shows a comparison of finished runs, whose folder has no run of its own', async () => {
    const change = pullRequestRun(scenario.github);
    const measured = (name: string) => ['run', '--quiet', '--baseline', 'none', '--output', name];
    await shellStep(scenario, change, [measured('before')]);
    scenario.breakSamples(1, 2, 3, 4);
    const comparison = ['compare', 'before', 'after', '--quiet', '--output', 'both'];
    const step = await shellStep(scenario, change, [measured('after'), comparison, ['report', 'both', '--quiet'], ['publish', 'both']]);
    expect(step.codes, logOf(step)).toEqual([expect.any(Number), 1, 0, 0]);
    expect(check()).toMatchObject({ headSha: change.pull.head.sha, conclusion: 'failure' });
    expect(check()?.annotations).toMatchObject([1, 2, 3, 4].map((line) => ({ path: sampleFile, start_line: line })));
    expect(reports()).toMatchObject([{ issue: change.pull.number, body: expect.stringContaining('> **support-bot got worse.**') }]);
  });

  it('does not show the verdict of an earlier run in the same folder, nor a run without a verdict as judged', async () => {
    const { workspace, github } = scenario;
    const change = pullRequestRun(github);
    await shellStep(scenario, change, [run]);
    scenario.breakSamples(1, 2, 3, 4);
    await shellStep(scenario, change, [['run', '--quiet', '--output', 'killed']]);
    const killed = (await readFile(join(workspace, 'killed/run.jsonl'), 'utf8')).split('\n').slice(0, -2);
    await writeFile(join(workspace, 'out/run.jsonl'), `${killed.join('\n')}\n`);
    const verdict = await readFile(join(workspace, 'out/assessment.json'), 'utf8');
    const stale = await shellStep(scenario, change, [publish]);
    expect(stale.codes, logOf(stale)).toEqual([0]);
    expect(stale.stderr).toContain('assessment.json is not about the run log beside it, and is left out: the run:');
    expect(check()).toMatchObject({ status: 'completed', conclusion: 'failure' });
    expect(await readFile(join(workspace, 'out/assessment.json'), 'utf8')).toBe(verdict);

    await rm(join(workspace, 'killed/assessment.json'));
    const unjudged = await shellStep(scenario, change, [['publish', 'killed']]);
    expect(unjudged.codes, logOf(unjudged)).toEqual([0]);
    expect(check()).toMatchObject({ status: 'completed', conclusion: 'failure' });
    expect(reports()).toMatchObject([{ body: expect.stringContaining('no verdict was made of it') }]);
  });

  it('links to no foreign address that a stored verdict names', async () => {
    const change = pullRequestRun(scenario.github);
    await shellStep(scenario, change, [run]);
    const path = join(scenario.workspace, 'out/assessment.json');
    const verdict = JSON.parse(await readFile(path, 'utf8'));
    await writeFile(path, JSON.stringify({ ...verdict, baseline: { ...verdict.baseline, url: 'https://evil.example/login' } }));
    const step = await shellStep(scenario, change, [publish]);
    expect(step.codes, logOf(step)).toEqual([0]);
    expect(reports()).toHaveLength(1);
    expect(JSON.stringify([reports(), check()])).not.toContain('evil.example');
  });

  it('refuses a run of what a step has checked out in place of the commit of the workflow run', async () => {
    const { workspace, github } = scenario;
    await mkdir(join(workspace, '.git'));
    await writeFile(join(workspace, '.git/HEAD'), `${'d'.repeat(40)}\n`);
    const step = await shellStep(scenario, pullRequestRun(github), [run, publish]);
    expect(step.codes.at(-1), logOf(step)).toBe(2);
    expect(step.stderr).toContain('was measured on ddddddd, and this workflow is about');
    expect(reports()).toEqual([]);
  });

  it('keeps what was accepted on the pull request, and comments only when it is asked to', async () => {
    const { github } = scenario;
    scenario.breakSamples(1, 2, 3, 4);
    const change = pullRequestRun(github);
    await shellStep(scenario, change, [run, publish]);
    const said = commentRun(github, { pull: change.pull, body: '/agent-regress accept shorter answers are wanted', login: 'monalisa' });
    const accepted = await scenario.run(said, { inputs: { mode: 'accept' } });
    expect(accepted.exitCode, logOf(accepted)).toBe(0);
    const again = await shellStep(scenario, { ...change, run: Object.assign(change.run, { attempt: 2 }) }, [publish]);
    expect(again.codes, logOf(again)).toEqual([0]);
    expect(check()).toMatchObject({ conclusion: 'neutral' });
    expect(reports()).toMatchObject([{ body: expect.stringContaining('**support-bot got worse, accepted.** Accepted by `monalisa`') }]);
    // A run of the same commit keeps it in its log, from where later runs learn the accepted level.
    const rerun = await shellStep(scenario, { ...change, payload: { ...change.payload, action: 'labeled' } }, [run]);
    expect(rerun.codes, logOf(rerun)).toEqual([0]);
    expect(await readFile(join(scenario.workspace, 'out/run.jsonl'), 'utf8')).toMatch(/"type":"acceptance"/);
    const refused = github.setFault({ kind: 'status', status: 403, on: 'issues/list-comments', times: 9 });
    const unasked = await shellStep(scenario, { ...change, payload: { ...change.payload, action: 'labeled' } }, [
      run.filter((word) => word !== '--quiet'),
    ]);
    expect(unasked.codes, logOf(unasked)).toEqual([1]);
    expect(unasked.stderr).toMatch(/no acceptance was looked for: .*pull-requests: read/);
    refused.remove();

    scenario.breakSamples();
    const quiet = await shellStep(scenario, pullRequestRun(github), [run, [...publish, '--comment', 'changes', '--check', 'off']]);
    expect(quiet.codes, logOf(quiet)).toEqual([0, 0]);
    expect(quiet.stderr).toMatch(/no comment: comment: changes, and the verdict is no-change/);
    expect(quiet.stderr).toContain('no check: check: off');
    expect(reports()).toHaveLength(1);
  });

  it('writes nothing for a fork, and says why', async () => {
    const before = scenario.github.writes().length;
    const step = await shellStep(scenario, pullRequestRun(scenario.github, { isFork: true }), [run, publish]);
    expect(step.codes, logOf(step)).toEqual([0, 0]);
    for (const name of ['check', 'comment'])
      expect(step.stderr).toContain(`support-bot: no ${name}: the token of a pull request from a fork is read-only`);
    expect(scenario.github.writes()).toHaveLength(before);
    expect(step.summary).toContain('support-bot');
  });

  it('ends with 3 and the permissions that are missing when GitHub refuses', async () => {
    const step = await shellStep(scenario, { ...pullRequestRun(scenario.github), token: scenario.github.tokens.fork }, [run, publish]);
    expect(step.codes, logOf(step)).toEqual([0, 3]);
    expect(step.stderr).toMatch(/support-bot: check: .*checks: write/s);
    expect(step.stderr).toMatch(/support-bot: comment: .*pull-requests: write/s);
    expect(reports()).toEqual([]);
  });

  it('stops within 5 s when the job is cancelled, and leaves no check open', async () => {
    const { github, workspace } = scenario;
    const change = pullRequestRun(github);
    await shellStep(scenario, change, [run]);
    const entry = join(workspace, 'publish.mjs');
    const words = `process.env.GITHUB_TOKEN = process.env['INPUT_GITHUB-TOKEN'];\nprocess.argv.splice(2, 0, ...${JSON.stringify(publish)});`;
    await writeFile(entry, `${words}\nawait import(${JSON.stringify(cliEntry)});\n`);
    const slow = { kind: 'latency', delayMs: 0, replyMs: () => 6000 } as const;
    for (const how of [{ kind: 'hang', on: 'issues/create-comment' } as const, { ...slow, on: 'checks/create' }]) {
      const fault = github.setFault(how);
      const struck = (async () => {
        while (fault.struck === 0) await wait(20);
      })();
      const step = await scenario.run(change, { entry, interrupt: struck });
      expect(step, how.on + logOf(step)).toMatchObject({ exitCode: 130 });
      expect(step.stoppedAfterMs, how.on).toBeLessThan(5000);
      expect(check(), how.on).toMatchObject({ headSha: change.pull.head.sha, status: 'completed' });
    }
    // There is no moment at which one is open, so that a kill leaves none either.
    const sent = github.writes().flatMap(({ operationId, body }) => (operationId === 'checks/create' ? [(body as { status: string }).status] : []));
    expect(sent).toEqual(['completed', 'completed']);
  });

  it('says of a suite that left no run that it was not evaluated, when it is named', async () => {
    const { workspace, github } = scenario;
    const change = pullRequestRun(github);
    await shellStep(scenario, change, [run, publish]);
    await writeFile(join(workspace, 'agent-regress.yml'), 'suite: support-bot\nsamples: 3\n');
    const named = ['publish', '--suite', 'support-bot'];
    const step = await shellStep(scenario, pullRequestRun(github, { pull: change.pull }), [
      ['run', '--output', 'gone'],
      [...named, 'gone'],
    ]);
    expect(step.codes, logOf(step)).toEqual([2, 2]);
    expect(check()).toMatchObject({
      name: 'agent-regress / support-bot',
      headSha: change.pull.head.sha,
      conclusion: 'failure',
      title: 'Not evaluated',
    });
    expect(reports()).toMatchObject([{ body: expect.stringMatching(/support-bot could not be evaluated\..*there is no run log at/s) }]);
    expect(step.summary).toContain('support-bot could not be evaluated.');

    const wrong = await shellStep(scenario, change, [
      ['publish', '--suite', 'other', 'out'],
      [...named, 'out', 'gone'],
    ]);
    expect(wrong.codes, logOf(wrong)).toEqual([2, 2]);
    expect(wrong.stderr).toContain('out is a run of the suite "support-bot", not of "other"');
    expect(wrong.stderr).toContain('--suite says whose run the one folder is to hold');
  });

  it('names the files of a checkout in a folder of the workspace as the repository does', async () => {
    const { workspace, github } = scenario;
    scenario.breakSamples(1);
    const change = pullRequestRun(github);
    await mkdir(join(workspace, 'app/.git'), { recursive: true });
    await writeFile(join(workspace, 'app/.git/HEAD'), `${change.sha}\n`);
    await mkdir(join(workspace, 'app/sub'));
    await rename(join(workspace, sampleFile), join(workspace, 'app/sub/a #1.jsonl'));
    await writeFile(join(workspace, 'app/agent-regress.yml'), config.replace('samples/*.jsonl', 'sub/*.jsonl'));
    const step = await shellStep(scenario, change, [['run', '--quiet', '--config', 'app/agent-regress.yml', '--output', 'out'], publish]);
    expect(step.codes, logOf(step)).toEqual([1, 0]);
    expect(check()?.annotations).toMatchObject([{ path: 'sub/a #1.jsonl', start_line: 1 }]);
    expect(reports()[0]?.body).toContain(`/blob/${change.pull.head.sha}/sub/a%20%231.jsonl#L1`);
  });

  it('refuses a run of another commit, two runs of one suite, and workflows that strangers start', async () => {
    const { github } = scenario;
    const change = pullRequestRun(github);
    const first = await shellStep(scenario, change, [run, ['publish', 'out', 'out/run.jsonl']]);
    expect(first.codes, logOf(first)).toEqual([0, 2]);
    expect(first.stderr).toContain('out/run.jsonl is a second run of the suite "support-bot"');
    const before = github.writes().length;
    const later = await shellStep(scenario, pullRequestRun(github, { pull: change.pull }), [publish]);
    expect(later.codes, logOf(later)).toEqual([2]);
    expect(later.stderr).toMatch(/out was measured on [0-9a-f]{7}, and this workflow is about [0-9a-f]{7}/);
    const strange = await shellStep(scenario, workflowRunRun(github, { of: change }), [publish]);
    expect(strange.codes, logOf(strange)).toEqual([2]);
    expect(strange.stderr).toContain('publish does not work on workflow_run');
    expect(github.writes()).toHaveLength(before);
  });

  it('names all that is missing outside of a workflow, and the words of a flag', async () => {
    const { workspace } = scenario;
    const outside = await runCli(publish, { cwd: workspace });
    expect(outside).toMatchObject({ code: 2, stdout: '' });
    for (const part of ['this is none', 'GITHUB_TOKEN is not set', 'GITHUB_EVENT_NAME is not set', 'agent-regress report RUN'])
      expect(outside.stderr).toContain(part);
    const flag = await runCli([...publish, '--comment', 'sometimes'], { cwd: workspace });
    expect(flag).toMatchObject({ code: 2, stderr: expect.stringMatching(/--comment is "sometimes"\n.*always, changes, regressions, failures, off/) });
  });
});
