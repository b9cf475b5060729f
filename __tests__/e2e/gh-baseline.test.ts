import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { type JobContext, pullRequestRun, pushRun } from '../github/stand-in/runs.ts';
import { isBuilt, logOf, openScenario, type Scenario, warningsOf } from './action-scenario.ts';
import { apiCalls, recordRun, type StoredRun, type StoreOptions, storeRun } from './stored-runs.ts';

vi.setConfig({ testTimeout: 240_000, hookTimeout: 120_000 });

describe.skipIf(!isBuilt)('the baseline that the built action chooses', () => {
  let recorded: StoredRun;
  let scenario: Scenario;
  beforeAll(async () => {
    recorded = await recordRun();
  });
  beforeEach(async () => {
    scenario = await openScenario();
  });
  afterEach(() => scenario.close());

  const store = (job: JobContext, options: StoreOptions = {}) => storeRun(scenario, recorded, job, options);

  it('gh-12 takes the named run, else the exact commit, an ancestor, the base tip, the default tip, or none', async () => {
    const { github } = scenario;
    const root = pushRun(github);
    const base = pushRun(github, { branch: 'release', isNewBranch: true });
    const { pull } = pullRequestRun(github, { base: 'release' });
    const [baseTip, defaultTip] = [pushRun(github, { branch: 'release' }), pushRun(github)];
    const [ofBaseTip, ofDefaultTip] = [store(baseTip), store(defaultTip)];
    // As it was merged when it was opened: with `base`, which both tips have left behind.
    const sha = pull.mergeSha;
    const compare = async (inputs: Record<string, string> = {}) => {
      const run = await scenario.run({ ...pullRequestRun(github, { pull }), sha }, { inputs });
      expect(run.exitCode, logOf(run)).toBe(0);
      return run;
    };
    const atBaseTip = await compare();
    expect(atBaseTip.outputs['baseline-sha']).toBe(baseTip.sha);
    expect(atBaseTip.summary).toContain('the newest of the base branch');
    ofBaseTip.isExpired = true;
    const atDefaultTip = await compare();
    expect(atDefaultTip.outputs['baseline-sha']).toBe(defaultTip.sha);
    expect(atDefaultTip.summary).toContain('the newest of the default branch');
    ofDefaultTip.isExpired = true;
    expect((await compare()).outputs).toMatchObject({ verdict: 'no-baseline', 'baseline-sha': '' });
    store(root);
    const atAncestor = await compare();
    expect(atAncestor.outputs['baseline-sha']).toBe(root.sha);
    expect(atAncestor.summary).toContain('1 commit behind');
    store(base);
    expect((await compare()).outputs['baseline-sha']).toBe(base.sha);
    ofDefaultTip.isExpired = false;
    expect((await compare({ baseline: `run:${defaultTip.run.id}` })).outputs['baseline-sha']).toBe(defaultTip.sha);
    expect(github.violations).toEqual([]);
  });

  it('F21 gh-13 downloads nothing that has expired, and says that it has', async () => {
    store(pushRun(scenario.github), { isExpired: true });
    const run = await scenario.run(pullRequestRun(scenario.github));
    expect(run, logOf(run)).toMatchObject({ exitCode: 0, outputs: { verdict: 'no-baseline' } });
    for (const text of [run.summary, logOf(run), scenario.github.state.comments[0]?.body]) expect(text).toContain('all expired');
    expect(apiCalls(scenario)['actions/download-artifact']).toBeUndefined();
  });

  it('T03 F21 gh-14 takes the next one when an artifact is gone between the list and the download', async () => {
    const { github } = scenario;
    const older = pushRun(github);
    store(older);
    const newest = store(pushRun(github));
    github.setFault({ kind: 'meanwhile', on: 'actions/list-workflow-runs', change: () => Object.assign(newest, { isExpired: true }) });
    const run = await scenario.run(pullRequestRun(github));
    expect(run.outputs['baseline-sha'], logOf(run)).toBe(older.sha);
    expect(run.summary).toContain('expired or was deleted');
    expect(github.violations).toEqual([]);
  });

  it('T03 gh-15 takes the newest of several artifacts of one run', async () => {
    const { github } = scenario;
    const job = pushRun(github);
    store(job, { zip: Buffer.from('of an attempt that went wrong') });
    const newest = store(job);
    const run = await scenario.run(pullRequestRun(github));
    expect(run.outputs['baseline-sha'], logOf(run)).toBe(job.sha);
    const downloads = github.calls.filter(({ operationId }) => operationId === 'actions/download-artifact');
    expect(downloads.map(({ path }) => path)).toEqual([expect.stringContaining(`/${newest.id}/`)]);
  });

  const refusals: { title: string; why: RegExp; prepare: () => void }[] = [
    {
      title: 'T03 gh-16 refuses what a fork has stored, although its branch is called main',
      why: /made by forks/,
      prepare: () => store(pullRequestRun(scenario.github, { isFork: true, branch: 'main' })),
    },
    {
      title: 'T03 gh-17 refuses what another workflow has stored under the same name',
      why: /of another workflow file \(\.github\/workflows\/other\.yml, not \.github\/workflows\/agent-regress\.yml\)/,
      prepare: () => store(pushRun(scenario.github, { workflow: '.github/workflows/other.yml' })),
    },
    {
      title: 'T03 gh-18 refuses what a pull request has stored, even for a commit that is on the branch now',
      why: /a run on pull_request is never a baseline/,
      prepare() {
        const base = pushRun(scenario.github);
        const sneaky = pullRequestRun(scenario.github);
        Object.assign(sneaky.run, { headBranch: 'main', headSha: base.sha });
        store(sneaky);
      },
    },
    {
      title: 'F21 gh-19 refuses a run that did not finish',
      why: /it did not finish/,
      prepare: () => store(pushRun(scenario.github), { edit: (records) => records.filter(({ type }) => type !== 'end') }),
    },
    {
      title: 'F21 gh-20 refuses a run that a newer version has stored, and says what to do',
      why: /has format 99; this version reads up to \d+; update agent-regress/,
      prepare: () => store(pushRun(scenario.github), { edit: ([header, ...records]) => [{ ...header!, schemaVersion: 99 }, ...records] }),
    },
  ];
  for (const { title, why, prepare } of refusals) {
    it(title, async () => {
      prepare();
      const run = await scenario.run(pullRequestRun(scenario.github));
      expect(run, logOf(run)).toMatchObject({ exitCode: 0, outputs: { verdict: 'no-baseline', 'baseline-sha': '', change: '' } });
      for (const text of [run.summary, logOf(run), scenario.github.state.comments.at(-1)?.body]) expect(text?.replaceAll(/[\\`]/g, '')).toMatch(why);
      expect(scenario.github.violations).toEqual([]);
    });
  }

  it('spends at most eight requests on the baseline of a pull request, with five runs pooled and others in the way', async () => {
    const { github } = scenario;
    for (let n = 0; n < 7; n++) {
      store(pushRun(github));
      store(pushRun(github, { branch: `nightly-${n}`, isNewBranch: true, workflow: '.github/workflows/nightly.yml' }));
    }
    const run = await scenario.run(pullRequestRun(github));
    expect(run.summary, logOf(run)).toContain('5 runs of');
    const calls = apiCalls(scenario);
    expect(calls).toMatchObject({
      'actions/list-artifacts-for-repo': 1,
      'repos/list-commits': 1,
      'actions/list-workflow-runs': 1,
      'actions/download-artifact': 5,
    });
    const own = Object.entries(calls).filter(([operation]) => /^(actions|repos)\//.test(operation));
    expect(own.reduce((sum, [, count]) => sum + count, 0)).toBe(8);
    expect(warningsOf(run)).toEqual([]);
    expect(github.violations).toEqual([]);
  });
});
