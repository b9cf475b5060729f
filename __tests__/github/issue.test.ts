import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createGitHubClient } from '../../src/github/client.ts';
import { createIssue, findOwnIssues, renderIssueMarker, updateIssue } from '../../src/github/issue.ts';
import { type GitHubStandIn, startGitHub } from './stand-in/server.ts';

let github: GitHubStandIn;
beforeEach(async () => {
  github = await startGitHub();
});
afterEach(() => github.close());

describe('the issues of a suite', () => {
  it('are found without their label, too, while older ones with it are closed', async () => {
    const client = createGitHubClient({ token: github.tokens.nightly, apiUrl: github.url, owner: 'octo-org', repo: 'support-bot' });
    const open = async (since: string) => {
      const marker = { suite: 's', since, runId: 9, attempt: 1 };
      const text = { title: 's got worse', body: `${renderIssueMarker(marker)}\ntext` };
      return { text, ...(await createIssue(client, text, marker)) };
    };
    const old = await open('100');
    await updateIssue(client, old.number, old.text, 'closed');
    const now = await open('200');
    expect((await findOwnIssues(client, 's')).map(({ number }) => number)).toEqual([now.number, old.number]);
    const issue = github.state.issues.find(({ number }) => number === now.number);
    issue?.labels.splice(0);
    expect((await findOwnIssues(client, 's')).map(({ number, isOpen }) => [number, isOpen])).toEqual([
      [now.number, true],
      [old.number, false],
    ]);
    expect(github.violations).toEqual([]);
  });
});
