import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { annotationsOf } from '../../src/github/check-output.ts';
import { closeIfOpen, completeCheck, concludeCheck, findCheck, openCheck } from '../../src/github/check-run.ts';
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
    expect(ownChecks(github)).toMatchObject([{ status: 'completed', conclusion: 'failure', title: 'it got worse', summary: 'report' }]);
    expect(github.writes().at(-1)?.body).toHaveProperty('output', { title: 'it got worse', summary: 'report' });
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

  it('concludes with the last request only, and tells the open pull requests of the commit', async () => {
    const check = await open();
    const heads = await completeCheck({ client, check, conclusion: 'failure', output: output(51) });
    const [first, last] = github.calls.filter(({ operationId }) => operationId === 'checks/update').map(({ body }) => body);
    expect(first).not.toHaveProperty('status');
    expect(last).toMatchObject({ status: 'completed', conclusion: 'failure', completed_at: expect.stringMatching(/Z$/) });
    expect(heads).toEqual([{ number: github.state.pulls[0]?.number, sha: headSha, seenAt: expect.any(Number) }]);
    expect(await completeCheck({ client, check, conclusion: 'success' })).toEqual([{ ...heads[0], seenAt: expect.any(Number) }]);
    expect(github.writes().at(-1)?.body).not.toHaveProperty('output');
    const mute = (reply: unknown) => ({ ...client, update: async () => reply });
    for (const reply of [undefined, { id: 7 }, { id: 7, pull_requests: null }])
      expect(await completeCheck({ client: mute(reply), check, conclusion: 'success' })).toEqual([]);
  });

  it('shows 200 annotations and says how many more there are', async () => {
    const check = await open();
    await completeCheck({ client, check, conclusion: 'failure', output: output(203, 'x'.repeat(70_000)) });
    const { annotations, summary } = ownChecks(github)[0]!;
    expect(annotations.map(({ start_line }) => start_line)).toEqual(Array.from({ length: 200 }, (_, n) => n + 1));
    expect(summary).toMatch(/…\n\n3 more annotations are in the full report\.$/);
    expect(Buffer.byteLength(summary ?? '')).toBeLessThanOrEqual(65_535);
    await completeCheck({ client, check, conclusion: 'failure', output: output(201) });
    expect(ownChecks(github)[0]!.summary).toBe('report\n\n1 more annotation is in the full report.');
    expect(github.violations).toEqual([]);
  });

  it('gives an annotation as GitHub takes it: no character above U+FFFF, bounded, never empty', async () => {
    const check = await open();
    const base = { path: 'samples/a.jsonl', line: 3, level: 'warning' as const };
    const annotations = [
      { ...base, title: 's1 😀', message: 'says 👍 ü' },
      { ...base, title: 'x'.repeat(300), message: '' },
      { ...base, title: 'long', message: 'y'.repeat(70_000) },
    ];
    await completeCheck({ client, check, conclusion: 'failure', output: { title: 't'.repeat(300), render: () => 'report', annotations } });
    const [first, second, third] = ownChecks(github)[0]!.annotations;
    expect(first).toEqual({
      ...{ path: 'samples/a.jsonl', start_line: 3, end_line: 3, annotation_level: 'warning' },
      ...{ title: 's1 \\u{1f600}', message: 'says \\u{1f44d} ü' },
    });
    expect(second).toMatchObject({ message: '-', title: expect.stringMatching(/^x{252}…$/) });
    expect(Buffer.byteLength(third?.message ?? '')).toBe(64_000);
    expect(ownChecks(github)[0]!.title).toMatch(/^t{252}…$/);
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

  it('is found by all that it was made with, whatever else stands beside it', async () => {
    const place = { name: 'agent-regress / a', headSha, externalId: '1-1-a' };
    await open({ externalId: '1-2-a' });
    expect(await findCheck(client, place)).toBeUndefined();
    const check = await open();
    await open({ externalId: '1-3-a' });
    expect(await findCheck(client, place)).toMatchObject({ id: check.id, external_id: '1-1-a' });
    expect(github.calls.at(-1)?.query).toMatchObject({ check_name: 'agent-regress / a', filter: 'all' });
    expect(await findCheck(client, { ...place, name: 'agent-regress / b' })).toBeUndefined();
  });

  it('says when it began, and where its details are', async () => {
    await open();
    expect(github.writes()[0]?.body).toEqual({
      ...{ name: 'agent-regress / a', head_sha: headSha, status: 'in_progress', external_id: '1-1-a', details_url: 'https://github.com/x' },
      started_at: expect.stringMatching(/^20\d\d-\d\d-\d\dT.*Z$/),
    });
  });

  it('is given up after three tries, with what the last one met', async () => {
    github.setFault({ kind: 'status', status: 502, on: 'checks/create', times: 99 });
    await expect(open()).rejects.toMatchObject({ code: 'github-unavailable', isAmbiguous: true, status: 502 });
    expect(github.writes()).toHaveLength(3);
    expect(ownChecks(github)).toEqual([]);
  });

  it('has the address that GitHub gives it, or none', async () => {
    const check = await open();
    expect(check).toEqual({ id: check.id, isOwn: true, url: `https://github.com/octo-org/support-bot/runs/${check.id}` });
    const without = { ...client, create: async () => ({ id: 7, html_url: null }) };
    expect(await open({ client: without })).toEqual({ id: 7, isOwn: true });
  });

  it("writes to the job's own check without concluding it", async () => {
    const check = await open({ mode: 'job', jobCheckId });
    expect(check).toMatchObject({ id: jobCheckId, isOwn: false });
    expect(github.calls.map(({ operationId }) => operationId)).toEqual(['checks/get']);
    expect(await completeCheck({ client, check, conclusion: 'failure' })).toEqual([]);
    expect(github.writes()).toEqual([]);
    await completeCheck({ client, check, conclusion: 'failure', output: output(1) });
    expect(ownChecks(github)).toHaveLength(0);
    expect(github.state.checkRuns[0]).toMatchObject({ status: 'in_progress', title: 'it got worse' });
    await open({ mode: 'job' });
    expect(await open({ mode: 'create', jobCheckId, externalId: '1-2-a' })).toMatchObject({ isOwn: true });
    expect(ownChecks(github)).toHaveLength(2);
  });

  it('is closed by the post step only when it is still open', async () => {
    const check = await open();
    expect(await closeIfOpen(client, check.id)).toBe(true);
    const summary = 'The job ended before this run had a verdict. Re-run the job.';
    expect(ownChecks(github)[0]).toMatchObject({ status: 'completed', conclusion: 'cancelled', title: 'Stopped before the end', summary });
    expect(github.writes().at(-1)?.body).toMatchObject({ completed_at: expect.stringMatching(/^20\d\d-.*Z$/) });
    const writes = github.writes().length;
    expect(await closeIfOpen(client, check.id)).toBe(false);
    expect(github.writes()).toHaveLength(writes);
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
    expect(concludeCheck({ assessment: anAssessment(), exitCode: 3, isCancelled: true })).toBe('cancelled');
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
    expect(found).toEqual([
      { path: 'samples/support.jsonl', line: 7, level: 'failure', title: 'x-2: regressed', message: 'passes: baseline 9/9, now 3/3\nsays "no"' },
      { path: 'samples/support.jsonl', line: 1, level: 'warning', title: 'x-1: flaky', message: 'passes: baseline 9/9, now 3/3' },
    ]);
  });

  it('do without what is not known of a sample, but for its file', () => {
    const { line: _, baseline, current, ...bare } = aSample('x-1', { class: 'suspect', line: 1 });
    const messages = annotationsOf(
      [
        { ...bare, ...(baseline ? { baseline } : {}) },
        { ...bare, ...(current ? { current } : {}) },
      ],
      (file) => file,
    );
    expect(messages.map(({ line, level, message }) => [line, level, message])).toEqual([
      [1, 'warning', 'passes: baseline 9/9'],
      [1, 'warning', 'passes: now 3/3'],
    ]);
    const { file: __, ...nowhere } = aSample('x-2', { class: 'regressed' });
    expect(annotationsOf([nowhere], (file) => `suite/${file}`)).toEqual([]);
  });
});
