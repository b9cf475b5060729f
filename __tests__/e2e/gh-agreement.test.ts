import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { parse } from 'yaml';
import { pullRequestRun, pushRun, workflowRunRun } from '../github/stand-in/runs.ts';
import { artifactFiles, ownChecks } from '../github/stand-in/seed.ts';
import type { Access } from '../github/stand-in/state.ts';
import { errorsOf, isBuilt, logOf, openScenario, type Scenario, warningsOf } from './action-scenario.ts';

vi.setConfig({ testTimeout: 120_000 });

interface Job {
  permissions: Record<string, Access>;
  steps: { uses?: string; with?: Record<string, string> }[];
}

const root = fileURLToPath(new URL('../../', import.meta.url));

/** The jobs of the workflows that README shows, in their order. */
function readmeJobs(): Job[] {
  const readme = readFileSync(join(root, 'README.md'), 'utf8');
  const blocks = [...readme.matchAll(/```ya?ml\n([\s\S]*?)```/g)].map((match) => match[1] ?? '').filter((text) => /^jobs:/m.test(text));
  return blocks.flatMap((text) => Object.values((parse(text) as { jobs: Record<string, Job> }).jobs));
}

describe.skipIf(!isBuilt)('the built action as its documents show it', () => {
  let scenario: Scenario;
  beforeEach(async () => {
    scenario = await openScenario();
  });
  afterEach(() => scenario.close());

  /** What a job's GITHUB_TOKEN may do: what is listed, and nothing else. */
  function tokenFor({ permissions }: Job): string {
    const scope = (name: string): Access => permissions[name] ?? 'none';
    const text = `ghs_${Object.values(permissions).join('')}${'0'.repeat(20)}`;
    const token = { contents: scope('contents'), actions: scope('actions'), checks: scope('checks'), pullRequests: scope('pull-requests') };
    scenario.github.state.tokens.set(text, token);
    return text;
  }

  it("gh-79 runs README's workflows with exactly the permissions that they list, without a warning", async () => {
    const { github } = scenario;
    const [run, publish] = readmeJobs();
    const inputsOf = (job?: Job) => job?.steps.find(({ uses }) => uses?.startsWith('agent-regress/'))?.with ?? {};
    expect(inputsOf(publish)).toEqual({ mode: 'publish' });
    const token = tokenFor(run!);
    const baseline = await scenario.run(pushRun(github, { token }), { inputs: inputsOf(run) });
    const change = await scenario.run(pullRequestRun(github, { token }), { inputs: inputsOf(run) });
    const fork = pullRequestRun(github, { isFork: true });
    await scenario.run(fork, { inputs: inputsOf(run) });
    const published = await scenario.run(workflowRunRun(github, { of: fork, token: tokenFor(publish!) }), { inputs: inputsOf(publish) });
    for (const done of [baseline, change, published]) {
      expect(done.exitCode, logOf(done)).toBe(0);
      expect([...warningsOf(done), ...errorsOf(done)]).toEqual([]);
    }
    expect(change.outputs).toMatchObject({ verdict: expect.not.stringContaining('no-baseline'), 'comment-url': expect.stringMatching(/./) });
    expect(github.state.comments).toHaveLength(2);
    expect(ownChecks(github).filter(({ status }) => status === 'completed')).toHaveLength(3);
    expect(github.violations).toEqual([]);
  });

  it('gh-80 shows the same numbers in comment, check, summary, HTML, outputs and JSON', async () => {
    const { github } = scenario;
    await scenario.run(pushRun(github));
    scenario.breakSamples(1, 2, 3, 4, 5);
    const change = pullRequestRun(github);
    const run = await scenario.run(change);
    const stored = github.state.artifacts.find(({ runId }) => runId === change.run.id)!;
    const assessment = JSON.parse(String(artifactFiles(stored).get('assessment.json')));
    const { baselineRate, rate, change: difference } = assessment.suiteEffect;
    const percent = (value: number) => `${(100 * value).toFixed(1)} %`;
    const points = `${difference < 0 ? '−' : '+'}${Math.abs(100 * difference).toFixed(1)} pp`;
    const sentence = `Pass rate ${percent(baselineRate)} → ${percent(rate)} (${points}`;
    const counted = `${assessment.counts.regressed} of ${assessment.samples.length} samples regressed`;

    const check = ownChecks(github).at(-1)!;
    const folder = dirname(run.outputs['run-log'] ?? '');
    const html = (await readFile(join(folder, 'report.html'), 'utf8')).replace(/<[^>]+>/g, '');
    const sinks = { comment: github.state.comments[0]!.body, title: check.title, check: check.summary, summary: run.summary, log: run.stdout, html };
    for (const [name, text] of Object.entries(sinks)) {
      expect(text, name).toContain(sentence);
      expect(text, name).toContain(counted);
    }
    expect(check.annotations.filter(({ annotation_level }) => annotation_level === 'failure')).toHaveLength(assessment.counts.regressed);
    expect(run.outputs).toMatchObject({ regressed: String(assessment.counts.regressed), verdict: assessment.verdict.status });
    expect(Number(run.outputs['pass-rate'])).toBeCloseTo(assessment.passRate, 6);
    expect(Number(run.outputs['baseline-pass-rate'])).toBeCloseTo(baselineRate, 6);
    expect(Number(run.outputs.change)).toBeCloseTo(difference, 6);
    expect(JSON.parse(await readFile(join(folder, 'assessment.json'), 'utf8'))).toEqual(assessment);
    expect(github.violations).toEqual([]);
  });
});
