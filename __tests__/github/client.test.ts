import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createGitHubClient, type GitHubClientOptions } from '../../src/github/client.ts';
import { PublishError } from '../../src/github/publish-error.ts';
import { pullRequestRun, pushRun } from './stand-in/runs.ts';
import { addArtifact, addComment } from './stand-in/seed.ts';
import { type GitHubStandIn, startGitHub } from './stand-in/server.ts';

let github: GitHubStandIn;
const waits: number[] = [];
beforeEach(async () => {
  github = await startGitHub();
  waits.length = 0;
});
afterEach(() => github.close());

function client(options: Partial<GitHubClientOptions> = {}) {
  const sleep = async (ms: number) => void waits.push(ms);
  return createGitHubClient({ token: github.tokens.write, apiUrl: github.url, owner: 'octo-org', repo: 'support-bot', sleep, ...options });
}

describe('the GitHub client', () => {
  it('repeats reading through server errors and dropped connections, growing slower', async () => {
    github.setFault({ kind: 'status', status: 502, on: 'repos/get-commit' });
    github.setFault({ kind: 'drop', on: 'repos/get-commit' });
    await expect(client().get('commits/main')).resolves.toMatchObject({ sha: github.state.branches.get('main') });
    expect(waits).toHaveLength(2);
    expect(waits[1]!).toBeGreaterThan(waits[0]!);
  });

  it('gives up after a few tries', async () => {
    github.setFault({ kind: 'status', status: 503, on: 'repos/get-commit', times: 99 });
    await expect(client().get('commits/main')).rejects.toMatchObject({ code: 'github-unavailable' });
    expect(github.calls).toHaveLength(4);
  });

  it('never repeats a create that may have been carried out', async () => {
    const { pull } = pullRequestRun(github);
    github.setFault({ kind: 'status-after-commit', status: 502, on: 'issues/create-comment' });
    const created = client().create(`issues/${pull.number}/comments`, { body: 'x' });
    await expect(created).rejects.toMatchObject({ isAmbiguous: true });
    expect(github.state.comments).toHaveLength(1);
  });

  it('waits as a secondary limit says, also before a create', async () => {
    const { pull } = pullRequestRun(github);
    github.setFault({ kind: 'secondary-limit', retryAfterSeconds: 7, on: 'issues/create-comment' });
    await client().create(`issues/${pull.number}/comments`, { body: 'x' });
    expect(waits).toEqual([7000]);
    github.setFault({ kind: 'secondary-limit', on: 'issues/list-comments', status: 429 });
    await client().get(`issues/${pull.number}/comments`);
    expect(waits[1]).toBeGreaterThanOrEqual(60_000);
  });

  it('waits until the date that Retry-After names, and also when a server error names one', async () => {
    const now = () => Date.parse('2026-11-22T10:00:00Z');
    github.setFault({ kind: 'status', status: 429, headers: { 'retry-after': 'Sun, 22 Nov 2026 10:00:09 GMT' } });
    github.setFault({ kind: 'status', status: 503, headers: { 'retry-after': '5' } });
    await client({ now }).get('commits/main');
    expect(waits).toEqual([9000, 5000]);
  });

  it('sends once what its caller wants to look at before a second try, and says that it has waited', async () => {
    const { pull } = pullRequestRun(github);
    const comment = addComment(github, { issue: pull.number, body: 'old', login: 'github-actions[bot]', isBot: true });
    github.setFault({ kind: 'secondary-limit', retryAfterSeconds: 3, on: 'issues/update-comment' });
    const update = () => client().update(`issues/comments/${comment.id}`, { body: 'new' }, { isSentOnce: true });
    await expect(update()).rejects.toMatchObject({ mayTryAgain: true, status: 403 });
    expect(waits).toEqual([3000]);
    expect(github.writes()).toHaveLength(1);
    await update();
    expect(comment.body).toBe('new');
  });

  it('counts the requests of all clients of a run, and stops them together', async () => {
    const counter = { requests: 0 };
    const limits = { maxRequests: 3 };
    const clients = [client({ counter, limits }), client({ counter, limits })] as const;
    github.setFault({ kind: 'status', status: 502 });
    await clients[0].get('commits/main');
    await clients[1].get('commits/main');
    expect(counter).toEqual({ requests: 3 });
    await expect(clients[0].get('commits/main')).rejects.toMatchObject({ code: 'github-too-many-requests' });
    expect(github.calls).toHaveLength(3);
  });

  it('waits for the reset of the primary limit, but not beyond its cap', async () => {
    github.setFault({ kind: 'primary-limit', resetInSeconds: 20 });
    await client().get('commits/main');
    expect(waits[0]).toBeGreaterThan(15_000);
    github.setFault({ kind: 'primary-limit', resetInSeconds: 3000 });
    await expect(client().get('commits/main')).rejects.toMatchObject({ code: 'github-rate-limited' });
  });

  it('names the permission that is missing', async () => {
    const read = client({ token: github.tokens.noActions }).get('actions/artifacts', {}, { needs: 'actions: read' });
    await expect(read).rejects.toBeInstanceOf(PublishError);
    await expect(read).rejects.toMatchObject({ status: 403, remedy: expect.stringContaining('`actions: read`') });
    await expect(client({ token: 'junk' }).get('commits/main')).rejects.toMatchObject({ code: 'github-unauthorized' });
  });

  it('reads every page', async () => {
    const { pull } = pullRequestRun(github);
    for (let n = 0; n < 250; n++) addComment(github, { issue: pull.number, body: `comment ${n}` });
    expect(await client().list(`issues/${pull.number}/comments`, {}, { maxPages: 10 })).toHaveLength(250);
    expect(await client().list(`issues/${pull.number}/comments`, {}, { maxPages: 2 })).toHaveLength(200);
  });

  it('does not send the token to where artifacts lie', async () => {
    const job = pushRun(github);
    const artifact = addArtifact(github, { runId: job.run.id, name: 'a', files: { 'run.jsonl': 'x' } });
    const spy = vi.spyOn(globalThis, 'fetch');
    await client().download(`actions/artifacts/${artifact.id}/zip`, { maxBytes: 10_000 });
    const blob = spy.mock.calls.filter(([url]) => String(url).startsWith(github.blobUrl));
    expect(blob).toHaveLength(1);
    expect(JSON.stringify(blob)).not.toContain(github.tokens.write);
    spy.mockRestore();
    await expect(client().download(`actions/artifacts/${artifact.id}/zip`, { maxBytes: 10 })).rejects.toMatchObject({ code: 'download-too-large' });
    expect(github.violations).toEqual([]);
  });

  it('stops waiting when the run is cancelled', async () => {
    const controller = new AbortController();
    controller.abort();
    await expect(client({ signal: controller.signal }).get('commits/main')).rejects.toBeInstanceOf(PublishError);
    expect(waits).toEqual([]);
  });

  it('prints nothing', async () => {
    const out = vi.spyOn(console, 'error');
    await client()
      .get('commits/none')
      .catch(() => {});
    expect(out).not.toHaveBeenCalled();
    out.mockRestore();
  });
});
