import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createGitHubClient } from '../../src/github/client.ts';
import { type CommentRequest, parseMarker, publishComment, renderMarker } from '../../src/github/comment.ts';
import { pullRequestRun } from './stand-in/runs.ts';
import { addComment } from './stand-in/seed.ts';
import { type GitHubStandIn, startGitHub } from './stand-in/server.ts';
import type { PullRequest } from './stand-in/state.ts';

const bot = { login: 'github-actions[bot]', isBot: true };
let github: GitHubStandIn;
let pull: PullRequest;
beforeEach(async () => {
  github = await startGitHub();
  ({ pull } = pullRequestRun(github));
});
afterEach(() => github.close());

const client = (token: string = github.tokens.write) =>
  createGitHubClient({ token, apiUrl: github.url, owner: 'octo-org', repo: 'support-bot', sleep: async () => {} });
const marker = (overrides: Partial<CommentRequest['marker']> = {}) => ({ suite: 'a', runId: 10, attempt: 1, sha: pull.head.sha, ...overrides });
function publish(overrides: Partial<Omit<CommentRequest, 'marker'>> & { marker?: Partial<CommentRequest['marker']>; body?: string } = {}) {
  const { body = 'report', ...rest } = overrides;
  return publishComment({
    client: client(),
    pullNumber: pull.number,
    mode: 'always',
    verdict: { status: 'no-change', isFailure: false },
    render: () => body,
    ...rest,
    marker: marker(overrides.marker),
  });
}

describe('the marker', () => {
  it('is matched whole, at the start only', () => {
    expect(parseMarker(`${renderMarker(marker())}\ntext`)).toEqual(marker());
    expect(parseMarker(`> ${renderMarker(marker())}`)).toBeUndefined();
    expect(parseMarker(renderMarker(marker()).replace('suite=a', 'suite=a b'))).toBeUndefined();
  });
});

describe('publishing a comment', () => {
  it('creates one, then keeps it up to date, and writes nothing when nothing changed', async () => {
    expect(await publish()).toMatchObject({ kind: 'published', note: 'created' });
    expect(await publish({ marker: { runId: 11 }, body: 'second' })).toMatchObject({ note: 'updated' });
    const writes = github.writes().length;
    expect(await publish({ marker: { runId: 11 }, body: 'second' })).toMatchObject({ note: 'unchanged' });
    expect(github.writes()).toHaveLength(writes);
    expect(github.state.comments).toHaveLength(1);
    expect(github.state.comments[0]!.body).toContain('second');
    expect(github.violations).toEqual([]);
  });

  it('keeps one comment per suite', async () => {
    await publish({ marker: { suite: 'ab' } });
    await publish({ marker: { suite: 'a' } });
    await publish({ marker: { suite: 'ab', runId: 12 } });
    expect(github.state.comments).toHaveLength(2);
  });

  it("leaves a person's comment with our marker alone", async () => {
    const theirs = addComment(github, { issue: pull.number, body: `${renderMarker(marker())}\nhijack` });
    await publish();
    expect(github.state.comments).toHaveLength(2);
    expect(theirs.body).toContain('hijack');
    expect(github.violations).toEqual([]);
  });

  it('knows its own comment under a personal token', async () => {
    await publish({ client: client(github.tokens.personal) });
    await publish({ client: client(github.tokens.personal), marker: { runId: 11 } });
    expect(github.state.comments).toHaveLength(1);
  });

  it('finds its comment behind hundreds of others', async () => {
    for (let n = 0; n < 220; n++) addComment(github, { issue: pull.number, body: `chatter ${n}` });
    addComment(github, { issue: pull.number, body: `${renderMarker(marker({ runId: 5 }))}\nold`, ...bot });
    await publish();
    expect(github.state.comments).toHaveLength(221);
  });

  it('never overwrites a newer run or attempt', async () => {
    const { run } = pullRequestRun(github, { pull, action: 'labeled' });
    run.attempt = 2;
    await publish({ marker: { runId: run.id, attempt: 2 }, body: 'new' });
    expect(await publish({ marker: { runId: run.id - 1 } })).toMatchObject({ kind: 'skipped' });
    expect(await publish({ marker: { runId: run.id, attempt: 1 } })).toMatchObject({ kind: 'skipped' });
    expect(github.state.comments[0]!.body).toContain('new');
  });

  it.each(['status-after-commit', 'drop-after-commit', 'status', 'drop'] as const)('leaves one comment after %s on create', async (kind) => {
    github.setFault({ kind, status: 502, on: 'issues/create-comment' } as never);
    expect(await publish()).toMatchObject({ kind: 'published' });
    expect(github.state.comments).toHaveLength(1);
  });

  it('says so when GitHub never accepts it', async () => {
    github.setFault({ kind: 'status', status: 502, on: 'issues/create-comment', times: 99 });
    await expect(publish()).rejects.toMatchObject({ code: 'github-unavailable' });
  });

  it('converges to one comment when several jobs create at once', async () => {
    github.setFault({ kind: 'latency', delayMs: 30, on: 'issues/create-comment', times: 99 });
    await Promise.all(Array.from({ length: 8 }, (_, n) => publish({ client: client(), marker: { runId: 100 + n }, body: `run ${100 + n}` })));
    await publish({ marker: { runId: 107 }, body: 'run 107' });
    expect(github.state.comments).toHaveLength(1);
    expect(github.state.comments[0]!.body).toContain('run 107');
  });

  it('creates anew when its comment is deleted before the update', async () => {
    await publish();
    github.setFault({ kind: 'meanwhile', on: 'issues/update-comment', change: (state) => void state.comments.splice(0) });
    await publish({ marker: { runId: 11 }, body: 'again' });
    expect(github.state.comments.map(({ body }) => body.includes('again'))).toEqual([true]);
  });

  it('asks nothing that is known: neither for the head, nor for comments where there were none', async () => {
    const known = { headSeenAt: performance.now(), hadNoComments: true };
    await publish({ known });
    expect(github.calls.map(({ operationId }) => operationId)).toEqual(['issues/create-comment', 'issues/list-comments']);
    github.calls.length = 0;
    const next = { headSeenAt: performance.now(), previousSha: pull.head.sha };
    const isAnyoneElseAtWork = async () => true;
    expect(await publish({ marker: { runId: 11 }, known: next, isAnyoneElseAtWork, body: 'next' })).toMatchObject({ note: 'updated' });
    expect(github.calls.map(({ operationId }) => operationId)).toEqual(['issues/list-comments', 'issues/update-comment']);
    expect(await publish({ marker: { runId: 12 }, known: { headSeenAt: performance.now() - 60_000 }, body: 'x' })).toMatchObject({ note: 'updated' });
    expect(github.calls.some(({ operationId }) => operationId === 'pulls/get')).toBe(true);
  });

  it('posts anew and takes the old comment away while another run may still write to it', async () => {
    await publish();
    const [old] = github.state.comments;
    const asked: number[] = [];
    const isAnyoneElseAtWork = async ({ runId }: { runId: number }) => asked.push(runId) > 0;
    expect(await publish({ marker: { runId: 11 }, body: 'new', isAnyoneElseAtWork })).toMatchObject({ kind: 'published', note: 'updated' });
    expect(asked).toEqual([10]);
    expect(github.state.comments).toHaveLength(1);
    expect(github.state.comments[0]).not.toMatchObject({ id: old?.id });
    expect(github.state.comments[0]!.body).toContain('new');
  });

  it('does not post a second time when the list does not show the first yet', async () => {
    const list = github.setFault({ kind: 'meanwhile', on: 'issues/list-comments', skip: 1, change: (state) => void state.comments.splice(0) });
    expect(await publish()).toMatchObject({ kind: 'published', note: 'created', url: expect.stringContaining('issuecomment') });
    expect(list.struck).toBe(1);
    expect(github.writes()).toHaveLength(1);
  });

  it('skips closed pull requests and those that have moved on', async () => {
    expect(await publish({ marker: { sha: '0'.repeat(40) } })).toMatchObject({ kind: 'skipped' });
    pull.state = 'closed';
    expect(await publish()).toMatchObject({ kind: 'skipped', reason: expect.stringContaining('closed') });
    expect(github.writes()).toEqual([]);
  });

  it('comments as its mode says, and brings an old alarm up to date in every mode', async () => {
    expect(await publish({ mode: 'off' })).toMatchObject({ kind: 'skipped' });
    expect(await publish({ mode: 'regressions' })).toMatchObject({ kind: 'skipped' });
    expect(await publish({ mode: 'changes' })).toMatchObject({ kind: 'skipped' });
    expect(await publish({ mode: 'failures', verdict: { status: 'inconclusive', isFailure: true } })).toMatchObject({ note: 'created' });
    expect(await publish({ mode: 'regressions', marker: { runId: 11 }, body: 'fine again' })).toMatchObject({ note: 'updated' });
  });

  it('stays within the limit with multibyte text, marker included', async () => {
    await publish({ render: (maxBytes) => '😀é'.repeat(maxBytes), marker: {} });
    const { body } = github.state.comments[0]!;
    expect(Buffer.byteLength(body)).toBeLessThanOrEqual(65_536);
    expect(body).not.toContain('\ufffd');
    expect(parseMarker(body)).toEqual(marker());
  });
});
