import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type JobContext, pullRequestRun, workflowRunRun } from '../github/stand-in/runs.ts';
import { addArtifact, artifactFiles, ownChecks } from '../github/stand-in/seed.ts';
import type { PullRequest } from '../github/stand-in/state.ts';
import { config, isBuilt, logOf, openScenario, type Scenario, warningsOf } from './action-scenario.ts';
import { storeBaseline } from './stored-runs.ts';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 240_000 });

type Files = Record<string, string>;
interface StoredAssessment {
  suite: string;
  schemaVersion: number;
  passRate: number;
  verdict: { status: string; exitCode: number; complete: boolean };
  counts: Record<string, number>;
  samples: { id: string; class: string; current: { passes: number; repeats: number } }[];
}

/** The run log as if it had been written on another commit, without the checksums that would give it away. */
function claimCommit(log: string, git: { sha: string; ref: string }): string {
  const lines = log
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);
  const edited = lines.map(({ crc: _crc, checksums: _checksums, ...record }) => (record.type === 'run' ? { ...record, git } : record));
  return `${edited.map((record) => JSON.stringify(record)).join('\n')}\n`;
}

describe.skipIf(!isBuilt)('publishing what a run of a fork has stored', () => {
  let scenario: Scenario;
  let change: JobContext & { pull: PullRequest };
  beforeEach(async () => {
    scenario = await openScenario();
    await storeBaseline(scenario);
    scenario.breakSamples(1, 2, 3, 4);
    change = pullRequestRun(scenario.github, { isFork: true });
    await scenario.run(change);
  });
  afterEach(() => scenario.close());

  const publish = (of: JobContext = change) => scenario.run(workflowRunRun(scenario.github, { of }), { inputs: { mode: 'publish' } });
  const written = () => scenario.github.writes().filter(({ path }) => /comments|check-runs/.test(path)).length;

  /** Replaces the stored run by one that the fork has changed. */
  function store(edit: (files: Files) => Files): void {
    const { github } = scenario;
    const stored = github.state.artifacts.find(({ runId }) => runId === change.run.id)!;
    const files = Object.fromEntries([...artifactFiles(stored)].map(([name, bytes]) => [name, bytes.toString('utf8')]));
    github.state.artifacts.splice(github.state.artifacts.indexOf(stored), 1);
    addArtifact(github, { runId: change.run.id, name: stored.name, files: edit(files) });
  }
  const storeClaim = (claim: (assessment: StoredAssessment) => void) =>
    store((files) => {
      const assessment = JSON.parse(files['assessment.json'] ?? '') as StoredAssessment;
      claim(assessment);
      return { ...files, 'assessment.json': JSON.stringify(assessment) };
    });

  it('T02 gh-47 finds the pull request of a fork by its head and commit, whatever the artifact names', async () => {
    const { github } = scenario;
    const victim = pullRequestRun(github).pull;
    const decoy = pullRequestRun(github, { isFork: true, branch: 'decoy' }).pull;
    const number = String(victim.number);
    store((files) => ({
      ...files,
      'pr-number.txt': number,
      'event.json': JSON.stringify({ number: victim.number, pull_request: victim }),
      'assessment.json': (files['assessment.json'] ?? '').replaceAll(change.sha, victim.head.sha),
      'run.jsonl': claimCommit(files['run.jsonl'] ?? '', { sha: victim.head.sha, ref: `refs/pull/${number}/merge` }),
    }));
    const run = await publish();
    expect(run.exitCode, logOf(run)).toBe(0);
    expect(github.state.comments).toMatchObject([{ issue: change.pull.number, body: expect.stringContaining('got worse') }]);
    expect(github.state.comments[0]?.body).toMatch(
      /_From a fork: measured by \[a run\]\(https:[^)]+\/actions\/runs\/\d+\) that the author of this change controls/,
    );
    expect(ownChecks(github).at(-1)).toMatchObject({ headSha: change.pull.head.sha, conclusion: 'failure' });
    expect([victim.number, decoy.number]).not.toContain(github.state.comments[0]?.issue);
    expect(github.violations).toEqual([]);
  });

  it('comments neither on a pull request that was closed nor on one that has moved on', async () => {
    const { github } = scenario;
    change.pull.state = 'closed';
    const closed = await publish();
    expect(closed.exitCode, logOf(closed)).toBe(0);
    expect(closed.stdout).toContain(`no open pull request has ${change.run.headSha.slice(0, 7)} as its head`);
    change.pull.state = 'open';
    pullRequestRun(github, { pull: change.pull });
    const moved = await publish();
    expect(moved.exitCode, logOf(moved)).toBe(0);
    expect(github.state.comments).toEqual([]);
  });

  it('refuses a report that does not agree with its own run log, and says where', async () => {
    const claims: [string, RegExp, (assessment: StoredAssessment) => void][] = [
      ['a better pass rate', /the pass rate: 0\.99 in the assessment/, (assessment) => (assessment.passRate = 0.99)],
      [
        'passes that were failures',
        /other passes than the run log has: refund-/,
        (assessment) => {
          for (const { current } of assessment.samples) current.passes = current.repeats;
        },
      ],
      ['no regressed samples', /0 samples are counted as regressed, and 4 are listed/, (assessment) => (assessment.counts.regressed = 0)],
    ];
    for (const [name, words, claim] of claims) {
      storeClaim(claim);
      const before = written();
      const run = await publish();
      expect(run.exitCode, name + logOf(run)).toBe(3);
      expect(warningsOf(run).join('\n')).toMatch(words);
      expect(written(), name).toBe(before);
    }
    expect(scenario.github.violations).toEqual([]);
  });

  it('refuses a whole report of a cut run log, another suite under its name, and what a newer version wrote', async () => {
    const cut = (text = '') => `${text.trimEnd().split('\n').slice(0, -1).join('\n')}\n`;
    const edits: [RegExp, () => void][] = [
      [/it says that the run is complete, and its run log is not/, () => store((files) => ({ ...files, 'run.jsonl': cut(files['run.jsonl']) }))],
      [/it is about another suite than its name says/, () => storeClaim((assessment) => (assessment.suite = 'billing-bot'))],
      [/newer version/, () => storeClaim((assessment) => (assessment.schemaVersion = 99))],
      [/assessment\.json or run\.jsonl is missing/, () => store(({ 'assessment.json': text = '' }) => ({ 'assessment.json': text }))],
    ];
    for (const [words, edit] of edits) {
      edit();
      const run = await publish();
      expect(run.exitCode, logOf(run)).toBe(3);
      expect(warningsOf(run).join('\n')).toMatch(words);
    }
    expect(scenario.github.state.comments).toEqual([]);
  });

  it('posts a run that was cut short as partial, never as a pass', async () => {
    const { github } = scenario;
    scenario.breakSamples();
    const short = pullRequestRun(github, { isFork: true, branch: 'short' });
    await writeFile(join(scenario.workspace, 'agent-regress.yml'), `${config}budget: {calls: 5}\n`);
    await scenario.run(short);
    const run = await publish(short);
    expect(run.exitCode, logOf(run)).toBe(0);
    expect(github.state.comments).toMatchObject([{ issue: short.pull.number, body: expect.stringMatching(/partial|did not finish|incomplete/i) }]);
    expect(ownChecks(github).at(-1)).toMatchObject({ headSha: short.pull.head.sha, conclusion: 'failure' });
  });

  it('posts nothing for a run that was cancelled or waits for approval, and says when there is nothing to post', async () => {
    const { github } = scenario;
    for (const conclusion of ['cancelled', 'action_required']) {
      change.run.conclusion = conclusion;
      const run = await publish();
      expect(run.exitCode, logOf(run)).toBe(0);
      expect(run.commands.find(({ name }) => name === 'notice')?.data).toContain(`ended as ${conclusion}`);
    }
    change.run.conclusion = 'failure';
    github.state.artifacts.splice(0);
    const empty = await publish();
    expect(empty.exitCode, logOf(empty)).toBe(3);
    expect(logOf(empty)).toContain('has stored no artifact');
    expect(written()).toBe(0);
  });
});
