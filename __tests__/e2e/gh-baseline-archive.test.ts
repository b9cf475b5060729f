import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { pullRequestRun, pushRun } from '../github/stand-in/runs.ts';
import { addArtifact } from '../github/stand-in/seed.ts';
import { makeZip } from '../github/stand-in/zip.ts';
import { config, isBuilt, logOf, openScenario, type Scenario, warningsOf } from './action-scenario.ts';
import { apiCalls, artifactName, recordRun, type StoredRun, storeRun } from './stored-runs.ts';

vi.setConfig({ testTimeout: 240_000, hookTimeout: 120_000 });

describe.skipIf(!isBuilt)('stored runs as the built action reads and writes them', () => {
  let recorded: StoredRun;
  let scenario: Scenario;
  beforeAll(async () => {
    recorded = await recordRun();
  });
  beforeEach(async () => {
    scenario = await openScenario();
  });
  afterEach(() => scenario.close());

  it('T04 F21 gh-26 rejects an artifact whose bytes are not those that were uploaded, and stops when nothing else is left', async () => {
    const { github } = scenario;
    const good = pushRun(github);
    const whole = storeRun(scenario, recorded, good);
    storeRun(scenario, recorded, pushRun(github), { digest: `sha256:${'0'.repeat(64)}` });
    const run = await scenario.run(pullRequestRun(github));
    expect(run.outputs['baseline-sha'], logOf(run)).toBe(good.sha);
    expect(run.summary).toContain('does not match its digest');
    whole.isExpired = true;
    const stopped = await scenario.run(pullRequestRun(github));
    expect(stopped.exitCode, logOf(stopped)).toBe(3);
    expect(logOf(stopped)).toContain('does not match its digest');
  });

  it('gh-27 rejects archives with a bomb, a path that leaves the folder, a name that is there twice or a lying size', async () => {
    const { github } = scenario;
    const good = pushRun(github);
    storeRun(scenario, recorded, good);
    const log = '{}\n';
    const archives = {
      bomb: [{ name: 'run.jsonl', content: Buffer.alloc(20 * 1024 * 1024) }],
      path: [{ name: '../run.jsonl', content: log }],
      twice: [
        { name: 'run.jsonl', content: log },
        { name: 'RUN.jsonl', content: log },
      ],
      liar: [{ name: 'run.jsonl', content: 'x'.repeat(5000), claimedSize: 10 }],
    };
    for (const entries of Object.values(archives)) storeRun(scenario, recorded, pushRun(github), { zip: makeZip(entries) });
    const run = await scenario.run(pullRequestRun(github));
    expect(run.outputs['baseline-sha'], logOf(run)).toBe(good.sha);
    expect(run.summary.match(/the artifact archive is refused/g)).toHaveLength(4);
    for (const why of ['packed too tightly', 'there twice']) expect(run.summary).toContain(why);
    expect(github.violations).toEqual([]);
  });

  it('gh-28 names the permission that it lacks to find a baseline', async () => {
    const { github } = scenario;
    storeRun(scenario, recorded, pushRun(github));
    const run = await scenario.run(pullRequestRun(github, { token: github.tokens.noActions }));
    expect(run, logOf(run)).toMatchObject({ exitCode: 0, outputs: { verdict: 'no-baseline' } });
    expect(warningsOf(run).join('\n')).toContain('actions: read');
    for (const text of [run.summary, github.state.comments[0]?.body]) expect(text).toContain('actions: read');
    expect(run.summary).not.toContain('first run');
  });

  it('gh-29 stores every suite under a name of its own that GitHub takes', async () => {
    const { github, workspace } = scenario;
    const suites = ['Support Bot 1', 'Support-Bot 1'];
    const files = ['one.yml', 'two.yml'];
    for (const [index, file] of files.entries()) {
      await writeFile(join(workspace, file), config.replace('suite: support-bot', `suite: ${JSON.stringify(suites[index])}`));
    }
    const run = await scenario.run(pushRun(github), { inputs: { config: files.join('\n') } });
    expect(run.exitCode, logOf(run)).toBe(0);
    const names = github.state.artifacts.map(({ name }) => name);
    expect(new Set(names).size).toBe(2);
    for (const name of names) expect(name).toMatch(/^agent-regress-support-bot-1-[0-9a-f]{8}$/);
    expect(github.violations).toEqual([]);
  });

  it('gh-30 replaces what an earlier attempt has stored, and keeps the run when another job holds the name', async () => {
    const { github } = scenario;
    const event = pushRun(github);
    const first = storeRun(scenario, recorded, event);
    const again = await scenario.run(pushRun(github, { rerun: event.run }));
    expect(again.exitCode, logOf(again)).toBe(0);
    expect(github.state.artifacts.map(({ id }) => id)).not.toContain(first.id);
    expect(github.state.artifacts).toHaveLength(1);
    const other = pushRun(github);
    addArtifact(github, { runId: other.run.id, name: artifactName, files: { 'run.jsonl': 'of another job' } });
    const run = await scenario.run(other);
    expect(run, logOf(run)).toMatchObject({ exitCode: 0, outputs: { verdict: 'no-change' } });
    expect(warningsOf(run).join('\n')).toContain('another job of this workflow run stored the same name');
    expect(run.summary).toContain('support-bot');
    expect(github.state.artifacts.filter(({ runId }) => runId === other.run.id)).toHaveLength(1);
  });

  it('gh-31 finds a baseline behind 250 newer artifacts, and says where it stops looking', async () => {
    const { github } = scenario;
    const base = pushRun(github);
    const stored = storeRun(scenario, recorded, base);
    const { run: other } = pullRequestRun(github);
    const add = (count: number) => {
      for (let n = 0; n < count; n++) {
        const run = { ...other, id: github.state.nextId() };
        github.state.runs.push(run);
        addArtifact(github, { runId: run.id, name: artifactName, files: {} });
      }
    };
    add(250);
    const run = await scenario.run(pullRequestRun(github));
    expect(run.outputs['baseline-sha'], logOf(run)).toBe(base.sha);
    expect(apiCalls(scenario)['actions/list-artifacts-for-repo']).toBe(3);
    add(300);
    stored.id = 1;
    github.calls.length = 0;
    const far = await scenario.run(pullRequestRun(github));
    expect(far.outputs.verdict, logOf(far)).toBe('no-baseline');
    expect(apiCalls(scenario)['actions/list-artifacts-for-repo']).toBe(5);
    for (const text of [far.summary, logOf(far)]) expect(text).toContain('only the newest 500 artifacts of this name were looked at');
    expect(far.summary).not.toContain('irst run');
    expect(github.violations).toEqual([]);
  });

  it('gh-32 sends no token to the host of the stored bytes', async () => {
    const { github } = scenario;
    storeRun(scenario, recorded, pushRun(github));
    const run = await scenario.run(pullRequestRun(github));
    expect(run.exitCode, logOf(run)).toBe(0);
    const blobs = github.calls.filter(({ operationId }) => operationId.startsWith('blob/'));
    expect(blobs.map(({ operationId }) => operationId)).toEqual(expect.arrayContaining(['blob/download', 'blob/upload']));
    // An Authorization header at the blob host is a violation.
    expect(github.violations).toEqual([]);
  });
});
