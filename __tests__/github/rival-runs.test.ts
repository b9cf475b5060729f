import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createGitHubClient } from '../../src/github/client.ts';
import { isRivalAtWork, type RivalSearch } from '../../src/github/rival-runs.ts';
import { finishRun, pullRequestRun } from './stand-in/runs.ts';
import { type GitHubStandIn, startGitHub } from './stand-in/server.ts';

let github: GitHubStandIn;
beforeEach(async () => {
  github = await startGitHub();
});
afterEach(() => github.close());

const ask = (search: RivalSearch, token: string = github.tokens.write) =>
  isRivalAtWork(createGitHubClient({ token, apiUrl: github.url, owner: 'octo-org', repo: 'support-bot', sleep: async () => {} }), search);

describe('a rival run', () => {
  it('is another one of the same workflow and branch that is in progress and has not reported yet', async () => {
    const first = pullRequestRun(github);
    const { pull, run } = first;
    const search: RivalSearch = { event: 'pull_request', branch: pull.head.ref, workflowPath: run.path, ownRunId: run.id };
    expect(await ask(search)).toBe(false);
    pullRequestRun(github);
    pullRequestRun(github, { pull, workflow: '.github/workflows/other.yml' });
    expect(await ask(search)).toBe(false);
    const second = pullRequestRun(github, { pull });
    expect(await ask(search)).toBe(true);
    expect(await ask({ ...search, reported: { runId: second.run.id, attempt: 1 } })).toBe(false);
    expect(await ask({ ...search, reported: { runId: second.run.id, attempt: 2 } })).toBe(true);
    finishRun(github, second);
    expect(await ask(search)).toBe(false);
    expect(github.violations).toEqual([]);
  });

  it('is not supposed where nobody may ask', async () => {
    const { pull, run } = pullRequestRun(github);
    pullRequestRun(github, { pull });
    expect(await ask({ event: 'pull_request', ownRunId: run.id }, github.tokens.noActions)).toBe(false);
  });
});
