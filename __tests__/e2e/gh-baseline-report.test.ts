import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { pullRequestRun, pushRun, tagRun } from '../github/stand-in/runs.ts';
import { ownChecks } from '../github/stand-in/seed.ts';
import { agentKey, config, isBuilt, logOf, openScenario, type Scenario, sampleFile, warningsOf } from './action-scenario.ts';
import { recordRun, type StoredRun, storeRun } from './stored-runs.ts';

vi.setConfig({ testTimeout: 240_000, hookTimeout: 120_000 });

interface Written {
  baseline: Record<string, unknown>;
  counts: Record<string, number>;
  suiteEffect?: unknown;
}

describe.skipIf(!isBuilt)('what the built action says of its baseline', () => {
  let recorded: StoredRun;
  let scenario: Scenario;
  beforeAll(async () => {
    recorded = await recordRun();
  });
  beforeEach(async () => {
    scenario = await openScenario();
  });
  afterEach(() => scenario.close());

  const outputFile = (name: string) => join(scenario.workspace, '.agent-regress', 'support-bot', name);
  const written = async () => JSON.parse(await readFile(outputFile('assessment.json'), 'utf8')) as Written;
  const editSamples = async (edit: (rows: Record<string, unknown>[]) => Record<string, unknown>[]) => {
    const path = join(scenario.workspace, sampleFile);
    const rows = (await readFile(path, 'utf8')).trimEnd().split('\n');
    const edited = edit(rows.map((row) => JSON.parse(row) as Record<string, unknown>));
    await writeFile(path, `${edited.map((row) => JSON.stringify(row)).join('\n')}\n`);
  };

  it('gh-21 compares the shared samples when the dataset has changed, and lists what is new and what is gone', async () => {
    const { github } = scenario;
    storeRun(scenario, recorded, pushRun(github));
    await editSamples((rows) => [...rows.slice(0, -1), { ...rows[0], id: 'refund-new' }]);
    const run = await scenario.run(pullRequestRun(github));
    expect(run.exitCode, logOf(run)).toBe(0);
    expect(run.summary).toContain('only the 11 shared samples are compared: 1 is new, 1 is gone');
    for (const id of ['refund-new', 'refund-12']) expect(run.summary).toContain(id);
    expect(await written()).toMatchObject({ baseline: { match: 'partial' }, counts: { new: 1, removed: 1 } });
  });

  it("gh-22 compares under today's checkers only: scores the old answers again, or shows no difference at all", async () => {
    const { github, workspace } = scenario;
    storeRun(scenario, recorded, pushRun(github));
    await writeFile(join(workspace, 'agent-regress.yml'), config.replace('value: "{{expected}}"', 'value: "THIS IS {{expected}}", ignoreCase: true'));
    const run = await scenario.run(pullRequestRun(github));
    expect(run.exitCode, logOf(run)).toBe(0);
    expect(run.summary).toContain("scored again with today's checkers");
    expect(await written()).toMatchObject({ baseline: { match: 're-scored' }, suiteEffect: { change: 0 } });
    expect(scenario.agent.requests).toHaveLength(36);
    await editSamples((rows) => rows.map((row) => ({ ...row, input: `${String(row.input)}?` })));
    const other = await scenario.run(pullRequestRun(github));
    expect(other, logOf(other)).toMatchObject({ exitCode: 0, outputs: { verdict: 'no-baseline', change: '' } });
    for (const text of [other.summary, github.state.comments.at(-1)?.body]) expect(text).toContain('incompatible');
    expect(await written()).toMatchObject({ baseline: { kind: 'none', absence: 'incompatible' } });
    expect((await written()).suiteEffect).toBeUndefined();
  });

  it('F21 gh-23 says of a first run that there is no baseline, and does not fail', async () => {
    const { github } = scenario;
    const run = await scenario.run(pushRun(github));
    expect(run, logOf(run)).toMatchObject({ exitCode: 0, outputs: { verdict: 'no-baseline' } });
    expect(ownChecks(github)).toMatchObject([{ conclusion: 'neutral' }]);
    for (const text of [run.summary, logOf(run), ownChecks(github)[0]?.summary]) {
      expect(text).toContain('no baseline to compare with');
      expect(text).toContain('irst run: no earlier run has stored');
    }
    expect(await written()).toMatchObject({ baseline: { absence: 'first-run' } });
  });

  it('gh-24 fails without a baseline when one is required', async () => {
    const run = await scenario.run(pushRun(scenario.github), { inputs: { 'require-baseline': 'true' } });
    expect(run, logOf(run)).toMatchObject({ exitCode: 1, outputs: { verdict: 'no-baseline' } });
    expect(ownChecks(scenario.github)).toMatchObject([{ conclusion: 'failure' }]);
  });

  it('gh-25 shows commit, kind, distance, age and link of the baseline in every report', async () => {
    const { github } = scenario;
    const base = pushRun(github);
    storeRun(scenario, recorded, base);
    pushRun(github);
    base.run.createdAt = new Date(Date.now() - 20 * 3_600_000).toISOString();
    const run = await scenario.run(pullRequestRun(github));
    expect(run.exitCode, logOf(run)).toBe(0);
    const url = `https://github.com/octo-org/support-bot/actions/runs/${base.run.id}`;
    const html = await readFile(outputFile('report.html'), 'utf8');
    const reports = [
      run.summary,
      github.state.comments[0]?.body ?? '',
      ownChecks(github)[0]?.summary ?? '',
      await readFile(outputFile('report.md'), 'utf8'),
    ];
    for (const text of [...reports, html]) expect(text).toContain(url);
    for (const text of [...reports, html, logOf(run)]) {
      for (const fact of [base.sha.slice(0, 7), 'an ancestor of the base commit', '1 commit behind', '20 h old']) expect(text).toContain(fact);
    }
    expect((await written()).baseline).toMatchObject({
      kind: 'ancestor',
      sha: base.sha,
      distance: 1,
      ageHours: expect.closeTo(20, 0),
      url,
      match: 'exact',
    });
  });

  it('warns before a baseline expires, and of one that is very old', async () => {
    const { github } = scenario;
    const base = pushRun(github);
    storeRun(scenario, recorded, base, { expiresInDays: 3 });
    base.run.createdAt = new Date(Date.now() - 40 * 24 * 3_600_000).toISOString();
    const run = await scenario.run(pullRequestRun(github));
    expect(run.exitCode, logOf(run)).toBe(0);
    expect(warningsOf(run)).toEqual([expect.stringContaining('the baseline expires in 3 days')]);
    for (const text of [run.summary, github.state.comments[0]?.body, logOf(run)]) {
      expect(text).toContain('expires in 3 days');
      expect(text).toContain('40 days old, which is very old');
    }
  });

  it('compares with the run of the last release on request', async () => {
    const { github } = scenario;
    const run = (event: ReturnType<typeof pushRun>) => scenario.run(event, { inputs: { baseline: 'release' } });
    const none = await run(pushRun(github));
    expect(none, logOf(none)).toMatchObject({ exitCode: 0, outputs: { verdict: 'no-baseline' } });
    expect(none.summary).toContain('there is no release and no version tag yet');
    const released = pushRun(github);
    storeRun(scenario, recorded, released);
    for (const tag of ['v1.9.0', 'v1.10.0']) tagRun(github, { tag });
    tagRun(github, { tag: 'v2', sha: pushRun(github).sha });
    const later = pushRun(github);
    storeRun(scenario, recorded, later);
    const byTag = await run(pushRun(github));
    expect(byTag.outputs['baseline-sha'], logOf(byTag)).toBe(released.sha);
    expect(byTag.summary).toMatch(/release .*v1\.10\.0/);
    github.state.releases.push('v1.9.0');
    const byRelease = await run(pushRun(github));
    expect(byRelease.outputs['baseline-sha'], logOf(byRelease)).toBe(released.sha);
    expect(byRelease.summary).toMatch(/release .*v1\.9\.0/);
    expect(github.violations).toEqual([]);
  });
});

describe.skipIf(!isBuilt)('a baseline on a GitHub Enterprise Server', () => {
  it('is found by its run, by search, or as a file, and the run that cannot be stored says how to store it', async () => {
    const recorded = await recordRun();
    const scenario = await openScenario({ github: { basePath: '/api/v3' } });
    try {
      const { github, workspace } = scenario;
      const base = pushRun(github);
      // As upload-artifact v3 stores it there: without a digest.
      storeRun(scenario, recorded, base, { digest: null });
      const env = { AGENT_URL: scenario.agent.url, AGENT_KEY: agentKey, GITHUB_SERVER_URL: 'https://github.example.com' };
      const found = await scenario.run(pullRequestRun(github), { env });
      expect(found.outputs['baseline-sha'], logOf(found)).toBe(base.sha);
      expect(logOf(found)).toContain('GitHub Enterprise Server has no artifact service for actions');
      expect(found.summary).toContain(`https://github.example.com/octo-org/support-bot/actions/runs/`);
      const named = await scenario.run(pullRequestRun(github), { env, inputs: { baseline: `run:${base.run.id}` } });
      expect(named.outputs['baseline-sha'], logOf(named)).toBe(base.sha);
      const [header, ...records] = recorded.records.map(({ crc: _crc, ...record }) => record);
      const { checksums: _checksums, ...own } = header!;
      await writeFile(join(workspace, 'run.jsonl'), `${[own, ...records].map((record) => JSON.stringify(record)).join('\n')}\n`);
      const given = await scenario.run(pullRequestRun(github), { env, inputs: { baseline: 'run.jsonl' } });
      expect(given, logOf(given)).toMatchObject({ exitCode: 0, outputs: { verdict: 'no-change' } });
      expect(github.violations).toEqual([]);
    } finally {
      await scenario.close();
    }
  });
});
