import { afterEach, describe, expect, it } from 'vitest';
import { createGitHubClient } from '../../src/github/client.ts';
import { renderMarker } from '../../src/github/comment.ts';
import { listOwnReports } from '../../src/github/own-reports.ts';
import type { Fault } from './stand-in/faults.ts';
import { pullRequestRun } from './stand-in/runs.ts';
import { addComment } from './stand-in/seed.ts';
import { type GitHubOptions, type GitHubStandIn, startGitHub } from './stand-in/server.ts';

let github: GitHubStandIn;
afterEach(() => github.close());

/** A pull request with a report of ours, and a client with a token of the same author. */
async function open(author: { app: string } | { user: string }, options?: GitHubOptions) {
  github = await startGitHub(options);
  const { pull } = pullRequestRun(github);
  const read = { contents: 'read', actions: 'read', checks: 'read', pullRequests: 'write' } as const;
  github.state.tokens.set('ours', { ...read, ...author });
  const login = 'app' in author ? author.app : author.user;
  const marker = { suite: 'a', runId: 10, attempt: 1, sha: pull.head.sha };
  addComment(github, { issue: pull.number, body: `${renderMarker(marker)}\nreport`, login, isBot: 'app' in author });
  const client = createGitHubClient({ token: 'ours', apiUrl: github.url, owner: 'octo-org', repo: 'support-bot', sleep: async () => {} });
  return { pull, client, list: () => listOwnReports(client, pull.number, 'a') };
}

describe('our own reports', () => {
  it.each(['', '/api/v3'])('are known under the token of an app, with the API below "%s"', async (basePath) => {
    const { list } = await open({ app: 'my-app[bot]' }, { basePath });
    expect(await list()).toHaveLength(1);
    expect(github.calls.map(({ operationId }) => operationId)).toEqual(['issues/list-comments', 'graphql']);
    expect(github.violations).toEqual([]);
  });

  it.each([{ app: 'my-app[bot]' }, { user: 'monalisa' }])('are known after a server error on the way: %o', async (author) => {
    const { list } = await open(author);
    github.setFault({ kind: 'status', status: 502, on: ['graphql', 'users/get-authenticated'] });
    expect(await list()).toHaveLength(1);
  });

  const failures: [string, Fault][] = [
    ['a server error', { kind: 'status', status: 502, times: 4 }],
    ['no answer', { kind: 'drop', times: 4 }],
    ['a rate limit', { kind: 'primary-limit', resetInSeconds: 3600 }],
    ["a proxy's page", { kind: 'junk', times: 4 }],
  ];
  describe.each([{ app: 'my-app[bot]' }, { user: 'monalisa' }])('of %o', (author) => {
    it.each(failures)('are never taken for those of others after %s, and are asked for again', async (_, fault) => {
      const { list } = await open(author);
      github.setFault({ ...fault, on: ['graphql', 'users/get-authenticated'] });
      await expect(list()).rejects.toMatchObject({ code: expect.stringMatching(/^github-(unavailable|rate-limited)$/) });
      expect(await list()).toHaveLength(1);
    });

    it.each([401, 403, 404])('are none when GitHub refuses to say who we are, with %i', async (status) => {
      const { list } = await open(author);
      github.setFault({ kind: 'status', status, on: ['graphql', 'users/get-authenticated'], times: 99 });
      expect(await list()).toEqual([]);
    });
  });
});
