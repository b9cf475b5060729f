import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { renderAcceptanceLine } from '../../src/github/acceptance-line.ts';
import { createGitHubClient } from '../../src/github/client.ts';
import { type CommentRequest, isWanted, parseMarker, publishComment, renderMarker } from '../../src/github/comment.ts';
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
    const blocked = (reason: string) => ({ kind: 'skipped', reason: `pull request #${pull.number} ${reason}` });
    expect(await publish({ marker: { sha: '0'.repeat(40) } })).toEqual(blocked('has moved on to another commit'));
    pull.state = 'closed';
    expect(await publish()).toEqual(blocked('is closed'));
    expect(github.writes()).toEqual([]);
    pull.state = 'locked for a migration' as never;
    expect(await publish()).toEqual(blocked('is not open'));
  });

  it('looks at the head again before it writes again, once what it saw is old', async () => {
    github.setFault({ kind: 'status', status: 502, on: 'issues/create-comment' });
    await publish({ known: { headSeenAt: performance.now() } });
    expect(github.calls.filter(({ operationId }) => operationId === 'pulls/get')).toEqual([]);
    github.calls.length = 0;
    github.setFault({ kind: 'status', status: 502, on: 'issues/update-comment' });
    await publish({ marker: { runId: 11 }, known: { headSeenAt: performance.now() - 5001 } });
    expect(github.calls.filter(({ operationId }) => operationId === 'pulls/get')).toHaveLength(1);
  });

  it('passes on what no other try would change: a refusal, or a report that cannot be rendered', async () => {
    github.setFault({ kind: 'status', status: 403, on: 'issues/create-comment' });
    await expect(publish()).rejects.toMatchObject({ code: 'github-forbidden', remedy: expect.stringContaining('pull-requests: write') });
    expect(github.writes()).toHaveLength(1);
    const render = () => {
      throw new TypeError('no such row');
    };
    await expect(publish({ render })).rejects.toThrow(new TypeError('no such row'));
    await publish();
    github.setFault({ kind: 'status', status: 422, on: 'issues/update-comment' });
    await expect(publish({ marker: { runId: 11 } })).rejects.toMatchObject({ status: 422 });
  });

  it('tries again after a rate limit, and gives up with it when there is no end', async () => {
    github.setFault({ kind: 'secondary-limit', retryAfterSeconds: 3, on: 'issues/create-comment' });
    expect(await publish({ known: { headSeenAt: performance.now() } })).toMatchObject({ kind: 'published', note: 'created' });
    // It looks each time whether the one that GitHub put off was posted all the same.
    const [list, create] = ['issues/list-comments', 'issues/create-comment'];
    expect(github.calls.map(({ operationId }) => operationId)).toEqual([list, create, list, create, list]);
    github.setFault({ kind: 'secondary-limit', on: 'issues/update-comment', times: 99 });
    github.calls.length = 0;
    await expect(publish({ marker: { runId: 11 } })).rejects.toMatchObject({ code: 'github-rate-limited' });
    expect(github.writes().length).toBeGreaterThan(1);
  });

  it('gives up when other runs take its comment away each time', async () => {
    const old = addComment(github, { issue: pull.number, body: `${renderMarker(marker({ runId: 5 }))}\nold`, ...bot });
    const keep = (state: typeof github.state) => void (state.comments.length === 0 && state.comments.push(old));
    github.setFault({ kind: 'meanwhile', on: 'issues/list-comments', times: 99, change: keep });
    github.setFault({ kind: 'meanwhile', on: 'issues/update-comment', times: 99, change: (state) => void state.comments.splice(0) });
    const contested = { code: 'comment-contested', message: 'other runs kept changing the comment', remedy: 're-run the job' };
    await expect(publish()).rejects.toMatchObject(contested);
    expect(github.writes()).toHaveLength(6);
  });

  it('takes away superfluous reports, and says so when it may not', async () => {
    const report = (runId: number) => addComment(github, { issue: pull.number, body: `${renderMarker(marker({ runId }))}\nold`, ...bot });
    [report(3), report(4), report(5)];
    github.setFault({ kind: 'meanwhile', on: 'issues/delete-comment', change: (state) => void state.comments.splice(0, 1) });
    expect(await publish()).toMatchObject({ note: 'updated' });
    expect(github.state.comments.map(({ body }) => parseMarker(body)?.runId)).toEqual([10]);
    report(4);
    github.setFault({ kind: 'status', status: 403, on: 'issues/delete-comment' });
    await expect(publish()).rejects.toMatchObject({ status: 403, remedy: expect.stringContaining('pull-requests: write') });
  });

  it('begins with reports that were read a moment ago, but not with old ones, none, or one of its own commit', async () => {
    const old = addComment(github, { issue: pull.number, body: `${renderMarker(marker({ runId: 5, sha: 'b'.repeat(40) }))}\nold`, ...bot });
    const other = 'b'.repeat(40);
    const asked = async (shas: string[], ageMs: number) => {
      const reports = shas.map((sha) => ({ comment: { id: old.id, body: old.body }, marker: marker({ runId: 5, sha }) }));
      github.calls.length = 0;
      await publish({ known: { seen: { reports, at: performance.now() - ageMs }, headSeenAt: performance.now() }, body: `${shas} ${ageMs}` });
      return github.calls.map(({ operationId }) => operationId.replace('issues/', ''));
    };
    const looked = ['list-comments', 'update-comment'];
    expect(await asked([other], 20_001)).toEqual(looked);
    expect(await asked([other, pull.head.sha], 0)).toEqual(looked);
    expect(await asked([], 0)).toEqual(looked);
    expect(await asked([other], 0)).toEqual(['update-comment']);
    expect(github.state.comments).toHaveLength(1);
  });

  it('looks again when what was read a moment ago is gone', async () => {
    const reports = [{ comment: { id: 424_242 }, marker: marker({ runId: 5, sha: 'b'.repeat(40) }) }];
    expect(await publish({ known: { seen: { reports, at: performance.now() } } })).toMatchObject({ kind: 'published', note: 'created' });
    expect(github.state.comments).toHaveLength(1);
  });

  it('changes nothing in a comment that differs in line ends and in space at its end only', async () => {
    await publish({ body: 'two\nlines' });
    const [comment] = github.state.comments;
    comment!.body = `${comment?.body.replaceAll('\n', '\r\n')}\r\n \n`;
    expect(await publish({ body: 'two\nlines\n\n' })).toMatchObject({ note: 'unchanged', url: expect.stringContaining('issuecomment') });
    expect(github.writes()).toHaveLength(1);
    expect(await publish({ body: 'two  lines' })).toMatchObject({ note: 'updated', url: expect.stringContaining('issuecomment') });
  });

  it('keeps the acceptance of its commit when the report is made anew, unless that is void', async () => {
    const accepted = { by: 'monalisa', reason: 'wanted', sha: pull.head.sha, at: '2026-01-01T00:00:00Z', via: 'comment' as const, commentId: 1 };
    const line = renderAcceptanceLine({ kind: 'accepted', record: { ...accepted, v: 1 } });
    await publish({ body: `${line}\nreport` });
    await publish({ marker: { runId: 11 }, body: 'newer report' });
    expect(github.state.comments[0]?.body.split('\n').slice(1)).toEqual([line, 'newer report']);
    const open = renderAcceptanceLine({ kind: 'open' });
    await publish({ marker: { runId: 12 }, body: `${open}\nnewest`, isAcceptanceVoid: true });
    expect(github.state.comments[0]?.body.split('\n').slice(1)).toEqual([open, 'newest']);
  });

  it('knows no address where GitHub gives none that can be trusted, and no body where there is none', async () => {
    const reply = { id: 7, html_url: 'javascript:alert(1)', body: null };
    const odd = { ...client(), create: async () => reply, update: async () => ({ ...reply, id: 8 }), list: async () => [] };
    expect(await publish({ client: odd })).toEqual({ kind: 'published', note: 'updated' });
  });

  it('comments as its mode says, and brings an old alarm up to date in every mode', async () => {
    expect(await publish({ mode: 'off' })).toEqual({ kind: 'skipped', reason: 'comment: off' });
    expect(github.calls).toEqual([]);
    const reason = 'comment: regressions, and the verdict is no-change';
    expect(await publish({ mode: 'regressions' })).toEqual({ kind: 'skipped', reason });
    // That it had none saves the look only where there is something to post.
    expect(await publish({ mode: 'regressions', known: { hadNoComments: true } })).toEqual({ kind: 'skipped', reason });
    expect(await publish({ mode: 'changes' })).toMatchObject({ kind: 'skipped' });
    expect(await publish({ mode: 'failures', verdict: { status: 'inconclusive', isFailure: true } })).toMatchObject({ note: 'created' });
    expect(await publish({ mode: 'regressions', marker: { runId: 11 }, body: 'fine again' })).toMatchObject({ note: 'updated' });
  });

  it.each([
    ['always', ['regressed', 'improved', 'no-change', 'failing']],
    ['changes', ['regressed', 'improved', 'failing']],
    ['regressions', ['regressed']],
    ['failures', ['failing']],
    ['off', []],
  ] as const)('posts a first comment in mode %s for %o', (mode, wanted) => {
    const verdicts = {
      regressed: { status: 'regressed', isFailure: false },
      improved: { status: 'improved', isFailure: false },
      'no-change': { status: 'no-change', isFailure: false },
      failing: { status: 'inconclusive', isFailure: true },
    } as const;
    expect(Object.entries(verdicts).flatMap(([name, verdict]) => (isWanted(mode, verdict) ? [name] : []))).toEqual(wanted);
  });

  it('stays within the limit with multibyte text, marker included', async () => {
    await publish({ render: (maxBytes) => '😀é'.repeat(maxBytes), marker: {} });
    const { body } = github.state.comments[0]!;
    expect(Buffer.byteLength(body)).toBeLessThanOrEqual(65_536);
    expect(body).not.toContain('\ufffd');
    expect(parseMarker(body)).toEqual(marker());
  });
});
