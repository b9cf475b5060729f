import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { pullRequestRun, pushRun } from '../github/stand-in/runs.ts';
import { addArtifact, artifactFiles } from '../github/stand-in/seed.ts';
import type { Artifact } from '../github/stand-in/state.ts';
import { readActionMetadata } from '../helpers/run-action.ts';
import { errorsOf, isBuilt, logOf, openScenario, type Scenario, sampleFile } from './action-scenario.ts';
import { artifactName, recordRun, type StoredRun, storeBaseline, storeRun } from './stored-runs.ts';

vi.setConfig({ testTimeout: 240_000, hookTimeout: 120_000 });

describe.skipIf(!isBuilt)('what the built action does not believe', () => {
  let recorded: StoredRun;
  let scenario: Scenario;
  beforeAll(async () => {
    recorded = await recordRun();
  });
  beforeEach(async () => {
    scenario = await openScenario();
  });
  afterEach(() => scenario.close());

  it('T03 refuses the run of a fork that is named by its number, and says so', async () => {
    const { github } = scenario;
    const fork = pullRequestRun(github, { isFork: true, branch: 'main' });
    storeRun(scenario, recorded, fork);
    const run = await scenario.run(pullRequestRun(github), { inputs: { baseline: `run:${fork.run.id}` } });
    expect(run.exitCode, logOf(run)).toBe(3);
    expect(errorsOf(run).join('\n')).toMatch(/the baseline of run \d+ cannot be used: artifact \d+ was made by a fork/);
    expect(github.calls.filter(({ operationId }) => operationId === 'actions/download-artifact')).toEqual([]);
    expect(scenario.agent.requests).toEqual([]);
  });

  it('T03 takes what is there when an artifact was deleted and stored again meanwhile, and never another run in its place', async () => {
    const { github } = scenario;
    const older = pushRun(github);
    storeRun(scenario, recorded, older);
    const newest = pushRun(github);
    const first = storeRun(scenario, recorded, newest);
    const replace = () => {
      github.state.artifacts.splice(github.state.artifacts.indexOf(first), 1);
      // The same name in the same run, by a later step: not the bytes that were listed.
      addArtifact(github, { runId: newest.run.id, name: artifactName, files: { 'run.jsonl': '{}' } });
    };
    github.setFault({ kind: 'meanwhile', on: 'actions/list-workflow-runs', change: replace });
    const run = await scenario.run(pullRequestRun(github));
    expect(run.outputs['baseline-sha'], logOf(run)).toBe(older.sha);
    expect(run.summary).toContain('expired or was deleted');
    expect(github.violations).toEqual([]);
  });

  it("T04 finds a changed byte by the run log's own checksums where GitHub tells no digest, and never calls that a first run", async () => {
    const { github } = scenario;
    await storeBaseline(scenario);
    const [stored] = github.state.artifacts as [Artifact];
    const compare = async (files: Record<string, Buffer>) => {
      github.state.artifacts.splice(0);
      addArtifact(github, { runId: stored.runId, name: stored.name, files, digest: null });
      return scenario.run(pullRequestRun(github));
    };
    const files = Object.fromEntries(artifactFiles(stored));
    const whole = await compare(files);
    expect(whole.outputs.verdict, logOf(whole)).toBe('no-change');
    const log = Buffer.from(files['run.jsonl']!);
    const at = log.indexOf('"outcome":"pass"');
    expect(at).toBeGreaterThan(0);
    log.write('"outcome":"fail"', at);
    const changed = await compare({ ...files, 'run.jsonl': log });
    expect(changed.outputs, logOf(changed)).toMatchObject({ verdict: 'no-baseline', 'baseline-sha': '' });
    for (const text of [changed.summary, logOf(changed)]) {
      expect(text).toMatch(/none of them usable|was left out/);
      expect(text).not.toMatch(/first run/);
    }
  });

  it('T15 gives branch names, ids and labels no way into outputs, variables and state', async () => {
    const { github, workspace } = scenario;
    const expression = '$' + '{{ secrets.AGENT_KEY }}';
    const attack = `$(touch pwned)\`id\`${expression};"'\n::set-output name=verdict::improved\r\nverdict<<X\nimproved\nX\n%0Averdict=improved`;
    const rows = [1, 2, 3].map((n) => JSON.stringify({ id: `${n}${attack}`, input: `question ${n}`, expected: 'never said', tags: [attack] }));
    await writeFile(join(workspace, sampleFile), `${rows.join('\n')}\n`);
    const change = pullRequestRun(github);
    const pull = change.payload.pull_request as { head: { ref: string }; title: string; labels: unknown[] };
    Object.assign(pull.head, { ref: attack });
    Object.assign(pull, { title: attack, labels: [{ name: attack }] });
    const run = await scenario.run({ ...change, headRef: attack }, { inputs: { 'fail-on': 'never' } });
    expect(run.exitCode, logOf(run)).toBe(0);
    const { outputs = {} } = await readActionMetadata();
    expect(Object.keys(run.outputs).sort()).toEqual(Object.keys(outputs).sort());
    for (const [name, value] of Object.entries(run.outputs)) expect(value, name).toMatch(/^[\w./:#-]*$/);
    expect({ environment: run.environment, path: run.path }).toEqual({ environment: {}, path: '' });
    for (const value of Object.values(run.state)) expect(value).not.toMatch(/[\r\n]|\$\(/);
    expect(run.commands.filter(({ name }) => !/^(add-mask|debug|notice|warning|error|group|endgroup)$/.test(name))).toEqual([]);
    expect(run.outputs.verdict).toBe('no-baseline');
  });
});
