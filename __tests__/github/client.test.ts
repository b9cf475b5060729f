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

  it("waits until the date that Retry-After names, by GitHub's own clock, and also when a server error names one", async () => {
    const date = 'Sun, 22 Nov 2020 10:00:00 GMT';
    github.setFault({ kind: 'status', status: 429, headers: { date, 'retry-after': 'Sun, 22 Nov 2020 10:00:09 GMT' } });
    github.setFault({ kind: 'status', status: 503, headers: { 'retry-after': '5' } });
    const reset = String(Date.parse(date) / 1000 + 30);
    github.setFault({ kind: 'status', status: 403, headers: { date, 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': reset } });
    await client().get('commits/main');
    expect(waits).toEqual([9000, 5000, 31_000]);
  });

  it.each(['-5', '5.5.5', 'soon', ''])('waits a minute when Retry-After is junk: %s', async (junk) => {
    github.setFault({ kind: 'status', status: 429, headers: { 'retry-after': junk } });
    await client().get('commits/main');
    expect(waits).toEqual([60_000]);
  });

  it('never hurries after a date that is over', async () => {
    github.setFault({ kind: 'status', status: 429, headers: { 'retry-after': 'Sun, 22 Nov 2020 10:00:09 GMT' } });
    await client().get('commits/main');
    expect(waits).toEqual([1000]);
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
    expect(counter).toMatchObject({ requests: 3 });
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

  it('follows a redirect within the API with its token, and none to another host', async () => {
    const moved = (location: string, status = 301) => github.setFault({ kind: 'status', status, headers: { location } });
    moved(`${github.url}/repos/octo-org/support-bot/commits/main?per_page=1`);
    await expect(client().get('commits/main')).resolves.toMatchObject({ sha: github.state.branches.get('main') });
    const { pull } = pullRequestRun(github);
    moved(`/repos/octo-org/support-bot/issues/${pull.number}/comments`, 307);
    await client().create('issues/999/comments', { body: 'x' });
    expect(github.state.comments).toMatchObject([{ issue: pull.number, body: 'x' }]);
    const other = await startGitHub();
    for (const status of [301, 302, 303, 307, 308]) {
      const to = `${other.url}/repos/octo-org/support-bot/issues/1/comments`;
      moved(to, status);
      await expect(client().create('issues/1/comments', { body: 'secret' })).rejects.toMatchObject({ code: 'github-redirected' });
      moved(to, status);
      await expect(client().get('issues/1/comments')).rejects.toMatchObject({ code: 'github-redirected', isAmbiguous: false });
    }
    for (const location of ['', 'javascript:alert(1)', 'file:///etc/passwd', 'http://[']) {
      moved(location);
      await expect(client().get('issues/1/comments')).rejects.toBeInstanceOf(PublishError);
    }
    github.setFault({ kind: 'status', status: 301, headers: { location: `${github.url}/repos/octo-org/support-bot/commits/main` }, times: 99 });
    await expect(client().get('commits/main')).rejects.toBeInstanceOf(PublishError);
    expect(other.calls).toEqual([]);
    await other.close();
    expect(waits.length).toBeLessThan(10);
  });

  it('takes nothing for an answer that is none, and leaves open whether a change was made', async () => {
    const { pull } = pullRequestRun(github);
    for (const kind of ['junk', 'broken-json', 'cut'] as const) {
      const before = github.state.comments.length;
      github.setFault({ kind });
      await expect(client().create(`issues/${pull.number}/comments`, { body: 'x' })).rejects.toMatchObject({ isAmbiguous: true });
      expect(github.state.comments).toHaveLength(before + 1);
      github.setFault({ kind });
      await expect(client().list(`issues/${pull.number}/comments`, {}, { maxPages: 3 })).resolves.toHaveLength(before + 1);
    }
    github.setFault({ kind: 'page', status: 502, times: 4 });
    await expect(client().get('commits/main')).rejects.toThrow(/502.*a page, not an answer of the API/);
    github.setFault({ kind: 'status', status: 304 });
    await expect(client().get('commits/main')).rejects.toMatchObject({ remedy: expect.stringContaining('something between') });
  });

  it('asks for a new address when the stored bytes do not come, and never calls that a permission', async () => {
    const artifact = addArtifact(github, { runId: pushRun(github).run.id, name: 'a', files: { 'run.jsonl': 'x'.repeat(5000) } });
    const path = `actions/artifacts/${artifact.id}/zip`;
    for (const fault of [{ kind: 'status', status: 403 }, { kind: 'status', status: 503 }, { kind: 'drop' }, { kind: 'cut' }] as const) {
      github.setFault({ ...fault, on: 'blob/download' });
      await expect(client().download(path, { maxBytes: 100_000 })).resolves.toHaveLength(artifact.bytes.length);
    }
    github.setFault({ kind: 'status', status: 403, on: 'blob/download', times: 99 });
    const lost = client().download(path, { maxBytes: 100_000 });
    await expect(lost).rejects.toMatchObject({ code: 'download-failed', status: undefined, remedy: expect.not.stringContaining('permission') });
    for (const location of ['data:text/plain,hello', 'file:///etc/passwd', 'blob:x', 'nowhere']) {
      github.setFault({ kind: 'status', status: 302, headers: { location }, on: 'actions/download-artifact' });
      await expect(client().download(path, { maxBytes: 100_000 })).rejects.toMatchObject({ code: 'download-failed' });
    }
  });

  it('gives up early when GitHub has cost too much time already', async () => {
    const counter = { requests: 0, lostMs: 0 };
    const limits = { maxLostMs: 100_000 };
    github.setFault({ kind: 'secondary-limit', times: 99 });
    for (let n = 0; n < 3; n++)
      await client({ counter, limits })
        .get('commits/main')
        .catch(() => {});
    expect(waits).toEqual([60_000, 60_000]);
    expect(github.calls).toHaveLength(5);
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
