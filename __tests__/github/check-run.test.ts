import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { annotationsOf, closeIfOpen, completeCheck, concludeCheck, openCheck } from '../../src/github/check-run.ts';
import { createGitHubClient, type GitHubClient } from '../../src/github/client.ts';
import { anAssessment, aSample } from '../helpers/assessment.ts';
import { pullRequestRun } from './stand-in/runs.ts';
import { ownChecks } from './stand-in/seed.ts';
import { type GitHubStandIn, startGitHub } from './stand-in/server.ts';

let github: GitHubStandIn;
let client: GitHubClient;
let headSha: string;
let jobCheckId: number;
beforeEach(async () => {
  github = await startGitHub();
  const job = pullRequestRun(github);
  headSha = job.pull.head.sha;
  jobCheckId = job.checkRunId;
  client = createGitHubClient({ token: github.tokens.write, apiUrl: github.url, owner: 'octo-org', repo: 'support-bot', sleep: async () => {} });
});
afterEach(() => github.close());

const open = (overrides: Partial<Parameters<typeof openCheck>[0]> = {}) =>
  openCheck({ client, mode: 'create', name: 'agent-regress / a', headSha, externalId: '1-1-a', detailsUrl: 'https://github.com/x', ...overrides });
const annotation = (n: number) => ({ path: 'samples/a.jsonl', line: n + 1, level: 'failure' as const, title: `s${n} 😀`, message: 'x' });
const output = (count: number, text = 'report') => ({
  title: 'it got worse',
  render: () => text,
  annotations: Array.from({ length: count }, (_, n) => annotation(n)),
});

describe('a check run', () => {
  it('is in progress before the run and completed after it', async () => {
    const check = await open();
    expect(check.url).toContain('http');
    expect(ownChecks(github)).toMatchObject([{ status: 'in_progress', headSha, externalId: '1-1-a' }]);
    await completeCheck({ client, check, conclusion: 'failure', output: output(0) });
    expect(ownChecks(github)).toMatchObject([{ status: 'completed', conclusion: 'failure', title: 'it got worse' }]);
    expect(github.violations).toEqual([]);
  });

  it.each([
    [0, 1],
    [1, 1],
    [50, 1],
    [51, 2],
    [120, 3],
  ])('sends %i annotations in %i requests', async (count, requests) => {
    const check = await open();
    await completeCheck({ client, check, conclusion: 'failure', output: output(count) });
    expect(github.calls.filter(({ operationId }) => operationId === 'checks/update')).toHaveLength(requests);
    expect(ownChecks(github)[0]!.annotations).toHaveLength(count);
    expect(github.violations).toEqual([]);
  });

  it('keeps the summary within the bytes that GitHub takes', async () => {
    const check = await open();
    await completeCheck({ client, check, conclusion: 'success', output: output(0, '😀'.repeat(60_000)) });
    expect(Buffer.byteLength(ownChecks(github)[0]!.summary!)).toBeLessThanOrEqual(65_535);
  });

  it.each(['status-after-commit', 'drop-after-commit', 'status'] as const)('is made once after %s', async (kind) => {
    github.setFault({ kind, status: 502, on: 'checks/create' } as never);
    await completeCheck({ client, check: await open(), conclusion: 'success' });
    expect(ownChecks(github)).toHaveLength(1);
    expect(ownChecks(github)[0]!.status).toBe('completed');
  });

  it("writes to the job's own check without concluding it", async () => {
    const check = await open({ mode: 'job', jobCheckId });
    await completeCheck({ client, check, conclusion: 'failure', output: output(1) });
    expect(ownChecks(github)).toHaveLength(0);
    expect(github.state.checkRuns[0]).toMatchObject({ status: 'in_progress', title: 'it got worse' });
    await open({ mode: 'job' });
    expect(ownChecks(github)).toHaveLength(1);
  });

  it('is closed by the post step only when it is still open', async () => {
    const check = await open();
    expect(await closeIfOpen(client, check.id)).toBe(true);
    expect(ownChecks(github)[0]).toMatchObject({ conclusion: 'cancelled' });
    expect(await closeIfOpen(client, check.id)).toBe(false);
  });

  it('names the permission when it may not be made', async () => {
    const reader = createGitHubClient({ token: github.tokens.fork, apiUrl: github.url, owner: 'octo-org', repo: 'support-bot' });
    await expect(open({ client: reader })).rejects.toMatchObject({ remedy: expect.stringContaining('checks: write') });
  });
});

describe('the conclusion', () => {
  const conclude = (status: 'regressed' | 'improved' | 'no-change' | 'inconclusive' | 'no-baseline', exitCode: number, complete = true) =>
    concludeCheck({ assessment: anAssessment({ verdict: { status, complete } }), exitCode });

  it('is red when the exit code is, and never grey or green on an incomplete run', () => {
    expect(conclude('regressed', 1)).toBe('failure');
    expect(conclude('regressed', 0)).toBe('neutral');
    expect(conclude('improved', 0)).toBe('success');
    expect(conclude('no-change', 0)).toBe('success');
    expect(conclude('inconclusive', 0)).toBe('neutral');
    expect(conclude('no-baseline', 0)).toBe('neutral');
    expect(conclude('no-baseline', 1)).toBe('failure');
    expect(conclude('no-change', 3)).toBe('failure');
    expect(conclude('improved', 0, false)).toBe('failure');
    expect(concludeCheck({ assessment: anAssessment(), exitCode: 3, stopped: 'cancelled' })).toBe('cancelled');
  });
});

describe('annotations', () => {
  it('stand on the line of the sample, regressions first, and only inside the repository', () => {
    const samples = [
      aSample('x-1', { class: 'flaky' }),
      aSample('x-2', { class: 'regressed', line: 7, changes: ['says "no"'] }),
      aSample('x-3', { class: 'regressed', file: '../outside.jsonl' }),
      aSample('x-4'),
    ];
    const found = annotationsOf(samples, (file) => (file.startsWith('..') ? undefined : file));
    expect(found.map(({ level, line }) => [level, line])).toEqual([
      ['failure', 7],
      ['warning', 1],
    ]);
  });
});
