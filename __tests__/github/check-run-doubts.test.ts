import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { closeIfOpen, completeCheck, findCheck, openCheck } from '../../src/github/check-run.ts';
import { createGitHubClient, type GitHubClient } from '../../src/github/client.ts';
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

const open = (overrides: Partial<Parameters<typeof openCheck>[0]> = {}) =>
  openCheck({ client, mode: 'create', name: 'agent-regress / a', headSha, externalId: '1-1-a', detailsUrl: 'https://github.com/x', ...overrides });

describe('a check run in doubt', () => {
  it('stays in doubt when it may have been made and GitHub then says only to wait, refuses, or does not show it', async () => {
    const lost = () => github.setFault({ kind: 'status-after-commit', status: 502, on: 'checks/create' });
    const unseen = () =>
      github.setFault({ kind: 'meanwhile', on: 'checks/list-for-ref', times: 99, change: (state) => void state.checkRuns.splice(0) });
    const hidden = unseen();
    lost();
    github.setFault({ kind: 'secondary-limit', retryAfterSeconds: 3, on: 'checks/create', times: 2 });
    await expect(open()).rejects.toMatchObject({ isAmbiguous: true, status: 502 });
    lost();
    github.setFault({ kind: 'status', status: 403, on: 'checks/create' });
    await expect(open()).rejects.toMatchObject({ isAmbiguous: true, status: 502 });
    hidden.remove();
    lost();
    github.setFault({ kind: 'status', status: 403, on: 'checks/list-for-ref' });
    await expect(open()).rejects.toMatchObject({ isAmbiguous: true, status: 502 });
  });

  it('is made by a later try when GitHub first says to wait', async () => {
    github.setFault({ kind: 'secondary-limit', retryAfterSeconds: 3, on: 'checks/create' });
    expect(await open()).toMatchObject({ isOwn: true });
    // It looks first whether the one that GitHub put off was made all the same.
    expect(github.calls.map(({ operationId }) => operationId)).toEqual(['checks/create', 'checks/list-for-ref', 'checks/create']);
    expect(ownChecks(github)).toHaveLength(1);
    github.setFault({ kind: 'secondary-limit', retryAfterSeconds: 3, on: 'checks/create', times: 3 });
    await expect(open({ externalId: '2-1-a' })).rejects.toMatchObject({ status: 403, isAmbiguous: false });
  });

  it('is not taken from an answer that is not as documented, and the error names what was asked', async () => {
    await expect(open({ client: { ...client, create: async () => ({}) } })).rejects.toThrow(/POST check-runs: the reply is not as documented: id /);
    const job = { mode: 'job' as const, jobCheckId: 7 };
    await expect(open({ ...job, client: { ...client, get: async () => ({}) } })).rejects.toThrow(/GET check-runs\/7: the reply is not as documented/);
    const listed = { ...client, list: async () => [null, { id: 6 }, { id: '7', external_id: '1-1-a' }, { id: 8, external_id: '1-1-a' }] };
    expect(await findCheck(listed, { name: 'a', headSha, externalId: '1-1-a' })).toMatchObject({ id: 8 });
  });

  it('names no pull request that GitHub tells half of', async () => {
    const check = await open();
    for (const pull of [
      { number: 1, head: {} },
      { number: '1', head: { sha: headSha } },
    ]) {
      const odd = { ...client, update: async () => ({ id: 7, pull_requests: [pull] }) };
      expect(await completeCheck({ client: odd, check, conclusion: 'success' })).toEqual([]);
    }
  });

  it('names the permission in whatever it may not do', async () => {
    const check = await open();
    github.setFault({ kind: 'status', status: 403, on: 'checks/get' });
    const refused = { code: 'github-forbidden', remedy: expect.stringContaining('`checks: write`') };
    await expect(closeIfOpen(client, check.id)).rejects.toMatchObject(refused);
    github.setFault({ kind: 'status', status: 403, on: 'checks/update', times: 3 });
    await expect(closeIfOpen(client, check.id)).rejects.toMatchObject(refused);
    const end = { client, check, conclusion: 'success' as const };
    await expect(completeCheck(end)).rejects.toMatchObject(refused);
    await expect(completeCheck({ ...end, output: { title: 'x', render: () => 'y', annotations: [] } })).rejects.toMatchObject(refused);
    expect(ownChecks(github)).toMatchObject([{ status: 'in_progress' }]);
  });
});
