import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createGitHubClient, type GitHubClient } from '../../src/github/client.ts';
import { type CommentRequest, parseMarker, publishComment } from '../../src/github/comment.ts';
import { pullRequestRun } from './stand-in/runs.ts';
import { type GitHubStandIn, startGitHub } from './stand-in/server.ts';
import type { PullRequest } from './stand-in/state.ts';

let github: GitHubStandIn;
let pull: PullRequest;
let client: GitHubClient;
beforeEach(async () => {
  github = await startGitHub();
  ({ pull } = pullRequestRun(github));
  client = createGitHubClient({ token: github.tokens.write, apiUrl: github.url, owner: 'octo-org', repo: 'support-bot', sleep: async () => {} });
});
afterEach(() => github.close());

const publish = ({ runId = 10, body = 'report', ...rest }: Partial<CommentRequest> & { runId?: number; body?: string } = {}) =>
  publishComment({
    ...{ client, pullNumber: pull.number, mode: 'always', marker: { suite: 'a', runId, attempt: 1, sha: pull.head.sha } },
    ...{ verdict: { status: 'no-change', isFailure: false }, render: () => body },
    ...rest,
  });
const isAnyoneElseAtWork = async () => true;

describe('a comment in doubt', () => {
  it('of the very same run is changed in place, whoever else is at work', async () => {
    await publish();
    const [first] = github.state.comments;
    expect(await publish({ body: 'again', isAnyoneElseAtWork })).toMatchObject({ note: 'updated' });
    expect(github.state.comments).toMatchObject([{ id: first?.id, body: expect.stringContaining('again') }]);
  });

  it('is not posted a second time when the list shows only the older one yet', async () => {
    await publish();
    github.calls.length = 0;
    const hide = (state: typeof github.state) => void state.comments.splice(1);
    const list = github.setFault({ kind: 'meanwhile', on: 'issues/list-comments', skip: 1, change: hide });
    expect(await publish({ runId: 11, isAnyoneElseAtWork })).toMatchObject({ kind: 'published', note: 'updated' });
    expect(list.struck).toBe(1);
    expect(github.writes().map(({ operationId }) => operationId)).toEqual(['issues/create-comment', 'issues/delete-comment']);
  });

  it('is not written where GitHub does not say what the pull request is at', async () => {
    const read = (reply: unknown) => publish({ client: { ...client, get: async () => reply } });
    const said = (field: string) => new RegExp(`GET pulls/${pull.number}: the reply is not as documented: ${field} `);
    await expect(read({ head: { sha: pull.head.sha } })).rejects.toThrow(said('state'));
    await expect(read({ state: 'open' })).rejects.toThrow(said('head'));
    await expect(read({ state: 'open', head: {} })).rejects.toThrow(said('head.sha'));
    github.setFault({ kind: 'status', status: 403, on: 'pulls/get' });
    await expect(publish()).rejects.toMatchObject({ remedy: expect.stringContaining('`pull-requests: read`') });
    expect(github.writes()).toEqual([]);
  });

  it('is looked for after an answer that is none, and the error names what was asked when that goes on', async () => {
    const odd = { ...client, create: async () => ({}), update: async () => ({}) };
    await expect(publish({ client: odd })).rejects.toThrow(`POST issues/${pull.number}/comments: the reply is not as documented: id`);
    await publish();
    const [comment] = github.state.comments;
    await expect(publish({ client: odd, runId: 11 })).rejects.toThrow(`PATCH issues/comments/${comment?.id}: the reply is not as documented: id`);
    expect(github.state.comments.map(({ body }) => parseMarker(body)?.runId)).toEqual([10]);
  });
});
