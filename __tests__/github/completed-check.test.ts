import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { makeCompletedCheck } from '../../src/github/check-run.ts';
import { createGitHubClient, type GitHubClient } from '../../src/github/client.ts';
import { checkAtOnce } from '../../src/github/suite-check.ts';
import { pullRequestRun } from './stand-in/runs.ts';
import { ownChecks } from './stand-in/seed.ts';
import { type GitHubStandIn, startGitHub } from './stand-in/server.ts';

let github: GitHubStandIn;
let client: GitHubClient;
let headSha: string;
beforeEach(async () => {
  github = await startGitHub();
  headSha = pullRequestRun(github).pull.head.sha;
  client = createGitHubClient({ token: github.tokens.write, apiUrl: github.url, owner: 'octo-org', repo: 'support-bot', sleep: async () => {} });
});
afterEach(() => github.close());

const output = (count: number, text = 'report') => ({
  title: 'it got worse',
  render: () => text,
  annotations: Array.from({ length: count }, (_, n) => ({ path: 'a.jsonl', line: n + 1, level: 'failure' as const, title: `s${n}`, message: 'x' })),
});
const make = (overrides: Partial<Parameters<typeof makeCompletedCheck>[0]> = {}) => {
  const place = { name: 'agent-regress / a', headSha, externalId: '1-1-a', detailsUrl: 'https://github.com/x' };
  return makeCompletedCheck({ client, ...place, conclusion: 'failure', output: output(2), ...overrides });
};
const asked = () => github.calls.map(({ operationId }) => operationId);
const lines = () => ownChecks(github).map(({ annotations }) => annotations.map(({ start_line }) => start_line));
const upTo = (count: number) => Array.from({ length: count }, (_, index) => index + 1);

describe('a check run that is made complete', () => {
  it('was never open: one request says all of it, and tells where it is and the heads of the pull requests', async () => {
    const made = await make();
    expect(asked()).toEqual(['checks/create']);
    const [check] = ownChecks(github);
    expect(check).toMatchObject({ status: 'completed', conclusion: 'failure', title: 'it got worse', summary: 'report', externalId: '1-1-a' });
    expect(check?.completedAt).not.toBeNull();
    expect(made).toMatchObject({ url: expect.stringContaining(String(check?.id)), heads: [{ sha: headSha, number: expect.any(Number) }] });
    expect(lines()).toEqual([[1, 2]]);
    expect(github.violations).toEqual([]);
  });

  it('needs no text', async () => {
    const place = { name: 'a', headSha, externalId: '1-1-a', detailsUrl: 'https://github.com/x' };
    await makeCompletedCheck({ client, ...place, conclusion: 'neutral' });
    expect(ownChecks(github)).toMatchObject([{ status: 'completed', conclusion: 'neutral', title: null }]);
  });

  it.each([
    [50, 1],
    [51, 2],
    [120, 3],
  ])('shows %i annotations in %i requests', async (count, requests) => {
    await make({ output: output(count) });
    expect(asked()).toHaveLength(requests);
    expect(lines()).toEqual([upTo(count)]);
    expect(github.violations).toEqual([]);
  });

  it.each([2, 51, 120])('is found again when its answer was lost, with %i annotations once each', async (count) => {
    github.setFault({ kind: 'status-after-commit', status: 502, on: 'checks/create' });
    await make({ output: output(count) });
    expect(asked().slice(0, 3)).toEqual(['checks/create', 'checks/list-for-ref', 'checks/update']);
    expect(ownChecks(github)).toMatchObject([{ status: 'completed', conclusion: 'failure' }]);
    expect(lines()).toEqual([upTo(count)]);
  });

  it('says what is known now where an earlier step made one, and its own request is in doubt', async () => {
    await make({ conclusion: 'success', output: output(0, 'before') });
    github.setFault({ kind: 'drop', on: 'checks/create' });
    await make({ output: output(51, 'after') });
    expect(ownChecks(github)).toMatchObject([{ conclusion: 'failure', summary: 'after' }]);
    expect(lines()).toEqual([upTo(51)]);
  });

  it('is not made a second time when GitHub refuses a later part of its annotations', async () => {
    github.setFault({ kind: 'status', status: 422, on: 'checks/update' });
    await expect(make({ output: output(51) })).rejects.toMatchObject({ status: 422 });
    expect(ownChecks(github)).toMatchObject([{ status: 'completed', conclusion: 'failure', title: 'it got worse' }]);
  });

  it('has its conclusion although GitHub refuses the text, which is told', async () => {
    const subject = { suite: 'a', run: { id: 1, attempt: 1, headSha, url: 'https://github.com/x' } };
    const check = checkAtOnce({ writer: () => client, signal: new AbortController().signal }, subject);
    github.setFault({ kind: 'status', status: 422, message: 'summary is too long', on: 'checks/create' });
    expect(await check.finish('failure', output(1))).toMatchObject({ kind: 'failed', message: expect.stringContaining('too long') });
    expect(ownChecks(github)).toMatchObject([{ status: 'completed', conclusion: 'failure', title: null }]);

    github.setFault({ kind: 'status', status: 403, on: 'checks/create' });
    expect(await check.finish('failure', output(1))).toMatchObject({ kind: 'failed', remedy: expect.stringContaining('`checks: write`') });
    expect(ownChecks(github)).toHaveLength(1);
  });
});
